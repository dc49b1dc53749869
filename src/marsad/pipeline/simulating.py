"""A simulated world on disk: its reports in files that `marsad add` or `marsad derive` reads, its truth in files beside them."""

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.model import Wrong
from marsad.model.schema import TEXT
from marsad.model.schema_simulated import TRUE_CLAIM, TRUE_INCIDENT, TRUE_REPORT
from marsad.pipeline.assets import gazetteer_path
from marsad.simulate.incidents import BLOCK, Happened
from marsad.simulate.printed import Printed, printed
from marsad.simulate.words import LANGUAGES
from marsad.simulate.world import PEOPLE, World, at_war, world
from marsad.text.gazetteer import Gazetteer

FORMS = ("jsonl", "parquet")
REPORTS = pa.schema([*TEXT, pa.field("recorded_at", pa.string())])
"""A report as `marsad derive` reads it; `recorded_at` is when it came in, as text that sorts."""

_FILE = 200_000
"""Reports of one file, about: a few hundred megabytes of text would be too much to begin again for one lost file."""

_TRUTHS: dict[str, pa.Schema] = {"incident": TRUE_INCIDENT, "report": TRUE_REPORT, "claim": TRUE_CLAIM}


@dataclass(frozen=True, slots=True)
class Asked:
    """What world is asked for: so many incidents of a seed, in these languages, printed by so many outlets."""

    incidents: int
    seed: int
    languages: tuple[str, ...] = LANGUAGES
    sources: int = 400

    def world(self) -> World:
        """Return the world; raises Wrong where it can have no report."""
        unknown = sorted({*self.languages} - {*LANGUAGES})
        if unknown or not self.languages:
            raise Wrong(
                "--languages",
                ",".join(self.languages),
                "names a language without sentences",
                f"choose among {', '.join(LANGUAGES)}",
            )
        if self.incidents < 1:
            raise Wrong("--incidents", self.incidents, "is not 1 or more", "write --incidents 1000")
        return world(
            Gazetteer.open(gazetteer_path()).places_of(at_war(), PEOPLE), self.languages, self.sources, self.seed
        )


@dataclass(frozen=True, slots=True)
class Made:
    """How many incidents, reports and claims were written."""

    incidents: int
    reports: int
    claims: int


