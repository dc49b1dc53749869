"""`marsad estimate`: from a table to an estimate, a refusal, a report."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from marsad.cli import main

HEADER = "EXH,ABA,OSCE,HRW,count\n"
KOSOVO = {
    "1000": 1131, "0100": 845, "1100": 177, "0010": 936, "1010": 228, "0110": 217, "1110": 181, "0001": 306,
    "1001": 106, "0101": 31, "1101": 18, "0011": 123, "1011": 42, "0111": 32, "1111": 27,
}  # fmt: skip


def rows(factor: float = 1.0, before: str = "") -> str:
    """Return Kosovo's rows, made smaller, each begun with `before`."""
    return "".join(f"{before}{','.join(text)},{int(count * factor)}\n" for text, count in KOSOVO.items())


@pytest.fixture(autouse=True)
def without_sampling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave latent classes out: they take a minute, and have tests of their own."""
    monkeypatch.setattr("marsad.estimate.headline.find_spec", lambda _name: None)


def run(*args: str) -> tuple[int, str, str]:
    """Run the command; return exit code, output, messages."""
    done = CliRunner().invoke(main, ["estimate", *args])
    return done.exit_code, done.stdout, done.stderr


def test_kosovo_from_a_table(tmp_path: Path) -> None:
    """A number, its methods, its doubts; and the same as JSON."""
    table = tmp_path / "kosovo.csv"
    table.write_text(HEADER + rows())
    code, out, _ = run(str(table))
    assert code == 0
    assert "Documented: 4,400 persons on 4 lists" in out
    assert "decomposable: 12,595 (9,827–16,544)" in out
    whole = json.loads(run(str(table), "--json")[1])
    assert whole["whole"]
    assert whole["low"] < 10_401 < whole["high"]


def test_a_refusal_is_no_failure(tmp_path: Path) -> None:
    """Two lists: exit code 0, no number, the reason by name."""
    table = tmp_path / "two.csv"
    table.write_text("A,B,count\n1,0,50\n0,1,60\n1,1,20\n")
    code, out, _ = run(str(table), "--json")
    told = json.loads(out)
    assert (code, told["status"], told["point"]) == (0, "lower_bound_only", None)
    assert told["cautions"][0]["code"] == "LT3_LISTS"


def test_strata_with_report_and_a_cache_that_resumes(tmp_path: Path) -> None:
    """A row a stratum and one for all; broken off and run again, nothing is computed twice and all is the same."""
    table, out = tmp_path / "t.csv", tmp_path / "out"
    table.write_text("month," + HEADER + rows(0.5, "1999-04,") + rows(0.3, "1999-05,") + rows(0.004, "1999-06,"))
    code, first, message = run(str(table), "--by", "month", "--out", str(out), "--json")
    assert code == 0, message
    kept = {path.name: path.stat().st_mtime_ns for path in (out / "cache").iterdir()}
    next((out / "cache").iterdir()).write_text("half of a li")
    assert run(str(table), "--by", "month", "--out", str(out), "--json")[1] == first
    again = {path.name: path.stat().st_mtime_ns for path in (out / "cache").iterdir()}
    assert sum(kept[name] != again[name] for name in kept) == 1
    lines = [json.loads(line) for line in first.splitlines()]
    assert lines[-1]["whole"]
    assert lines[-1]["n"] == sum(int(count * f) for count in KOSOVO.values() for f in (0.5, 0.3, 0.004))
    written = list(csv.DictReader((out / "estimates.csv").read_text("utf-8").splitlines()))
    assert {row["method"] for row in written} >= {"headline", "decomposable", "sum of strata"}
    assert "<svg" in (out / "report.html").read_text("utf-8")


def test_numbers_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    """One process or two: the same bytes."""
    table = tmp_path / "t.csv"
    table.write_text("month," + HEADER + rows(0.5, "1999-04,") + rows(0.3, "1999-05,"))
    assert (
        run(str(table), "--by", "month", "--json")[1] == run(str(table), "--by", "month", "--json", "--workers", "2")[1]
    )


def test_a_folder_of_linked_victims_with_several_linkages(tmp_path: Path) -> None:
    """persons.csv as `link-persons` writes it; draws become a mixture over linkages."""
    lines, person = ["list,record,person,draw_1,draw_2"], 0
    for text, count in KOSOVO.items():
        for _ in range(count // 20):
            person += 1
            lines += [f"{'ABCD'[j]},{person}{j},p{person},p{person},p{person}{j if person % 50 == 0 else ''}"
                      for j in range(4) if text[j] == "1"]  # fmt: skip
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "persons.csv").write_text("\n".join(lines) + "\n")
    code, out, message = run(str(tmp_path), "--json")
    assert code == 0, message
    told = json.loads(out)
    assert told["method"].endswith("combined")
    assert "FEW_REPLICATES" in {caution["code"] for caution in told["cautions"]} or told["point"] is None


@pytest.mark.parametrize(
    ("text", "args"),
    [("A,B\n1,x\n", []), ("A,B,count\n1,0,3\n", ["--by", "month"]), ("", []), ("A,B,count\n1,0,-3\n", [])],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(tmp_path: Path, text: str, args: list[str]) -> None:
    """Exit code 2, one sentence on standard error, nothing on standard output."""
    table = tmp_path / "t.csv"
    table.write_text(text)
    code, out, message = run(str(table), *args)
    assert (code, out) == (2, "")
    assert message.startswith("Error: ")


def test_a_folder_without_linked_victims_says_how_to_link(tmp_path: Path) -> None:
    """The message names the command that makes what is missing."""
    code, _, message = run(str(tmp_path))
    assert code == 2
    assert "link-persons" in message
