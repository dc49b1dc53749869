"""Times between two days or months that a sentence names."""

from datetime import date

import pytest

from marsad.text.date_spans import opens_span
from marsad.text.dates import Mention, dates_in
from marsad.text.lexicon import lexicon

TODAY = date(2014, 11, 26)


def spans(lang: str, text: str) -> list[Mention]:
    """Return the times that a sentence of this language names."""
    words = lexicon(lang)
    return dates_in(words, words.line(text), text, TODAY)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Between 3 and 17 November they shelled the town."),
        ("en", "From November 3 to November 17 they shelled the town."),
        ("en", "They shelled the town on 3–17 November."),
        ("fr", "Entre le 3 et le 17 novembre, ils ont pilonné la ville."),
        ("fr", "Du 3 novembre au 17 novembre, ils ont pilonné la ville."),
        ("es", "Del 3 al 17 de noviembre bombardearon el pueblo."),
        ("it", "Tra il 3 e il 17 novembre hanno bombardato il paese."),
        ("ar", "قصفوا البلدة من 3 إلى 17 تشرين الثاني."),
        ("uk", "З 3 по 17 листопада вони обстрілювали місто."),
    ],
)
def test_from_one_day_to_another_is_one_time(lang: str, text: str) -> None:
    """Both days are in it and all between them, in every language."""
    [found] = spans(lang, text)
    assert (found.when.start, found.when.end, found.since) == (date(2014, 11, 3), date(2014, 11, 17), False)
    assert found.when.words is not None
    assert "3" in found.when.words
    assert "17" in found.when.words


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Between March 2011 and April 2014 many fled.", date(2011, 3, 1), date(2014, 4, 30)),
        ("From January to October many fled.", date(2014, 1, 1), date(2014, 10, 31)),
        ("Between November and March 2014 many fled.", date(2013, 11, 1), date(2014, 3, 31)),
    ],
)
def test_from_one_month_to_another_is_one_time(text: str, start: date, end: date) -> None:
    """A beginning without its year lies before the end."""
    [found] = spans("en", text)
    assert (found.when.start, found.when.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "They shelled the town on 3 November and 17 November.",
        "On 3 November and on 17 November they shelled the town.",
        "Killed: 12 - 17 November was quieter.",
        "Between 33 and 17 November nothing is said.",
        "Between 20 and 17 November nothing is said.",
        "Ten of the 12 and 17 November.",
    ],
)
def test_two_days_beside_one_another_are_no_span(text: str) -> None:
    """Without a word that opens one, with a number that is no day or a later one, each day stays what it is."""
    assert all(found.when.start == found.when.end for found in spans("en", text))


def test_most_sentences_are_not_looked_at() -> None:
    """A sentence without a word that joins two days is told at a glance."""
    words = lexicon("en")
    assert not opens_span(words, words.line("The bombing on Tuesday killed nine."))
    assert opens_span(words, words.line("Between Monday and Tuesday nine were killed."))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("بين كانون الثاني وتشرين الأول 2013 قتل 34 شخصا.", date(2013, 1, 1), date(2013, 10, 31)),
        ("قتل 34 شخصا بين يناير وأكتوبر 2013.", date(2013, 1, 1), date(2013, 10, 31)),
    ],
)
def test_arabic_joins_months_by_a_letter(text: str, start: date, end: date) -> None:
    """The "and" written onto the second month joins a span, where "between" opens one."""
    [found] = spans("ar", text)
    assert (found.when.start, found.when.end) == (start, end)


def test_two_months_that_nothing_opens_are_two_times() -> None:
    """ "In March and April" is no span."""
    assert len(spans("ar", "قصفوا البلدة في آذار ونيسان.")) == 2