def simulate(
    asked: Asked, out: Path, form: str = "jsonl", processes: int = 1, progress: Callable[[int, int], None] | None = None
) -> Made:
    """Write a world into the new folder `out`: reports/ and truth/; the same arguments give the same bytes.

    Memory holds a few blocks of incidents however large the world is. Raises Wrong where `out` is there already.
    """
    if out.exists():
        raise Wrong(str(out), None, "is there already", "name a folder that does not exist yet")
    made_world = asked.world()
    (out / "truth").mkdir(parents=True)
    (out / "reports").mkdir()
    counts = {"incident": 0, "report": 0, "claim": 0}
    blocks = -(-asked.incidents // BLOCK)
    reports = _Files(out / "reports", REPORTS, form)
    truths = {name: _Files(out / "truth" / name, schema, form, whole=True) for name, schema in _TRUTHS.items()}
    for done, rows in enumerate(_blocks(asked, made_world, blocks, processes), start=1):
        reports.write(rows["text"])
        for name, file in truths.items():
            file.write(rows[name])
            counts[name] += len(rows[name])
        if progress is not None:
            progress(done, blocks)
    for file in (reports, *truths.values()):
        file.close()
    return Made(counts["incident"], counts["report"], counts["claim"])


Rows = dict[str, list[dict[str, Any]]]
_made: tuple[Asked, World] | None = None


def _take_up(asked: Asked) -> None:
    global _made  # noqa: PLW0603 - one world a worker, made when the worker starts
    _made = asked, asked.world()


def _work(block: int) -> Rows:
    if _made is None:
        raise RuntimeError("worker has no world: start it with _take_up")
    return _rows(_made[0], _made[1], block)


def _blocks(asked: Asked, made: World, blocks: int, processes: int) -> Iterator[Rows]:
    if processes < 2 or blocks < 2:
        yield from (_rows(asked, made, block) for block in range(blocks))
        return
    waiting: deque[Future[Rows]] = deque()
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(processes, context, _take_up, (asked,)) as pool:
        for block in range(blocks):
            waiting.append(pool.submit(_work, block))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _rows(asked: Asked, made: World, block: int) -> Rows:
    incidents, reports = printed(made, block, asked.incidents, asked.seed)
    told = {s.of.incident_id for r in reports for s in r.said}
    return {
        "text": [_text_row(r) for r in reports],
        "incident": [_incident_row(i, made, i.incident_id in told) for i in incidents],
        "report": [_report_row(r) for r in reports],
        "claim": [row for r in reports for row in _claim_rows(r)],
    }


def _text_row(report: Printed) -> dict[str, Any]:
    day = date.fromordinal(report.published)
    return {
        "report_id": report.report_id,
        "text": report.text,
        "published": day,
        "outlet": report.outlet,
        "lang": report.lang,
        "kind": None,
        "recorded_at": f"{day.isoformat()}T23:00:00.000000Z",
    }


def _incident_row(of: Happened, made: World, told: bool) -> dict[str, Any]:
    return {
        "incident_id": of.incident_id,
        "country": of.country.code,
        "place_id": of.spot.place_id,
        "place_name": of.spot.latin,
        "occurred": date.fromordinal(of.day),
        "weapon": made.weapons[of.weapon]["id"],
        "side": of.side,
        **{
            name: getattr(of, name)
            for name in ("killed", "civilians", "fighters", "children", "women", "injured", "fabricated")
        },
        "told": told,
    }


def _report_row(report: Printed) -> dict[str, Any]:
    incidents = sorted({said.of.incident_id for said in report.said})
    return {"report_id": report.report_id, "how": report.how, "of": report.of, "incidents": incidents}


def _claim_rows(report: Printed) -> Iterator[dict[str, Any]]:
    for said in report.said:
        base = {
            "report_id": report.report_id,
            "incident_id": said.of.incident_id,
            "origin": said.voice.voice_id,
            "kind": said.way,
            "lie": said.lie,
        }
        yield {
            **base,
            "what": "killed",
            "low": said.killed,
            "high": None if said.way == "least" else said.high or said.killed,
        }
        for what in ("civilians", "children", "women", "injured"):
            number = getattr(said, what)
            if number is not None:
                yield {**base, "what": what, "low": number, "high": number}


class _Files:
    """Rows into files of one kind, a new file every so many rows, or one alone."""

    def __init__(self, at: Path, schema: pa.Schema, form: str, *, whole: bool = False) -> None:
        self._at, self._schema, self._form, self._whole = at, schema, form, whole
        self._number, self._size = 0, 0
        self._parquet: pq.ParquetWriter | None = None
        self._lines: BinaryIO | None = None

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if self._parquet is None and self._lines is None:
            path = (
                self._at.with_suffix(f".{self._form}") if self._whole else self._at / f"{self._number:05}.{self._form}"
            )
            if self._form == "parquet":
                self._parquet = pq.ParquetWriter(path, self._schema, compression="zstd")
            else:
                self._lines = path.open("wb")
        if self._parquet is not None:
            self._parquet.write_table(pa.Table.from_pylist(list(rows), schema=self._schema))
        elif self._lines is not None:
            self._lines.writelines(map(_line, rows))
        self._size += len(rows)
        if self._size >= _FILE and not self._whole:
            self.close()
            self._number += 1

    def close(self) -> None:
        for file in (self._parquet, self._lines):
            if file is not None:
                file.close()
        self._parquet = self._lines = None
        self._size = 0


def _line(row: Mapping[str, Any]) -> bytes:
    """Return the row as a line of JSON; a report's as `marsad add` reads it."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
    if "text" in plain:
        plain = {"id": plain["report_id"], **{key: plain[key] for key in ("text", "published", "outlet", "lang")}}
    return json.dumps(plain, ensure_ascii=False).encode() + b"\n"
