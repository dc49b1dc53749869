"""Which claims speak of one incident: hard cases, one a test."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import (
    DUMA,
    DUMA_AR,
    LOST,
    MSF,
    RIF,
    SARAQIB,
    SNHR,
    SOHR,
    SYRIA,
    TUESDAY,
    ZABADANI,
    Prints,
    at_least,
    children,
    civilians,
    day,
    when,
)

from marsad.model import Bound, Decision, DecisionKind, Measure, Scope

WORDS = " ".join(f"word{k}" for k in range(60))
MONDAY = TUESDAY - timedelta(1)


def incidents(*told: tuple[int, dict[str, Any]]) -> list[int]:
    """Return the sizes, in reports, of the incidents that reports (day of print, claim) make, largest first."""
    made = Prints()
    for n, (printed, one) in enumerate(told):
        made.add(f"Outlet {n}", day(printed), one)
    return [len(reports) for reports in made.together()]


def test_one_town_on_one_day_is_one_incident() -> None:
    """Different numbers of different monitors, one day, one town."""
    assert incidents((25, {"by": SOHR}), (26, {"value": 15, "by": SNHR}), (27, {"value": 1})) == [3]


def test_a_town_in_two_scripts_is_one_town() -> None:
    """Duma and دوما are one place of the gazetteer."""
    assert incidents((25, {"place": DUMA}), (26, {"place": DUMA_AR, "value": 20})) == [2]


def test_two_towns_are_two_incidents_even_with_one_number() -> None:
    """Twelve dead in each of two towns on one day were twenty-four."""
    assert incidents((25, {"place": DUMA}), (25, {"place": ZABADANI})) == [1, 1]


def test_neighbouring_days_join_over_a_shared_number() -> None:
    """One report dates the strike to Monday, another to Tuesday; both count twelve."""
    assert incidents((25, {"on": MONDAY}), (26, {"on": TUESDAY})) == [2]


@pytest.mark.long
def test_neighbouring_days_stay_apart_without_a_shared_number() -> None:
    """Twelve on Monday and thirty on Tuesday are two attacks; so are one and one, for ones are everywhere."""
    assert incidents((25, {"on": MONDAY}), (26, {"on": TUESDAY, "value": 30})) == [1, 1]
    assert incidents((25, {"on": MONDAY, "value": 1}), (26, {"on": TUESDAY, "value": 1})) == [1, 1]


def test_one_report_that_tells_two_days_apart_keeps_them_apart() -> None:
    """Who writes of Monday's strike and of Tuesday's knows that there were two, whatever number they share."""
    made = Prints()
    made.add("A", day(25), {"on": MONDAY})
    made.add("B", day(26), {"on": TUESDAY})
    made.add("C", day(26), {"on": MONDAY, "value": 12}, {"on": TUESDAY, "value": 14})
    assert [len(s) for s in made.together()] == [2, 2]


@pytest.mark.long
@pytest.mark.parametrize("days", [3, 4, 10])
def test_a_town_that_loses_as_many_every_day_is_no_single_incident(days: int) -> None:
    """Three dead a day for days on end: no chain of neighbours makes them one."""
    told = [(20 + n, {"on": day(20 + n), "value": 3}) for n in range(days)]
    assert incidents(*told) == [1] * days


@pytest.mark.long
def test_chains_over_several_numbers_do_not_merge_more_than_two_days() -> None:
    """Monday and Tuesday share twelve, Tuesday and Wednesday thirty: the three days are not one incident."""
    sizes = incidents(
        (24, {"on": day(24)}),
        (25, {"on": day(25)}),
        (25, {"on": day(25), "value": 30}),
        (26, {"on": day(26), "value": 30}),
    )
    assert sum(sizes) == 4
    assert len(sizes) > 1


def test_an_undated_report_goes_to_the_day_that_shares_its_number() -> None:
    """News without a day, printed on the 27th, counts as the 25th's where that day has its number, not the 26th's."""
    undated = {"on": when(day(24), day(27)), "value": 30}
    made = Prints()
    first = made.add("A", day(25), {"on": day(25), "value": 30})
    made.add("B", day(26), {"on": day(26), "value": 12})
    last = made.add("C", day(27), undated)
    assert {first, last} in made.together()


def test_an_undated_report_goes_to_the_latest_day_otherwise() -> None:
    """News without a day and with a number of its own speaks of the latest attack it can mean."""
    made = Prints()
    made.add("A", day(24), {"on": day(24), "value": 30})
    second = made.add("B", day(26), {"on": day(26), "value": 12})
    last = made.add("C", day(27), {"on": when(day(24), day(27)), "value": 50})
    assert {second, last} in made.together()


@pytest.mark.long
def test_undated_reports_of_a_few_days_join_over_their_number() -> None:
    """The same toll told as news on three days running is one incident; in a longer row it is not."""
    told = [(25 + n, {"on": when(day(22 + n), day(25 + n)), "value": 95}) for n in range(3)]
    assert incidents(*told) == [3]
    row = [(25 + n, {"on": when(day(22 + n), day(25 + n)), "value": 95}) for n in range(12)]
    assert max(incidents(*row)) <= 4


@pytest.mark.long
@pytest.mark.parametrize("place", [RIF, SYRIA, None])
def test_a_wider_place_joins_by_number_alone(place: Any) -> None:
    """A province, a country or no place at all, on that day: 95 is Duma's 95, and 40 is somebody else's."""
    made = Prints()
    duma = made.add("A", day(25), at_least(95))
    made.add("B", day(25), {"place": ZABADANI, "value": 20})
    shares = made.add("C", day(26), {"place": place, "value": 95})
    other = made.add("D", day(26), {"place": place, "value": 40})
    assert {duma, shares} in made.together()
    assert {other} in made.together()


def test_a_wider_place_with_a_number_that_two_share_joins_neither() -> None:
    """Twelve in Duma, twelve in Zabadani, twelve "in Syria": nobody can tell which."""
    assert incidents((25, {}), (25, {"place": ZABADANI}), (26, {"place": SYRIA})) == [1, 1, 1]


@pytest.mark.long
def test_a_wider_place_of_another_province_or_day_joins_nothing() -> None:
    """The number alone is not enough: province and day must fit."""
    assert incidents((25, {"place": SARAQIB}), (26, {"place": RIF})) == [1, 1]
    assert incidents((25, {}), (28, {"place": SYRIA, "on": day(28)})) == [1, 1]


@pytest.mark.long
def test_the_lone_incident_of_a_province_takes_a_report_without_a_number() -> None:
    """One air strike in the province that day: "many" dead in air strikes on the province are its dead.

    A number that contradicts it, or another weapon, leaves the matter to a person.
    """
    many = {"place": RIF, "value": None, "bound": Bound.VAGUE}
    assert incidents((25, {}), (26, many)) == [2]
    assert incidents((25, {}), (26, {"place": RIF, "value": 40, "weapon": "shelling"})) == [1, 1]


@pytest.mark.long
def test_unplaced_reports_of_one_day_are_not_one_incident() -> None:
    """Two reports that name no place, each with a number of its own, are two incidents; a shared number joins them."""
    assert incidents((25, {"place": None, "value": 8}), (25, {"place": None, "value": 40})) == [1, 1]
    assert incidents((25, {"place": None, "value": 40}), (25, {"place": None, "value": 40})) == [2]


def test_an_unknown_place_is_a_place() -> None:
    """A village that no gazetteer knows is one place in every report that spells it so."""
    assert incidents((25, {"place": LOST}), (25, {"place": LOST, "value": 20})) == [2]


@pytest.mark.long
def test_an_unknown_place_may_lie_in_a_known_one() -> None:
    """A village that no gazetteer knows joins the one incident of its day with its number, and else stands alone."""
    assert incidents((25, {"value": 95}), (26, {"place": LOST, "value": 95})) == [2]
    assert incidents((25, {"place": RIF, "value": 95}), (26, {"place": LOST, "value": 95})) == [2]
    assert incidents((25, {"value": 95}), (26, {"place": LOST, "value": 40, "weapon": "shelling"})) == [1, 1]


@pytest.mark.long
def test_copies_follow_what_they_copy() -> None:
    """Printed a week later, "on Tuesday" is read from another day; the copy still speaks of the first Tuesday."""
    made = Prints()
    made.add("Wire", day(26), {"on": TUESDAY}, words=WORDS)
    made.add("Late", day(26 + 7), {"on": TUESDAY + timedelta(7)}, words=WORDS)
    assert [len(s) for s in made.together()] == [2]
    assert "copied-text" in {rule for _, rule in made.roles().values()}


def test_an_outlet_that_prints_the_same_words_another_day_has_news() -> None:
    """ "Two were killed in Duma on Tuesday", a week apart, by one outlet: two incidents. Whoever copies follows the later."""
    made = Prints()
    one = made.add("Wire", day(18), {"on": day(18)}, words=WORDS)
    two = made.add("Wire", day(25), {"on": day(25)}, words=WORDS)
    copy = made.add("Copier", day(26), {"on": day(25)}, words=WORDS)
    assert made.together() == [{two, copy}, {one}]


def test_a_reworded_report_of_another_week_is_no_copy() -> None:
    """A monitor's daily sentence hardly changes its words: what makes a copy is that the day can be the same."""
    made = Prints()
    made.add("Wire", day(18), {"on": day(18), "by": SOHR}, words=WORDS)
    made.add("Courier", day(25), {"on": day(25), "by": SOHR}, words=WORDS + " again")
    assert [len(s) for s in made.together()] == [1, 1]


