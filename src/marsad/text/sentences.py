"""Sentences of a report as received: headline, wrapped lines, and sentences that a blank line tore apart."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from marsad.text.writing import writing

_CLOSERS = "\"'”’»)]"
_SHUT = re.escape(_CLOSERS)
_STOPS = ".!?؟…"
_VOWELS = "\u064b-\u0652"
"""Arabic vowel signs, with which a word may end: "قتيلاً."."""
_END = re.compile(
    rf"""[{_STOPS}](?:(?<=[\w{_VOWELS}][{_STOPS}])|(?<=[\w{_VOWELS}][ ][{_STOPS}])|(?<=[%{_SHUT}][{_STOPS}]))    # behind a word or a quotation
         [{_STOPS}]*[{_SHUT}]*(?=\s)""",
    re.VERBOSE,
)
_END_MARKS = frozenset(".!?؟…:")
_BREAK = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[.][^\W\d_]+)*$")
_LONGEST_ABBREVIATION = 12
_REMEMBERED = 16_384
_TAIL = 40
"""How far back the end of a line is looked at: an end mark and a few closing quotes."""

LONGEST = 2000
"""Characters of one sentence: what runs on for longer (a table, a list without full stops) is cut at a space."""

_FULL_LINE = 45
"""Characters of a line that may have been broken only because it was full."""

_DASHES = "-–—"
_DIGIT = re.compile(r"\d")
_DASH = re.compile(f"[{_DASHES}]")
_GOES_ON = frozenset("\"'“”„«»‘’([-–—¿¡$€£@#&…")
"""Signs with which a line may begin that only goes on."""
_DAY = r"(?:\d{1,2}[ ][^\W\d_]{3,10}|[A-Z][a-z]{2,8}[.]?[ ]\d{1,2},?)[ ]\d{4}"
"""A day with its year: 23 February 2015; March 8, 2024."""
_DATELINE = re.compile(
    r"""(?:[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,3}            # BEIRUT; Deir Ezzor
          (?:[ ]\([A-Z][\w .'-]{2,30}\))?                      # (Lebanon)
          (?:,[ ][\w .]{2,30}(?:\d:\d\d)?){0,2}                 # , Nov 26; , 20 apr 2016 15:47
          [ ]?(?:\([^()\n]{2,40}\))?                            # (Agency)
        | [A-Z][a-z]{2,8}[.]?[ ]\d{1,2}[ ]\([^()\n]{2,40}\)     # Nov 26 (Agency), from nowhere in particular
        | DAY(?:[ ]\([^()\n]{2,40}\))?                         # March 8, 2024 (WAD MADANI)
        | \([A-Z][^()\n]{2,40}\)                               # (Tripoli, March 12, 2015)
        | [\u0600-\u06ff]+(?:[ ][\u0600-\u06ff]+){0,2})         # بيروت
        [ ]?[.]?[DASHES]+[ ](?=\S)                             # Nairobi, 22 mar (EFE).-
        | [A-Z]{3,}(?:[ ][A-Z]{3,}){0,2}(?:,[ ][\w .]{2,30})?(?:[ ]\([^()\n]{2,40}\))?:[ ](?=[A-Z"'“‘])   # QUETTA: Four men
        | [A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){0,2},[ ]DAY:[ ](?=[A-Z"'“‘\d])                        # Benghazi, 23 February 2015: Four
        """.replace("DASHES", _DASHES).replace("DAY", _DAY),
    re.VERBOSE,
)
_DATELINE_REACH = 90


class Sentence(NamedTuple):
    """The characters start..end of a text; `headline` marks a title: a first line of its own without an end mark,
    or one of several.

    `body` is where the news begins, after a dateline ("BEIRUT, Nov 26 (Agency) - "): a dateline says where somebody
    wrote, not where people were harmed. `opens` marks the first sentence of a line, `leads` the first one of the news.
    """

    start: int
    end: int
    headline: bool
    body: int
    opens: bool
    leads: bool


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order, blank edges trimmed, nothing lost between the first and the last.

    A line break ends a sentence unless it only wraps a line, or tears a sentence in two (left side open, right side in
    lower case). Offsets count characters of `text`.

    >>> [text[s.start:s.end] for text in ["Raid Kills 9\\n\\nThe U.S. said so. He\\n\\nleft."] for s in sentences(text)]
    ['Raid Kills 9', 'The U.S. said so.', 'He\\n\\nleft.']
    """
    lines = {0, *_line_ends(text)}
    cuts = sorted({len(text), *lines, *_full_stops(text)})
    out: list[Sentence] = []
    used = len(text.rstrip())
    for first, last in pairwise(cuts):
        for start, end in _pieces(text, first, last):
            headline = end < used and (not out or out[-1].headline) and _entitles(text, start, end, bool(out))
            dateline = None if headline else _dateline(text, start, end)
            leads = not headline and (not out or out[-1].headline)
            out.append(Sentence(start, end, headline, start if dateline is None else dateline, first in lines, leads))
    return out


def _entitles(text: str, start: int, end: int, again: bool) -> bool:
    """Tell whether text[start:end] is a title: a line of its own without an end mark.

    Where a page has several (what kind of page it is, the title, the title once more), those behind the first stand apart
    and hold no figure: a line of a list does.
    """
    if _closed(text, start, end) or "\n" not in text[end : end + 2]:
        return False
    apart = "\n\n" in text[end : end + 4] and _DIGIT.search(text, start, end) is None
    return apart or not again


def _dateline(text: str, start: int, end: int) -> int | None:
    """Return where the news begins behind the dateline at `start`, None where there is none."""
    stop = min(end, start + _DATELINE_REACH)
    if _DASH.search(text, start, stop) is None and text.find(": ", start, stop) < 0:
        return None
    behind = None
    while found := _DATELINE.match(text, start, stop):  # "Tripoli, 20 apr 2016 15:47 - (Agenzia Nova) - "
        behind = start = found.end()
    return behind


def _pieces(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield text[first:last] without blank edges, in pieces of at most LONGEST characters; nothing where it is blank."""
    while first < last:
        stop = last
        if last - first > LONGEST:
            space = text.rfind(" ", first + 1, first + LONGEST)
            stop = space if space > first else first + LONGEST
        piece = text[first:stop]
        body = piece.strip()
        if body:
            start = first + piece.index(body[0])
            yield start, start + len(body)
        first = stop


def _closed(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] ends with an end mark, quotes and brackets after it looked past."""
    return text[max(start, end - _TAIL) : end].rstrip(_CLOSERS)[-1:] in _END_MARKS


def _full_stops(text: str) -> list[int]:
    """Return where a sentence ends inside a line: an end mark before a capital, a digit or a quote."""
    ends = []
    for match in _END.finditer(text):
        following = text[match.end() : match.end() + 3].lstrip()
        if following[:1].islower():
            continue
        if text[match.end()] == "\n" or not _abbreviates(text, match.start()):
            ends.append(match.end())
    return ends


def _abbreviates(text: str, stop: int) -> bool:
    """Tell whether the full stop at `stop` belongs to the word before it."""
    if text[stop] != ".":
        return False
    return _ends_abbreviated(text[max(0, stop - _LONGEST_ABBREVIATION) : stop].rpartition(" ")[2])


@lru_cache(maxsize=_REMEMBERED)
def _ends_abbreviated(words: str) -> bool:
    word = _LAST_WORD.search(words)
    return bool(word and writing().abbreviates(word.group()))


def _line_ends(text: str) -> list[int]:
    """Return where a line break ends a sentence."""
    wrapped = _looks_wrapped(text)
    ends, last = [], 0
    for match in _BREAK.finditer(text):
        end = match.start()
        while end > last and text[end - 1].isspace():
            end -= 1
        blank, closed = match.group().count("\n") > 1, _closed(text, last, end)
        torn = text[match.end() : match.end() + 1].islower() and not closed
        wraps = wrapped and not blank and end - last > _FULL_LINE and not closed and not _bulleted(text, match.end())
        if not torn and not wraps:
            ends.append(match.end())
        last = match.end()
    return ends


def _bulleted(text: str, at: int) -> bool:
    """Tell whether a line begins with a sign that no sentence goes on with: a bullet, an arrow, a picture."""
    return at < len(text) and not (text[at].isalnum() or text[at] in _GOES_ON or text[at].isspace())


def _looks_wrapped(text: str) -> bool:
    """Tell whether a text was set in lines of one width, as wires and letters are."""
    lines = [len(line) for line in text.split("\n") if line.strip()]
    full = [n for n in lines if n > _FULL_LINE]
    return len(full) >= 3 and max(lines) <= 100 and len(full) * 2 > len(lines)
