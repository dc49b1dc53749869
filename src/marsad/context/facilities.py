"""What of a place is meant: the place itself, or a facility beside it that is held apart ("the Tabqa air base")."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

_REACH = 60
"""Characters around a place's name in which its facility is looked for."""


class _Facility(NamedTuple):
    """A kind of facility, and how it stands behind and before a name: in a text, and as all that a person wrote."""

    name: str
    behind: re.Pattern[str]
    before: re.Pattern[str]
    written_behind: re.Pattern[str]
    written_before: re.Pattern[str]


def facility_beside(text: str, words: str) -> str | None:
    """Return the kind of facility that stands beside a place's words in a text, None where the place itself is meant.

    Beside is right behind the name, or right before it, as Arabic puts it; the first mention of the name decides.

    >>> facility_beside("Fighters stormed the Tabqa air base.", "Tabqa")
    'air base'
    >>> facility_beside("Fighters left Tabqa for the air base.", "Tabqa") is None
    True
    """
    at = text.find(words) if words else -1
    if at < 0:
        return None
    behind, before = text[at + len(words) : at + len(words) + _REACH], text[max(0, at - _REACH) : at]
    return next((f.name for f in _facilities() if f.behind.match(behind) or f.before.search(before)), None)


def split_facility(words: str) -> tuple[str, str | None]:
    """Return a place that a person wrote, without its facility, and the facility, None where none is written.

    >>> split_facility("Tabqa air base"), split_facility("Raqa")
    (('Tabqa', 'air base'), ('Raqa', None))
    """
    for facility in _facilities():
        found = facility.written_behind.fullmatch(words) or facility.written_before.fullmatch(words)
        if found:
            return found["place"], facility.name
    return words, None


@cache
def _facilities() -> list[_Facility]:
    told = tomllib.loads((resources.files("marsad.resources") / "context" / "facilities.toml").read_text("utf-8"))
    between = rf"\s+(?:{_one_of(told['before_place'])})"
    after = rf"(?:\s*(?:{_one_of(told['behind_place'])})(?!\w))*\s+"
    out = []
    for entry in told["facility"]:
        arabic = [word for word in entry["words"] if "\u0600" <= word[0] <= "\u06ff"]
        latin = [word for word in entry["words"] if word not in arabic]
        words = rf"(?<!\w)(?:ال|ل|و|ب)?(?:{_one_of(entry['words'])})(?!\w)"
        # Arabic puts it right before the name; elsewhere a word stands between: "Airport Road" is a road.
        ahead = rf"(?<!\w)(?:(?:ال|ل|و|ب)?(?:{_one_of(arabic)})(?:{between})*|(?:{_one_of(latin)})(?:{between})+)\s+"
        shapes = (rf"{after}{words}", rf"{ahead}$", rf"(?P<place>\S.*?){after}{words}", rf"{ahead}(?P<place>\S.*)")
        out.append(_Facility(entry["name"], *(re.compile(shape, re.IGNORECASE) for shape in shapes)))
    return out


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"  # of none, nothing