def test_a_sentence_with_another_town_in_it_is_no_copy() -> None:
    """The same words but for the name of the town speak of two incidents."""
    made = Prints()
    made.add("Wire", day(26), {"place": DUMA, "by": SOHR}, words=WORDS + " Duma")
    made.add("Courier", day(26), {"place": SARAQIB, "by": SOHR}, words=WORDS + " Saraqib")
    assert [len(s) for s in made.together()] == [1, 1]


@pytest.mark.long
def test_totals_of_a_war_stand_beside_the_incident_of_their_report() -> None:
    """Running totals, sums over incidents and earlier matters are shown with the report's incident and make none."""
    made = Prints()
    report = made.add(
        "A",
        day(26),
        {},
        {"value": 195_000, "scope": Scope.CUMULATIVE, "on": None, "place": SYRIA},
        {"value": 40, "scope": Scope.AGGREGATE},
        {"value": 7, "scope": Scope.BACKGROUND, "on": date(2013, 1, 1)},
    )
    made.add("B", day(26), {"value": 195_000, "scope": Scope.CUMULATIVE, "place": SYRIA})
    assert made.together() == [{report}]
    assert [made.roles()[made.claim_of(report, n)][0] for n in range(4)] == ["counted", "context", "context", "context"]


def test_populations_are_no_harm() -> None:
    """A city of 220,000 and 3 million displaced are in no incident."""
    told = [{"measure": measure, "value": 220_000} for measure in (Measure.POPULATION, Measure.DISPLACED)]
    assert incidents(*((26, one) for one in told)) == []


