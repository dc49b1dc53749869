"""A body that speaks of its own town: where it is, where its report names no place."""

import pytest
from little_ground import read

TOWNS = (
    ("en", "Shelling killed nine people on Monday. Syria's hospitals are full.", "Raqqa Emergency Room (Facebook)"),
    ("ar", "قصف الطيران السوق صباح اليوم. قتل تسعة أشخاص. سوريا تنزف.", "Raqqa Emergency Room"),
    ("ar", "غرفة طوارئ الرقة\n\nقصف الطيران السوق صباح اليوم. قتل تسعة أشخاص.", "a page"),
    ("ar", "#مستشفى_الرقة\n\nقصف الطيران السوق صباح اليوم. قتل تسعة أشخاص.", "a page"),
    ("fr", "Neuf personnes ont été tuées lundi par des obus, en Syrie.", "Mairie de Raqqa"),
)


@pytest.mark.parametrize(("lang", "text", "outlet"), TOWNS)
def test_a_local_body_speaks_of_its_town(lang: str, text: str, outlet: str) -> None:
    """Its name, of the outlet or in the first line, tells where it was."""
    place = read(text, lang, outlet=outlet)[0].place
    assert place is not None
    assert place.name == "Raqqa"


@pytest.mark.parametrize("outlet", ["Raqqa Times", "The Harbour Daily", ""])
def test_a_newspaper_named_after_a_town_writes_of_any(outlet: str) -> None:
    """Nothing but the country is told."""
    place = read("Shelling killed nine people in Syria on Monday.", outlet=outlet)[0].place
    assert place is not None
    assert place.name == "Syria"


def test_a_place_in_the_text_comes_first() -> None:
    """The body of one town may speak of another."""
    place = read("Shelling killed nine people in Nawa, Syria.", outlet="Raqqa Hospital")[0].place
    assert place is not None
    assert place.name == "Nawa"
