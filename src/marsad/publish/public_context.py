"""What the public record may hold beside incidents: who is said to hold a place, who said, met and did what, who fled.

As in `marsad.publish.public`: written by hand, no private value has a field here to go to.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marsad.publish.public_lists import PublicBound, PublicText


class PublicTopic(StrEnum):
    """What a statement is about."""

    CONTROL = "control"
    GOVERNANCE = "governance"
    STATEMENT = "statement"
    MEETING = "meeting"
    CONFLICT = "conflict"
    ARMS_TRANSFER = "arms_transfer"
    RELIEF = "relief"
    RULING = "ruling"
    RELATION = "relation"
    DISPLACED = "displaced"
    POPULATION = "population"


class PublicStance(StrEnum):
    """How a statement stands to what it tells."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    EXPECTED = "expected"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    UNKNOWN = "unknown"
    NEGATED = "negated"
    """It says that it was not so."""


class PublicHeld(StrEnum):
    """What the sources say together of who held a place."""

    HELD = "held"
    PART = "held_in_part"
    DIVIDED = "divided"
    SHARED = "shared"
    DISPUTED = "disputed"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A place that statements are about, as finely as it may be told: never finer than a tenth of a degree.

    `id` makes its page's address. Latitude and longitude are degrees WGS 84, None where the gazetteer does not know it;
    `precision` is UCDP's where_prec, at least 2.
    """

    id: PublicText
    name: PublicText
    name_ar: PublicText | None
    country: PublicText | None
    admin1: PublicText | None
    latitude: float | None
    longitude: float | None
    precision: int | None


@dataclass(frozen=True, slots=True)
class PublicParty:
    """Somebody who acts or speaks: an actor of the register that marsad ships. `id` makes its page's address."""

    id: PublicText
    name: PublicText
    name_ar: PublicText | None
    kind: PublicText


@dataclass(frozen=True, slots=True)
class PublicKnowledge:
    """`source` says, in what `outlet` published that day, something of `topic`: `party` did `act` to or with `others` at `point`.

    `first` and `last` are the days it is of, None where none is told. Names are ids of parties, or words without a capital
    that describe ("government forces"), None where who it is may not be told. `facility` is what of the place is meant. low,
    value and high are people, None for what is no number and where `suppressed`, because so few would be told apart.
    """

    id: PublicText
    topic: PublicTopic
    act: PublicText | None
    party: PublicText | None
    others: tuple[PublicText, ...]
    point: PublicText | None
    facility: PublicText | None
    first: date | None
    last: date | None
    published: date | None
    source: PublicText | None
    outlet: PublicText
    address: PublicText | None
    stance: PublicStance
    low: int | None
    value: int | None
    high: int | None
    bound: PublicBound | None
    suppressed: bool
    words: PublicText | None


@dataclass(frozen=True, slots=True)
class PublicShare:
    """How much speaks for `party` as the holder, 0 to 1: a weight set by hand, not a measured chance."""

    party: PublicText
    share: float


@dataclass(frozen=True, slots=True)
class PublicHolding:
    """From `first` to `last` this is what the public `statements` say together of who held the place `point`.

    `unsure` is 0 to 1; `statements` are ids of the knowledge that it rests on.
    """

    point: PublicText
    facility: PublicText | None
    first: date
    last: date
    verdict: PublicHeld
    shares: tuple[PublicShare, ...]
    unsure: float
    besieged: bool
    statements: tuple[PublicText, ...]


@dataclass(frozen=True, slots=True)
class PublicContext:
    """Everything that is told beside incidents: places, parties, statements, and who held what from day to day.

    `until` is the last day of which control is told, None where nothing is told of it. `withheld` counts statements of
    these topics that were kept back: private reports, an embargo, sensitive places, refused ones.
    """

    points: tuple[PublicPoint, ...] = ()
    parties: tuple[PublicParty, ...] = ()
    knowledge: tuple[PublicKnowledge, ...] = ()
    holdings: tuple[PublicHolding, ...] = ()
    until: date | None = None
    withheld: int = 0


NO_CONTEXT = PublicContext()
