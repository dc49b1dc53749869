"""Which numbers hold which others: several incidents in one number, a war's total, and whether parts add up."""

from collections.abc import Sequence
from dataclasses import replace

from marsad.extract.draft import Made, number_of, stands
from marsad.extract.places_together import is_wide
from marsad.model import Bound, Claim, ClaimId, Flag, Group, Measure, Relation, RelationKind, Scope, Status

_HELD = 16
"""Single incidents that one number is compared with; a report tells of no more."""

_SUMMED = 3
"""Numbers told right before a sum that may be its parts."""

_TWO_PARTS = 2
"""Numbers told, beyond which one of them may be what two others come to."""

_APART = (Status.CIVILIAN, Status.COMBATANT)
_SEXES = (Group.CHILDREN, Group.WOMEN, Group.MEN)
"""Parts that share nobody, so that they add up."""

_TOLD = (Scope.INCIDENT, Scope.BACKGROUND)
_WIDER = (Scope.AGGREGATE, Scope.CUMULATIVE)


def summed(made: Sequence[Made]) -> list[Made]:
    """Return the claims with those that hold single incidents tied to them, and sums that hold or fail flagged.

    A sentence of several incidents ("the two attacks killed 14") sums the numbers told before it: where they come to just
    that, it is one number for several incidents and no toll of one. So is one that is told ahead of them: "21 people died in
    two days: 17 on Saturday and four on Sunday". A running total holds an incident that lies in its
    land and time.
    """
    tolls: dict[Measure, list[Claim]] = {}
    out: list[Made] = []
    for draft, told in made:
        claim = told
        single = tolls.setdefault(claim.measure, [])
        if draft.several and stands(claim) and claim.subset_of is None and (parts := _adding_up(claim, single)):
            flags = (*claim.flags, Flag.SUM_CONFIRMED)
            claim = replace(_including(claim, parts), scope=Scope.AGGREGATE, flags=flags)
        elif stands(claim) and claim.subset_of is None and claim.same_as is None and claim.bound is not Bound.NONE:
            single.append(claim)
        out.append((draft, claim))
    out = _told_ahead(_of_days(out))
    for n, (draft, claim) in enumerate(out):
        if claim.scope not in _WIDER:
            continue
        held = [t for t in tolls.get(claim.measure, [])[:_HELD] if _holds(claim, t, running=draft.running)]
        out[n] = draft, _including(claim, held)
    return _parts_checked(out)


def _of_days(made: Sequence[Made]) -> list[Made]:
    """Return the claims, a number's parts as numbers of their own where they are of different days and come to just that."""
    parts: dict[ClaimId, list[Claim]] = {}
    for _, claim in made:
        if claim.subset_of is not None and stands(claim) and claim.group is None and not claim.derived:
            parts.setdefault(claim.subset_of, []).append(claim)
    if not parts:
        return list(made)
    wider = {
        whole: held
        for whole, held in parts.items()
        if len(held) > 1 and _of_other_days(held) and all(p.value is not None for p in held)
    }
    sums = {
        c.claim_id for _, c in made if c.claim_id in wider and c.value == sum(p.value or 0 for p in wider[c.claim_id])
    }
    out = []
    for draft, claim in made:
        if claim.claim_id in sums:
            flags = (*claim.flags, Flag.SUM_CONFIRMED)
            claim = replace(_including(claim, wider[claim.claim_id]), scope=Scope.AGGREGATE, flags=flags)
        elif claim.subset_of in sums and claim in wider[claim.subset_of]:
            claim = replace(claim, subset_of=None)
        out.append((draft, claim))
    return out


def _of_other_days(parts: Sequence[Claim]) -> bool:
    days = {p.occurred.start for p in parts if p.occurred is not None and p.occurred.precision == 1}
    return len(days) == len(parts)


def _told_ahead(made: Sequence[Made]) -> list[Made]:
    """Return the claims, those made wider whose number the next ones of other days or places come to exactly, or the last ones.

    "22 dead in Goma on Thursday, seven in Beni on Friday. In all, 29 civilians perished": whoever sums up may say of whom.
    """
    out = list(made)
    tolls = [
        n
        for n, (_, c) in enumerate(out)
        if stands(c) and c.scope in _TOLD and c.subset_of is None and c.group is None and c.value is not None
    ]
    for at, n in enumerate(tolls if len(tolls) > _TWO_PARTS else ()):
        draft, claim = out[n]
        behind = _made_of(claim, [out[k][1] for k in tolls[at + 1 : at + 1 + _HELD]])
        parts = behind if all(p.status is claim.status for p in behind) else []
        before = [out[k][1] for k in reversed(tolls[max(0, at - _SUMMED) : at])] if not parts else []
        before = _made_of(claim, [c for c in before if c.scope is not Scope.AGGREGATE])
        here = claim.place is None or is_wide(claim.place) or claim.place in [p.place for p in before]
        if before and here and all(p.status in (claim.status, Status.UNKNOWN) for p in before):
            parts = before[::-1]
        if parts:
            flags = (*claim.flags, Flag.SUM_CONFIRMED)
            out[n] = draft, replace(_including(claim, parts), scope=Scope.AGGREGATE, flags=flags)
    return out


