"""Headings of entries: "19 November, Raqqa. A device was detonated" sets day and place for what follows."""

import pytest
from little_ground import read

from marsad.model import Claim


def told(text: str, lang: str = "en") -> list[tuple[str | None, int | None]]:
    """Return where and on which day of the month the people of each count were harmed."""

    def one(claim: Claim) -> tuple[str | None, int | None]:
        return claim.place.name if claim.place else None, claim.occurred.start.day if claim.occurred else None

    return [one(claim) for claim in read(text, lang)]


LOG = (
    ("en", "19 November, Raqqa. A bomb went off. Nine people were killed.\n\n20 November, Nawa. Two people were killed."),
    ("es", "19 de noviembre, Raqqa. Estalló una bomba. Murieron 9 personas.\n\n20 de noviembre, Nawa. Murieron dos personas."),
    ("fr", "19 novembre, Raqqa. Un obus a touché un magasin. Neuf morts.\n\n20 novembre, Nawa. Deux morts."),
    ("it", "19 novembre, Raqqa. Esplode una bomba. Nove persone uccise.\n\n20 novembre, Nawa. Due persone uccise."),
    ("ar", "19 تشرين الثاني، الرقة. انفجرت قنبلة. قتل تسعة أشخاص.\n\n20 تشرين الثاني، نوى. قتل شخصان."),
)  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), LOG)
def test_a_day_and_a_place_head_an_entry(lang: str, text: str) -> None:
    """Each entry has its own."""
    assert told(text, lang) == [("Raqqa", 19), ("Nawa", 20)]


def test_a_place_heads_what_goes_on_in_its_line() -> None:
    """Not the first one of a report, which is where it was written."""
    text = "Idlib. Shells hit towns in Syria on Monday.\n\nRaqqa. Nine people were killed.\n\nNawa. Two people were killed."
    assert told(text) == [("Raqqa", 24), ("Nawa", 24)]
    assert told("Raqqa. Shells hit the town of Nawa, Syria, on Monday. Nine people were killed.") == [("Nawa", 24)]


def test_a_day_close_to_publication_is_a_dateline() -> None:
    """Whoever writes from a town on the day of his report does not say that it happened there."""
    text = "Shells hit the town of Nawa, Syria, on Monday.\n\nRaqqa, 26 November 2014\n\nNine people were killed."
    assert told(text) == [("Nawa", 24)]
