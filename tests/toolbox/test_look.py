"""The look-script shows a newcomer chunks, rules and claims of a sentence, in any language there is."""

from datetime import date

import pytest
from loading import tool

from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch

look = tool("look")
RAQQA = Site("gn:1", "Raqqa", "الرقة", "SY", None, 35.95, 39.01, "city", 200_000, 1, ("الرقة", "Ракка"), curated=True)
GROUND = Gazetteer(gazetteer_batch([RAQQA], {"Syria": "SY"}))


@pytest.mark.parametrize(
    ("lang", "sentence", "chunk"),
    [
        ("en", "Shelling killed nine people in Raqqa on Tuesday.", "Q[nine people]"),
        ("ar", "قتل تسعة أشخاص في الرقة.", "Q[تسعة أشخاص]"),
        ("uk", "У вівторок у Ракці загинули дев'ять людей.", "Q[дев'ять людей]"),
    ],
)
def test_a_sentence_is_shown_from_chunks_to_claims(lang: str, sentence: str, chunk: str) -> None:
    """First the sentence, then its chunks, the rule that found the count, and the claim with its place."""
    said, chunks, count, claim = look.seen(lang, sentence, date(2025, 11, 26), GROUND)
    assert said == sentence
    assert chunk in chunks
    assert count.strip().startswith("count ")
    assert "killed by rule active" in count
    assert "killed 9-9" in claim
    assert "where Raqqa (gn:1)" in claim


def test_a_sentence_that_says_nothing_of_people_shows_its_chunks_alone() -> None:
    """A number that no rule took has no line."""
    assert list(look.seen("en", "Nine lanterns burned.", date(2025, 11, 26), GROUND)) == [
        "Nine lanterns burned.",
        "    z[Nine] x[lanterns] x[burned] .[.]",
    ]


def test_a_language_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With those there are, and exit code 2."""
    with pytest.raises(SystemExit) as stopped:
        look.main(["xx", "Nine people."])
    assert stopped.value.code == 2
    assert "uk" in capsys.readouterr().err
