"""What each independent origin says of one incident, solved into intervals that agree with one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from marsad.model import Bound, Category, Claim, ClaimId, Count, Group, Measure, Origin, Role, Standing, Status, Step
from marsad.model.heard import Docket, Weighed

_GROUPS = {group: Category(group.value) for group in Group}
_STATUSES = (Category.CIVILIANS, Category.COMBATANTS)
_DISTINCT = (Category.CHILDREN, Category.WOMEN, Category.MEN)
"""Groups that share nobody, so that their numbers add up."""

_NO_BEST = (Bound.FRACTION, Bound.VAGUE, Bound.RANGE, Bound.AT_MOST, Bound.LESS_THAN)
_AS_SAID: Mapping[tuple[int, int], int] = {}
_FEW = (3, 9)
"""What "several" bounds, and what a word without bounds is taken for where a policy has a number for it."""

_RANK = {Standing.STATED: 0, Standing.STATED_NONE: 0, Standing.DERIVED: 1, Standing.STATED_UNKNOWN: 2}


@dataclass(slots=True)
class Said:
    """One origin's word on one category: between low and high (None: no bound said), and the claims that say so."""

    low: int | None
    high: int | None
    best: int | None
    standing: Standing
    claims: tuple[ClaimId, ...]
    steps: tuple[Step, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether it says anything of the number: "nobody knows how many" alone does not."""
        return self.low is not None or self.high is not None

    @property
    def floor(self) -> int:
        """The fewest people it speaks of."""
        return self.low or 0

    @property
    def top(self) -> int:
        """The most people it speaks of: a number without an upper bound ("at least 95") counts as the number said."""
        return self.high if self.high is not None else max(self.floor, self.best or 0)


@dataclass(slots=True)
class Voice:
    """An origin's statements of one measure, by category, and the day on which its number first appeared."""

    origin: Origin
    since: date
    said: dict[Category, Said] = field(default_factory=dict)


def voices_of(docket: Docket, measure: Measure, vague: Mapping[tuple[int, int], int] = _AS_SAID) -> list[Voice]:
    """Return what each origin counts for this measure, arithmetic done, in order of the origins' names.

    `vague` gives the number that vague words with such bounds count as ((24, 99), dozens, as 12); those that it does
    not name stay what they bound.
    """
    by_origin: dict[str, list[Weighed]] = {}
    for item in docket.weighed:
        if item.role is Role.COUNTED and item.heard.claim.measure is measure:
            by_origin.setdefault(item.fold.origin.name, []).append(item)
    return [_voice(items, vague) for _, items in sorted(by_origin.items())]


def _voice(items: Sequence[Weighed], vague: Mapping[tuple[int, int], int]) -> Voice:
    voice = Voice(items[0].fold.origin, min(i.heard.published or date.max for i in items))
    for item in items:
        claim = item.heard.claim
        category = category_of(claim)
        if category is None:
            continue
        said = _counted_as(claim, vague) or _said(claim)
        kept = voice.said.get(category)
        voice.said[category] = said if kept is None else _together(kept, said)
    solve(voice)
    return voice


def category_of(claim: Claim) -> Category | None:
    """Return whom a claim counts; None for a part that says neither status nor group ("20 unidentified bodies")."""
    if claim.group is not None:
        return _GROUPS[claim.group]
    if claim.status is Status.CIVILIAN:
        return Category.CIVILIANS
    if claim.status is Status.COMBATANT:
        return Category.COMBATANTS
    return None if claim.subset_of is not None else Category.TOTAL


def _counted_as(claim: Claim, vague: Mapping[tuple[int, int], int]) -> Said | None:
    """Return what a policy counts a vague word as, None where it is left as it is said; "many" bounds nothing, as few do."""
    if claim.bound is not Bound.VAGUE or not vague:
        return None
    bounds = (claim.low, claim.high) if claim.low and claim.high else _FEW
    n = vague.get((bounds[0] or 0, bounds[1] or 0))
    if n is None:
        return None
    step = Step("policy.vague", {"words": claim.text, "n": n}, (claim.claim_id,))
    return Said(n, n, n, Standing.DERIVED, (claim.claim_id,), (step,))


def _said(claim: Claim) -> Said:
    """Return a claim as its origin's word: what it bounds, and the number to name if one number is to be named."""
    if claim.bound is Bound.UNKNOWN:
        return Said(claim.low, claim.high, None, Standing.STATED_UNKNOWN, (claim.claim_id,))
    if claim.bound is Bound.NONE:
        return Said(0, 0, 0, Standing.STATED_NONE, (claim.claim_id,))
    standing = Standing.DERIVED if claim.bound is Bound.FRACTION else Standing.STATED
    best = None if claim.bound in _NO_BEST else claim.value
    return Said(claim.low, claim.high, best, standing, (claim.claim_id,))


def _together(one: Said, other: Said) -> Said:
    """Return two words of one origin on one category as one: a number outweighs a vague word, a share and an unknown."""
    first, second = sorted((one, other), key=lambda s: (_RANK[s.standing], s.best is None, -s.floor))
    return Said(first.low, first.high, first.best, first.standing, (*first.claims, *second.claims))


def solve(voice: Voice) -> None:
    """Make total, civilians, combatants and groups agree: parts fit into the whole, the whole holds its parts.

    Every number of people that fits all that was said stays within the bounds. Where an origin's parts exceed its own
    total, the total is widened to hold them and the step says so: nothing that was stated is thrown away.
    """
    floor = _fewest(voice)
    total = voice.said.get(Category.TOTAL)
    if total is None or not total.bounded:
        summed = _sum_of_parts(voice, floor)
        if summed is not None:
            voice.said[Category.TOTAL] = summed
        return
    if total.floor < floor:
        voice.said[Category.TOTAL] = total = _raised(total, floor)
    _fit_parts(voice, total)


def _parts(voice: Voice) -> list[tuple[Category, Said]]:
    return [(c, s) for c, s in voice.said.items() if c is not Category.TOTAL and s.bounded]


def _fewest(voice: Voice) -> int:
    """Return how many people the parts name at least: civilians and combatants add up, and so do groups that share nobody."""
    named = {category: said.floor for category, said in _parts(voice)}
    sums = [sum(named.get(c, 0) for c in one) for one in (_STATUSES, _DISTINCT)]
    return max([*sums, *named.values()])


def _sum_of_parts(voice: Voice, floor: int) -> Said | None:
    """Return the total of an origin that names parts only, None where they say nothing.

    Of people whom it does not name it says nothing: no part is worked out from such a total.
    """
    parts = {category: said for category, said in _parts(voice) if said.standing is not Standing.STATED_UNKNOWN}
    if not parts:
        return None
    bounds = {category: said.top for category, said in _parts(voice)}
    top = max([floor, *bounds.values(), *(sum(bounds.get(c, 0) for c in one) for one in (_STATUSES, _DISTINCT))])
    sides = [parts[c] for c in _STATUSES if c in parts] or list(parts.values())
    summed = sum(s.best or 0 for s in sides) if all(s.best is not None for s in sides) else None
    claims = tuple(dict.fromkeys(c for said in parts.values() for c in said.claims))
    step = Step("arithmetic.total-holds-parts", {"low": floor}, claims)
    best = None if summed is None else min(max(summed, floor), top)
    return Said(floor, top, best, Standing.DERIVED, claims, (step,))


def _raised(total: Said, floor: int) -> Said:
    """Return the total with its lower end raised to hold its parts, and its upper end too where they exceed it."""
    exceeded = total.high is not None and total.high < floor
    rule = "arithmetic.parts-exceed-total" if exceeded else "arithmetic.total-holds-parts"
    step = Step(rule, {"low": floor, "total": total.high}, total.claims)
    high = None if total.high is None else max(total.high, floor)
    best = None if total.best is None else max(total.best, floor)
    return Said(floor, high, best, total.standing, total.claims, (*total.steps, step))


def _fit_parts(voice: Voice, total: Said) -> None:
    """Bound each part by what the whole leaves it; work out the side of which nothing was told where the other was."""
    civilians, combatants = (voice.said.get(c) for c in _STATUSES)
    pairs = ((Category.CIVILIANS, civilians, combatants), (Category.COMBATANTS, combatants, civilians))
    for category, part, other in pairs:
        room = total.top - (other.floor if other else 0)
        if part is not None:
            voice.said[category] = _fitted(part, room, total)
        elif other is not None and other.standing is not Standing.STATED_UNKNOWN:
            claims = (*total.claims, *(c for c in other.claims if c not in total.claims))
            step = Step("arithmetic.rest-of-total", {"low": 0, "high": room, "total": total.top}, claims)
            voice.said[category] = Said(0, room, None, Standing.DERIVED, claims, (step,))
    for category, said in _parts(voice):
        if category not in _STATUSES and said.top > total.top:
            voice.said[category] = _fitted(said, total.top, total)


def _fitted(part: Said, room: int, total: Said) -> Said:
    """Return the part with an upper end no higher than the room that the total leaves it."""
    if part.high is not None and part.high <= room:
        return part
    high = max(room, part.floor)
    claims = (*part.claims, *(c for c in total.claims if c not in part.claims))
    step = Step("arithmetic.no-more-than-rest", {"high": high, "total": total.top}, claims)
    best = None if part.best is None else min(part.best, high)
    return Said(part.floor, high, best, part.standing, part.claims, (*part.steps, step))


def closed(said: Said) -> Count:
    """Return an origin's word as a count: a number without an upper bound ("at least 95") counts as the number said.

    A word that bounds nothing ("nobody knows how many") is no zero.

    >>> closed(Said(95, None, 95, Standing.STATED, ()))
    Count(low=95, best=95, high=95)
    >>> closed(Said(None, None, None, Standing.STATED_UNKNOWN, ()))
    Count(low=0, best=None, high=None)
    """
    if not said.bounded:
        return Count(0, None, None)
    best = None if said.best is None else min(max(said.best, said.floor), said.top)
    return Count(said.floor, best, said.top)
