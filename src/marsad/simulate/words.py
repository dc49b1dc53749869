"""How a language says what simulated reports say: its sentences, and numbers with their nouns as it counts.

Sentences lie in resources/simulate/LANG.toml.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ar", "en", "es", "fr")
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@cache
def spoken(lang: str) -> Mapping[str, Any]:
    """Return the sentences and nouns of a language."""
    text = files("marsad.resources").joinpath("simulate", f"{lang}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def form(rule: str, number: int) -> str:
    """Return how a language counts so many: one, two, few, many or other.

    >>> [form("arabic", n) for n in (1, 2, 7, 11, 99, 100, 103, 202)]
    ['one', 'two', 'few', 'many', 'many', 'other', 'few', 'other']

    Source: Unicode CLDR, plural rules.
    """
    if rule == "arabic":
        if number in (1, 2):
            return ("one", "two")[number - 1]
        rest = number % 100
        return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"
    return "one" if number == 1 or (number == 0 and rule == "zero-one-other") else "other"


@lru_cache(100_000)
def counted(lang: str, number: int, noun: str, style: str = "", of: bool = False) -> str:
    """Return the number with its noun; `style` "spelt" writes small ones out, "indic" in Arabic digits.

    `of` asks for the form that follows a noun or preposition, where a language has one.

    >>> counted("ar", 2, "people", of=True), counted("ar", 11, "people"), counted("en", 1, "people")
    ('شخصين', '11 شخصا', '1 person')
    """
    language = spoken(lang)
    forms, which = language["nouns"][noun], form(language["rule"], number)
    if which in ("one", "two") and language["rule"] == "arabic":
        return str(forms.get(f"{which}_of", forms[which]) if of else forms[which])
    return f"{digits(lang, number, style)} {forms[which]}"


@lru_cache(20_000)
def digits(lang: str, number: int, style: str = "") -> str:
    """Return the number alone, as an outlet of this style writes it."""
    spelt = spoken(lang)["spelt"]
    if style == "spelt" and 0 < number <= len(spelt) and spelt[number - 1]:
        return str(spelt[number - 1])
    return str(number).translate(_INDIC) if style == "indic" and lang == "ar" else str(number)


@lru_cache(100_000)
def day_said(lang: str, day: int, published: int, way: int) -> str:
    """Return how a report of the day `published` tells of `day` (both counted from the first of the year 1).

    `way` 0 names the weekday, 1 the date, 2 both, 3 says yesterday where it was; a weekday of another week gets its date.
    """
    days = spoken(lang)["days"]
    if way == 3:
        if published - day == 1:
            return str(days["yesterday"])
        way = 0
    if way == 0 and not 0 <= published - day < 7:
        way = 1
    when = date.fromordinal(day)
    gaps = {
        "weekday": days["weekday"][when.weekday()],
        "d": when.day,
        "month": days["month"][when.month - 1],
        "y": when.year,
    }
    return str(days["said"][way]).format_map(gaps)
