"""What a form says as the body of a decision: what was changed, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.desk.pages.slots import blank_slots, changes, made, slots_of, typed_slots
from marsad.model import Bound, Claim, ClaimId, Measure, Modality, ReportId, Scope, Status, Wrong

TEXT = "At least 63 people were killed in Raqqa, the network said. 63 were buried."
CLAIM = Claim(
    claim_id=ClaimId("c"),
    report_id=ReportId("r"),
    start=0,
    end=18,
    text=TEXT[0:18],
    measure=Measure.KILLED,
    value=63,
    low=63,
    high=None,
    bound=Bound.AT_LEAST,
    status=Status.UNKNOWN,
    group=None,
    attribution=("the network",),
    occurred=None,
    place=None,
    perpetrator=None,
    weapon=None,
    scope=Scope.INCIDENT,
    modality=Modality.ASSERTED,
    subset_of=None,
    same_as=None,
    derived=False,
    rule="by-hand",
    score=0.9,
)


def nowhere(words: str) -> dict[str, Any]:
    """Return a place that no gazetteer knows."""
    return {"words": words, "place_id": None, "name": words}


def typed(**fields: str) -> dict[str, str]:
    """Return what a form holds in which these fields were changed."""
    return {**slots_of(CLAIM), **fields}


def test_what_was_not_changed_is_not_decided() -> None:
    """A form sent as it was changes nothing."""
    assert changes(typed(), CLAIM, TEXT, nowhere) == {}


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"value": "65"}, {"value": 65, "low": 65}),
        ({"value": "٦٥"}, {"value": 65, "low": 65}),
        ({"value": "1,065"}, {"value": 1065, "low": 1065}),
        ({"bound": "exact"}, {"bound": "exact", "high": 63}),
        ({"bound": "more_than"}, {"bound": "more_than", "low": 64}),
        ({"bound": "at_most"}, {"bound": "at_most", "low": None, "high": 63}),
        ({"bound": "unknown", "value": ""}, {"bound": "unknown", "value": None, "low": None}),
        ({"group": "children", "status": "civilian"}, {"group": "children", "status": "civilian"}),
        ({"scope": "aggregate"}, {"scope": "aggregate"}),
        ({"attribution": "a medic; the network"}, {"attribution": ["a medic", "the network"]}),
        ({"attribution": "مسعف؛ الشبكة"}, {"attribution": ["مسعف", "الشبكة"]}),
        ({"attribution": ""}, {"attribution": []}),
        ({"from": "2014-11-25"}, {"occurred": ["2014-11-25", "2014-11-25"]}),
        ({"place": "Tell Qarra"}, {"place": {"words": "Tell Qarra", "place_id": None, "name": "Tell Qarra"}}),
        ({"words": "63 people", "start": "", "end": ""}, {"start": 9, "end": 18, "text": "63 people"}),
        ({"words": "63", "start": "59", "end": "61"}, {"start": 59, "end": 61, "text": "63"}),
    ],
)
def test_what_was_changed_is_decided(fields: dict[str, str], body: dict[str, Any]) -> None:
    """Each field becomes its slot; ends follow the bound where they were left alone; words are found where they stand."""
    assert changes(typed(**fields), CLAIM, TEXT, nowhere) == body


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "many"},
        {"value": "-4"},
        {"value": "9999999999"},
        {"from": "yesterday"},
        {"from": "2014-11-26", "to": "2014-11-25"},
        {"words": "not in the text", "start": "", "end": ""},
    ],
)
def test_what_no_claim_can_hold_is_refused_with_its_name(fields: dict[str, str]) -> None:
    """The refusal names the field and what to do."""
    with pytest.raises(Wrong) as refused:
        changes(typed(**fields), CLAIM, TEXT, nowhere)
    assert refused.value.remedy


def test_a_new_claim_needs_words_of_the_text() -> None:
    """Words that stand in the text make a claim at their characters; none make none."""
    slots = made({**blank_slots(), "words": "63 were buried", "value": "63"}, TEXT, nowhere)
    assert (slots["start"], slots["end"], slots["low"], slots["high"]) == (59, 73, 63, 63)
    with pytest.raises(Wrong):
        made(blank_slots(), TEXT, nowhere)


@given(st.dictionaries(st.sampled_from(sorted(blank_slots())), st.text(max_size=30)))
def test_whatever_is_typed_is_a_body_or_a_refusal(fields: dict[str, str]) -> None:
    """No word that somebody types makes the desk fail."""
    form = typed_slots({**slots_of(CLAIM), **fields})
    try:
        changes(form, CLAIM, TEXT, nowhere)
    except Wrong:
        return


def test_what_is_typed_comes_back_as_it_was() -> None:
    """Fields are kept letter for letter, spaces and all, for the form that is shown again."""
    assert typed_slots({"reason": "  so \u202e "})["reason"] == "  so \u202e "
    assert slots_of(replace(CLAIM, value=None, low=None))["value"] == ""
