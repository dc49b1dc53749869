"""The reader that marsad reads with: rules over words. As a reader among others, and as a stage."""

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.extract.read import VERSION, claims_in
from marsad.extract.row_claims import VERSION as ROWS
from marsad.extract.row_claims import row_claims
from marsad.model import Claim, Text
from marsad.reader import stage_of
from marsad.stage import Rejection, RowStage
from marsad.text.gazetteer import Gazetteer
from marsad.text.row_lines import ROW


@dataclass(frozen=True)
class RulesReader:
    """Reads by the rules of this room, looking places up in `gazetteer`; sends nothing anywhere."""

    gazetteer: Gazetteer
    name: str = "rules"
    version: str = f"{VERSION};rows-{ROWS}"
    sends_to: None = None

    def read(self, report: Text) -> Iterator[Claim | Rejection]:
        """Yield what `claims_in` finds; of the row of a table, what its cells say."""
        if report.kind == ROW:
            return row_claims(report, self.gazetteer)
        return claims_in(report, self.gazetteer)


def extraction(gazetteer: Gazetteer) -> RowStage[Text, Claim]:
    """Return the stage that turns report texts into claims by the rules, looking places up in this gazetteer."""
    return stage_of(RulesReader(gazetteer))
