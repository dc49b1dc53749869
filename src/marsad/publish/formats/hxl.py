"""A release as an HXL table: one row an incident, hashtags under the header, best, least and most of each number."""

from collections.abc import Mapping, Sequence
from functools import cache

from marsad.publish.formats.cells import Value, part
from marsad.publish.formats.countries import countries
from marsad.publish.formats.described import Loss, format_named
from marsad.publish.formats.held import Figures, Kind, figures_of, losses
from marsad.publish.formats.spoken import voices_of
from marsad.publish.public import PublicCategory, PublicFigure, PublicIncident, PublicMeasure, PublicRelease

PREFERRED = ("ucdp", "airwars")
Row = dict[str, Value]

_SUFFIXES = ("_min", "_max")


def hxl_rows(release: PublicRelease) -> tuple[list[Row], list[Loss]]:
    """Return the incidents of a release in its order, and what the file leaves out: each under one policy, ucdp first."""
    there = sorted({str(figure.policy) for incident in release.incidents for figure in incident.figures})
    policies = (*PREFERRED, *(policy for policy in there if policy not in PREFERRED))
    columns = counted_columns("hxl")
    return [_row(incident, policies, columns) for incident in release.incidents], losses(release, policies, [], _holds)


@cache
def counted_columns(form: str) -> Mapping[str, Kind]:
    """Return the measure and category of each column of a format that is called after one: killed_children, injured."""
    out: dict[str, Kind] = {}
    for name in format_named(form).header:
        measure, _, category = name.partition("_")
        if measure in set(PublicMeasure) and not name.endswith(_SUFFIXES):
            out[name] = PublicMeasure(measure), PublicCategory(category or "total")
    return out


def _row(incident: PublicIncident, policies: Sequence[str], columns: Mapping[str, Kind]) -> Row:
    figures, place = figures_of(incident, policies), incident.place
    country = None if place is None else countries().get(place.country or "")
    row: Row = {
        "incident": incident.code,
        "date_start": incident.occurred_from,
        "date_end": incident.occurred_to,
        "place": part(place, "name"),
        "place_ar": part(place, "name_ar"),
        "admin1": part(place, "admin1"),
        "country_code": part(place, "country"),
        "country": None if country is None else country.acled,
        "latitude": part(place, "latitude"),
        "longitude": part(place, "longitude"),
        "place_precision": part(place, "precision"),
        "group": incident.perpetrator,
        "cause": incident.weapon,
        "grade": incident.grade.value,
        "policy": figures.policy,
        "source": "; ".join(voices_of(incident).origins) or None,
    }
    for name, kind in columns.items():
        found = figures.told(kind)
        row |= {
            name: part(found, "best"),
            f"{name}_min": part(found, "low"),
            f"{name}_max": part(found, "high"),
        }
    return row


def _holds(_: Figures, figure: PublicFigure) -> bool | str:
    kinds = set(counted_columns("hxl").values())
    if (figure.measure, figure.category) in kinds:
        return True
    return "category" if (figure.measure, PublicCategory.TOTAL) in kinds else "measure"
