"""Which agency a report credits, and where an agency's name credits nothing."""

import pytest

from marsad.link.credits import credit_in
from marsad.model import ReportId, Text


def credited(text: str, outlet: str | None = None) -> list[tuple[str, str]]:
    """Return agency and rule of the credit in a report."""
    return [(c.wire, c.rule) for c in credit_in(Text(ReportId("r"), text, None, outlet))]


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("HARBOUR TOWN (AFP) - Nine people were killed.", "AFP"),
        ("Raid on the market\nBy Our Desk\nHARBOUR TOWN, May 3 (Reuters) -- Nine people were killed.", "Reuters"),
        ("Ciudad del Puerto, 3 may (EFE).- Nueve personas murieron.", "EFE"),
        ("(ANSA) - CITTÀ DEL PORTO, 3 MAG - Nove persone sono morte.", "ANSA"),
        ("HARBOUR TOWN, May 3. /TASS/. Nine people were killed.", "TASS"),
        ("مدينة الميناء (أ ف ب) - قتل تسعة أشخاص.", "AFP"),
        ("Гавань (Інтерфакс) – Загинули дев'ять людей.", "Interfax"),
    ],
)
def test_a_dateline_credits_its_agency(text: str, wire: str) -> None:
    """The agency stands in brackets behind the place, before the story."""
    assert credited(text) == [(wire, "dateline")]


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("With AFP", "AFP"),
        ("Avec AFP et Reuters", "AFP"),
        ("Con información de EFE", "EFE"),
        ("Source: Reuters", "Reuters"),
        ("© 2014 AFP", "AFP"),
        ("ANSA", "ANSA"),
        ("Reuters/AFP", "Reuters"),
        ("المصدر: رويترز", "Reuters"),
        ("وكالات", "news agencies"),
        ("Agencias", "news agencies"),
        ("Reuters | Harbour Town", "Reuters"),
    ],
)
def test_a_line_of_its_own_credits_agencies(line: str, wire: str) -> None:
    """At the end or the beginning; of two agencies the first is taken, and "agencies" stands for some that nobody names."""
    assert credited(f"Nine people were killed in the town.\n\n{line}") == [(wire, "credit-line")]
    assert credited(f"{line}\nNine people were killed in the town.") == [(wire, "credit-line")]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed, Reuters reported.",
        "A doctor told AFP that nine people were killed.",
        "Nine people were killed (Reuters reported eight) in the town.",
        "He showed the AFP (a news agency) nine bodies.",
        "With AFP unable to enter the town, nobody counted.",
        "Source of the fire was a rocket.",
        "The market after the raid. | AFP\nNine people were killed.",
        "Nine people were killed. " * 60 + "He asked (AFP) nothing. " + "Nine people were killed. " * 60,
    ],
)
def test_an_agency_that_speaks_is_a_speaker_not_a_credit(text: str) -> None:
    """Within a sentence an agency is quoted; its claim has it as the speaker."""
    assert credited(text) == []


def test_an_outlets_name_may_say_whose_story_it_prints() -> None:
    """ "Metro (AP)" prints an agency's story, and an agency prints its own; a city in brackets is no agency."""
    assert credited("Nine died.", "Metro (AP)") == [("Associated Press", "outlet-says-wire")]
    assert credited("Nine died.", "Reuters") == [("Reuters", "outlet-says-wire")]
    assert credited("Nine died.", "Harbour Times (Lisbon)") == []


def test_a_hostile_text_is_read_in_no_time() -> None:
    """A million brackets, or one line of a million words, cost no more than the ends that are looked at."""
    assert credited("(" * 1_000_000) == []
    assert credited("with " * 200_000) == []
