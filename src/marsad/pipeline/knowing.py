"""What reports say beside tolls becomes knowledge: stored contexts and numbers, each with what its report adds."""

from bisect import bisect_right
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from marsad.context.knowing import KNOWING_CONTEXTS, KNOWING_NUMBERS, PRINTED, SENTENCE
from marsad.model import Report
from marsad.stage import Engine
from marsad.text.row_lines import ROW
from marsad.text.sentences import Sentence, sentences

_NUMBERS = pa.array(["displaced", "population"])
_SCOPES = pa.array(["cumulative", "aggregate"])
_LONGEST = 1000


def with_knowledge(
    engine: Engine, made: dict[str, pa.Table], reports: Iterable[Report], texts: pa.Table
) -> dict[str, pa.Table]:
    """Return the tables that reading made of these reports' texts (schema TEXT), with `knowledge` beside them and its refusals
    among theirs."""
    known, refused = knowledge(engine, made["claim"], made["context"], made["credit"], printed(reports), texts)
    return {**made, "knowledge": known, "rejection": pa.concat_tables([made["rejection"], refused])}


def printed(reports: Iterable[Report]) -> pa.Table:
    """Return who printed each report and when it came in (schema PRINTED), `wire` still empty."""
    rows = [
        {
            "report_id": report.report_id,
            "outlet": report.outlet,
            "reported": report.published,
            "recorded": report.recorded_at.date(),
            "wire": None,
        }
        for report in reports
    ]
    return pa.Table.from_pylist(rows, schema=PRINTED)


def knowledge(
    engine: Engine, claims: pa.Table, contexts: pa.Table, credited: pa.Table, prints: pa.Table, texts: pa.Table
) -> tuple[pa.Table, pa.Table]:
    """Return what these claims and contexts are knowledge of (schema KNOWLEDGE), and what was refused (REJECTION)."""
    wires = _looked_up(prints, credited, "wire")
    prints = prints.set_column(prints.schema.get_field_index("wire"), "wire", wires)
    numbers = claims.filter(
        pc.or_(
            pc.is_in(claims.column("measure"), value_set=_NUMBERS), pc.is_in(claims.column("scope"), value_set=_SCOPES)
        )
    )
    told, refused = engine.apply(KNOWING_CONTEXTS, _beside(contexts, prints))
    placed = _beside(numbers, prints).append_column(SENTENCE, _sentences(numbers, texts))
    counted, lost = engine.apply(KNOWING_NUMBERS, placed)
    return pa.concat_tables([told, counted]), pa.concat_tables([refused, lost])


def _beside(table: pa.Table, prints: pa.Table) -> pa.Table:
    """Return the rows with the columns of their report."""
    for name in PRINTED.names:
        if name != "report_id":
            table = table.append_column(PRINTED.field(name), _looked_up(table, prints, name))
    return table


def _sentences(numbers: pa.Table, texts: pa.Table) -> pa.Array:
    """Return the sentence in which each number stands, up to its first 1,000 characters; of a table, the whole row."""
    of = numbers.column("report_id").to_pylist()
    wanted = texts.filter(pc.is_in(texts.column("report_id"), value_set=pa.array(of, pa.string())))
    bodies = {row["report_id"]: (row["text"], row["kind"]) for row in wanted.to_pylist()}
    starts: dict[str, list[Sentence]] = {}
    out = []
    for report_id, at in zip(of, numbers.column("start").to_pylist(), strict=True):
        text, kind = bodies[report_id]
        if kind == ROW:
            out.append(text[:_LONGEST])
            continue
        if report_id not in starts:
            starts[report_id] = list(sentences(text))
        found = starts[report_id]
        inside = found[max(0, bisect_right(found, at, key=lambda s: s.start) - 1)]
        out.append(" ".join(text[inside.body : inside.end].split())[:_LONGEST])
    return pa.array(out, pa.string())


def _looked_up(table: pa.Table, other: pa.Table, name: str) -> pa.ChunkedArray:
    """Return, for the report of each row, what the other table says of it in this column; null where it says nothing."""
    keys = other.column("report_id").combine_chunks()
    at = pc.index_in(table.column("report_id"), value_set=keys)
    return pc.take(other.column(name), at)
