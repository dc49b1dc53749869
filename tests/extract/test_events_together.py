"""Sums of several incidents that an article tells one by one."""

from datetime import date

import pytest

from marsad.extract.spelled_out import misreckoned
from marsad.model import ReportId, Text


def found(words: str, lang: str = "en") -> list[tuple[str, str]]:
    """Return what does not come out: the words, and which rule they break."""
    report = Text(ReportId("r"), words, date(2025, 6, 20), None, lang)
    return [(one.text, one.rule) for one in misreckoned(report)]


THREE = "In Sabt nine people died. In Marj seven people died. In Wadi four people died. "


@pytest.mark.parametrize(
    ("lang", "words", "wrong"),
    [
        ("en", f"{THREE}These three attacks cost 24 people their lives.", "24"),
        (
            "fr",
            "À Sabt neuf personnes sont mortes. À Marj sept personnes sont mortes. Ces deux attaques ont tué 19 personnes.",
            "19",
        ),
        (
            "es",
            "En Sabt murieron nueve personas. En Marj murieron siete personas. Estos dos ataques mataron a 19 personas.",
            "19",
        ),
        (
            "it",
            "A Sabt sono morte nove persone. A Marj sono morte sette persone. Questi due attacchi hanno ucciso 19 persone.",
            "19",
        ),
    ],
)
def test_a_sum_of_incidents_must_be_what_they_cost(lang: str, words: str, wrong: str) -> None:
    """As many numbers were told as there are said to be incidents, and their sum is another."""
    assert found(words, lang) == [(wrong, "sum")]


@pytest.mark.parametrize(
    "words",
    [
        f"{THREE}These three attacks cost 20 people their lives.",
        f"{THREE}These three attacks came in a year that cost 2,400 people their lives.",
        f"{THREE}These three men held 24 people.",
        "In Sabt nine people died. In Marj seven people died or were hurt. These four attacks cost 24 people their lives.",
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(words: str) -> None:
    """A right sum, a sum far off, people who are no incidents, more incidents than were told."""
    assert found(words) == []
