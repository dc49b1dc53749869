"""Each published method by its own examples and edge rules, with where the rule is published."""

from typing import Any

import pytest
from dockets import Told, docket
from hypothesis import given, settings
from hypothesis import strategies as st
from told import GOVERNMENT, MSF, SNHR, SOHR, at_least, children, civilians, fighters, nobody, unknown

from marsad.assess.deaths import deaths_of, spread
from marsad.assess.method import figures_of
from marsad.assess.policies import POLICIES, SHIPPED
from marsad.assess.stage import tolls_of
from marsad.model import Bound, Category, Count, Measure, Role, Toll
from marsad.text.words import LANGUAGES, say

TOTAL, CIVILIANS, COMBATANTS = Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS
RESIDENTS, HOSPITAL = "residents", MSF[0]


def vague(low: int, high: int, words: str) -> dict[str, Any]:
    return {"value": None, "low": low, "high": high, "bound": Bound.VAGUE, "text": words}


def hurt(value: int) -> dict[str, Any]:
    return {"value": value, "measure": Measure.INJURED, "text": f"{value} wounded"}


def counts(policy: str, *told: Told, **given: Any) -> dict[Category, Count | None]:
    _, figures = figures_of(docket(*told, **given), Measure.KILLED, POLICIES[policy])
    return {category: found.count for category, found in figures.items()}


def rules(policy: str, *told: Told, category: Category = TOTAL) -> list[str]:
    _, figures = figures_of(docket(*told), Measure.KILLED, POLICIES[policy])
    return [step.rule for step in figures[category].why.walk()]


# --- Airwars: contested status ----------------------------------------------------------------------------------------


def test_airwars_has_no_minimum_on_either_side_of_a_contested_status() -> None:
    """A monitor counts ten civilians, residents ten fighters: 0 to 10 of either, ten in all. Airwars, methodology."""
    found = counts("airwars", (SOHR[0], civilians(10)), (RESIDENTS, fighters(10)))
    assert (found[CIVILIANS], found[COMBATANTS]) == (Count(0, None, 10), Count(0, None, 10))
    assert found[TOTAL] == Count(10, None, 10)


def test_airwars_does_not_call_contested_what_can_both_be_so() -> None:
    """Five civilians of ten here, five fighters of ten there: nobody contradicts anybody."""
    found = counts(
        "airwars",
        (SOHR[0], {"value": 10}),
        (SOHR[0], civilians(5)),
        (RESIDENTS, {"value": 10}),
        (RESIDENTS, fighters(5)),
    )
    assert found[TOTAL] == Count(10, None, 10)
    assert found[CIVILIANS] == Count(0, None, 5)  # five, and what ten leave beside five fighters: nought to five
    assert "policy.contested-status" not in rules(
        "airwars",
        (SOHR[0], {"value": 10}),
        (SOHR[0], civilians(5)),
        (RESIDENTS, {"value": 10}),
        (RESIDENTS, fighters(5)),
        category=CIVILIANS,
    )


def test_airwars_calls_contested_what_does_not_fit_the_total() -> None:
    """Eight civilians of ten, and eight fighters of the same ten: no minimum on either side."""
    told = ((SOHR[0], {"value": 10}), (SOHR[0], civilians(8)), (RESIDENTS, {"value": 10}), (RESIDENTS, fighters(8)))
    found = counts("airwars", *told)
    assert [found[c] and found[c].low for c in (CIVILIANS, COMBATANTS)] == [0, 0]  # type: ignore[union-attr]
    assert "policy.contested-status" in rules("airwars", *told, category=CIVILIANS)


def test_airwars_hears_a_belligerent_for_context_alone() -> None:
    """A monitor says ten civilians, the army ten fighters: ten civilians. Airwars, annex on patterns of civilian harm."""
    assert counts("airwars", (SOHR[0], civilians(10)), (GOVERNMENT, fighters(10)))[CIVILIANS] == Count(10, None, 10)


# --- UCDP: four columns ------------------------------------------------------------------------------------------------


def test_ucdp_puts_down_the_civilians_that_the_words_support_and_the_rest_as_unknown() -> None:
    """95 dead, more than half civilians: 48 civilians, 47 of unknown status, best 95. UCDP GED codebook."""
    half = {"value": None, "low": 48, "high": 95, "bound": Bound.FRACTION, "status": civilians(1)["status"]}
    _, figures = figures_of(docket((SOHR[0], {"value": 95}), (SOHR[0], half)), Measure.KILLED, POLICIES["ucdp"])
    found = deaths_of(figures, GOVERNMENT)
    assert found is not None
    assert (found.side_a, found.side_b, found.civilians, found.unknown) == (0, 0, 48, 47)
    assert (found.low, found.best, found.high) == (95, 95, 95)


