"""Where somebody has his office, a hospital stands or somebody has fled to: it happened elsewhere."""

import pytest
from little_ground import read

FAR = (
    ("en", "Shells killed nine people in Nawa on Monday, said a doctor at the hospital of Raqqa.", "Nawa"),
    ("en", "Nine people were killed in Nawa, said a teacher exiled in Aleppo.", "Nawa"),
    ("es", "Nueve personas murieron en Nawa, dijo un médico del hospital de Raqqa.", "Nawa"),
    ("fr", "Neuf personnes ont été tuées à Nawa, a dit un médecin de l'hôpital de Raqqa.", "Nawa"),
    ("fr", "Neuf personnes ont été tuées à Nawa, a dit un chef réfugié à Raqqa.", "Nawa"),
    ("it", "Nove persone sono state uccise a Nawa, ha detto un medico dell'ospedale di Raqqa.", "Nawa"),
    ("ar", "قتل تسعة أشخاص في نوى، وقال طبيب في مستشفى الرقة إن الجرحى كثر.", "Nawa"),
)


@pytest.mark.parametrize(("lang", "text", "town"), FAR)
def test_where_the_hospital_stands_it_did_not_happen(lang: str, text: str, town: str) -> None:
    """The town of who speaks, or of who treats, is not taken where another one is told."""
    place = read(text, lang)[0].place
    assert place is not None
    assert place.name == town


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Air strikes hit a field hospital in Raqqa, killing nine people. Officials in Syria said so."),
        ("fr", "Neuf personnes ont été tuées dans le bombardement de l'hôpital de Raqqa, en Syrie."),
    ],
)
def test_a_hospital_that_is_bombed_is_where_it_happened(lang: str, text: str) -> None:
    """An attack stands right before it."""
    place = read(text, lang)[0].place
    assert place is not None
    assert place.name == "Raqqa"


def test_a_hospital_alone_tells_where_it_was() -> None:
    """Where a report names nothing else, those whom it took in were harmed near it; not so where an earlier sentence does."""
    alone = read("Nine bodies were brought in on Monday, said a doctor at the hospital of Raqqa.")[0].place
    assert alone is not None
    assert alone.name == "Raqqa"
    later = read(
        "Shells hit the town of Nawa on Monday. A doctor at the hospital of Raqqa said nine people were killed."
    )
    assert later[-1].place is not None
    assert later[-1].place.name == "Nawa"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Nine people were killed in Nawa, on the bank of the Raqqa, Syria."),
        ("en", "Nine people were killed on Raqqa Street in Nawa, Syria."),
        ("fr", "Neuf personnes ont été tuées à Nawa, en Syrie, sur la rive du Raqqa."),
        ("es", "Nueve personas murieron en la calle Raqqa de Nawa, en Siria."),
        ("en", "Nine people were killed in Russian air strikes on Nawa, Syria."),
    ],
)
def test_rivers_streets_and_whose_weapon_it_was_are_no_place(lang: str, text: str) -> None:
    """A street may have a town's name, a river, too; a country's air strikes are not in that country."""
    place = read(text, lang)[0].place
    assert place is not None
    assert place.name == "Nawa"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Gunmen killed nine people in Tambura, 40 km north of Raqqa, Syria."),
        ("es", "Murieron nueve personas en Tambura, a unos 40 kilómetros de Raqqa, en Siria."),
        ("en", "Nine people were killed in the Tambura quarter of Raqqa, Syria."),
        ("en", "Nine people were killed in the village of Tambura near Raqqa, Syria."),
    ],
)
def test_a_place_that_no_list_has_is_told_by_what_lies_beside_it(lang: str, text: str) -> None:
    """It keeps its own words and has the point of the town that it lies in or near."""
    place = read(text, lang)[0].place
    assert place is not None
    assert (place.words.split()[0], place.name, place.found) == ("Tambura", "Raqqa", True)
