"""Claims as conditions: who is a part of whom, and what each claim says of how many."""

from collections.abc import Iterable, Mapping, Sequence

from marsad.assess.conditions import Condition
from marsad.assess.voices import category_of
from marsad.model import Bound, Category, Claim, ClaimId, Measure, Modality, RelationKind, Scope

ABOUT = 10
""""About 115" leaves a tenth on either side: people round to the nearest ten or five, seldom further off than that."""

SIDES = (Category.CIVILIANS, Category.COMBATANTS)
APART = ((Category.CHILDREN, Category.WOMEN, Category.MEN), (Category.CHILDREN, Category.ELDERLY))
"""Groups that share nobody, so that together they fit into the whole. Children are those below 18, men and women above."""

Key = tuple[str, Measure, Category]
"""A number of people: of which scene, what happened to them, and whom it counts."""

_UNSAID = (Modality.HYPOTHETICAL, Modality.RETRACTED, Modality.UNKNOWN)
_COUNTED = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)


def number(key: Key) -> str:
    """Return the name under which conditions speak of a number of people.

    >>> number(("raqqa", Measure.KILLED, Category.TOTAL))
    'raqqa|killed|total'
    """
    return "|".join(key)


def people(keys: Iterable[Key]) -> list[Condition]:
    """Return what holds of these numbers whoever speaks.

    Everybody is a civilian or a combatant, killed or injured; parts fit into their whole, and those that share nobody fit
    together. Numbers that nobody asks for or speaks of are left out.
    """
    spoken: dict[tuple[str, Measure], set[Category]] = {}
    for scene, measure, category in keys:
        spoken.setdefault((scene, measure), {Category.TOTAL}).add(category)
    out: list[Condition] = []
    for (scene, measure), told in sorted(spoken.items()):
        whole = number((scene, measure, Category.TOTAL))
        named = {c: number((scene, measure, c)) for c in Category}
        if told.intersection(SIDES):
            out.append(Condition.equal({named[c]: 1 for c in SIDES}, whole))
        joined: set[Category] = set()
        for group in APART:
            here = [c for c in group if c in told]
            if len(here) > 1:
                out.append(Condition.no_more([named[c] for c in here], whole))
                joined |= set(here)
        rest = sorted(told - joined - {Category.TOTAL, *SIDES})
        out += [Condition.no_more([named[c]], whole) for c in rest]
    out += _hurt_or_killed(spoken)
    return out


def _hurt_or_killed(spoken: Mapping[tuple[str, Measure], set[Category]]) -> list[Condition]:
    out = []
    for (scene, measure), told in sorted(spoken.items()):
        if measure is not Measure.KILLED_OR_INJURED:
            continue
        for category in sorted(told):
            either = (Measure.KILLED, Measure.INJURED)
            if category is Category.TOTAL or all(category in spoken.get((scene, m), ()) for m in either):
                parts = {number((scene, m, category)): 1 for m in either}
                out.append(Condition.equal(parts, number((scene, measure, category))))
    return out


def keys_of(claims: Iterable[Claim], scene: Mapping[ClaimId, str]) -> list[Key]:
    """Return the numbers of people that claims speak of, killed and injured beside one number for both."""
    out: list[Key] = []
    for claim in claims:
        category = category_of(claim)
        if category is not None and claim.measure in _COUNTED and claim.claim_id in scene:
            out.append((scene[claim.claim_id], claim.measure, category))
            if claim.measure is Measure.KILLED_OR_INJURED:
                out += [(scene[claim.claim_id], m, category) for m in (Measure.KILLED, Measure.INJURED)]
    return out


def by_place(claims: Iterable[Claim]) -> dict[ClaimId, str]:
    """Return a scene for each claim of one report by the place that it names, "" where it names none.

    A quick guess for a single text; `marsad.link` tells incidents apart by time and more.
    """
    return {c.claim_id: "" if c.place is None else c.place.place_id or c.place.words for c in claims}


def told(claims: Sequence[Claim], scene: Mapping[ClaimId, str]) -> list[Condition]:
    """Return what the claims say as conditions, each under its claim's id; what bounds nothing says nothing.

    `scene` names the incident of each claim; one that is in none is left out, but for one number for several incidents,
    which holds the people of those that its report tells of singly. Taken back, hypothetical and denied numbers are left
    out, and so are running totals and what is told as background.
    """
    known = {claim.claim_id: claim for claim in claims}
    out: list[Condition] = []
    for claim in claims:
        if claim.measure not in _COUNTED or claim.modality in _UNSAID or claim.bound is Bound.UNKNOWN:
            continue
        if claim.modality is Modality.DENIED and claim.bound is not Bound.NONE:
            continue
        if claim.scope is Scope.AGGREGATE:
            out += _of_several(claim, known, scene)
        elif claim.scope is Scope.INCIDENT and claim.claim_id in scene:
            out += _said(claim, known, scene)
    return out


def ends(claim: Claim) -> tuple[int | None, int | None]:
    """Return what the words allow: an "about" leaves a tenth on either side, "none" is nobody."""
    if claim.bound is Bound.NONE:
        return 0, 0
    if claim.bound is Bound.ABOUT and claim.value is not None:
        room = -(-claim.value // ABOUT)
        return max(0, claim.value - room), claim.value + room
    return claim.low, claim.high


def _said(claim: Claim, known: Mapping[ClaimId, Claim], scene: Mapping[ClaimId, str]) -> list[Condition]:
    low, high = ends(claim)
    mine = _name(claim, scene)
    out = [Condition.within(mine, low, high, claim.claim_id)] if (low, high) != (None, None) else []
    whole = known.get(claim.subset_of) if claim.subset_of is not None else None
    if whole is not None and whole.claim_id in scene and whole.scope is Scope.INCIDENT:
        over = _name(whole, scene)
        if over != mine:
            out.append(Condition.no_more([mine], over, claim.claim_id))
    return out


def _name(claim: Claim, scene: Mapping[ClaimId, str]) -> str:
    category = category_of(claim)
    at = scene[claim.claim_id]
    return f"{at}|{claim.measure}|part {claim.claim_id}" if category is None else number((at, claim.measure, category))


def _of_several(claim: Claim, known: Mapping[ClaimId, Claim], scene: Mapping[ClaimId, str]) -> list[Condition]:
    """Return that the numbers told singly make up the one number, or, where one alone is told, fit into it."""
    category = category_of(claim)
    held = [known[r.target] for r in claim.relations if r.kind is RelationKind.AGGREGATE_INCLUDES and r.target in known]
    here = {scene[c.claim_id] for c in held if c.claim_id in scene and c.measure is claim.measure}
    low, high = ends(claim)
    if category is None or not here or (low, high) == (None, None):
        return []
    parts = dict.fromkeys((number((s, claim.measure, category)) for s in sorted(here)), 1)
    return [Condition.of(parts, low if len(here) > 1 else None, high, claim.claim_id)]