def test_ucdp_gives_fighters_to_the_side_that_was_hit() -> None:
    """Twelve dead, five civilians, seven fighters: seven of side B where side A did it, else of nobody's."""
    told = ((SOHR[0], {"value": 12}), (SOHR[0], civilians(5)), (SOHR[0], fighters(7)))
    _, figures = figures_of(docket(*told), Measure.KILLED, POLICIES["ucdp"])
    known, not_known = deaths_of(figures, GOVERNMENT), deaths_of(figures, None)
    assert known is not None
    assert not_known is not None
    assert (known.side_b, known.civilians, known.unknown) == (7, 5, 0)
    assert (not_known.side_b, not_known.civilians, not_known.unknown) == (0, 5, 7)


def test_ucdp_has_no_event_without_a_death() -> None:
    """Nobody killed, or thirty wounded and no word of dead: no event. UCDP GED codebook."""
    for told in ((SOHR[0], nobody()), (SOHR[0], hurt(30))):
        _, figures = figures_of(docket(told), Measure.KILLED, POLICIES["ucdp"])
        assert deaths_of(figures) is None


NAMES = st.sampled_from([SOHR[0], SNHR[0], MSF[0], GOVERNMENT, "activists", "Abu Somebody", "officials"])
NUMBERS = st.integers(0, 30)
CLAIMS = st.one_of(
    *(NUMBERS.map(make) for make in (lambda n: {"value": n}, at_least, civilians, fighters, children)),
    st.just(unknown()),
    st.just(nobody()),
    st.just(vague(24, 99, "dozens")),
)


@settings(max_examples=150)
@given(st.lists(st.tuples(NAMES, CLAIMS), min_size=1, max_size=6))
def test_ucdp_best_is_the_sum_of_the_four(told: list[Told]) -> None:
    """Whatever is told: best = a + b + civilians + unknown, none negative, low <= best <= high. UCDP GED codebook."""
    _, figures = figures_of(docket(*told), Measure.KILLED, POLICIES["ucdp"])
    found = deaths_of(figures, GOVERNMENT)
    total = figures[TOTAL].count
    if found is None:
        assert total is None or not total.high
        return
    parts = (found.side_a, found.side_b, found.civilians, found.unknown)
    assert min(parts) >= 0
    assert found.low <= found.best == sum(parts) <= found.high
    assert total is not None
    assert total.best is None or found.best == total.best


# --- ACLED -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "coded"),
    [
        (vague(24, 99, "dozens"), 12),
        (vague(20, 99, "tens"), 10),
        (vague(200, 999, "hundreds"), 100),
        (vague(3, 9, "several"), 3),
        ({"value": None, "low": None, "high": None, "bound": Bound.VAGUE, "text": "many"}, 3),
    ],
)
def test_acled_codes_vague_words(told: dict[str, Any], coded: int) -> None:
    """Dozens 12, tens 10, hundreds 100, several and many 3. ACLED codebook, fatalities."""
    assert counts("acled", (SOHR[0], told))[TOTAL] == Count(coded, coded, coded)


def test_acled_codes_several_as_ten_where_much_else_was_large() -> None:
    """Several killed and sixty wounded: 10. ACLED codebook: 3 or 10 by the scale of the event."""
    assert counts("acled", (SOHR[0], vague(3, 9, "several")), (SOHR[0], hurt(60)))[TOTAL] == Count(10, 10, 10)
    assert counts("acled", (SOHR[0], vague(3, 9, "several")), (SOHR[0], hurt(4)))[TOTAL] == Count(3, 3, 3)


def test_acled_takes_the_lowest_of_conflicting_numbers() -> None:
    """12 and 15: 12; dozens against 30: 12. Parties count too. ACLED codebook, fatalities."""
    assert counts("acled", (SOHR[0], {"value": 12}), (SNHR[0], {"value": 15}))[TOTAL] == Count(12, 12, 12)
    assert counts("acled", (SOHR[0], vague(24, 99, "dozens")), (SNHR[0], {"value": 30}))[TOTAL] == Count(12, 12, 12)
    assert counts("acled", (SOHR[0], {"value": 12}), (GOVERNMENT, {"value": 9}))[TOTAL] == Count(9, 9, 9)


