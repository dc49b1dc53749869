"""Who speaks in each sentence of a report, and how much of it must be heard to know."""

from hypothesis import example, given
from hypothesis import strategies as st
from little_ground import ground

from marsad.extract.atlas import Atlas
from marsad.extract.voices import LONGEST_QUOTATION, hearing, voices_in
from marsad.text.lexicon import lexicon
from marsad.text.sentences import sentences

TOLD = [
    "Nine people were killed in Raqqa.",
    "The raid hit a market.",
    "“It was full of people.",
    "There was no warning.”",
    "“We counted nine dead,” the Observatory said.",
    "Miabek Lang said the road was closed.",
    "This was reported by activists.",
    "So said the health ministry.",
    "This is a communique of the ministry:",
    "He spoke to AFP.",
    '"Nobody is left," a doctor said.',
]
UKRAINIAN = [
    "У Харкові загинули дев'ять людей.",
    "Ще двоє поранені.",
    "Про це повідомив Остап Верба.",
    "«Удар був по ринку.",
    "Нікого не попередили»,",
    "Поліція повідомила про двох загиблих.",
]


def check(lang: str, told: list[str], needed: int) -> None:
    """What stands behind the sentences that `hearing` asks for changes nobody who speaks in those that are needed."""
    words, text = lexicon(lang), " ".join(told)
    found = sentences(text)
    lines = [words.counting_line(text, s.body, s.end) for s in found]
    needed = min(needed, len(lines))
    heard = hearing(words, lines, needed)
    atlas = Atlas(ground(), lines)
    less = voices_in(words, atlas, found, lines, heard)
    more = voices_in(words, atlas, found, lines, needed + LONGEST_QUOTATION)
    assert needed <= heard <= needed + LONGEST_QUOTATION
    assert less[:needed] == more[:needed]


@given(st.lists(st.sampled_from(TOLD), min_size=1, max_size=16), st.integers(1, 10))
@example([TOLD[0], TOLD[2], TOLD[3], TOLD[4]], 2)
def test_sentences_behind_the_last_count_are_heard_only_where_they_tell_who_spoke(told: list[str], needed: int) -> None:
    """A quotation that runs on, or a sentence that only says who told it, is heard; nothing else behind a count is."""
    check("en", told, needed)


@given(st.lists(st.sampled_from(UKRAINIAN), min_size=1, max_size=14), st.integers(1, 8))
@example([UKRAINIAN[0], UKRAINIAN[1], UKRAINIAN[2]], 1)
def test_who_told_it_may_be_named_sentences_later(told: list[str], needed: int) -> None:
    """The speaker whom a later sentence names ("Про це повідомив …") is heard for the counts before it."""
    check("uk", told, needed)


def test_no_more_is_heard_than_must_be() -> None:
    """Behind the last count plain sentences are not heard; a sentence that says who told them is."""
    words = lexicon("uk")
    lines = [words.counting_line(sentence) for sentence in UKRAINIAN[:3]]
    assert hearing(words, lines[:2], 1) == 1
    assert hearing(words, lines, 1) == 3
