"""Lists of parts that stand behind a number without a verb: "55 dead: 21 children, 19 women and 15 men"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marsad.extract.nouns import counted_noun
from marsad.model import Bound, Claim, ClaimId, Status, Text
from marsad.text.lexicon import languages, lexicon
from marsad.text.numbers import quantity_at
from marsad.text.sentences import sentences

_OPENS = re.compile(r"[:(–—]")
_JOINED = 4
"""Words that may stand between two parts of a list: "21 children under ten, 19 women"."""


def listed(report: Text, claims: Sequence[Claim]) -> list[Claim]:
    """Return as claims the parts that lists name of the people of a claim before them, each `derived` from that claim.

    A list stands behind a colon, a bracket or a dash in the sentence of the claim, and has two parts or more, each an exact
    number with a noun that says which people. What was read as a claim already is left out, with the whole list. [] in a
    language that marsad does not read.
    """
    if report.lang not in languages():
        return []
    out: list[Claim] = []
    for sentence in sentences(report.text):
        inside = [c for c in claims if sentence.start <= c.start and c.end <= sentence.end]
        for opened in _OPENS.finditer(report.text, sentence.body, sentence.end):
            before = [c for c in inside if c.end <= opened.start() and c.value is not None and c.group is None]
            behind = any(c.start >= opened.end() for c in inside)
            if before and not behind:
                whole = max(before, key=lambda c: c.end)
                parts = list(_parts(report, whole, opened.end(), sentence.end))
                if len(parts) > 1 and not any(part.start < known.end for part in parts for known in out):
                    out += parts
    return out


def _parts(report: Text, whole: Claim, start: int, end: int) -> Iterator[Claim]:
    known = lexicon(report.lang or "")
    line = known.counting_line(report.text, start, end)
    at = last = 0
    while at < len(line) and at - last <= _JOINED:
        quantity = quantity_at(known, line, at)
        noun = None if quantity is None else counted_noun(known, line, quantity.after)
        if quantity is None or noun is None or quantity.bound is not Bound.EXACT or not quantity.value:
            at += 1
            continue
        people, last = noun
        if people.group is None and people.status is Status.UNKNOWN:
            return
        yield replace(
            whole,
            claim_id=ClaimId(f"{whole.claim_id}:{line[at].start}"),
            start=line[at].start,
            end=line[last - 1].end,
            text=report.text[line[at].start : line[last - 1].end],
            value=quantity.value,
            low=quantity.value,
            high=quantity.value,
            bound=Bound.EXACT,
            group=people.group,
            status=people.status,
            subset_of=whole.claim_id,
            same_as=None,
            relations=(),
            derived=True,
        )
        at = last
