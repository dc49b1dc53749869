"""Days that hang on the day of print alone ("yesterday"): where that is off by one, and pages of another time zone or posts
passed on the next morning are, so are they. A weekday or a date says itself which day it means."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from marsad.model import When
from marsad.text.lexicon import languages
from marsad.text.tokens import form_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")


def is_reckoned(when: When | None) -> bool:
    """Tell whether a day was counted from the day of print, and nothing else in the words says which it is.

    >>> from datetime import date
    >>> tuesday = date(2014, 11, 25)
    >>> is_reckoned(When(tuesday, tuesday, 1, "yesterday", against=date(2014, 11, 26)))
    True
    >>> is_reckoned(When(tuesday, tuesday, 1, "on Tuesday", against=date(2014, 11, 26)))
    False
    """
    if when is None or when.words is None or when.against is None or when.against_words is not None:
        return False
    if when.days > 1 or _DIGIT.search(when.words):
        return False
    return not any(form_of(word) in _weekdays() for word in _WORD.findall(when.words))


def is_assumed(when: When | None) -> bool:
    """Tell whether no words give a time: the report is taken as news, of the days before it was printed.

    >>> from datetime import date
    >>> is_assumed(When(date(2014, 11, 23), date(2014, 11, 26), 2, against=date(2014, 11, 26)))
    True
    >>> is_assumed(When(date(2014, 11, 25), date(2014, 11, 25), 1, "on Tuesday", against=date(2014, 11, 26)))
    False
    """
    return when is not None and when.words is None and when.against is not None


@cache
def _weekdays() -> frozenset[str]:
    out: set[str] = set()
    for lang in languages():
        text = files("marsad.resources").joinpath("lang", f"{lang}.toml").read_text(encoding="utf-8")
        out |= {form_of(name) for name in tomllib.loads(text)["dates"]["weekdays"]}
    return frozenset(out)
