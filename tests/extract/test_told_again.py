"""Numbers that mean something because of the toll beside them or in the sentence before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_ground import read

Counted = tuple[int | None, str, bool]
"""Low, measure, whether it is part of another count."""


def counted(text: str, lang: str) -> list[Counted]:
    """Return what a report counts, in order."""
    return [(c.low, c.measure.value, c.subset_of is not None) for c in read(text, lang)]


TOLL, HURT = (9, "killed", False), (9, "injured", False)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The raid killed nine people. Three were children."),
        ("en", "The raid killed nine people. Of them, three were children."),
        ("en", "The raid killed nine people; three were children."),
        ("en", "The raid killed nine people, and three were children."),
        ("es", "El ataque mató a nueve personas. Tres eran niños."),
        ("fr", "L'attaque a tué neuf personnes. Trois étaient des enfants."),
        ("it", "Il raid ha ucciso nove persone. Tre erano soccorritori."),
        ("ar", "قتل تسعة أشخاص في الغارة. ثلاثة منهم أطفال."),
    ],
)
def test_who_some_of_the_dead_were_may_be_told_alone(lang: str, text: str) -> None:
    """A bare number ahead of "were children" is a part of the toll before it, in the same sentence or the next."""
    assert counted(text, lang) == [TOLL, (3, "killed", True)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Among them were two women and a boy."),
        ("es", "Entre ellos, dos mujeres y un niño."),
        ("ar", "من بينهم امرأتان وطفل."),
    ],
)
def test_a_list_of_some_of_them_may_stand_in_a_sentence_of_its_own(lang: str, text: str) -> None:
    """Each of those listed is a part of the toll before."""
    toll = {"en": "Nine people were killed.", "es": "Murieron nueve personas.", "ar": "قتل تسعة أشخاص."}[lang]
    assert counted(f"{toll} {text}", lang) == [TOLL, (2, "killed", True), (1, "killed", True)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed. Three of the attackers were police officers."),
        ("en", "Nine people were killed. Two said they had fled the town."),
        ("en", "Nine people were killed. Twelve were children."),
        ("en", "Nine people were killed. Three were open on Monday."),
        ("en", "The mayor reopened the school on Monday. Three were children."),
        ("es", "Murieron nueve personas. Dos dijeron que el mercado estaba lleno."),
    ],
)
def test_other_numbers_are_no_part_of_it(lang: str, text: str) -> None:
    """More than there were, people who did or said something, and things are none of them."""
    assert [c for c in counted(text, lang) if c != TOLL] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed, three of them in a single strike."),
        ("fr", "Neuf personnes ont été tuées, dont trois à Goma."),
        ("fr", "Neuf personnes ont été tuées, dont trois."),
        ("es", "Murieron nueve personas, de ellas tres en el hospital."),
        ("it", "Sono morte nove persone, tra cui tre in ospedale."),
        ("ar", "قتل تسعة أشخاص بينهم ثلاثة."),
    ],
)
def test_a_part_needs_no_noun(lang: str, text: str) -> None:
    """'Three of them' is three of those counted, whatever follows."""
    assert counted(text, lang) == [TOLL, (3, "killed", True)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("it", "Sono stati soccorsi nove feriti, tre in codice rosso."),
        ("fr", "Neuf blessés ont été évacués, trois en urgence absolue."),
        ("uk", "П’ятеро людей травмовані, троє — важко."),
    ],
)
def test_so_many_of_the_hurt_are_told_by_how_badly(lang: str, text: str) -> None:
    """A bare number ahead of a degree is a part of the hurt."""
    first, part = counted(text, lang)
    assert first[1:] == ("injured", False)
    assert part == (3, "injured", True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed overnight, raising the total to 300."),
        ("en", "Nine people were killed overnight, bringing the total in the province to 300."),
        ("es", "Nueve personas murieron anoche, lo que eleva a 300 el total."),
        ("fr", "Neuf personnes ont été tuées dans la nuit, portant à 300 le total."),
        ("it", "Nove persone sono morte nella notte, portando a 300 il totale."),
        ("ar", "قتل تسعة أشخاص ليرتفع العدد إلى 300."),
    ],
)
def test_a_total_is_of_those_counted_before_it(lang: str, text: str) -> None:
    """What a total comes to is of the same harm."""
    assert counted(text, lang) == [TOLL, (300, "killed", False)]


def test_a_total_of_others_is_none() -> None:
    """Where nobody was harmed, a total is of something else."""
    assert counted("Nine shops reopened on Monday, raising the total to 300. The war goes on.", "en") == []


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "The strike killed nine people. The hospital says twelve.", 12),
        ("en", "The ministry said nine people were killed; the hospital says twelve.", 12),
        ("fr", "La frappe a tué neuf personnes. L'hôpital parle de douze.", 12),
    ],
)
def test_another_number_is_told_by_who_says_it(lang: str, text: str, number: int) -> None:
    """A bare number right behind a word of saying is another toll of the same people."""
    assert counted(text, lang) == [TOLL, (number, "killed", False)]


def test_a_time_of_day_behind_a_word_of_saying_is_none() -> None:
    """'Confirmed at 1545' is no toll."""
    assert counted("Nine people were killed. The hospital confirmed at 1545.", "en") == [TOLL]


@given(st.integers(min_value=2, max_value=5000), st.integers(min_value=1, max_value=6000))
def test_a_part_is_never_more_than_its_whole(whole: int, part: int) -> None:
    """Whatever the two numbers are."""
    claims = counted(f"The raid killed {whole} people. {part} were children.", "en")
    assert claims == [(whole, "killed", False)] if part > whole else claims[:1] == [(whole, "killed", False)]
    assert all(low is not None and low <= whole for low, _, _ in claims)
