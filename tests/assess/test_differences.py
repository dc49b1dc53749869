"""Why two policies differ: the rules that make them agree."""

from dockets import docket
from hypothesis import given, settings
from hypothesis import strategies as st
from told import MSF, SNHR, SOHR, civilians

from marsad.assess.differences import why_different
from marsad.assess.policies import POLICIES, SHIPPED


def test_the_same_figures_need_no_reason() -> None:
    """Any policy against itself."""
    told = docket((SOHR[0], {"value": 95}), (SNHR[0], {"value": 120}))
    assert all(why_different(told, POLICIES[name], POLICIES[name]) == () for name in SHIPPED)


def test_the_reason_is_the_one_rule_that_matters() -> None:
    """95 and 120 with civilians told: airwars and ucdp differ in the best figure and in nothing else."""
    told = docket((SOHR[0], {"value": 95}), (SOHR[0], civilians(60)), (SNHR[0], {"value": 120}))
    [reason] = why_different(told, POLICIES["airwars"], POLICIES["ucdp"])
    assert (reason.rule, reason.one, reason.other) == ("best", "none", "nearest")


def test_a_presumption_is_a_reason() -> None:
    """Nobody says who the dead were: airwars presumes civilians, ucdp does not."""
    reasons = why_different(docket((MSF[0], {"value": 12})), POLICIES["ucdp"], POLICIES["airwars"])
    assert {r.rule for r in reasons} == {"presume_civilian", "best"}


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from([SOHR[0], SNHR[0], MSF[0]]), st.integers(1, 30)), min_size=1, max_size=4))
def test_whoever_differs_has_a_reason(told: list[tuple[str, int]]) -> None:
    """Two policies with different figures differ in at least one rule that is named."""
    heard = docket(*((name, {"value": n}) for name, n in told))
    for name in SHIPPED:
        reasons = why_different(heard, POLICIES["airwars"], POLICIES[name])
        assert all(r.one != r.other for r in reasons)
