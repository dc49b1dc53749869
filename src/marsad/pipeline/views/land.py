"""The land around incidents, for the desk's own maps: cut from the same boundaries as those of the record."""

from marsad.pipeline.assets import asset
from marsad.publish.boundaries import land_for
from marsad.publish.public import PublicIncident


def land_around(*incidents: PublicIncident) -> bytes:
    """Return the land around these incidents as GeoJSON, as a release carries it; raises Wrong where it was never derived."""
    return land_for(incidents, asset("boundaries"))
