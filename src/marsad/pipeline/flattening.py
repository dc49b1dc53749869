"""Lists of rows to rows, as stages, so that no engine's own way of unnesting is needed."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from marsad.model.schema import ASSESSED, LINEAGE, STANDING, TOLL, WEIGHED
from marsad.model.schema_linking import TELLING
from marsad.stage import RowStage

Row = Mapping[str, Any]


def _same(row: Any) -> Any:
    return row


def _plain(row: Row) -> dict[str, Any]:
    return dict(row)


def _claims(telling: Row) -> Iterator[dict[str, Any]]:
    for claim in telling["claims"]:
        yield {"claim_id": claim, "telling_id": telling["telling_id"]}


def _standings(weighed: Row) -> Iterator[dict[str, Any]]:
    for standing in weighed["standing"]:
        yield {"incident_id": weighed["incident_id"], **standing}


def _hands(standing: Row) -> Iterator[dict[str, Any]]:
    for hand in standing["hands"]:
        yield {"claim_id": standing["claim_id"], **hand}


def _tolls(assessed: Row) -> Iterator[dict[str, Any]]:
    yield from assessed["tolls"]


_ID = pa.field("incident_id", pa.string(), nullable=False)
CLAIM_TELLING = pa.schema([pa.field("claim_id", pa.string()), pa.field("telling_id", pa.string())])
STANDS = pa.schema([_ID, *STANDING])

CLAIMS: RowStage[Row, dict[str, Any]] = RowStage(
    "claims of tellings", "1", "telling_id", TELLING, CLAIM_TELLING, _same, _claims, _plain
)
"""Which telling each claim belongs to."""

STANDINGS: RowStage[Row, dict[str, Any]] = RowStage(
    "standings", "1", "incident_id", WEIGHED, STANDS, _same, _standings, _plain
)
"""The standing of each claim of a weighed incident."""

HANDS: RowStage[Row, dict[str, Any]] = RowStage("hands", "1", "claim_id", STANDS, LINEAGE, _same, _hands, _plain)
"""Through whose hands the number of each claim went."""

TOLLS: RowStage[Row, dict[str, Any]] = RowStage("tolls", "1", "incident_id", ASSESSED, TOLL, _same, _tolls, _plain)
"""The tolls of an assessed incident, a row each."""
