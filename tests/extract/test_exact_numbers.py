"""Exact numbers of people in a sentence, dates and lengths of time left out."""

from datetime import date

from marsad.extract.spelled_out import exact_numbers, misreckoned
from marsad.model import ReportId, Text


def told(text: str) -> list[int]:
    """Return the numbers of a text of one sentence."""
    report = Text(ReportId("r"), text, date(2024, 2, 20), None, "en")
    return [number for number, _ in exact_numbers(report, 0, len(text))]


def test_numbers_of_people_are_told_in_order() -> None:
    """Days, years and weeks are none."""
    assert told("On 5 January 19 people died, on 11 February 2024 eight: 27 lives in five weeks.") == [19, 8, 27]


def test_a_list_behind_a_dash_is_added_up() -> None:
    """A dash with blanks about it opens a list as a colon does; one inside a word opens none."""
    report = Text(
        ReportId("r"), "Nine people died - six children, two teachers and two mothers.", date(2024, 2, 20), None, "en"
    )
    assert [(found.rule, found.values["sum"]) for found in misreckoned(report)] == [("sum", 10)]
    fine = Text(
        ReportId("r"), "Nine people died - six children, two teachers and a cook.", date(2024, 2, 20), None, "en"
    )
    assert misreckoned(fine) == []
