"""Who lives where, from the gazetteer: how many people a settlement has, and a cell with all the settlements in it."""

from functools import cache
from pathlib import Path

import h3
import numpy as np
import pyarrow as pa

from marsad.model import Place
from marsad.publish.cells import Crowds
from marsad.text.entry import SETTLEMENTS
from marsad.text.gazetteer_build import KINDS


def crowds_of(path: Path) -> Crowds:
    """Return who lives where after the gazetteer in this file; settlements that nobody counted add nobody."""
    places = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0).column("places").values
    column = {name: places.field(name) for name in ("place_id", "latitude", "longitude", "population", "kind")}
    population = column["population"].to_numpy(zero_copy_only=False)
    kinds = column["kind"].to_numpy(zero_copy_only=False)
    settled = (population > 0) & np.isin(kinds, [KINDS.index(kind) for kind in SETTLEMENTS])
    latitude = column["latitude"].to_numpy(zero_copy_only=False)[settled]
    longitude = column["longitude"].to_numpy(zero_copy_only=False)[settled]
    people = population[settled]
    ids = column["place_id"].cast(pa.string()).filter(pa.array(settled)).to_pylist()
    known = dict(zip(ids, people.tolist(), strict=True))

    @cache
    def within(cell: str) -> int:
        ring = h3.cell_to_boundary(cell)
        south, north = min(y for y, _ in ring), max(y for y, _ in ring)
        west, east = min(x for _, x in ring), max(x for _, x in ring)
        near = (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)
        resolution = h3.get_resolution(cell)
        return sum(
            int(people[n])
            for n in np.flatnonzero(near)
            if h3.latlng_to_cell(float(latitude[n]), float(longitude[n]), resolution) == cell
        )

    def of(place: Place) -> int | None:
        return None if place.place_id is None else known.get(place.place_id)

    return Crowds(of, within)
