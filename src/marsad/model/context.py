"""Context beside counts: what else one report says of a war, each statement with its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marsad.model.flag import Flag
from marsad.model.ids import ContextId, ReportId, content_id
from marsad.model.place import Place
from marsad.model.when import When


class ContextKind(StrEnum):
    """What sort of thing a report says beside counts of people."""

    EVENT = "event"
    """Somebody attacked, shelled, bombed, clashed with somebody else."""
    CONTROL = "control"
    """A party took, holds, lost or besieges a place."""
    STATEMENT = "statement"
    """Somebody said, condemned, demanded, warned of or denied something."""
    MEETING = "meeting"
    """Some met, will meet, talked, or agreed on something."""
    EVIDENCE = "evidence"
    """A film, a picture or a paper shows something."""
    RELIEF = "relief"
    """Somebody helped those harmed, or was kept from it."""
    ARMS_TRANSFER = "arms_transfer"
    COMPARISON = "comparison"
    """This was the worst, the first, the heaviest of its sort since a time."""
    CONFLICT = "conflict"
    """A war, an uprising or a truce was agreed, began or ended."""
    RELATION = "relation"
    """A party backs, or fights, another."""
    GOVERNANCE = "governance"
    """A party rules: courts, taxes, decrees, curfews."""
    RULING = "ruling"
    """A court, a prosecutor or a body of the United Nations decided something."""
    GEOGRAPHY = "geography"
    """Where a place lies."""
    SOURCE_DESCRIPTION = "source_description"
    """How a source comes to know what it tells."""


ACTS: Mapping[ContextKind, frozenset[str]] = {
    ContextKind.EVENT: frozenset(
        {
            *("air_strike", "drone_strike", "shelling", "missile_strike", "bombing", "ground_offensive", "clash"),
            *("ambush", "raid", "siege", "massacre", "abduction", "explosion", "attack"),
        }
    ),
    ContextKind.CONTROL: frozenset(
        {"gained", "lost", "holds", "contested", "besieges", "siege_lifted", "declared_capital"}
    ),
    ContextKind.STATEMENT: frozenset(
        {
            *("said", "condemned", "called_on", "warned", "denied", "claimed", "voiced", "accused", "threatened"),
            *("promised", "welcomed", "rejected", "admitted", "apologised", "announced"),
        }
    ),
    ContextKind.MEETING: frozenset(
        {"met", "held_talks", "visited", "ended_without_agreement", "agreed", "cancelled", "postponed"}
    ),
    ContextKind.EVIDENCE: frozenset({"video", "images", "satellite_images", "audio", "documents"}),
    ContextKind.RELIEF: frozenset({"recovered_dead", "treated", "evacuated", "delivered", "blocked", "suspended"}),
    ContextKind.ARMS_TRANSFER: frozenset({"delivered", "sought", "promised", "suspended", "seized"}),
    ContextKind.COMPARISON: frozenset({"worst", "first"}),
    ContextKind.CONFLICT: frozenset({"began", "ended", "truce_agreed", "truce_began", "truce_broken"}),
    ContextKind.RELATION: frozenset({"supports", "campaigns_against", "allied_with", "broke_with"}),
    ContextKind.GOVERNANCE: frozenset({"governs", "decreed"}),
    ContextKind.RULING: frozenset({"resolution", "vetoed", "sentenced", "charged", "ordered"}),
    ContextKind.GEOGRAPHY: frozenset({"located"}),
    ContextKind.SOURCE_DESCRIPTION: frozenset({"monitors", "gathers_from"}),
}
"""What can be said of each kind, one closed vocabulary each."""


class Stance(StrEnum):
    """How the text stands to what it says."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    """Under a hedge: reportedly, is said to."""
    EXPECTED = "expected"
    PLANNED = "planned"
    """It is arranged: due to meet, will be held on Friday."""
    POSSIBLE = "possible"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether the text says that it is so, or that it is not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    """"Failed to take the town", "no longer holds it"."""


class Tie(StrEnum):
    """How one context of a report stands to another one of it."""

    SAME_EVENT_AS = "same_event_as"
    BEFORE = "before"
    REFINED_BY = "refined_by"
    """The other one tells the same more exactly."""


_PART = frozenset({ContextKind.CONTROL, ContextKind.GOVERNANCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """In report R, the speaker `attribution[0]` says that `actor` did `act` to, with or at `others`, at `place`, when `occurred`.

    `start` and `end` count characters of the report's text, and `text` is that slice. `content` is the slice that holds
    what was said, shown or delivered, None where there is none. `others` are the counterpart, the object or those
    addressed, in the order of the text. For control, `extent` quotes how much of the place the words speak of ("parts of"),
    None where they speak of all of it. `occurred` None means that no time is told, `place` None that no place is. For a
    statement the actor is the speaker, and `occurred` is when he spoke.

    `attribution` names who said it, the speaker first, outermost last; empty in the outlet's own voice. `relation` ties it
    to the context `target` of the same report. `score` is a ranking signal from 0 to 1, not a probability. `rule` names
    the frame and the entry that found it. No number of people is ever kept here: counts are claims.

    Raises ValueError for an empty span, an act that is none of its kind, a relation without its target.
    """

    context_id: ContextId
    report_id: ReportId
    start: int
    end: int
    text: str
    kind: ContextKind
    act: str
    actor: str | None
    others: tuple[str, ...]
    content: tuple[int, int] | None
    extent: str | None
    occurred: When | None
    place: Place | None
    attribution: tuple[str, ...]
    modality: Stance
    polarity: Polarity
    weapon: str | None
    flags: tuple[Flag, ...]
    relation: Tie | None
    target: ContextId | None
    rule: str
    score: float

    def __post_init__(self) -> None:
        where = f"context {self.context_id} in report {self.report_id}"
        if not 0 <= self.start < self.end:
            raise ValueError(f"{where}: span {self.start}..{self.end} is empty or lies before the text")
        if len(self.text) != self.end - self.start:
            raise ValueError(f"{where}: {len(self.text)} characters quoted from a span of {self.end - self.start}")
        if self.act not in ACTS[self.kind]:
            raise ValueError(f"{where}: {self.act!r} is no act of {self.kind}: {', '.join(sorted(ACTS[self.kind]))}")
        if self.content is not None and not 0 <= self.content[0] < self.content[1]:
            raise ValueError(f"{where}: content {self.content[0]}..{self.content[1]} is empty or lies before the text")
        if (self.relation is None) != (self.target is None):
            raise ValueError(f"{where}: a relation needs its target, and a target its relation")
        if not 0 <= self.score <= 1:
            raise ValueError(f"{where}: score {self.score} is not within 0..1")

    @property
    def status(self) -> str | None:
        """What a control or a rule means for who holds the place: controls, partial, does_not_control, contested.

        None for every other kind, and where the text says that it did not happen or might.
        """
        if self.kind not in _PART or self.polarity is Polarity.NEGATED:
            return None
        if self.modality not in (Stance.ASSERTED, Stance.REPORTED):
            return None
        plain = {"lost": "does_not_control", "contested": "contested", "besieges": "contested", "siege_lifted": None}
        return plain.get(self.act, "partial" if self.extent else "controls")

    @staticmethod
    def identity(report_id: ReportId, start: int, end: int, kind: ContextKind, act: str, which: str = "") -> ContextId:
        """Return the id of what this report says in this span; `which` parts those that share one span, one a place.

        >>> a = Context.identity(ReportId("r"), 0, 9, ContextKind.CONTROL, "holds", "Mosul")
        >>> a == Context.identity(ReportId("r"), 0, 9, ContextKind.CONTROL, "holds", "Tikrit")
        False
        """
        return ContextId(content_id("context", report_id, start, end, kind, act, which))
