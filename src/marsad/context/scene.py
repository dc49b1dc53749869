"""What is at hand for a place and a day: the statements, who acts in them, the incidents, and what hangs together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.context.attach import Attached
from marsad.context.follow import Followed
from marsad.context.moves import Moved
from marsad.context.register import Register
from marsad.context.rounds import Misdated
from marsad.context.who import Acting
from marsad.context.withdrawn import Undone
from marsad.model.knowledge import Knowledge

Ends = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's words in a report: characters `start` to `end`; `said_by` is who says so, `outlet` who printed it."""

    key: str
    report_id: str
    start: int
    end: int
    text: str
    said_by: str
    outlet: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Incident:
    """The incident `code` (id `incident_id`) with what is known of it; low, best and high of each category of people killed.

    `tolls` are of those killed, by category: total, civilians, combatants; None for an end that nothing bounds. `injured` is
    the total of the injured. `words` are those its claims stand in, by category where a claim tells one.
    """

    incident_id: str
    code: str
    first: date | None
    last: date | None
    place_key: str | None
    place_name: str | None
    place_name_ar: str | None
    country: str | None
    admin1: str | None
    perpetrator: str | None
    weapon: str | None
    grade: str
    origins: int
    tolls: Mapping[str, Ends]
    unknown: frozenset[str]
    injured: Ends
    words: Sequence[tuple[str, Words]]
    reports: frozenset[str]


@dataclass(frozen=True, slots=True)
class Here:
    """The place asked for: its keys in statements, its names, and where it lies; `country` is ISO 3166-1."""

    keys: frozenset[str]
    name: str
    name_ar: str | None
    country: str | None
    country_name: str | None
    wide: bool = False
    """Whether it is a whole country."""
    country_name_ar: str | None = None

    def holds(self, key: str | None, country: str | None) -> bool:
        """Whether something told of that place lies here."""
        return key in self.keys or (self.wide and country is not None and country == self.country)

    def told_of(self, known: Knowledge) -> bool:
        """Whether a statement is told of this place."""
        return known.place is not None and self.holds(known.place_key, known.place.country)

    def told_beside(self, known: Knowledge) -> bool:
        """Whether a statement is told of something of this place: its air base, its hospital."""
        key = known.place_key
        return known.facility is not None and key is not None and key.partition("/")[0] in self.keys


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a timeline or a briefing is made of."""

    register: Register
    told: Sequence[Knowledge]
    who: Mapping[str, Acting]
    undone: Mapping[str, Undone]
    incidents: Sequence[Incident]
    misdated: Sequence[Misdated]
    followed: Sequence[Followed]
    attached: Sequence[Attached]
    moved: Mapping[str, Moved]
    """How statements move the grades of incidents, by incident."""
    before: frozenset[str] = frozenset()
    """Statements of how many lived somewhere before the war."""

    def standing(self) -> Iterable[Knowledge]:
        """Yield the statements that still stand."""
        return (known for known in self.told if known.knowledge_id not in self.undone)

    def by_id(self) -> Mapping[str, Knowledge]:
        """Return the statements by their ids."""
        return {known.knowledge_id: known for known in self.told}


def words_of(known: Knowledge) -> Words:
    """Return the words in which a statement stands."""
    return Words(
        known.knowledge_id,
        known.report_id,
        known.start,
        known.end,
        known.text,
        known.source,
        known.outlet,
        known.reported,
    )


def content_of(known: Knowledge) -> tuple[str, bool] | None:
    """Return what was said, shown or delivered, and whether the report quotes it word for word; None where it tells none."""
    if known.content is None:
        return None
    start, end = known.content[0] - known.start, known.content[1] - known.start
    if not 0 <= start < end <= len(known.text):
        return None
    quoted = start > 0 and known.text[start - 1] in "\"“«„'‘"
    return " ".join(known.text[start:end].split()), quoted
