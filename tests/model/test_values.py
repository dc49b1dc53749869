"""Impossible values cannot be built; possible ones say what they are."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from values import NUMBERS, claims, counts, places, whens

from marsad.model import Claim, Control, ControlState, Count, Estimate, Place, Relation, VictimRecord, When, Wrong

RAQQA = Place("Raqqa", "gn:1", "Ar Raqqah", None, "SY", "Raqqa", 35.95, 39.01, 1)
TUESDAY = When(date(2014, 11, 25), date(2014, 11, 25), 1)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_count_is_ordered_or_not_built(low: int, best: int, high: int) -> None:
    """Any three numbers make a count exactly if low <= best <= high."""
    if low <= best <= high:
        assert Count(low, best, high).best == best
    else:
        with pytest.raises(ValueError, match="needs 0 <= low <= best <= high"):
            Count(low, best, high)


@pytest.mark.parametrize(("low", "best", "high"), [(-1, None, None), (5, 4, None), (5, None, 4), (0, 3, 2)])
def test_a_count_with_open_sides_is_ordered_too(low: int, best: int | None, high: int | None) -> None:
    """None leaves a side open; what is stated must still be in order and not negative."""
    with pytest.raises(ValueError, match="needs 0 <= low"):
        Count(low, best, high)


@given(counts(), counts(), st.data())
def test_what_is_left_of_a_whole_holds_every_possible_rest(whole: Count, part: Count, data: st.DataObject) -> None:
    """For any whole number within the whole and part within the part, the difference lies within `minus`."""
    top = whole.low + 50 if whole.high is None else whole.high
    n = data.draw(st.integers(whole.low, max(whole.low, min(top, whole.low + 1000))))
    if part.low <= n:
        m = data.draw(st.integers(part.low, n if part.high is None else min(n, part.high)))
        rest = whole.minus(part)
        assert rest.low <= n - m
        assert rest.high is None or n - m <= rest.high


@pytest.mark.long
@given(whens())
def test_an_interval_has_at_least_a_day(when: When) -> None:
    """Both ends are included, so an interval is never empty."""
    assert when.days >= 1


def test_an_interval_does_not_end_before_it_starts() -> None:
    """Days in the wrong order are refused, and so is a precision UCDP does not know."""
    with pytest.raises(ValueError, match="ends before it starts"):
        When(date(2014, 11, 26), date(2014, 11, 25), 1)
    for precision in (0, 6):
        with pytest.raises(ValueError, match="UCDP knows 1 to 5"):
            When(date(2014, 11, 25), date(2014, 11, 25), precision)


def test_words_that_name_a_day_need_that_day() -> None:
    """A time counted from words of the report says which day these name."""
    with pytest.raises(ValueError, match="from no day"):
        When(date(2014, 11, 25), date(2014, 11, 25), 1, "the next day", against_words="Monday")


@pytest.mark.parametrize("words", ["updates", "updates:", "replaces:0a1b"])
def test_a_relation_is_of_a_known_kind_and_has_a_target(words: str) -> None:
    """Anything else that stands in a table is a fault."""
    with pytest.raises(ValueError, match=r"needs a target|not a valid RelationKind"):
        Relation.parsed(words)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"latitude": None}, "a found place needs a point"),
        ({"longitude": None}, "a found place needs a point"),
        ({"precision": None}, "a found place needs a point"),
        ({"latitude": 90.1}, "not within -90..90"),
        ({"longitude": -180.5}, "not within -180..180"),
        ({"precision": 0}, "is not 1 to 7"),
        ({"precision": 8}, "is not 1 to 7"),
    ],
)
def test_a_place_lies_on_the_globe(change: dict[str, Any], message: str) -> None:
    """A found place has a point and a precision, and the point lies on the globe."""
    with pytest.raises(ValueError, match=message):
        replace(RAQQA, **change)


@given(places())
def test_a_place_knows_whether_it_was_found(place: Place) -> None:
    """A place that was not found has no coordinates and keeps the words."""
    assert place.found == (place.latitude is not None)
    assert place.words


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 5, "end": 5, "text": ""}, "is empty or lies before the text"),
        ({"start": -1, "end": 3}, "is empty or lies before the text"),
        ({"text": "too long a text"}, "characters quoted from a span"),
        ({"value": -1}, "negative"),
        ({"low": -1}, "negative"),
        ({"high": -1}, "negative"),
        ({"low": 9, "high": 8}, "low 9 is above high 8"),
        ({"score": 1.01}, "not within 0..1"),
        ({"score": -0.01}, "not within 0..1"),
    ],
)
@settings(max_examples=5)
@given(claims())
def test_an_impossible_claim_is_not_built(change: dict[str, Any], message: str, claim: Claim) -> None:
    """Empty or misquoted spans, negative people, low above high and scores off their scale are refused."""
    if "text" not in change and "start" in change:
        claim = replace(claim, start=0, end=3, text="abc")
    with pytest.raises(ValueError, match=message):
        replace(claim, **change)


@settings(max_examples=25)
@given(claims())
def test_a_claim_is_frozen_and_names_itself(claim: Claim) -> None:
    """Nothing of a claim can be changed, and its id follows from report, span and measure alone."""
    with pytest.raises(FrozenInstanceError):
        claim.low = 3  # type: ignore[misc]
    other = replace(claim, low=None, high=None, attribution=("somebody else",), rule="another rule")
    assert Claim.identity(other.report_id, other.start, other.end, other.measure) == claim.claim_id


def test_other_values_refuse_nonsense() -> None:
    """Control that ends before it begins, an estimate below what is recorded, a person without a name or of 200 years."""
    with pytest.raises(ValueError, match="lies after"):
        Control(
            knowledge_id="k",
            report_id="r",
            source="s",
            outlet="o",
            party="IS",
            place_key="gn:172955",
            place_name="Raqqa",
            state=ControlState.HELD,
            change=True,
            first=TUESDAY.end + timedelta(days=1),
            last=TUESDAY.end,
            reported=TUESDAY.end,
            text="took it",
        )
    for numbers in ((10, 9.0, 12.0, 15.0), (1, 5.0, 4.0, 6.0), (1, 2.0, 9.0, 8.0)):
        with pytest.raises(ValueError, match="needs 0 <= recorded <= low <= point <= high"):
            Estimate("Raqqa", "mse", *numbers)
    with pytest.raises(ValueError, match="level 1 is not between"):
        Estimate("Raqqa", "mse", 1, 2.0, 3.0, 4.0, 1)
    with pytest.raises(ValueError, match="has no name"):
        VictimRecord("p", "list", ())
    with pytest.raises(ValueError, match=r"not within 0\.\.130"):
        VictimRecord("p", "list", ("أحمد",), age=200)
    with pytest.raises(ValueError, match="is not female, male or None"):
        VictimRecord("p", "list", ("أحمد",), sex="m")


def test_a_refusal_names_four_things() -> None:
    """Subject, value, rule and next step stand in the message, in that order; no value, no quotation marks."""
    assert str(Wrong("--published", "26/13/2014", "is no date", "write 2014-11-26")) == (
        '--published: "26/13/2014" is no date; write 2014-11-26.'
    )
    assert str(Wrong("obs/", None, "is missing", "make it")) == "obs/: is missing; make it."
    assert {f.name for f in fields(Claim)} >= {"claim_id", "report_id", "start", "end", "text"}