def test_acled_codes_casualties_and_silence_as_none() -> None:
    """Forty casualties and no word of dead, or nothing at all: 0. ACLED codebook, fatalities."""
    both = {"value": 40, "measure": Measure.KILLED_OR_INJURED, "text": "40 casualties"}
    assert counts("acled", (SOHR[0], both))[TOTAL] == Count(0, 0, 0)
    assert counts("acled", (SOHR[0], hurt(5)))[TOTAL] == Count(0, 0, 0)
    assert "policy.casualties-zero" in rules("acled", (SOHR[0], both))


def test_acled_tells_nobody_apart_and_codes_no_wounded() -> None:
    """Five of twelve civilians and thirty wounded: twelve fatalities and nothing else. ACLED codebook, fatalities."""
    told = ((SOHR[0], {"value": 12}), (SOHR[0], civilians(5)), (SOHR[0], hurt(30)))
    tolls = list(tolls_of(docket(*told), POLICIES["acled"]))
    assert {t.measure for t in tolls} == {Measure.KILLED}
    assert {t.category: t.count for t in tolls} == {TOTAL: Count(12, 12, 12), CIVILIANS: None, COMBATANTS: None}


def test_acled_divides_a_number_for_several_days_evenly() -> None:
    """14 in three days: 6, 4, 4; 10 in five: 2 each; one in four: the first day's. ACLED codebook."""
    assert (spread(14, 3), spread(10, 5), spread(1, 4)) == ([6, 4, 4], [2] * 5, [1, 0, 0, 0])
    with pytest.raises(ValueError, match="needs a day"):
        spread(3, 0)


@given(st.integers(0, 5000), st.integers(1, 400))
def test_nobody_is_lost_in_dividing(number: int, days: int) -> None:
    """The days add up, no two but the first differ, and the first has the most."""
    parts = spread(number, days)
    assert (sum(parts), len(parts)) == (number, days)
    assert len(set(parts[1:])) <= 1
    assert parts[0] == max(parts)


# --- Iraq Body Count ---------------------------------------------------------------------------------------------------


def test_ibc_counts_civilians_from_the_lowest_to_the_highest() -> None:
    """Twelve dead, five of them fighters, and fifteen dead: 7 to 15 civilians. Iraq Body Count, methods."""
    told = ((SOHR[0], {"value": 12}), (SOHR[0], fighters(5)), (SNHR[0], {"value": 15}))
    found = counts("ibc", *told)
    assert found[TOTAL] == found[CIVILIANS] == Count(7, None, 15)
    assert found[COMBATANTS] is None


def test_ibc_marks_what_a_single_source_says() -> None:
    """Counted, and openly tracked as single-source. Iraq Body Count, methods (since December 2007)."""
    assert counts("ibc", (SOHR[0], {"value": 12}))[TOTAL] == Count(12, None, 12)
    assert "policy.single-source" in rules("ibc", (SOHR[0], {"value": 12}))
    assert "policy.single-source" not in rules("ibc", (SOHR[0], {"value": 12}), (SNHR[0], {"value": 12}))


# --- OHCHR, UN missions, SNHR ------------------------------------------------------------------------------------------


def test_ohchr_counts_what_two_origins_support() -> None:
    """12 and 15: 12 verified, three more await it; a single origin verifies nobody. OHCHR, HR/PUB/19/1."""
    assert counts("ohchr", (SOHR[0], {"value": 12}), (SNHR[0], {"value": 15}))[TOTAL] == Count(12, 12, 15)
    assert counts("ohchr", (SOHR[0], {"value": 12}))[TOTAL] is None
    assert rules("ohchr", (SOHR[0], {"value": 12})) == ["policy.unverified"]


def test_ohchr_wants_somebody_near_the_dead() -> None:
    """Two outlets, and nobody who counted or saw: not verified; with a hospital: verified."""
    outlets = (("Radio", {"value": 12, "own": True}), ("Gazette", {"value": 12, "own": True}))
    assert counts("ohchr", *outlets)[TOTAL] is None
    assert counts("ohchr", *outlets, (HOSPITAL, {"value": 12}))[TOTAL] == Count(12, 12, 12)


def test_a_party_corroborates_nothing_for_ohchr() -> None:
    """A monitor and the army: one origin."""
    assert counts("ohchr", (SOHR[0], {"value": 12}), (GOVERNMENT, {"value": 12}))[TOTAL] is None


