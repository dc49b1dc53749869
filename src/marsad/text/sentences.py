"""Sentences of a report as received: headline, wrapped lines, and sentences that a blank line tore apart."""

import re
from dataclasses import dataclass
from itertools import pairwise

_END = re.compile(r"[.!?؟…][\"'”’»)\]]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Gov|Sen|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|vs|Ltd|Inc|km|approx)|\b[A-Z](?:\.[A-Z])*|\b[ap]\.m)\.$"
)
_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)?")
_CLOSED = re.compile(r"[.!?؟…:][\"'”’»)\]]*$")


_DATELINE = re.compile(
    r"""(?:[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,3}            # BEIRUT; Deir Ezzor
          (?:,[ ][\w .]{2,30}){0,2}                             # , Nov 26
          [ ]?(?:\([^()\n]{2,40}\))?                            # (Agency)
        | [\u0600-\u06ff]+(?:[ ][\u0600-\u06ff]+){0,2})         # بيروت
        [ ]?[-–—]+[ ](?=\S)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The characters start..end of a text; `headline` marks a title: a first line of its own without an end mark.

    `body` is where the news begins, after a dateline ("BEIRUT, Nov 26 (Agency) - "): a dateline says where somebody
    wrote, not where people were harmed.
    """

    start: int
    end: int
    headline: bool
    body: int


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order, blank edges trimmed, nothing lost between the first and the last.

    A line break ends a sentence unless it only wraps a line, or tears a sentence in two (left side open, right side in
    lower case). Offsets count characters of `text`.

    >>> [text[s.start:s.end] for text in ["Raid Kills 9\\n\\nThe U.S. said so. He\\n\\nleft."] for s in sentences(text)]
    ['Raid Kills 9', 'The U.S. said so.', 'He\\n\\nleft.']
    """
    cuts = sorted({0, len(text), *_line_ends(text), *_full_stops(text)})
    out: list[Sentence] = []
    for first, last in pairwise(cuts):
        piece = text[first:last]
        body = piece.strip()
        if body:
            start = first + len(piece) - len(piece.lstrip())
            headline = not out and not _CLOSED.search(body) and "\n" in text[start + len(body) : start + len(body) + 2]
            dateline = None if headline else _DATELINE.match(text, start, start + min(len(body), 90))
            out.append(Sentence(start, start + len(body), headline, dateline.end() if dateline else start))
    return out


def _full_stops(text: str) -> list[int]:
    ends = []
    for match in _END.finditer(text):
        following = text[match.end() : match.end() + 3].lstrip()
        lower = following[:1].islower()
        if (not lower and not _ABBREVIATION.search(text, max(0, match.start() - 12), match.start() + 1)) or (
            not lower and text[match.end() : match.end() + 1] == "\n"
        ):
            ends.append(match.end())
    return ends


def _line_ends(text: str) -> list[int]:
    wrapped = _looks_wrapped(text)
    ends, last = [], 0
    for match in _BREAK.finditer(text):
        left, right = text[last : match.start()].strip(), text[match.end() : match.end() + 1]
        blank = match.group().count("\n") > 1
        torn = right.islower() and not _CLOSED.search(left)
        wraps = wrapped and not blank and len(left) > 45 and not _CLOSED.search(left)
        if not torn and not wraps:
            ends.append(match.end())
        last = match.end()
    return ends


def _looks_wrapped(text: str) -> bool:
    """Tell whether a text was set in lines of one width, as wires and letters are."""
    lines = [len(line) for line in text.split("\n") if line.strip()]
    long = [n for n in lines if n > 45]
    return len(long) >= 3 and max(lines) <= 100 and len(long) * 2 > len(lines)
