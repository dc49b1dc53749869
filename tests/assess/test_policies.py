"""Each documented rule of each policy, as a case that comes out otherwise if the rule is broken."""

from typing import Any

import pytest
from dockets import Told, docket
from told import GOVERNMENT, MSF, SNHR, SOHR, at_least, civilians, fighters, nobody, unknown

from marsad.assess.policies import Figure, airwars, ucdp
from marsad.assess.voices import Voice, voices_of
from marsad.model import Bound, Category, Count, Measure, Standing

TOTAL, CIVILIANS, COMBATANTS = Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS
RULED = {"airwars": airwars, "ucdp": ucdp}
OURS: dict[str, Any] = {"own": True}


def voices(*told: Told, printed: int = 26) -> list[Voice]:
    return voices_of(docket(*told, printed=printed), Measure.KILLED)


def rules(figure: Figure) -> list[str]:
    return [step.rule for step in figure.why.walk()]


# --- Airwars --------------------------------------------------------------------------------------------------------


def test_airwars_goes_from_the_lowest_to_the_highest_and_names_no_best() -> None:
    """95 and 120 of two monitors: 95–120."""
    found = airwars(TOTAL, voices((SOHR[0], {"value": 95}), (SNHR[0], {"value": 120})))
    assert found.count == Count(95, None, 120)
    assert {s.values["origin"] for s in found.why.steps} == {SOHR[0], SNHR[0]}


def test_airwars_counts_zero_against_twelve() -> None:
    """A neutral origin's "nobody" is the lower end."""
    assert airwars(TOTAL, voices((SOHR[0], {"value": 12}), ("United Nations", nobody()))).count == Count(0, None, 12)


def test_airwars_presumes_civilians_where_nobody_tells() -> None:
    """Neither status told by anybody: the whole total, derived."""
    found = airwars(CIVILIANS, voices((SOHR[0], {"value": 12}), (SNHR[0], {"value": 15})))
    assert (found.count, found.standing) == (Count(12, None, 15), Standing.DERIVED)
    assert rules(found)[0] == "airwars.presumed"


@pytest.mark.parametrize("side", [civilians(5), fighters(5)])
def test_airwars_presumes_nothing_where_somebody_tells(side: dict[str, Any]) -> None:
    """One word on either side ends the presumption: civilians are then what was told, or what the fighters leave."""
    found = airwars(CIVILIANS, voices((SOHR[0], {"value": 12}), (SOHR[0], side)))
    assert found.count == (Count(5, None, 5) if side["status"] == "civilian" else Count(0, None, 7))
    assert "airwars.presumed" not in rules(found)


def test_airwars_takes_a_party_alone_for_context() -> None:
    """The army says that it hit fighters, nobody else does: no evidence, so the twelve are presumed civilians.

    Source: Airwars, annex on patterns of civilian harm.
    """
    found = airwars(CIVILIANS, voices((SOHR[0], {"value": 12}), (GOVERNMENT, fighters(40))))
    assert (found.count, found.standing) == (Count(12, None, 12), Standing.DERIVED)
    assert rules(found)[0] == "airwars.presumed"


def test_airwars_leaves_a_party_out_where_somebody_else_speaks() -> None:
    """The army's forty do not raise the highest number; alone, they are all there is."""
    assert airwars(TOTAL, voices((SOHR[0], {"value": 12}), (GOVERNMENT, {"value": 40}))).count == Count(12, None, 12)
    assert airwars(TOTAL, voices((GOVERNMENT, {"value": 40}))).count == Count(40, None, 40)


# --- UCDP -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (MSF[0], "activists"),
        (SOHR[0], "activists"),
        ("United Nations", "officials"),
        ("residents", "Radio"),
        ("activists", "Radio"),
        ("Radio", "Abu Somebody"),
    ],
)
def test_ucdp_trusts_who_stands_nearest_to_the_dead(nearer: str, farther: str) -> None:
    """Those who count or treat, then those on the spot, then who passes on, then the nameless: not the lower, not the last."""
    told = [(farther, {"value": 10, "own": farther == "Radio"}), (nearer, {"value": 30, "own": nearer == "Radio"})]
    for order in (told, told[::-1]):
        found = ucdp(TOTAL, voices(*order, printed=0))
        assert found.count == Count(10, 30, 30)
        assert found.why.steps[0].values["origin"] == nearer


