"""A claim: what one report says about one count of people."""

from dataclasses import dataclass
from enum import StrEnum

from marsad.model.flag import Flag
from marsad.model.ids import ClaimId, ReportId, content_id
from marsad.model.place import Place
from marsad.model.relation import Relation
from marsad.model.when import When


class Measure(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    """One number for both ("56 killed and wounded"); never split."""
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    BODIES_SEEN = "bodies_seen"
    """Dead seen in footage or in a street: they corroborate a toll and are never added to it."""
    POPULATION = "population"


class Bound(StrEnum):
    """How the words bound the number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    RANGE = "range"
    FRACTION = "fraction"
    """A share of a stated whole ("more than half of the dead")."""
    VAGUE = "vague"
    """A word such as "dozens": what it counts as is a policy's business."""
    UNKNOWN = "unknown"
    """The text says that nobody knows."""
    NONE = "none"
    """The text says that there were none."""


class Status(StrEnum):
    """Whether the people counted were civilians; `unknown` where the words do not say."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """A group of people that the words single out."""

    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    ELDERLY = "elderly"
    MEDICS = "medics"
    JOURNALISTS = "journalists"
    AID_WORKERS = "aid_workers"
    POLICE = "police"
    FAMILY = "family"


class Scope(StrEnum):
    """What the number is about."""

    INCIDENT = "incident"
    CUMULATIVE = "cumulative"
    """A running total of a war or a year; never added to an incident."""
    AGGREGATE = "aggregate"
    """One number for several incidents."""
    BACKGROUND = "background"
    """An earlier or a general matter, told beside the news."""


class Certainty(StrEnum):
    """How surely the report says who did it (after slot 11 of the MUC-4 templates: perpetrator, organisation confidence)."""

    STATED = "stated"
    """In the report's or its speaker's own voice, as a fact."""
    ACCUSED = "accused"
    """Somebody accuses it."""
    CLAIMED = "claimed"
    """It says itself that it did it."""
    POSSIBLE = "possible"
    """Under a hedge: suspected, presumed, apparently."""
    DENIED = "denied"
    """It is named, and denies it."""


class Modality(StrEnum):
    """How the text stands to the number."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    """Under a hedge: reportedly, is said to, habría."""
    DENIED = "denied"
    RETRACTED = "retracted"
    """The report takes it back, or tells it only as what a later number has replaced."""
    HYPOTHETICAL = "hypothetical"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """In report R, the speaker `attribution[0]` says that between `low` and `high` persons were killed (or hurt, …).

    `start` and `end` count characters of the report's text and `text` is that slice: bound word, number and counted
    noun. `value` is the number as said (None for "dozens"), `low` and `high` the interval that the words support, None
    where they set no bound on that side: "more than 195,000" is value 195,000, low 195,001, high None. `derived` is
    true where the interval comes from arithmetic with another claim (half of 95), not from this span alone.

    `attribution` names who said it, the speaker first, whoever relayed it after him, outermost last; empty in the
    outlet's own voice. `subset_of` is the claim of the same report that contains these people, `same_as` the earlier
    mention that this one repeats; `relations` are what it does to other claims of the same report, and `flags` what a
    person should know about the reading, each at most once. `certainty` says how surely the report names the
    perpetrator, None where it names none. `score` is a ranking signal from 0 to 1, not a probability: 0.9 is a plain
    pattern, 0.5 is worth a person looking at. `rule` names the pattern that found it. `names` are names said beside it that
    no list knows (a village, a hospital, a victim), each as "sound:spelling": private, for linking alone.

    Raises ValueError for an empty span, a negative number or low above high.
    """

    claim_id: ClaimId
    report_id: ReportId
    start: int
    end: int
    text: str
    measure: Measure
    value: int | None
    low: int | None
    high: int | None
    bound: Bound
    status: Status
    group: Group | None
    attribution: tuple[str, ...]
    occurred: When | None
    place: Place | None
    perpetrator: str | None
    certainty: Certainty | None = None
    weapon: str | None
    scope: Scope
    modality: Modality
    subset_of: ClaimId | None
    same_as: ClaimId | None
    relations: tuple[Relation, ...] = ()
    flags: tuple[Flag, ...] = ()
    derived: bool
    rule: str
    score: float
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise self._wrong(f"span {self.start}..{self.end} is empty or lies before the text")
        if len(self.text) != self.end - self.start:
            raise self._wrong(f"{len(self.text)} characters quoted from a span of {self.end - self.start}")
        low, high = self.low, self.high
        if min(self.value or 0, low or 0, high or 0) < 0:
            raise self._wrong("a number of people is negative")
        if low is not None and high is not None and low > high:
            raise self._wrong(f"low {low} is above high {high}")
        if not 0 <= self.score <= 1:
            raise self._wrong(f"score {self.score} is not within 0..1")
        if self.relations and any(relation.target == self.claim_id for relation in self.relations):
            raise self._wrong("a relation points at the claim itself")

    def _wrong(self, why: str) -> ValueError:
        return ValueError(f"claim {self.claim_id} in report {self.report_id}: {why}")

    @staticmethod
    def identity(report_id: ReportId, start: int, end: int, measure: Measure) -> ClaimId:
        """Return the id of the claim that this report makes in this span about this measure.

        It rests on the words, not on how they were read: a new extractor that finds the same words finds the same id.
        """
        return ClaimId(content_id("claim", report_id, start, end, measure))
