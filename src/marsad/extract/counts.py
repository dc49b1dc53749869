"""Counts in a sentence: which numbers are numbers of people, and what befell them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.extract.chunks import Chunk, chunked, tags_of
from marsad.model import Bound, Measure
from marsad.text.lexicon import Lexicon, People
from marsad.text.numbers import Quantity
from marsad.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of people in a sentence: tokens first..after say it, `measure` is what befell them.

    `parent` is the index of the mention of the same sentence that contains these people ("including six children").
    `points_back` is true where the words point at a toll told before ("of the dead").
    """

    first: int
    after: int
    quantity: Quantity
    people: People | None
    measure: Measure
    rule: str
    score: float
    parent: int | None
    points_back: bool


def mentions_in(words: Lexicon, text: Sequence[Token]) -> list[Mention]:
    """Return the counts of people that a sentence states, in order."""
    chunks = chunked(words, text)
    tags = tags_of(chunks)
    found: dict[int, tuple[Measure, str, float]] = {}
    for i, chunk in enumerate(chunks):
        if chunk.tag == "Q" and chunk.harm is not None:
            found[i] = (chunk.harm.measure, "counted-noun", 0.9)
    for rule in words.rules:
        for hit in _everywhere(rule.pattern, tags):
            q, t = hit
            harm = chunks[t].harm
            if q not in found and harm is not None and _fits(chunks[q], harm.tag):
                found[q] = (harm.measure, rule.name, rule.score)
    _point_back(words, text, chunks, found)
    parents = _parts(words, text, chunks, tags, found)
    for i, parent in parents.items():
        if parent in found:
            found.setdefault(i, (found[parent][0], "part", 0.85))
    return _ordered(words, text, chunks, found, parents)


def _everywhere(pattern: re.Pattern[str], tags: str) -> list[tuple[int, int]]:
    """Return every (quantity, harm word) that the pattern links, starting at each chunk in turn."""
    out = []
    for start in range(len(tags)):
        hit = pattern.match(tags, start)
        if hit:
            out.append((hit.start("q"), hit.start("t")))
    return out


def _fits(chunk: Chunk, tag: str) -> bool:
    """Tell whether a bare number may be counted by this word: "killed 12" yes, "12 … were fled" no."""
    quantity = chunk.quantity
    if quantity is None:
        return False
    if quantity.article and not chunk.named:
        return False
    return not (tag == "F" and quantity.bound is Bound.NONE)


def _parts(
    words: Lexicon,
    text: Sequence[Token],
    chunks: Sequence[Chunk],
    tags: str,
    found: dict[int, tuple[Measure, str, float]],
) -> dict[int, int]:
    """Return which quantities are parts of an earlier one of the sentence: "including six children", "36 of them civilians"."""
    out: dict[int, int] = {}
    for m in (i for i, tag in enumerate(tags) if tag == "M"):
        inner = m - 1 if m and tags[m - 1] == "Q" and not chunks[m - 1].named else None
        trailing = _run_before(chunks, tags, m)
        if trailing and _predicate(words, text, chunks[m].after, 2) is None:
            before = [i for i in range(trailing[0]) if tags[i] == "Q" and i not in out and i in found]
            out |= dict.fromkeys(trailing, before[-1]) if before else {}
            continue
        wholes = [i for i in range(inner if inner is not None else m) if tags[i] == "Q" and i not in out and i in found]
        if not wholes:
            continue
        parent = wholes[-1]
        if inner is not None:
            if _predicate(words, text, chunks[m].after, 3):
                out[inner] = parent
            continue
        for i in range(m + 1, len(tags)):
            same = i not in found or found[i][0] == found[parent][0]
            if tags[i] == "Q" and same and (chunks[i].named or _predicate(words, text, chunks[i].after, 4)):
                out[i] = parent
            elif tags[i] in ".;VDGTJ" or (tags[i] == "B" and tags[i - 1] != "Q"):
                break
    return out


def _run_before(chunks: Sequence[Chunk], tags: str, marker: int) -> list[int]:
    """Return the named quantities listed right before a marker: "three women and four children among them"."""
    out: list[int] = []
    at = marker - 1
    while at >= 0 and ((tags[at] in "AC" and out) or (tags[at] == "Q" and chunks[at].named)):
        if tags[at] == "Q":
            out.insert(0, at)
        at -= 1
    return out


def _point_back(
    words: Lexicon, text: Sequence[Token], chunks: Sequence[Chunk], found: dict[int, tuple[Measure, str, float]]
) -> None:
    """Add quantities of a whole told before: "more than half of the dead", "52 of those killed"."""
    whole = words.section("whole.words")
    for i, chunk in enumerate(chunks):
        if chunk.tag != "Q" or i in found or chunk.quantity is None:
            continue
        behind = whole.find(text, max(0, chunk.first - 5), chunk.first)
        hits = [*whole.find(text, chunk.quantity.after, min(len(text), chunk.after + 9)), *behind]
        if not hits:
            continue
        hit = hits[0]
        harms = [words.harm.match(text, k) for k in range(hit[1], hit[2])]
        measures = [h[0].measure for h in harms if h]
        found[i] = (measures[0] if measures else Measure.KILLED, "of-the-whole", 0.9)


def _ordered(
    words: Lexicon,
    text: Sequence[Token],
    chunks: Sequence[Chunk],
    found: dict[int, tuple[Measure, str, float]],
    parents: dict[int, int],
) -> list[Mention]:
    order = sorted(found)
    place = {chunk: k for k, chunk in enumerate(order)}
    whole = words.section("whole.words")
    counting = _whom_counted(chunks, found)
    out = []
    for i in order:
        chunk, (measure, rule, score) = chunks[i], found[i]
        if chunk.quantity is None:
            continue
        near = whole.find(text, chunk.quantity.after, min(len(text), chunk.after + 9))
        points_back = bool(near or whole.find(text, max(0, chunk.first - 5), chunk.first))
        points_back = points_back or chunk.quantity.fraction is not None
        people = chunk.people or counting.get(i)
        if people is None and (points_back or i in parents):
            people = _predicate(words, text, chunk.after, 8)
        parent = place.get(parents[i]) if i in parents else None
        out.append(Mention(chunk.first, chunk.after, chunk.quantity, people, measure, rule, score, parent, points_back))
    return out


def _whom_counted(chunks: Sequence[Chunk], found: dict[int, tuple[Measure, str, float]]) -> dict[int, People]:
    """Return whom a bare number counts where the words of counting say: "the number of civilians killed at 52"."""
    out: dict[int, People] = {}
    for i, (_, rule, _) in found.items():
        source = next((c for c in reversed(chunks[:i]) if c.tag == "T"), None) if rule == "toll" else None
        if source is not None and source.people is not None:
            out[i] = source.people
    return out


def _predicate(words: Lexicon, text: Sequence[Token], after: int, reach: int) -> People | None:
    """Return the noun, at most `reach` words on, that says what these people were: "half of the dead were civilians"."""
    for i in range(after, min(len(text), after + reach)):
        if text[i].text in ".;":
            return None
        hit = words.people.match(text, i)
        if hit:
            return hit[0]
    return None
