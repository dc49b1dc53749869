"""Where it happened, as finely as it is known and may be told."""

import re
import unicodedata

from marsad.model import Place
from marsad.publish.cells import NOBODY_COUNTED, Crowds, cell_of, centre
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import SAFE_CODE, PublicPlace, PublicText, compose
from marsad.text.normal import fold

_NOT_IN_CODE = re.compile(r"[^A-Z0-9]+")
_LONGEST_UNKNOWN_NAME = 40
_NEAR, _DISTRICT = 2, 3
"""UCDP's where_prec: up to the one the place itself is meant, a cell is as much as a district."""


def public_place(
    place: Place | None, said_in_public: bool, policy: PublicationPolicy, crowds: Crowds = NOBODY_COUNTED
) -> PublicPlace | None:
    """Return the place as it may be told; None where no report names one.

    A point is rounded to what the precision supports. A place with a sensitive word keeps its province only. A name
    that the gazetteer does not know is somebody's own words: it is told if a public report says it, and looks like a
    name (short, no digits). So is the name of a place that only the observatory's own list has; without, it is told as its
    province, like a sensitive one. A place that is known to the point, in which fewer people live than the policy asks and
    which no public report names, is told as a cell around it, or as its province where no cell has enough.
    """
    if place is None:
        return None
    known = place.found and place.precision is not None
    sensitive = policy.is_sensitive(f"{place.words} | {place.name} | {place.name_ar or ''}")
    sensitive = sensitive or (place.own and not said_in_public)
    if not known:
        own = place.name
        tellable = said_in_public and len(own) <= _LONGEST_UNKNOWN_NAME and not any(c.isdigit() for c in own)
        name = compose(own) if tellable and not sensitive else None
        return PublicPlace(name, None, _country(place), None, None, None, None, None, coarsened=name is None)
    precision = place.precision or 7
    if not sensitive and not said_in_public and precision <= _NEAR:
        people = crowds.of(place)
        if people is None or people < policy.least_population:
            cell = cell_of(place, crowds, policy.least_population)
            if cell is not None:
                return _in_cell(place, cell, policy)
            sensitive = True
    if sensitive:
        precision = max(precision, policy.sensitive_place_precision)
    step = policy.place_steps[precision - 1]
    return PublicPlace(
        name=None if sensitive else compose(place.name),
        name_ar=None if sensitive or place.own or place.name_ar is None else compose(place.name_ar),
        country=_country(place),
        admin1=None if place.admin1 is None or policy.is_sensitive(place.admin1) else compose(place.admin1),
        latitude=snap(place.latitude, step),
        longitude=snap(place.longitude, step),
        precision=precision,
        cell=None,
        coarsened=sensitive,
    )


def _in_cell(place: Place, cell: str, policy: PublicationPolicy) -> PublicPlace:
    """Return the place as no more than the cell it lies in; the point is the cell's middle, and stands for all of it."""
    latitude, longitude = centre(cell)
    admin1 = None if place.admin1 is None or policy.is_sensitive(place.admin1) else compose(place.admin1)
    return PublicPlace(None, None, _country(place), admin1, latitude, longitude, _DISTRICT, compose(cell), True)


def names_itself(place: Place) -> bool:
    """Return whether a claim that is placed here, if public, makes the place's name public.

    The name of a gazetteer is public anyway; that of the observatory's own list only if the report wrote it so.
    """
    return not place.own or fold(place.words) == fold(place.name)


def snap(degrees: float | None, step: float) -> float | None:
    """Return the nearest multiple of `step` degrees; None stays None.

    >>> snap(35.9528, 0.01), snap(39.0079, 0.5), snap(-0.2, 0.5)
    (35.95, 39.0, 0.0)
    """
    return None if degrees is None else round(round(degrees / step) * step, 2) + 0.0


def public_code(code: str, place: PublicPlace | None, day: str | None) -> PublicText:
    """Return the incident's public code: its own, unless that is no safe file name or tells a place that is not told.

    >>> public_code("RAQQA-2014-11-25", None, "2014-11-25"), public_code("../x", None, None)
    ('RAQQA-2014-11-25', 'INCIDENT-UNDATED')
    """
    if SAFE_CODE.fullmatch(code) and (place is None or place.name is not None):
        return compose(code)
    told = place and (place.name or place.admin1 or place.country)
    where = unicodedata.normalize("NFKD", told or "").encode("ascii", "ignore").decode().upper()
    slug = _NOT_IN_CODE.sub("-", where).strip("-")[:40].strip("-")
    return compose(f"{slug or 'INCIDENT'}-{day or 'UNDATED'}")


def _country(place: Place) -> PublicText | None:
    known = place.country is not None and re.fullmatch(r"[A-Z]{2}", place.country)
    return compose(place.country) if known and place.country else None
