"""A run reads what is new and nothing else, may be killed at any moment, and ends where it would have ended."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from small_world import MONITORS, NOW, TOWNS, Story, ground_batch, ground_file, killed, receive, reprint

from marsad.model import DecisionKind, ReportId
from marsad.pipeline.again import rederived
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import Outcome, run
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory

DAY = date(2014, 11, 25)
RUN = """
import sys
from pathlib import Path
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run

def told(what, done, of):
    print(what, done, of, flush=True)

run(Observatory.open(Path(sys.argv[1])), told, 1, Path(sys.argv[2]), 10)
"""


def story(number: int) -> Story:
    """Return the n-th story of many: towns, days, numbers and monitors change, every fifth one is a copy."""
    if number % 5 == 4:
        return reprint(story(number - 1), "Copier", 1)
    day = DAY + timedelta(number // 7)
    return Story("Gulf Gate", day, killed(TOWNS[number % 5], day, 5 + number, MONITORS[number % 4]))


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """The gazetteer of the small country."""
    return ground_file(tmp_path)


def observatory(folder: Path, size: int) -> Observatory:
    """Return an observatory with so many reports, nothing of them read."""
    made = Observatory.init(folder, "run", NOW)
    receive(made, [story(n) for n in range(size)], NOW)
    return made


def digest(obs: Observatory) -> str:
    with obs.derived(read_only=True) as derived:
        return derived.digest()


def decide(obs: Observatory, anchor: str, kind: DecisionKind, body: dict[str, object]) -> None:
    with obs.kept() as kept:
        WriteService(kept, obs.vault, bytes).decide(
            anchor=anchor, kind=kind, body=body, actor="reader-1", reason="read it", expected_version=0, now=NOW
        )


def first_claim(obs: Observatory) -> str:
    with obs.derived(read_only=True) as derived:
        row = derived.table("claim").to_pylist()[0]
    return f"{row['report_id']}:{row['start']}-{row['end']}"


@pytest.mark.long
def test_a_run_reads_only_what_is_new(tmp_path: Path, places: Path) -> None:
    """Ten reports, then five more: the second run reads five; the outcome is that of one run over fifteen."""
    obs = observatory(tmp_path / "obs", 10)
    assert run(obs, processes=1, gazetteer=places).read == 10
    receive(obs, [story(n) for n in range(15)], NOW)
    assert run(obs, processes=1, gazetteer=places).read == 5
    assert digest(obs) == fresh_digest(tmp_path, obs, places)


def fresh_digest(tmp_path: Path, obs: Observatory, places: Path) -> str:
    """Return the digest of everything derived anew in one go, from a copy of what is kept."""
    (obs.path / "derived.db").rename(tmp_path / "aside.db")
    run(obs, processes=1, gazetteer=places)
    again = digest(obs)
    (obs.path / "derived.db").unlink()
    (tmp_path / "aside.db").rename(obs.path / "derived.db")
    return again


@pytest.mark.long
def test_nothing_new_costs_nothing(tmp_path: Path, places: Path) -> None:
    """A run without news reads nothing, derives nothing and leaves the file as it is; so does one with nothing at all."""
    obs = observatory(tmp_path / "obs", 6)
    first = run(obs, processes=1, gazetteer=places)
    before = (obs.path / "derived.db").stat()
    told: list[str] = []
    again = run(obs, lambda what, _done, _of: told.append(what), 1, places)
    assert (again.read, again.derived, again.incidents) == (0, False, first.incidents)
    assert told == []
    after = (obs.path / "derived.db").stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    empty = Observatory.init(tmp_path / "empty", "empty", NOW)
    run(empty, processes=1, gazetteer=places)
    assert run(empty, processes=1, gazetteer=places) == Outcome(0, 0, 0, 0, derived=False)


@pytest.mark.long
def test_a_decision_is_news(tmp_path: Path, places: Path) -> None:
    """No report is read again, but tolls are worked out again, with the decision in them."""
    obs = observatory(tmp_path / "obs", 6)
    run(obs, processes=1, gazetteer=places)
    decide(obs, first_claim(obs), DecisionKind.REJECT, {})
    outcome = run(obs, processes=1, gazetteer=places)
    assert (outcome.read, outcome.derived) == (0, True)
    with obs.derived(read_only=True) as derived:
        assert "rejected" in derived.table("membership").column("role").to_pylist()


def test_a_removed_derived_store_is_rebuilt_bit_for_bit(tmp_path: Path, places: Path) -> None:
    """derived.db deleted: the next run makes it again, to the same digest, also in two processes."""
    obs = observatory(tmp_path / "obs", 12)
    run(obs, processes=1, gazetteer=places)
    before = digest(obs)
    (obs.path / "derived.db").unlink()
    assert run(obs, processes=2, gazetteer=places, chunk=5).read == 12
    assert digest(obs) == before


@pytest.mark.long
@pytest.mark.parametrize(("line", "kept"), [("read 20 60", 10), ("read 60 60", 50), ("link 0 1", 60)])
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, places: Path, line: str, kept: int) -> None:
    """kill -9 after some chunks, after the last one, or while linking; the next run ends at the same digest."""
    obs, whole = observatory(tmp_path / "obs", 60), observatory(tmp_path / "whole", 60)
    command = [sys.executable, "-c", RUN, str(obs.path), str(places)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(said.strip() == line for said in process.stdout)
        process.kill()
    with obs.derived() as derived:
        stored = {name: derived.count(name) for name in ("reading", "incident")}
    assert stored["incident"] == 0
    assert stored["reading"] >= kept
    assert run(obs, processes=1, gazetteer=places, chunk=10).read == 60 - stored["reading"]
    run(whole, processes=1, gazetteer=places)
    assert digest(obs) == digest(whole)


def evidence(obs: Observatory, report_id: ReportId) -> Path:
    with obs.kept(read_only=True) as kept, kept.read() as reading:
        report = reading.report(report_id)
    assert report is not None
    return next(path for path in (obs.path / "vault").rglob("*") if path.name.startswith(report.evidence))


@pytest.mark.long
def test_damaged_evidence_is_one_rejection_and_is_read_once_it_is_whole(tmp_path: Path, places: Path) -> None:
    """The run goes on without the report and says so; given back its bytes, the next run reads it and the trace is gone."""
    obs = observatory(tmp_path / "obs", 8)
    [hurt] = receive(obs, [story(0)], NOW)
    path = evidence(obs, hurt)
    good = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"x" + good[1:])
    for _ in range(2):
        outcome = run(obs, processes=1, gazetteer=places)
        assert (outcome.rejected, outcome.incidents > 0) == (1, True)
    assert outcome.derived is False
    with obs.derived(read_only=True) as derived:
        [rejection] = derived.table("rejection").to_pylist()
    assert (rejection["record_id"], rejection["stage"]) == (hurt, "text")
    path.write_bytes(good)
    assert run(obs, processes=1, gazetteer=places).read == 1
    whole = observatory(tmp_path / "whole", 8)
    run(whole, processes=1, gazetteer=places)
    assert digest(obs) == digest(whole)


@pytest.mark.long
def test_another_gazetteer_means_reading_again(tmp_path: Path, places: Path) -> None:
    """What may change a claim is part of the version: other places, and every report is read again."""
    obs = observatory(tmp_path / "obs", 6)
    run(obs, processes=1, gazetteer=places)
    other = places.with_name("other.arrow")
    batch = ground_batch().replace_schema_metadata({"made": "again"})
    with pa.OSFile(str(other), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    assert run(obs, processes=1, gazetteer=other).read == 6


@pytest.mark.long
def test_other_policies_mean_assessing_again(tmp_path: Path, places: Path) -> None:
    """Reports are not read again; tolls are there under the policies that the settings name."""
    obs = observatory(tmp_path / "obs", 6)
    run(obs, processes=1, gazetteer=places)
    one = Observatory(obs.path, obs.name, ("ucdp",), obs.languages)
    outcome = run(one, processes=1, gazetteer=places)
    assert (outcome.read, outcome.derived) == (0, True)
    with obs.derived(read_only=True) as derived:
        assert set(derived.table("toll").column("policy").to_pylist()) == {"ucdp"}


# --- what verification compares with ---------------------------------------------------------------------------------


def told(obs: Observatory, places: Path) -> list[str]:
    """Return what `marsad verify` says differs."""
    return [str(d) for d in verify_observatory(obs.path, lambda: rederived(obs, 1, places))]


def _nothing(_obs: Observatory, _places: Path) -> None:
    """Do nothing."""


def _a_run(obs: Observatory, places: Path) -> None:
    run(obs, processes=1, gazetteer=places)


def _more_reports(obs: Observatory, places: Path) -> None:
    run(obs, processes=1, gazetteer=places)
    receive(obs, [story(n) for n in range(20, 25)], NOW + timedelta(days=1))


def _a_decision_without_a_run(obs: Observatory, places: Path) -> None:
    run(obs, processes=1, gazetteer=places)
    decide(obs, first_claim(obs), DecisionKind.REJECT, {})


def _decisions(obs: Observatory, places: Path) -> None:
    _a_decision_without_a_run(obs, places)
    run(obs, processes=1, gazetteer=places)


@pytest.mark.long
@pytest.mark.parametrize("done", [_nothing, _a_run, _more_reports, _a_decision_without_a_run, _decisions])
def test_what_is_derived_follows_from_what_is_kept(
    tmp_path: Path, places: Path, done: Callable[[Observatory, Path], None]
) -> None:
    """Never run, run, with reports or decisions that still wait, with decisions taken in: nothing differs."""
    obs = observatory(tmp_path / "obs", 12)
    done(obs, places)
    assert told(obs, places) == []


@pytest.mark.long
def test_an_interrupted_run_differs_in_nothing(tmp_path: Path, places: Path) -> None:
    """Some reports read, no tolls yet: what is there is what follows."""
    obs = observatory(tmp_path / "obs", 30)
    command = [sys.executable, "-c", RUN, str(obs.path), str(places)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(said.startswith("read 20") for said in process.stdout)
        process.kill()
    assert told(obs, places) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE toll SET high = high + 1 WHERE category = 'total' AND high IS NOT NULL", "toll"),
        ("UPDATE claim SET perpetrator = 'Nobody'", "claim"),
        ("UPDATE incident SET code = 'ELSEWHERE'", "incident"),
        ("UPDATE grading SET grade = 'confirmed'", "grading"),
        ("UPDATE membership SET role = 'counted' WHERE role = 'copy'", "membership"),
        ("UPDATE fold SET origin = 'Somebody'", "fold"),
        ("DELETE FROM sketch WHERE mark < 0", "sketch"),
        ("DELETE FROM claim", "claim"),
        ("UPDATE copy SET leader = report_id", "copy"),
        ("INSERT INTO rejection VALUES ('x', 'extract', 'made up', NULL)", "rejection"),
        ("DELETE FROM reading WHERE stage = 'extract'", "reading"),
    ],
)
def test_what_somebody_changed_is_named(tmp_path: Path, places: Path, statement: str, named: str) -> None:
    """Each derived table is recomputed, and the difference says which table, row and column."""
    obs = observatory(tmp_path / "obs", 12)
    run(obs, processes=1, gazetteer=places)
    raw = sqlite3.connect(obs.path / "derived.db")
    raw.execute(statement)
    raw.commit()
    raw.close()
    found = told(obs, places)
    assert found
    assert all(difference.startswith(f"derived.db, {named}") for difference in found)


@pytest.mark.long
def test_what_another_version_made_is_not_called_wrong(tmp_path: Path, places: Path) -> None:
    """Tables of other policies or another reader wait to be made anew: harmless, with what to do."""
    obs = observatory(tmp_path / "obs", 6)
    run(obs, processes=1, gazetteer=places)
    one = Observatory(obs.path, obs.name, ("ucdp",), obs.languages)
    assert rederived(one, 1, places) is None
    found = verify_observatory(obs.path, lambda: rederived(one, 1, places))
    assert [(d.subject, d.harmless) for d in found] == [("derived.db", True)]
