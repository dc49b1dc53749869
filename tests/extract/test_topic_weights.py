"""How much the words of a report speak of armed violence, as made-up reports taught it."""

from importlib import resources

import pytest

from marsad.extract.topic import signs_of
from marsad.extract.topic_weights import SIGNS, speaks_of_war, stems_of
from marsad.text.lexicon import languages, lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import sentences


def lines(text: str, lang: str = "en") -> list[Line]:
    return [lexicon(lang).counting_line(text, s.body, s.end) for s in sentences(text)]


def odds(text: str, lang: str = "en") -> float:
    found = speaks_of_war(lang, lines(text, lang), signs_of(lexicon(lang), lines(text, lang)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("lang", "war", "other"),
    [
        (
            "en",
            "Gunmen opened fire on a convoy and killed nine soldiers.",
            "The ferry sank in a squall and nine people drowned.",
        ),
        ("ar", "قصفت الطائرات الحي بالبراميل وقتل تسعة مدنيين.", "انقلبت الحافلة على الطريق السريع ومات تسعة ركاب."),
        (
            "es",
            "Hombres armados atacaron el pueblo y mataron a nueve.",
            "El autobús volcó en una curva y murieron nueve viajeros.",
        ),
        (
            "fr",
            "Des hommes armés ont attaqué le village et tué neuf civils.",
            "Le bac a chaviré et neuf passagers sont morts noyés.",
        ),
        (
            "it",
            "Uomini armati hanno attaccato il villaggio: nove uccisi.",
            "Il treno è deragliato: nove passeggeri morti.",
        ),
    ],
)
def test_war_speaks_more_of_war(lang: str, war: str, other: str) -> None:
    """Of two reports in one language the one of an attack has the higher odds."""
    assert odds(war, lang) > odds(other, lang)


def test_names_and_numbers_teach_nothing() -> None:
    """A town in the news of one year is no word of war, and 95 is no word."""
    assert stems_of(lines("Shelling of Aleppo killed 95 civilians.")) == {"shelli", "killed", "civili"}


def test_a_language_without_a_table_is_not_judged() -> None:
    """Ukrainian is judged by its lists alone."""
    text = "Внаслідок обстрілу загинули дев'ятеро людей."
    assert speaks_of_war("uk", lines(text, "uk"), (0.0,) * len(SIGNS)) is None


@pytest.mark.parametrize("lang", [lang for lang in languages() if lang != "uk"])
def test_a_table_can_be_read_by_people(lang: str) -> None:
    """A stem and a weight a line, each once, the signs at its head."""
    path = resources.files("marsad") / "resources" / "topic" / f"{lang}.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    assert tuple(stem for stem, _ in rows[: len(SIGNS)]) == SIGNS
    assert len({stem for stem, _ in rows}) == len(rows)
    assert all(abs(float(weight)) < 20 for _, weight in rows)
