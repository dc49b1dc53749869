"""Reading without an observatory: reports in, claims and their context out, nothing kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from marsad.collect.incoming import Incoming
from marsad.collect.text_of import kind_of, text_of
from marsad.engines.local import LocalEngine
from marsad.extract.context_stage import context_reading
from marsad.extract.stage import extraction
from marsad.model import Claim, ClaimId, Context, ReportId, Text
from marsad.model.rows import claim_of, context_of, text_row
from marsad.model.schema import TEXT
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.context_lines import context_line, place_line, when_line
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer

_CHUNK = 1000


class Read(NamedTuple):
    """A report's id, its claims in the order of its text, why it could not be read, if it could not, and its contexts.

    `contexts` is what it says beside counts, None where nobody asked for it.
    """

    report_id: str
    claims: list[Claim]
    rejection: Rejection | None
    contexts: list[Context] | None = None


def read_reports(
    found: Iterable[tuple[str, Incoming]],
    processes: int | None = None,
    gazetteer: Path | None = None,
    *,
    context: bool = False,
) -> Iterator[Read]:
    """Yield what each report says, in the order in which they come; few at a time are held in memory.

    `gazetteer` is a file to look places up in, in place of the one that marsad ships. With `context`, also what a report
    says beside counts of people.
    """
    places = Gazetteer.open(gazetteer or gazetteer_path())
    stages = (extraction(places), context_reading(places)) if context else (extraction(places),)
    source = iter(found)
    with LocalEngine(processes) as engine:
        size = 1  # the first report is answered at once, whoever waits at the other end of the pipe
        while chunk := list(islice(source, size)):
            yield from _read_chunk(engine, stages, chunk)
            size = min(size * 4, _CHUNK)


def _read_chunk(engine: LocalEngine, stages: Sequence[Any], chunk: Sequence[tuple[str, Incoming]]) -> Iterator[Read]:
    rows = []
    for number, (_, item) in enumerate(chunk):
        text, fields = text_of(item.data, item.name)
        rows.append(
            text_row(Text(ReportId(str(number)), text, item.published, item.outlet, item.lang, kind_of(fields)))
        )
    table = pa.Table.from_pylist(rows, schema=TEXT)
    (good, bad), *beside = [engine.apply(stage, table) for stage in stages]
    claims: dict[str, list[Claim]] = {}
    for row in good.to_pylist():
        claims.setdefault(row["report_id"], []).append(claim_of(row))
    contexts: dict[str, list[Context]] = {}
    for row in (row for told, _ in beside for row in told.to_pylist()):
        contexts.setdefault(row["report_id"], []).append(context_of(row))
    unread = [row for table in (*(lost for _, lost in beside), bad) for row in table.to_pylist()]
    rejected = {row["record_id"]: Rejection(**row) for row in unread}
    for number, (report_id, _) in enumerate(chunk):
        key = str(number)
        counted = sorted(claims.get(key, []), key=lambda c: (c.start, c.end))
        yield Read(report_id, counted, rejected.get(key), contexts.get(key, []) if beside else None)


def line_of(read: Read) -> dict[str, Any]:
    """Return what a report says in the form of `marsad extract --format jsonl`."""
    index = {claim.claim_id: number for number, claim in enumerate(read.claims)}
    line: dict[str, Any] = {"report_id": read.report_id, "claims": [claim_json(claim, index) for claim in read.claims]}
    if read.contexts is not None:
        known = {context.context_id: number for number, context in enumerate(read.contexts)}
        line["context"] = [context_line(context, known) for context in read.contexts]
    if read.rejection is not None:
        line["rejected"] = read.rejection.reason
    return line


def claim_json(claim: Claim, index: Mapping[ClaimId, int]) -> dict[str, Any]:
    """Return a claim in that form; `index` maps the claims of its report to their positions."""
    when = claim.occurred
    return {
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "measure": claim.measure.value,
        "value": claim.value,
        "low": claim.low,
        "high": claim.high,
        "bound": claim.bound.value,
        "status": claim.status.value,
        "group": claim.group.value if claim.group else None,
        "attribution": list(claim.attribution),
        "occurred": [when.start.isoformat(), when.end.isoformat()] if when else None,
        "occurred_by": when_line(when) if when else None,
        "place": place_line(claim.place) if claim.place else None,
        "perpetrator": claim.perpetrator,
        "certainty": claim.certainty and claim.certainty.value,
        "weapon": claim.weapon,
        "scope": claim.scope.value,
        "subset_of": index.get(claim.subset_of) if claim.subset_of else None,
        "same_as": index.get(claim.same_as) if claim.same_as else None,
        "relations": [
            {"kind": relation.kind.value, "claim": index[relation.target]}
            for relation in claim.relations
            if relation.target in index
        ],
        "flags": [flag.value for flag in claim.flags],
        "modality": claim.modality.value,
        "derived": claim.derived,
        "rule": claim.rule,
        "score": claim.score,
    }
