"""The gate for what stands beside incidents: what is told of a statement, when, and how finely."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import canary
import cases
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stated import DAY, KOBANI, NAMES, NOW, OPEN, fled, known, told

from marsad.model import ReportId, Stance, When
from marsad.model.knowledge import Knowledge
from marsad.publish.disclose_context import (
    Held,
    Stated,
    disclose_holding,
    disclose_statement,
    last_day,
    with_ids,
)
from marsad.publish.public import PublicTopic, compose


def test_a_public_statement_is_told_with_its_words_and_its_place_to_a_tenth_of_a_degree() -> None:
    """Finer than that nobody's position is told, however well the place is known."""
    shown = told(known())
    assert shown is not None
    assert shown.point is not None
    assert (shown.told.party, shown.told.words, shown.told.last) == ("a:islamic-state", "seized parts of town", DAY)
    assert (shown.point.latitude, shown.point.longitude, shown.point.precision) == (36.9, 38.4, 2)
    assert [party.name for party in shown.parties] == ["Islamic State"]


@pytest.mark.parametrize(
    ("one", "address", "party"),
    [
        (known(), "https://t.me/somebody/3", "Islamic State"),
        (known(), None, "Islamic State"),
        (known(), OPEN, "Khalid the baker"),
        (known(), OPEN, None),
        (known(place=None), OPEN, "Islamic State"),
        (known(place=replace(KOBANI, words="the field hospital in Kobani")), OPEN, "Islamic State"),
        (known(facility="hospital"), OPEN, "Islamic State"),
        (known(topic="displaced", act=None, place=None), OPEN, None),
    ],
)
def test_nothing_is_told_of_private_reports_persons_and_sensitive_places(
    one: Knowledge, address: str | None, party: str | None
) -> None:
    """An account is a person's; a name with a capital that the register does not know may be one's."""
    assert told(one, address, party) is None


def test_words_without_a_capital_describe_and_name_nobody() -> None:
    """Rebels may be told; whoever has a name is told by the register or not at all."""
    shown = told(known(), party="rebels")
    assert shown is not None
    assert (shown.told.party, shown.parties) == ("rebels", ())
    meeting = Stated(known("meeting", "met"), OPEN, "YPG", ("Khalid the baker", "elders", "Islamic State"))
    both = disclose_statement(meeting, cases.policy(), NOW, NAMES)
    assert both is not None
    assert both.told.others == ("elders", "a:islamic-state")


@pytest.mark.parametrize(
    ("topic", "act", "days"),
    [
        ("control", "gained", 14),
        ("arms_transfer", "delivered", 14),
        ("relief", "evacuated", 3),
        ("statement", "said", 1),
    ],
)
def test_each_topic_has_its_embargo_from_the_end_of_the_day_everywhere_on_earth(
    topic: str, act: str, days: int
) -> None:
    """Who holds a place waits two weeks; a minute before, nothing is told."""
    over = datetime(2014, 10, 7, 12, tzinfo=UTC) + timedelta(days=days)
    assert told(known(topic, act), now=over) is not None
    assert told(known(topic, act), now=over - timedelta(minutes=1)) is None


def test_a_plan_is_not_told_before_its_day_is_over() -> None:
    """A convoy that is announced for next week can be waited for."""
    coming = When(date(2014, 12, 27), date(2014, 12, 27), 1, "next Saturday")
    assert told(known("relief", "delivered", occurred=coming, stance=Stance.PLANNED)) is None


def test_a_time_without_a_zone_is_refused() -> None:
    """An embargo is counted from the end of a day: without a zone nobody knows when that is."""
    with pytest.raises(ValueError, match="zone"):
        last_day(PublicTopic.CONTROL, cases.policy(), NOW.replace(tzinfo=None))


@given(st.integers(1, 4), st.integers(0, 100_000))
def test_few_people_are_no_number_and_no_words(few: int, more: int) -> None:
    """Neither end of a range may single somebody out; a number of nobody singles out nobody."""
    shown = told(fled(few, few + more, few + more), party=None)
    assert shown is not None
    assert shown.told.suppressed
    assert (shown.told.low, shown.told.value, shown.told.high, shown.told.words) == (None, None, None, None)


def test_words_with_a_way_to_reach_somebody_or_a_sensitive_place_are_not_told() -> None:
    """The statement stays, without them."""
    for words in ("call +963 944 123 456 now", "from the hospital to it"):
        shown = told(known(text=words, end=len(words)))
        assert shown is not None
        assert shown.told.words is None


def test_a_source_that_is_not_public_is_not_named() -> None:
    """What he says is told with the outlet alone."""
    shown = told(known(source="Khalid the baker"))
    assert shown is not None
    assert (shown.told.source, shown.told.outlet) == (None, "Meridian Press")


PRIVATE: list[tuple[str, Callable[[str], Knowledge]]] = [
    ("knowledge_id", lambda token: known(knowledge_id=token)),
    ("report_id", lambda token: known(report_id=ReportId(token))),
    ("party", lambda token: known(party=token)),
    ("others", lambda token: known(others=(token,))),
    ("sentence", lambda token: known(sentence=token)),
    ("extent", lambda token: known(extent=token)),
    ("source", lambda token: known(source=token)),
    ("chain", lambda token: known(chain=(token,))),
    ("occurred.words", lambda token: known(occurred=When(DAY, DAY, 1, token))),
    ("place.words", lambda token: known(place=replace(KOBANI, words=token))),
    ("place.place_id", lambda token: known(place=replace(KOBANI, place_id=token))),
    ("weapon", lambda token: known(weapon=token)),
    ("flags", lambda token: known(flags=(token,))),
    ("target", lambda token: known(relation="before", target=token)),
    ("rule", lambda token: known(rule=token)),
    ("status", lambda token: known(status=token)),
]


@pytest.mark.parametrize(("field", "make"), PRIVATE, ids=[name for name, _ in PRIVATE])
def test_what_is_told_is_the_same_to_the_byte_whatever_private_fields_hold(
    field: str, make: Callable[[str], Knowledge]
) -> None:
    """A token in each private field: nothing of it comes out, and nothing else changes with it."""
    one, other = told(make(f"{canary.LATIN}1")), told(make(f"{canary.LATIN}2"))
    assert one is not None
    assert one == other, field
    assert canary.leaks(repr(one).encode()) == []
    assert with_ids([one]) == with_ids([other])


def test_who_held_a_place_ends_with_the_embargo_and_needs_a_public_name_for_everybody() -> None:
    """A share that cannot be told would be told by subtraction."""
    names = {"Islamic State": compose("a:islamic-state")}
    held = Held("p", DAY, DAY + timedelta(days=30), "held", (("Islamic State", 0.9512),), 0.05, False, ("k1",))
    last = DAY + timedelta(days=9)
    shown = disclose_holding(held, compose("p"), None, names, last)
    assert shown is not None
    assert (shown.first, shown.last, shown.shares[0].share) == (DAY, last, 0.95)
    assert disclose_holding(held, compose("p"), None, names, DAY - timedelta(days=1)) is None
    assert disclose_holding(held, compose("p"), None, {}, last) is None
    assert disclose_holding(replace(held, verdict="unknown"), compose("p"), None, names, last) is None
