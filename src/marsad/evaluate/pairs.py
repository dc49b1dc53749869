"""Which guess is about which mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.evaluate.guesses import Guess
from marsad.evaluate.marks import Mark, Marked


@dataclass(frozen=True, slots=True)
class Pair:
    """A mark and the guess that is about the same words; None in place of the guess where it was missed, in place of
    the mark where nobody marked anything.
    """

    mark: Mark | None
    guess: Guess | None

    @property
    def category_right(self) -> bool:
        """Whether both say that the same happened to the people counted."""
        return self.mark is not None and self.guess is not None and self.mark.category == self.guess.category

    @property
    def number_right(self) -> bool:
        """Whether both give the same number; "dozens" beside "dozens" is no number."""
        return (
            self.mark is not None
            and self.guess is not None
            and self.mark.number is not None
            and self.mark.number == self.guess.number
        )

    @property
    def count_right(self) -> bool:
        """Whether number and category are right."""
        return self.number_right and self.category_right

    @property
    def bounds_right(self) -> bool:
        """Whether low and high are both those of the mark."""
        ends = [(each.low, each.high) for each in (self.mark, self.guess) if each is not None]
        return len(ends) == 2 and ends[0] == ends[1]


@dataclass(frozen=True, slots=True)
class Compared:
    """A marked report beside what a reader found in it: each mark in one pair, each guess in one pair.

    Pairs are in the order of the text. `rejected` is the reason where the reader could not read it: then every mark
    was missed.
    """

    report: Marked
    pairs: tuple[Pair, ...]
    rejected: str | None = None


def compare(report: Marked, guesses: Sequence[Guess], rejected: str | None = None) -> Compared:
    """Return the report with its marks and guesses paired one to one.

    Only what overlaps can be a pair. Best pairs come first: right in number and category, then in number, then in
    category; then the longer overlap, then the more equal lengths, then the earlier in either list.
    """
    taken = dict(_pairing(report.marks, guesses))
    found = set(taken.values())
    pairs = [Pair(mark, guesses[taken[i]] if i in taken else None) for i, mark in enumerate(report.marks)]
    pairs += [Pair(None, guess) for j, guess in enumerate(guesses) if j not in found]
    return Compared(report, tuple(sorted(pairs, key=_where)), rejected)


def _pairing(marks: Sequence[Mark], guesses: Sequence[Guess]) -> Iterator[tuple[int, int]]:
    ranked = []
    for i, mark in enumerate(marks):
        for j, guess in enumerate(guesses):
            shared = min(mark.end, guess.end) - max(mark.start, guess.start)
            if shared > 0:
                pair = Pair(mark, guess)
                unequal = abs((guess.end - guess.start) - (mark.end - mark.start))
                ranked.append((not pair.number_right, not pair.category_right, -shared, unequal, i, j))
    marks_left, guesses_left = set(range(len(marks))), set(range(len(guesses)))
    for *_, i, j in sorted(ranked):
        if i in marks_left and j in guesses_left:
            marks_left.remove(i)
            guesses_left.remove(j)
            yield i, j


def _where(pair: Pair) -> tuple[int, int]:
    here = pair.mark or pair.guess
    return (here.start, here.end) if here is not None else (0, 0)
