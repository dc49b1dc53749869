"""Incidents as GeoJSON: a point only where the place is known, a flagged stand-in where only an area is."""

import json

from marsad.publish.public import PublicCategory, PublicIncident, PublicMeasure, PublicPlace, PublicRelease

_POINT, _NEAR = 1, 2
Json = dict[str, object]


def incidents_geojson(release: PublicRelease) -> bytes:
    """Return a FeatureCollection (RFC 7946) with one feature an incident; geometry null where no place is known."""
    data: Json = {"type": "FeatureCollection", "features": [_feature(incident) for incident in release.incidents]}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False).encode() + b"\n"


def meaning_of(place: PublicPlace | None) -> str:
    """Return what the point stands for: the place, somewhere near it, an area it only represents, or nothing.

    >>> meaning_of(None)
    'unknown'
    """
    if place is None or place.latitude is None or place.precision is None:
        return "unknown"
    return {_POINT: "place", _NEAR: "near"}.get(place.precision, "stands_for_area")


def area_of(place: PublicPlace | None) -> str | None:
    """Return the name of the area in which it happened, where no point is known: province, else country."""
    if place is None or meaning_of(place) in ("place", "near"):
        return None
    return place.admin1 or place.country


def _feature(incident: PublicIncident) -> Json:
    place = incident.place
    point = None if place is None or place.latitude is None else [place.longitude, place.latitude]
    return {
        "type": "Feature",
        "id": str(incident.code),
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": {
            "incident": str(incident.code),
            "occurred_from": None if incident.occurred_from is None else incident.occurred_from.isoformat(),
            "occurred_to": None if incident.occurred_to is None else incident.occurred_to.isoformat(),
            "place": place and place.name,
            "place_ar": place and place.name_ar,
            "country": place and place.country,
            "area": area_of(place),
            "point_is": meaning_of(place),
            "place_precision": place and place.precision,
            "perpetrator": incident.perpetrator,
            "weapon": incident.weapon,
            "grade": incident.grade.value,
            "origins": incident.origin_count,
            "killed": {
                str(figure.policy): {"low": figure.low, "best": figure.best, "high": figure.high}
                for figure in incident.figures
                if figure.measure is PublicMeasure.KILLED and figure.category is PublicCategory.TOTAL
            },
        },
    }
