"""The land around incidents, for the desk's own maps: cut from the same boundaries as those of the record."""

from datetime import date

from marsad.pipeline.assets import asset
from marsad.publish.boundaries import land_for
from marsad.publish.public import SCHEMA, PublicIncident, PublicRelease, PublicRules, compose

_ANY_DAY = date(2000, 1, 1)


def land_around(*incidents: PublicIncident) -> bytes:
    """Return the land around these incidents as GeoJSON, as a release carries it; raises Wrong where it was never derived."""
    return land_for(release_of(*incidents), asset("boundaries"))


def release_of(*incidents: PublicIncident) -> PublicRelease:
    """Return these incidents in the form that the record's maps take; it is published nowhere."""
    rules = PublicRules(0, 0, 0)
    none = compose("")
    return PublicRelease(SCHEMA, 0, none, _ANY_DAY, _ANY_DAY, none, none, rules, tuple(incidents), ())
