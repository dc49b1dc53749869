"""Whether a text can hold any of some phrases at all: a quick no, never a wrong one."""

import re
from collections.abc import Iterable, Sequence

from marsad.text.tokens import DIACRITICS, form_of

_ROW = rf"[^\W\d_]++(?:[{DIACRITICS}]++[^\W\d_]*+)*+"
_LETTERS = re.compile(_ROW)
"""A row of letters with what is written onto them; every word of a text is made of such rows and of marks between them."""

_HYPHENED = re.compile(rf"{_ROW}(?:-{_ROW})++")
"""A word with hyphens, which may only hide it: "ki-lled"."""

_REMEMBERED, _LONGEST_REMEMBERED = 65_536, 64
"""How many rows of letters are kept at hand, and of what length."""


def rows_of_letters(text: str) -> set[str]:
    """Return the rows of letters that a text is made of, each once, and its words with hyphens.

    >>> sorted(rows_of_letters("Two-thirds of the 9,000 can't."))
    ['Two', 'Two-thirds', 'can', 'of', 't', 'the', 'thirds']
    """
    rows = set(_LETTERS.findall(text))
    hyphened = " ".join(word for word in text.split() if "-" in word) if "-" in text else ""
    return rows.union(_HYPHENED.findall(hyphened)) if hyphened else rows


class Sieve:
    """Tells that none of some phrases stands in a text, at the price of one look over the text.

    Of each phrase only one row of letters is looked for, as it stands or behind one of the `prefixes` of the language: one
    that is a phrase by itself, else the longest. Rows that are none of them are remembered, so that the next text made of
    the same words costs no more than that look.
    """

    def __init__(self, phrases: Iterable[Sequence[str]], prefixes: Sequence[str] = ()) -> None:
        rows = [tuple(map(form_of, _LETTERS.findall(" ".join(forms)))) for forms in phrases]
        alone = {row[0] for row in rows if len(row) == 1}
        self._open = not all(rows)  # a phrase without letters may stand anywhere
        self._needed = alone | {max(row, key=len) for row in rows if row and alone.isdisjoint(row)}
        self._prefixes = tuple(prefixes)
        self._idle: set[str] = set()
        self._telling: set[str] = set()

    def among(self, rows: set[str]) -> list[str]:
        """Return which rows of letters of a text may belong to one of the phrases; none, where none stands in it for certain.

        >>> sieve = Sieve([("lost", "their", "lives"), ("killed",)])
        >>> sieve.among(rows_of_letters("Nine were KILLED.")), sieve.among(rows_of_letters("A skilled cook."))
        (['KILLED'], [])
        """
        if self._open:
            return [""]
        fresh = rows - self._idle
        return [row for row in fresh if row in self._telling or self._holds(row)]

    def _holds(self, letters: str) -> bool:
        """Tell whether a row of letters may belong to one of the phrases; remember what was found."""
        form = form_of(letters).replace("-", "")
        holds = form in self._needed or any(
            form.startswith(p) and form[len(p) :] in self._needed for p in self._prefixes
        )
        kept = self._telling if holds else self._idle
        if len(kept) < _REMEMBERED and len(letters) <= _LONGEST_REMEMBERED:
            kept.add(letters)
        return holds
