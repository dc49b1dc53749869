"""A release as UCDP GED: one event an incident with a death, four columns of deaths whose sum is the best figure."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from marsad.publish.formats.cells import Value
from marsad.publish.formats.countries import Country, countries
from marsad.publish.formats.described import Format, Loss, format_named
from marsad.publish.formats.held import CIVILIANS, COMBATANTS, KILLED, Figures, fighters_seen, figures_of, losses
from marsad.publish.formats.ids import actor_number, event_number
from marsad.publish.formats.sides import Side, side_of
from marsad.publish.formats.spoken import Voices, voices_of
from marsad.publish.public import (
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicPlace,
    PublicRelease,
    PublicRole,
    PublicScope,
    PublicStatement,
)

POLICIES = ("ucdp",)
ACTIVE = 25
"""Deaths in a year from which the UCDP calls a pair of sides active."""

_UNKNOWN, _CIVILIANS = "Unknown", "Civilians"
Row = dict[str, Value]


def ucdp_format() -> Format:
    """Return the format: its 49 columns."""
    return format_named("ucdp-ged")


@dataclass(frozen=True, slots=True)
class Deaths:
    """The four columns of deaths, and low and high; `best` is their sum."""

    b: int
    civilians: int
    unknown: int
    low: int
    high: int

    @property
    def best(self) -> int:
        """The sum of the four (side A has none of its own)."""
        return self.b + self.civilians + self.unknown


def deaths_of(figures: Figures, named: bool) -> Deaths | None:
    """Return the deaths of an incident; None where nobody tells of one. `named`: somebody is said to have done it.

    Fighters are of side B where side A is named, else of unknown side. Of a category with no best figure, as many are put
    down as the words support at least. Source: UCDP GED codebook, deaths_a to low.
    """
    total = figures.told(KILLED)
    if total is None or total.low is None or total.high == 0:
        return None
    best = total.low if total.best is None else total.best
    high = max(best, best if total.high is None else total.high)
    civilians = min(_least(figures.told(CIVILIANS)), best)
    fighters = min(_least(figures.told(COMBATANTS)), best - civilians)
    b = fighters if named else 0
    return Deaths(b, civilians, best - civilians - b, min(total.low, best), high) if high else None


def _least(figure: PublicFigure | None) -> int:
    if figure is None or figure.low is None:
        return 0
    return figure.low if figure.best is None else figure.best


def ucdp_rows(release: PublicRelease) -> tuple[list[Row], list[Loss]]:
    """Return the events of a release in its order, and what the file leaves out."""
    rows: list[Row] = []
    left_out: list[tuple[str, str]] = []
    for incident in release.incidents:
        row = _row(incident)
        if isinstance(row, str):
            left_out.append((incident.code, row))
        else:
            rows.append(row)
    _mark_active(rows)
    return rows, losses(release, POLICIES, left_out, _holds)


def _row(incident: PublicIncident) -> Row | str:
    """Return the event, or why there is none."""
    figures = figures_of(incident, POLICIES)
    country = countries().get(incident.place.country or "") if incident.place else None
    if figures.policy is None:
        return "no_policy"
    deaths = deaths_of(figures, incident.perpetrator is not None)
    if deaths is None:
        return "no_death"
    if incident.occurred_from is None or incident.occurred_to is None:
        return "no_day"
    if country is None or incident.place is None:
        return "no_place"
    side = side_of(incident.perpetrator, country)
    kind = _type(deaths, side, fighters_seen(figures))
    return {
        "id": event_number(incident.code),
        "relid": incident.code,
        "year": incident.occurred_from.year,
        "active_year": 0,
        "code_status": _status(figures, side, kind),
        "type_of_violence": kind,
        **_sides(side, kind, country),
        **_sources(voices_of(incident)),
        **_where(incident.place, country),
        "event_clarity": _clarity(incident.statements),
        "date_prec": incident.occurred_precision or 5,
        "date_start": incident.occurred_from,
        "date_end": incident.occurred_to,
        "deaths_a": 0,
        "deaths_b": deaths.b,
        "deaths_civilians": deaths.civilians,
        "deaths_unknown": deaths.unknown,
        "best": deaths.best,
        "high": deaths.high,
        "low": deaths.low,
        "gwnoa": str(side.government.gw) if side.government is not None and side.government.gw else None,
        "gwnob": None,
    }


def _type(deaths: Deaths, side: Side, fighters: bool) -> int:
    """Return 3 where all the dead are civilians, 1 where a state is a side (or nobody is named), 2 otherwise."""
    if not fighters and deaths.best > 0 and deaths.best == deaths.civilians:
        return 3
    return 1 if side.state or side.name is None else 2


def _status(figures: Figures, side: Side, kind: int) -> str:
    total = figures.told(KILLED)
    if side.name is None or kind != 3:
        return "Check dyad"
    return "Check deaths" if total is None or total.high is None or total.best is None else "Clear"


def _sides(side: Side, kind: int, country: Country) -> Row:
    a, b = side.name or _UNKNOWN, _CIVILIANS if kind == 3 else _UNKNOWN
    dyad, conflict = f"{a} - {b}", f"{country.ucdp}: {a} - {b}"
    numbered = {"conflict": conflict, "dyad": dyad, "side_a": a, "side_b": b}
    out: Row = {}
    for name, words in numbered.items():
        number = actor_number(words)
        out |= {f"{name}_dset_id": str(number), f"{name}_new_id": number}
        out[name if name.startswith("side") else f"{name}_name"] = words
    return out


def _sources(voices: Voices) -> Row:
    return {
        "number_of_sources": len(voices.reports) or -1,
        "source_article": "; ".join(f"{outlet},{day}" for outlet, day in voices.reports) or None,
        "source_office": "; ".join(outlet for outlet, _ in voices.reports) or None,
        "source_date": "; ".join(day for _, day in voices.reports) or None,
        "source_headline": None,
        "source_original": "; ".join(voices.origins) or None,
    }


def _where(place: PublicPlace, country: Country) -> Row:
    known = place.latitude is not None and place.longitude is not None and place.precision is not None
    latitude = place.latitude if known and place.latitude is not None else country.latitude
    longitude = place.longitude if known and place.longitude is not None else country.longitude
    y, x = Decimal(f"{latitude:.6f}"), Decimal(f"{longitude:.6f}")
    told = [str(part) for part in (place.name, place.admin1, country.ucdp) if part]
    stands_for = place.name if known else None
    return {
        "where_prec": place.precision if known else 6,
        "where_coordinates": stands_for or (place.admin1 if known else None) or country.ucdp,
        "where_description": ", ".join(told) + ("; more is known and kept back" if place.coarsened else ""),
        "adm_1": place.admin1,
        "adm_2": None,
        "latitude": y,
        "longitude": x,
        "geom_wkt": f"POINT ({x} {y})",
        "priogrid_gid": priogrid(latitude, longitude),
        "country": country.ucdp,
        "country_id": country.gw,
        "region": country.ucdp_region,
    }


def priogrid(latitude: float, longitude: float) -> int:
    """Return the cell of PRIO-GRID that a point lies in: half a degree, counted from the south-west, rows of 720.

    Source: Tollefsen, Strand and Buhaug, PRIO-GRID, 2012.

    >>> priogrid(-90, -180), priogrid(35.95, 39.01), priogrid(90, 180)
    (1, 181159, 259200)
    """
    row, column = min(359, floor((latitude + 90) * 2)), min(719, floor((longitude + 180) * 2))
    return row * 720 + column + 1


def _clarity(statements: tuple[PublicStatement, ...]) -> int:
    counted = [s for s in statements if s.role is PublicRole.COUNTED and s.measure is PublicMeasure.KILLED]
    return 2 if counted and all(s.scope in (PublicScope.AGGREGATE, PublicScope.CUMULATIVE) for s in counted) else 1


def _mark_active(rows: list[Row]) -> None:
    """Set active_year to 1 in every row of a pair of sides whose best figures reach 25 deaths in the year."""
    deaths: dict[tuple[Value, Value], int] = defaultdict(int)
    for row in rows:
        best = row["best"]
        deaths[row["dyad_new_id"], row["year"]] += best if isinstance(best, int) else 0
    for row in rows:
        row["active_year"] = int(deaths[row["dyad_new_id"], row["year"]] >= ACTIVE)


def _holds(_: Figures, figure: PublicFigure) -> bool | str:
    kind = figure.measure, figure.category
    if kind == KILLED:
        return "open" if figure.high is None else True
    if figure.measure is not PublicMeasure.KILLED:
        return "measure"
    if kind not in (CIVILIANS, COMBATANTS):
        return "category"
    return True if figure.low == figure.high else "interval"
