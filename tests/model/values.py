"""Values of the model as hypothesis makes them: everything that can be built, so far as a report could say it."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from marsad.model import (
    Bound,
    Category,
    Claim,
    ClaimId,
    Context,
    ContextId,
    ContextKind,
    Count,
    Flag,
    Group,
    Incident,
    IncidentId,
    Measure,
    Modality,
    Origin,
    OriginKind,
    Place,
    Polarity,
    Relation,
    RelationKind,
    ReportId,
    Scope,
    Stance,
    Standing,
    Status,
    Step,
    Text,
    Tie,
    Toll,
    When,
)
from marsad.model.context import ACTS

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
NUMBERS = st.integers(0, 10**9)
SOME_NUMBER = st.none() | NUMBERS
HEX = st.text("0123456789abcdef", min_size=16, max_size=16)
CLAIM_IDS = HEX.map(ClaimId)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Any interval of days, with any words."""
    start, end = sorted((draw(DAYS), draw(DAYS)))
    against = draw(st.none() | DAYS)
    named = None if against is None else draw(st.none() | WORDS)
    return When(start, end, draw(st.integers(1, 5)), draw(st.none() | WORDS), draw(st.booleans()), against, named)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A place that the gazetteer found, or an honest miss."""
    words = draw(WORDS)
    if not draw(st.booleans()):
        return Place(words, None, words)
    return Place(
        words,
        draw(HEX),
        draw(WORDS),
        draw(st.none() | WORDS),
        draw(st.none() | st.sampled_from(["SY", "IQ", "SD"])),
        draw(st.none() | WORDS),
        draw(st.floats(-90, 90)),
        draw(st.floats(-180, 180)),
        draw(st.integers(1, 7)),
    )


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """Any count, open or closed, with or without a best figure."""
    low, best, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    return Count(low, draw(st.sampled_from([best, None])), draw(st.sampled_from([high, None])))


def relations() -> st.SearchStrategy[Relation]:
    """Any relation to any claim."""
    return st.builds(Relation, st.sampled_from(RelationKind), CLAIM_IDS)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim."""
    text = draw(WORDS)
    start = draw(st.integers(0, 10_000))
    low, high = draw(SOME_NUMBER), draw(SOME_NUMBER)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    report_id, measure = ReportId(draw(HEX)), draw(st.sampled_from(Measure))
    end = start + len(text)
    return Claim(
        claim_id=Claim.identity(report_id, start, end, measure),
        report_id=report_id,
        start=start,
        end=end,
        text=text,
        measure=measure,
        value=draw(SOME_NUMBER),
        low=low,
        high=high,
        bound=draw(st.sampled_from(Bound)),
        status=draw(st.sampled_from(Status)),
        group=draw(st.none() | st.sampled_from(Group)),
        attribution=tuple(draw(st.lists(WORDS, max_size=3))),
        occurred=draw(st.none() | whens()),
        place=draw(st.none() | places()),
        perpetrator=draw(st.none() | WORDS),
        weapon=draw(st.none() | WORDS),
        scope=draw(st.sampled_from(Scope)),
        modality=draw(st.sampled_from(Modality)),
        subset_of=draw(st.none() | CLAIM_IDS),
        same_as=draw(st.none() | CLAIM_IDS),
        relations=tuple(draw(st.lists(relations(), max_size=3, unique=True))),
        flags=tuple(draw(st.lists(st.sampled_from(Flag), max_size=3, unique=True))),
        derived=draw(st.booleans()),
        rule=draw(WORDS),
        score=draw(st.floats(0, 1)),
    )


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    """Any context."""
    text, start = draw(WORDS), draw(st.integers(0, 10_000))
    report_id, kind, end = ReportId(draw(HEX)), draw(st.sampled_from(ContextKind)), start + len(text)
    act = draw(st.sampled_from(sorted(ACTS[kind])))
    relation = draw(st.none() | st.sampled_from(Tie))
    first = draw(st.none() | st.integers(0, 10_000))
    return Context(
        context_id=Context.identity(report_id, start, end, kind, act, draw(WORDS)),
        report_id=report_id,
        start=start,
        end=end,
        text=text,
        kind=kind,
        act=act,
        actor=draw(st.none() | WORDS),
        others=tuple(draw(st.lists(WORDS, max_size=3))),
        content=None if first is None else (first, first + draw(st.integers(1, 100))),
        extent=draw(st.none() | WORDS),
        occurred=draw(st.none() | whens()),
        place=draw(st.none() | places()),
        attribution=tuple(draw(st.lists(WORDS, max_size=3))),
        modality=draw(st.sampled_from(Stance)),
        polarity=draw(st.sampled_from(Polarity)),
        weapon=draw(st.none() | WORDS),
        flags=tuple(draw(st.lists(st.sampled_from(Flag), max_size=2, unique=True))),
        relation=relation,
        target=None if relation is None else ContextId(draw(HEX)),
        rule=draw(WORDS),
        score=draw(st.floats(0, 1)),
    )


VALUES = st.dictionaries(WORDS, st.none() | WORDS | NUMBERS, max_size=3)
STEPS: st.SearchStrategy[Step] = st.recursive(
    st.builds(Step, WORDS, VALUES, st.lists(CLAIM_IDS, max_size=3).map(tuple)),
    lambda below: st.builds(
        Step,
        WORDS,
        VALUES,
        st.lists(CLAIM_IDS, max_size=2).map(tuple),
        st.lists(below, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


@st.composite
def tolls(draw: st.DrawFn) -> Toll:
    """Any toll, bounded or not."""
    return Toll(
        IncidentId(draw(HEX)),
        draw(WORDS),
        draw(st.sampled_from(Measure)),
        draw(st.sampled_from(Category)),
        draw(st.none() | counts()),
        draw(st.sampled_from(Standing)),
        draw(st.integers(0, 300)),
        draw(STEPS),
    )


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    """Any incident. Its time has no words: those stay with the claims."""
    when = draw(st.none() | whens())
    return Incident(
        IncidentId(draw(HEX)),
        draw(WORDS),
        draw(st.none() | places()),
        None if when is None else When(when.start, when.end, when.precision),
        draw(st.none() | WORDS),
        draw(st.none() | WORDS),
    )


def texts() -> st.SearchStrategy[Text]:
    """The text of any report."""
    said: Any = st.none() | WORDS
    return st.builds(Text, HEX.map(ReportId), st.text(max_size=40), st.none() | DAYS, said, said)


def origins() -> st.SearchStrategy[Origin]:
    """Any origin."""
    return st.builds(Origin, WORDS, st.sampled_from(OriginKind), st.none() | WORDS)
