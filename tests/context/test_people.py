"""Who lived, lives and fled: stocks and flows kept apart, households as persons by a named factor, nobody counted twice."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.context.moving import Movement, balances, distinct, flows_of, method_change, per_100_000
from marsad.context.people import Flow, People, factor_for, included, people_of, persons_of
from marsad.model import Bound, Count, Place, Polarity, ReportId, Scope, Stance, When
from marsad.model.knowledge import Knowledge

DAY = date(2014, 9, 22)
SARRIN = Place("Sarrin", "gn:9", "Sarrin", None, "SY", "Aleppo", 36.6, 38.3, 1)


def number(
    text: str, sentence: str, low: int | None, high: int | None = None, topic: str = "displaced", **more: Any
) -> Knowledge:
    """Return what a sentence says of so many people."""
    made: dict[str, Any] = {
        "knowledge_id": f"{text}|{sentence}",
        "report_id": ReportId("r"),
        "start": 0,
        "end": len(text),
        "text": text,
        "sentence": sentence,
        "topic": topic,
        "act": None,
        "party": None,
        "others": (),
        "content": None,
        "extent": None,
        "place": SARRIN,
        "facility": None,
        "occurred": None,
        "source": "An agency",
        "outlet": "The Daily",
        "chain": ("An agency",),
        "reported": DAY,
        "recorded": DAY,
        "stance": Stance.ASSERTED,
        "polarity": Polarity.AFFIRMED,
        "value": low,
        "low": low,
        "high": high if high is not None else low,
        "bound": Bound.EXACT,
        "scope": Scope.BACKGROUND,
        "status": "unknown",
        "weapon": None,
        "flags": (),
        "relation": None,
        "target": None,
        "rule": "plain",
        "score": 0.9,
    }
    return Knowledge(**{**made, **more})


@pytest.mark.parametrize(
    ("text", "sentence", "flow"),
    [
        ("2,000 people", "About 2,000 people fled Sarrin.", Flow.NEW),
        ("9,000", "In all 9,000 had been displaced by Friday.", Flow.NEW),
        ("900 people", "Some 900 people went back to Sarrin.", Flow.RETURNED),
        ("4,000 displaced people", "The schools shelter 4,000 displaced people.", Flow.PRESENT),
        ("610,000 Syrian refugees", "Jordan hosts 610,000 Syrian refugees.", Flow.REFUGEES),
        ("300 asylum seekers", "Serbia counted 300 asylum seekers.", Flow.ASYLUM_SEEKERS),
        ("نحو 130 ألف شخص", "قالت الوكالة إن نحو 130 ألف شخص فروا إلى تركيا.", Flow.NEW),
        ("20 ألف نازح", "في المدينة 20 ألف نازح.", Flow.PRESENT),
        ("9,000", "The fighting left 9,000 without a home.", Flow.DISPLACED),
    ],
)
def test_words_tell_what_displaced_people_are_counted_as(text: str, sentence: str, flow: Flow) -> None:
    """Who fled, who came back, who lives there: never one number."""
    told = people_of(number(text, sentence, 9))
    assert told is not None
    assert told.flow is flow


@pytest.mark.parametrize(
    ("sentence", "leaving"),
    [
        ("About 2,000 people fled the town of Sarrin.", True),
        ("About 2,000 people fled to Sarrin.", False),
        ("ونزح نحو 2,000 شخص من مدينة Sarrin.", True),
    ],
)
def test_words_before_a_place_tell_whether_they_came_or_went(sentence: str, leaving: bool) -> None:
    """From it, and to it."""
    told = people_of(number("2,000", sentence, 2_000))
    assert told is not None
    assert (told.flow, told.leaving) == (Flow.NEW, leaving)


def test_who_left_a_place_and_who_came_to_it_are_two_movements() -> None:
    """900 came, then 2,000 left, the 900 perhaps among them."""
    came = number("900", "Some 900 people fled to Sarrin.", 900, occurred=When(DAY, DAY, 1))
    left = number("2,000", "About 2,000 people fled Sarrin.", 2_000, reported=date(2014, 10, 1))
    moves = flows_of(filter(None, map(people_of, (came, left))))
    assert [(m.origin, m.destination) for m in moves] == [(None, "gn:9"), ("gn:9", None)]
    assert distinct(moves) == Count(2_000, None, 2_900)


def test_the_clause_of_the_number_decides_not_its_neighbour() -> None:
    """900 returned, 4,000 shelter there."""
    sentence = "Some 900 people returned to Sarrin, while 4,000 displaced people shelter in its schools."
    flows = [people_of(number(text, sentence, 9)) for text in ("900 people", "4,000 displaced people")]
    assert [told.flow for told in flows if told] == [Flow.RETURNED, Flow.PRESENT]


def test_a_population_of_before_the_war_is_told_from_one_of_now() -> None:
    """Two numbers of one sentence."""
    sentence = "Sarrin had a pre-war population of 9,000 but now 20,000 live there."
    told = [people_of(number(text, sentence, 9, topic="population")) for text in ("9,000", "20,000")]
    assert [t.baseline for t in told if t] == [True, False]
    assert all(t.stock for t in told if t)


def test_households_are_persons_by_a_named_factor() -> None:
    """100 families of Syria are 400 to 700 persons, of Iraq 500 to 800; the number of households is kept."""
    told = people_of(number("100 families", "About 100 families fled Sarrin.", 100))
    assert told is not None
    assert told.persons == Count(400, 500, 700)
    assert told.households == Count(100, None, 100)
    assert told.factor == factor_for("SY")
    assert factor_for("IQ").best == 6
    assert persons_of(Count(10, None, None), factor_for("IQ")) == Count(50, None, None)


def test_a_number_that_is_denied_is_nobody_s() -> None:
    """What was taken back is no stock and no flow."""
    assert people_of(number("900", "900 people fled.", 900, polarity=Polarity.NEGATED)) is None
    assert people_of(number("900", "900 were killed.", 900, topic="killed")) is None


def test_many_among_the_inhabitants_are_no_more_than_they() -> None:
    """No number is told: the sentence bounds it all the same, and says from what."""
    sentence = "Sarrin is home to 20,000 people, including many displaced by the war."
    known = {
        k.knowledge_id: k
        for k in (
            number("20,000 people", sentence, 20_000, topic="population"),
            number("many displaced", sentence, None, None),
        )
    }
    told = included(filter(None, map(people_of, known.values())), known)
    [displaced] = [p for p in told if p.flow is Flow.PRESENT]
    assert displaced.persons == Count(0, None, 20_000)
    assert displaced.derived


def test_a_row_says_by_its_field_what_it_counts() -> None:
    """The column decides, and the row tells where they came from."""
    text = "displaced_refugees (refugees): 815000"
    row = f"origin (coo_name): Syria\nplace (coa_name): Turkey\n{text}\n"
    told = people_of(number(text, row, 815_000, rule="row", occurred=When(date(2014, 1, 1), date(2014, 12, 31), 5)))
    assert told is not None
    assert (told.flow, told.origin, told.last) == (Flow.REFUGEES, "Syria", date(2014, 12, 31))


def _people(flow: Flow, day: date, count: int, source: str = "An agency", first: date | None = None) -> People:
    return People(
        knowledge_id=f"{flow}{day}{count}{source}",
        report_id="r",
        source=source,
        outlet="The Daily",
        flow=flow,
        place_key="gn:9",
        place_name="Sarrin",
        first=first,
        last=day,
        reported=day,
        persons=Count(count, None, count),
        households=None,
        factor=None,
        baseline=False,
        origin=None,
        text=str(count),
    )


def test_who_flees_twice_is_one_person() -> None:
    """A to B, then B to C: between those who came to B and both numbers together."""
    first = Movement("A", "B", Count(1000, 1000, 1000), None, date(2014, 9, 1))
    second = Movement("B", "C", Count(600, 600, 600), None, date(2014, 10, 1))
    assert distinct([first, second]) == Count(1000, None, 1600)
    assert distinct([second, first]) == Count(1000, None, 1600)
    elsewhere = Movement("D", "C", Count(50, 50, 50), None, date(2014, 10, 1))
    assert distinct([first, elsewhere]) == Count(1050, 1050, 1050)


_TOWNS = st.sampled_from(["A", "B", "C", None])


@given(st.lists(st.tuples(_TOWNS, _TOWNS, st.integers(0, 900), st.integers(1, 28)), max_size=8))
def test_different_people_are_no_more_than_all_numbers_and_no_fewer_than_the_largest_from_nowhere(
    moves: list[tuple[str | None, str | None, int, int]],
) -> None:
    """Whatever the chain."""
    made = [Movement(a, b, Count(n, n, n), None, date(2014, 9, day)) for a, b, n, day in moves]
    found = distinct(made)
    assert found.high == sum(n for _, _, n, _ in moves)
    assert found.low >= sum(n for a, _, n, _ in moves if a is None)


def test_a_movement_that_grows_is_one_movement() -> None:
    """45,000, 130,000 and 138,000 crossed: one flight, told by two as it grew; next month's is another."""
    told = [
        _people(Flow.NEW, date(2014, 9, 20), 45_000, "Government"),
        _people(Flow.NEW, date(2014, 9, 22), 130_000),
        _people(Flow.NEW, date(2014, 9, 23), 138_000, first=date(2014, 9, 19)),
        _people(Flow.NEW, date(2014, 11, 5), 3_000, first=date(2014, 11, 1)),
    ]
    assert [m.persons for m in flows_of(told)] == [Count(45_000, None, 138_000), Count(3_000, None, 3_000)]
    assert distinct(flows_of(told)) == Count(48_000, None, 141_000)


