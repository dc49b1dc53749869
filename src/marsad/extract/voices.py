"""Who speaks in each sentence of a report, quotations that run over several sentences included."""

from collections.abc import Sequence

from marsad.extract.atlas import Atlas
from marsad.extract.cast import UNNAMED, Cast, Chain, Speaker
from marsad.extract.reading import bodies_named, only_one
from marsad.extract.speakers import bodies_here, opening_body, speakers_in, tells_about
from marsad.model import OriginKind
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence

LONGEST_QUOTATION = 6
"""Sentences after which a quotation that never closed is taken for a slip of the pen."""

_OPENING, _CLOSING, _EITHER = "“„«", "”»", '"'
_QUOTES = frozenset(_OPENING + _CLOSING + _EITHER)


_COUNTERS = (OriginKind.MONITOR, OriginKind.MEDICAL, OriginKind.INTERNATIONAL)
"""Organisations that a report names once and then calls "the group": no party, no outlet."""


def voices_in(
    words: Lexicon, atlas: Atlas, sentences: Sequence[Sentence], lines: Sequence[Line], heard: int
) -> list[list[Speaker]]:
    """Return the speakers of the first `heard` sentences; one inside a quotation, or a document read out, has its own.

    Whoever speaks a quotation may be named behind it: `hearing` tells how many sentences must be heard.
    """
    bodies = bodies_named(words, atlas, lines)
    cast = Cast(monitor=only_one(bodies, OriginKind.MONITOR), group=only_one(bodies, *_COUNTERS))
    lines = lines[:heard]
    out: list[list[Speaker]] = []
    before: list[Chain] = []
    for k, line in enumerate(lines):
        meant = _body_before(words, atlas, line, lines[k - 1]) if k and not out[k - 1] else ()
        speakers = speakers_in(words, atlas, line, cast._replace(previous=meant) if meant else cast)
        before.append(cast.previous)
        cast = cast.after(speakers).naming(bodies_here(words, atlas, line))
        out.append(speakers)
    for first, last in _quotations(lines):
        named = next((s for k in range(first, last + 1) for s in reversed(out[k]) if s.chain[0] != UNNAMED), None)
        chain = named.chain if named else before[first]
        for k in range(first, last + 1):
            if not out[k] and chain:
                out[k] = [Speaker(chain, 0, 0, leads=True)]
    declares = next((k for k in range(len(lines)) if out[k] and _introduces(words, lines[k])), len(lines))
    for k in range(declares + 1, len(lines)):
        if not out[k]:
            out[k] = [Speaker(out[declares][-1].chain, 0, 0, leads=True)]
    for k in range(1, len(lines)):
        if out[k] and _points_back(words, lines[k]):
            _told_before(sentences, out, k)
    for k in range(1, len(lines)):
        if out[k] or not out[k - 1]:
            continue
        near = not sentences[k].opens or lines[k - 1][-1].form == ":"  # "She wrote:", and what she wrote below it
        quoted = near and bool(lines[k]) and lines[k][0].form in _QUOTES  # "“…,” she said. “Five more are missing.”"
        if near and (out[k - 1][-1].leads or quoted):
            out[k] = [Speaker(out[k - 1][-1].chain, 0, 0, leads=True, carried=True)]
    return out


def _body_before(words: Lexicon, atlas: Atlas, line: Line, before: Line) -> Chain:
    """Return the body with which the sentence before began, whom a pronoun that says something means: "It now says"."""
    say = words.section("attribution.say")
    if line.forms.isdisjoint(words.forms("attribution.pronouns")) or not say.stands_in(line):
        return ()
    body = opening_body(words, atlas, before)
    return (body,) if body else ()


def hearing(words: Lexicon, lines: Sequence[Line], needed: int) -> int:
    """Return how many sentences must be heard to know who speaks in the first `needed`.

    Most often no more than these: another one that says only who told them, and the end of a quotation, may stand behind.
    """
    near = lines[: needed + LONGEST_QUOTATION]
    heard = next((k + 1 for k in range(len(near) - 1, needed - 1, -1) if _points_back(words, near[k])), needed)
    for first, last in _quotations(near):
        if first < heard:
            heard = max(heard, last + 1)
    return heard


def _introduces(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence gives the rest of the report to a document: "This is a communique of the ministry:"."""
    return line[-1].form == ":" and any(token.form in words.forms("attribution.documents") for token in line)


def _points_back(words: Lexicon, line: Line) -> bool:
    """Tell whether a sentence only says who told what went before: "Lo hanno riferito attivisti"."""
    told = tells_about(words, line) and not words.harm.find(line)
    return told or words.section("attribution.back").match(line, 0) is not None


def _told_before(sentences: Sequence[Sentence], out: list[list[Speaker]], at: int) -> None:
    """Give the sentences before one that says only who told them ("Про це повідомив …") its speaker."""
    for k in range(at - 1, max(-1, at - 1 - LONGEST_QUOTATION), -1):
        if out[k] or sentences[k].headline:
            break
        out[k] = [Speaker(out[at][0].chain, 0, 0, leads=True, carried=True)]


def _quotations(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the first and last sentence of every quotation that runs over more than one."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for k, line in enumerate(lines):
        if opened is not None and k - opened > LONGEST_QUOTATION:
            opened = None
        for token in line if not line.forms.isdisjoint(_QUOTES) else ():
            if token.form in _OPENING or (token.form in _EITHER and opened is None):
                opened = k if opened is None else opened
            elif opened is not None and (token.form in _CLOSING or token.form in _EITHER):
                if k > opened:
                    out.append((opened, k))
                opened = None
    return out
