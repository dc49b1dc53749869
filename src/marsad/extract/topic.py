"""What a report is about: armed violence, or people harmed by an earthquake, on a road, by a common crime."""

import math
from collections.abc import Mapping, Sequence
from functools import cache

from marsad.extract.topic_weights import speaks_of_war
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line, Phrases

_OPENING = 2
"""How many sentences a report opens with."""
_PLAIN = 2
"""How many words of another matter a report needs to be about it."""
_HEAD, _LONG = 4, 8
"""Sentences in which a report of more than so many says what it is about."""

_SHORT, _NO_ROOM = 2, 3
"""Sentences up to which a report has no room for more, and up to which its words as a whole tell nothing."""

_TELLING = 40
"""Sentences that are looked at for what a report is about."""

_BRIEF = 6
"""Sentences of a report that is brief: its words as a whole tell less, those of the lists more."""

_SURE_OF_ARMS = -1.5
"""The same where a weapon is named that only wars know: a missile, a drone, a mine."""

_SURE, _DOUBTED, _DOUBTED_BRIEFLY = -0.35, -0.2, 0.8
"""Logarithms of odds of war up to which a report is of another matter, and up to which it is where lists say so.

Half of one less where a band is named.
"""


def is_elsewhere(words: Lexicon, lines: Sequence[Line]) -> bool:
    """Tell whether a report is about another matter than armed violence.

    Words of other matters tell, listed by what they are (see `_listed_elsewhere`); where a report has room to be about
    something, all its words do, by what made-up reports taught of them. Who names a band is believed longer.
    """
    told = not _named(lines).isdisjoint(_every(words))
    listed = told and _listed_elsewhere(words, lines)
    cased = len(lines) > _NO_ROOM and not all(line.shouts for line in lines[1:_HEAD])  # in capitals names are words
    signs = signs_of(words, lines) if cased else ()
    odds = speaks_of_war(words.lang, lines, signs) if cased else None
    if odds is None:
        return listed
    _, _, played, weapons, _ = signs
    if listed and (not weapons or played > max(weapons, math.log1p(_PLAIN))):
        return True  # no weapon is named, or it is of a film, a drill or a match
    doubted = _DOUBTED if len(lines) > _BRIEF else _DOUBTED_BRIEFLY
    if odds > _SURE or (listed and odds <= doubted):
        return listed and odds <= doubted
    military = not (listed or played) and any(_arms_of_war(words, line) for line in lines[:_TELLING])
    sure = _SURE_OF_ARMS if military else _SURE
    return odds <= sure - any(_bands(words, line) for line in lines[:_TELLING]) / 2


def signs_of(words: Lexicon, lines: Sequence[Line]) -> tuple[float, ...]:
    """Return what is counted of a report beside its words, as `topic_weights.SIGNS` names it; of its first sentences."""
    head = lines[:_TELLING]
    named = _named(head)
    armed = sum(_said(words, line, _ARMED) + _bands(words, line) for line in head)
    other = played = 0
    if not named.isdisjoint(_every(words)):
        other = sum(_said(words, line, _HINTS) for line in head)
        played = sum(max(_said(words, line, name) for name in _PLAYED) for line in head)
    weapons = sum(_arms(words, line) for line in head) if words.weapons.slot in named else 0
    return (*(math.log1p(count) for count in (armed, other, played, weapons)), 1.0)


