"""Phrases are found where a sentence has them: the longest at each word, names by their capitals."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.text.phrases import Index, Line, Phrases

BOUNDS = Phrases(0, [("at least", "low"), ("at least as many", "lower"), ("at", "place"), ("more", "more")])
NAMES = Phrases(1, [("the Network", "network"), ("Observatory", "observatory"), ("لجان", "committees")], cased=True)
INDEX = Index([BOUNDS, NAMES], ["و"])
WORDS = st.lists(
    st.sampled_from(["at", "least", "as", "many", "more", "the", "Network", "network", "people", "ولجان"]), max_size=12
)


def line(text: str) -> Line:
    """Return a sentence read against the two lists."""
    return Line(text, 0, None, INDEX)


@given(WORDS)
def test_finds_agree_with_looking_word_by_word(words: list[str]) -> None:
    """What was found at once is what a slow search finds."""
    text = line(" ".join(words))
    for at in range(len(text)):
        fits = [
            (meaning, at + len(forms))
            for forms, meaning, _ in BOUNDS.entries
            if [t.form for t in text[at : at + len(forms)]] == list(forms)
        ]
        assert BOUNDS.match(text, at) == max(fits, key=lambda fit: fit[1], default=None)


@given(WORDS, st.integers(-3, 12), st.integers(0, 14))
def test_finding_in_a_window_stays_in_it(words: list[str], start: int, end: int) -> None:
    """Leftmost longest, no two overlap, none reaches out."""
    text = line(" ".join(words))
    free = max(0, start)
    for _, first, after in BOUNDS.find(text, start, end):
        assert free <= first < after <= min(end, len(text))
        free = after


def test_the_longest_phrase_is_meant() -> None:
    """ "At least as many" is not "at least"."""
    assert BOUNDS.find(line("at least as many at least at")) == [("lower", 0, 4), ("low", 4, 6), ("place", 6, 7)]


def test_a_name_needs_its_capital() -> None:
    """The article's capital at the start of a sentence tells nothing; a script without capitals needs none."""
    assert NAMES.find(line("The network fell. The Network spoke.")) == [("network", 4, 6)]
    assert NAMES.find(line("قالت لجان")) == [("committees", 1, 2)]


def test_a_particle_written_onto_a_word_is_looked_past() -> None:
    """ "And committees" holds "committees"; the particle alone is nothing."""
    assert NAMES.find(line("ولجان و")) == [("committees", 0, 1)]


def test_marks_of_phrases_are_kept() -> None:
    """Words at which nothing begins need not be asked about."""
    assert set(line("people at least here").marked) == {1}
