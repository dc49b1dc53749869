"""Times as words give them, told from the day of publication; never in the future, never a false day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import When
from marsad.text.dates import dates_in, usable
from marsad.text.lexicon import languages, lexicon

WEDNESDAY = date(2014, 11, 26)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
WORDS = st.lists(
    st.sampled_from(["Tuesday", "last", "week", "November", "26", "2014", "on", "in", "early", "two", "days", "ago", "/",
                     "31", "02", "since", "yesterday", "May", "the", "of", ",", "past", "hours", "month", "29 February"]),
    max_size=8,
)  # fmt: skip


def spans(text: str, published: date | None = WEDNESDAY, lang: str = "en") -> list[tuple[str, str]]:
    """Return first and last day of every time the text names."""
    found = dates_in(lexicon(lang), lexicon(lang).line(text), text, published)
    return [(str(m.when.start), str(m.when.end)) for m in found]


def day(text: str, published: date | None = WEDNESDAY, lang: str = "en") -> str | None:
    """Return the day that the one time of the text is; None if it names none, or more than a day."""
    found = spans(text, published, lang)
    return found[0][0] if len(found) == 1 and found[0][0] == found[0][1] else None


@given(WORDS, DAYS)
def test_intervals_are_intervals_and_words_are_of_the_text(parts: list[str], published: date) -> None:
    """A time ends no earlier than it starts, and points at the words it was read from."""
    text = " ".join(parts)
    line = lexicon("en").line(text)
    free = 0
    for mention in dates_in(lexicon("en"), line, text, published):
        assert free <= mention.first < mention.after <= len(line)
        assert mention.when.start <= mention.when.end
        assert mention.when.words == text[line[mention.first].start : line[mention.after - 1].end]
        free = mention.after


@given(st.text(max_size=80), st.none() | st.dates())
def test_any_text_and_any_day_of_publication_can_be_asked(text: str, published: date | None) -> None:
    """The first day of the calendar and the last are no reason to fail."""
    for lang in languages():
        dates_in(lexicon(lang), lexicon(lang).line(text), text, published)


@given(DAYS, st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))
def test_a_weekday_is_the_latest_not_after_publication(published: date, name: str) -> None:
    """Never in the future, never more than six days back."""
    found = day(f"on {name}", published)
    assert found is not None
    resolved = date.fromisoformat(found)
    assert f"{resolved:%A}" == name
    assert timedelta(0) <= published - resolved <= timedelta(6)


@given(DAYS, DAYS)
def test_a_full_date_needs_no_publication(stated: date, published: date) -> None:
    """Written out, in numbers or in ISO order, it is the day it says."""
    for text in (
        f"on {stated.day} {stated:%B} {stated.year}",
        f"{stated:%B} {stated.day}, {stated.year}",
        stated.isoformat(),
    ):
        assert day(text, None) == day(text, published) == stated.isoformat()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("today", "2014-11-26"),
        ("last night", "2014-11-25"),
        ("yesterday", "2014-11-25"),
        ("on Tuesday", "2014-11-25"),
        ("on Wednesday", "2014-11-26"),
        ("last Wednesday", "2014-11-19"),
        ("on November 7", "2014-11-07"),
        ("on 25 November", "2014-11-25"),
        ("on the 25th of November", "2014-11-25"),
        ("on Nov. 10", "2014-11-10"),
        ("on 28 December", "2013-12-28"),
        ("Tuesday, Nov. 25", "2014-11-25"),
        ("two days ago", "2014-11-24"),
        ("26/11/2014", "2014-11-26"),
        ("09 / 14 / 2013", "2013-09-14"),
        ("12/03/2014", "2014-03-12"),
        ("26.11.2014", "2014-11-26"),
        ("BOGOTA, 6 DEC 89", "1989-12-06"),
        ("on Thursday 02/10", "2014-10-02"),
    ],
)
def test_days(text: str, wanted: str) -> None:
    """A day as news names it, against a Wednesday in November."""
    assert day(text) == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("last week", "2014-11-17", "2014-11-23"),
        ("last month", "2014-10-01", "2014-10-31"),
        ("last year", "2013-01-01", "2013-12-31"),
        ("last September", "2014-09-01", "2014-09-30"),
        ("last December", "2013-12-01", "2013-12-31"),
        ("this year", "2014-01-01", "2014-11-26"),
        ("in 2013", "2013-01-01", "2013-12-31"),
        ("early 2013", "2013-01-01", "2013-04-30"),
        ("late November", "2014-11-21", "2014-11-30"),
        ("in November 2014", "2014-11-01", "2014-11-30"),
        ("in June", "2014-06-01", "2014-06-30"),
        ("in the past three days", "2014-11-23", "2014-11-26"),
        ("in the last 24 hours", "2014-11-25", "2014-11-26"),
        ("overnight", "2014-11-25", "2014-11-26"),
        ("two weeks ago", "2014-11-09", "2014-11-15"),
        ("in recent days", "2014-11-19", "2014-11-26"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    """A period is no false day: a week is a week, a year a year."""
    assert spans(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "They may die in March on the capital",
        "the army sat down, the sun rose",
        "a second round of talks",
        "on 31 November",
        "S-300 missiles",
        "6 December 12 people died",
        "march on the town",
        "in three and a half years",
        "99/99/9999",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Words that are months or weekdays as well, impossible days, numbers of other things."""
    found = spans(text)
    assert not [span for span in found if span[0] == span[1] and span[0] != "2013-12-06"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("يوم الثلاثاء", "2014-11-25"),
        ("أمس", "2014-11-25"),
        ("أمس الأول", "2014-11-24"),
        ("26 تشرين الثاني 2014", "2014-11-26"),
        ("20 تشرين الأول", "2014-10-20"),
        ("٢٥ نوفمبر", "2014-11-25"),
        ("قبل ثلاثة أيام", "2014-11-23"),
        ("قبل يومين", "2014-11-24"),
        ("الثلاثاء الماضي", "2014-11-25"),
        ("الأربعاء الماضي", "2014-11-19"),
    ],
)
def test_arabic_days(text: str, wanted: str) -> None:
    """Levantine and Western month names, "before three days", the dual, and "last" behind its noun."""
    assert day(text, lang="ar") == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("الأسبوع الماضي", "2014-11-17", "2014-11-23"),
        ("العام الماضي", "2013-01-01", "2013-12-31"),
        ("الشهر الحالي", "2014-11-01", "2014-11-26"),
        ("في عام 2013", "2013-01-01", "2013-12-31"),
        ("أيلول الماضي", "2014-09-01", "2014-09-30"),
    ],
)
def test_arabic_periods(text: str, first: str, last: str) -> None:
    """The unit comes before the word that says which."""
    assert spans(text, lang="ar") == [(first, last)]