def _made_of(claim: Claim, others: Sequence[Claim]) -> list[Claim]:
    """Return the first two or more of other numbers, told apart, that come to just this one; [] where they do not."""
    parts: list[Claim] = []
    left = claim.value or 0
    for other in (c for c in others if c.measure is claim.measure and c.value != claim.value):
        left -= other.value or 0
        parts.append(other)
        if left <= 0:
            break
    return parts if left == 0 and len(parts) > 1 and _told_apart(parts) else []


def _told_apart(parts: Sequence[Claim]) -> bool:
    """Tell whether no two of these were harmed on one day in one place, as far as single days and known places tell."""
    seen = {
        (
            p.occurred.start if p.occurred is not None and p.occurred.precision == 1 else None,
            p.place and p.place.place_id,
        )
        for p in parts
    }
    return len(seen) == len(parts)


def _including(claim: Claim, parts: Sequence[Claim]) -> Claim:
    held = (Relation(RelationKind.AGGREGATE_INCLUDES, part.claim_id) for part in parts)
    return replace(claim, relations=tuple(dict.fromkeys((*claim.relations, *held)))) if parts else claim


def _adding_up(claim: Claim, single: Sequence[Claim]) -> list[Claim]:
    """Return the last numbers told before, two or more, that come to exactly this one; none where they do not."""
    parts: list[Claim] = []
    left = claim.value or 0
    for other in reversed(single[-_HELD:]):
        if (other.status, other.group) != (claim.status, claim.group) or other.value is None or left <= 0:
            break
        parts.append(other)
        left -= other.value
        if left == 0 and len(parts) > 1:
            return parts[::-1]
    return []


def _holds(whole: Claim, single: Claim, *, running: bool) -> bool:
    """Tell whether a running total, or a sum over a wider area, has the people of an incident in it.

    A total of a time that nobody tells may be of a war that ended long ago, unless its words count until now.
    """
    if whole.scope not in _WIDER or whole.subset_of is not None or whole.group is not None or single.group is not None:
        return False
    many, few = number_of(whole), number_of(single)
    if many is None or few is None or many <= few or whole.status not in (Status.UNKNOWN, Status.MIXED, single.status):
        return False
    when, day = whole.occurred, single.occurred
    if day is None or (when is None and not running):
        return False
    if when is not None and not (when.start <= day.start and (running or day.end <= when.end)):
        return False
    there, here = whole.place, single.place
    if there is None or here is None:
        return False
    return there.place_id == here.place_id or (is_wide(there) and there.country == here.country is not None)


def _parts_checked(made: Sequence[Made]) -> list[Made]:
    """Return the claims, a whole flagged where parts that share nobody come to just that number, or to more than it."""
    parts: dict[ClaimId, list[Claim]] = {}
    for _, claim in made:
        if claim.subset_of is not None and claim.same_as is None and not claim.derived:
            parts.setdefault(claim.subset_of, []).append(claim)
    return [
        (draft, _checked(claim, parts[claim.claim_id]) if claim.claim_id in parts else claim) for draft, claim in made
    ]


def _checked(whole: Claim, parts: Sequence[Claim]) -> Claim:
    for apart in (
        [p for p in parts if p.group is None and p.status in _APART],
        [p for p in parts if p.group in _SEXES],
    ):
        least = sum(part.low or 0 for part in apart)
        if whole.high is not None and least > whole.high:
            return _flagged(whole, Flag.PARTS_EXCEED)
        exact = all(part.bound is Bound.EXACT for part in apart)
        if len(apart) > 1 and exact and whole.bound is Bound.EXACT and least == whole.value:
            return _flagged(whole, Flag.SUM_CONFIRMED)
    return whole


def _flagged(claim: Claim, flag: Flag) -> Claim:
    return claim if flag in claim.flags else replace(claim, flags=(*claim.flags, flag))
