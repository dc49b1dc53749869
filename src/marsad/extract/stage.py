"""Extraction as a stage."""

from functools import partial

from marsad.extract.read import STAGE, VERSION, claims_in
from marsad.model import Claim, Text
from marsad.model.rows import claim_row, text_of
from marsad.model.schema import CLAIM, TEXT
from marsad.stage import RowStage
from marsad.text.gazetteer import Gazetteer


def extraction(gazetteer: Gazetteer) -> RowStage[Text, Claim]:
    """Return the stage that turns report texts into claims, looking places up in this gazetteer."""
    return RowStage(
        name=STAGE,
        version=VERSION,
        key="report_id",
        reads=TEXT,
        writes=CLAIM,
        read=text_of,
        function=partial(claims_in, gazetteer=gazetteer),
        write=claim_row,
    )
