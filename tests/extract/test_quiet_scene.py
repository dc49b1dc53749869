"""A scene set by sentences that count nobody, and the countryside of a town, which is not the town."""

from datetime import date

import pytest
from little_ground import only, read

from marsad.model import Scope

COUNTRYSIDE = [
    ("en", "Syria: nine people were killed in rural Idlib."),
    ("en", "Syria: nine people were killed in Idlib's northern countryside."),
    ("ar", "قتل تسعة أشخاص في غارة بريف إدلب في سوريا."),
    ("ar", "قتل تسعة أشخاص في ريف إدلب الشمالي في سوريا."),
    ("fr", "Syrie : neuf personnes ont été tuées dans la province d'Idlib."),
    ("fr", "Syrie : neuf personnes ont été tuées dans la campagne d’Idlib."),
    ("es", "Siria: nueve personas murieron en la zona rural de Idlib."),
    ("it", "Siria, nove persone sono morte nelle campagne di Idlib."),
]


@pytest.mark.parametrize(("lang", "words"), COUNTRYSIDE)
def test_the_countryside_of_a_town_is_its_province(lang: str, words: str) -> None:
    """A village that only "the countryside of Idlib" names lies in the province, not in the town."""
    place = only(words, lang).place
    assert place is not None
    assert (place.place_id, place.precision) == ("ne:2", 4)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Special forces landed in the town of Raqqa on Tuesday.\n\nNine people were killed, Syria's army said."),
        ("ar", "هبطت قوات خاصة في مدينة الرقة يوم الثلاثاء.\n\nقُتل تسعة أشخاص في سوريا."),
    ],
)
def test_a_sentence_without_an_attack_sets_the_scene(lang: str, words: str) -> None:
    """Where no sentence that counts or tells of an attack names a place, the first that names a town does."""
    claim = only(words, lang)
    assert claim.place is not None
    assert claim.occurred is not None
    assert (claim.place.name, claim.occurred.start) == ("Raqqa", date(2014, 11, 25))


def test_where_people_talk_nobody_was_harmed() -> None:
    """A conference sets no scene."""
    claim = only("Ministers met in Sochi on Monday.\n\nNine people were killed.", "en")
    assert claim.place is None


def test_a_later_sentence_of_harm_dates_a_count() -> None:
    """ "They were murdered on 16 November" dates the six that a report counts without a day."""
    words = (
        "The bishop spoke of the murder of six priests in Raqqa, Syria.\n\nThe priests were murdered on 16 November."
    )
    claim = only(words, "en")
    assert claim.occurred is not None
    assert (claim.occurred.start, claim.occurred.end) == (date(2014, 11, 16), date(2014, 11, 16))


def test_the_day_of_an_attack_that_left_dead() -> None:
    """In "he said that those who made an attack in Raqqa today that left 31 dead" today is the day of the attack."""
    words = "The minister said that the men who carried out an attack in Raqqa, Syria, today that left 31 dead would be tried."
    claim = only(words, "en")
    assert claim.occurred is not None
    assert claim.occurred.start == claim.occurred.end == date(2014, 11, 26)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "One of the worst massacres since protests began in March 2011 hit Raqqa, Syria: nine civilians were killed."),
        ("it", "A Raqqa, in Siria, dei peggiori massacri da quando nel marzo 2011 è iniziata la rivolta: nove civili uccisi."),
        ("fr", "A Raqqa, en Syrie, l'un des pires massacres depuis que la révolte a commencé en mars 2011 : neuf civils tués."),
        ("es", "En Raqqa, Siria, de las peores matanzas desde que empezó la revuelta en marzo de 2011: nueve civiles muertos."),
        ("ar", "قُتل تسعة مدنيين في الرقة في سوريا في واحدة من أسوأ المجازر منذ أن بدأت الاحتجاجات في آذار 2011."),
    ],
)  # fmt: skip
def test_what_began_long_ago_dates_no_incident(lang: str, words: str) -> None:
    """The month in which a war began is no day of a massacre that is the worst since then."""
    claim = only(words, lang)
    assert claim.occurred is not None
    assert claim.occurred.start.year == 2014
    assert claim.scope is Scope.INCIDENT


def test_where_the_wounded_were_taken_is_no_scene() -> None:
    """Who was brought to a hospital in another town was harmed before."""
    words = (
        "A raid hit a market in Raqqa, Syria, on Tuesday. Nine people were killed. "
        "Two bodies were delivered to the state hospital in the city of Idlib."
    )
    first, second = read(words)
    assert (first.place and first.place.name, second.place and second.place.name) == ("Raqqa", "Raqqa")


def test_of_several_titles_none_hides_where_it_was() -> None:
    """A page repeats its title, which names the province's capital; the report tells of a town."""
    words = (
        "Statements\n\nRaid in Idlib\n\nRaid in Idlib\n\nNine people were killed in a raid\n\n"
        "The raid took place in Raqqa, Syria, on Tuesday."
    )
    claim = only(words, "en")
    assert claim.place is not None
    assert claim.place.name == "Raqqa"


def test_towns_tell_of_a_country_that_is_not_named() -> None:
    """A report that names Russia alone, and Raqqa, speaks of Syria: its Ariha is no Jericho."""
    words = "قصفت القوات الروسية محيط مدينة الرقة يوم الثلاثاء.\n\nوقتل تسعة أشخاص في غارة على مدينة أريحا."
    claim = only(words, "ar")
    assert claim.place is not None
    assert claim.place.country == "SY"
