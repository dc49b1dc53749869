"""Sentences of wires and statements whose parts stand far apart: who was killed, who says so, where, over what time."""

from datetime import date

import pytest
from little_ground import read

from marsad.extract.spoken_places import besides, places_of_speakers
from marsad.model import Claim, Measure, Modality, ReportId, Scope, Text


def killed(text: str, lang: str = "en") -> list[int | None]:
    """Return the least of each number of dead that stands."""
    return [c.low for c in read(text, lang) if c.measure is Measure.KILLED and c.modality is not Modality.RETRACTED]


def of(text: str, low: int, lang: str = "en") -> Claim:
    """Return the claim with this least number."""
    return next(c for c in read(text, lang) if c.low == low)


@pytest.mark.parametrize(
    ("lang", "text", "numbers"),
    [
        ("en", "Eight picnickers, two of them children, were killed when shells fell on an orchard.", [8, 2]),
        ("en", "Five scrap collectors, three of them brothers, died when a shell blew up.", [5, 3]),
        ("fr", "Dix passagers d'un bus près de Raqqa, en Syrie, ont été tués vendredi.", [10]),
        ("en", "Thirteen villagers are now known to have been killed in Monday's raid.", [13]),
        ("en", "A woman and her three children were killed by a grenade.", [1, 3]),
        ("ar", "قُتل ضابط برتبة عقيد و6 من مرافقيه في كمين.", [1, 6]),
    ],
)
def test_people_are_counted_though_no_list_has_them_or_much_stands_between(
    lang: str, text: str, numbers: list[int]
) -> None:
    """An unknown trade, an aside, a bus and two places, a rank: what befell them stands behind."""
    assert killed(text, lang) == numbers


def test_what_befell_those_of_whom_people_speak_did_not_befall_them() -> None:
    """A word of saying between people and "was killed" parts them."""
    assert killed("Nine residents said the mayor, a friend of theirs, was killed in the raid.") == []


def test_a_toll_is_lowered_far_from_its_verb() -> None:
    """The number of people killed in an attack, at a market, in a city …: to 24 from 29."""
    text = "The ministry lowered the number of people killed in Saturday's bombing of a market in Raqqa, Syria, to 24 from 29."
    assert killed(text) == [24]
    assert [c.low for c in read(text) if c.modality is Modality.RETRACTED] == [29]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "De douze, le nombre des villageois tués est passé à quinze lundi."),
        ("en", "From 12, the number of villagers killed rose to 15 on Monday."),
    ],
)
def test_an_older_number_may_open_the_sentence(lang: str, text: str) -> None:
    """It is no toll of now."""
    assert killed(text, lang) == [15]


def test_the_wounded_who_died_are_no_doctors() -> None:
    """Whoever speaks behind a comma says nothing of whom he counts."""
    claim = of("Two of the wounded died in hospital, a doctor in Raqqa said.", 2)
    assert claim.group is None


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("en", "Nine people were killed in Raqqa, AFP quoted the provincial governor as saying.", ("provincial governor", "AFP")),
        ("es", "Nueve personas murieron el lunes en el ataque, según la AFP.", ("AFP",)),
        ("fr", "Neuf personnes ont été tuées lundi dans le raid, selon l'AFP.", ("AFP",)),
        ("en", "The diocese of Raqqa says nine people were killed.", ("diocese of Raqqa",)),
        ("fr", "L'Association citoyenne du Nord annonce que neuf civils ont été tués.", ("Association citoyenne du Nord",)),
        ("fr", "Des habitants de Raqqa, en Syrie, accusent l'armée d'avoir tué neuf civils.", ("residents in Raqqa",)),
        ("en", "Residents accuse the army of killing nine civilians in Raqqa.", ("residents",)),
        ("ar", "قتل تسعة أشخاص في الرقة، حسبما نقلت وكالة رويترز عن وزارة الداخلية.", ("interior ministry", "Reuters")),
    ],
)  # fmt: skip
def test_who_says_it(lang: str, text: str, speaker: tuple[str, ...]) -> None:
    """Whom an agency quotes, the agency itself, a body by its whole name, whoever accuses."""
    assert of(text, 9, lang).attribution == speaker


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed on Friday in Tambur, Sudan."),
        ("en", "Nine fishermen were killed when gunmen attacked their boats off Tambur in Sudan."),
        ("fr", "Neuf civils ont été tués samedi 1er novembre à Tambur, au Soudan."),
        ("es", "Nueve personas murieron el sábado en Tambur, Sudán."),
        ("en", "An attack in Tambur killed nine people."),
    ],
)
def test_an_unlisted_place_is_told_by_what_stands_around_it(lang: str, text: str) -> None:
    """The day before it, the country behind it, the attack in it."""
    claim = of(text, 9, lang)
    assert claim.place is not None
    assert claim.place.name == "Tambur"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people died in the prison of Raqqa in Syria."),
        ("es", "Nueve presos murieron en la cárcel de Raqqa, en Siria."),
        ("fr", "Neuf personnes ont été tuées au marché de Raqqa, en Syrie."),
    ],
)
def test_a_site_of_a_town_is_in_that_town(lang: str, text: str) -> None:
    """Not in its country alone."""
    claim = of(text, 9, lang)
    assert claim.place is not None
    assert claim.place.name == "Raqqa"


