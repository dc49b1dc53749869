"""The reports of an observatory as Parquet, for deriving at large: written once, then only what came in since."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from marsad.model import Decision
from marsad.model.schema import REJECTION
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.large_reading import REPORTS, Progress
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import chunks, texts_of
from marsad.store.instants import instant

_FILE = 20_000
"""Reports of a file: some tens of megabytes in memory."""


def is_observatory(path: Path) -> bool:
    """Tell whether a folder is an observatory and no folder of Parquet."""
    return (path / SETTINGS).is_file()


def export(observatory: Observatory, out: Path, progress: Progress) -> tuple[Path, int]:
    """Write reports that are not under `out` yet; return the folder they lie in, and how many could not be read.

    Those are in OUT/unreadable, each with its reason (schema REJECTION). Files are there whole or not at all.
    """
    folder, lost = out / "reports", out / "unreadable"
    for each in (folder, lost):
        each.mkdir(parents=True, exist_ok=True)
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        done, total = sum(_count(path) for path in folder.glob("*.parquet")), reading.report_count()
        for reports in chunks(reading.reports(beyond=done), _FILE):
            name = f"{done:010}-{len(reports)}.parquet"
            texts, bad = texts_of(observatory, reports)
            came = {report.report_id: instant(report.recorded_at) for report in reports}
            recorded = pa.array([came[i] for i in texts.column("report_id").to_pylist()], pa.string())
            if bad:
                _write(pa.Table.from_pylist(bad, schema=REJECTION), lost / name)
            _write(texts.append_column("recorded_at", recorded).cast(REPORTS), folder / name)
            done += len(reports)
            progress("export", done, total)
    return folder, sum(pq.read_metadata(path).num_rows for path in lost.glob("*.parquet"))


def decisions_of(observatory: Observatory) -> list[Decision]:
    """Return everything that people decided, in the order in which they did."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return list(reading.decisions())


def _count(path: Path) -> int:
    """Return how many reports a file was written of, those among them that could not be read."""
    return int(path.stem.rpartition("-")[2])


def _write(table: pa.Table, path: Path) -> None:
    part = path.with_name(f".{path.name}.new")
    pq.write_table(table, part, compression="zstd")
    part.rename(path)
