"""People by nouns that no list has, one of a family, and who speaks in brackets or prints his own counts."""

from datetime import date

import pytest
from little_ground import ground, read

from marsad.extract.read import claims_in
from marsad.model import Claim, ReportId, Text

Counted = tuple[int | None, str, str]
"""Low, measure, status."""


def counted(text: str, lang: str) -> list[Counted]:
    """Return what a report counts, in order."""
    return [(c.low, c.measure.value, c.status.value) for c in read(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("es", "El ataque deja nueve cesteros muertos y tres heridos.", [(9, "killed"), (3, "injured")]),
        ("es", "Murieron nueve cesteros en el bombardeo.", [(9, "killed")]),
        ("fr", "Neuf vanniers tués dans une attaque.", [(9, "killed")]),
        ("fr", "Le bombardement a tué neuf vanniers.", [(9, "killed")]),
        ("it", "Nove cestai uccisi in un attacco.", [(9, "killed")]),
        ("it", "Nel raid sono morti nove cestai.", [(9, "killed")]),
        ("es", "Murieron nueve soldados, entre ellos dos cesteros.", [(9, "killed"), (2, "killed")]),
        ("en", "Nine people were killed in the raid, including two basket-weavers.", [(9, "killed"), (2, "killed")]),
        ("en", "Nine died in the raid. Among the dead were two basket-weavers.", [(9, "killed"), (2, "killed")]),
        ("it", "Gli sfollati, circa 280, sono fuggiti dopo il bombardamento.", [(280, "displaced")]),
    ],
)
def test_people_count_whatever_they_are_called(lang: str, text: str, wanted: list[tuple[int, str]]) -> None:
    """Who died or was hurt is a person, also where no list has the noun."""
    assert [(low, measure) for low, measure, _ in counted(text, lang)] == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Cayeron ocho proyectiles sobre el pueblo y murieron 40 ovejas."),
        ("es", "El ejército dijo que 12 drones fueron abatidos y 3 misiles eliminados."),
        ("fr", "L'armée dit que 12 drones ont été abattus et 3 missiles neutralisés."),
        ("fr", "Trois véhicules calcinés, deux ponts détruits, 40 vaches tuées dans le bombardement."),
        ("it", "Abbattuti 12 droni, tre elicotteri abbattuti e due carri neutralizzati dall'esercito."),
        ("it", "Sono caduti otto razzi sulla città; sono morte 40 pecore."),
    ],
)
def test_things_and_beasts_do_not(lang: str, text: str) -> None:
    """Drones that were shot down, shells that fell and sheep that died are nobody."""
    assert counted(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A man and his wife were killed in the raid."),
        ("es", "El ataque mató a un hombre y a su esposa."),
        ("fr", "Le raid a tué un homme et son épouse."),
        ("it", "Il raid ha ucciso un uomo e sua moglie."),
    ],
)
def test_one_of_a_family_counts_beside_another_one(lang: str, text: str) -> None:
    """ "A man and his wife" are two."""
    assert [low for low, _, _ in counted(text, lang)] == [1, 1]


def test_arabic_subjects_count_before_their_verb() -> None:
    """An officer and two soldiers, as bare nouns before what befell them; fighters who kill are nobody's dead."""
    assert [low for low, _, _ in counted("قال الجيش إن ضابطا وجنديين قتلوا في معارك جنوب القطاع.", "ar")] == [1, 2]
    assert [low for low, _, _ in counted("وقال إن مسلحين قتلوا تسعة أشخاص في هجوم.", "ar")] == [9]


def test_a_number_behind_a_month_counts_where_it_is_no_day_of_it() -> None:
    """ "En septembre 212 personnes" are 212; "on 12 September 11 people" are eleven as before."""
    assert counted("L'armée a tué en septembre 212 personnes dans des frappes.", "fr") == [(212, "killed", "unknown")]
    assert counted("On 12 September 11 people were killed in a raid.", "en") == [(11, "killed", "unknown")]


def test_parts_are_of_the_kind_of_their_whole() -> None:
    """Of 87 civilian casualties those killed are civilians; an article's family is no count of its own."""
    assert counted("The raids caused 87 civilian casualties (29 killed and 58 injured).", "en") == [
        (87, "killed_or_injured", "civilian"),
        (29, "killed", "civilian"),
        (58, "injured", "civilian"),
    ]
    assert counted("Five people, all of them from one family, were killed in the raid.", "en") == [
        (5, "killed", "unknown")
    ]


def spoken(text: str, lang: str, outlet: str = "") -> list[tuple[str, ...]]:
    """Return who says each count."""
    report = Text(ReportId("r"), text, date(2024, 5, 5), outlet, lang)
    return [claim.attribution for claim in claims_in(report, ground()) if isinstance(claim, Claim)]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("fr", "Frappe sur le marché : 14 tués et 61 blessés (maire par intérim)", ["mayor", "mayor"]),
        ("en", "Nine people were killed (3 children) in the raid", ["", ""]),
        (
            "en",
            "Nine people were killed in a raid, sources said, while the health ministry put the toll at three.",
            ["sources", "health ministry"],
        ),
        (
            "fr",
            "D'après un bilan établi par le chef d'état-major, le général Oumar Kanté, 53 soldats ont perdu la vie.",
            ["Oumar Kanté"],
        ),
        ("en", "The group documented 87 deaths in the war, a drop of 12 per cent on September.", [""]),
    ],
)
def test_speakers_as_they_are_set(lang: str, text: str, wanted: list[str]) -> None:
    """In brackets at the end, an institution by its full name after another speaker, a name behind an office."""
    assert ["".join(chain) for chain in spoken(text, lang)] == wanted


@pytest.mark.parametrize(
    ("lang", "outlet", "wanted"),
    [
        ("fr", "Ministère de la Défense", ("defence ministry",)),
        ("es", "Alcaldía de San Juan", ("town hall",)),
        ("en", "Town council of Newbridge", ("town council",)),
        ("en", "Police Gazette", ()),
        ("en", "State television", ()),
    ],
)
def test_an_office_that_prints_its_own_counts_speaks(lang: str, outlet: str, wanted: tuple[str, ...]) -> None:
    """A ministry's or a town hall's own page is its word; a paper with such a word in its name is a paper."""
    text = {
        "fr": "Quatre soldats ont été tués dans une embuscade.",
        "es": "Cuatro soldados murieron en una emboscada.",
        "en": "Four soldiers were killed in an ambush.",
    }[lang]
    assert spoken(text, lang, outlet) == [wanted]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قتل تسعة مدنيين بقصف على قرية كفر زقلول في ريف إدلب الجنوبي.", "كفر زقلول"),
        ("قتل تسعة مدنيين بغارة على بلدة زنكول في محافظة إدلب.", "زنكول"),
        ("قتل تسعة مدنيين في قرية صغيرة قرب إدلب.", None),
        ("قتل تسعة مدنيين في قرية تقع جنوب إدلب.", None),
    ],
)
def test_arabic_villages_that_no_list_has_keep_their_name(text: str, name: str | None) -> None:
    """ "The village of Kafr Zaqlul in Idlib" is that village, not found, and not the province; "a small village" is none."""
    (claim,) = read(text, "ar")
    assert claim.place is not None
    assert (None if claim.place.found else claim.place.name) == name
