"""The tables of what is derived: one for each schema of the model, column by column, and which reports were read."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from sqlalchemy import Column, Index, MetaData, Table, and_, column, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from marsad.model import knowledge, schema, schema_linking, schema_state, spoken
from marsad.store.columns import INTEGER, REAL_NUMBER, TEXT, check, is_day, is_truth, ordered, together

APPLICATION_ID = 0x6D727364  # "mrsd"
VERSION = 9

READING = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("stage", pa.string(), nullable=False),
        pa.field("version", pa.string(), nullable=False),
    ]
)
"""This version of this stage has read the report, whatever came of it."""

SCHEMAS: Mapping[str, pa.Schema] = {
    "claim": schema.CLAIM,
    "context": schema.CONTEXT,
    "knowledge": knowledge.KNOWLEDGE,
    "sketch": schema.SKETCH,
    "outline": schema.SKETCH,
    "credit": schema.CREDIT,
    "copy": schema.COPY,
    "reworded": schema.REWORDED,
    "fold": schema.FOLD,
    "lineage": schema.LINEAGE,
    "incident": schema.INCIDENT,
    "membership": schema.MEMBERSHIP,
    "toll": schema.TOLL,
    "grading": schema.GRADING,
    "spoken": spoken.SPOKEN,
    "telling": schema_linking.TELLING,
    "proposal": schema_linking.PROPOSAL,
    "range": schema_linking.RANGE,
    "pair": schema_linking.PAIR,
    "grouped": schema_linking.GROUPED,
    "linked": schema_linking.LINKED,
    "lead": schema_state.LEAD,
    "numbered": schema_state.NUMBERED,
    "weight": schema_state.WEIGHT,
    "rejection": schema.REJECTION,
    "reading": READING,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    "claim": ("claim_id",),
    "context": ("context_id",),
    "knowledge": ("knowledge_id",),
    "sketch": ("report_id", "mark"),
    "outline": ("report_id", "mark"),
    "credit": ("report_id",),
    "copy": ("report_id",),
    "reworded": ("report_id",),
    "fold": ("claim_id",),
    "lineage": ("claim_id", "turn"),
    "incident": ("incident_id",),
    "membership": ("incident_id", "claim_id"),
    "toll": ("incident_id", "policy", "measure", "category"),
    "grading": ("incident_id",),
    "spoken": ("incident_id", "knowledge_id"),
    "telling": ("telling_id",),
    "proposal": ("incident_id", "kind", "other"),
    "range": ("incident_id", "policy", "measure", "category"),
    "pair": ("a", "b"),
    "grouped": ("telling_id",),
    "linked": ("claim_id",),
    "lead": ("kind", "mark"),
    "numbered": ("incident_id",),
    "weight": ("side", "level"),
    "rejection": (),  # a stage may say two things of one record, with or without a value
    "reading": ("stage", "version", "report_id"),
}

_RULES: Mapping[str, Mapping[str, ColumnElement[bool]]] = {
    "claim": {
        "span": column("start") < column("end"),
        "start": column("start") >= 0,
        "bounds": ordered("low", "high"),
        "value": column("value") >= 0,
        "low": column("low") >= 0,
        "score": column("score").between(0, 1),
        "when": ordered("occurred_from", "occurred_to"),
        "when_whole": together("occurred_from", "occurred_to", "occurred_precision"),
    },
    "context": {
        "span": column("start") < column("end"),
        "start": column("start") >= 0,
        "content": ordered("content_start", "content_end"),
        "content_whole": together("content_start", "content_end"),
        "related": together("relation", "target"),
        "score": column("score").between(0, 1),
        "when": ordered("occurred_from", "occurred_to"),
        "when_whole": together("occurred_from", "occurred_to", "occurred_precision"),
    },
    "knowledge": {
        "span": column("start") < column("end"),
        "start": column("start") >= 0,
        "bounds": ordered("low", "high"),
        "score": column("score").between(0, 1),
        "when": ordered("occurred_from", "occurred_to"),
        "when_whole": together("occurred_from", "occurred_to", "occurred_precision"),
    },
    "incident": {
        "when": ordered("occurred_from", "occurred_to"),
        "when_whole": together("occurred_from", "occurred_to", "occurred_precision"),
    },
    "toll": {
        "bounds": ordered("low", "best", "high"),
        "low": column("low") >= 0,
        "none": or_(column("low").is_not(None), together("low", "best", "high")),
        "origins": column("origins") >= 0,
    },
    "grading": {"origins": column("origins") >= 0},
    "lineage": {"turn": column("turn") >= 0},
}

_SHARED_RULES: Mapping[str, ColumnElement[bool]] = {
    "probability": and_(column("probability") > 0, column("probability") <= 1),
    "occurred_precision": column("occurred_precision").between(1, 5),
    "place_precision": column("place_precision").between(1, 7),
    "latitude": column("latitude").between(-90, 90),
    "longitude": column("longitude").between(-180, 180),
}


def _column(name: str, field: pa.Field) -> Column[Any]:
    kind: TypeEngine[Any] = TEXT
    if pa.types.is_integer(field.type) or pa.types.is_boolean(field.type):
        kind = INTEGER
    elif pa.types.is_floating(field.type):
        kind = REAL_NUMBER
    key = field.name in KEYS[name]
    return Column(field.name, kind, nullable=field.nullable, primary_key=key, autoincrement=False if key else "auto")


def _table(metadata: MetaData, name: str, shape: pa.Schema) -> Table:
    rules = {n: rule for n, rule in _SHARED_RULES.items() if n in shape.names} | dict(_RULES.get(name, {}))
    rules |= {field.name: is_day(field.name) for field in shape if pa.types.is_date(field.type)}
    rules |= {field.name: is_truth(field.name) for field in shape if pa.types.is_boolean(field.type)}
    columns = [_column(name, field) for field in shape]
    return Table(name, metadata, *columns, *(check(name, n, rule) for n, rule in rules.items()), sqlite_strict=True)


DERIVED = MetaData()
TABLES: Mapping[str, Table] = {name: _table(DERIVED, name, shape) for name, shape in SCHEMAS.items()}

Index("claim_of_report", TABLES["claim"].c.report_id)
Index("incident_of_code", TABLES["incident"].c.code)
Index("context_of_report", TABLES["context"].c.report_id)
Index("telling_of_time", TABLES["telling"].c.country, TABLES["telling"].c.day_to)
Index("membership_of_claim", TABLES["membership"].c.claim_id)
Index("toll_of_category", TABLES["toll"].c.policy, TABLES["toll"].c.measure, TABLES["toll"].c.category)
for _name, _columns in (
    ("sketch", ("mark", "report_id")),
    ("outline", ("mark", "report_id")),
    ("copy", ("leader",)),
    ("telling", ("report_id",)),
    ("telling", ("day_to",)),
    ("pair", ("b",)),
    ("grouped", ("plausible",)),
    ("linked", ("cluster",)),
    ("knowledge", ("report_id",)),
    ("knowledge", ("place_key", "topic", "source", "day")),
    ("knowledge", ("country", "topic", "day")),
    ("knowledge", ("party", "topic", "day")),
    ("numbered", ("base",)),
    ("proposal", ("other",)),
):
    Index("_".join((_name, "by", *_columns)), *(TABLES[_name].c[column] for column in _columns))
