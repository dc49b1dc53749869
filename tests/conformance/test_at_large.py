"""Derivation over tables larger than memory gives what `derive` gives, table by table; begun again, it goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from large_made import POLICIES, derived, made_up, tables_in
from people_decide import decided

from marsad.cli.derive_command import derive
from marsad.engines.local import LocalEngine
from marsad.engines.local_large import LargeLocal
from marsad.failpoint import VARIABLE
from marsad.link import learn
from marsad.model import Decision
from marsad.pipeline.at_large import TABLES, Outcome, derive_at_large
from marsad.pipeline.large_decided import People
from marsad.pipeline.run import Reader

pytestmark = pytest.mark.long


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


@pytest.fixture(scope="module")
def claims(reports: Path, reader: Reader) -> pa.Table:
    """The claims that the reader finds in them."""
    with LocalEngine(1, threads=1) as engine:
        return reader.read(engine, pq.read_table(reports).drop_columns(["recorded_at"]))["claim"]


def at_large(
    reports: Path,
    out: Path,
    reader: Reader,
    chunk: int = 40,
    processes: int = 1,
    decisions: Sequence[Decision] = (),
) -> Outcome:
    """Derive on the local engine."""
    with LargeLocal(out / "scratch", [reports, out], processes) as engine:
        return derive_at_large(engine, reader, str(reports), str(out), POLICIES, lambda *_: None, chunk, decisions)


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
    assert min(found[name].num_rows for name in ("toll", "proposal", "range")) > 0
    assert found["copy"].num_rows == outcome.reports


def test_new_files_cost_the_reading_of_what_is_new(
    tmp_path: Path, reports: Path, reader: Reader, expected: dict[str, pa.Table]
) -> None:
    """Derived with half of the reports and then with all, some of them twice: read once each, the tables those of all."""
    texts = pq.read_table(reports)
    half = texts.num_rows // 2
    (tmp_path / "in").mkdir()
    pq.write_table(texts.slice(half), tmp_path / "in" / "later.parquet")
    first = at_large(tmp_path / "in", tmp_path / "out", reader)
    pq.write_table(texts.slice(0, half + 7), tmp_path / "in" / "earlier.parquet")
    second = at_large(tmp_path / "in", tmp_path / "out", reader)
    assert (first.read, second.read, second.reports) == (texts.num_rows - half, half, texts.num_rows)
    for name, table in tables_in(tmp_path / "out", expected).items():
        assert table.equals(expected[name]), name


def test_what_people_decided_holds_at_large_as_it_does_in_memory(
    tmp_path: Path,
    reports: Path,
    reader: Reader,
    expected: dict[str, pa.Table],
    claims: pa.Table,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Corrections, joins, partings, reviews, claims that people found, weights learnt of them: each table is `derive`'s."""
    monkeypatch.setattr(learn, "EARLY_GAIN", -1.0)  # so few answers would not do: here they are believed
    said = decided(claims, expected)
    laid = derived(reports, reader, said)
    assert at_large(reports, tmp_path, reader, decisions=said).derived
    found = tables_in(tmp_path, laid)
    assert set(found) == set(TABLES)
    for name, table in found.items():
        assert table.equals(laid[name]), name
    assert min(laid["added"].num_rows, laid["weight"].num_rows) > 0
    for name in ("incident", "fold", "toll", "grading", "proposal", "range", "pair", "linked", "rejection"):
        assert not laid[name].equals(expected[name]), name
    assert not at_large(reports, tmp_path, reader, decisions=said).derived


def test_other_decisions_are_another_state(claims: pa.Table, expected: dict[str, pa.Table]) -> None:
    """What names a state changes with every decision, not with the order in which they are handed over."""
    said = decided(claims, expected)
    assert People(said).stamp == People(said[::-1]).stamp
    assert len({People(said[:n]).stamp for n in range(len(said) + 1)}) == len(said) + 1


DERIVE = [sys.executable, "-c", "from marsad.cli.derive_command import derive; derive()"]


def killed_at(place: str, reports: Path, out: Path) -> int:
    """Derive in a process of its own that dies at a place; return how it ended."""
    command = [*DERIVE, str(reports), str(out), "--processes", "1", "--chunk", "60"]
    environment = {**os.environ, VARIABLE: place}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode


def agrees(out: Path, expected: dict[str, pa.Table]) -> None:
    """Hold the tables against those expected, and the folder against what belongs there."""
    found = tables_in(out, expected)
    assert set(found) == set(TABLES)
    for name, table in found.items():
        assert table.equals(expected[name]), name
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith(".")) == ["read", "tables"]


def test_killed_and_begun_again_it_ends_where_it_would_have_ended(
    tmp_path: Path, reports: Path, expected: dict[str, pa.Table]
) -> None:
    """Killed while a chunk is kept, while a step is, and while the tables change: each time it goes on, and loses nothing."""
    for place in ("saved-chunk_context:2", "saved-pair:1", "saved-toll:2"):
        assert killed_at(place, reports, tmp_path) == -signal.SIGKILL, place
    assert killed_at("", reports, tmp_path) == 0
    agrees(tmp_path, expected)


@pytest.mark.soak
def test_killed_anywhere_it_ends_where_it_would_have_ended(
    tmp_path: Path, reports: Path, expected: dict[str, pa.Table]
) -> None:
    """Killed at every twentieth place that it passes, each time begun anew and ended: the same tables."""
    log = tmp_path / "places"
    assert killed_at(f"list:{log}", reports, tmp_path / "all") == 0
    for number, place in enumerate(log.read_text().splitlines()[::20]):
        out = tmp_path / str(number)
        assert killed_at(place, reports, out) == -signal.SIGKILL, place
        assert killed_at("", reports, out) == 0
        agrees(out, expected)


def test_what_cannot_be_read_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    """No Parquet, something else by that name, rows without ids: one message, and exit code 2."""
    (tmp_path / "in").mkdir()

    def exit_code() -> int:
        asked = CliRunner().invoke(derive, [str(tmp_path / "in"), str(tmp_path / "out"), "--processes", "1"])
        assert asked.output.count("Error") <= 1
        return asked.exit_code

    assert exit_code() == 2
    (tmp_path / "in" / "x.parquet").write_bytes(b"no table")
    assert exit_code() == 2
    for wrong in ({"text": ["Two were killed."]}, {"report_id": ["a"], "text": ["…"], "published": ["2014-11-26"]}):
        pq.write_table(pa.table(wrong), tmp_path / "in" / "x.parquet")
        assert exit_code() == 2
    table = pa.table({"report_id": pa.array([None], pa.string()), "text": ["Two were killed."]})
    pq.write_table(table, tmp_path / "in" / "x.parquet")
    assert exit_code() == 2
