"""A toll that nobody tells is that of whoever it belongs to."""

import pytest
from little_ground import read

OWNED = [
    ("en", "The Health Ministry's final toll is nine killed.", "Health Ministry"),
    ("en", "The army's latest count is nine soldiers dead.", "army"),
    ("en", "Army figures now stand at nine soldiers dead.", "army"),
    ("fr", "Le bilan du ministère de la Santé est de neuf morts.", "health ministry"),
    ("es", "El balance de la Alcaldía es de nueve muertos.", "town hall"),
    ("it", "Il bilancio del ministero della Sanità è di nove morti.", "health ministry"),
    ("ar", "واستقرت حصيلة وزارة الصحة عند تسعة قتلى.", "health ministry"),
]


@pytest.mark.parametrize(("lang", "sentence", "name"), OWNED)
def test_whose_toll_it_is(lang: str, sentence: str, name: str) -> None:
    """It stands before "toll" with an "'s" in English, behind "of" elsewhere, right behind the toll in Arabic."""
    assert [claim.attribution for claim in read(sentence, lang)] == [(name,)]


def test_the_ministry_s_toll_is_that_of_the_ministry_named_before() -> None:
    """ "An initial ministry toll" names no ministry of its own."""
    told = read("The Ministry of Health confirmed the strike. An initial ministry toll gave nine dead.", "en")
    assert [claim.attribution for claim in told] == [("Ministry of Health",)]


@pytest.mark.parametrize(
    "sentence",
    ["The toll is nine dead.", "The city's death toll is nine killed.", "Figures on the wall: nine dead."],
)
def test_a_toll_of_nobody_stays_the_outlets_own(sentence: str) -> None:
    """A city counts nobody."""
    assert [claim.attribution for claim in read(sentence, "en")] == [()]
