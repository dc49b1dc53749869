"""Why two reports may be about one incident, in words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from marsad.link.weights import BASE, CROWD

_SMALLEST = 0.25
"""Log odds below which a term is not worth a word."""


def reasons(terms: Mapping[str, float], levels: Mapping[str, str], lang: str = "en", most: int = 5) -> list[str]:
    """Return the weightiest terms of a score as "side: level", marked + for and - against, the weightiest first.

    >>> reasons({"time": 1.5, "killed": -1.0, "base": -0.5}, {"time": "same-day", "killed": "apart"})
    ['+ when: the same day', '- the number of killed: far apart']
    """
    words = _words(lang)
    ranked = sorted(terms.items(), key=lambda term: (-abs(term[1]), term[0]))
    out = []
    for name, weight in ranked:
        if name == BASE or abs(weight) < _SMALLEST:
            continue
        side = words["sides"][name]
        said = side if name == CROWD else f"{side}: {words['levels'][levels[name]]}"
        out.append(f"{'+' if weight > 0 else '-'} {said}")
    return out[:most]


@cache
def _words(lang: str) -> Mapping[str, Mapping[str, str]]:
    data = tomllib.loads(files("marsad.resources").joinpath("linking_words.toml").read_text(encoding="utf-8"))
    words: Mapping[str, Mapping[str, str]] = data[lang]
    return words
