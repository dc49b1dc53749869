"""What can be told of a sentence at a glance, so that little is tried in vain: whether it counts people, where rules match."""

import re
from collections.abc import Iterator
from functools import lru_cache

from marsad.text.lexicon import Lexicon, Rule
from marsad.text.phrases import Line

_COUNTING = frozenset("TJ")
"""Tags of words of counting."""

_REMEMBERED = 4096
"""Sets of tags whose rules are kept at hand: sentences are made of few tags."""


def may_count(words: Lexicon, line: Line) -> bool:
    """Tell quickly whether a sentence has a word that tells of people harmed and a number; false only where none is."""
    finds = line.finds
    tolls = words.tags.slot in finds and not _COUNTING.isdisjoint([tag for tag, _ in finds[words.tags.slot].values()])
    if not tolls and finds.keys().isdisjoint(words.told_by):
        return False
    if not finds.keys().isdisjoint(words.numbered_by):
        return True
    opens = words.numbers.opens
    for token in line:  # noqa: SIM110  # a generator for any() would take twice the time
        if token.kind == "number" or opens(token.form):
            return True
    return False


def matches(words: Lexicon, tags: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield where rules match, the surest rule first; a rule is tried only where its tags stand."""
    for rule in _possible(words, frozenset(tags)):
        search = rule.pattern.search
        hit = search(tags)
        while hit is not None:
            yield rule, hit
            hit = search(tags, hit.start() + 1)


@lru_cache(maxsize=_REMEMBERED)
def _possible(words: Lexicon, present: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules that may match where these tags stand."""
    told = (rule for rule in words.rules if rule.needs <= present and not rule.told_by.isdisjoint(present))
    return tuple(rule for rule in told if not (rule.opens and rule.opens.isdisjoint(present)))
