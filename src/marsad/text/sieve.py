"""Whether a text can hold any of some phrases at all: a quick no, never a wrong one."""

import re
from collections.abc import Iterable, Sequence

from marsad.text.tokens import DIACRITICS, form_of

_ROW = rf"[^\W\d_]++(?:[{DIACRITICS}]++[^\W\d_]*+)*+"
_LETTERS = re.compile(_ROW)
"""A row of letters with what is written onto them; every word of a text is made of such rows and of marks between them."""

_HYPHENED = re.compile(rf"{_ROW}(?:-{_ROW})++")
"""A word with hyphens, which may only hide it: "ki-lled"."""

_SMALL = 2
"""Letters of words that stand in every text, listed or not."""

_REMEMBERED, _LONGEST_REMEMBERED = 65_536, 64
"""How many pieces of texts are kept at hand, and of what length."""


def pieces_of(text: str) -> set[str]:
    """Return what stands between the blanks of a text, each once.

    >>> sorted(pieces_of("Nine of nine, of nine."))
    ['Nine', 'nine,', 'nine.', 'of']
    """
    return set(text.split())


def _rows(piece: str) -> set[str]:
    """Return the rows of letters that a piece of a text is made of, each once, and its words with hyphens.

    >>> sorted(_rows("two-thirds,")), sorted(_rows("can't"))
    (['thirds', 'two', 'two-thirds'], ['can', 't'])
    """
    rows = set(_LETTERS.findall(piece))
    return rows.union(_HYPHENED.findall(piece)) if "-" in piece else rows


class Sieve:
    """Tells that none of some phrases stands in a text, at the price of one look over the text.

    Of each phrase only one row of letters is looked for, as it stands or behind one of the `prefixes` of the language: one
    that is a phrase by itself, else the longest one that is none of `common`, the words that stand in every text. Pieces of
    texts are remembered with what was found in them, so that the next text made of the same words costs no more than that look.
    """

    def __init__(
        self, phrases: Iterable[Sequence[str]], prefixes: Sequence[str] = (), common: frozenset[str] = frozenset()
    ) -> None:
        rows = [tuple(map(form_of, _LETTERS.findall(" ".join(forms)))) for forms in phrases]
        alone = {row[0] for row in rows if len(row) == 1}
        self._open = not all(rows)  # a phrase without letters may stand anywhere
        self._needed = alone | {
            max(row, key=lambda letters: (len(letters) > _SMALL and letters not in common, len(letters)))
            for row in rows
            if row and alone.isdisjoint(row)
        }
        self._prefixes = tuple(prefixes)
        self._idle: set[str] = set()
        self._telling: dict[str, tuple[str, ...]] = {}

    def among(self, pieces: set[str]) -> set[str]:
        """Return which rows of letters of a text may belong to one of the phrases; none, where none stands in it for certain.

        >>> sieve = Sieve([("lost", "their", "lives"), ("killed",)])
        >>> sieve.among(pieces_of("Nine were KILLED.")), sieve.among(pieces_of("A skilled cook."))
        ({'KILLED'}, set())
        """
        if self._open:
            return {""}
        out: set[str] = set()
        for piece in pieces - self._idle:
            out.update(self._telling.get(piece) or self._told_in(piece))
        return out

    def _told_in(self, piece: str) -> tuple[str, ...]:
        """Return which rows of letters of a piece of a text may belong to a phrase; remember what was found."""
        telling = tuple(row for row in _rows(piece) if self._holds(form_of(row).replace("-", "")))
        if len(piece) > _LONGEST_REMEMBERED:
            return telling
        if telling and len(self._telling) < _REMEMBERED:
            self._telling[piece] = telling
        elif not telling and len(self._idle) < _REMEMBERED:
            self._idle.add(piece)
        return telling

    def _holds(self, form: str) -> bool:
        """Tell whether a row of letters, spelled as lexicons do, may belong to one of the phrases."""
        if form in self._needed:
            return True
        return any(form.startswith(p) and form[len(p) :] in self._needed for p in self._prefixes)
