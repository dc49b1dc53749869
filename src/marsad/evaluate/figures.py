"""Figures, each a function of summed counts; None where there is nothing to judge."""

from collections.abc import Callable, Mapping

from marsad.evaluate.marks import CATEGORIES, VICTIM_TYPES
from marsad.evaluate.tally import Tally

Figure = Callable[[Tally], float | None]


def ratio(part: float, whole: float) -> float | None:
    """Return part / whole, None of nothing.

    >>> ratio(3, 4), ratio(0, 0)
    (0.75, None)
    """
    return part / whole if whole else None


def precision(name: str) -> Figure:
    """Return the figure: how many of the guesses are right."""
    return lambda tally: ratio(tally[name, "right"], tally[name, "right"] + tally[name, "spurious"])


def recall(name: str) -> Figure:
    """Return the figure: how many of the marks were found right."""
    return lambda tally: ratio(tally[name, "right"], tally[name, "right"] + tally[name, "missed"])


def f1(name: str) -> Figure:
    """Return the figure: the harmonic mean of precision and recall; 0 where nothing is right."""
    return lambda tally: ratio(2 * tally[name, "right"], 2 * tally[name, "right"] + _wrong(tally, name))


def _wrong(tally: Tally, name: str) -> int:
    return tally[name, "spurious"] + tally[name, "missed"]


def share(name: str, part: str, *of: str) -> Figure:
    """Return the figure: the count of `part` as a share of the counts of `of` together."""
    return lambda tally: ratio(tally[name, part], sum(tally[name, each] for each in of))


def victim_type_macro_f1(tally: Tally) -> float | None:
    """Return the mean F1 of the victim types that were marked on a paired claim, each type weighing the same."""
    marked = [t for t in VICTIM_TYPES if tally[f"victim_type.{t}", "right"] + tally[f"victim_type.{t}", "missed"]]
    scores = [f1(f"victim_type.{t}")(tally) or 0.0 for t in marked]
    return ratio(sum(scores), len(scores))


def bias(name: str) -> Figure:
    """Return the figure: guessed minus marked people, as a share of the marked; above 0 is counted too many."""
    return lambda tally: ratio(tally[name, "guessed"] - tally[name, "marked"], tally[name, "marked"])


def _three(name: str) -> dict[str, Figure]:
    return {f"{name}.precision": precision(name), f"{name}.recall": recall(name), f"{name}.f1": f1(name)}


FIGURES: Mapping[str, Figure] = {
    **_three("found"),
    **_three("count"),
    "bounds.exact": share("bounds", "right", "right", "wrong"),
    "victim_type.macro_f1": victim_type_macro_f1,
    **_three("attribution"),
    "hard_negative.share": share("hard_negative", "with_false_alarm", "reports"),
    "bias": bias("bias"),
    "incident_bias": bias("incident_bias"),
    "toll_bias": bias("toll"),
    "toll_non_zero_right": share("toll", "non_zero_right", "non_zero"),
}
"""The figures that are printed with an interval."""

BY_KIND: Mapping[str, Figure] = {
    name: figure
    for kind, words in (("count", CATEGORIES), ("category", CATEGORIES), ("victim_type", VICTIM_TYPES))
    for word in words
    for name, figure in _three(f"{kind}.{word}").items()
}
"""The same by category and by victim type."""
