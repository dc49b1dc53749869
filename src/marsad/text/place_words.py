"""What the words around a place name tell about it: "Raqqa province" is a province, "the town of Hajin" a town."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from marsad.text.normal import fold

_CLITICS = {"لل": "ال", "ب": "", "و": "", "ف": "", "ك": "", "ل": ""}
"""Arabic prepositions and conjunctions written into the next word, and what they leave behind."""

LONGEST_KIND = 4
"""Words in the longest phrase for a kind of place ("camp for displaced people")."""

_ELIDED = re.compile(r"\b(d|dell)['’]\s*")
"""French and Italian "of" before a vowel, written onto the name: "la province d'Idlib"."""

_LONGEST = 480
_REMEMBERED = 16_384
_DEEPEST = 4


@cache
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """Return {words before: kind} and {words after: kind}, folded."""
    table = tomllib.loads((resources.files("marsad.resources") / "places" / "kinds.toml").read_text("utf-8"))
    before = {fold(words): entry["kind"] for entry in table["kind"] for words in entry["before"]}
    after = {fold(words): entry["kind"] for entry in table["kind"] for words in entry["after"]}
    return before, after


def kind_and_name(words: str) -> list[tuple[str | None, str]]:
    """Return what the words may be, as (kind or None, name): as they stand first, then with kind words taken off.

    The kind is one of admin1, city, quarter, camp, area; None where the words do not tell.

    >>> kind_and_name("Raqqa province")
    [(None, 'Raqqa province'), ('admin1', 'raqqa')]
    >>> kind_and_name("the town of Hajin")[-1]
    ('city', 'hajin')
    >>> kind_and_name("بالرقة")[-1]
    (None, 'الرقه')
    >>> kind_and_name("province d'Idlib")[-1]
    ('admin1', 'idlib')
    >>> kind_and_name("بريف حماة")[-1]
    ('admin1', 'حماه')
    """
    readings: list[tuple[str | None, str]] = [(None, words)]
    kind: str | None = None
    name = fold(_ELIDED.sub(r"\1 ", words[:_LONGEST]))
    for depth in range(_DEEPEST):
        taken = _without_kind_word(name) or (None if depth else _without_kind_word(_without_clitic(name) or ""))
        if taken is None:
            break
        kind, name = kind or taken[0] or None, taken[1]
        readings.append((kind, name))
    clitic = _without_clitic(name)
    if clitic is not None:
        readings.append((kind, clitic))
    return readings


def _without_kind_word(name: str) -> tuple[str, str] | None:
    """Return the kind that a folded name begins or ends with, and the rest; the most words that are one."""
    before, after = _kinds()
    words = name.split(" ")
    for n in range(min(len(words) - 1, LONGEST_KIND), 0, -1):
        if (kind := before.get(" ".join(words[:n]))) is not None:
            return kind, " ".join(words[n:])
    for n in range(min(len(words) - 1, LONGEST_KIND), 0, -1):
        if (kind := after.get(" ".join(words[-n:]))) is not None:
            return kind, " ".join(words[:-n])
    return None


def _without_clitic(name: str) -> str | None:
    for clitic, left in _CLITICS.items():
        if name.startswith(clitic) and len(name) - len(clitic) >= 3:
            return left + name[len(clitic) :]
    return None


def kind_behind(words: Sequence[str]) -> int:
    """Return how many of the words that follow a name tell its kind, 0 if none does.

    >>> kind_behind(["refugee", "camp", "on", "Tuesday"]), kind_behind(["on", "Tuesday"])
    (2, 0)
    """
    if not words or not may_be_kind_behind(words[0]):
        return 0
    spans = range(min(len(words), LONGEST_KIND), 0, -1)
    return next((n for n in spans if _tells_kind(" ".join(words[:n]), before=False)), 0)


def kind_before(words: Sequence[str]) -> int:
    """Return how many of the words that stand before a name, the last of them right before it, tell its kind, 0 if none.

    >>> kind_before(["in", "the", "province", "of"]), kind_before(["killed", "in"])
    (3, 0)
    """
    if not words or not may_be_kind_before(words[-1]):
        return 0
    spans = range(min(len(words), LONGEST_KIND), 0, -1)
    return next((n for n in spans if _tells_kind(" ".join(words[len(words) - n :]), before=True)), 0)


@cache
def _next_to_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words right before a name and right behind it that a phrase for a kind may have there."""
    before, after = _kinds()
    return frozenset(words.split()[-1] for words in before), frozenset(words.split()[0] for words in after)


@lru_cache(maxsize=_REMEMBERED)
def may_be_kind_behind(word: str) -> bool:
    """Tell whether a word may be the first of those that tell the kind of a place behind its name.

    >>> may_be_kind_behind("refugee"), may_be_kind_behind("on")
    (True, False)
    """
    folded = fold(word).split()
    return bool(folded) and folded[0] in _next_to_names()[1]


@lru_cache(maxsize=_REMEMBERED)
def may_be_kind_before(word: str) -> bool:
    """Tell whether a word may be the last of those that tell the kind of a place before its name ("province of").

    >>> may_be_kind_before("of"), may_be_kind_before("killed")
    (True, False)
    """
    folded = fold(word).split()
    return bool(folded) and not _next_to_names()[0].isdisjoint((folded[-1], _without_clitic(folded[-1])))


@lru_cache(maxsize=_REMEMBERED)
def _tells_kind(words: str, *, before: bool) -> bool:
    folded, kinds = fold(words), _kinds()[0 if before else 1]
    return bool(kinds.get(folded) or (before and kinds.get(_without_clitic(folded) or "")))
