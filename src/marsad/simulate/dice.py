"""Chance that a seed decides: the same words give the same rolls, on every machine and every Python."""

import math
from collections.abc import Sequence
from random import Random  # noqa: TID251 - seeded by what is asked for and by nothing else
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Rolls that follow from a seed and a name. Only `random()` of the generator is used: it is alike in every version."""

    def __init__(self, seed: int, *name: object) -> None:
        self.roll = Random("|".join(map(str, (seed, *name)))).random  # noqa: S311 - no secret hangs on it

    def below(self, size: int) -> int:
        """Return a whole number from 0 to size - 1."""
        return int(self.roll() * size)

    def one(self, of: Sequence[T]) -> T:
        """Return one of the items, each as likely."""
        return of[int(self.roll() * len(of))]

    def bell(self) -> float:
        """Return a number around 0, two thirds of them between -1 and 1 (a normal distribution, by Box and Muller)."""
        return math.sqrt(-2.0 * math.log(1.0 - self.roll())) * math.cos(2.0 * math.pi * self.roll())

    def wait(self, mean: float) -> float:
        """Return a waiting time of this mean (exponential)."""
        return -mean * math.log(1.0 - self.roll())
