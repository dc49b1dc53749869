"""How much the words of a report speak for or against armed violence, as made-up reports taught it.

A table a language in resources/topic/, written by tools/topic_weights.py: the first letters of a word, a tab, a weight.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from marsad.text.phrases import Line

SIGNS = ("*armed", "*other", "*played", "*weapons", "*always")
"""What is counted beside words: those of arms, of other matters, of play; sentences with a weapon; and nothing at all."""

_LETTERS, _LEAST = 6, 3
"""Letters by which a word is known, and those of the shortest that is looked at."""

_HEAD = 40
"""Sentences that tell what a report is about."""


def stems_of(lines: Sequence[Line]) -> frozenset[str]:
    """Return the first letters of the words of a report, those with a capital inside a sentence, which are names, left out."""
    head = lines[:_HEAD]
    forms = {token.form for line in head for token in line[1:] if not token.capital and token.kind == "word"}
    forms.update(line[0].form for line in head if line and line[0].kind == "word")
    return frozenset([form[:_LETTERS] for form in forms if len(form) >= _LEAST])


def is_common(lang: str, form: str) -> bool:
    """Tell whether a word is one that reports of any matter use: "الحدود", the border. False in a language without a table."""
    return form[:_LETTERS] in _table(lang)


def speaks_of_war(lang: str, lines: Sequence[Line], signs: Sequence[float]) -> float | None:
    """Return how much a report speaks of armed violence: the logarithm of the odds, None in a language without a table.

    `signs` are as `SIGNS` names them. Made-up reports of other matters are as many as those of war where it was taught.
    """
    table = _table(lang)
    if not table:
        return None
    known = [table[stem] for stem in stems_of(lines) & table.keys()]
    words = math.fsum(known) / math.sqrt(max(1, len(known)))
    return words + math.fsum(table[name] * sign for name, sign in zip(SIGNS, signs, strict=True))


@cache
def _table(lang: str) -> Mapping[str, float]:
    path = resources.files("marsad") / "resources" / "topic" / f"{lang}.tsv"
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {stem: float(weight) for stem, weight in rows}
