"""Whether a report speaks of armed violence at all, told by its letters at a glance and by its words for certain."""

import re
from collections.abc import Mapping
from functools import cache

from marsad.text.lexicon import Lexicon
from marsad.text.phrases import ACRONYM, Line
from marsad.text.tokens import form_of

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060]")
"""Accents apart from their letters, hyphens and joiners that nobody sees: they part the letters of a word."""
_BEARING = ("bearers", "wars", "arms", "fighting")
"""Lists of words for who fights, what is fought and with what."""


def may_be_armed(words: Lexicon, text: str) -> bool:
    """Tell at once of most reports about other matters that no word of fighting, arms or a party stands in them.

    Words are looked for by their letters alone, wherever they stand, so that none is missed that `armed` would find; texts
    in which they may be written otherwise (particles written on, marks apart from their letters) are not told so.
    """
    if words.prefixes or _MARKS.search(text):
        return True
    spelled = set(_LETTERS.findall(text))
    runs = {form_of(word) for word in spelled}
    alone, acronyms, several = _sought(words)
    if not alone.isdisjoint(runs) or not acronyms.isdisjoint(spelled):
        return True
    return any(rest <= runs for run in runs & several.keys() for rest in several[run])


@cache
def _sought(words: Lexicon) -> tuple[frozenset[str], frozenset[str], Mapping[str, list[frozenset[str]]]]:
    """Return the phrases that `armed` looks for by their letters: single words, those in capitals, and longer phrases.

    A longer phrase is kept by its longest word, with the others that must stand in the text as well.
    """
    beside = words.beside
    listed = (words.section("topic.armed").entries, *(beside.phrases(name).entries for name in _BEARING))
    entries = [(forms, capital) for phrases in listed for forms, _, capital in phrases]
    entries += [(forms, capital) for forms, _, capital in beside.parties.entries]
    entries += [(forms, capital) for forms, actor, capital in words.actors.entries if actor.origin.party]
    alone, acronyms, several = set[str](), set[str](), dict[str, list[frozenset[str]]]()
    for forms, capital in entries:
        runs = sorted({run for form in forms for run in _LETTERS.findall(form)}, key=lambda run: (-len(run), run))
        if len(runs) == 1:
            (acronyms if capital == ACRONYM else alone).add(runs[0].upper() if capital == ACRONYM else runs[0])
        elif runs:
            several.setdefault(runs[0], []).append(frozenset(runs[1:]))
    return frozenset(alone), frozenset(acronyms), several


def armed(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence speaks of armed violence, or names those who bear arms; a capital alone is a town."""
    beside, actors = words.beside, words.actors.find(line)
    seats = {first for actor, first, _ in actors if actor.seat}
    named = words.section("topic.armed").find(line)
    fighting = any(actor.origin.party and not actor.seat for actor, _, _ in actors)
    fighting = fighting or any(first not in seats for _, first, _ in beside.parties.find(line))
    return bool(named) or fighting or any(beside.phrases(name).find(line) for name in _BEARING)
