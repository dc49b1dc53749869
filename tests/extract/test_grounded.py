"""An article's numbers put where the article puts them, with the places of a record in hand."""

from datetime import date

import pytest
from little_ground import ground

from marsad.extract.grounded import Grounded, grounded, known_places
from marsad.extract.read import claims_in
from marsad.extract.scenery import scenery_of
from marsad.model import Claim, Place, ReportId, Scope, Text


def place(name: str, number: int, name_ar: str | None = None, *, found: bool = True) -> Place:
    if not found:
        return Place(name, None, name)
    at = float(number)
    return Place(name, f"made:{number}", name, name_ar, "XA", None, at, at, 1)


KNOWN = known_places([place("Vertaine", 1, "فرتين"), place("Ostrel", 2), place("Quimbra", 3, found=False)])


def told(words: str, lang: str = "en") -> list[Grounded]:
    text = Text(ReportId("a"), words, date(2030, 6, 20), None, lang)
    claims = [claim for claim in claims_in(text, ground()) if isinstance(claim, Claim)]
    return grounded(text, claims, KNOWN)


def scenes(words: str, lang: str = "en") -> list[tuple[int | None, str | None, str | None]]:
    """Return for each number its place and its day, None where it has none."""
    return [
        (
            g.claim.value,
            g.claim.place.name if g.claim.place is not None else None,
            g.claim.occurred.start.isoformat() if g.claim.occurred is not None and g.claim.occurred.words else None,
        )
        for g in told(words, lang)
    ]


def test_the_town_that_the_record_knows_is_taken() -> None:
    """No gazetteer here has these towns; the record does, in any spelling and in Arabic letters."""
    assert scenes("In Vertaine 14 people were killed on 8 June.") == [(14, "Vertaine", "2030-06-08")]
    assert scenes("At Quimbra, 14 people were killed on 8 June.") == [(14, "Quimbra", "2030-06-08")]
    assert scenes("قتل 14 شخصا في فرتين يوم 8 حزيران 2030.", "ar")[0][1] == "Vertaine"


def test_place_and_day_are_carried_on() -> None:
    """One sentence tells where, when and what, the next how many."""
    words = "On 8 June a bus was burned near Vertaine. Fourteen passengers were killed, the mayor said."
    assert scenes(words) == [(14, "Vertaine", "2030-06-08")]
    (found,) = told(words)
    assert not found.near
    assert "bus" in found.scenery.spots


def test_each_number_goes_with_its_own_place_and_day() -> None:
    """Two places in one sentence, in either order; no number takes what stands behind another one."""
    behind = "Seven people were killed in Vertaine on 8 June and 22 people were killed in Ostrel on 9 June."
    ahead = "In Vertaine, 17 people were killed on 8 June, while in Ostrel 22 people were killed on 9 June."
    for words in (behind, ahead):
        assert [one[1:] for one in scenes(words)] == [("Vertaine", "2030-06-08"), ("Ostrel", "2030-06-09")]


def test_a_date_says_better_than_a_time_that_runs() -> None:
    """ "Not since January … as on 8 June": the number is of that day, and of one incident."""
    (found,) = told("Not since January had it been so bad in Vertaine as on 8 June, when 39 people were killed.")
    assert found.claim.occurred is not None
    assert found.claim.occurred.start == date(2030, 6, 8)
    assert found.claim.scope is Scope.INCIDENT


def test_what_the_reader_knows_stays() -> None:
    """A town that the gazetteer has is not exchanged for one that was named before."""
    found = scenes("Vertaine is quiet. In Raqqa, Syria, 12 people were killed on 8 June.")
    assert found == [(12, "Raqqa", "2030-06-08")]


def test_the_sentences_own_town_comes_before_one_carried_into_it() -> None:
    """The reader knows Raqqa only, and carries it on; the next sentence names a town of the record."""
    raqqa = "In Raqqa, Syria, 12 people were killed on 8 June."
    words = f"{raqqa} The mosque in Vertaine was stormed on 9 June, leaving 39 people dead."
    assert [one[1] for one in scenes(words)] == ["Raqqa", "Vertaine"]


def test_of_towns_of_one_name_the_records_is_meant() -> None:
    """Nawa lies in Syria for the gazetteer; in a record that has another Nawa, an article means that."""
    nawa = Place("Nawa", "made:9", "Nawa", None, "XA", None, 9.0, 9.0, 1)
    text = Text(ReportId("a"), "In Nawa 12 people were killed on 8 June.", date(2030, 6, 20), None, "en")
    claims = [claim for claim in claims_in(text, ground()) if isinstance(claim, Claim)]
    (found,) = grounded(text, claims, known_places([nawa]))
    assert found.claim.place == nawa


@pytest.mark.parametrize(
    ("words", "spot", "means"),
    [
        ("A drone hit the church.", "church", "drone"),
        ("Un drone a frappé l'église.", "church", "drone"),
        ("Un dron alcanzó la iglesia.", "church", "drone"),
        ("Un drone ha colpito la chiesa.", "church", "drone"),
        ("مسيرة تقصف كنيسة", "church", "drone"),
    ],
)
def test_scenery_is_the_same_in_five_languages(words: str, spot: str, means: str) -> None:
    """A church is a church, and no mosque, in whatever language it is told."""
    found = scenery_of(words)
    assert set(found.spots) == {spot}
    assert set(found.means) == {means}
