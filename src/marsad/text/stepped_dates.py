"""Times told from another day of the report: "the next day", "two days later", "a day earlier"."""

from datetime import date, timedelta

from marsad.text.calendar_dates import Reading
from marsad.text.lexicon import Lexicon
from marsad.text.numbers import quantity_at
from marsad.text.phrases import Line

_FARTHEST = 366
"""Days from another day of the report beyond which no incident of it lies."""


def steps_in(words: Lexicon, line: Line) -> bool:
    """Tell quickly whether a sentence has words that step from one day to another."""
    lists = (words.steps, words.section("dates.later"), words.section("dates.earlier"))
    return not line.finds.keys().isdisjoint([each.slot for each in lists])


def stepped(words: Lexicon, line: Line, at: int, day: date) -> Reading | None:
    """Read a time at token `at` as so many days after or before another day.

    >>> from marsad.text.lexicon import lexicon
    >>> words = lexicon("en")
    >>> stepped(words, words.line("two days later"), 0, date(2014, 11, 20))
    (datetime.date(2014, 11, 22), datetime.date(2014, 11, 22), 3)
    """
    today, step = words.days.match(line, at), words.steps.match(line, at)
    if today and (step is None or step[1] <= today[1]):  # "the day before yesterday" is no day before another
        return None
    if step:
        found = day + timedelta(days=step[0])
        return found, found, step[1]
    many = quantity_at(words, line, at)
    if many is None or many.value is None or many.after >= len(line):
        return None
    unit = words.data["dates"]["units"].get(line[many.after].form)
    if not unit or not 0 < many.value * unit <= _FARTHEST:
        return None
    for name, sign in (("dates.later", 1), ("dates.earlier", -1)):
        if hit := words.section(name).match(line, many.after + 1):
            found = day + sign * timedelta(days=many.value * unit)
            slack = timedelta(days=0 if unit == 1 else unit // 2)
            return found - slack, found + slack, hit[1]
    return None
