"""What pdftotext makes of Arabic, set right: marks, runs of numbers, brackets, ligatures."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.text.pdf_lines import readable, untied

RTL, LTR, BACK = "\u202b", "\u202a", "\u202c"
LETTERS = "ابتثجحخدرسشصعغفقكلمنهويأإآىة"


def test_runs_of_the_other_direction() -> None:
    """A number keeps its digits; spaces, stops and brackets round it change sides. A Latin line with Arabic in it, too."""
    lines = [
        f"{RTL}إن {LTR} 95{BACK}شخصا{LTR}.{BACK}{BACK}",
        f"{RTL}الآخرين{LTR})12/5( .{BACK}{BACK}",
        f"{RTL}بلغ {LTR} 1,200{BACK}قتيل{BACK}",
        f"The word {RTL} قتيل{BACK}means dead",
    ]
    assert list(readable(lines)) == ["إن 95 شخصا.", "الآخرين. (12/5)", "بلغ 1,200 قتيل", "The word قتيل means dead"]


def test_two_words_of_the_same_letters() -> None:
    """Salam and Salem are told apart by the other reader's order; an anagram that is no ligature is left alone."""
    assert untied("سالم سالم", ["سلام", "سالم"]) == "سلام سالم"
    assert untied("سالم سالم", ["سالم", "سلام"]) == "سالم سلام"
    assert untied("رحب", ["حرب"]) == "حرب"
    assert untied("بحر", ["ربح"]) == "بحر"


def test_without_another_reader() -> None:
    """Only what no word can be is set right: alef, hamza, lam in a row, and the ligature of God."""
    assert untied("عبد هللا قتل في اإلنسان وسالم", []) == "عبد الله قتل في الإنسان وسالم"


@given(st.lists(st.text(LETTERS, min_size=1, max_size=8)))
def test_a_page_that_is_right_stays(words: list[str]) -> None:
    """Where both readers agree nothing changes."""
    assert untied(" ".join(words), words) == " ".join(words)


@given(st.text(max_size=200))
def test_any_line(line: str) -> None:
    """No line breaks it, and none of its letters is lost."""
    [made] = readable([line])
    assert sorted(c for c in made if c.isalnum()) == sorted(c for c in line if c.isalnum())
