"""A report's outline: its numbers, names and quoted words in order. Whoever rewords a report or translates it keeps them.

An outline is marked as a sketch is (link/sketch.py), by the smallest hashes of its runs; but over what rewording leaves alone.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from marsad.link.sketch import Mark, hash_of, mark_row
from marsad.model import Text
from marsad.model.rows import text_of
from marsad.model.schema import SKETCH, TEXT
from marsad.stage import RowStage
from marsad.text.language import at_a_glance
from marsad.text.lexicon import languages, lexicon
from marsad.text.normal import fold, skeleton
from marsad.text.number_words import NumberWords
from marsad.text.tokens import form_of

RUN = 3
"""Numbers, names and quoted words in a run: two stand together in too many texts, four are broken by one changed name."""
MARKS = 32
"""Hashes kept; a long story has more runs, a short one fewer."""
FEWEST = 10
"""An outline shorter than this tells nothing: any two reports of one raid have a place, a day and a toll in common."""

_REMEMBERED = 20_000
_LONGEST = 60_000
"""Characters looked at."""
_WORD = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„\n]{8,400})[\"”»]")
_END = re.compile(r"[.!?؟:\n\"“«]\s*$")
_SHOUTED = 0.6
"""A text with this share of capitals is all capitals, and its capitals mark no names."""


def outline_of(text: Text) -> list[str]:
    """Return the numbers, names and quoted words of a report, in order, in a form that most scripts and languages share.

    A number of one is none. A capital at the beginning of a sentence makes a name only where the word also has one elsewhere;
    scripts without capitals show numbers and quoted words alone.

    >>> outline_of(Text("r", "On Tuesday 63 people died in Harbour Town, said Mr Vale. Sixty-three, said Vale.", lang="en"))
    ['TSD', '63', 'HRBR', 'TN', 'MR', 'FL', '63', 'FL']
    """
    body = text.text[:_LONGEST]
    words = list(_WORD.finditer(body))
    quoted = _within(_QUOTED.finditer(body))
    capitals = [m for m in words if m.group()[0].isupper()]
    names: set[str] = set()
    if len(capitals) <= _SHOUTED * len(words):
        for match in capitals:
            if match.group() not in names and not _opens(body, match.start()):
                names.add(match.group())
    lang = text.lang if text.lang in languages() else at_a_glance(body)
    numbers = lexicon(lang).numbers if lang in languages() else None
    seen: dict[str, str] = {}
    out: list[str] = []
    for match in words:
        word = match.group()
        bone = _bone(word, names, numbers) if word not in seen else seen[word]
        seen[word] = bone
        if bone or match.start() in quoted:
            out.append(bone or _quoted(word))
    return [bone for bone in out if bone]


def _within(spans: Iterator[re.Match[str]]) -> set[int]:
    return {at for span in spans for at in range(span.start(1), span.end(1))}


def _opens(body: str, at: int) -> bool:
    """Tell whether a word stands where every word has a capital."""
    before = body[max(0, at - 4) : at]
    return not before.strip() or _END.search(before) is not None


def _bone(word: str, names: set[str], numbers: NumberWords | None) -> str:
    """Return what a word is in an outline, wherever it stands: a number, a name, or "" for anything else."""
    if word[0].isdigit():
        value = re.sub(r"\D", "", word.translate(_DIGITS))
        return "" if value in ("", "0", "1") else value
    if numbers is not None:
        value = _number_word(word, numbers)
        if value:
            return value
    if word in names:
        return _name(word)
    return ""


@lru_cache(maxsize=_REMEMBERED)
def _name(word: str) -> str:
    return skeleton(word) or fold(word)


@lru_cache(maxsize=_REMEMBERED)
def _quoted(word: str) -> str:
    return fold(word) if len(word) > 3 else ""


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@cache
def _values(numbers: NumberWords) -> Mapping[str, int]:
    return {word: value for word, value in numbers.units.items() if value > 1}


@lru_cache(maxsize=_REMEMBERED)
def _number_word(word: str, numbers: NumberWords) -> str:
    form = form_of(word)
    if not numbers.opens(form):
        return ""
    value = _values(numbers).get(numbers.unprefixed(form) or form) or numbers.compound(form)
    return str(value) if value and value > 1 else ""


def outline_marks(text: Text) -> Iterator[Mark]:
    """Yield the smallest hashes of the runs of a report's outline; none for an outline of fewer than FEWEST."""
    bones = outline_of(text)
    if len(bones) < FEWEST:
        return
    runs = {" ".join(bones[i : i + RUN]) for i in range(len(bones) - RUN + 1)}
    for value in sorted(map(hash_of, runs))[:MARKS]:
        yield Mark(text.report_id, value)


OUTLINING: RowStage[Text, Mark] = RowStage("outline", "1", "report_id", TEXT, SKETCH, text_of, outline_marks, mark_row)
"""Outlining as a stage."""