def test_a_total_is_of_its_time_and_not_of_the_day_of_saying() -> None:
    """Between two days is longer than Tuesday."""
    claim = of(
        "The UN said on Tuesday that 236 civilians had been killed in Syria between 1 January and 30 June 2014.", 236
    )
    assert claim.occurred is not None
    assert (claim.occurred.start, claim.occurred.end) == (date(2014, 1, 1), date(2014, 6, 30))
    assert claim.scope is not Scope.INCIDENT


def test_a_band_with_the_name_of_a_beast_is_no_beast() -> None:
    """Los Lobos kill people; wolves in a report of a flock do not."""
    assert killed("Cinco integrantes de Los Lobos murieron en un bombardeo contra una mina.", "es") == [5]


@pytest.mark.parametrize(
    ("lang", "text", "weapon"),
    [
        ("en", "The explosion of a car bomb killed nine people.", "car bomb"),
        ("en", "A strike by a drone killed nine people.", "drone strike"),
        ("ar", "قتل تسعة أشخاص بانفجار سيارة مفخخة.", "car bomb"),
    ],
)
def test_a_nearer_word_for_the_weapon_says_more(lang: str, text: str, weapon: str) -> None:
    """The explosion was that of a car bomb."""
    assert of(text, 9, lang).weapon == weapon


def test_a_raid_on_foot_is_no_air_strike() -> None:
    """Unless something of the air stands in the report."""
    assert of("Rebel fighters killed nine people in a raid on a village near Raqqa.", 9).weapon is None
    assert of("Nine people died in a raid near Raqqa. Warplanes came back an hour later.", 9).weapon == "air strike"


@pytest.mark.parametrize(
    "text",
    [
        "وصل 300 نازح إلى مخيم يوم الثلاثاء بعد القصف.",
        "بلغ عدد النازحين من الرقة نحو 300 شخص بعد القصف.",
    ],
)
def test_the_displaced_are_counted_in_arabic(text: str) -> None:
    """By their noun alone, too."""
    assert [(c.low, c.measure) for c in read(text, "ar")] == [(300, Measure.DISPLACED)]


def test_where_somebody_speaks_for_is_no_place_of_what_he_tells() -> None:
    """Blanks stand for it, and nothing else moves."""
    text = "Gunmen stopped a bus near Nawa. Ten people were killed, the diocese of Raqqa said."
    report = Text(ReportId("r"), text, date(2014, 11, 26), "X", "en")
    assert [text[a:b] for a, b in places_of_speakers(report)] == ["of Raqqa"]
    assert besides(report).text == text.replace("of Raqqa", " " * 8)


def test_rows_of_a_list_are_of_the_toll_ahead_of_it() -> None:
    """Each tells how many of those dead a party killed; its time and its speaker are those of the list."""
    text = (
        "The network documented the killing of 1,247 civilians in Syria in June 2014, as follows:\n"
        "- Syrian regime forces: 702 civilians, including 124 children.\n"
        "- Islamic State: 148 civilians.\n\n"
        "See also: 12 civilians of the town."
    )
    found = {c.low: c for c in read(text)}
    assert found.keys() == {1247, 702, 124, 148}
    assert found[148].perpetrator == "Islamic State"
    assert found[124].subset_of == found[702].claim_id
    assert {c.scope for c in found.values()} == {found[1247].scope}
    assert {c.attribution for c in found.values()} == {found[1247].attribution}
    assert {c.occurred for c in found.values()} == {found[1247].occurred}
