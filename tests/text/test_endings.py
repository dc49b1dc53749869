"""Names as a sentence bends them: the plain name is among the few that are tried, and nothing is tried without need."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.endings import unbent
from marsad.text.lexicon import languages, lexicon

BENT = {
    "Харків": "Харкова Харкові Харкову Харковом",
    "Київ": "Києва Києві Києву",
    "Чернігів": "Чернігова Чернігові",
    "Миколаїв": "Миколаєва Миколаєві",
    "Одеса": "Одеси Одесі Одесу",
    "Суми": "Сум Сумах Сумам",
    "Дніпро": "Дніпра Дніпрі Дніпру",
    "Запоріжжя": "Запоріжжі Запоріжжю",
    "Нікополь": "Нікополя Нікополі Нікополю",
    "Ірпінь": "Ірпеня Ірпені Ірпеню",
    "Костянтинівка": "Костянтинівки Костянтинівці Костянтинівку",
    "Марганець": "Марганця Марганці Марганцю",
    "Балаклія": "Балаклії Балаклію",
    "Хмельницький": "Хмельницького Хмельницькому",
    "Рівне": "Рівного Рівному",
    "Черкаси": "Черкас Черкасах",
    "Кривий Ріг": "Кривого_Рогу Кривому_Розі",
    "Велика Писарівка": "Великої_Писарівки Великій_Писарівці",
    "Часів Яр": "Часового_Яру Часовому_Яру Часовому_Ярі",
    "Харківська область": "Харківської_області Харківській_області Харківщини Харківщині Харківщину",
    "Донецька область": "Донецької_області Донеччини Донеччині",
}
"""Plain names with the cases that a grammar of Ukrainian gives them."""


@pytest.mark.parametrize(("plain", "cases"), BENT.items(), ids=list(BENT))
def test_a_ukrainian_name_is_found_in_its_cases(plain: str, cases: str) -> None:
    """Genitive, dative, locative and accusative of towns, villages of two words, provinces and their short names."""
    endings = lexicon("uk").data["places"]["endings"]
    for case in cases.split():
        assert plain in unbent(endings, case.replace("_", " ")), case


def test_a_longer_ending_is_tried_first() -> None:
    """ "Харкові" is Харків before it is Харков."""
    assert unbent({"і": ["", "а"], "ові": ["ів"]}, "Харкові") == ["Харків", "Харков", "Харкова"]


@pytest.mark.parametrize("name", ["", "   ", "Raqqa", "in a list of four words", "Харкові " * 40])
def test_where_no_ending_is_known_nothing_is_tried(name: str) -> None:
    """Nor for a text that is no name."""
    assert unbent({"ові": ["ів"]}, name) == []


@given(st.text(alphabet="аеиіоуюяїв сц", max_size=40))
def test_few_names_are_tried_and_never_the_name_itself(name: str) -> None:
    """However many endings fit."""
    tried = unbent(lexicon("uk").data["places"]["endings"], name)
    assert len(tried) <= 24
    assert name not in tried


def test_a_megabyte_is_no_name() -> None:
    """It is refused at once."""
    start = time.process_time()
    assert len(unbent(lexicon("uk").data["places"]["endings"], "і" * 1_000_000)) <= 24
    assert time.process_time() - start < 1


@pytest.mark.parametrize("lang", languages())
def test_endings_are_words_of_small_letters(lang: str) -> None:
    """An ending is no empty one, and what stands in its stead is another."""
    for ending, plain in lexicon(lang).data["places"]["endings"].items():
        assert ending
        assert ending not in plain or len(plain) > 1, ending
        assert len(set(plain)) == len(plain), ending
