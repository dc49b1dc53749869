"""Sentences of news as it is really set: headlines, datelines, wrapped wires, sentences torn by a blank line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.sentences import LONGEST, sentences

SET = st.text(alphabet="aB1.!?…\"”) \n\t-–—(),'é\u0301م", max_size=200)


def cut(text: str) -> list[str]:
    """Return the sentences as they stand in the text."""
    return [text[s.start : s.end] for s in sentences(text)]


@given(st.text(max_size=300) | SET)
def test_sentences_lie_in_order_and_lose_only_blanks(text: str) -> None:
    """What lies between two sentences is white space; no sentence is blank, or longer than the longest."""
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[end : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end].strip()
        assert sentence.start <= sentence.body <= sentence.end
        assert sentence.end - sentence.start <= LONGEST
        end = sentence.end
    assert text[end:].strip() == ""


@given(SET)
def test_white_space_at_the_end_changes_nothing(text: str) -> None:
    """A report with trailing blanks has the same sentences."""
    assert cut(text) == cut(text.rstrip())


@given(st.text(max_size=100))
def test_only_the_first_sentence_can_be_a_headline(text: str) -> None:
    """A title stands at the top."""
    assert not any(sentence.headline for sentence in sentences(text)[1:])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nine died. Ten were hurt.", ["Nine died.", "Ten were hurt."]),
        ("Gen. Lang spoke. U.S. forces left.", ["Gen. Lang spoke.", "U.S. forces left."]),
        (
            "“Nine died,” he said. “Ten were hurt.” She left.",
            ["“Nine died,” he said.", "“Ten were hurt.”", "She left."],
        ),
        ("It cost $3.5 million at 5 p.m. Monday.", ["It cost $3.5 million at 5 p.m. Monday."]),
        ("Raids kill 9\n\nThe army said so.", ["Raids kill 9", "The army said so."]),
        ("It is brutal\n\nyet organised. They left.", ["It is brutal\n\nyet organised.", "They left."]),
        ("First item\nSecond item\nThird item", ["First item", "Second item", "Third item"]),
        ("قتل تسعة. وأصيب عشرة؟ نعم.", ["قتل تسعة.", "وأصيب عشرة؟", "نعم."]),
        ("He said no. Nobody came.", ["He said no.", "Nobody came."]),
        ("Were nine killed?! Yes.", ["Were nine killed?!", "Yes."]),
        ("the end . Nine died .", ["the end .", "Nine died ."]),
    ],
)
def test_where_sentences_end(text: str, wanted: list[str]) -> None:
    """Abbreviations, decimals and quotations do not end a sentence; line breaks do unless they tear one."""
    assert cut(text) == wanted


def test_a_wire_set_in_lines_is_unwrapped() -> None:
    """Lines broken because they were full are one sentence."""
    wire = (
        "THE ARMY SAID THAT SEVEN PERSONS WERE KILLED AND\n"
        "MORE THAN FIFTY WERE WOUNDED WHEN A BOMB WENT OFF\n"
        "IN THE CENTRE OF THE CAPITAL EARLY THIS MORNING.\n"
    )
    assert len(cut(wire)) == 1


def test_the_first_sentence_of_the_news_is_marked() -> None:
    """It stands behind the titles, or at the top where there is none; a text of nothing but a title has none."""
    assert [s.leads for s in sentences("Raids kill 9\nThe army said so. It was late.")] == [False, True, False]
    assert [s.leads for s in sentences("Raids killed nine. The army said so.")] == [True, False]
    assert [s.leads for s in sentences("")] == []


def test_a_headline_is_marked() -> None:
    """A first line of its own without an end mark is a title; a first line with one is not."""
    assert [s.headline for s in sentences("Raids kill 9\nThe army said so.")] == [True, False]
    assert [s.headline for s in sentences("Raids killed nine.\nThe army said so.")] == [False, False]


@pytest.mark.parametrize(
    "dateline",
    [
        "BEIRUT, Nov 26 (Meridian Press) - ",
        "RAQQA, Syria - ",
        "Deir Ezzor (Agency) – ",
        "BOGOTA, 6 DEC 89 (RADIO CADENA) -- ",
        "بيروت - ",
        "Nairobi, 22 mar (Meridian).- ",
    ],
)
def test_the_news_begins_after_the_dateline(dateline: str) -> None:
    """Where somebody wrote is not where people were harmed."""
    [sentence] = sentences(dateline + "Nine people were killed.")
    assert sentence.body == len(dateline)


def test_the_first_sentence_of_a_line_is_marked() -> None:
    """So that a paragraph can go on with its speaker."""
    assert [s.opens for s in sentences("One. Two.\nThree. Four.")] == [True, False, True, False]


@pytest.mark.parametrize("piece", [" ", "\n", " \n", "x\n", ".", ". ", '."', '"', "A b - ", "a. ", "\u0301", "x"])
def test_hostile_runs_are_cut_into_bounded_sentences(piece: str) -> None:
    """Half a million of anything is read at once: a run of blanks is no sentence, an endless line is cut."""
    text = piece * (500_000 // len(piece))
    assert all(s.end - s.start <= LONGEST for s in sentences(text))


@pytest.mark.parametrize(
    ("text", "news"),
    [
        ("March 8, 2024 (WAD MADANI) - At least nine died.", "At least nine died."),
        ("25 November 2024 - Doctors said so.", "Doctors said so."),
        ("Benghazi, 23 February 2015: Nine died.", "Nine died."),
        ("(Tripoli, March 12, 2015) - Nine died.", "Nine died."),
        ("Tripoli, 20 apr 2016 15:47 - (Agenzia) - Nove morti.", "Nove morti."),
        ("(ANSA) - TRIPOLI, 12 LUG - Nove morti.", "Nove morti."),
        ("On 25 November 2024 - a Monday - nine died.", "On 25 November 2024 - a Monday - nine died."),
        ("Sudan, 5 May 2024: a day of nine dead.", "Sudan, 5 May 2024: a day of nine dead."),
    ],
)
def test_a_day_of_writing_belongs_to_the_dateline(text: str, news: str) -> None:
    """Whether it stands ahead of the town, behind it, or alone, and whatever comes in brackets."""
    [sentence] = sentences(text)
    assert text[sentence.body : sentence.end] == news
