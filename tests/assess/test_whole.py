"""A policy's figures agree: the whole holds its parts, no part is larger than its whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assess.policies import Figure
from marsad.assess.whole import agreeing
from marsad.model import Category, Count, Standing, Step

TOTAL, CIVILIANS, COMBATANTS, CHILDREN = Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS, Category.CHILDREN


def figure(count: Count | None) -> Figure:
    return Figure(count, Standing.STATED, Step("test"))


def agreed(**counts: Count | None) -> dict[str, Count | None]:
    """Return the counts by category, made to agree."""
    return {c.value: f.count for c, f in agreeing({Category(k): figure(v) for k, v in counts.items()}).items()}


def test_figures_that_agree_are_left_alone() -> None:
    """Nothing to do, nothing done, also to the explanation."""
    figures = {TOTAL: figure(Count(95, 95, 95)), CIVILIANS: figure(Count(48, None, 95)), COMBATANTS: figure(None)}
    assert agreeing(figures) == figures


def test_one_counts_civilians_another_fighters() -> None:
    """50 civilians by one origin, 60 fighters by another: the total reaches 110, and best is no less."""
    found = agreed(total=Count(50, 50, 60), civilians=Count(50, 50, 50), combatants=Count(60, 60, 60))
    assert found == {"total": Count(50, 110, 110), "civilians": Count(50, 50, 50), "combatants": Count(60, 60, 60)}


def test_a_part_is_no_larger_than_the_whole() -> None:
    """Upper ends and best figures are cut at the total's, with a step that says so."""
    found = agreeing({TOTAL: figure(Count(10, 12, 20)), CHILDREN: figure(Count(3, 15, 40))})
    assert found[CHILDREN].count == Count(3, 12, 20)
    assert found[CHILDREN].why.rule == "arithmetic.within-total"
    assert found[CHILDREN].why.steps == (Step("test"),)


def test_best_figures_of_both_sides_fit_into_the_total_s() -> None:
    """Total 50; civilians 30 by one origin and fighters 40 by another: fighters give way, down to their lowest."""
    found = agreed(total=Count(50, 50, 90), civilians=Count(20, 30, 40), combatants=Count(10, 40, 50))
    assert found["combatants"] == Count(10, 20, 50)
    assert found["civilians"] == Count(20, 30, 40)


@st.composite
def counts(draw: st.DrawFn) -> Count | None:
    """Return a closed count or none."""
    low, best, high = sorted(draw(st.lists(st.integers(0, 9), min_size=3, max_size=3)))
    return draw(st.sampled_from([Count(low, best, high), Count(low, None, high), None]))


@settings(max_examples=300)
@given(counts(), counts(), counts(), counts())
def test_whatever_goes_in_comes_out_consistent(
    total: Count | None, civilians: Count | None, combatants: Count | None, children: Count | None
) -> None:
    """There is a way to fill the total with its parts, and so there is for the best figures; no low of a side is lowered."""
    found = agreed(total=total, civilians=civilians, combatants=combatants, children=children)
    whole = found["total"]
    if whole is None or whole.high is None:
        assert total is None
        return
    sides = [c for c in (found["civilians"], found["combatants"]) if c is not None]
    assert sum(c.low for c in sides) <= whole.high
    for part in found.values():
        assert part is None or (part.high is not None and part.high <= whole.high)
    if whole.best is not None:
        assert sum(c.best or 0 for c in sides) <= whole.best
        for part in found.values():
            assert part is None or part.best is None or part.best <= max(whole.best, part.low)
    for before, after in ((civilians, found["civilians"]), (combatants, found["combatants"])):
        assert before is None or (after is not None and after.low == before.low)
