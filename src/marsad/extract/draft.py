"""A claim being made, and what tells two claims of one report apart."""

from typing import NamedTuple

from marsad.model import Claim, Measure, Modality, Scope


class Draft(NamedTuple):
    """A claim being made, with what the finished claim need not keep.

    `sentence` is the index of its sentence, `parent` the index among that sentence's counts of the one that contains
    these people, `points_back` whether the words point at an earlier toll, `fraction` the share they state, `bodies`
    whether they count bodies: fewer of them than a toll told before are some of its dead. `older` marks a number that a
    later one has replaced, `change` is 1 for one that a toll rose to, -1 for one that it fell to, `more` marks people beside
    those told before ("30 others"), `several` a sentence that speaks of several incidents, `running` one that counts since
    a time until now.
    """

    claim: Claim
    sentence: int
    parent: int | None
    points_back: bool
    fraction: tuple[int, int, bool] | None
    bodies: bool = False
    older: bool = False
    change: int = 0
    more: bool = False
    several: bool = False
    running: bool = False


Made = tuple[Draft, Claim]
"""A finished claim with what it was made of."""


def same_voice(one: Claim, other: Claim) -> bool:
    """Tell whether one speaker may have said both: the report names no other for either."""
    return not one.attribution or not other.attribution or one.attribution[0] == other.attribution[0]


def same_scene(one: Claim, other: Claim) -> bool:
    """Tell whether two counts may be of one event: no day and no place tells them apart."""
    days = one.occurred, other.occurred
    if days[0] and days[1] and (days[0].end < days[1].start or days[1].end < days[0].start):
        return False
    ids = [c.place.place_id for c in (one, other) if c.place]
    return len(ids) < 2 or ids[0] == ids[1] or None in ids


def stands(claim: Claim) -> bool:
    """Tell whether a report still says, in somebody's voice, that so many people of one incident were harmed."""
    told = claim.modality in (Modality.ASSERTED, Modality.REPORTED) and claim.scope is Scope.INCIDENT
    return told and claim.measure in _HARMS and number_of(claim) is not None


def number_of(claim: Claim) -> int | None:
    """Return the number as said, else the fewest people it speaks of; None where it names neither."""
    return claim.value if claim.value is not None else claim.low


_HARMS = frozenset(Measure) - {Measure.POPULATION, Measure.DISPLACED, Measure.BODIES_SEEN}
