"""Whether two names are of one speaker: the same name, with or without its title, or one office of one place."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from marsad.text.tokens import form_of, tokens

_SHORTEST = 4
"""Letters of the shortest word that tells whose office it is."""


def same_speaker(one: str, other: str) -> bool:
    """Tell whether two names may be of one speaker.

    >>> same_speaker("Anselme Ngoy", "Father Anselme Ngoy"), same_speaker("mayor of Uvira", "town hall in Uvira")
    (True, True)
    >>> same_speaker("mayor of Uvira", "hospital in Uvira"), same_speaker("mayor", "hospital")
    (False, False)
    """
    if form_of(one) == form_of(other):
        return True
    words, others = _words(one), _words(other)
    offices = {_offices()[w] for w in words if w in _offices()}, {_offices()[w] for w in others if w in _offices()}
    names = [{w for w in said if w not in _offices() and len(w) >= _SHORTEST} for said in (words, others)]
    if offices[0] and offices[1]:
        return bool(offices[0] & offices[1]) and (names[0] == names[1] or bool(names[0] & names[1]))
    few, many = sorted(names, key=len)
    return len(few) > 1 and few <= many  # a name and a surname


def _words(name: str) -> list[str]:
    return [form for token in tokens(name) for form in [token.form] if token.kind == "word"]


@cache
def _offices() -> Mapping[str, str]:
    """Return the office that a word means, each by the name of its list."""
    data = tomllib.loads((resources.files("marsad.resources") / "checking.toml").read_text("utf-8"))
    return {t.form: office for office, words in data["offices"].items() for w in words for t in tokens(w)}
