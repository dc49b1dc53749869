"""Where reader and marks differ, one by one, each with the sentence it stands in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from marsad.evaluate.aliases import Speakers
from marsad.evaluate.guesses import Guess
from marsad.evaluate.marks import Mark
from marsad.evaluate.pairs import Compared, Pair
from marsad.text.sentences import Sentence, sentences


class Kind(StrEnum):
    """How a reader goes wrong."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    NUMBER = "number"
    BOUNDS = "bounds"
    """The number is right, its lower or upper bound is not."""
    CATEGORY = "category"
    VICTIM_TYPE = "victim-type"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Confusion:
    """In this report, at text[start:end] inside `sentence`, `marked` was read as `guessed`; None where there is nothing."""

    kind: Kind
    report_id: str
    lang: str
    start: int
    end: int
    marked: str | None
    guessed: str | None
    rule: str | None
    sentence: str


def confusions(reports: Iterable[Compared], speakers: Speakers) -> Iterator[Confusion]:
    """Yield every difference, report by report, in the order of the text; a pair may differ in several ways."""
    for compared in reports:
        spans = sentences(compared.report.text) if compared.pairs else []
        for pair in compared.pairs:
            for kind, marked, guessed in _differences(pair, speakers):
                yield _confusion(compared, spans, pair, kind, marked, guessed)


def _differences(pair: Pair, speakers: Speakers) -> Iterator[tuple[Kind, str | None, str | None]]:
    mark, guess = pair.mark, pair.guess
    if guess is None:
        if mark is not None:
            yield Kind.MISSED, _said(mark), None
        return
    if mark is None:
        yield Kind.SPURIOUS, None, _said(guess)
        return
    if mark.counted and not pair.number_right:
        yield Kind.NUMBER, ends(mark), ends(guess)
    elif mark.counted and not pair.bounds_right:
        yield Kind.BOUNDS, ends(mark), ends(guess)
    if not pair.category_right:
        yield Kind.CATEGORY, mark.category, guess.category
    if mark.victim_type != guess.victim_type:
        yield Kind.VICTIM_TYPE, mark.victim_type, guess.victim_type
    if not speakers.same(mark.attribution, guess.attribution):
        yield Kind.ATTRIBUTION, mark.attribution or "own voice", guess.attribution or "own voice"


def ends(claim: Mark | Guess) -> str:
    """Return low–high, a single number where both are one, "?" for an end that the words leave open."""
    low, high = ("?" if n is None else f"{n:,}" for n in (claim.low, claim.high))
    return low if low == high else f"{low}–{high}"


def _said(claim: Mark | Guess) -> str:
    return f"{ends(claim)} {claim.category}"


def _confusion(
    compared: Compared, spans: list[Sentence], pair: Pair, kind: Kind, marked: str | None, guessed: str | None
) -> Confusion:
    here = pair.mark or pair.guess
    assert here is not None  # noqa: S101 - for the type checker: a pair has one side at least
    rule = pair.guess.rule if pair.guess else None
    report = compared.report
    sentence = sentence_at(report.text, spans, here.start, here.end)
    return Confusion(kind, report.report_id, report.lang, here.start, here.end, marked, guessed, rule, sentence)


def sentence_at(text: str, spans: Iterable[Sentence], start: int, end: int) -> str:
    """Return the sentence or sentences in which text[start:end] stands, on one line."""
    inside = [span for span in spans if span.start < end and start < span.end]
    if not inside:
        return " ".join(text[start:end].split())
    return " ".join(text[inside[0].start : inside[-1].end].split())
