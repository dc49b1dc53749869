"""Who is said to hold a place: party, place, time and source; statements that contradict each other stand side by side."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ControlState(StrEnum):
    """What a source says of a party and a place."""

    HELD = "held"
    LOST = "lost"
    """It does not, or no longer, hold the place."""
    CONTESTED = "contested"
    BESIEGED = "besieged"
    """The party stands round the place, which others hold."""
    RELIEVED = "relieved"
    """The siege is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """`source` says, in the words `text`, that `party` held (lost, besieged …) the place `place_key` between two days.

    With `change` it says that this began on one of the days from `first` to `last`; without it, that it was so on them.
    `first` is None where nothing tells since when: it began on or before `last`. Where no day is told, `last` is the day
    on which it was `reported`, and `dated` is false. `start` is where its words begin in the report. `partial` says that only
    parts of the place are meant; `hedged` that the source speaks under a hedge; `denies` that it denies what somebody else
    said. `before` is another statement of the same report that it says to be earlier than.

    Raises ValueError if the last day lies before the first.
    """

    knowledge_id: str
    report_id: str
    source: str
    outlet: str
    party: str
    place_key: str
    place_name: str
    state: ControlState
    change: bool
    first: date | None
    last: date
    reported: date
    text: str
    start: int = 0
    partial: bool = False
    hedged: bool = False
    denies: bool = False
    dated: bool = True
    before: str | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.first > self.last:
            raise ValueError(f"control of {self.place_name} by {self.party}: {self.first} lies after {self.last}")

    @property
    def anchor(self) -> str:
        """The words it was read from, as decisions name them: "report_id:start-end"."""
        return f"{self.report_id}:{self.start}-{self.start + len(self.text)}"

    @property
    def order(self) -> tuple[date, date, str]:
        """What sorts statements: the last day they are of, the day of print, and their id, so that arrival plays no part."""
        return self.last, self.reported, self.knowledge_id
