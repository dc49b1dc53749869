"""What stands beside incidents, put together for pages: of a place, of an actor, and who held what by day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from marsad.publish.public import (
    PublicContext,
    PublicHolding,
    PublicIncident,
    PublicKnowledge,
    PublicParty,
    PublicPlace,
    PublicPoint,
    PublicRelease,
    PublicText,
    PublicTopic,
)

SETTING = (PublicTopic.CONTROL, PublicTopic.GOVERNANCE)
PEOPLE = (PublicTopic.POPULATION, PublicTopic.DISPLACED)
_TOWN = 3
"""UCDP's where_prec up to which a town or its district is meant."""

Kept = tuple[PublicText, PublicText | None]
"""A place and what of it is meant."""


@dataclass(frozen=True, slots=True)
class Told:
    """Statements of one heading, the latest first; `more` older ones stand in the table alone."""

    key: str
    remarks: tuple[PublicKnowledge, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Who holds a place, or one thing of it, on the last day told, and how it was before: runs of days, the latest first.

    `days` are the runs as they are told, the first first: each as unsure as it is.
    """

    point: PublicPoint
    facility: PublicText | None
    last: PublicHolding
    runs: tuple[PublicHolding, ...]
    days: tuple[PublicHolding, ...]


class Around:
    """The context of a release, and which incidents belong to which place and party; worked out once."""

    def __init__(self, release: PublicRelease) -> None:
        self.context: PublicContext = release.context
        self.points = {point.id: point for point in self.context.points}
        self.parties = {party.id: party for party in self.context.parties}
        self.said = {one.id: one for one in self.context.knowledge}
        self._by_name = {str(party.name): party for party in self.context.parties}
        self._at = {_at(point): point for point in self.context.points}
        self._incidents: dict[PublicText, list[PublicIncident]] = defaultdict(list)
        self._by_party: dict[PublicText, list[PublicIncident]] = defaultdict(list)
        for incident in release.incidents:
            point, party = self.point_of(incident.place), self.party_of(incident.perpetrator)
            if point is not None:
                self._incidents[point.id].append(incident)
            if party is not None:
                self._by_party[party.id].append(incident)

    def point_of(self, place: PublicPlace | None) -> PublicPoint | None:
        """Return the place whose page tells of this place, None where none does."""
        if place is None or place.name is None:
            return None
        return self._at.get((place.name, place.country, place.admin1, _is_area(place.precision)))

    def party_of(self, name: PublicText | None) -> PublicParty | None:
        """Return the party of this name, None where it has no page."""
        return None if name is None else self._by_name.get(str(name))

    def incidents_at(self, point: PublicPoint) -> list[PublicIncident]:
        """Return the incidents of a place, the latest first."""
        return sorted(self._incidents[point.id], key=_latest)

    def incidents_by(self, party: PublicParty) -> list[PublicIncident]:
        """Return the incidents attributed to a party, the latest first."""
        return sorted(self._by_party[party.id], key=_latest)

    @cached_property
    def standings(self) -> list[Standing]:
        """Everything that somebody is said to have held, in the order of names."""
        runs: dict[Kept, list[PublicHolding]] = defaultdict(list)
        for one in self.context.holdings:
            runs[one.point, one.facility].append(one)
        made = [
            Standing(self.points[point], facility, found[-1], tuple(reversed(joined(found))), tuple(found))
            for (point, facility), found in runs.items()
        ]
        return sorted(made, key=lambda one: (one.point.name, one.point.id, one.facility or ""))

    def standings_of(self, point: PublicPoint) -> list[Standing]:
        """Return who held a place and what lies beside it; itself first."""
        mine = self._standings_by_point.get(point.id, [])
        return sorted(mine, key=lambda one: one.facility or "")

    @cached_property
    def _standings_by_point(self) -> dict[PublicText, list[Standing]]:
        out: dict[PublicText, list[Standing]] = defaultdict(list)
        for one in self.standings:
            out[one.point.id].append(one)
        return out

    def standings_by(self, party: PublicParty) -> list[Standing]:
        """Return what a party is said to have held at any time."""
        return self._standings_by_party.get(party.id, [])

    @cached_property
    def _standings_by_party(self) -> dict[PublicText, list[Standing]]:
        out: dict[PublicText, list[Standing]] = defaultdict(list)
        for one in self.standings:
            for party in dict.fromkeys(share.party for run in one.runs for share in run.shares):
                out[party].append(one)
        return out

    def numbers_of(self, point: PublicPoint, topic: PublicTopic) -> list[PublicKnowledge]:
        """Return the numbers of people of a place that are told, the newest last."""
        found = [k for k in self._remarks_by_point.get(point.id, ()) if k.topic is topic and not k.suppressed]
        return sorted(found, key=lambda k: (k.last or k.published or date.min, k.id))

    def told_of(self, point: PublicPoint, most: int) -> list[Told]:
        """Return what is told of a place, by heading."""
        return _by_heading(self._remarks_by_point.get(point.id, ()), most)

    def told_by(self, party: PublicParty, most: int) -> list[Told]:
        """Return what is told of a party: what it did and said, what was done to it or with it, and what it is quoted for."""
        return _by_heading(self._remarks_by_party.get(party.id, ()), most)

    @cached_property
    def _remarks_by_point(self) -> dict[PublicText, list[PublicKnowledge]]:
        out: dict[PublicText, list[PublicKnowledge]] = defaultdict(list)
        for one in self.context.knowledge:
            if one.point is not None:
                out[one.point].append(one)
        return out

    @cached_property
    def _remarks_by_party(self) -> dict[PublicText, list[PublicKnowledge]]:
        out: dict[PublicText, list[PublicKnowledge]] = defaultdict(list)
        for one in self.context.knowledge:
            source = self._by_name.get(str(one.source)) if one.source is not None else None
            own = (one.party, *one.others, None if source is None else source.id)
            for key in dict.fromkeys(name for name in own if name in self.parties):
                out[key].append(one)
        return out


def joined(runs: Sequence[PublicHolding]) -> list[PublicHolding]:
    """Return the runs of one place, those next to each other with one answer made one; it is as unsure as its surest day."""
    out: list[PublicHolding] = []
    for one in runs:
        if out and _same(out[-1], one) and (one.first - out[-1].last).days == 1:
            before = out.pop()
            surer = min(before, one, key=lambda run: run.unsure)
            ids = tuple(dict.fromkeys((*before.statements, *one.statements)))
            one = PublicHolding(
                one.point,
                one.facility,
                before.first,
                one.last,
                one.verdict,
                surer.shares,
                surer.unsure,
                one.besieged,
                ids,
            )
        out.append(one)
    return out


def turning_days(holdings: Iterable[PublicHolding], most: int) -> list[date]:
    """Return the days on which the map changes, in order, the last day included: at most `most`, evenly left out else."""
    by_place: dict[Kept, list[PublicHolding]] = defaultdict(list)
    for one in holdings:
        by_place[one.point, one.facility].append(one)
    days = {run.first for found in by_place.values() for run in joined(found)}
    days |= {max(run.last for found in by_place.values() for run in found)} if by_place else set()
    ordered = sorted(days)
    if len(ordered) <= most:
        return ordered
    return [ordered[round(n * (len(ordered) - 1) / (most - 1))] for n in range(most)]


def on_day(holdings: Iterable[PublicHolding], day: date) -> list[PublicHolding]:
    """Return what stands on a day."""
    return [one for one in holdings if one.first <= day <= one.last]


def _same(one: PublicHolding, other: PublicHolding) -> bool:
    return (one.verdict, one.besieged, [s.party for s in one.shares]) == (
        other.verdict,
        other.besieged,
        [s.party for s in other.shares],
    )


def _by_heading(remarks: Iterable[PublicKnowledge], most: int) -> list[Told]:
    """Return statements by heading, those alike in a report told once."""
    groups: dict[str, list[PublicKnowledge]] = {"control": [], "people": [], "said": [], "done": []}
    for one in sorted(remarks, key=lambda k: (k.last or k.published or date.min, k.id), reverse=True):
        groups[_heading(one.topic)].append(one)
    return [Told(key, tuple(found[:most]), max(0, len(found) - most)) for key, found in groups.items() if found]


def _heading(topic: PublicTopic) -> str:
    if topic in SETTING:
        return "control"
    if topic in PEOPLE:
        return "people"
    return "said" if topic in (PublicTopic.STATEMENT, PublicTopic.RULING) else "done"


def _at(point: PublicPoint) -> tuple[PublicText, PublicText | None, PublicText | None, bool]:
    """Return what a place is known by: a province and its town go by one name."""
    return point.name, point.country, point.admin1, _is_area(point.precision)


def _is_area(precision: int | None) -> bool:
    return precision is not None and precision > _TOWN


def _latest(incident: PublicIncident) -> tuple[bool, int, str]:
    day = incident.occurred_from
    return day is None, 0 if day is None else -day.toordinal(), incident.code
