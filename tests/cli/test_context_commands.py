"""`marsad control`, `people` and `check-series`, as a person or a script asks them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from marsad.cli import main

TOOK = "Islamic State fighters captured the Syrian town of Akhtarin from rebels on Tuesday, residents said.\n"
HELD = "Rebels hold the Syrian town of Akhtarin, activists said on Thursday.\n"
LIVED = (
    "Fighting goes on in Syria. Akhtarin had a pre-war population of about 16,000."
    " About 3,000 people fled Akhtarin, activists said.\n"
)


def marsad(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def lines(*words: object) -> list[Any]:
    result = marsad(*words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An observatory with two reports that disagree on who holds a town, and one of its people."""
    folder = tmp_path_factory.mktemp("context")
    path = folder / "obs"
    assert marsad("init", path).exit_code == 0
    for n, (text, day) in enumerate(((TOOK, "2014-09-03"), (HELD, "2014-09-05"), (LIVED, "2014-09-08"))):
        file = folder / f"{n}.txt"
        file.write_text(text, "utf-8")
        assert marsad("add", path, file, "--outlet", f"Outlet {n}", "--published", day).exit_code == 0
    assert marsad("run", path, "--processes", 1).exit_code == 0
    return path


def test_sources_that_disagree_stand_side_by_side(obs: Path) -> None:
    """Residents and activists, each with rule, words and how sure."""
    [answer] = lines("control", obs, "Akhtarin", "--on", "2014-09-05", "--json")
    assert answer["verdict"] == "disputed"
    told = {(h["source"], h["party"]): h["rule"] for h in answer["holdings"]}
    assert told[("residents", "Islamic State")] == "carried-forward"
    assert ("activists", "Rebels") in told
    assert all(h["evidence"][0]["words"] in TOOK + HELD for h in answer["holdings"])


def test_before_a_report_came_nothing_of_it_is_known(obs: Path) -> None:
    """As known on a day before anything was received."""
    [answer] = lines("control", obs, "Akhtarin", "--on", "2014-09-05", "--as-known-on", "2014-01-01", "--json")
    assert (answer["verdict"], answer["holdings"]) == ("unknown", [])


def test_it_is_told_to_people_in_both_languages_within_80_columns(obs: Path) -> None:
    """No line of the answer is wider, quotations apart."""
    for lang, word in (("en", "disputed between"), ("ar", "مختلف فيه")):
        shown = marsad("control", obs, "Akhtarin", "--on", "2014-09-05", "--lang", lang).stdout
        assert word in shown
        assert all(len(line) <= 80 for line in shown.splitlines() if "“" not in line and "%" not in line)


def test_the_log_shows_each_change_with_who_tells_it(obs: Path) -> None:
    """One change, told by residents; and who is said to have held it when."""
    [change] = lines("control", obs, "Akhtarin", "--json")
    assert (change["party"], change["first"], change["sources"]) == ("Islamic State", "2014-09-02", ["residents"])
    assert "said to hold it from" in marsad("control", obs, "Akhtarin").stdout


def test_a_place_of_which_nobody_speaks_is_unknown(obs: Path) -> None:
    """No error and no guess."""
    assert "unknown" in marsad("control", obs, "Latakia", "--on", "2014-09-05").stdout
    assert "No report tells" in marsad("control", obs, "Latakia").stdout
    assert "No report tells" in marsad("people", obs, "Latakia").stdout


def test_a_map_is_written_with_days_for_a_slider(obs: Path, tmp_path: Path) -> None:
    """GeoJSON: points and cells, and the first and last day."""
    file = tmp_path / "map.geojson"
    assert marsad("control", obs, "--map", file, "--cells", "5").exit_code == 0
    made = json.loads(file.read_text("utf-8"))
    assert made["days"] == ["2014-09-02", "2014-09-05"]
    assert {f["geometry"]["type"] for f in made["features"]} == {"Point", "Polygon"}


@pytest.mark.parametrize(
    "words", [("control",), ("control", "", "--on", "2014-09-05"), ("control", "X", "--on", "soon")]
)
def test_what_cannot_be_asked_is_refused_with_what_to_write(obs: Path, words: tuple[str, ...]) -> None:
    """No place, an empty one, no day."""
    result = marsad(words[0], obs, *words[1:])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_stocks_and_flows_are_told_apart(obs: Path) -> None:
    """Before the war; fled."""
    told = {
        (line["flow"], line["baseline"]): line["persons"] for line in lines("people", obs, "Akhtarin", "--json")[:-1]
    }
    assert told == {("population", True): [16_000, None, 16_000], ("new", False): [3_000, None, 3_000]}
    assert "inhabitants (before the war)" in marsad("people", obs, "Akhtarin").stdout


def test_a_series_is_checked_and_days_without_older_deaths_are_given(tmp_path: Path) -> None:
    """A fall, older deaths, and what is left for the day."""
    file = tmp_path / "ours.csv"
    file.write_text("day,total,of_day,added\n2025-01-01,100,,\n2025-01-02,150,50,45\n2025-01-03,140,,\n", "utf-8")
    shown = marsad("check-series", file, "--days").stdout
    assert "45 of the 50 died earlier" in shown
    assert "falls from 150 to 140" in shown
    found = lines("check-series", file, "--days", "--json")
    assert [line["died_within"] for line in found if line.get("of_day") == 50] == [5]
    assert marsad("check-series", tmp_path / "none.csv").exit_code == 2


YEARS = (
    "The Observatory said the war in Syria had killed 206,603 people: 7,841 people in 2011, 49,294 in 2012,"
    " 73,447 in 2013 and 76,021 in 2014.\n"
)


def test_a_total_whose_parts_are_told_is_added_up_and_set_against_what_was_known_then(tmp_path: Path) -> None:
    """Four years make the war; an attack told of a month later was not known on the day of print."""
    path = tmp_path / "obs"
    assert marsad("init", path).exit_code == 0
    late = "Shelling killed 12 people in the Syrian city of Raqqa on 3 December 2014, residents said.\n"
    for name, text, day in (("years", YEARS, "2015-01-01"), ("late", late, "2015-02-01")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        added = marsad("add", path, tmp_path / f"{name}.txt", "--outlet", "Daily", "--published", day)
        assert added.exit_code == 0
    assert marsad("run", path, "--processes", 1).exit_code == 0
    [total] = [line for line in lines("totals", path, "--json") if line.get("words") == "206,603 people"]
    assert total["parts"] == [7_841, 49_294, 73_447, 76_021]
    assert (total["known_then"], total["covered_then"]) == (0, [0.0, 0.0])
    assert "7,841 + 49,294 + 73,447 + 76,021 = 206,603" in marsad("totals", path).stdout
