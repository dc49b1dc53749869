"""Lines as pdftotext writes them, set right for Arabic: runs of the other direction, and ligatures that came out swapped.

pdftotext gives letters in the order in which they are spoken, and marks each run of the other direction. Two things are
wrong with it. The spaces, stops and brackets at the ends of such a run stand as they look, not as they are read. And where
a font draws two letters as one sign, lam and alef above all, they come out swapped: الأقل as األقل, سلام as سالم, على as عىل.
Another reader of the same page knows which words there are; where it does not, only what no word can be is set right.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator

_INTO_RTL, _INTO_LTR, _BACK = "\u202b", "\u202a", "\u202c"
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_RUN = re.compile("([\u202a\u202b])([^\u202a-\u202c]*)\u202c")
_WORD = re.compile("[\u0621-\u0652\u0670-\u06d3]+")
_LONGEST_LIGATURE = 4
_IMPOSSIBLE = re.compile("ا([أإآا])ل")
_CORE = re.compile(r"[^\W_]|[%‰٪]")
_MANY_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")


def readable(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines without marks of direction, each run in the order in which it is read.

    >>> list(readable(["\u202bقتل \u202a 95\u202cشخصا\u202a.\u202c\u202c"])) == ["قتل 95 شخصا."]
    True
    """
    for line in lines:
        outer = line.strip()
        whole = outer.startswith((_INTO_RTL, _INTO_LTR)) and outer.endswith(_BACK)
        base = outer[0] if whole else _INTO_LTR
        inner = outer[1:-1] if whole else line

        def turned(run: re.Match[str], base: str = base) -> str:
            return run[2] if run[1] == base else _turned(run[2])

        yield _MANY_SPACES.sub(" ", _MARKS.sub("", _RUN.sub(turned, inner)))


def _turned(run: str) -> str:
    """Return a run of the other direction with what stands round its words as it is read: turned round."""
    first, last = _CORE.search(run), None
    if first is None:
        return run[::-1]
    for found in _CORE.finditer(run, first.start()):
        last = found
    end = len(run) if last is None else last.end()
    return run[end:][::-1] + run[first.start() : end] + run[: first.start()][::-1]


def needs_comparing(text: str) -> bool:
    """Tell whether a word stands in the text whose letters may have been swapped."""
    return _WORD.search(text) is not None


def untied(text: str, others: Iterable[str]) -> str:
    """Return a text with the letters of ligatures set right by the words `others` of another reader of the same page.

    Where a page has two words of the same letters, they are taken in the other reader's order: سلام and then سالم.

    >>> untied("وقتل سالم وسالم عىل األقل", ["وقتل", "سلام", "وسالم", "على", "الأقل"])
    'وقتل سلام وسالم على الأقل'
    >>> untied("األقل", [])
    'الأقل'
    """
    by_letters: dict[str, deque[str]] = {}
    for word in others:
        for part in _WORD.findall(word):
            by_letters.setdefault("".join(sorted(part)), deque()).append(part)

    def right(found: re.Match[str]) -> str:
        word = found[0]
        same = by_letters.get("".join(sorted(word)))
        if same is None:
            return _IMPOSSIBLE.sub(r"ال\1", word).replace("هللا", "الله")
        # The last one stays, should the other reader have seen fewer.
        chosen = same.popleft() if len(same) > 1 else same[0]
        return chosen if _turned_in_places(chosen, word) else word

    return _WORD.sub(right, text)


def _turned_in_places(one: str, other: str) -> bool:
    """Tell whether two words differ only in short runs of letters that stand the other way round: ligatures, no anagram."""
    at = 0
    while at < len(one):
        if one[at] == other[at]:
            at += 1
            continue
        sizes = range(2, _LONGEST_LIGATURE + 1)
        size = next((n for n in sizes if one[at : at + n] == other[at : at + n][::-1]), None)
        if size is None:
            return False
        at += size
    return True
