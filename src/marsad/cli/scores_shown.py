"""Scores as they read in a table, and as JSON."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from marsad.evaluate.reading import Scores
from marsad.evaluate.resample import Interval
from marsad.evaluate.tally import Tally

THREE = ("precision", "recall", "f1")


def table(first: str, *columns: str) -> Table:
    """Return an empty table: the first column to the left, the others, of figures, to the right."""
    rows = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    rows.add_column(first, no_wrap=True)
    for name in columns:
        rows.add_column(name, justify="right")
    return rows


def shown(score: Scores, name: str, *, signed: bool = False) -> str:
    """Return a figure with its interval."""
    return share(score.figures[name], score.intervals[name], signed=signed)


def share(value: float | None, interval: Interval | None = None, *, signed: bool = False) -> str:
    """Return a share with three decimals and its interval with two, "–" where there is nothing to judge.

    >>> share(0.9392, (0.89, 0.97)), share(None), share(-0.031, (-0.1, 0), signed=True)
    ('0.939 0.89–0.97', '–', '-0.031 -0.10..+0.00')
    """
    if value is None:
        return "–"
    if interval is None:
        return f"{value:+.3f}" if signed else f"{value:.3f}"
    low, high = interval
    return f"{value:+.3f} {low:+.2f}..{high:+.2f}" if signed else f"{value:.3f} {low:.2f}–{high:.2f}"


def sum_of(tally: Tally, name: str, *parts: str) -> int:
    """Return the sum of these parts of a figure's counts."""
    return sum(tally[name, part] for part in parts)


def scores_object(score: Scores) -> dict[str, Any]:
    """Return sums, figures and intervals under their names."""
    tally: dict[str, dict[str, int]] = {}
    for (name, part), count in sorted(score.tally.items()):
        tally.setdefault(name, {})[part] = count
    return {"tally": tally, "figures": dict(score.figures), "intervals": dict(score.intervals)}
