"""What each independent origin says of one incident, solved into intervals that agree with one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from marsad.model import Bound, Category, Claim, ClaimId, Count, Group, Measure, Origin, Role, Standing, Status, Step
from marsad.model.heard import Docket, Weighed

_GROUPS = {group: Category(group.value) for group in Group}


@dataclass(slots=True)
class Said:
    """One origin's word on one category: between low and high (None: no bound said), and the claims that say so."""

    low: int | None
    high: int | None
    best: int | None
    standing: Standing
    claims: tuple[ClaimId, ...]
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class Voice:
    """An origin's statements of one measure, by category, and the day on which its number first appeared."""

    origin: Origin
    since: date
    said: dict[Category, Said] = field(default_factory=dict)


def voices_of(docket: Docket, measure: Measure) -> list[Voice]:
    """Return what each origin counts for this measure, arithmetic done, in order of kind and name of origin."""
    by_origin: dict[str, list[Weighed]] = {}
    for item in docket.weighed:
        if item.role is Role.COUNTED and item.heard.claim.measure is measure:
            by_origin.setdefault(item.fold.origin.name, []).append(item)
    return [_voice(items) for _, items in sorted(by_origin.items())]


def _voice(items: Sequence[Weighed]) -> Voice:
    voice = Voice(items[0].fold.origin, min(i.heard.published or date.max for i in items))
    for item in items:
        claim = item.heard.claim
        category = category_of(claim)
        if category is None:
            continue
        said = _said(claim)
        kept = voice.said.get(category)
        voice.said[category] = said if kept is None else _together(kept, said)
    _solve(voice)
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


def _said(claim: Claim) -> Said:
    if claim.bound is Bound.UNKNOWN:
        return Said(claim.low, claim.high, None, Standing.STATED_UNKNOWN, (claim.claim_id,))
    standing = Standing.STATED_NONE if claim.bound is Bound.NONE else Standing.STATED
    if claim.bound is Bound.FRACTION:
        standing = Standing.DERIVED
    best = None if claim.bound in (Bound.FRACTION, Bound.VAGUE, Bound.RANGE, Bound.AT_MOST) else claim.value
    if claim.bound is Bound.NONE:
        best = 0
    if claim.bound is Bound.MORE_THAN:
        best = claim.low
    return Said(claim.low, claim.high, best, standing, (claim.claim_id,))


def _together(one: Said, other: Said) -> Said:
    """Return two words of one origin on one category as one: what is stated outright outweighs shares and unknowns."""
    rank = {Standing.STATED: 0, Standing.STATED_NONE: 1, Standing.DERIVED: 2, Standing.STATED_UNKNOWN: 3}
    first, second = sorted((one, other), key=lambda s: (rank.get(s.standing, 4), -(s.low or 0)))
    return Said(first.low, first.high, first.best, first.standing, (*first.claims, *second.claims))


def _solve(voice: Voice) -> None:
    """Make total, civilians and combatants agree: parts fit into the whole, the whole holds its parts.

    Where an origin's parts exceed its own total, the total is widened to hold them and the step says so: nothing that
    was stated is thrown away.
    """
    total, civilians = voice.said.get(Category.TOTAL), voice.said.get(Category.CIVILIANS)
    combatants = voice.said.get(Category.COMBATANTS)
    parts = [p for p in (civilians, combatants) if p is not None]
    groups = [s for c, s in voice.said.items() if c not in (Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS)]
    floor = sum(p.low or 0 for p in parts)
    floor = max([floor, *(g.low or 0 for g in groups)])
    told = [p for p in parts if p.standing is not Standing.STATED_UNKNOWN]
    if total is None:
        if told or groups:
            claims = tuple(c for p in (told or groups) for c in p.claims)
            whole = _sum(told) if len(told) == 2 else None
            step = Step("arithmetic.total-holds-parts", {"low": floor}, claims)
            voice.said[Category.TOTAL] = Said(floor, whole, floor, Standing.DERIVED, claims, (step,))
        return
    if total.standing is not Standing.STATED_UNKNOWN and (total.low or 0) < floor:
        rule = (
            "arithmetic.parts-exceed-total"
            if total.high is not None and total.high < floor
            else "arithmetic.total-holds-parts"
        )
        step = Step(rule, {"low": floor, "total": total.high}, total.claims)
        high = None if total.high is None else max(total.high, floor)
        voice.said[Category.TOTAL] = total = Said(
            floor, high, None if total.best is None else max(total.best, floor), total.standing, total.claims, (step,)
        )
    _parts(voice, total, civilians, combatants)


def _sum(parts: Sequence[Said]) -> int | None:
    highs = [p.high for p in parts]
    return None if None in highs else sum(h for h in highs if h is not None)


def _parts(voice: Voice, total: Said, civilians: Said | None, combatants: Said | None) -> None:
    """Bound each part by what the whole leaves it; work out combatants or civilians where only the other was told."""
    top = total.high if total.high is not None else total.best
    if top is None:
        return
    for category, part, other in (
        (Category.CIVILIANS, civilians, combatants),
        (Category.COMBATANTS, combatants, civilians),
    ):
        room = top - ((other.low or 0) if other is not None else 0)
        if part is None:
            if other is not None and other.standing is not Standing.STATED_UNKNOWN and category is Category.COMBATANTS:
                step = Step(
                    "arithmetic.rest-of-total", {"low": 0, "high": room, "total": top}, (*total.claims, *other.claims)
                )
                voice.said[category] = Said(0, room, None, Standing.DERIVED, step.claims, (step,))
        elif part.high is None or part.high > room:
            low = part.low or 0
            step = Step(
                "arithmetic.no-more-than-rest", {"high": max(room, low), "total": top}, (*part.claims, *total.claims)
            )
            best = part.best if part.best is None or part.best <= max(room, low) else max(room, low)
            voice.said[category] = Said(low, max(room, low), best, part.standing, part.claims, (*part.steps, step))


def closed(said: Said) -> Count:
    """Return an origin's word as a count: a number without an upper bound ("at least 95") counts as the number said.

    >>> closed(Said(95, None, 95, Standing.STATED, ()))
    Count(low=95, best=95, high=95)
    """
    low = said.low or 0
    high = said.high if said.high is not None else max(low, said.best or 0)
    best = None if said.best is None else min(max(said.best, low), high)
    return Count(low, best, high)