def _listed_elsewhere(words: Lexicon, lines: Sequence[Line]) -> bool:
    """Tell whether at least two words say that a report is about another matter, and most do.

    Words that only hint at it have to be three, unless the report has no room for more.

    A film, an exercise or wolves in a flock are told in the words of war: there three words say so if they are as many as
    those of arms, or two in a report of two sentences that names no arms. A report that opens with an earthquake is about
    it, where no weapon is named.
    """
    other, armed, hinted = 0, 0, 0
    played = [0] * len(_PLAYED)
    opening = armed_first = natural_first = 0
    for at, line in enumerate(lines):
        other += _said(words, line, _HINTS)
        hinted += _said(words, line, _HINTED)
        armed += _said(words, line, _ARMED) + _bands(words, line)
        for k, name in enumerate(_PLAYED):
            played[k] += _said(words, line, name)
        if at < _HEAD:
            opening, armed_first = other + max(played), armed
            natural_first += _said(words, line, _NATURE)
    if armed and not opening and len(lines) > _LONG:
        return False  # a bulletin tells of an attack first, and of measles among its last headings
    weak = other == hinted and len(lines) > _SHORT  # "a gang" and "a road" in a long report say little
    if max(played) > max(_PLAIN, armed - 1) or (other >= _PLAIN + weak and other > 2 * armed):
        return True
    natural = any(_said(words, line, _NATURE) for line in lines[:_OPENING])
    natural = natural and not any(_arms(words, line) for line in lines[:_HEAD])
    if natural and natural_first >= armed_first and other >= _PLAIN and other > armed // 2:
        return True  # a landslide told first, the soldiers who dig behind it
    if any(_arms(words, line) for line in lines):
        return False
    short = len(lines) <= _SHORT and not armed
    opens = armed <= 1 and natural
    return opens or (short and max(played) >= _PLAIN)


def _named(lines: Sequence[Line]) -> set[int]:
    """Return the slots of the lists that have a phrase in any of the sentences."""
    return set[int]().union(*[line.finds for line in lines])


def _arms(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence names a weapon; one that something was like is none: "it looked like a bombardment"."""
    if not words.weapons.stands_in(line):
        return False
    similes = [after for _, _, after in words.section("topic.as_if").find(line)]
    return any(not any(0 <= first - after <= 1 for after in similes) for _, first, _ in words.weapons.find(line))


_OF_WAR = frozenset(
    {"air strike", "barrel bomb", "car bomb", "drone strike", "landmine or ied", "missile strike", "shelling"}
)


def _arms_of_war(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence names a weapon that no accident, crime or match has."""
    return _arms(words, line) and any(weapon in _OF_WAR for weapon, _, _ in words.weapons.find(line))


def _bands(words: Lexicon, line: Line) -> int:
    """Return how many armed groups a sentence names."""
    if not words.actors.stands_in(line):
        return 0
    return sum(1 for actor, _, _ in words.actors.find(line) if actor.armed and actor.public)


def tells_elsewhere(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence speaks of another matter, and of nothing armed."""
    return bool(_said(words, line, _OTHER)) and not _said(words, line, _ARMED)


_ARMED = ("topic.armed",)
_OTHER = ("topic.disaster", "topic.accident", "topic.crime", "topic.sport")
_NATURE = ("topic.disaster",)
_PLAYED = (("topic.fiction",), ("topic.drill",), ("topic.animals",), ("topic.sport",))
_BEASTS = "topic.animals"
_HINTED = ("topic.hints",)
_HINTS = (*_OTHER, "topic.hints", "topic.animals", "topic.money")
"""With words that war reports use, too (a league of human rights, a penalty of death): no sentence is judged by one of them."""


def _said(words: Lexicon, line: Line, names: tuple[str, ...]) -> int:
    lists = _lists(words, names)
    if line.finds.keys().isdisjoint(_slots(words, names)):
        return 0
    return sum(len(_meant(name, phrases, line)) for name, phrases in lists.items() if phrases.slot in line.finds)


def _meant(name: str, phrases: Phrases[str], line: Line) -> list[tuple[str, int, int]]:
    """Return where phrases stand; a beast with a capital inside a sentence is a band's name: "Los Lobos"."""
    found = phrases.find(line)
    if name != _BEASTS or line.shouts:
        return found
    return [hit for hit in found if hit[1] == 0 or not line[hit[1]].capital]


@cache
def _every(words: Lexicon) -> frozenset[int]:
    """Return the lists of which one must stand in a report for it to be about another matter."""
    return frozenset(phrases.slot for names in (_HINTS, *_PLAYED) for phrases in _lists(words, names).values())


@cache
def _slots(words: Lexicon, names: tuple[str, ...]) -> frozenset[int]:
    return frozenset(phrases.slot for phrases in _lists(words, names).values())


@cache
def _lists(words: Lexicon, names: tuple[str, ...]) -> Mapping[str, Phrases[str]]:
    return {name: words.section(name) for name in names}