def test_ucdp_takes_the_later_of_two_as_near() -> None:
    """Two monitors: the one whose number appeared last, be it higher or lower."""
    assert ucdp(TOTAL, voices((SOHR[0], {"value": 95}), (SNHR[0], {"value": 120}), printed=0)).count == Count(
        95, 120, 120
    )
    assert ucdp(TOTAL, voices((SNHR[0], {"value": 120}), (SOHR[0], {"value": 95}), printed=0)).count == Count(
        95, 95, 120
    )


def test_ucdp_takes_the_lower_of_two_on_one_day() -> None:
    """As near and as late: the lower, whichever comes first."""
    assert ucdp(TOTAL, voices((SOHR[0], {"value": 95}), (SNHR[0], {"value": 120}))).count == Count(95, 95, 120)
    assert ucdp(TOTAL, voices((SOHR[0], {"value": 120}), (SNHR[0], {"value": 95}))).count == Count(95, 95, 120)


def test_ucdp_uses_a_party_only_where_nobody_else_speaks() -> None:
    """The army's number is neither best nor high beside a monitor's; alone it is all three."""
    assert ucdp(TOTAL, voices((SOHR[0], {"value": 12}), (GOVERNMENT, {"value": 40}))).count == Count(12, 12, 12)
    assert ucdp(TOTAL, voices((GOVERNMENT, {"value": 40}))).count == Count(40, 40, 40)


@pytest.mark.parametrize(
    "vague",
    [
        {"value": None, "low": 24, "high": 99, "bound": Bound.VAGUE, "text": "dozens"},
        {"value": None, "low": 48, "high": 95, "bound": Bound.FRACTION, "derived": True, "text": "more than half"},
        {"value": None, "low": 12, "high": 20, "bound": Bound.RANGE, "text": "12 to 20"},
    ],
)
def test_ucdp_names_no_best_from_a_vague_word_a_share_or_a_range(vague: dict[str, Any]) -> None:
    """They set bounds; a best figure comes from a number alone."""
    found = ucdp(TOTAL, voices((SOHR[0], vague)))
    assert found.count == Count(vague["low"], None, vague["high"])
    beside = ucdp(TOTAL, voices((SOHR[0], vague), ("Radio", {"value": 50, **OURS})))
    assert beside.count is not None
    assert beside.count.best == 50


def test_ucdp_keeps_its_best_between_low_and_high() -> None:
    """ "At least 95" alone is 95–95–95."""
    assert ucdp(TOTAL, voices((SOHR[0], at_least(95)))).count == Count(95, 95, 95)


# --- both -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["airwars", "ucdp"])
def test_silence_is_no_zero(name: str) -> None:
    """Nobody told: no count, and it says so. Somebody said that nobody knows: no count either, and that is told apart."""
    figure = RULED[name]
    assert (figure(COMBATANTS, voices((SOHR[0], civilians(12)))).count, figure(TOTAL, []).count) == (None, None)
    assert figure(TOTAL, []).standing is Standing.NOT_STATED
    silent = figure(TOTAL, voices((SOHR[0], unknown())))
    assert (silent.count, silent.standing) == (None, Standing.STATED_UNKNOWN)
    assert len(silent.why.claims) == 1


@pytest.mark.parametrize("name", ["airwars", "ucdp"])
def test_that_nobody_knows_does_not_lower_what_another_counts(name: str) -> None:
    """One origin does not know, another counts twelve: twelve, not nought to twelve."""
    found = RULED[name](TOTAL, voices((SOHR[0], unknown()), (SNHR[0], {"value": 12})))
    assert found.count is not None
    assert (found.count.low, found.count.high) == (12, 12)


@pytest.mark.parametrize("name", ["airwars", "ucdp"])
def test_an_upper_bound_alone_does_not_lower_the_lowest(name: str) -> None:
    """ "Up to 40" says nothing of the fewest; beside twelve the range is 12–40."""
    most = {"value": 40, "low": None, "high": 40, "bound": Bound.AT_MOST}
    found = RULED[name](TOTAL, voices((SOHR[0], {"value": 12}), (SNHR[0], most)))
    assert found.count is not None
    assert (found.count.low, found.count.high) == (12, 40)


@pytest.mark.parametrize("name", ["airwars", "ucdp"])
def test_stated_nought_is_a_number(name: str) -> None:
    """A single neutral "nobody": nought, stated to be so."""
    found = RULED[name](TOTAL, voices((SOHR[0], nobody())))
    assert found.count is not None
    assert (found.count.low, found.count.high, found.standing) == (0, 0, Standing.STATED_NONE)
