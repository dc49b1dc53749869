"""What stands beside counts cannot be built where it is impossible; it says who holds a place only where the text does."""

from dataclasses import replace

import pytest
from hypothesis import given
from values import contexts

from marsad.model import Context, ContextKind, Polarity, ReportId, Stance
from marsad.model.context import ACTS

HELD = Context(
    context_id=Context.identity(ReportId("r"), 0, 4, ContextKind.CONTROL, "holds"),
    report_id=ReportId("r"),
    start=0,
    end=4,
    text="hold",
    kind=ContextKind.CONTROL,
    act="holds",
    actor="Rebels",
    others=(),
    content=None,
    extent=None,
    occurred=None,
    place=None,
    attribution=(),
    modality=Stance.ASSERTED,
    polarity=Polarity.AFFIRMED,
    weapon=None,
    flags=(),
    relation=None,
    target=None,
    rule="control.holds.does",
    score=0.9,
)


def test_every_kind_has_acts() -> None:
    """A kind without a vocabulary could say nothing."""
    assert set(ACTS) == set(ContextKind)
    assert all(ACTS.values())


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"start": 4}, "is empty"),
        ({"text": "holds"}, "characters quoted"),
        ({"act": "met"}, "is no act of control: besieges"),
        ({"content": (3, 3)}, "content 3..3"),
        ({"target": HELD.context_id}, "a relation needs its target"),
        ({"score": 1.5}, "not within 0..1"),
    ],
)
def test_an_impossible_context_is_refused_by_name(change: dict[str, object], rule: str) -> None:
    """The message names the context, the value and the rule."""
    with pytest.raises(ValueError, match=rule):
        replace(HELD, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "controls"),
        ({"extent": "parts of"}, "partial"),
        ({"act": "lost"}, "does_not_control"),
        ({"act": "besieges"}, "contested"),
        ({"act": "siege_lifted"}, None),
        ({"modality": Stance.REPORTED}, "controls"),
        ({"modality": Stance.PLANNED}, None),
        ({"modality": Stance.DENIED}, None),
        ({"polarity": Polarity.NEGATED}, None),
        ({"kind": ContextKind.EVENT, "act": "clash"}, None),
    ],
)
def test_who_holds_a_place_follows_from_what_is_said(change: dict[str, object], status: str | None) -> None:
    """What is planned, denied or did not come about says nothing about who holds it."""
    assert replace(HELD, **change).status == status  # type: ignore[arg-type]


@pytest.mark.long
@given(contexts())
def test_an_id_rests_on_the_words_and_on_what_was_made_of_them(context: Context) -> None:
    """The same words read the same have one id; another span, act or place in a list of places has another."""
    made = (context.report_id, context.start, context.end, context.kind, context.act)
    ids = {
        Context.identity(*made, "Mosul"),
        Context.identity(*made, "Tikrit"),
        Context.identity(context.report_id, context.start, context.end + 1, context.kind, context.act, "Mosul"),
    }
    assert len(ids) == 3
    assert Context.identity(*made, "Mosul") in ids