def test_without_a_day_of_publication_only_full_dates_can_be_read() -> None:
    """ "Tuesday" alone is no day."""
    assert spans("on Tuesday, yesterday, last week, in June, 25 November", None) == []
    assert day("on 25 November 2014", None) == "2014-11-25"


def test_a_period_that_runs_on_is_marked() -> None:
    """ "Since March 2011" is a beginning."""
    text = "Since March 2011 and on Tuesday"
    first, second = dates_in(lexicon("en"), lexicon("en").line(text), text, WEDNESDAY)
    assert (first.since, second.since) == (True, False)


def test_a_date_beside_a_weekday_says_it_better() -> None:
    """Where the two disagree the date stands; the weekday may be the slip."""
    assert day("on Monday, 25 November 2014") == "2014-11-25"


def test_slips_of_the_calendar_are_not_counted_from() -> None:
    """A report from the year 1 has no "last week"."""
    assert usable(date(1, 1, 1)) is None
    assert usable(date(9999, 12, 31)) is None
    assert usable(WEDNESDAY) == WEDNESDAY
    assert spans("last week two days ago yesterday", date(1, 1, 1)) == []


def read_from(text: str, told: When | None = None, lang: str = "en") -> list[tuple[str, str | None, str | None]]:
    """Return each time of a text: its first day, the day it was counted from, and the words that name that day."""
    found = dates_in(lexicon(lang), lexicon(lang).line(text), text, WEDNESDAY, told)
    return [
        (str(m.when.start), None if m.when.against is None else str(m.when.against), m.when.against_words)
        for m in found
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on Tuesday", ("2014-11-25", "2014-11-26", None)),
        ("two days ago", ("2014-11-24", "2014-11-26", None)),
        ("last week", ("2014-11-17", "2014-11-26", None)),
        ("on November 7", ("2014-11-07", "2014-11-26", None)),
        ("on 7 November 2014", ("2014-11-07", None, None)),
        ("on Friday, 7 November 2014", ("2014-11-07", None, None)),
        ("in early 2013", ("2013-01-01", None, None)),
        ("on 2014-11-07", ("2014-11-07", None, None)),
    ],
)
def test_a_time_says_from_which_day_it_was_counted(text: str, wanted: tuple[str, str | None, str | None]) -> None:
    """The day of publication where the words lean on it, none where they name the day whole."""
    assert read_from(text) == [wanted]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "the next day", "2014-11-11"),
        ("en", "a day earlier", "2014-11-09"),
        ("en", "three days later", "2014-11-13"),
        ("ar", "في اليوم التالي", "2014-11-11"),
        ("ar", "قبل ذلك بيومين", "2014-11-08"),
        ("es", "al día siguiente", "2014-11-11"),
        ("es", "dos días después", "2014-11-12"),
        ("fr", "le lendemain", "2014-11-11"),
        ("fr", "deux jours plus tard", "2014-11-12"),
        ("it", "il giorno dopo", "2014-11-11"),
        ("it", "due giorni prima", "2014-11-08"),
        ("uk", "наступного дня", "2014-11-11"),
    ],
)
def test_a_time_may_be_counted_from_another_day_of_the_report(lang: str, text: str, day: str) -> None:
    """It keeps that day and the words that named it, apart from the day of publication."""
    told = When(date(2014, 11, 10), date(2014, 11, 10), 1, "10 November")
    assert read_from(text, told, lang) == [(day, "2014-11-10", "10 November")]


