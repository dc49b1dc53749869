"""Reading without an observatory: reports in, claims out, nothing kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from marsad.collect.incoming import Incoming
from marsad.collect.text_of import text_of
from marsad.engines.local import LocalEngine
from marsad.extract.stage import extraction
from marsad.model import Claim, ClaimId, Place, ReportId, Text
from marsad.model.rows import claim_of, text_row
from marsad.model.schema import TEXT
from marsad.pipeline.assets import gazetteer_path
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer

_CHUNK = 1000

Read = tuple[str, list[Claim], Rejection | None]
"""A report's id, its claims in the order of its text, and why it could not be read, if it could not."""


def read_reports(
    found: Iterable[tuple[str, Incoming]], processes: int | None = None, gazetteer: Path | None = None
) -> Iterator[Read]:
    """Yield what each report says, in the order in which they come; few at a time are held in memory.

    `gazetteer` is a file to look places up in, in place of the one that marsad ships.
    """
    stage = extraction(Gazetteer.open(gazetteer or gazetteer_path()))
    source = iter(found)
    with LocalEngine(processes) as engine:
        size = 1  # the first report is answered at once, whoever waits at the other end of the pipe
        while chunk := list(islice(source, size)):
            yield from _read_chunk(engine, stage, chunk)
            size = min(size * 4, _CHUNK)


def _read_chunk(engine: LocalEngine, stage: Any, chunk: Sequence[tuple[str, Incoming]]) -> Iterator[Read]:
    rows = []
    for number, (_, item) in enumerate(chunk):
        text, _fields = text_of(item.data, item.name)
        rows.append(text_row(Text(ReportId(str(number)), text, item.published, item.outlet, item.lang)))
    good, bad = engine.apply(stage, pa.Table.from_pylist(rows, schema=TEXT))
    claims: dict[str, list[Claim]] = {}
    for row in good.to_pylist():
        claims.setdefault(row["report_id"], []).append(claim_of(row))
    rejected = {row["record_id"]: Rejection(**row) for row in bad.to_pylist()}
    for number, (report_id, _) in enumerate(chunk):
        key = str(number)
        yield report_id, sorted(claims.get(key, []), key=lambda c: (c.start, c.end)), rejected.get(key)


def line_of(read: Read) -> dict[str, Any]:
    """Return what a report says in the form of `marsad extract --format jsonl`."""
    report_id, claims, rejection = read
    index = {claim.claim_id: number for number, claim in enumerate(claims)}
    line: dict[str, Any] = {"report_id": report_id, "claims": [claim_json(claim, index) for claim in claims]}
    if rejection is not None:
        line["rejected"] = rejection.reason
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
        "place": _place(claim.place) if claim.place else None,
        "perpetrator": claim.perpetrator,
        "weapon": claim.weapon,
        "scope": claim.scope.value,
        "subset_of": index.get(claim.subset_of) if claim.subset_of else None,
        "same_as": index.get(claim.same_as) if claim.same_as else None,
        "modality": claim.modality.value,
        "derived": claim.derived,
        "rule": claim.rule,
        "score": claim.score,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "words": place.words,
        "place_id": place.place_id,
        "name": place.name,
        "name_ar": place.name_ar,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
    }
