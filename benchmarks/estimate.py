"""How long estimates take, in processor seconds: `python -m benchmarks.estimate`.

Prints a line a task: seconds of this process and its threads (median of three, the first of a fresh process apart), the bar
that the project sets itself, and what the field's R packages need for the same, where somebody measured it. Tables are
printed ones, or drawn at a fixed seed, so that anybody can run this.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from marsad.estimate import CaptureTable, decomposable, loglinear, loglinear_many
from marsad.estimate.ranking import all_ranked

UK = {
    "10000": 54, "01000": 463, "11000": 15, "00100": 995, "10100": 19, "01100": 62, "11100": 1, "00010": 695, "10010": 3,
    "01010": 19, "11010": 1, "00110": 76, "01110": 4, "11110": 1, "00001": 316, "01001": 1, "00101": 11, "00011": 8,
}  # fmt: skip
"""Victims of slavery in the United Kingdom, 2013, on five lists (Silverman 2014): 2,744 persons."""


def four_lists(count: int, seed: int = 1) -> list[CaptureTable]:
    """Return strata of four lists with uneven, partly empty cells."""
    rng = np.random.default_rng(seed)
    drawn = rng.poisson(rng.gamma(2.0, 8.0, (count, 15)))
    return [CaptureTable("ABCD", range(1, 16), counts) for counts in drawn]


def six_lists(seed: int = 2) -> CaptureTable:
    """Return 3,000 persons on six lists of unequal reach."""
    rng = np.random.default_rng(seed)
    marks = rng.random((6000, 6)) < np.array([0.05, 0.1, 0.2, 0.15, 0.08, 0.12]) * (0.5 + rng.random((6000, 1)))
    return CaptureTable.from_matrix("ABCDEF", marks[marks.any(axis=1)].astype(int))


def seconds(task: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Return processor seconds of the first run, and the median of those after."""
    taken = []
    for _ in range(times + 1):
        all_ranked.cache_clear()  # the models of the last tables are kept, for other criteria to use
        begin = time.process_time()
        task()
        taken.append(time.process_time() - begin)
    return taken[0], median(taken[1:])


def main() -> None:
    """Print the table."""
    uk, strata, six = CaptureTable.from_patterns("ABCDE", UK), four_lists(1000), six_lists()
    tasks: tuple[tuple[str, Callable[[], object], float | None, str], ...] = (
        ("log-linear, 5 lists, all 6,893 models, choice and profile interval", lambda: loglinear(uk), 0.5, "17.5"),
        ("log-linear, 6 lists, 32,768 models of pairs and a search", lambda: loglinear(six), None, "not offered"),
        (
            "log-linear, 1,000 strata of 4 lists, 113 models each, averaged",
            lambda: loglinear_many(strata),
            2.0,
            "590-670",
        ),
        ("decomposable graphs, 5 lists (822)", lambda: decomposable(uk, sensitivity=False), 0.1, "4.5"),
        ("decomposable graphs, 6 lists (18,154)", lambda: decomposable(six, sensitivity=False), 1.5, "not offered"),
        ("the same with three values of delta", lambda: decomposable(six), 1.5, "not offered"),
        (
            "bootstrap of 1,000 with choice among 20 models, 5 lists",
            lambda: loglinear(uk, interval="bca"),
            None,
            "17-84 (500)",
        ),
    )
    print(f"{'task':70} {'first':>7} {'median':>7} {'bar':>5}  R")
    for name, task, bar, theirs in tasks:
        first, usual = seconds(task)
        print(f"{name:70} {first:7.3f} {usual:7.3f} {'' if bar is None else bar:>5}  {theirs}")


if __name__ == "__main__":
    main()
