"""A release in the manner of Airwars: minimum and maximum of civilian harm, a grade, how the strike is attested."""

from marsad.publish.formats.cells import Value, part
from marsad.publish.formats.countries import countries
from marsad.publish.formats.described import Loss
from marsad.publish.formats.held import Figures, Kind, figures_of, losses
from marsad.publish.formats.spoken import voices_of
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicMeasure,
    PublicRelease,
)

POLICIES = ("airwars",)
ACCURACY = {1: "Town", 2: "Neighbourhood/area", 3: "District", 4: "Province/governorate"}
"""Airwars' words for UCDP's where_prec; coarser places have none."""

Row = dict[str, Value]

_K, _I = PublicMeasure.KILLED, PublicMeasure.INJURED
COLUMNS: dict[str, Kind] = {
    "civilian_non_combatants_killed": (_K, PublicCategory.CIVILIANS),
    "civilian_non_combatants_injured": (_I, PublicCategory.CIVILIANS),
    "children_killed": (_K, PublicCategory.CHILDREN),
    "women_killed": (_K, PublicCategory.WOMEN),
    "men_killed": (_K, PublicCategory.MEN),
    "journalists_killed": (_K, PublicCategory.JOURNALISTS),
    "healthcare_personnel_killed": (_K, PublicCategory.MEDICS),
    "belligerents_killed": (_K, PublicCategory.COMBATANTS),
    "belligerents_injured": (_I, PublicCategory.COMBATANTS),
}
"""What each pair of columns, NAME_min and NAME_max, counts."""


def airwars_rows(release: PublicRelease) -> tuple[list[Row], list[Loss]]:
    """Return the incidents of a release that are counted under the policy airwars, and what the file leaves out."""
    rows, left_out = [], []
    for incident in release.incidents:
        figures = figures_of(incident, POLICIES)
        if figures.policy is None:
            left_out.append((str(incident.code), "no_policy"))
        else:
            rows.append(_row(incident, figures))
    return rows, losses(release, POLICIES, left_out, _holds)


def strike_status(incident: PublicIncident) -> str:
    """Return how the strike itself is attested, in Airwars' words. Source: Airwars, methodology, strike status."""
    if incident.grade is PublicGrade.CONFIRMED:
        return "Declared strike"
    if incident.grade is PublicGrade.CONTESTED:
        return "Contested strike"
    return "Likely strike" if incident.origin_count > 1 else "Single source claim"


def _row(incident: PublicIncident, figures: Figures) -> Row:
    place = incident.place
    country = None if place is None else countries().get(place.country or "")
    voices = voices_of(incident)
    names = dict.fromkeys([outlet for outlet, _ in voices.reports])
    names |= dict.fromkeys(name for name in voices.origins if not name.startswith("["))
    row: Row = {
        "unique_reference_code": incident.code,
        "incident_date": incident.occurred_from,
        "date_end": incident.occurred_to,
        "location_name": part(place, "name"),
        "location_name_arabic": part(place, "name_ar"),
        "region": part(place, "admin1"),
        "country": None if country is None else country.acled,
        "latitude": part(place, "latitude"),
        "longitude": part(place, "longitude"),
        "geolocation_accuracy": None if place is None else ACCURACY.get(place.precision or 7),
        "strike_type": incident.weapon,
        "belligerent": incident.perpetrator,
        "strike_status": strike_status(incident),
        "civilian_harm_status": incident.grade.value.capitalize(),
        "sources": "; ".join(names) or None,
    }
    for name, kind in COLUMNS.items():
        found = figures.told(kind)
        row |= {f"{name}_min": part(found, "low"), f"{name}_max": part(found, "high")}
    return row


def _holds(_: Figures, figure: PublicFigure) -> bool | str:
    if (figure.measure, figure.category) not in COLUMNS.values():
        return "category" if figure.measure in (_K, _I) else "measure"
    if not figure.low and not figure.high:
        return "zero"
    return True if figure.best is None else "best"
