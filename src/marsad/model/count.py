"""A number of people as far as it is known: from low to high, with a best figure where a method gives one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """At least `low` and at most `high` people, `best` being the figure that a method would print alone.

    `high` is None where nobody stated an upper bound; `best` is None where the method gives none. Zero is a statement
    ("nobody was killed") and never stands for "not known": an unknown count is `Count(0, None, None)`.

    Raises ValueError unless 0 <= low <= best <= high.

    >>> Count(48, None, 95)
    Count(low=48, best=None, high=95)
    >>> Count(63, 59, 95)
    Traceback (most recent call last):
    ValueError: count 63-59-95: needs 0 <= low <= best <= high
    """

    low: int
    best: int | None
    high: int | None

    def __post_init__(self) -> None:
        steps = [n for n in (0, self.low, self.best, self.high) if n is not None]
        if steps != sorted(steps):
            raise ValueError(f"count {self.low}-{self.best}-{self.high}: needs 0 <= low <= best <= high")

    def minus(self, part: "Count") -> "Count":
        """Return what is left of this whole once `part` is taken away, by interval arithmetic; `best` only if both are.

        >>> Count(95, 95, 95).minus(Count(48, None, 95))
        Count(low=0, best=None, high=47)
        """
        low = 0 if part.high is None else max(0, self.low - part.high)
        high = None if self.high is None else max(0, self.high - part.low)
        best = None if self.best is None or part.best is None else max(0, self.best - part.best)
        return Count(low, best, high)
