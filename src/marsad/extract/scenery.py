"""What was hit and how, in the words of any report: a bus, a mosque, a drone. By this a scene is known again."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from marsad.text.tokens import tokens

Forms = tuple[str, ...]


class Scenery(NamedTuple):
    """What words tell of a scene: `spots` that were hit and `means` by which, by marsad's names of them."""

    spots: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()

    def with_(self, other: "Scenery") -> "Scenery":
        """Return what both tell together."""
        return Scenery(self.spots | other.spots, self.means | other.means)


def scenery_of(text: str) -> Scenery:
    """Return what the words of a sentence, in any of the languages that marsad reads, tell of a scene.

    >>> found = scenery_of("Un drone a frappé la mosquée.")
    >>> sorted(found.spots), sorted(found.means)
    (['mosque'], ['drone'])
    """
    forms = [token.form for token in tokens(text)]
    found: dict[str, set[str]] = {"spot": set(), "means": set()}
    at = 0
    while at < len(forms):
        hits = [
            (len(words), side, name)
            for words, side, name in _words().get(forms[at], ())
            if tuple(forms[at : at + len(words)]) == words
        ]
        longest = max((n for n, _, _ in hits), default=0)
        for n, side, name in hits:
            if n == longest:
                found[side].add(name)
        at += max(1, longest)
    return Scenery(frozenset(found["spot"]), frozenset(found["means"]))


@cache
def _words() -> Mapping[str, list[tuple[Forms, str, str]]]:
    """Return the phrases that begin with each word: (forms, "spot" or "means", name)."""
    data = tomllib.loads((resources.files("marsad.resources") / "scenes.toml").read_text("utf-8"))
    out: dict[str, list[tuple[Forms, str, str]]] = {}
    for side in ("spot", "means"):
        for name, phrases in data[side].items():
            for phrase in phrases if isinstance(phrases, list) else ():
                forms = tuple(token.form for token in tokens(phrase))
                out.setdefault(forms[0], []).append((forms, side, name))
    return out
