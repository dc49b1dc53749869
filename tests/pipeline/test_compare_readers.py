"""Two readers compared: which claims belong together, and the figures of their agreement."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Bound, Claim, Measure, Modality, ReportId, Scope, Status
from marsad.pipeline.compare_readers import ASPECTS, Agreement, Pair, compared, paired
from marsad.pipeline.readers import Said
from marsad.stage import Rejection

TEXT = "Raids killed 12 people. The market was closed. Nine were hurt and two died. Rain fell."


def claim(words: str, measure: Measure = Measure.KILLED, low: int | None = 12, **more: Any) -> Claim:
    """Return a claim on these words of TEXT."""
    start = TEXT.index(words)
    return at(start, start + len(words), measure, low, **more)


def at(start: int, end: int, measure: Measure = Measure.KILLED, low: int | None = 12, **more: Any) -> Claim:
    given = {
        "claim_id": Claim.identity(ReportId("r"), start, end, measure),
        "report_id": ReportId("r"),
        "start": start,
        "end": end,
        "text": "x" * (end - start),
        "measure": measure,
        "value": low,
        "low": low,
        "high": low,
        "bound": Bound.EXACT,
        "status": Status.UNKNOWN,
        "group": None,
        "attribution": (),
        "occurred": None,
        "place": None,
        "perpetrator": None,
        "weapon": None,
        "scope": Scope.INCIDENT,
        "modality": Modality.ASSERTED,
        "subset_of": None,
        "same_as": None,
        "derived": False,
        "rule": "x",
        "score": 0.5,
    }
    return Claim(**{**given, **more})


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (claim("killed 12 people"), ()),
        (claim("12 people", Measure.INJURED), ("measure",)),
        (claim("12 people", low=11), ("number",)),
        (claim("12", bound=Bound.ABOUT), ("bound",)),
        (claim("12 people", status=Status.CIVILIAN), ("status",)),
        (claim("12 people", attribution=("SOHR",)), ("attribution",)),
        (claim("12 people", Measure.INJURED, 9, bound=Bound.ABOUT), ("measure", "number", "bound")),
    ],
)
def test_claims_on_the_same_words_are_compared(other: Claim, differs: tuple[str, ...]) -> None:
    """Spans need not be the same, only to overlap; what differs is named."""
    (pair,) = paired([claim("12 people")], [other])
    assert pair.differs == differs
    assert pair.agrees is not bool(differs)


def test_speakers_are_compared_without_regard_to_capitals_and_relays() -> None:
    """Who said it is what matters; who passed it on is not."""
    one = claim("12 people", attribution=("The Group", "AFP"))
    (pair,) = paired([one], [claim("12 people", attribution=("the group",))])
    assert pair.agrees


def test_a_claim_that_only_one_reader_makes_stands_alone() -> None:
    """Nothing is paired that shares no word."""
    pairs = paired([claim("12 people")], [claim("Nine", Measure.INJURED, 9), claim("two", low=2)])
    assert [(p.a is None, p.b is None) for p in pairs] == [(False, True), (True, False), (True, False)]


def test_the_measure_decides_between_two_claims_on_one_run_of_words() -> None:
    """A reader that quotes a whole sentence for the hurt is not compared with the dead in it."""
    whole = claim("Nine were hurt and two died", low=2)
    pairs = paired([claim("Nine", Measure.INJURED, 9), claim("two", low=2)], [whole])
    assert [(p.a and p.a.low, p.b and p.b.low) for p in pairs] == [(9, None), (2, 2)]


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(list(Measure))), max_size=8)


def _claims(spans: Sequence[tuple[int, int, Measure]]) -> list[Claim]:
    return sorted((at(s, s + n, m) for s, n, m in spans), key=lambda c: (c.start, c.end))


@given(SPANS, SPANS)
def test_every_claim_is_in_exactly_one_pair(one: list[Any], other: list[Any]) -> None:
    """Nobody is lost or used twice, pairs overlap, and no two that could be paired are left alone."""
    a, b = _claims(one), _claims(other)
    pairs = paired(a, b)
    assert sorted(id(p.a) for p in pairs if p.a) == sorted(map(id, a))
    assert sorted(id(p.b) for p in pairs if p.b) == sorted(map(id, b))
    alone = [p for p in pairs if p.a is None or p.b is None]
    for pair in pairs:
        if pair.a and pair.b:
            assert pair.a.start < pair.b.end
            assert pair.b.start < pair.a.end
    assert not [1 for p in alone for q in alone if p.a and q.b and p.a.start < q.b.end and q.b.start < p.a.end]


def test_claims_are_shown_by_their_sentence() -> None:
    """Sentences in which neither finds anything are only counted."""
    report = compared(
        "r",
        TEXT,
        Said([claim("12 people"), claim("Nine", Measure.INJURED, 9)], []),
        Said([claim("two", low=2)], [Rejection("r", "extract", "no")]),
    )
    told = [(TEXT[s.start : s.end], len(pairs)) for s, pairs in report.pairs]
    assert told == [("Raids killed 12 people.", 1), ("Nine were hurt and two died.", 2)]
    assert report.quiet == 2


def test_figures_count_each_finding_once() -> None:
    """Alike, differing, only one's; rejections by reader."""
    agreement = Agreement()
    a = Said([claim("12 people"), claim("Nine", Measure.INJURED, 9)], [])
    b = Said([claim("12", low=11), claim("two", low=2)], [Rejection("r", "extract", "no")])
    agreement.add(compared("r", TEXT, a, b))
    agreement.add(compared("s", TEXT, a, a))
    figures = agreement.as_json()
    assert figures["reports"] == 2
    assert (figures["same"], figures["differing"], figures["only"]) == (2, 1, [1, 1])
    assert figures["differs_in"] == {**dict.fromkeys(ASPECTS, 0), "number": 1}
    assert figures["rejected"] == [0, 1]
    assert figures["found_alike"] == 0.75  # 2·3 / (2·3 + 1 + 1)
    assert figures["sentence_kappa"] == 1.0


def test_kappa_is_that_of_the_textbook() -> None:
    """Worked by hand: of 50 cases 20 and 15 agreed, 5 and 10 not; observed .7, by chance .5, kappa .4."""
    agreement = Agreement()
    agreement.sentences.update({(True, True): 20, (True, False): 5, (False, True): 10, (False, False): 15})
    assert agreement.kappa == pytest.approx(0.4)


def test_without_anything_found_there_is_no_figure() -> None:
    """Nothing to agree on is not full agreement."""
    agreement = Agreement()
    assert (agreement.found_alike, agreement.kappa) == (None, None)
    agreement.add(compared("r", TEXT, Said([], []), Said([], [])))
    assert (agreement.found_alike, agreement.kappa) == (None, None)
    assert Pair(claim("12"), None).agrees is False
