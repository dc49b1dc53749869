"""Derivation over tables larger than memory gives what `derive` gives, table by table; begun again, it goes on."""

from pathlib import Path

import pyarrow as pa
import pytest
from large_made import POLICIES, derived, made_up, tables_in

from marsad.engines.local_large import LargeLocal
from marsad.pipeline.at_large import TABLES, Outcome, derive_at_large
from marsad.pipeline.run import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader that marsad ships."""
    return Reader.over(None)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a small world."""
    return made_up(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def expected(reports: Path, reader: Reader) -> dict[str, pa.Table]:
    """What `derive` makes of them in memory."""
    return derived(reports, reader)


def at_large(reports: Path, out: Path, reader: Reader, chunk: int = 40, processes: int = 1) -> Outcome:
    """Derive on the local engine."""
    with LargeLocal(out / "scratch", [reports, out], processes) as engine:
        return derive_at_large(engine, reader, str(reports), str(out), POLICIES, lambda *_: None, chunk)


def test_every_table_is_the_one_that_derive_makes(
    tmp_path: Path, reports: Path, reader: Reader, expected: dict[str, pa.Table]
) -> None:
    """Through Parquet, a few days at a time: the same rows and ids in each table, and none of them left out."""
    outcome = at_large(reports, tmp_path, reader)
    found = tables_in(tmp_path, expected)
    assert set(found) == set(TABLES)
    assert outcome.read == outcome.reports > 40
    for name, table in found.items():
        assert table.equals(expected[name]), name
    assert found["toll"].num_rows
    assert found["copy"].num_rows == outcome.reports
