"""Whether the numbers of an article can all hold together: parts and wholes, sums, shares, and tolls that rose."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from marsad.assess.conditions import Condition
from marsad.assess.people import APART, SIDES, ends, number, told
from marsad.assess.solve import smallest_clash
from marsad.assess.voices import category_of
from marsad.model import Bound, Category, Checked, Claim, ClaimId, Measure, RelationKind, Step, Verdict

_LISTS_ALL = re.compile(r"\s*[:(–—]\s*\Z")
"""What stands between a whole and the first of its parts where all of them are listed: "16 dead: ten men, six women"."""

_NEAR, _ENDS = 400, re.compile(r"[.!?؟](?=\s)")
"""Within how many characters of one sentence "two more", the old toll and the new one are of one rise."""


def adding_up(
    claims: Sequence[Claim], text: str, scene: Mapping[ClaimId, str], added: Sequence[tuple[int, int, int]] = ()
) -> list[Checked]:
    """Return where numbers of one speaker contradict one another, the smallest set of them named; [] where none do.

    `scene` names what each claim is told of, as `reckon` takes it. Different speakers may say different things. `added` are
    the spans that say "two more", each with its number.
    """
    out = [*_rises(claims, added, text)]
    for _, spoken in groupby(sorted(claims, key=lambda c: (c.attribution, c.start)), key=lambda c: c.attribution):
        mine = list(spoken)
        said = [*told(mine, scene), *_lists(mine, text, scene)]
        for _ in range(len(mine)):  # each clash is told once: the last claim of it is left out then
            clash = smallest_clash([*_always(mine, scene), *said])
            if not clash:
                break
            found = _clashing([c for c in mine if c.claim_id in clash])
            if not _two_tellings([c for c in mine if c.claim_id in clash], text):
                out.append(found)
            said = [condition for condition in said if condition.name != found.why[0].claims[-1]]
    out += _grown(claims, added, text, out, scene)
    return sorted(out, key=lambda found: found.start)


def _two_tellings(claims: Sequence[Claim], text: str) -> bool:
    """Tell whether two numbers may be of two who count: of one side in one sentence, of all in another, no part of each other.

    "The rebels speak of twelve civilians. The army speaks of nine dead."
    """
    first, last = min(claims, key=lambda c: c.start), max(claims, key=lambda c: c.start)
    tied = any(c.subset_of is not None for c in claims)
    apart = _ENDS.search(text[first.end : last.start]) is not None
    sides = {category_of(c) for c in claims} & {Category.CIVILIANS, Category.COMBATANTS}
    loose = any(c.measure is Measure.KILLED_OR_INJURED for c in claims)
    return len(claims) == _PAIR and not tied and ((apart and bool(sides)) or loose)


_PAIR = 2


def _always(claims: Sequence[Claim], scene: Mapping[ClaimId, str]) -> Iterator[Condition]:
    """Yield what holds whoever speaks: parts that share nobody fit into their whole. Not all the dead need be named."""
    keys = {(scene[c.claim_id], c.measure) for c in claims if c.claim_id in scene}
    for at, measure in sorted(keys):
        whole = number((at, measure, Category.TOTAL))
        for group in (SIDES, *APART):
            yield Condition.no_more([number((at, measure, c)) for c in group], whole)
        for category in Category:
            if category is not Category.TOTAL:
                yield Condition.no_more([number((at, measure, category))], whole)
        if measure is Measure.KILLED_OR_INJURED:
            parts = {number((at, m, Category.TOTAL)): 1 for m in (Measure.KILLED, Measure.INJURED)}
            yield Condition.equal(parts, whole)


def _lists(claims: Sequence[Claim], text: str, scene: Mapping[ClaimId, str]) -> Iterator[Condition]:
    """Yield that parts which share nobody fit into their whole, and, all listed behind a colon, make it up."""
    for whole in claims:
        parts = sorted((c for c in claims if c.subset_of == whole.claim_id), key=lambda c: c.start)
        over = category_of(whole)
        if len(parts) < 2 or whole.claim_id not in scene or over is None:
            continue
        categories = [category_of(part) for part in parts]
        listed = _LISTS_ALL.fullmatch(text[whole.end : parts[0].start]) is not None
        if None in categories or len(set(categories)) < len(parts) or not (_apart(categories) or listed):
            continue
        if not _apart(categories) and not set(categories).isdisjoint((*SIDES, Category.TOTAL)):
            continue  # "nine civilians, four women": they share people
        at = scene[whole.claim_id]
        named = [number((at, whole.measure, c)) for c in categories if c is not None]
        mine = number((at, whole.measure, over))
        if mine not in named:
            yield Condition.no_more(named, mine, parts[-1].claim_id)
        bounds = [ends(part) for part in parts]
        high = None if any(b[1] is None for b in bounds) else sum(b[1] or 0 for b in bounds)
        low, _ = ends(whole)
        short = listed and _apart(categories) and not _goes_on(text, parts[-1].end)
        if short and high is not None and low is not None and high < low:
            yield Condition.within(mine, None, high, parts[-1].claim_id)


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a list goes on behind the last part that was read: "…, two women and others"."""
    tail = re.split(r"[.;:)\n؛]", text[end : end + 80], maxsplit=1)[0]
    return bool(re.search(r"\w", tail))


