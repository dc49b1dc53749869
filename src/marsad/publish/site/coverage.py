"""What the record sees and what it does not: where, when, and who speaks, counted from the release itself."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from marsad.publish.formats.geojson import meaning_of
from marsad.publish.public import PublicCategory, PublicIncident, PublicKind, PublicMeasure, PublicRelease
from marsad.publish.site.land import Area, Land

_MOST_MONTHS = 400


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts for the coverage statement.

    `provinces` are those with incidents, by name and largest first; `silent` those of the same countries without, as their
    English and Arabic names; `gaps` the months within the record's span without an incident; `known` pairs the key of a
    sentence with how many incidents it is true of.
    """

    provinces: list[tuple[str | None, int]]
    silent: list[tuple[str, str]]
    years: list[tuple[int, int]]
    gaps: list[date]
    kinds: list[tuple[PublicKind, int, int]]
    known: list[tuple[str, int]]


def coverage_of(release: PublicRelease, land: Land) -> Coverage:
    """Return what can be counted of what the release sees."""
    incidents = release.incidents
    provinces = Counter(_province(one) for one in incidents)
    named = sorted(
        ((name, n) for name, n in provinces.items() if name is not None), key=lambda pair: (-pair[1], pair[0])
    )
    unplaced = [(None, provinces[None])] if provinces[None] else []
    days = sorted(one.occurred_from for one in incidents if one.occurred_from is not None)
    kinds: Counter[PublicKind] = Counter(origin.kind for one in incidents for origin in one.origins)
    said: Counter[PublicKind] = Counter()
    for one in incidents:
        of = {origin.id: origin.kind for origin in one.origins}
        said.update(of[statement.origin] for statement in one.statements)
    return Coverage(
        provinces=[*named, *unplaced],
        silent=sorted({(a.name, a.name_ar) for a in land.areas if _is_silent(a, release, {str(n) for n, _ in named})}),
        years=sorted(Counter(day.year for day in days).items()),
        gaps=_gaps(days),
        kinds=[(kind, kinds[kind], said[kind]) for kind in PublicKind if kinds[kind]],
        known=[(key, sum(map(test, incidents))) for key, test in _TESTS],
    )


def _province(incident: PublicIncident) -> str | None:
    place = incident.place
    return None if place is None or (place.admin1 or place.country) is None else str(place.admin1 or place.country)


def _is_silent(area: Area, release: PublicRelease, told: set[str]) -> bool:
    countries = {one.place.country for one in release.incidents if one.place is not None}
    plain = {_plain(name) for name in told}
    own = {_plain(area.name), _plain(area.name_ar), _plain(area.code)}
    return area.kind == "province" and area.country in countries and bool(area.name) and not own & plain


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _gaps(days: list[date]) -> list[date]:
    if not days:
        return []
    there = {(day.year, day.month) for day in days}
    first, last = days[0].replace(day=1), days[-1].replace(day=1)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > _MOST_MONTHS:
        return []
    all_months = [(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1) for n in range(months + 1)]
    return [date(year, month, 1) for year, month in all_months if (year, month) not in there]


def _statusless(one: PublicIncident) -> bool:
    wanted = (PublicCategory.CIVILIANS, PublicCategory.COMBATANTS)
    return not any(
        figure.measure is PublicMeasure.KILLED and figure.category in wanted and figure.low is not None
        for figure in one.figures
    )


_TESTS = (
    ("coverage.single", lambda one: one.origin_count == 1),
    ("coverage.party_only", lambda one: bool(one.origins) and all(o.kind is PublicKind.PARTY for o in one.origins)),
    ("coverage.undated", lambda one: one.occurred_from is None or one.occurred_from != one.occurred_to),
    ("coverage.placeless", lambda one: meaning_of(one.place) == "unknown"),
    ("coverage.unattributed", lambda one: one.perpetrator is None),
    ("coverage.statusless", _statusless),
)
