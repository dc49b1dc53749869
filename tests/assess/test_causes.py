"""What made a toll change: each cause from what became of the claims."""

from typing import Any

import pytest

from marsad.assess.causes import Cause, Moment, causes
from marsad.text.words import LANGUAGES, say

COUNTED = ("counted", "standing")


def told(was: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]], **given: Any) -> set[Cause]:
    homes_then = dict.fromkeys(was, "i") | given.pop("lived", {})
    homes_now = dict.fromkeys(now, "i") | given.pop("lives", {})
    defaults: dict[str, Any] = {"fresh": set(), "decided": set(), "occurred_earlier": False, "policy_changed": False}
    return {r.cause for r in causes("i", Moment(was, homes_then), Moment(now, homes_now), **{**defaults, **given})}


@pytest.mark.parametrize(
    ("was", "now", "given", "cause"),
    [
        ({"a": COUNTED}, {"a": COUNTED, "b": COUNTED}, {"fresh": {"b"}}, Cause.NEW_CLAIM),
        ({}, {"b": COUNTED}, {"fresh": {"b"}}, Cause.NEW_CLAIM),
        ({}, {"b": COUNTED}, {"fresh": {"b"}, "occurred_earlier": True}, Cause.LATE),
        ({"a": COUNTED}, {"a": ("superseded", "said-something-later")}, {}, Cause.REVISION),
        ({"a": COUNTED}, {"a": ("context", "retracted")}, {}, Cause.RETRACTION),
        ({"a": COUNTED}, {"a": ("rejected", "decided")}, {}, Cause.DECISION),
        ({"a": COUNTED}, {"a": COUNTED, "b": COUNTED}, {"lived": {"b": "j"}}, Cause.MERGE),
        ({"a": COUNTED}, {}, {"lives": {"a": "j"}}, Cause.MERGE),
        ({"a": COUNTED, "b": COUNTED}, {"a": COUNTED}, {"lives": {"b": "j"}}, Cause.PART),
        ({}, {"b": COUNTED}, {"lived": {"b": "j"}}, Cause.PART),
        ({"a": COUNTED}, {"a": COUNTED}, {"decided": {"a"}}, Cause.DECISION),
        ({"a": COUNTED}, {"a": COUNTED}, {"policy_changed": True}, Cause.POLICY),
        ({"a": COUNTED}, {"a": COUNTED}, {}, Cause.ORIGIN),
    ],
)
def test_a_change_has_its_cause(was: Any, now: Any, given: dict[str, Any], cause: Cause) -> None:
    """One thing happened: one cause."""
    assert told(was, now, **given) == {cause}


def test_several_things_are_several_causes() -> None:
    """A new claim of the same origin replaces its older one: both are told."""
    now = {"a": ("superseded", "said-something-later"), "b": COUNTED}
    assert told({"a": COUNTED}, now, fresh={"b"}) == {Cause.NEW_CLAIM, Cause.REVISION}


def test_every_cause_has_its_sentence() -> None:
    """In both languages."""
    assert all(say("why", lang, f"cause.{cause}", {"n": 1}) for lang in LANGUAGES for cause in Cause)
