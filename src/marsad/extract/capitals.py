"""Capitals told by their country: "in the Yemeni capital", "العاصمة اليمنية", "the capital of Niger"."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from marsad.extract.atlas import Atlas
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_REACH = 4
"""How many words behind a preposition the capital and its country may stand: "in the | heart of the Yemeni capital"."""


def speaks_of_capital(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence has a word for a capital, as it stands or behind a preposition that is written onto it."""
    return not line.forms.isdisjoint(_written(words))


def capital_at(words: Lexicon, atlas: Atlas, line: Line, at: int) -> tuple[Place, int] | None:
    """Return the capital that is told by its country from token `at` on, and the token after; None where none is.

    The country stands before the word for a capital or behind it, with no more than a small word between. A capital that is
    named ("the Yemeni capital Sanaa") is read by its name; one of a country whose capital is disputed is not told.
    """
    called = _written(words)
    for k in range(at, min(len(line), at + _REACH)):
        if line[k].kind != "word":
            return None
        if line[k].form in called:
            return _of_country(words, atlas, line, k)
    return None


@cache
def _written(words: Lexicon) -> frozenset[str]:
    """Return the words for a capital as texts write them: "العاصمة", "بالعاصمة"."""
    called = words.forms("places.capitals")
    return called.union(prefix + word for prefix in words.place_prefixes for word in called)


def _of_country(words: Lexicon, atlas: Atlas, line: Line, k: int) -> tuple[Place, int] | None:
    small = words.forms("places.skip").union(words.data["articles"])
    after = k + 1
    while after < min(len(line), k + 1 + 2) and line[after].form in small:
        after += 1
    told = [(k - 1, k + 1)] if k else []
    told += [(after, after + 1)] if after < len(line) else []
    for country, end in told:
        code = atlas.country_of(line[country])
        city = capitals().get(code) if code else None
        if code and city:
            place = atlas.town(city, code)
            said = " ".join(token.text for token in line[min(k, country) : max(k, country) + 1])
            return (place.said(said), end) if place.found else None
    return None


@cache
def capitals() -> Mapping[str, str]:
    """Return the name of each country's capital by its ISO 3166-1 alpha-2 code, of resources/capitals.toml."""
    table: dict[str, dict[str, str]] = tomllib.loads(
        (resources.files("marsad.resources") / "capitals.toml").read_text("utf-8")
    )
    return table["capitals"]
