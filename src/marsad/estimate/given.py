"""What callers give, checked at the door: names, patterns, counts and settings. Each says what was wrong with which value."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from marsad.model.errors import Wrong

MAX_LISTS = 64
"""Lists that one table can hold: a pattern is one 64-bit number."""

Ints = NDArray[np.int64]


def names(lists: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of lists: 1 to 64, none blank, none twice."""
    if lists is None or isinstance(lists, Mapping):
        raise Wrong("lists", type(lists).__name__, "are no names of lists", "give one name a list, in order")
    named = tuple(str(name) for name in lists)
    if not 1 <= len(named) <= MAX_LISTS:
        raise Wrong(
            "capture table", len(named), f"is not 1 to {MAX_LISTS} lists", "name the lists, and join small ones"
        )
    if not all(name.strip() for name in named):
        raise Wrong("list", None, "has no name", "give each list a name of its own")
    if len(set(named)) < len(named):
        twice = next(name for name in named if named.count(name) > 1)
        raise Wrong("list", twice, "is named twice", "give each list a name of its own")
    return named


def written(text: object, lists: int) -> None:
    """Raise Wrong where a written pattern is not one digit 0 or 1 for each list."""
    if not isinstance(text, str) or len(text) != lists or set(text) - {"0", "1"}:
        raise Wrong("pattern", text, f"is not {lists} digits 0 or 1", "write one digit a list, in order, as text")


def link(value: object) -> None:
    """Raise Wrong where a link is no pair of a person and the name of a list."""
    if not isinstance(value, tuple | list) or len(value) != 2 or not str(value[1] or "").strip():
        raise Wrong("link", value, "is no pair of a person and a list's name", "give (person, list) pairs")


def patterns(cells: Iterable[int] | NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return patterns as 64-bit numbers, whole and from 0 up."""
    given = cells if isinstance(cells, np.ndarray) else list(cells)
    try:
        bits = np.asarray(given, dtype=np.uint64)
        same = bool((bits == np.asarray(given)).all())
    except (ValueError, TypeError, OverflowError):
        same = False
    if not same:
        raise Wrong("capture table", None, "has patterns that are no whole numbers from 0 up",
                    "give numbers whose bit j says list j, or write them as 0110 for `from_patterns`")  # fmt: skip
    return bits


def counts(persons: ArrayLike) -> Ints:
    """Return numbers of persons: whole, from 0 to 2^40."""
    many = np.asarray(persons)
    if many.dtype.kind not in "iub" and not (
        many.dtype.kind == "f" and np.isfinite(many).all() and (many % 1 == 0).all()
    ):
        odd = next((c for c in many.ravel().tolist() if not isinstance(c, int | float) or c % 1 != 0), None)
        raise Wrong("count", odd, "is no whole number", "give the number of persons with each pattern")
    if many.size and (many.min() < 0 or many.max() > 1 << 40):
        raise Wrong(
            "count",
            many.min() if many.min() < 0 else many.max(),
            "is not between 0 and 2^40 persons",
            "correct the table",
        )
    return many.astype(np.int64)


def table(value: object) -> None:
    """Raise Wrong where an estimator is given something else than a capture table."""
    if not hasattr(value, "overlaps"):
        raise Wrong("table", type(value).__name__, "is no CaptureTable",
                    "make one, by read_tables, read.from_pandas or CaptureTable.from_matrix")  # fmt: skip


def level(value: float) -> None:
    """Raise Wrong where a level of probability does not lie between 0 and 1."""
    if not 0 < value < 1:
        raise Wrong("level", value, "is no probability between 0 and 1", "write 0.95 for 95 per cent")


def at_least(name: str, value: float, least: float) -> None:
    """Raise Wrong where a setting lies below what makes sense, or is no number."""
    if not value >= least or not np.isfinite(value):
        raise Wrong(name, value, f"is below {least}", f"give {least} or more")
