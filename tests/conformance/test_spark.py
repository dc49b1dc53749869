"""Every derived stage gives the same rows and ids on Spark `local[2]` as in this process, table by table.

One Spark session serves all tests. Where Java 17 or pyspark is absent they are skipped.
"""

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from shutil import copytree, which
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from large_made import POLICIES, derived, in_order, made_up, tables_in
from made_lists import two_lists
from people_decide import decided

from marsad.engines.local import LocalEngine
from marsad.model import Decision
from marsad.pipeline.at_large import TABLES, Outcome, derive_at_large
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.persons import link
from marsad.pipeline.run import Reader

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'marsad[spark]'")
if which("java") is None:
    pytest.skip("Java is not installed: tools/spark.sh", allow_module_level=True)
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]  # pyspark warns of itself

from marsad.engines.spark_functions import edits  # noqa: E402
from marsad.engines.spark_session import session  # noqa: E402
from marsad.engines.with_spark import SparkEngine  # noqa: E402

_SMALL = {
    "spark.sql.adaptive.enabled": "false",  # planning again costs more than a dozen rows do
    "spark.sql.parquet.compression.codec": "none",
}
"""For a minute's work; neither changes a row."""


@pytest.fixture(scope="session")
def spark() -> Iterator["SparkSession"]:
    """A session on two cores."""
    made = session("local[2]", _SMALL, shuffles=1)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader that marsad ships."""
    return Reader.over(None)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a small world in several languages."""
    return made_up(tmp_path_factory.mktemp("world"), 12)


@pytest.fixture(scope="session")
def said(reports: Path, reader: Reader) -> list[Decision]:
    """What people decided about them."""
    with LocalEngine(1, threads=1) as engine:
        claims = reader.read(engine, pq.read_table(reports).drop_columns(["recorded_at"]))["claim"]
    return decided(claims, derived(reports, reader))


@pytest.fixture(scope="session")
def expected(reports: Path, reader: Reader, said: list[Decision]) -> dict[str, pa.Table]:
    """What reading and `derive` make of them, and of what people decided, in this process."""
    texts = pq.read_table(reports).drop_columns(["recorded_at"])
    with LocalEngine(1, threads=1) as engine:
        read = reader.read(engine, texts)
    read.pop("rejection")
    return derived(reports, reader, said) | {name: in_order(name, table) for name, table in read.items()}


@pytest.fixture(scope="session")
def on_spark(
    spark: "SparkSession",
    reports: Path,
    reader: Reader,
    said: list[Decision],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, list[Outcome]]:
    """Where Spark put everything, and what it said it did: twice, the second time with nothing new."""
    out = tmp_path_factory.mktemp("spark")
    outcomes = []
    for _ in range(2):
        with SparkEngine(spark, str(out / "scratch")) as engine:
            at = str(reports), str(out)
            outcomes.append(derive_at_large(engine, reader, *at, POLICIES, lambda *_: None, 10_000, said))
    return out, outcomes


@pytest.mark.parametrize("name", ["claim", "context", "sketch", "outline", "credit"])
def test_reading_gives_the_same_rows_on_spark(
    name: str, on_spark: tuple[Path, list[Outcome]], expected: dict[str, pa.Table]
) -> None:
    """Row stages over texts: what executors made of them is what this process makes."""
    [folder] = (on_spark[0] / "read").glob(f"*/*/{name}")
    assert in_order(name, pq.read_table(folder, schema=expected[name].schema)).equals(expected[name])
    assert expected[name].num_rows or name == "credit"


@pytest.mark.parametrize("name", TABLES)
def test_linking_and_assessing_give_the_same_rows_on_spark(
    name: str, on_spark: tuple[Path, list[Outcome]], expected: dict[str, pa.Table]
) -> None:
    """Joins, loops, groups and all stages over them: each table is row by row the one of `derive`."""
    found = tables_in(on_spark[0], expected)
    assert found[name].equals(expected[name])


def test_what_was_derived_is_not_derived_again(on_spark: tuple[Path, list[Outcome]]) -> None:
    """A second derivation of the same reports reads none of them and leaves the tables alone."""
    first, second = on_spark[1]
    assert first.read == first.reports > 0
    assert first.derived
    assert second.read == 0
    assert not second.derived
    assert second.incidents == first.incidents > 0


def test_nothing_is_left_of_what_spark_wrote_for_itself(on_spark: tuple[Path, list[Outcome]]) -> None:
    """Beside what was read and the tables, the folder is empty."""
    assert sorted(path.name for path in on_spark[0].iterdir() if not path.name.startswith(".")) == ["read", "tables"]


def asked(folder: Path, command: list[str]) -> None:
    """Run a command of marsad in a process of its own."""
    run = [sys.executable, "-c", "from marsad.cli import main; main()", *command]
    subprocess.run(run, cwd=folder, check=True, capture_output=True)


@pytest.mark.soak
def test_a_run_of_an_observatory_on_spark_leaves_what_a_local_one_does(tmp_path: Path) -> None:
    """`marsad run --engine spark`: the derived tables of the observatory, people's queue among them, are the same."""
    take_in = [
        ["simulate", "world", "--incidents", "8", "--sources", "40"],
        ["init", "one"],
        ["add", "one", "world/reports"],
    ]
    for command in take_in:
        asked(tmp_path, command)
    copytree(tmp_path / "one", tmp_path / "two")  # when a report came in is in the tables, too
    asked(tmp_path, ["run", "one"])
    asked(tmp_path, ["run", "two", "--engine", "spark", "--master", "local[2]", "--shuffles", "1"])
    tables = []
    for obs in ("one", "two"):
        with Observatory.open(tmp_path / obs).derived(read_only=True) as derived_tables:
            tables.append({name: derived_tables.table(name) for name in (*TABLES, "proposal", "range", "claim")})
    for name in tables[0]:
        assert tables[0][name].equals(tables[1][name]), name


def test_persons_on_spark_are_those_of_this_process(spark: "SparkSession", tmp_path: Path) -> None:
    """Two lists, one in Arabic: links, chances, levels, persons and further linkages are the same, to the last digit."""
    pytest.importorskip("splink", reason="Splink is not installed: pip install 'marsad[persons]'")
    rows = [record for one in two_lists() for record in one.records[:120]]
    with SparkEngine(spark, str(tmp_path / "scratch")) as engine:
        found = link(rows, engine=engine, draws=2, seed=3)
    expected = link(rows, processes=1, draws=2, seed=3)
    assert found == expected
    assert len(set(found.persons)) < len(rows)
    assert not any((tmp_path / "scratch").glob("*"))


def test_edits_are_counted_as_the_local_engine_counts_them() -> None:
    """No edit, one, or more: of every two words of up to four letters out of three, as DuckDB's own function says."""
    words = ["".join(letters) for length in range(5) for letters in product("abc", repeat=length)]
    with duckdb.connect() as local:
        local.register("words", pa.table({"word": words}))
        counted = local.execute(
            "select a.word, b.word, least(2, damerau_levenshtein(a.word, b.word)) from words a, words b"
        ).fetchall()
    assert all(edits(one, other) == count for one, other, count in counted)
    assert edits("omar", None) is edits(None, "omar") is None
