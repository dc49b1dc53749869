"""The site as files: pages in every language, the map's data, the style sheets and the one script."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from marsad.publish.errata import said_files
from marsad.publish.public import PublicRelease
from marsad.publish.site.land import read_land
from marsad.publish.site.pages import DataFile, Past, Site, Spread, one_by_one
from marsad.publish.site.places_map import marks_geojson, spots_of
from marsad.publish.site.speaker import Explain, Speaker, explain

LAND = "map/land.geojson"
"""Where a release keeps the land that its maps are drawn on."""


def site_files(
    release: PublicRelease,
    land: bytes,
    data: Iterable[DataFile],
    languages: Sequence[str] = ("en", "ar"),
    explained: Explain = explain,
    spread: Spread = one_by_one,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site by its path; the first language stands at the root, others in folders of their own.

    `data` are the files offered for download, `explained` says the steps of explanations, `spread` makes incidents' pages.
    """
    speakers = tuple(Speaker(lang, explained) for lang in languages)
    read = read_land(land)
    offered = tuple(sorted(data, key=lambda one: one.path))
    yield LAND, land
    yield "map/marks.geojson", marks_geojson(spots_of(release.incidents, read), list(speakers))
    own = resources.files("marsad.publish.site") / "static"
    for name in ("context.css", "map.mjs", "record.css"):
        yield f"web/{name}", (own / name).read_bytes()
    yield from said_files(release)
    yield from Site(release, read, speakers, offered, Past.of(release)).pages(spread)
