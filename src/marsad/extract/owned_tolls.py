"""Whose toll it is, where nobody says it: "the health ministry's final toll is 19", "le bilan du ministère est de six morts"."""

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Cast, Chain, Speaker
from marsad.extract.names import acting, role_name
from marsad.text.lexicon import Lexicon
from marsad.text.organs import body_noun
from marsad.text.phrases import Line

_AHEAD = 12
"""Within how many words of a sentence the toll stands."""
_LONGEST = 9
"""Words of an owner's name behind the toll."""
_BETWEEN = 2
"""Words that may describe a toll behind its owner ("the ministry's latest | count"), or open the owner's name behind it."""


def owned_toll(words: Lexicon, atlas: Atlas, line: Line, cast: Cast) -> Speaker | None:
    """Return whose toll a sentence begins with that gives a number of people harmed, None where it is nobody's."""
    tolls = words.forms("attribution.tolls")
    if line.forms.isdisjoint(tolls):
        return None
    at = next((k for k in range(min(len(line), _AHEAD)) if line[k].form in tolls), None)
    if at is None or not words.harm.find(line, at):
        return None
    if words.subject_first and not words.subject_behind:
        found = _owner_ahead(words, atlas, line, at, cast)
    else:
        found = _owner_behind(words, atlas, line, at)
    if found is None:
        return None
    chain, first, after = found
    return Speaker(chain, first, after, leads=True)


def _owner_ahead(words: Lexicon, atlas: Atlas, line: Line, at: int, cast: Cast) -> tuple[Chain, int, int] | None:
    """Return the owner of an English toll, who stands before it: "the army's latest | count", "army | figures"."""
    for role, first, after in reversed(acting(words, atlas, line, 0, at)):
        if after > at or at - after > _BETWEEN:
            continue
        owns = line[after - 1].bare != line[after - 1].text or line[after].form in "'’"
        if owns or after == at:
            return (role_name(words, role, line, first, after),), first, at + 1
    meant = cast.meant(line[at - 1].form) if at and line[at - 1].form in words.forms("attribution.referring") else ()
    if meant:
        return meant, at - 1, at + 1
    return ((line[at - 1].form,), at - 1, at + 1) if at and body_noun(line[at - 1].form) else None  # "army figures"


def _owner_behind(words: Lexicon, atlas: Atlas, line: Line, at: int) -> tuple[Chain, int, int] | None:
    """Return the owner whom "of" adds to a toll: "le bilan | du ministère", "حصيلة | وزارة الصحة"."""
    joint = words.tags.match(line, at + 1)
    linked = joint is not None and joint[0] == "O"
    if words.subject_first and not linked:
        return None
    start = joint[1] if joint is not None and linked else at + 1
    for role, first, after in acting(words, atlas, line, start, min(len(line), start + _LONGEST)):
        if first <= start + (1 if linked else 0):
            return (role_name(words, role, line, first, after),), at, after
    return None
