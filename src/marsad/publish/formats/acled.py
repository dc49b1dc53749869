"""A release as ACLED: one event an incident, of one day and place, with one conservative number of fatalities."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from marsad.publish.formats.acled_events import Happened, happened
from marsad.publish.formats.cells import Value
from marsad.publish.formats.countries import Country, countries
from marsad.publish.formats.described import Format, Loss, format_named
from marsad.publish.formats.held import KILLED, Figures, figures_of, losses
from marsad.publish.formats.ids import event_number
from marsad.publish.formats.sides import Inter, Side, side_of
from marsad.publish.formats.spoken import voices_of
from marsad.publish.public import PublicFigure, PublicIncident, PublicMeasure, PublicRelease

POLICIES = ("acled", "ucdp", "airwars")
"""The first one under which the release counts an incident gives its number."""

TIME = {1: 1, 2: 2, 3: 2, 4: 3}
"""ACLED's time_precision for UCDP's date_prec; a vaguer day is not coded."""

SPACE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
"""ACLED's geo_precision for UCDP's where_prec; events of a whole country are not coded."""

Row = dict[str, Value]


def acled_format() -> Format:
    """Return the format: its 31 columns."""
    return format_named("acled")


def acled_rows(release: PublicRelease) -> tuple[list[Row], list[Loss]]:
    """Return the events of a release in its order, and what the file leaves out."""
    rows: list[Row] = []
    left_out: list[tuple[str, str]] = []
    others = 0
    for incident in release.incidents:
        row = _row(incident, release.published)
        if isinstance(row, str):
            left_out.append((incident.code, row))
        else:
            rows.append(row)
            others += figures_of(incident, POLICIES).policy != POLICIES[0]
    lost = losses(release, POLICIES, left_out, _holds)
    return rows, [*lost, *([Loss("other_policy", "incidents", others)] if others else [])]


def fatalities(figures: Figures) -> int:
    """Return the one number: the policy's own, else the lowest that is reported; 0 where nobody tells of a death.

    Source: ACLED codebook, fatalities.
    """
    found = figures.told(KILLED)
    if found is None or found.low is None:
        return 0
    return found.best if figures.policy == POLICIES[0] and found.best is not None else found.low


def _row(incident: PublicIncident, published: date) -> Row | str:
    """Return the event, or why there is none."""
    figures, place = figures_of(incident, POLICIES), incident.place
    if figures.policy is None:
        return "no_policy"
    start, end, precision = incident.occurred_from, incident.occurred_to, TIME.get(incident.occurred_precision or 5)
    if start is None or end is None or precision is None:
        return "no_day"
    country = None if place is None else countries().get(place.country or "")
    geo = None if place is None else SPACE.get(place.precision or 6)
    if place is None or country is None or geo is None or place.latitude is None or place.longitude is None:
        return "no_place"
    location = place.name or place.admin1
    if location is None:
        return "no_place"
    what, side = happened(figures), side_of(incident.perpetrator, country)
    day = start + timedelta(days=(end - start).days // 2)
    number = fatalities(figures)
    return {
        "event_id_cnty": f"{country.alpha3}{event_number(incident.code)}",
        "event_date": day,
        "year": day.year,
        "time_precision": precision,
        "disorder_type": what.disorder,
        "event_type": what.event,
        "sub_event_type": what.sub,
        **_actors(side, what, country),
        "civilian_targeting": "Civilian targeting" if what.civilians else None,
        "iso": country.iso,
        "region": country.acled_region,
        "country": country.acled,
        "admin1": place.admin1,
        "admin2": None,
        "admin3": None,
        "location": location,
        "latitude": Decimal(f"{place.latitude:.4f}"),
        "longitude": Decimal(f"{place.longitude:.4f}"),
        "geo_precision": geo,
        "source": _source(incident),
        "source_scale": "Other",
        "notes": _notes(figures, what, location, country),
        "fatalities": number,
        "tags": f"grade={incident.grade}; record={incident.code}",
        "timestamp": int(datetime.combine(published, time(), UTC).timestamp()),
    }


def _actors(side: Side, what: Happened, country: Country) -> Row:
    other = Inter.CIVILIANS if what.civilians else None
    one = int(side.inter)
    return {
        "actor1": side.name or f"Unidentified Armed Group ({country.acled})",
        "assoc_actor_1": None,
        "inter1": one,
        "actor2": f"Civilians ({country.acled})" if other is not None else None,
        "assoc_actor_2": None,
        "inter2": 0 if other is None else int(other),
        "interaction": one * 10 if other is None else min(one, int(other)) * 10 + max(one, int(other)),
    }


def _source(incident: PublicIncident) -> str:
    voices = voices_of(incident)
    names = dict.fromkeys([outlet for outlet, _ in voices.reports])
    names |= dict.fromkeys(name for name in voices.origins if not name.startswith("["))
    return "; ".join(names) or "Undisclosed Source"


def _notes(figures: Figures, what: Happened, location: str, country: Country) -> str:
    incident, found = figures.incident, figures.told(KILLED)
    start, end = incident.occurred_from, incident.occurred_to
    when = f"on {start}" if start == end else f"between {start} and {end}"
    by = "no party named" if incident.perpetrator is None else f"attributed to {incident.perpetrator}"
    with_what = incident.weapon or what.sub.lower()
    if found is None or found.low is None:
        dead = "nobody tells of a death"
    else:
        span = f"{found.low} or more" if found.high is None else f"{found.low} to {found.high}"
        dead = f"{found.low if found.low == found.high else span} killed under policy {figures.policy}"
    origins = incident.origin_count
    return (
        f"{incident.code}: {with_what} {when} in {location}, {country.acled}, {by}; {dead}; "
        f"{origins} independent origin{'' if origins == 1 else 's'}, grade {incident.grade}."
    )


def _holds(figures: Figures, figure: PublicFigure) -> bool | str:
    if figure.measure is not PublicMeasure.KILLED:
        return "measure"
    if (figure.measure, figure.category) != KILLED:
        return "category"
    if fatalities(figures) == 0:
        return "zero"
    return True if figure.low == figure.high else "interval"