@pytest.mark.long
def test_incidents_of_long_ago_have_days_too() -> None:
    """Days before 1970 are days: 1965 is neither undated nor 1969."""
    old = date(1965, 10, 1)
    days: list[dict[str, Any]] = [{"on": old}, {"on": old, "value": 20}, {"on": None}, {"on": date(1969, 12, 31)}]
    assert incidents(*((25, one) for one in days)) == [2, 1, 1]


def _decision(made: Prints, report: str, kind: DecisionKind, **body: Any) -> Decision:
    one = next(c for c in made.claims if c.report_id == report)
    return Decision(
        f"{report}:{one.start}-{one.end}", kind, 1, body, "reader-1", "read it", datetime(2015, 1, 1, tzinfo=UTC)
    )


@pytest.mark.long
def test_what_a_person_joins_and_parts_stays_so_and_copies_go_along() -> None:
    """Joined over any distance, parted within one town and day; the copy of a parted report goes with it."""
    made = Prints()
    one = made.add("A", day(18), {"on": day(18)})
    two = made.add("B", day(26), {"value": 40}, words=WORDS)
    copy = made.add("C", day(27), {"value": 40}, words=WORDS)
    three = made.add("D", day(26), {"value": 50, "by": MSF})
    assert [len(s) for s in made.together()] == [3, 1]
    anchor = f"{one}:0-9"
    assert {one, three} in made.together([_decision(made, three, DecisionKind.JOIN, **{"with": anchor})])
    assert made.together([_decision(made, two, DecisionKind.APART, name="the mosque")])[0] == {two, copy}


@pytest.mark.long
@pytest.mark.parametrize("words", [WORDS, WORDS.replace("word7 ", "other ")])
@pytest.mark.parametrize("body", [{"value": 59, "low": 59, "high": 59}, {"occurred": ["2014-11-20", "2014-11-20"]}])
def test_what_a_person_corrects_its_copies_still_copy(words: str, body: dict[str, Any]) -> None:
    """The wire's number or day was misread: its copy, word for word or reworded, does not bring the misreading back."""
    made = Prints()
    wire = made.add("Wire", day(26), {"value": 95}, words=WORDS)
    made.add("Copier", day(26), {"value": 95}, words=words)
    correction = _decision(made, wire, DecisionKind.CORRECT, **body)
    assert [len(s) for s in made.together([correction])] == [2]
    tolls = made.derived([correction])["toll"].to_pylist()
    assert {row["high"] for row in tolls if row["category"] == "total"} == {body.get("high", 95)}


@pytest.mark.long
def test_joins_in_a_circle_are_one_incident() -> None:
    """A with B, B with C, C with A: whoever began, they end together."""
    made = Prints()
    ids = [made.add(f"Outlet {n}", day(20 + n), {"on": day(20 + 2 * n), "value": 20 + n}) for n in range(3)]
    assert [len(s) for s in made.together()] == [1, 1, 1]
    joins = [_decision(made, ids[n], DecisionKind.JOIN, **{"with": f"{ids[(n + 1) % 3]}:0-9"}) for n in range(3)]
    assert made.together(joins) == [set(ids)]


@pytest.mark.long
@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_arrival_of_reports_of_different_days_does_not_matter(order: list[int]) -> None:
    """Reports of one attack in any order make the same incidents."""
    told: list[tuple[int, list[dict[str, Any]]]] = [
        (25, [at_least(63)]),
        (26, [{**at_least(95), "by": SOHR}, civilians(52)]),
        (27, [{"value": 95, "on": MONDAY}]),
        (28, [{"value": 95, "place": SYRIA, "on": when(day(25), day(28))}]),
        (29, [children(5), {"value": 120, "measure": Measure.INJURED}]),
        (30, [{"place": ZABADANI, "value": 4}]),
    ]
    made = Prints()
    by_report = {}
    for n in order:
        by_report[made.add(f"Outlet {n}", day(told[n][0]), *told[n][1])] = n
    assert [{by_report[r] for r in reports} for reports in made.together()] == [{0, 1, 2, 3, 4}, {5}]
