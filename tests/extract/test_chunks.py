"""A sentence as tagged chunks: every word is in one, and numbers know what they count."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.extract.chunks import Chunk, chunked, tags_of
from marsad.model import Bound, Group, Measure, Status
from marsad.text.lexicon import languages, lexicon


def chunks(sentence: str, lang: str = "en") -> Sequence[Chunk]:
    """Return the chunks of a sentence."""
    return chunked(lexicon(lang), lexicon(lang).line(sentence))


def first_count(sentence: str, lang: str = "en") -> tuple[str, Chunk]:
    """Return the words of the first chunk that counts people, and the chunk."""
    line = lexicon(lang).line(sentence)
    chunk = next(chunk for chunk in chunked(lexicon(lang), line) if chunk.tag == "Q")
    return sentence[line[chunk.first].start : line[chunk.after - 1].end], chunk


@pytest.mark.long
@given(st.text(max_size=120))
def test_chunks_follow_one_another(sentence: str) -> None:
    """In order, none empty, none over another, one letter each; what is left out is quotation marks."""
    for lang in languages():
        line = lexicon(lang).line(sentence)
        end = 0
        for chunk in chunked(lexicon(lang), line):
            assert end <= chunk.first < chunk.after <= len(line)
            assert all(token.kind == "mark" for token in line[end : chunk.first])
            assert len(chunk.tag) == 1
            end = chunk.after


@pytest.mark.parametrize(
    ("sentence", "words", "status", "group"),
    [
        ("killing at least 63 people.", "at least 63 people", Status.UNKNOWN, None),
        ("nine of his young Syrian cousins, civilians", "nine of his young Syrian cousins", Status.UNKNOWN, None),
        ("four children died", "four children", Status.CIVILIAN, Group.CHILDREN),
        ("a wounded child", "a wounded child", Status.CIVILIAN, Group.CHILDREN),
        ("nine UN staff members", "nine UN staff members", Status.CIVILIAN, Group.AID_WORKERS),
        ("12 women and children were hurt", "12 women and children", Status.CIVILIAN, None),
        ("12 rebels, soldiers and civilians", "12 rebels, soldiers and civilians", Status.MIXED, None),
        ("nine soldiers and two civilians", "nine soldiers", Status.COMBATANT, None),
        ("52 civilians at least", "52 civilians at least", Status.CIVILIAN, None),
        ("seven members of the Islamic State", "seven members of the Islamic State", Status.COMBATANT, None),
        ("no civilians were hurt", "no civilians", Status.CIVILIAN, None),
    ],
)
def test_a_number_takes_its_noun(sentence: str, words: str, status: Status, group: Group | None) -> None:
    """The span is bound word, number and counted noun; the noun says who they were."""
    said, chunk = first_count(sentence)
    assert said == words
    assert chunk.people is not None
    assert (chunk.people.status, chunk.people.group) == (status, group)


@pytest.mark.parametrize(
    "sentence",
    [
        "Page 95 of the report",
        "on 26 November",
        "some 12 percent of them",
        "25 km from the town",
        "a 200-student school",
        "the 59-year-old man",
        "12:30 on Monday",
        "in 2014 alone",
        "$ 95 were paid",
        "S-300 missiles",
        "eight raids hit 15 houses",
        "a second round",
        "Garcia Alvarado, 56, was killed",
        "A third person was killed",
    ],
)
def test_what_counts_nobody(sentence: str) -> None:
    """Dates, ages, shares, sums, distances and houses are no people."""
    assert "Q" not in tags_of(chunks(sentence))


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("It was unknown how many jihadists were killed", Bound.UNKNOWN),
        ("How many of the dead were fighters was not known", Bound.UNKNOWN),
        ("Neither network said how many of the victims were fighters", Bound.UNKNOWN),
        ("There were no immediate reports of any casualties", Bound.NONE),
        ("Nobody was hurt", Bound.NONE),
        ("He denied that any civilians had been killed", Bound.NONE),
    ],
)
def test_unknown_and_none_are_two_things(sentence: str, bound: Bound) -> None:
    """That nobody knows is a statement, and so is that there were none."""
    quantity = first_count(sentence)[1].quantity
    assert quantity is not None
    assert quantity.bound is bound
    assert (quantity.low, quantity.high) == ((None, None) if bound is Bound.UNKNOWN else (0, 0))


@pytest.mark.parametrize(
    "sentence", ["They asked how many people could vote", "Any civilians may leave", "a few words"]
)
def test_asking_is_not_stating(sentence: str) -> None:
    """A question without a word of not knowing, and "any" without a denial, state nothing."""
    assert not [c for c in chunks(sentence) if c.quantity and c.quantity.bound in (Bound.UNKNOWN, Bound.NONE)]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("مقتل طفل", [1]),
        ("مقتل طفلين", [2]),
        ("قتل رجل وامرأة", [1, 1]),
        ("بينهم 4 أطفال وامرأة", [4, 1]),
        ("أسعفت الفرق طفلة مصابة", [1]),
        ("استشهد الطفل فلان", []),
        ("كان الرجل في السوق", []),
        ("من بينهم طفل", [1]),
    ],
)
def test_arabic_nouns_count_by_themselves(sentence: str, counts: list[int]) -> None:
    """A bare singular is one and a dual two, after harm or in a list; with its article it is somebody told of before."""
    assert [c.quantity.value for c in chunks(sentence, "ar") if c.tag == "Q" and c.quantity] == counts


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("загинула жінка", [1]),
        ("поранено чоловіка", [1]),
        ("жінка загинула", [1]),
        ("загинули жінка та чоловік", [1, 1]),
        ("загинули чоловік, жінка й дитина", [1, 1, 1]),
        ("загинули жінка та її син", [1, 1]),
        ("чоловік і жінка загинули", [1, 1]),
        ("загинуло подружжя", [2]),
        ("загинула 56-річна жінка", [1]),
        ("56-річна жінка загинула", [1]),
        ("загинув місцевий житель", [1]),
        ("місцеві жителі розповіли", []),
        ("жінка розповіла про удар", []),
        ("школу зачинено, дитина вдома", []),
    ],
)
def test_nouns_count_by_themselves_where_and_is_a_word(sentence: str, counts: list[int]) -> None:
    """A bare singular is one on either side of harm, behind "and" or a comma after a count, and behind an age."""
    assert [c.quantity.value for c in chunks(sentence, "uk") if c.tag == "Q" and c.quantity] == counts


def test_words_of_counting_say_whom_they_count() -> None:
    """ "The number of civilians killed" counts civilians; "the number of internally displaced persons" the driven out."""
    killed = next(c for c in chunks("the number of civilians killed at 52") if c.tag == "T")
    assert killed.people is not None
    assert killed.harm is not None
    assert (killed.people.status, killed.harm.measure) == (Status.CIVILIAN, Measure.KILLED)
    displaced = next(
        c for c in chunks("the number of internally displaced persons stood at 6.5 million") if c.tag == "T"
    )
    assert displaced.harm is not None
    assert displaced.harm.measure is Measure.DISPLACED


def test_quotation_marks_are_no_chunks() -> None:
    """Patterns see through them."""
    assert tags_of(chunks('killed "nine people"')) == tags_of(chunks("killed nine people"))
