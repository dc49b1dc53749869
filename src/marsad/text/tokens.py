"""Words, numbers and marks of a text, each with its place in it; for any script."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from marsad.text.writing import writing

_DIACRITICS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u0900-\u0903\u093a-\u094f\u1ab0-\u1aff\u1dc0-\u1dff\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks written onto letters, the Arabic lengthening stroke, and what joins or turns letters without being seen."""

_SHAPES = r"""
      (?P<number>\d{1,3}(?:[,.'’\u066c\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)   # 195,000  1.300  1 300  6.5
    | (?P<word>[ONTO](?=\d)                                                       # the "and" of و40
        |(?i:ELIDED)['’](?=[^\W\d_]|\Z)(?!(?i:s|d|t|m|ll|re|ve)\b)                        # the "l'" of l'armée
        |[^\W\d_](?:[^\W_]|[MARKS]|[.](?=[^\W\d_][.])|['’](?=[^\W\d_])|-(?=[^\W_]))*(?:[.](?![.]))?)
    | (?P<mark>(?P<run>[^\w\sMARKS])(?P=run)*)                                    # ...  --
"""
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "ʼ": "'"}
)
_FOLD: Mapping[int, int | str] = {**_ARABIC_DIGITS, **_LETTERS}

_COMPOSED = 64
"""Words longer than this keep marks where they stand: composing a run of marks takes the square of its length."""


class Token(NamedTuple):
    """The characters start..end of a text; `form` is how lexicons spell it: lower case, Arabic letters unified, no "'s".

    `kind` is "word", "number" or "mark". A run of one mark ("--") is one token; its form is the mark once.
    """

    start: int
    end: int
    text: str
    form: str
    kind: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter; never true for scripts without them."""
        return self.text[0].isupper()

    @property
    def name(self) -> bool:
        """Whether it is a word that may be, or begin, a name: capitalised, or in a script that has no capitals."""
        return self.kind == "word" and (not self.text[0].islower() or writing().begins_name(self.text))

    @property
    def bare(self) -> str:
        """Its text without a possessive ending."""
        return writing().bare(self.text)


@cache
def _pattern() -> re.Pattern[str]:
    shapes = _SHAPES.replace("ONTO", writing().onto_numbers).replace("ELIDED", "|".join(writing().elided))
    return re.compile(shapes.replace("MARKS", _DIACRITICS), re.VERBOSE)


_STROKES = re.compile(f"[{_DIACRITICS}]")


def form_of(word: str) -> str:
    """Return a word as lexicons spell it.

    >>> form_of("Wounded"), form_of("مدنيّاً"), form_of("٩٥")
    ('wounded', 'مدنيا', '95')
    """
    if word.isascii():
        return word.lower()
    if len(word) <= _COMPOSED:
        word = unicodedata.normalize("NFC", word)
    return _STROKES.sub("", word.translate(_FOLD)).lower()


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of text[start:end] in order.

    >>> [t.text for t in tokens("At least 1,300 killed in al-Hasakah, U.S. says.")]
    ['At', 'least', '1,300', 'killed', 'in', 'al-Hasakah', ',', 'U.S.', 'says', '.']
    >>> [t.text for t in tokens("L’armée dit qu'au moins neuf habitants de Dar'a n'ont pas fui.")]
    ['L’', 'armée', 'dit', "qu'", 'au', 'moins', 'neuf', 'habitants', 'de', "Dar'a", "n'", 'ont', 'pas', 'fui', '.']
    """
    out: list[Token] = []
    abbreviates, bare = writing().abbreviates, writing().bare
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        word, first, last = match.group(), match.start(), match.end()
        kind = match.lastgroup or "mark"
        if kind == "mark":
            out.append(Token(first, last, word, word[0], kind))
            continue
        stop = word[-1] == "." and not abbreviates(word[:-1])
        if stop:
            word = word[:-1]
        form = word.lower() if word.isascii() else form_of(word)
        out.append(Token(first, first + len(word), word, bare(form) if "'" in form else form, kind))
        if stop:
            out.append(Token(last - 1, last, ".", ".", "mark"))
    return out


_SHOUTING = 0.6
"""Share of words in capitals from which capitals tell nothing about names."""


def shouts(words: Sequence[Token]) -> bool:
    """Tell whether a sentence or a report is set in capitals throughout, as wires were.

    >>> shouts(tokens("SEVEN PERSONS WERE KILLED")), shouts(tokens("Seven were killed in the US"))
    (True, False)
    """
    long = [token for token in words if token.kind == "word" and len(token.text) > 2]
    return bool(long) and sum(token.text.isupper() for token in long) > _SHOUTING * len(long)
