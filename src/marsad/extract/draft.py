"""A claim being made."""

from typing import NamedTuple

from marsad.model import Claim


class Draft(NamedTuple):
    """A claim being made, with what the finished claim need not keep.

    `sentence` is the index of its sentence, `parent` the index among that sentence's counts of the one that contains
    these people, `points_back` whether the words point at an earlier toll, `fraction` the share they state, `bodies`
    whether they count bodies: fewer of them than a toll told before are some of its dead.
    """

    claim: Claim
    sentence: int
    parent: int | None
    points_back: bool
    fraction: tuple[int, int, bool] | None
    bodies: bool = False
