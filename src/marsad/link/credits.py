"""Which agency a report credits: in its dateline, in brackets, in a line of its own, beside "with", or in the outlet's name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from marsad.link.related import REPUBLISHES, Tie, stamp
from marsad.link.speakers import counts_for_itself, outlet_origin
from marsad.model import ReportId, Text
from marsad.model.ids import content_id
from marsad.model.rows import text_of
from marsad.model.schema import CREDIT, TEXT
from marsad.stage import RowStage
from marsad.text.tokens import form_of
from marsad.text.wires import wire_of, wires

_HEAD, _TAIL = 600, 400
"""Characters at either end of a report in which a credit stands; between them an agency is a speaker, not a credit."""

_HEAD_LINES, _TAIL_LINES, _LONGEST_LINE = 5, 3, 120
_BRACKETS = re.compile(r"[(（\[/]\s*([^()（）\[\]/\n]{2,60}?)\s*[)）\]/]")
_AFTER_DATELINE = re.compile(r"\s*(?:[-–—:.]|--)")
_PARTS = re.compile(r"\s*[/,;|+&•·–—-]\s*|\s+")
_DIGITS = re.compile(r"[\d.:]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """The report says that it has its story from the agency `wire`; `rule` is where it says so."""

    report_id: ReportId
    wire: str
    rule: str


def credit_in(text: Text) -> Iterator[Credit]:
    """Yield the agency that a report credits, none if it credits none; of several the first.

    A credit is an agency's name in brackets near the beginning or end ("HARBOUR TOWN (AFP) -"), a line that holds
    nothing but names of agencies, or a name after a word like "with" or "source" in a short line. An agency that is
    quoted in a sentence credits nothing: it is that claim's speaker.

    >>> next(credit_in(Text("r", "HARBOUR TOWN (AFP) - Nine people were killed."))).wire
    'AFP'
    >>> list(credit_in(Text("r", "Nine people were killed, Reuters reported.")))
    []
    """
    found = _in_text(text.text) or _in_outlet(text.outlet)
    if found:
        yield Credit(text.report_id, *found)


def _in_outlet(outlet: str | None) -> tuple[str, str] | None:
    wire = wire_of(outlet) if outlet else None
    return (wire, "outlet-says-wire") if wire else None


def _in_text(text: str) -> tuple[str, str] | None:
    head = text[:_HEAD]
    tail = text[max(_HEAD, len(text) - _TAIL) :] if len(text) > _HEAD else ""
    for part in (head, tail):
        for match in _BRACKETS.finditer(part):
            wire = _only_agencies(match.group(1))
            if wire and (_stands_alone(part, match) or _AFTER_DATELINE.match(part, match.end())):
                return wire, "dateline"
    lines = [line.strip() for line in head.split("\n")[:_HEAD_LINES]]
    lines += [line.strip() for line in (tail or head).split("\n")[-_TAIL_LINES:]]
    for line in lines:
        if 0 < len(line) <= _LONGEST_LINE:
            wire = _only_agencies(line.partition("|")[0]) or _after_lead(
                line
            )  # "Reuters | Damascus", not "Photo: Vale | AFP"
            if wire:
                return wire, "credit-line"
    return None


def _stands_alone(part: str, match: re.Match[str]) -> bool:
    """Tell whether the brackets end a line, or the text before them ends a sentence: they close the story."""
    rest = part[match.end() :].partition("\n")[0].strip()
    return (not rest and match.start() > 0) or part[: match.start()].rpartition("\n")[2].strip() == ""


def _only_agencies(words: str) -> str | None:
    """Return the first agency of words that hold nothing but agencies, what may stand beside them, and dates."""
    known = wires()
    whole = known.agencies.get(form_of(words.strip(" .©:")))
    if whole:
        return whole
    first: str | None = None
    parts = [form_of(p) for p in _PARTS.split(words.strip(" .©:")) if p]
    at = 0
    while at < len(parts):
        size = next((n for n in (4, 3, 2, 1) if " ".join(parts[at : at + n]) in known.agencies), 0)
        if size:
            first = first or known.agencies[" ".join(parts[at : at + size])]
            at += size
        elif parts[at] in known.beside or _DIGITS.fullmatch(parts[at]):
            at += 1
        else:
            return None
    return first


def _after_lead(line: str) -> str | None:
    """Return the agency of a line such as "With AFP", "(Source: Reuters)", "© EFE 2014"."""
    form = form_of(line.strip(" .()[]–—-"))
    lead = _leads().match(form)
    return _only_agencies(form[lead.end() :]) if lead else None


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, wires().leads))})\s*:?\s*")


def _row(credit: Credit) -> dict[str, Any]:
    return {"report_id": credit.report_id, "wire": credit.wire, "rule": credit.rule}


CREDITS: RowStage[Text, Credit] = RowStage("credits", "1", "report_id", TEXT, CREDIT, text_of, credit_in, _row)
"""Finding credits as a stage."""


def crediting(tied: Mapping[str, Tie]) -> RowStage[Text, Credit]:
    """Return the stage that finds credits, and for a report that credits nobody whom its outlet is tied to.

    An outlet that counts for itself (a monitor, a hospital) is nobody else's voice, whoever owns it.
    """
    if not tied:
        return CREDITS
    return replace(
        CREDITS, version=f"{CREDITS.version}+{content_id(stamp(tied))}", function=partial(_credit_or_tie, dict(tied))
    )


def _credit_or_tie(tied: Mapping[str, Tie], text: Text) -> Iterator[Credit]:
    found = list(credit_in(text))
    tie = tied.get(form_of(text.outlet.strip())) if text.outlet and not found else None
    yield from found
    if tie is not None and (tie.rule == REPUBLISHES or not counts_for_itself(outlet_origin(text.outlet or ""))):
        yield Credit(text.report_id, tie.name, tie.rule)
