"""A place as a list of places has it, before anybody knows whether the gazetteer knows it too."""

import re
import unicodedata
from dataclasses import dataclass

from marsad.text.entry import Point

LONGEST_NAME = 120
"""Characters; no place's name is longer, and the gazetteer looks none up that is."""

_FORMULA = ("=", "+", "@")
"""What a cell begins with that a spreadsheet would run."""

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters that turn the direction of writing: a name with one reads other than it is written."""


_PLAIN = re.compile(r"[^\W\d_][\w '’()-]*")
"""Most names: a letter, then letters, digits and a few signs. They need no closer look."""

PROVINCE_NAMED = "name:"
"""What `Listed.province` begins with where a list names the province instead of giving it a code."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list says, at `where` (file and line), that a place is so called and lies there.

    `place_id` begins with whose number it is: gn: (GeoNames), pcode: (OCHA), own:FILE/ (the observatory's). `names` are
    all its names, `name` and `name_ar` among them. `point` is latitude and longitude in degrees WGS 84, None where the
    list does not tell. `kind` and `precision` are as in a gazetteer, `population` 0 where nobody counted. `province` is
    the list's own code of the province it lies in or is, `parent` the place_id of the unit next above it; None where the
    list has none. `curated` says that the observatory's own people put it on their list.
    """

    where: str
    place_id: str
    name: str
    name_ar: str | None
    names: tuple[str, ...]
    country: str
    kind: str
    precision: int
    point: Point | None = None
    population: int = 0
    province: str | None = None
    parent: str | None = None
    pcode: str | None = None
    curated: bool = False


def name_fault(name: str) -> tuple[str, str] | None:
    """Return which rule a name breaks and what to do about it, None where it can be the name of a place.

    >>> name_fault("Kafr Nuran") is None
    True
    >>> name_fault("=1+1")
    ('begins like a formula', 'remove the sign in front, or the name')
    """
    if len(name) <= LONGEST_NAME and _PLAIN.fullmatch(name):
        return None
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters", "shorten it; it is no name of a place"
    if name.startswith(_FORMULA):
        return "begins like a formula", "remove the sign in front, or the name"
    if not any(char.isalpha() for char in name):
        return "holds no letter", "write the name of the place"
    if "://" in name:
        return "is an address on the web", "write the name of the place"
    if not name.isprintable() or not _DIRECTIONS.isdisjoint(name):
        for char in name:
            if char in _DIRECTIONS or unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
                return f"holds the invisible character U+{ord(char):04X}", "remove it"
    return None


def shown(value: str) -> str:
    """Return a value fit for a message: short, and nothing in it that a terminal obeys."""
    short = value if len(value) <= 60 else f"{value[:60]}…"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in short)
