"""Tables of event reports, as tellings."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from event_tables import COLUMNS, event_row, event_table

from marsad.evaluate.event_table import Linked, is_event_table, read_event_table
from marsad.model.telling import Trait


def read(tmp_path: Path, *rows: dict[str, Any]) -> Linked:
    """Return what a table of these rows holds."""
    return read_event_table(event_table(tmp_path / "events.csv", rows))


def test_a_row_is_a_telling_of_its_source(tmp_path: Path) -> None:
    """Who printed it on which day, where, when, how many; which event it is of stays beside it."""
    source = "Daily Lamp (2010-12-03) Five die at the river"
    row = event_row("r1", "E1", dead=5, date_end="2010-12-02", deaths_high=9, source=source, target="Voters; Citizens")
    found = read(tmp_path, row)
    [telling] = found.tellings
    first = date(2010, 12, 1).toordinal()
    assert (telling.telling_id, telling.report_id) == ("r1", source)
    assert (telling.day_from, telling.day_to, telling.printed) == (first, first + 1, first + 2)
    assert (telling.place_key, telling.precision, telling.country) == ("abora/abora", 2 - 1, "Lagunia")
    assert telling.figures["killed"] == (5, 5, 9)
    assert telling.traits[Trait.TARGET] == {"Voters", "Citizens"}
    assert (found.truth, found.dead) == ({"r1": "E1"}, {"r1": 5})


def test_what_is_not_known_is_none_and_nothing_is_shared_by_it(tmp_path: Path) -> None:
    """NA or nothing: no point, no precision, no days, no number, no place that two such rows would have in common."""
    gaps: dict[str, Any] = {
        "latitude": "NA",
        "longitude": "",
        "city": "NA",
        "location": "",
        "geo_precision": "NA",
        "date_start": "",
    }
    row = event_row("r1", "E1", **gaps, date_end="NA", deaths_best="NA", deaths_low="", injuries_best="")
    [telling] = read(tmp_path, row).tellings
    assert (telling.latitude, telling.longitude, telling.precision, telling.place_key) == (None, None, None, "")
    assert (telling.day_from, telling.day_to, telling.printed) == (None, None, None)
    assert (telling.figures, telling.traits) == ({}, {})


def test_one_day_of_two_is_the_day(tmp_path: Path) -> None:
    """A row that says only when it ended happened then."""
    [telling] = read(tmp_path, event_row("r1", "E1", date_start="NA")).tellings
    assert telling.day_from == telling.day_to == date(2010, 12, 1).toordinal()


def test_a_row_without_an_event_is_told_and_not_asked_about(tmp_path: Path) -> None:
    """It is linked among the others; nobody knows whether rightly."""
    found = read(tmp_path, event_row("r1", "E1"), event_row("r2", "NA"))
    assert [telling.telling_id for telling in found.tellings] == ["r1", "r2"]
    assert found.truth == {"r1": "E1"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"date_start": "yesterday"}, "line 3"),
        ({"deaths_best": "few"}, "line 3"),
        ({"id": "r1"}, "'r1': is empty or stood"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, cells: dict[str, str], words: str) -> None:
    """The file and the line, not a silent gap."""
    with pytest.raises(ValueError, match=words):
        read(tmp_path, event_row("r1", "E1"), {**event_row("r2", "E2"), **cells})


def test_other_tables_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    """A byte order mark before the first column changes nothing."""
    path = event_table(tmp_path / "events.csv", [event_row("r1", "E1")])
    marked = tmp_path / "marked.csv"
    marked.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert is_event_table(path)
    assert is_event_table(marked)
    assert len(read_event_table(marked).tellings) == 1
    other = tmp_path / "other.csv"
    other.write_text(",".join(COLUMNS[2:]) + "\n", "utf-8")
    assert not is_event_table(other)
    with pytest.raises(ValueError, match="no column id, event_id"):
        read_event_table(other)


def test_a_quarter_lies_within_its_town(tmp_path: Path) -> None:
    """The town's words are the spot's as well: a report of the town and one of its market speak of one spot."""
    [town, market] = read(
        tmp_path,
        event_row("r1", "E1", city="Abora", location="Abora"),
        event_row("r2", "E1", city="Abora", location="Old Market"),
    ).tellings
    assert town.traits[Trait.SPOT] < market.traits[Trait.SPOT] == {"abora", "old", "market"}
