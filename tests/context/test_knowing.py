"""Knowledge is a statement with its source, its day, and the day on which it became known."""

from datetime import date

from marsad.context.knowing import Printed, known_by_context, known_by_number
from marsad.model import (
    Bound,
    Claim,
    Context,
    ContextId,
    ContextKind,
    Measure,
    Modality,
    Place,
    Polarity,
    ReportId,
    Scope,
    Stance,
    Status,
)
from marsad.model.ids import ClaimId
from marsad.model.knowledge import KNOWLEDGE, knowledge_of, knowledge_row

DAY, LATER = date(2014, 8, 25), date(2014, 9, 1)
RAQQA = Place("Raqa", "geonames:172955", "Raqqa", "الرقة", "SY", "Raqqa", 35.95, 39.01, 1)


def _context(attribution: tuple[str, ...] = ()) -> Context:
    text = "fighters took Raqa"
    return Context(
        context_id=ContextId("c1"),
        report_id=ReportId("r1"),
        start=0,
        end=len(text),
        text=text,
        kind=ContextKind.CONTROL,
        act="gained",
        actor="Islamic State",
        others=("Syrian government",),
        content=None,
        extent=None,
        occurred=None,
        place=RAQQA,
        attribution=attribution,
        modality=Stance.ASSERTED,
        polarity=Polarity.AFFIRMED,
        weapon=None,
        flags=(),
        relation=None,
        target=None,
        rule="does",
        score=0.9,
    )


def _number(measure: Measure, scope: Scope, modality: Modality = Modality.ASSERTED) -> Claim:
    return Claim(
        claim_id=ClaimId("n1"),
        report_id=ReportId("r1"),
        start=0,
        end=2,
        text="95",
        measure=measure,
        value=95,
        low=95,
        high=95,
        bound=Bound.EXACT,
        status=Status.UNKNOWN,
        group=None,
        attribution=(),
        occurred=None,
        place=RAQQA,
        perpetrator=None,
        weapon=None,
        scope=scope,
        modality=modality,
        subset_of=None,
        same_as=None,
        derived=False,
        rule="plain",
        score=0.9,
    )


def test_the_source_is_who_is_quoted_else_the_agency_else_the_outlet() -> None:
    """Eight papers with one agency's words are one source."""
    quoted, wire = ("The Observatory", "AFP"), Printed("The Daily", DAY, LATER, "AFP")
    assert [next(known_by_context((_context(quoted), wire))).source] == ["The Observatory"]
    assert [next(known_by_context((_context(), wire))).source] == ["AFP"]
    assert [next(known_by_context((_context(), Printed("The Daily", DAY, LATER)))).source] == ["The Daily"]


def test_a_population_is_knowledge_and_the_toll_of_an_incident_is_not() -> None:
    """What incidents already hold is held nowhere twice; sums beyond them are held here."""
    printed = Printed("The Daily", DAY, LATER)
    kept = [
        (Measure.POPULATION, Scope.INCIDENT),
        (Measure.DISPLACED, Scope.INCIDENT),
        (Measure.KILLED, Scope.CUMULATIVE),
        (Measure.KILLED, Scope.AGGREGATE),
    ]
    for measure, scope in kept:
        assert len(list(known_by_number((_number(measure, scope), printed, None)))) == 1
    assert list(known_by_number((_number(Measure.KILLED, Scope.INCIDENT), printed, None))) == []


def test_a_number_taken_back_is_known_as_taken_back() -> None:
    """It does not say that it is so."""
    told = _number(Measure.POPULATION, Scope.BACKGROUND, Modality.RETRACTED), Printed("The Daily", DAY, LATER), None
    assert not next(known_by_number(told)).says


def test_a_row_gives_back_what_it_was_made_of() -> None:
    """Nothing is lost between value and row."""
    for known in (
        *known_by_context((_context(("A",)), Printed("The Daily", None, LATER))),
        *known_by_number(
            (_number(Measure.DISPLACED, Scope.CUMULATIVE), Printed("The Daily", DAY, LATER), "They fled 95.")
        ),
    ):
        row = knowledge_row(known)
        assert set(row) == set(KNOWLEDGE.names)
        assert knowledge_of(row) == known
