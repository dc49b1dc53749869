"""How the counts of one report hang together: parts and wholes, repetitions, and the arithmetic between them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from marsad.extract.draft import Draft
from marsad.model import Bound, Claim, ClaimId, Measure, Modality, Scope, Status
from marsad.text.numbers import Quantity


def related(drafts: Sequence[Draft]) -> Iterator[Claim]:
    """Yield the claims of one report with their relations filled in, in order.

    A part takes its whole's speaker where its own sentence names none. Fractions and unknowns get the interval that
    their whole leaves them, marked `derived`.
    """
    claims: list[Claim] = []
    taken: set[ClaimId] = set()
    offset: dict[int, int] = {}
    for position, draft in enumerate(drafts):
        offset.setdefault(draft.sentence, position)
        whole = _whole(drafts, claims, position, offset[draft.sentence])
        claim = draft.claim
        if whole is not None:
            inherits = not claim.attribution and draft.parent is not None
            claim = replace(
                claim,
                subset_of=whole.claim_id,
                attribution=whole.attribution if inherits else claim.attribution,
                status=whole.status if claim.status is Status.UNKNOWN else claim.status,
                scope=whole.scope,
            )
        claim = _bounded(draft, claim, whole, claims)
        claims.append(replace(claim, same_as=_said_before(claim, claims)))
    for claim in claims:
        if claim.claim_id not in taken:
            taken.add(claim.claim_id)
            yield claim


def _whole(drafts: Sequence[Draft], claims: Sequence[Claim], position: int, first: int) -> Claim | None:
    """Return the claim that contains these people: named in the sentence, or the toll that the words point back at."""
    draft = drafts[position]
    if draft.parent is not None and first + draft.parent < position:
        return claims[first + draft.parent]
    pointing = draft.points_back or draft.claim.bound is Bound.UNKNOWN
    if not pointing or draft.claim.scope is not Scope.INCIDENT:
        return None
    for earlier in claims:
        if earlier.modality in (Modality.RETRACTED, Modality.DENIED):
            continue
        total = earlier.subset_of is None and earlier.status in (Status.UNKNOWN, Status.MIXED) and earlier.group is None
        if (
            total
            and earlier.measure is draft.claim.measure
            and earlier.scope is Scope.INCIDENT
            and earlier.bound is not Bound.UNKNOWN
        ):
            return earlier
    return None


def _bounded(draft: Draft, claim: Claim, whole: Claim | None, claims: Sequence[Claim]) -> Claim:
    if draft.fraction is not None and whole is not None and whole.low is not None:
        shape = Quantity(0, 1, None, None, None, Bound.FRACTION, draft.fraction)
        low, high = shape.of(whole.low, whole.high)
        return replace(claim, low=low, high=high, derived=True)
    if claim.bound is Bound.UNKNOWN and whole is not None and whole.high is not None:
        others = [
            c.low or 0
            for c in claims
            if c.subset_of == whole.claim_id
            and c.group is None
            and {c.status, claim.status} == {Status.CIVILIAN, Status.COMBATANT}
        ]
        return replace(claim, low=0, high=max(0, whole.high - max(others, default=0)), derived=True)
    return claim


def _said_before(claim: Claim, claims: Sequence[Claim]) -> ClaimId | None:
    """Return the first mention of the same count in the same report, if this only says it again."""
    if claim.measure in (Measure.BODIES_SEEN,) or claim.bound is Bound.UNKNOWN:
        return None
    for earlier in claims:
        alike = (
            earlier.measure is claim.measure
            and (earlier.value, earlier.low, earlier.high) == (claim.value, claim.low, claim.high)
            and (earlier.status, earlier.group, earlier.scope) == (claim.status, claim.group, claim.scope)
            and (not claim.attribution or not earlier.attribution or earlier.attribution[0] == claim.attribution[0])
            and _same_scene(earlier, claim)
        )
        if alike and (claim.value is not None or claim.low is not None):
            return earlier.same_as or earlier.claim_id
    return None


def _same_scene(one: Claim, other: Claim) -> bool:
    if (
        one.occurred
        and other.occurred
        and (one.occurred.end < other.occurred.start or other.occurred.end < one.occurred.start)
    ):
        return False
    ids = [c.place.place_id for c in (one, other) if c.place]
    return len(ids) < 2 or ids[0] == ids[1] or None in ids
