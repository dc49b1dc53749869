"""The commands about lists of victims: files in, chances and persons out, and no name anywhere."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_lists import two_lists

from marsad.cli import main

HEADER = ("record_id", "name", "sex", "age", "who")


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """Two lists of some hundred made-up people, a column "who" telling who is who."""
    paths = []
    for drawn in two_lists(count=250):
        path = tmp_path / f"{drawn.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADER)
            for r, key in zip(drawn.records, drawn.keys, strict=True):
                writer.writerow((r.record_id, r.names[0], r.sex or "", "" if r.age is None else r.age, key))
            writer.writerow((f"{drawn.name}-nobody", "مجهول الهوية", "", "", ""))
        paths.append(path)
    return paths[0], paths[1]


def run(*words: object) -> Result:
    """Run marsad with these words."""
    return CliRunner().invoke(main, [str(word) for word in words])


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_linking_writes_links_persons_and_questions(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """Files with a chance, a zone and reasons for each pair; nobody's name in any; readable by their owner alone."""
    out = tmp_path / "out"
    done = run("link-persons", *lists, "--out", out, "--draws", 2, "--ask", 6, "--processes", 1, "--lang", "ar")
    assert done.exit_code == 0, done.output
    assert "2 rows name nobody" in done.output
    links, persons, asked = (rows(out / f"{name}.csv") for name in ("links", "persons", "questions"))
    assert {"sure", "unsure"} <= {row["zone"] for row in links}
    assert "الاسم الأول واحد" in links[0]["reasons"]
    assert set(persons[0]) == {"list", "record", "person", "draw_1", "draw_2"}
    assert asked[0]["decision"] == ""
    names = {row["name"] for path in lists for row in rows(path)}
    for file in out.iterdir():
        assert file.stat().st_mode & 0o077 == 0
        assert not [name for name in names if name in file.read_text("utf-8")]


@pytest.mark.long
def test_answers_to_questions_are_taken_back(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """A questions.csv with decisions filled in is what --decisions reads; persons keep their ids."""
    out = tmp_path / "out"
    run("link-persons", *lists, "--out", out, "--ask", 4, "--processes", 1)
    asked = rows(out / "questions.csv")
    answers = tmp_path / "answers.csv"
    with answers.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(asked[0]))
        writer.writeheader()
        writer.writerows({**row, "decision": "apart"} for row in asked)
    again = tmp_path / "again"
    done = run(
        "link-persons", *lists, "--out", again, "--decisions", answers, "--known", out / "persons.csv", "--processes", 1
    )
    assert done.exit_code == 0, done.output
    who = {(row["list"], row["record"]): row["person"] for row in rows(again / "persons.csv")}
    assert all(who[r["a_list"], r["a_record"]] != who[r["b_list"], r["b_record"]] for r in asked)


def test_json_lines_and_a_last_one_with_counts(lists: tuple[Path, Path]) -> None:
    """Every line of standard output is JSON; the last counts."""
    lines = [json.loads(line) for line in run("link-persons", *lists, "--json", "--processes", 1).stdout.splitlines()]
    assert {"a_list", "a_record", "b_list", "b_record", "chance", "zone", "joined", "conflicts", "reasons"} == set(
        lines[0]
    )
    assert lines[-1]["unnamed"] == 2
    assert lines[-1]["persons"] < lines[-1]["records"]


def test_scores_against_a_column(lists: tuple[Path, Path]) -> None:
    """The column that says who is who is not used for linking, only for judging."""
    done = run("evaluate", "persons", *lists, "--truth", "who", "--json", "--processes", 1)
    assert done.exit_code == 0, done.output
    scores = json.loads(done.stdout)["scores"]["joined"]
    assert scores["right"] + scores["missed"] > 50
    assert scores["f1"] > 0.85


@pytest.mark.long
def test_comparing_an_edition_with_itself(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """Nobody is added, removed or changed."""
    copy = tmp_path / "later.csv"
    copy.write_bytes(lists[0].read_bytes())
    done = run("compare-lists", lists[0], copy, "--json", "--processes", 1)
    assert done.exit_code == 0, done.output
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["changed"] == 0
    assert last["added"] == last["removed"] <= 2
    assert "Added" in run("compare-lists", lists[0], copy, "--processes", 1).stdout


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("--column", "name"), "is not WHAT=COLUMN"),
        (("--column", "name=nowhere"), "is no column of this list"),
        (("--repeats", "C"), "is none of the lists"),
    ],
)
def test_refusals_leave_with_two(lists: tuple[Path, Path], words: tuple[str, str], rule: str) -> None:
    """What cannot be used is named, with the next step."""
    done = run("link-persons", *lists, *words, "--processes", 1)
    assert done.exit_code == 2
    assert rule in done.output


def test_one_file_twice_is_refused(lists: tuple[Path, Path]) -> None:
    """Lists are named by their files, and each name once."""
    done = run("link-persons", lists[0], lists[0])
    assert (done.exit_code, "names two lists" in done.output) == (2, True)
