"""No few living people can be singled out, by a number or by subtracting two."""

from itertools import product

import cases
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Category, Count, Measure, Standing, Status, Step, Toll
from marsad.publish.small_cells import LIVING, category_of, key_of, small_cells

LEAST = 5
MEASURES = [*sorted(LIVING), Measure.KILLED, Measure.KILLED_OR_INJURED]


def claim(n: int, measure: Measure, status: Status, name: str) -> cases.Said:
    """Return a statement of n people."""
    return cases.Said(cases.SOHR, name, 26, f"{n} people", value=n, measure=measure, status=status)


def toll(n: int, measure: Measure, category: Category, policy: str = "ucdp") -> Toll:
    """Return a toll of exactly n people."""
    return cases.toll(policy, measure, category, Count(n, n, n), Standing.STATED, 1, Step("x"))


SAID = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.sampled_from(MEASURES),
        st.sampled_from([Status.CIVILIAN, Status.COMBATANT, Status.UNKNOWN]),
    ),
    max_size=8,
)


@given(SAID)
def test_what_remains_singles_out_nobody(said: list[tuple[int, Measure, Status]]) -> None:
    """No told number of living people, no difference of a total and a part, none of both and the dead, is 1 to 4."""
    claims = [claim(*one, name=f"r{k}").finding().claim for k, one in enumerate(said)]
    hidden = small_cells(claims, [], LEAST).claims
    told = [(c.value or 0, c.measure, category_of(c)) for c in claims if c.claim_id not in hidden]
    for n, measure, _ in told:
        assert measure not in LIVING or not 0 < n < LEAST
    for (n, one, category), (m, other, part) in product(told, told):
        if one is other and one in LIVING and category is Category.TOTAL and part is not Category.TOTAL:
            assert not 0 < n - m < LEAST
        if one is Measure.KILLED_OR_INJURED and other is Measure.KILLED:
            assert not 0 < n - m < LEAST


@given(SAID)
def test_deaths_are_told_as_they_are(said: list[tuple[int, Measure, Status]]) -> None:
    """One death is the point of the work: no number of the dead is ever withheld."""
    claims = [claim(*one, name=f"r{k}").finding().claim for k, one in enumerate(said)]
    hidden = small_cells(claims, [], LEAST).claims
    assert not [c for c in claims if c.measure is Measure.KILLED and c.claim_id in hidden]


def test_tolls_and_statements_protect_each_other() -> None:
    """A small part in one statement hides the parts of that measure in every toll, not their total."""
    small = claim(3, Measure.INJURED, Status.CIVILIAN, "a").finding().claim
    tolls = [toll(12, Measure.INJURED, Category.TOTAL), toll(9, Measure.INJURED, Category.COMBATANTS)]
    found = small_cells([small], tolls, LEAST)
    assert found.claims == {small.claim_id}
    assert found.tolls == {key_of(tolls[1])}
    assert found.measures == {Measure.INJURED}


def test_nobody_hurt_is_told() -> None:
    """Zero singles out nobody, and is a statement."""
    none = claim(0, Measure.INJURED, Status.UNKNOWN, "a").finding().claim
    assert not small_cells([none], [toll(0, Measure.INJURED, Category.TOTAL)], LEAST).claims


def test_many_claims_cost_no_more_than_their_number() -> None:
    """Twenty thousand claims of one incident are weighed without comparing each with each."""
    claims = [claim(k % 900 + 5, Measure.INJURED, Status.UNKNOWN, f"r{k}").finding().claim for k in range(20_000)]
    assert not small_cells(claims, [], LEAST).claims