def test_a_step_is_counted_from_the_day_named_last_in_its_sentence() -> None:
    """Without any such day nothing is guessed."""
    found = read_from("On 10 November nine people were killed and the next day five more.")
    assert found[1] == ("2014-11-11", "2014-11-10", "10 November")
    assert read_from("The next day five more were killed.") == []
    told = When(date(2014, 11, 10), date(2014, 11, 10), 1, "10 November")
    assert read_from("the day before yesterday", told) == [("2014-11-24", "2014-11-26", None)]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "on the third of March three people were killed", "2014-03-03"),
        ("en", "on March the twenty-third a shell fell", "2014-03-23"),
        ("fr", "le vingt et un février une attaque", "2014-02-21"),
        ("fr", "le premier novembre, une attaque", "2014-11-01"),
        ("es", "el treinta y uno de octubre un ataque", "2014-10-31"),
        ("it", "il ventitré marzo un attacco", "2014-03-23"),
        ("ar", "في الحادي والعشرين من شباط قصف", "2014-02-21"),
        ("ar", "في الثالث من مارس قصف", "2014-03-03"),
        ("uk", "двадцять першого лютого обстріл", "2014-02-21"),
    ],
)
def test_days_may_be_words(lang: str, text: str, wanted: str) -> None:
    """The day of a month may be spelled out, in one word or three."""
    assert day(text, lang=lang) == wanted


@pytest.mark.parametrize("text", ["in March two people died", "a third of the town", "en mars trois"])
def test_words_of_number_beside_a_month_are_not_always_its_day(text: str) -> None:
    """Behind its month only an article makes a word the day; a number of people stays one."""
    lang = "fr" if text.startswith("en mars") else "en"
    assert day(text, lang=lang) is None
