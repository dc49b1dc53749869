"""A text with what is claimed of it marked in place: pieces that lie one after the other, each with the claims that cover it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

CONTROLS = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\ufeff") | {
    chr(code)
    for low, high in ((0x202A, 0x202E), (0x2060, 0x2069), (0x00, 0x08), (0x0E, 0x1F))
    for code in range(low, high + 1)
}
"""Characters that turn the direction of others, or are not seen: a page shows them by name, so that nobody is deceived."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a text; `claims` are the numbers of the claims over them, the shortest span first.

    `control` says that the piece is one character that is not seen.
    """

    start: int
    end: int
    text: str
    claims: tuple[int, ...]
    control: bool = False

    @property
    def code(self) -> str:
        """The code points of the piece as Unicode writes them, by which a reader knows a character that is not seen.

        >>> Piece(0, 1, "\\u202e", (), control=True).code
        'U+202E'
        """
        return " ".join(f"U+{ord(character):04X}" for character in self.text)


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the pieces of a text cut at the ends of spans and around characters that are not seen; together they are it.

    Spans are (start, end) in characters and may overlap or lie within one another; what reaches beyond the text is cut.

    >>> [(p.text, p.claims) for p in pieces("63 or 95 dead", [(0, 2), (0, 13), (6, 13)])]
    [('63', (0, 1)), (' or ', (1,)), ('95 dead', (2, 1))]
    """
    size = len(text)
    inside = [(max(0, start), min(size, end), n) for n, (start, end) in enumerate(spans)]
    inside = [one for one in inside if one[0] < one[1]]
    hidden = [at for at, letter in enumerate(text) if letter in CONTROLS]
    cuts = {0, size, *(end for span in inside for end in span[:2])} | {at + step for at in hidden for step in (0, 1)}
    edges = sorted(cuts)
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for start, end, n in inside:
        opening.setdefault(start, []).append(n)
        closing.setdefault(end, []).append(n)
    length = {n: end - start for start, end, n in inside}
    unseen, active = set(hidden), set[int]()
    for start, end in pairwise(edges):
        active.difference_update(closing.get(start, ()))
        active.update(opening.get(start, ()))
        covering = tuple(sorted(active, key=lambda n: (length[n], n)))
        yield Piece(start, end, text[start:end], covering, start in unseen and end == start + 1)
