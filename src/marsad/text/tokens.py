"""Words, numbers and marks of a text, each with its place in it; for any script."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from marsad.text.writing import writing

DIACRITICS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u0900-\u0903\u093a-\u094f\u1ab0-\u1aff\u1dc0-\u1dff\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks written onto letters, the Arabic lengthening stroke, and what joins or turns letters without being seen."""

_SHAPES = r"""
    ([\s_MARKS]*+)(                                                               # what stands before the next token
      [ONTO]\u0640?(?=\d)                                                               # the "and" of و40
    | [A-Za-z]++(?=[ ,])|[^\W\d_][^\W_]*+(?=[\s,])                              # most words, with no more to look for
    | (?=[^\W\d_]{1,LONGEST}+['’])(?i:ELIDED)['’](?=[^\W\d_]|\Z)(?!(?i:s|d|t|m|ll|re|ve)\b)  # the "l'" of l'armée
    | [^\W\d_][^\W_]*+(?:(?:[MARKS]|[.](?=[^\W\d_][.])|['’](?=[^\W\d_])|-(?=[^\W_]))[^\W_]*+)*(?:[.](?![.]))?
    | \d{1,3}(?:[,.'’\u066c\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?            # 195,000  1.300  1 300  6.5
    | (?P<run>[^\w\sMARKS])(?P=run)*                                            # ...  --
    | \Z)                                                                        # spares a search through blanks at the end
"""
"""Blanks, then a word, a number or a mark: no character between the first and the last token is left out, so that lengths
add up to places. Quantifiers that give nothing back (`*+`) say what can be matched in one way only; none stands around a group in
brackets, after which Python 3.11.2, that of Debian 12, forgets what `run` is."""

_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "ʼ": "'"}
)
_FOLD: Mapping[int, int | str] = {**_ARABIC_DIGITS, **_LETTERS}

_COMPOSED = 64
"""Words longer than this keep marks where they stand: composing a run of marks takes the square of its length."""


class Token(NamedTuple):
    """The characters start..end of a text; `form` is how lexicons spell it: lower case, Arabic letters unified, no "'s".

    `kind` is "word", "number" or "mark". A run of one mark ("--") is one token; its form is the mark once. `capital` tells
    that it begins with a capital letter, never true for scripts without them; `name` that it is a word that may be, or
    begin, a name: capitalised, or in a script that has no capitals.
    """

    start: int
    end: int
    text: str
    form: str
    kind: str
    capital: bool
    name: bool

    @property
    def bare(self) -> str:
        """Its text without a possessive ending."""
        return writing().bare(self.text)


_Spelling = tuple[str, str, str, bool, bool, bool, Any]
"""What all tokens of one spelling share: the fields of a token from `text` on, whether a full stop follows it, and what
else is known of its form.
"""

_REMEMBERED, _LONGEST_REMEMBERED = 65_536, 64
"""How many spellings are kept at hand, and of what length: the words of a language are few and short, hostile ones not."""


@cache
def _pattern() -> re.Pattern[str]:
    elided = writing().elided
    shapes = _SHAPES.replace("ELIDED", "|".join(elided)).replace("LONGEST", str(max(map(len, elided))))
    shapes = shapes.replace("ONTO", writing().onto_numbers)
    return re.compile(shapes.replace("MARKS", DIACRITICS), re.VERBOSE)


_STROKES = re.compile(f"[{DIACRITICS}]")


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
    return tokens_told(text, start, end, _PLAIN)[0]


def tokens_told(
    text: str, start: int, end: int | None, spellings: "Spellings"
) -> tuple[list[Token], list[str], list[tuple[int, Any]]]:
    """Return the tokens of text[start:end] in order, their forms, and what `spellings` tell of those of which they tell."""
    out: list[Token] = []
    forms: list[str] = []
    told: list[tuple[int, Any]] = []
    add, spell, new = out.append, forms.append, tuple.__new__  # a token's own __new__ would take twice the time
    at = start
    for blank, found, _ in _pattern().findall(text, start, len(text) if end is None else end):
        if not found:
            break
        if blank:
            at += len(blank)
        written, form, kind, capital, name, stopped, known = spellings[found]
        last = at + len(found)
        if known is not None:
            told.append((len(forms), known))
        spell(form)
        if stopped:
            add(new(Token, (at, last - 1, written, form, kind, capital, name)))
            add(new(Token, (last - 1, last, ".", ".", "mark", False, False)))
            if spellings.stop is not None:
                told.append((len(forms), spellings.stop))
            spell(".")
        else:
            add(new(Token, (at, last, written, form, kind, capital, name)))
        at = last
    return out, forms, told


class Spellings(dict[str, _Spelling]):
    """What tokens of one spelling share, for the spellings met so far, and what `told` knows of their forms, most often None.

    `stop` is what it knows of the full stop that is taken off a word.
    """

    def __init__(self, told: Callable[[str], Any]) -> None:
        super().__init__()
        self._told, self.stop = told, told(".")

    def __missing__(self, match: str) -> _Spelling:
        spelling = _spelling(match)
        spelling = (*spelling[:-1], self._told(spelling[1]))
        if len(self) < _REMEMBERED and len(match) <= _LONGEST_REMEMBERED:
            self[match] = spelling
        return spelling


def _spelling(match: str) -> _Spelling:
    """Return what tokens matched by the pattern share, the full stop that ends a sentence taken off a word."""
    kind = "number" if match[0].isdecimal() else "word" if match[0].isalnum() else "mark"
    if kind == "mark":
        return match, match[0], kind, match[0].isupper(), False, False, None
    word = match[:-1] if match[-1] == "." and not writing().abbreviates(match[:-1]) else match
    form = word.lower() if word.isascii() else form_of(word)
    capital = word[0].isupper()
    name = kind == "word" and (not word[0].islower() or writing().begins_name(word))
    return word, writing().bare(form) if "'" in form else form, kind, capital, name, len(word) < len(match), None


_PLAIN = Spellings(lambda _: None)


_SHOUTING = 0.6
"""Share of words in capitals from which capitals tell nothing about names."""


def shouts(words: Sequence[Token]) -> bool:
    """Tell whether a sentence or a report is set in capitals throughout, as wires were.

    >>> shouts(tokens("SEVEN PERSONS WERE KILLED")), shouts(tokens("Seven were killed in the US"))
    (True, False)
    """
    loud = sum([len(token.text) > 2 and token.text.isupper() for token in words if token.name])
    return loud > 0 and loud > _SHOUTING * sum([token.kind == "word" and len(token.text) > 2 for token in words])
