"""The open data of a release: tables, map points and the whole record, the same bytes for the same release."""

from marsad.publish.formats.claimreview import claim_review_files
from marsad.publish.formats.codebook import codebook_csv
from marsad.publish.formats.columnar import geoparquet, parquet
from marsad.publish.formats.exports import exported
from marsad.publish.formats.geojson import incidents_geojson
from marsad.publish.formats.prov import prov_lines
from marsad.publish.formats.tables import FIGURES, STATEMENTS, table
from marsad.publish.public import PublicRelease

__all__ = ["data_files"]


def data_files(release: PublicRelease, record: bytes) -> dict[str, bytes]:
    """Return every data file of the release by its path in the release; `record` is the release as JSON."""
    return {
        **exported(release),
        **claim_review_files(release),
        "data/codebook.csv": codebook_csv(),
        "data/incidents.csv": table(FIGURES, release),
        "data/incidents.geo.parquet": geoparquet(release),
        "data/incidents.geojson": incidents_geojson(release),
        "data/incidents.parquet": parquet(FIGURES, release),
        "data/prov.jsonl": prov_lines(release),
        "data/record.json": record,
        "data/statements.csv": table(STATEMENTS, release),
        "data/statements.parquet": parquet(STATEMENTS, release),
    }
