"""Reading of context as a stage, beside that of counts."""

from functools import partial

from marsad.extract.context import STAGE, VERSION, contexts_in
from marsad.model import Context, Text
from marsad.model.rows import context_row, text_of
from marsad.model.schema import CONTEXT, TEXT
from marsad.stage import RowStage
from marsad.text.gazetteer import Gazetteer


def context_reading(gazetteer: Gazetteer) -> RowStage[Text, Context]:
    """Return the stage that turns report texts into what they say beside counts, looking places up in this gazetteer."""
    return RowStage(
        name=STAGE,
        version=VERSION,
        key="report_id",
        reads=TEXT,
        writes=CONTEXT,
        read=text_of,
        function=partial(contexts_in, gazetteer=gazetteer),
        write=context_row,
    )
