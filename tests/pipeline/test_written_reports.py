"""Ninety-six reports written for the project, fourteen of them about no war: what is read of them gets no worse.

Their words are the project's own, their people invented. They were written by the marking rules of docs/evaluating.md
before the rules that they test.
"""

from pathlib import Path

import pytest

from marsad.pipeline.evaluate_reading import evaluate_reading

WRITTEN = Path(__file__).parents[1] / "data" / "written"


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float | None]]:
    """Return the figures over all and by language."""
    return {lang: dict(scores.figures) for lang, scores in evaluate_reading(WRITTEN, processes=1).scores.items()}


@pytest.mark.long
@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr", "it"])
def test_nine_counts_in_ten_are_read(figures: dict[str, dict[str, float | None]], lang: str) -> None:
    """In every language number and category of the counts are right, few are missed and few made up."""
    assert (figures[lang]["count.f1"] or 0) >= 0.9


def test_most_speakers_are_heard(figures: dict[str, dict[str, float | None]]) -> None:
    """Four in five speakers are those that a reader would name."""
    assert (figures["all"]["attribution.f1"] or 0) >= 0.8


def test_reports_of_no_war_make_no_claims(figures: dict[str, dict[str, float | None]]) -> None:
    """Accidents, sport, crimes and money raise no alarm."""
    assert figures["all"]["hard_negative.share"] == 0
