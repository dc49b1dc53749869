"""What rewording and translating leave of a report: numbers, names and quoted words in order."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.link.outline import FEWEST, MARKS, outline_marks, outline_of
from marsad.model import ReportId, Text

STORY = (
    "On Tuesday 63 people died in Harbour Town, said Mr Vale of the Lantern Society. The raid on Old Bridge killed 27 women and "
    "fourteen men, Ms Lake told Radio Fenwick. It was the third raid on Harbour Town since Mr Ash took office in 2012."
)
REWORDED = (
    "Sixty-three people lost their lives in Harbour Town on Tuesday, as Mr Vale of the Lantern Society put it. Twenty-seven "
    "women and 14 men fell in the attack on Old Bridge, Ms Lake informed Radio Fenwick."
)


def bones(text: str, lang: str | None = "en") -> list[str]:
    """Return the outline of a text."""
    return outline_of(Text(ReportId("r"), text, None, None, lang))


def test_numbers_in_words_and_in_figures_are_one() -> None:
    """ "Fourteen", 14 and ١٤ are the same, and so are 1,300, 1.300 and "1 300" without its space; one is no number."""
    assert bones("fourteen men") == bones("14 men") == bones("١٤ رجلا", "ar") == ["14"]
    assert bones("1,300 men") == bones("1.300 men") == ["1300"]
    assert bones("one man, a man, 1 man") == []


def test_names_stay_when_everything_else_is_reworded() -> None:
    """Most of what stands in the outline of a story stands in that of its reworded copy."""
    one, other = set(bones(STORY)), set(bones(REWORDED))
    assert len(one & other) >= 0.7 * len(other)


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    """ "Rescuers" is no name; a place that stands in mid-sentence elsewhere is one there too."""
    assert bones("Rescuers came. Rescuers left.") == []
    assert len(bones("They came to Nawa. Nawa was empty.")) == 2


def test_a_text_all_in_capitals_shows_numbers_alone() -> None:
    """An old wire's capitals mark no names."""
    assert bones("NINE PEOPLE DIED IN HARBOUR TOWN AND 12 WERE HURT") == ["9", "12"]


def test_quoted_words_count_in_scripts_without_capitals() -> None:
    """What somebody is quoted as saying is kept by whoever rewords the rest."""
    assert bones("قال المدير «لم يحذر أحد الناس قبل الغارة» ثم انصرف", "ar") == ["يحذر", "الناس", "الغاره"]


def test_a_short_outline_gives_no_marks() -> None:
    """A place, a day and a toll are in any two reports of one raid."""
    short = Text(ReportId("r"), "On Tuesday 63 people died in Harbour Town.", None, None, "en")
    assert len(outline_of(short)) < FEWEST
    assert list(outline_marks(short)) == []


def test_marks_are_few_and_sorted_whatever_the_length() -> None:
    """A long story has no more than MARKS; equal texts have equal ones."""
    long = Text(ReportId("r"), " ".join(STORY.replace("63", str(n)) for n in range(3, 60)), None, None, "en")
    marks = [m.mark for m in outline_marks(long)]
    assert len(marks) == MARKS
    assert marks == sorted(marks) == [m.mark for m in outline_marks(long)]


@given(st.text(max_size=400))
def test_any_text_has_an_outline(text: str) -> None:
    """Nothing in a text can break it, and no bone is empty."""
    assert all(bones(text, None))
