"""The incidents of a record as a superlative ranks them: where each was, on which day, and how many were killed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.assess.checking.ranks import Ranked
from marsad.model import Category, Measure, Superlative
from marsad.pipeline.known import State


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident to be ranked, and where it was."""

    ranked: Ranked
    place: str | None
    admin1: str | None
    country: str | None

    def within(self, said: Superlative) -> bool:
        """Tell whether it lies in the place that a superlative is said of."""
        named = said.place
        if named is None:
            return True
        if named.precision == 6:
            return self.country == named.country
        if named.precision is not None and named.precision >= 4:
            return self.admin1 == named.admin1 and self.country == named.country
        return self.place == named.name

    def beside(self, other: "Entry", said: Superlative) -> bool:
        """Tell whether another incident is meant where a superlative names no place: one of its town, else of its country."""
        if said.here and self.place is not None:
            return self.place == other.place and self.country == other.country
        return said.place is not None or None in (self.country, other.country) or self.country == other.country


def numbered(state: State, policies: Sequence[str]) -> Iterator[Entry]:
    """Yield the incidents of a state that have a day and a toll under the observatory's first policy."""
    tolls = state.tolls(policies[0], Measure.KILLED, Category.TOTAL)
    if tolls is None:
        return
    for row, toll in zip(state.incidents().to_pylist(), tolls.to_pylist(), strict=True):
        if row["occurred_from"] is None or toll["low"] is None:
            continue
        entry = Ranked(row["code"], row["occurred_from"], toll["low"], toll["best"], toll["high"])
        yield Entry(entry, row["place"], row["admin1"], row["country"])


def by_day(entries: Sequence[Entry]) -> dict[date, Ranked]:
    """Return the dead of each day, everything that is recorded for it added up."""
    out: dict[date, Ranked] = {}
    for one in {e.ranked.code: e.ranked for e in entries}.values():
        before = out.get(one.day) or Ranked(one.day.isoformat(), one.day, 0, 0, 0)
        best = (before.best or 0) + (one.best if one.best is not None else one.low)
        high = (before.high or 0) + (one.high if one.high is not None else one.low)
        out[one.day] = replace(before, low=before.low + one.low, best=best, high=high)
    return out
