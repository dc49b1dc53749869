"""Where a body is that speaks of its own town: the emergency room of Karari, the municipality of Swani."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from marsad.extract.atlas import Atlas
from marsad.model import Place, Text
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence
from marsad.text.tokens import Token, form_of, tokens

_HEADING = 80
"""Characters of the longest first line that only says who speaks."""

_LONGEST = 3
"""Words of a place's name at most."""

_COUNTRY = 6


def own_town(atlas: Atlas, report: Text, found: Sequence[Sentence], lines: Sequence[Line]) -> Place | None:
    """Return the town or district in the name of the local body that made a report; None where no such body did.

    The body stands in the name of the outlet, or in a first line that counts nobody and says nothing else. A report that names
    no country may be of any: then one alone must have a place of that name.
    """
    names = [tokens(report.outlet or "")]
    if found and len(lines) > 1 and found[0].end - found[0].start <= _HEADING:
        names.append(tokens(report.text[found[0].start : found[0].end].replace("_", " ").replace("#", " ")))
    for name in names:
        if any(token.form in _bodies() for token in name) and (place := _named(atlas, name)):
            return place
    return None


@cache
def _bodies() -> frozenset[str]:
    """Return the words that make a name one of a local body, in every language: an Arabic report has an English outlet."""
    data = tomllib.loads((resources.files("marsad.resources") / "local_bodies.toml").read_text("utf-8"))
    return frozenset(form_of(word) for words in data.values() for word in words)


def _named(atlas: Atlas, name: Sequence[Token]) -> Place | None:
    """Return the last place that the name of a body holds, the longest one that ends there."""
    for end in range(len(name), 0, -1):
        for first in range(max(0, end - _LONGEST), end):
            if any(token.kind != "word" or token.form in _bodies() for token in name[first:end]):
                continue
            words = " ".join(token.bare for token in name[first:end])
            place = atlas.hamlet(words) if atlas.countries else _only(atlas, words)
            if place is not None and place.found and place.precision != _COUNTRY:
                return place
    return None


def _only(atlas: Atlas, words: str) -> Place | None:
    """Return the place of a name that one country alone has."""
    code = atlas.only_country(words, small=True)
    return atlas.town(words, code).said(words) if code is not None else None
