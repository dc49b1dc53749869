"""A policy in TOML: what it may say, and how it is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.assess.policies import POLICIES
from marsad.assess.policy import RULES, policy_of
from marsad.model import Wrong

GOOD = {"value": "lowest", "source": "our handbook"}


def told(**rules: Any) -> dict[str, Any]:
    return {"name": "ours", "version": "1", "rules": rules}


def test_what_a_policy_does_not_rule_upon_is_as_documented() -> None:
    """Everybody counts, ranges, no best figure, one origin suffices, vague words stay what they bound."""
    policy = policy_of(told(), "ours.toml")
    assert [policy.value(r) for r in ("counts", "conflict", "best", "origins", "split")] == [
        "everybody",
        "range",
        "none",
        1,
        True,
    ]
    assert policy.vague == {}
    with pytest.raises(KeyError):
        policy.value("mood")


def test_a_policy_may_rest_on_another() -> None:
    """Only what it rules itself differs."""
    mine = policy_of({**told(conflict=GOOD), "based_on": "ucdp"}, "ours.toml", POLICIES)
    differing = [rule for rule in RULES if mine.value(rule) != POLICIES["ucdp"].value(rule)]
    assert differing == ["conflict"]
    with pytest.raises(Wrong, match="undp"):
        policy_of({**told(), "based_on": "undp"}, "ours.toml", POLICIES)


def test_another_rule_is_another_stamp() -> None:
    """So that what was computed under the old rules is computed again; another source alone is not."""
    one = policy_of(told(conflict=GOOD), "ours.toml")
    other = policy_of(told(conflict={**GOOD, "value": "highest"}), "ours.toml")
    reworded = policy_of(told(conflict={**GOOD, "source": "our handbook, page 3"}), "ours.toml")
    assert one.stamp != other.stamp
    assert one.stamp == reworded.stamp


@pytest.mark.parametrize(
    ("given_rules", "says"),
    [
        ({"mood": GOOD}, "is not a rule that marsad knows"),
        ({"conflict": {"value": "loudest", "source": "x"}}, "range, lowest, highest"),
        ({"conflict": {"value": "lowest"}}, "says not where the rule is published"),
        ({"conflict": "lowest"}, "has no value"),
        ({"origins": {"value": 0, "source": "x"}}, "whole number from 1 to 20"),
        ({"origins": {"value": True, "source": "x"}}, "whole number"),
        ({"split": {"value": "yes", "source": "x"}}, "neither true nor false"),
        ({"vague": {"value": {"oodles": 3}, "source": "x"}}, "table of numbers"),
        ({"vague": {"value": {"dozens": -3}, "source": "x"}}, "table of numbers"),
    ],
)
def test_what_is_no_rule_is_refused(given_rules: dict[str, Any], says: str) -> None:
    """The message names file, rule, value and what would be right."""
    with pytest.raises(Wrong, match=says) as refused:
        policy_of(told(**given_rules), "ours.toml")
    assert "ours.toml, rules." in str(refused.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    )
)
def test_whatever_a_file_holds_it_is_a_policy_or_refused(anything: Any) -> None:
    """No other error, wherever the oddity stands."""
    for odd in (
        {"name": anything, "version": "1"},
        {"name": "a", "version": anything},
        told(conflict=anything),
        {**told(), "rules": anything},
        {**told(), "based_on": anything if isinstance(anything, str) else None},
    ):
        try:
            policy_of(odd, "odd.toml")
        except Wrong as refused:
            assert "odd.toml" in str(refused)  # noqa: PT017
