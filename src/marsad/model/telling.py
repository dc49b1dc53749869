"""A telling: what one report tells of one incident."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marsad.model.ids import ClaimId, ReportId

Figure = tuple[int | None, int | None, int | None]
"""The lowest, the stated and the highest number, None where the words set no bound."""

UNLISTED = "~"
"""What the key of a place begins with that no gazetteer has."""

NAMESAKE = "*"
"""What the key of a town ends with after which its province is called: "in Idlib" may be anywhere in the province."""


class Trait(StrEnum):
    """What tellings of one incident can be expected to share in words; the values of a trait are compared as a set."""

    ACTOR = "actor"
    """Who is named: the perpetrator, the sides that fought."""
    ACTOR_KIND = "actor_kind"
    """What kind of actor that is: police, a rebel group, a party's supporters."""
    WEAPON = "weapon"
    """How people were harmed: an air strike, shooting, arson."""
    TARGET = "target"
    """Who or what was hit: protesters, a school, another ethnic group."""
    SETTING = "setting"
    """What was going on: a protest, a vote, a clash."""
    SPOT = "spot"
    """Words for the place below the town: a quarter, a street, a hospital."""
    NUMBER = "number"
    """Every number that says something, parts included: "killed|children|6"."""
    NAME = "name"
    """Names that no list knows, each by its sound and as it is spelled ("FRNT:farandi"): a village, a hospital, a victim."""
    CALLED = "called"
    """What its place is called, each name by its sound: a village that no list knows may be known to another report's."""
    DAMAGE = "damage"
    """What happened beside the harm to people: houses burnt, families put to flight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """`report_id` tells that people were harmed at this place in this time.

    `place_key` names the place, "" where none is known; `latitude` and `longitude` are degrees, None where it has no
    point; `precision` is UCDP's where_prec, None where the place is not known. `day_from` and `day_to` count days from
    the first of the year 1, as `printed` does, the day of print; None where that is not known. `figures` gives for a
    measure ("killed") the lowest, the stated and the highest number of the widest claim, None where the words set no
    bound; a measure that is not in it is not told of. `claims` are the claims that it is made of; `rank` sorts tellings,
    earliest first. `reckoned` says that its day was counted from the day of print ("yesterday"), `carried` that another
    sentence than those with its numbers tells the day, `assumed` that no words tell it: that it is taken as news. `inferred`
    says that the sentences with its numbers do not name its place.
    """

    telling_id: str
    report_id: ReportId
    rank: int
    printed: int | None
    place_key: str
    latitude: float | None
    longitude: float | None
    precision: int | None
    country: str | None
    admin1: str | None
    day_from: int | None
    day_to: int | None
    figures: Mapping[str, Figure]
    traits: Mapping[Trait, frozenset[str]]
    claims: tuple[ClaimId, ...] = ()
    reckoned: bool = False
    carried: bool = False
    assumed: bool = False
    inferred: bool = False
