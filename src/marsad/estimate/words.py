"""An estimate in words: one headline, or none and why."""

from collections.abc import Mapping
from typing import Any

_WHY = {
    "not_converged": "the computation did not settle on one answer",
    "not_identifiable": "the lists do not determine a number",
    "lower_bound_only": "only a lower bound can be defended",
    "ok": "a doubt forbids it",
}


def persons(number: float | None) -> str:
    """Return a number of persons as people read it, "?" for None.

    >>> persons(10356.52), persons(None)
    ('10,357', '?')
    """
    return "?" if number is None else f"{number:,.0f}"


def summary(
    row: Mapping[str, Any], headline: tuple[float, float, float] | None, stratum: Mapping[str, str]
) -> list[str]:
    """Return the sentences that say what an estimate (a row of `Result.row`) is worth: floor, headline or refusal."""
    where = ", ".join(f"{key} {value}" for key, value in stratum.items())
    lines = [f"{where}:"] if where else []
    lines.append(f"Documented: {row['n']:,} persons on {row['n_lists']} lists; no estimate is lower.")
    if headline is not None:
        low, point, high = (persons(value) for value in headline)
        lines.append(f"Estimated: {point} ({row['level']:.0%} interval {low} to {high}), method {row['method']}.")
        return lines
    lines.append(f"No headline number: {_WHY[row['status']]} (status {row['status']}, method {row['method']}).")
    if row["status"] == "lower_bound_only" and row["point"] is not None:
        lines.append(f"Lower bound: at least about {persons(row['point'])} (interval from {persons(row['low'])}).")
    return lines
