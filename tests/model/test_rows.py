"""Values become rows and come back the same, also through Arrow, which knows the schema."""

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from values import CLAIM_IDS, STEPS, WORDS, claims, contexts, incidents, origins, texts, tolls

from marsad.model import Claim, Context, Fold, Incident, IncidentId, Membership, Origin, Role, Step, Text, Toll
from marsad.model import schema as schemas
from marsad.model.rows import (
    canonical_json,
    claim_of,
    claim_row,
    context_of,
    context_row,
    fold_of,
    fold_row,
    incident_of,
    incident_row,
    membership_of,
    membership_row,
    text_of,
    text_row,
    toll_of,
    toll_row,
)


def through_arrow(row: dict[str, Any], shape: pa.Schema) -> dict[str, Any]:
    """Return the row after a trip through a batch of this schema; every column must have been given, and no other."""
    assert list(row) == shape.names
    [back] = pa.RecordBatch.from_pylist([row], schema=shape).to_pylist()
    return dict(back)


@settings(max_examples=40)
@given(claims())
def test_claims_come_back(claim: Claim) -> None:
    """A claim is the same after Arrow, whatever is unknown in it."""
    assert claim_of(through_arrow(claim_row(claim), schemas.CLAIM)) == claim


@settings(max_examples=40)
@given(contexts())
def test_contexts_come_back(context: Context) -> None:
    """What stands beside counts is the same after Arrow, whatever is unknown in it."""
    assert context_of(through_arrow(context_row(context), schemas.CONTEXT)) == context


@settings(max_examples=40)
@given(texts())
def test_texts_come_back(text: Text) -> None:
    """A report's text is the same after Arrow, in every script."""
    assert text_of(through_arrow(text_row(text), schemas.TEXT)) == text


@pytest.mark.long
@settings(max_examples=40)
@given(tolls())
def test_tolls_come_back(toll: Toll) -> None:
    """A toll is the same after Arrow, with its explanation; no count is not a count of zero."""
    assert toll_of(through_arrow(toll_row(toll), schemas.TOLL)) == toll


@pytest.mark.long
@settings(max_examples=40)
@given(incidents())
def test_incidents_come_back(incident: Incident) -> None:
    """An incident is the same after Arrow, known place and time or not."""
    assert incident_of(through_arrow(incident_row(incident), schemas.INCIDENT)) == incident


@settings(max_examples=40)
@given(CLAIM_IDS, origins(), WORDS, st.none() | CLAIM_IDS, st.booleans())
def test_folds_come_back(claim_id: Any, origin: Origin, rule: str, of: Any, copy: bool) -> None:
    """Whose statement a claim is stays the same."""
    fold = Fold(claim_id, origin, rule, of, copy)
    assert fold_of(through_arrow(fold_row(fold), schemas.FOLD)) == fold


@settings(max_examples=40)
@given(CLAIM_IDS, st.sampled_from(Role), WORDS)
def test_memberships_come_back(claim_id: Any, role: Role, rule: str) -> None:
    """What a claim is to its incident stays the same."""
    membership = Membership(IncidentId("i"), claim_id, role, rule)
    assert membership_of(through_arrow(membership_row(membership), schemas.MEMBERSHIP)) == membership


@settings(max_examples=40)
@given(STEPS)
def test_explanations_come_back_from_json(step: Step) -> None:
    """Rule, values, claims and steps below survive being written as JSON text; `walk` sees every one, parents first."""
    again = Step.from_json(json.loads(canonical_json(step.as_json())))
    assert again == step
    walked = list(again.walk())
    assert walked[0] == step
    assert len(walked) == canonical_json(step.as_json()).count('"rule":')


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=5))
def test_json_is_written_in_one_way(data: dict[str, object]) -> None:
    """The order in which a thing was put together does not show in its JSON."""
    backwards = dict(reversed(list(data.items())))
    assert canonical_json(data) == canonical_json(backwards)
    assert json.loads(canonical_json(data)) == data


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(value=VALUES)
def test_canonical_json_is_what_the_standard_library_writes(value: object) -> None:
    """Sorted keys, no blanks, letters as they are: byte for byte what `json.dumps` writes when asked for that."""
    expected = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert canonical_json(value) == expected


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"a": object()}])
def test_what_is_no_json_is_refused(value: object) -> None:
    """Numbers that JSON does not know, and things that are none, are not written."""
    with pytest.raises((ValueError, TypeError)):
        canonical_json(value)