def test_stocks_are_set_against_the_flows_between_them() -> None:
    """10,000 more where 12,000 fled and 1,500 returned: 500 fewer than flows explain."""
    told = [
        _people(Flow.PRESENT, date(2013, 12, 31), 50_000),
        _people(Flow.PRESENT, date(2014, 12, 31), 60_000),
        _people(Flow.NEW, date(2014, 12, 31), 12_000, first=date(2014, 1, 1)),
        _people(Flow.RETURNED, date(2014, 12, 31), 1_500, first=date(2014, 1, 1)),
    ]
    [balance] = balances(told)
    assert balance.grew == (10_000, 10_000)
    assert balance.unexplained == (-500, -500)
    assert balances(told[:2])[0].unexplained is None


def test_a_stock_counted_in_another_way_since_is_not_compared() -> None:
    """UNHCR's refugees before and after 2007; its displaced people go on."""
    assert method_change("UNHCR", Flow.REFUGEES, date(2006, 12, 31), date(2007, 12, 31))
    assert method_change("UNHCR", Flow.REFUGEES, date(2007, 12, 31), date(2008, 12, 31)) is None
    assert method_change("UNHCR", Flow.PRESENT, date(2006, 12, 31), date(2007, 12, 31)) is None


def test_a_toll_by_inhabitants_is_a_range_where_either_is() -> None:
    """95 of 300,000 to 350,000; nobody is a share of a place of nobody."""
    low, high = per_100_000(Count(95, 95, 95), Count(300_000, None, 350_000))
    assert (low, high) == (Fraction(95, 35 * 10**4) * 10**5, Fraction(95, 3 * 10**5) * 10**5)
    assert per_100_000(Count(95, None, None), Count(300_000, None, 300_000))[1] is None
    with pytest.raises(ValueError, match="inhabitants"):
        per_100_000(Count(1, 1, 1), Count(0, None, None))
