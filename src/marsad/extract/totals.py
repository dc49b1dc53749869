"""Bare numbers that a count beside them gives a meaning: "raising the total to 300", "the hospital says twelve"."""

from collections.abc import Iterator, Sequence

from marsad.extract.chunks import Chunk
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_SAYING_REACH = 4
"""How many words before a number a word of saying may begin that tells it."""
_FAR = 7
"""How many words may say of what time or place a total is: "raising the total | since October to | 300"."""
_APART = 1
"""How many words may stand between the word that leads to a number and the number: "spoke | of | nine"."""


def bare_told(words: Lexicon, line: Line) -> bool:
    """Tell quickly whether a sentence may hold such a number."""
    lists = ("attribution.say", "attribution.cue", "parts.totals")
    return any(words.section(name).stands_in(line) for name in lists)


def totals(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str) -> Iterator[int]:
    """Yield the bare numbers that a total is brought to: "nine were killed, raising the total to 300"."""
    if not words.section("parts.totals").stands_in(line):
        return
    for _, _, after in words.section("parts.totals").find(line):
        near = (i for i, chunk in enumerate(chunks) if tags[i] in "Qz" and 0 <= chunk.first - after <= _FAR)
        i = next((i for i in near if chunks[i].first - after <= _APART or tags[i - 1] == "H"), None)
        if i is not None and chunks[i].people is None and chunks[i].harm is None:
            yield i


def said(words: Lexicon, line: Line, chunks: Sequence[Chunk], tags: str) -> Iterator[int]:
    """Yield the bare numbers that somebody says and nothing more: "the ministry says nine were killed, the hospital twelve"."""
    say, cue = words.section("attribution.say"), words.section("attribution.cue")
    if not (say.stands_in(line) or cue.stands_in(line)):
        return
    for i, chunk in enumerate(chunks):
        if tags[i] != "Q" or chunk.people is not None or chunk.harm is not None:
            continue
        if tags[i - 1 : i] in ("A", "C") and cue.match(
            line, chunk.after
        ):  # "132 dead by the ministry | and 160 | according to"
            yield i
            continue
        ends = tags[i + 1 : i + 2] in ("", ".", ";", "C")
        led = line[chunk.first - 1].form in words.forms("attribution.located")  # "confirmed | at | 1545"
        told = say.find(line, chunk.first - _SAYING_REACH, chunk.first) if ends else ()
        if any(chunk.first - after <= (_APART if not led else 0) for _, _, after in told):
            yield i
