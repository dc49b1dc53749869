"""The open data of a release: tables, map points and the whole record, the same bytes for the same release."""

from collections.abc import Iterator

from marsad.publish.formats.claimreview import claim_review_files
from marsad.publish.formats.codebook import codebook_csv
from marsad.publish.formats.columnar import geoparquet, parquet
from marsad.publish.formats.context_files import CONTEXT, CONTROL, control_geojson
from marsad.publish.formats.exports import exported
from marsad.publish.formats.geojson import incidents_geojson
from marsad.publish.formats.prov import prov_lines
from marsad.publish.formats.tables import FIGURES, STATEMENTS, table
from marsad.publish.public import PublicRelease

__all__ = ["data_files"]


def data_files(release: PublicRelease, record: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every data file of the release by its path in the release; `record` is the release as JSON.

    One is made when the one before has been taken: a hundred thousand incidents make two gigabytes of them.
    """
    yield "data/record.json", record
    yield from exported(release)
    yield from claim_review_files(release).items()
    yield "data/codebook.csv", codebook_csv()
    yield CONTEXT.path, table(CONTEXT, release)
    yield CONTROL.path, table(CONTROL, release)
    yield "data/control.geojson", control_geojson(release.context)
    yield "data/incidents.csv", table(FIGURES, release)
    yield "data/incidents.geo.parquet", geoparquet(release)
    yield "data/incidents.geojson", incidents_geojson(release)
    yield "data/incidents.parquet", parquet(FIGURES, release)
    yield "data/prov.jsonl", prov_lines(release)
    yield "data/statements.csv", table(STATEMENTS, release)
    yield "data/statements.parquet", parquet(STATEMENTS, release)
