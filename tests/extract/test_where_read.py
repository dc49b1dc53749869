"""Where a report has it happen: towns behind unknown names, what was hit, and whose regime is meant."""

import pytest
from little_ground import only, read


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "A truck bomb killed 12 people in Qasr Sayyid, Aleppo, medics said on Tuesday."),
        ("ar", "قتل 12 شخصا في قصف على سوق حلب يوم الثلاثاء."),
        ("ar", "قتل 12 شخصا في غارة على مستشفى حلب يوم الثلاثاء."),
    ],
)
def test_the_town_around_what_was_hit(lang: str, words: str) -> None:
    """An unknown quarter lies in the town behind the comma, a market or a hospital in the town it is named after."""
    place = only(words, lang).place
    assert place is not None
    assert place.name == "Aleppo"


def test_who_speaks_behind_a_comma_is_no_place() -> None:
    """ "In Parliament, Aleppo said" tells nothing of a place."""
    place = only("In Parliament, Aleppo said that 12 people were killed on Tuesday.").place
    assert place is None or place.name != "Aleppo"


def test_the_regime_is_that_of_where_it_happened() -> None:
    """Russian jets, named three times, and regime forces over Idlib: the regime is Syria's, which nobody names."""
    words = (
        "Regime forces killed eight people in shelling of Idlib on Tuesday. Russian jets flew over Idlib. "
        "A Russian pilot was seen. Russian raids stopped on Monday."
    )
    assert next(c for c in read(words) if c.value == 8).perpetrator == "Government of Syria"


def test_a_name_that_many_places_have_is_read_beside_others() -> None:
    """Ariha is Jericho too; south of Idlib it lies in Syria, whoever else the report speaks of."""
    words = "Russian jets crossed the plain south of Idlib province on Tuesday. Nine people were killed in Ariha."
    place = only(words).place
    assert place is not None
    assert place.country == "SY"
