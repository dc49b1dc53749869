"""Whether a text can hold any of some phrases at all: a quick no, never a wrong one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

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


Needed = tuple[str, ...]
"""One or two rows of letters, as a text writes them, that stand together wherever a phrase does."""


class Sieve:
    """Tells that none of some phrases stands in a text, at the price of one look over the text.

    Of each phrase only one row of letters is looked for, as it stands or behind one of the `prefixes` of the language: one
    that is a phrase by itself, else the longest one that is none of `common`, the words that stand in every text, and then
    the next best beside it ("went missing": a text has "missing" more often than both). Pieces of texts are remembered with
    what was found in them, so that the next text made of the same words costs no more than that look.
    """

    def __init__(
        self, phrases: Iterable[Sequence[str]], prefixes: Sequence[str] = (), common: frozenset[str] = frozenset()
    ) -> None:
        rows = [tuple(map(form_of, _LETTERS.findall(" ".join(forms)))) for forms in phrases]
        self._open = not all(rows)  # a phrase without letters may stand anywhere
        self._alone = frozenset(row[0] for row in rows if len(set(row)) == 1)
        self._beside: dict[str, set[str]] = {}
        for row in rows:
            if row and self._alone.isdisjoint(row):
                ranked = sorted(set(row), key=lambda form: (form in common, len(form) <= _SMALL, -len(form), form))
                self._beside.setdefault(ranked[0], set()).add(ranked[1])
        self._firsts = frozenset(self._beside)
        self._needed = self._alone.union(self._beside, *self._beside.values())
        self._prefixes = tuple(prefixes)
        self._idle: set[str] = set()
        self._telling: dict[str, dict[str, tuple[str, ...]]] = {}

    def among(self, pieces: set[str]) -> set[Needed]:
        """Return which rows of letters of a text may belong to one of the phrases; none, where none stands in it for certain.

        >>> sieve = Sieve([("lost", "their", "lives"), ("killed",)])
        >>> sieve.among(pieces_of("Nine were KILLED.")), sieve.among(pieces_of("A skilled cook lost his."))
        ({('KILLED',)}, set())
        """
        if self._open:
            return {("",)}
        found = [self._telling.get(piece) or self._told_in(piece) for piece in pieces - self._idle]
        present = set[str]().union(*found)
        alone = self._alone & present
        beside = [(first, second) for first in self._firsts & present for second in self._beside[first] & present]
        wanted, written = alone.union(*beside), dict[str, set[str]]()
        for told in found if wanted else ():
            for form in wanted & told.keys():
                written.setdefault(form, set()).update(told[form])
        out: set[Needed] = {(row,) for form in alone for row in written[form]}
        return out.union(pair for first, second in beside for pair in product(written[first], written[second]))

    def _told_in(self, piece: str) -> dict[str, tuple[str, ...]]:
        """Return the forms that a piece of a text has of what phrases need, each with its rows; remember what was found."""
        telling: dict[str, tuple[str, ...]] = {}
        for row in _rows(piece):
            for form in self._forms(form_of(row).replace("-", "")):
                telling[form] = (*telling.get(form, ()), row)
        if len(piece) > _LONGEST_REMEMBERED:
            return telling
        if telling and len(self._telling) < _REMEMBERED:
            self._telling[piece] = telling
        elif not telling and len(self._idle) < _REMEMBERED:
            self._idle.add(piece)
        return telling

    def _forms(self, form: str) -> Iterator[str]:
        """Yield what a row of letters, spelled as lexicons do, may be in one of the phrases: as it stands, or less a prefix."""
        bare = (form[len(p) :] for p in self._prefixes if form.startswith(p))
        return (each for each in (form, *bare) if each in self._needed)
