"""Which words are known as given names: their one Arabic form, whichever spelling they come in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from marsad.names.letters import letters


@dataclass(frozen=True, slots=True)
class Given:
    """A name that people give their children: spelled so in Arabic and so in Latin script, given to this sex.

    `arabic` is without blanks ("عبدالله"), `latin` begins with the commonest spelling, `sex` is None where both bear it.
    """

    arabic: str
    latin: tuple[str, ...]
    sex: str | None


@cache
def given_names() -> tuple[Given, ...]:
    """Return the names of resources/names/given.toml, in its order."""
    table = tomllib.loads((resources.files("marsad.resources") / "names" / "given.toml").read_text("utf-8"))
    return tuple(
        Given(arabic, tuple(latin.split()), None if sex == "both" else sex)
        for sex, names in table.items()
        for arabic, latin in names.items()
    )


@cache
def _by_spelling() -> Mapping[str, str | None]:
    """Every known spelling in `letters` form, without blanks, and the Arabic one it stands for; None where two may be meant."""
    found: dict[str, str | None] = {}
    for name in given_names():
        arabic = bound(letters(name.arabic).replace(" ", ""))
        for spelling in (arabic, *(letters(s) for s in name.latin)):
            found[spelling] = arabic if found.get(spelling, arabic) == arabic else None
    return found


def bound(word: str) -> str:
    """Return an Arabic word without the article that binds its two halves: عبدالرحمن and نورالدين, however written.

    >>> bound("عبدالرحمن"), bound("نورالدين"), bound("نصرالله"), bound("جمال")
    ('عبدرحمن', 'نوردين', 'نصرله', 'جمال')
    """
    for head in ("عبد", "ابو", "ابي", "ابا", "ام"):
        if word.startswith(head + "ال") and len(word) >= len(head) + 4:
            return head + word[len(head) + 2 :]
    for tail in ("دين", "له"):
        if word.endswith("ال" + tail) and len(word) > len(tail) + 3:
            return word[: -len(tail) - 2] + tail
    return word


def known_as(word: str) -> str | None:
    """Return the Arabic form (bound) of a given name in `letters` form, or None if it is not known or may be two names.

    >>> known_as("mahmoud"), known_as("محمود"), known_as("zzz")
    ('محمود', 'محمود', None)
    """
    return _by_spelling().get(word)


def is_given(word: str) -> bool:
    """Tell whether a word in `letters` form spells a known given name, be it one of two."""
    return word in _by_spelling()


@cache
def _romanisations() -> Mapping[str, str]:
    out: dict[str, str] = {}
    for name in given_names():
        out.setdefault(bound(letters(name.arabic).replace(" ", "")), name.latin[0])
    return out


def usual_latin(arabic: str) -> str | None:
    """Return the commonest Latin spelling of a known Arabic given name (bound), or None."""
    return _romanisations().get(arabic)
