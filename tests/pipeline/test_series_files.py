"""Published series as they are: every oddity that is listed is found under its name, and none besides."""

import csv
from datetime import date
from pathlib import Path

import pytest

from marsad.context.published import of_days
from marsad.model import Wrong
from marsad.pipeline.series_files import Checked, Series, checked

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "series"
needs_series = pytest.mark.skipif(not FOLDER.exists(), reason="the published series are not at hand")

_DIFFERENCES = {"gap", "shifted", "unexplained"}


def _of(found: Checked, of: str, publisher: str = "") -> Series:
    [series] = [s for s in found.series if s.of == of and publisher in ("", s.publisher)]
    return series


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@needs_series
def test_days_of_gaza_that_are_not_what_the_total_grew_by_are_those_listed() -> None:
    """Nine, with the numbers of the list; three of them nothing explains."""
    killed = _of(checked(FOLDER / "gaza_moh_daily.csv"), "killed")
    found = [a for a in killed.anomalies if a.kind.value in _DIFFERENCES]
    listed = [
        (row["report_date"], int(row["expected_or_previous"]), int(row["observed"]))
        for row in _rows("gaza_anomalies.csv")
    ]
    assert [(a.day.isoformat(), a.expected, a.observed) for a in found] == listed
    assert [a.day.isoformat() for a in found if a.kind.value == "unexplained"] == [
        "2023-12-05",
        "2024-01-12",
        "2024-01-16",
    ]


@needs_series
def test_older_deaths_in_gaza_s_days_are_told_apart() -> None:
    """499 of 531 on 11 January 2025, and every other decision in the column of the committee, none else."""
    killed = _of(checked(FOLDER / "gaza_moh_daily.csv"), "killed")
    retroactive = {a.day.isoformat(): a.observed for a in killed.anomalies if a.kind.value == "retroactive"}
    rows = _rows("gaza_moh_daily.csv")
    decided = {
        r["report_date"]: int(float(r["killed_committee"])) for r in rows if float(r["killed_committee"] or 0) > 0
    }
    assert retroactive == decided
    assert retroactive["2025-01-11"] == 499
    [point] = [p for p in killed.points if p.day == date(2025, 1, 11)]
    assert of_days(point) == 32
    assert {a.kind.value for a in killed.anomalies} == _DIFFERENCES | {"retroactive"}


@needs_series
def test_women_killed_in_gaza_fall_twice() -> None:
    """1,032 to 1,000 where another office is credited, to 967 within the ministry's own."""
    falls = _of(checked(FOLDER / "gaza_moh_daily.csv"), "killed, women").anomalies
    assert [(a.kind.value, a.expected, a.observed) for a in falls] == [("fall", 1032, 1000), ("fall", 1000, 967)]
    assert [a.labels for a in falls] == [("gmotel", "mohtel"), None]


@needs_series
def test_the_monitor_s_total_for_syria_breaks_where_its_method_changed() -> None:
    """606,000 with an estimate, 507,000 by name, 617,910 again; the years to 2014 make the total of 2014."""
    found = checked(FOLDER / "syria_totals.csv")
    told = [(a.kind.value, a.expected, a.observed) for a in _of(found, "killed", "SOHR").anomalies]
    assert told == [("jump", 370_000, 606_000), ("break", 606_000, 507_000), ("jump", 507_000, 617_910)]
    assert [(s.name, s.whole.low, s.holds) for s in found.sums] == [("SOHR, 2014-12-31", 206_603, True)]
    assert all(not s.anomalies for s in found.series if s.publisher != "SOHR")


@needs_series
def test_lebanon_begins_anew() -> None:
    """The second phase counts from nothing: a break, and nothing else."""
    found = _of(checked(FOLDER / "lebanon_moph_daily.csv"), "killed").anomalies
    assert [(a.kind.value, a.day.isoformat(), a.labels) for a in found] == [("break", "2026-03-05", ("1", "2"))]


@needs_series
def test_every_sum_of_the_ukraine_updates_holds() -> None:
    """Killed and injured make casualties, sex and age make each of them, and no step is odd."""
    found = checked(FOLDER / "ohchr_ukraine_updates.csv")
    assert len(found.sums) == 21
    assert all(one.holds for one in found.sums)
    assert all(not s.anomalies for s in found.series)


OURS = """day,total,of_day,added,new,label
2025-01-01,100,,,,ministry
2025-01-02,110,10,,,ministry
2025-01-03,160,50,45,5,ministry
2025-01-04,150,0,,,ministry
not a day,1,,,,
2025-01-06,151,1,,,office
"""


def test_a_team_s_own_series_is_read(tmp_path: Path) -> None:
    """The columns day and total are enough; the others tell more."""
    (tmp_path / "ours.csv").write_text(OURS, "utf-8")
    [series] = checked(tmp_path / "ours.csv").series
    assert [(a.kind.value, a.day.day) for a in series.anomalies] == [("retroactive", 3), ("fall", 4)]


def test_a_table_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    """What is known is named."""
    (tmp_path / "other.csv").write_text("town,dead\nRaqqa,95\n", "utf-8")
    with pytest.raises(Wrong, match="none of the known sets of columns"):
        checked(tmp_path / "other.csv")
    with pytest.raises(Wrong, match="cannot be read"):
        checked(tmp_path / "none.csv")
