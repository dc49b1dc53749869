"""A release in the manner of Iraq Body Count: minimum and maximum of civilians killed, single-source entries marked."""

from marsad.publish.formats.cells import Value, part
from marsad.publish.formats.countries import countries
from marsad.publish.formats.described import Loss
from marsad.publish.formats.held import CIVILIANS, Figures, Kind, figures_of, losses
from marsad.publish.formats.ids import event_number
from marsad.publish.formats.spoken import voices_of
from marsad.publish.public import PublicCategory, PublicFigure, PublicIncident, PublicMeasure, PublicRelease

POLICIES = ("ibc", "airwars")
"""Both presume those of whom nobody says that they fought to be civilians."""

INJURED: Kind = (PublicMeasure.INJURED, PublicCategory.CIVILIANS)
Row = dict[str, Value]


def ibc_rows(release: PublicRelease) -> tuple[list[Row], list[Loss]]:
    """Return the incidents of a release in which civilians were killed, and what the file leaves out."""
    rows, left_out, others = [], [], 0
    for incident in release.incidents:
        row = _row(incident)
        if isinstance(row, str):
            left_out.append((str(incident.code), row))
        else:
            rows.append(row)
            others += figures_of(incident, POLICIES).policy != POLICIES[0]
    lost = losses(release, POLICIES, left_out, _holds)
    return rows, [*lost, *([Loss("other_policy", "incidents", others)] if others else [])]


def _row(incident: PublicIncident) -> Row | str:
    """Return the entry, or why there is none."""
    figures, place = figures_of(incident, POLICIES), incident.place
    if figures.policy is None:
        return "no_policy"
    civilians, injured = figures.told(CIVILIANS), figures.told(INJURED)
    if civilians is None or civilians.low is None:
        return "no_figure"
    most = civilians.low if civilians.high is None else civilians.high
    if most == 0:
        return "no_death"
    if incident.occurred_from is None or incident.occurred_to is None:
        return "no_day"
    country = None if place is None else countries().get(place.country or "")
    location = None if place is None else place.name or place.admin1 or (part(country, "acled"))
    if location is None:
        return "no_place"
    voices = voices_of(incident)
    return {
        "ibc_code": f"k{event_number(incident.code)}",
        "record": incident.code,
        "start_date": incident.occurred_from,
        "end_date": incident.occurred_to,
        "time": None,
        "location": location,
        "country": None if country is None else country.acled,
        "target": None,
        "weapons": incident.weapon,
        "killers": incident.perpetrator,
        "reported_minimum": civilians.low,
        "reported_maximum": most,
        "min_injuries": part(injured, "low"),
        "max_injuries": part(injured, "high"),
        "media_sources": "; ".join(dict.fromkeys(outlet for outlet, _ in voices.reports)) or None,
        "primary_witnesses": "; ".join(voices.origins) or None,
        "single_source": "yes" if civilians.origins <= 1 else "no",
    }


def _holds(_: Figures, figure: PublicFigure) -> bool | str:
    kind = figure.measure, figure.category
    if kind == CIVILIANS:
        return "open" if figure.high is None else True if figure.best is None else "best"
    if kind == INJURED:
        return True if figure.best is None else "best"
    return "category" if figure.measure in (PublicMeasure.KILLED, PublicMeasure.INJURED) else "measure"