def test_three_types_are_three_kinds_of_people_not_three_sources() -> None:
    """A hospital 10, witnesses 12, officials 15: 10. Three monitors: nobody. UNAMA, methodology."""
    types = ((HOSPITAL, {"value": 10}), (RESIDENTS, {"value": 12}), ("officials", {"value": 15}))
    assert counts("un_three_types", *types)[TOTAL] == Count(10, 10, 15)
    monitors = ((SOHR[0], {"value": 10}), (SNHR[0], {"value": 10}), ("Amnesty International", {"value": 10}))
    assert counts("un_three_types", *monitors)[TOTAL] is None


def test_a_party_s_own_confirmation_is_a_type() -> None:
    """A hospital, witnesses, and the army that did it: three types. Another army's word is none. UNAMA, methodology."""
    two = ((HOSPITAL, {"value": 10}), (RESIDENTS, {"value": 12}))
    assert counts("un_three_types", *two, (GOVERNMENT, {"value": 9}))[TOTAL] == Count(9, 9, 12)
    elsewhere = counts("un_three_types", *two, (GOVERNMENT, {"value": 9}), perpetrator="Islamic State")
    assert elsewhere[TOTAL] is None


def test_snhr_counts_two_who_do_not_know_each_other_or_what_is_seen() -> None:
    """Two origins 12 and 15: 12. One alone: nobody, but for the seven on the footage. SNHR, method (2013)."""
    assert counts("snhr", (SOHR[0], {"value": 12}), (HOSPITAL, {"value": 15}))[TOTAL] == Count(12, 12, 15)
    assert counts("snhr", (SOHR[0], {"value": 12}))[TOTAL] is None
    seen = {"value": 7, "measure": Measure.BODIES_SEEN, "role": Role.CONTEXT, "text": "7 bodies"}
    assert counts("snhr", (SOHR[0], {"value": 12}), ("Radio", seen))[TOTAL] == Count(7, 7, 7)


# --- the words alone ---------------------------------------------------------------------------------------------------


def test_the_words_alone_leave_open_what_nobody_bounds() -> None:
    """At least 95, 20 of them children: 95 and more, and the children no fewer than 20."""
    found = counts("words", (SOHR[0], at_least(95)), (SNHR[0], children(20)))
    assert (found[TOTAL], found[Category.CHILDREN]) == (Count(95, None, None), Count(20, None, 20))


def test_the_words_alone_hold_zero_against_twelve() -> None:
    """Nobody, says one; twelve, says another: 0 to 12, and the two claims are named as the clash."""
    told = ((SOHR[0], {"value": 12}), ("United Nations", nobody()))
    assert counts("words", *told)[TOTAL] == Count(0, None, 12)
    _, figures = figures_of(docket(*told), Measure.KILLED, POLICIES["words"])
    [clash] = [s for s in figures[TOTAL].why.walk() if s.rule == "policy.clash"]
    assert len(clash.claims) == 2


# --- all ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_rule_says_where_it_is_published_and_what_it_does(name: str) -> None:
    """Name, version, what it is about, and for each rule a source and an example."""
    policy = POLICIES[name]
    assert policy.name == name
    assert policy.about
    assert all(rule.source and rule.example for rule in policy.rules.values())


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, CLAIMS), min_size=1, max_size=5))
def test_every_method_gives_counts_that_agree(told: list[Told]) -> None:
    """Under every policy parts fit their whole, low <= best <= high (a Count refuses else), and steps have their sentence."""
    for policy in POLICIES.values():
        found: dict[tuple[Measure, Category], Toll] = {
            (t.measure, t.category): t for t in tolls_of(docket(*told), policy)
        }
        for (measure, category), toll in found.items():
            for step in toll.why.walk():
                assert all(say("why", lang, step.rule, step.values) for lang in LANGUAGES)
            whole = found[measure, TOTAL].count
            if toll.count is not None and category is not TOTAL and whole is not None and whole.high is not None:
                assert toll.count.high is not None
                assert toll.count.high <= whole.high


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, CLAIMS), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_no_method_minds_the_order(told: list[Told], dice: Any) -> None:
    """The same claims of the same day, shuffled: the same counts."""
    mixed = list(told)
    dice.shuffle(mixed)
    for name in SHIPPED:
        assert counts(name, *told) == counts(name, *mixed)
