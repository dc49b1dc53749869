"""Which incident a statement speaks of: who denies, admits, claims or condemns what."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from marsad.context.who import Acting
from marsad.model.knowledge import Knowledge

ABOUT = frozenset(
    {"denied", "admitted", "claimed", "apologised", "condemned", "accused", "rejected", "announced", "welcomed"}
)
"""Statements that are about something that happened."""

_INSIDE = ("event",)
_BACK, _SPAN = 31, 62
"""Days before a report in which an attack without a day may lie, and days of an incident beyond which no day finds it."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The incident `incident_id` happened at `place_key`, in `country`, between `first` and `last`; these reports tell of it."""

    incident_id: str
    place_key: str | None
    country: str | None
    first: date | None
    last: date | None
    perpetrator: str | None
    reports: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attached:
    """The statement `knowledge_id`, an `act` by `party`, is about this incident; `why`: told_inside or only_one.

    `owns` says that its words speak of the party's own deed: "admitted that its aircraft had bombed the market", and not
    "claimed that the rebels had".
    """

    knowledge_id: str
    incident_id: str
    act: str
    party: str
    why: str
    owns: bool = False


def attached(told: Iterable[Knowledge], who: Mapping[str, Acting], incidents: Sequence[Happened]) -> list[Attached]:
    """Return which incident each statement about something is about, in order of the statements' ids.

    What a statement says happened ("denied that it had bombed the market in Nawa on Tuesday") is looked for by place and
    day; a statement that says no place is about the one incident that its report tells of. One that could be about several
    is about none.
    """
    told = list(told)
    by_place, by_report = _Days(incidents), dict[str, list[Happened]]()
    for incident in incidents:
        for report in incident.reports:
            by_report.setdefault(report, []).append(incident)
    inside: dict[str, list[Knowledge]] = {}
    for known in told:
        if known.topic in _INSIDE:
            inside.setdefault(known.report_id, []).append(known)
    out = []
    for known in told:
        party = who[known.knowledge_id].party
        if known.topic != "statement" or known.act not in ABOUT or party is None:
            continue
        every = inside.get(known.report_id, ())
        within = [k for k in every if known.start <= k.start and k.end <= known.end]
        if not within and len({k.place_key for k in every if k.place_key}) == 1:
            within = [k for k in every if k.place_key]  # "denied the attack and accused the army of bombing the town"
        found, why = _about(known, within, by_place, by_report)
        if found is not None:
            own = {who[k.knowledge_id].party for k in within} <= {None, party} and owning(known.text)
            out.append(Attached(known.knowledge_id, found.incident_id, str(known.act), party, why, own))
    return sorted(out, key=lambda a: (a.knowledge_id, a.incident_id))


class _Days:
    """Incidents by place and day, so that a statement is set against few of them."""

    def __init__(self, incidents: Sequence[Happened]) -> None:
        self._of_day: dict[tuple[str, date], list[Happened]] = {}
        self._long: dict[str, list[Happened]] = {}
        for incident in incidents:
            if incident.place_key is None:
                continue
            days = _days(incident.first, incident.last)
            for day in days or ():
                self._of_day.setdefault((incident.place_key, day), []).append(incident)
            if days is None:
                self._long.setdefault(incident.place_key, []).append(incident)

    def near(self, event: Knowledge) -> list[Happened]:
        """Return the incidents of its place that may be what an attack tells of; `_on` decides."""
        key = event.place_key or ""
        if event.occurred is not None:
            days = _days(event.occurred.start, event.occurred.end)
        else:
            days = _days(event.reported - timedelta(days=_BACK), event.reported) if event.reported else None
        found = list(self._long.get(key, ()))
        for day in days or ():
            found += self._of_day.get((key, day), ())
        return list({h.incident_id: h for h in found}.values())


def _days(first: date | None, last: date | None) -> list[date] | None:
    """Return the days from one to another; None where one is not told, or they are more than 62."""
    if first is None or last is None or (last - first).days >= _SPAN:
        return None
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def owning(words: str) -> bool:
    """Tell whether words speak of the speaker's own deed.

    >>> owning("The army admitted that its aircraft had bombed the market"), owning("The army claimed that rebels had")
    (True, False)
    """
    return _owning().search(words) is not None


@cache
def _owning() -> re.Pattern[str]:
    data = tomllib.loads((resources.files("marsad.resources") / "spoken.toml").read_text("utf-8"))
    forms = sorted(data["owning"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


def _about(
    known: Knowledge,
    within: Sequence[Knowledge],
    by_place: "_Days",
    by_report: Mapping[str, Sequence[Happened]],
) -> tuple[Happened | None, str]:
    for event in within:
        if event.place_key is not None:
            found = [h for h in by_place.near(event) if _on(event, h)]
            if len(found) == 1:
                return found[0], "told_inside"
            mine = [h for h in found if known.report_id in h.reports]
            return (mine[0], "told_inside") if len(mine) == 1 else (None, "")
    told = by_report.get(known.report_id, ())
    return (told[0], "only_one") if len(told) == 1 else (None, "")


def _on(event: Knowledge, incident: Happened) -> bool:
    """Tell whether an incident may be on the day that is spoken of; without a day, within a month before the report."""
    if incident.first is None or incident.last is None:
        return event.report_id in incident.reports
    if event.occurred is not None:
        return event.occurred.start <= incident.last and incident.first <= event.occurred.end
    printed = event.reported
    return printed is None or 0 <= (printed - incident.last).days <= _BACK or event.report_id in incident.reports
