"""How the counts of one report hang together: parts and wholes, repetitions, and the arithmetic between them."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from marsad.extract.compared import compared
from marsad.extract.draft import Draft, Made, same_scene, same_voice
from marsad.model import Bound, Claim, ClaimId, Group, Measure, Modality, Scope, Status
from marsad.text.numbers import Quantity

_COMPARED = 32
"""First mentions of one number that a later mention is compared with; a report has no more places and speakers."""

_SIDES = {Status.CIVILIAN: Status.COMBATANT, Status.COMBATANT: Status.CIVILIAN}


def related(drafts: Sequence[Draft]) -> Iterator[Claim]:
    """Yield the claims of one report with their relations filled in, in order.

    A part takes its whole's speaker where its own sentence names none. Fractions and unknowns get the interval that
    their whole leaves them, marked `derived`. A count of people whom somebody might kill is no claim that anybody was
    harmed: it is left out with its parts.
    """
    claims: dict[int, Claim] = {}
    told = _Told()
    for position, parent in _wholes_first(drafts):
        draft = drafts[position]
        whole = claims[parent] if parent is not None else told.whole_of(draft)
        claim = draft.claim if whole is None else _part(draft, whole)
        claim = told.bounded(draft, claim, whole)
        same = told.said_before(claim)
        claim = claim if same is None else replace(claim, same_as=same)
        claims[position] = claim
        if claim.modality is not Modality.HYPOTHETICAL:
            told.add(claim)
    supposed = {claim.claim_id for claim in claims.values() if claim.modality is Modality.HYPOTHETICAL}
    seen: set[ClaimId] = set(supposed)
    kept: list[Made] = []
    for position in sorted(claims):
        claim = claims[position]
        if claim.claim_id not in seen and claim.subset_of not in supposed:
            seen.add(claim.claim_id)
            kept.append((drafts[position], claim))
    yield from compared(kept)


def _wholes_first(drafts: Sequence[Draft]) -> list[tuple[int, int | None]]:
    """Return the positions of drafts with that of the whole each is told to be part of, no part before its whole.

    A whole may follow its part: "half of the 60 people killed were civilians". Parts in a circle have no whole.
    """
    first: dict[int, int] = {}
    for position, draft in enumerate(drafts):
        first.setdefault(draft.sentence, position)
    told = ((d.sentence, first[d.sentence] + d.parent) if d.parent is not None else None for d in drafts)
    wholes = [w[1] if w and w[1] < len(drafts) and drafts[w[1]].sentence == w[0] else None for w in told]
    placed: set[int] = set()
    out: list[tuple[int, int | None]] = []

    def place(position: int, waiting: frozenset[int]) -> None:
        whole = wholes[position]
        if whole is not None and whole not in placed:
            if whole in waiting or whole == position:
                whole = None
            else:
                place(whole, waiting | {position})
        if position not in placed:
            placed.add(position)
            out.append((position, whole))

    for position in range(len(drafts)):
        place(position, frozenset({position}))
    return out


def _part(draft: Draft, whole: Claim) -> Claim:
    """Return the draft's claim as a part of its whole.

    Women counted apart are taken for civilians; among dead of whom the report says nothing else they may be anybody.
    """
    claim = draft.claim
    unsaid = claim.status is Status.UNKNOWN or (claim.group is Group.WOMEN and whole.status is Status.UNKNOWN)
    inherits = not claim.attribution and draft.parent is not None
    return replace(
        claim,
        subset_of=whole.claim_id,
        attribution=whole.attribution if inherits else claim.attribution,
        status=whole.status if unsaid and whole.status is not Status.MIXED else claim.status,
        scope=whole.scope,
    )


@dataclass
class _Told:
    """What a report has told so far, filed so that each new count finds what it goes with at once."""

    tolls: dict[tuple[Measure, str | None], Claim] = field(default_factory=dict)
    mentions: dict[Hashable, list[Claim]] = field(default_factory=dict)
    sides: dict[tuple[ClaimId, Status], int] = field(default_factory=dict)

    def add(self, claim: Claim) -> None:
        """File a claim."""
        if _is_toll(claim):
            self.tolls.setdefault((claim.measure, None), claim)
            self.tolls.setdefault((claim.measure, _speaker(claim)), claim)
        if claim.same_as is None:
            self.mentions.setdefault(_number(claim), []).append(claim)
        if claim.subset_of is not None and claim.group is None:
            side = claim.subset_of, claim.status
            self.sides[side] = max(self.sides.get(side, 0), claim.low or 0)

    def whole_of(self, draft: Draft) -> Claim | None:
        """Return the toll told before that the words of a count point back at, None where they do not.

        The speaker's own toll comes before anybody else's.
        """
        claim = draft.claim
        own = self.tolls.get((claim.measure, _speaker(claim))) if claim.attribution else None
        toll = own or self.tolls.get((claim.measure, None))
        if toll is None or claim.scope is not Scope.INCIDENT:
            return None
        fewer = draft.bodies and claim.value is not None and claim.value < (toll.low or 0)
        return toll if draft.points_back or claim.bound is Bound.UNKNOWN or fewer else None

    def bounded(self, draft: Draft, claim: Claim, whole: Claim | None) -> Claim:
        """Return the claim with the interval that its whole leaves to a share or to an unknown number."""
        if whole is None:
            return claim
        if draft.fraction is not None and whole.low is not None:
            share = Quantity(0, 1, None, None, None, Bound.FRACTION, draft.fraction)
            low, high = share.of(whole.low, whole.high)
            return replace(claim, low=low, high=high, derived=True)
        if claim.bound is Bound.UNKNOWN and whole.high is not None:
            opposite = _SIDES.get(claim.status)
            others = self.sides.get((whole.claim_id, opposite), 0) if opposite else 0
            return replace(claim, low=0, high=max(0, whole.high - others), derived=True)
        return claim

    def said_before(self, claim: Claim) -> ClaimId | None:
        """Return the first mention of the same count in the same report, if this only says it again."""
        if claim.measure is Measure.BODIES_SEEN or claim.bound is Bound.UNKNOWN:
            return None
        if claim.value is None and claim.low is None:
            return None
        alike = self.mentions.get(_number(claim), [])[:_COMPARED]
        before = (c for c in alike if c.start < claim.start)  # a part is filed after a whole that follows it
        return next((c.claim_id for c in before if same_voice(c, claim) and same_scene(c, claim)), None)


def _is_toll(claim: Claim) -> bool:
    """Tell whether a claim is a total that later words ("of the dead") may point back at."""
    whole = claim.subset_of is None and claim.status in (Status.UNKNOWN, Status.MIXED) and claim.group is None
    stands = claim.modality not in (Modality.RETRACTED, Modality.DENIED, Modality.HYPOTHETICAL)
    return whole and stands and claim.scope is Scope.INCIDENT and claim.bound is not Bound.UNKNOWN


def _number(claim: Claim) -> Hashable:
    """Return what two mentions of one count share: the number as said, whom it counts, and on which side it binds.

    "95" and "at least 95" say one number again; "up to 95" is another statement.
    """
    number: Hashable = (claim.low, claim.high) if claim.value is None else claim.value
    upper = claim.bound in (Bound.AT_MOST, Bound.LESS_THAN)
    return claim.measure, number, upper, claim.status, claim.group, claim.scope


def _speaker(claim: Claim) -> str:
    return claim.attribution[0] if claim.attribution else ""
