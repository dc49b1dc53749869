"""The language of a text, as far as lexicons reach."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import ground

from marsad.extract.read import claims_in
from marsad.model import ReportId, Text
from marsad.stage import Rejection
from marsad.text.language import at_a_glance, language_of
from marsad.text.lexicon import languages


@given(st.text(max_size=200))
def test_any_text_is_in_a_language_that_can_be_read(text: str) -> None:
    """Where nothing tells, English."""
    assert language_of(text) in languages()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Nine people were killed in the raids, the group said.", "en"),
        ("قتل تسعة أشخاص في الغارات، كما قالت المنظمة.", "ar"),
        ("AFP: قتل تسعة أشخاص بينهم طفلان في مدينة الرقة", "ar"),
        ("Nove persone sono state uccise nei raid, ha detto il gruppo.", "it"),
        ("Sono almeno 12 i morti e 30 i feriti dell'attacco alla moschea.", "it"),
        ("Nueve personas murieron en los ataques, dijo el grupo.", "es"),
        ("Унаслідок ударів загинули дев’ять людей, повідомила група.", "uk"),
        ("12 34 56", "en"),
        ("", "en"),
    ],
)
def test_small_words_tell(text: str, lang: str) -> None:
    """Names and numbers do not."""
    assert language_of(text) == lang


def test_the_beginning_suffices() -> None:
    """A long report is not read to its end to know its language."""
    assert language_of("The army said nine people were killed. " * 200 + "قتل تسعة أشخاص. " * 100_000) == "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le comité de coordination de la ville de Douma a annoncé la mort de 12 personnes.", "fr"),
        ("Fuentes del comando de la división de Tumaco hablan de ocho muertos en la zona.", "es"),
        ("Zeugen in der Stadt sprachen von zwölf Toten und einem Brand in einer Schule.", "de"),
        ("Moradores de Cabo Delgado falam de doze mortos e de um incêndio em uma escola.", "pt"),
    ],
)
def test_small_words_of_several_languages_tell_less(text: str, lang: str) -> None:
    """French and Spanish are full of "de" and "en", which are Turkish too: a word of many languages weighs little in each."""
    assert at_a_glance(text) in (lang, None)
    assert at_a_glance(text) == lang or language_of(text) == lang


def read_or_refused(text: str) -> list[object]:
    """Return what reading a report of no stated language gives."""
    return list(claims_in(Text(ReportId("r"), text), ground()))


TABLE = tomllib.loads((resources.files("marsad.resources") / "languages.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", TABLE)
def test_a_glance_tells(lang: str) -> None:
    """Its small words tell a language from its neighbours, whether it can be read or not."""
    assert at_a_glance(TABLE[lang]["example"]) == lang


def test_every_language_that_is_read_is_told_at_a_glance() -> None:
    """A new lexicon brings its small words."""
    assert set(languages()) <= set(TABLE)


@pytest.mark.parametrize("text", ["", "Raqqa, 95", "AFP", "Aleppo Homs Hama", "95 95 95"])
def test_names_and_numbers_tell_no_language(text: str) -> None:
    """Too little to tell is told as such."""
    assert at_a_glance(text) is None


def test_a_language_without_a_lexicon_is_refused_by_its_name() -> None:
    """A German report is not read as English."""
    (refused,) = read_or_refused(
        "Bei den Angriffen auf den Markt wurden neun Menschen getötet, und die Stadt ist zerstört."
    )
    assert isinstance(refused, Rejection)
    assert "'de'" in refused.reason
