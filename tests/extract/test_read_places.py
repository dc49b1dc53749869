"""Where it happened, in reports that name provinces, districts and villages in the ways of papers and bulletins."""

from datetime import date

import pytest

from marsad.extract.read import claims_in
from marsad.model import Claim, Place, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.text.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    """Return the gazetteer that marsad ships."""
    return Gazetteer.open(gazetteer_path())


def places(text: str, lang: str, gazetteer: Gazetteer) -> list[Place]:
    """Return the places of the counts of a report, in order, each once."""
    report = Text(ReportId("r"), text, date(2024, 9, 18), None, lang)
    found = (c for c in claims_in(report, gazetteer) if isinstance(c, Claim) and c.low is not None)
    return list(dict.fromkeys(claim.place for claim in found if claim.place is not None))


@pytest.mark.parametrize(
    ("lang", "text", "name", "country"),
    [
        ("fr", "Douze civils ont été tués lundi dans l'État de Borno, dans le nord-est du Nigeria.", "Borno", "NG"),
        ("es", "Maiduguri (Nigeria), 16 sep (EFE).- Nueve personas murieron el lunes en Banki.", "Banki", "NG"),
        ("en", "QUETTA: Nine people were killed in an explosion in Mastung on Tuesday.", "Mastung", "PK"),
        ("en", "- Timbuktu reg., Lere: nine soldiers killed in an attack on the base on Monday.", "Léré", "ML"),
        (
            "fr",
            "Une frappe a visé Bodio, dans le cercle de Bandiagara, au Mali, tuant neuf personnes.",
            "Bandiagara",
            "ML",
        ),
        ("en", "Three people were killed on Sunday in the Nigerian town of Banki.", "Banki", "NG"),
        ("ar", "قتل تسعة مدنيين في بلدة بانكي شمال شرق نيجيريا يوم الاثنين.", "Banki", "NG"),
        ("en", "A bomb in Islamabad killed nine people on Monday.", "Islamabad", "PK"),
    ],
)
def test_where(lang: str, text: str, name: str, country: str, shipped: Gazetteer) -> None:
    """The narrowest place that the words tell, whatever the way of telling it; a dateline tells only where it was written."""
    [place] = places(text, lang, shipped)
    assert name in (place.name or "") or name in (place.admin1 or "")
    assert place.country == country


def test_a_village_in_no_list_takes_the_province_around_it(shipped: Gazetteer) -> None:
    """ "In Zuwarake, a village of Borno state" is known by its own words, in Borno."""
    [place] = places("Gunmen killed nine farmers on Monday in Zuwarake, in Nigeria's Borno state.", "en", shipped)
    assert (place.words, place.found) == ("Zuwarake", False)
    assert (place.country, place.admin1) == ("NG", "Borno State")


def test_whoever_fled_abroad_and_speaks_is_no_place(shipped: Gazetteer) -> None:
    """A trader who fled to Niger tells of nine dead of Borno; they did not die there."""
    text = "Gunmen raided Zuwarake in Borno State, Nigeria, on Monday. Nine were killed, said Goni, who fled to Niger."
    assert {place.country for place in places(text, "en", shipped)} == {"NG"}


def test_a_common_word_with_its_article_is_no_village(shipped: Gazetteer) -> None:
    """المشهد is "the scene" before it is a quarter of Aleppo; behind حي it is the quarter."""
    assert not shipped.resolve("المشهد", ("SY",)).found
    assert shipped.resolve("حي المشهد", ("SY",)).found