def _apart(categories: Sequence[Category | None]) -> bool:
    return any(set(categories) <= set(group) for group in (SIDES, *APART))


def _rises(claims: Sequence[Claim], added: Sequence[tuple[int, int, int]], text: str) -> Iterator[Checked]:
    """Yield tolls that rose by other numbers than the article names: "the toll rose from 8 to 12 after two more died"."""
    known = {claim.claim_id: claim for claim in claims}
    for new in claims:
        for relation in new.relations:
            old = known.get(relation.target)
            if relation.kind is not RelationKind.UPDATES or old is None or old.measure is not new.measure:
                continue
            if old.bound is not Bound.EXACT or new.bound is not Bound.EXACT or None in (old.value, new.value):
                continue
            first, last = min(old.start, new.start), max(old.end, new.end)
            for start, end, n in added:
                between = text[min(first, start) : max(last, end)]
                if len(_ENDS.findall(between)) <= 1 and len(between) < _NEAR and (old.value or 0) + n != new.value:
                    more = f"“{text[start:end]}”"
                    yield _clashing([old, new], more)


def _grown(
    claims: Sequence[Claim],
    added: Sequence[tuple[int, int, int]],
    text: str,
    told: Sequence[Checked],
    scene: Mapping[ClaimId, str],
) -> Iterator[Checked]:
    """Yield the toll behind "three of the wounded died" that three and no number ahead of it make, unless it is told already."""
    for start, end, n in added:
        killed = [c for c in claims if c.measure is Measure.KILLED and c.bound is Bound.EXACT and c.value is not None]
        behind = [c for c in killed if end <= c.start < end + _NEAR and c.group is None]
        before = [c for c in killed if start - _NEAR < c.start < start and c.group is None]
        # A toll by its words, or a higher number of the same matter in the same sentence: "three followed, and so it is 21".
        higher = [c for c in behind if before and not _ENDS.search(text[before[-1].end : c.start])]
        higher = [c for c in higher if (c.value or 0) > (before[-1].value or 0)]
        higher = [c for c in higher if scene.get(c.claim_id) == scene.get(before[-1].claim_id, "")]
        tolls = [c for c in behind if c.rule.startswith("toll")] or higher
        if not tolls or not before or len(_ENDS.findall(text[end : tolls[0].start])) > 1:
            continue
        named = {c for f in told if f.why[0].values["n"] != len(f.why[0].claims) for c in f.why[0].claims}
        if tolls[0].claim_id not in named and all((c.value or 0) + n != tolls[0].value for c in before):
            yield _clashing([before[-1], tolls[0]], f"“{text[start:end]}”")


def _clashing(claims: Sequence[Claim], *further: str) -> Checked:
    ordered = sorted(claims, key=lambda c: c.start)
    words = "; ".join([*(f"“{' '.join(c.text.split())}”" for c in ordered), *further])
    step = Step("check.clash", {"words": words, "n": len(ordered) + len(further)}, tuple(c.claim_id for c in ordered))
    first = ordered[0]
    return Checked(first.start, first.end, first.text, Verdict.DOES_NOT_ADD_UP, (step,))
