"""A file of a release, read by the readers that observatories take data sets in with: what each row says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

from marsad.collect.csv_rows import csv_rows
from marsad.collect.incoming import Incoming, Original
from marsad.collect.particulars import Particulars
from marsad.collect.row_reports import Place
from marsad.collect.tables import table_reports
from marsad.collect.text_of import text_of
from marsad.extract.row_claims import row_claims
from marsad.model import Claim, ReportId, Text
from marsad.text.gazetteer import Gazetteer
from marsad.text.row_lines import row_cells

Ends = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The cells of a row by their columns, and its claims by what they count."""

    cells: Mapping[str, str]
    claims: Mapping[str, Claim]

    def ends(self, what: str) -> Ends | None:
        """Return value, low and high of a claim, None where the row makes none of it."""
        found = self.claims.get(what)
        return None if found is None else (found.value, found.low, found.high)


@cache
def places() -> Gazetteer:
    """Return the shipped gazetteer."""
    return Gazetteer.open(Path(str(resources.files("marsad") / "assets" / "gazetteer.arrow")))


def read_back(data: bytes, outlet: str = "marsad") -> Iterator[ReadRow]:
    """Yield every row of a CSV file as the readers of data sets read it; an AssertionError where one is refused."""
    where = Place("file.csv", Original.of(data, "text/csv"))
    for found in table_reports(csv_rows(BytesIO(data), "file.csv"), where, Particulars(outlet)):
        assert isinstance(found, Incoming), found
        words = text_of(found.data)[0]
        cells = {cell.cell.column: cell.cell.theirs or cell.cell.value for cell in row_cells(words)}
        claims = {}
        for claim in row_claims(Text(ReportId("r"), words, kind="row"), places()):
            assert isinstance(claim, Claim), claim
            field = claim.text.split(" ")[0]
            claims[field.removesuffix("_min").removesuffix("_max")] = claim
        yield ReadRow(cells, claims)
