"""The incidents of a record as a superlative ranks them: where each was, on which day, and how many were killed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from marsad.assess.checking.ranks import Ranked
from marsad.model import Case, Category, Measure, Modality, RelationKind, Role, Scope, Superlative
from marsad.pipeline.known import State
from marsad.text.normal import fold

_REPLACES = (RelationKind.UPDATES,)


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident to be ranked, and where it was; `names` are what its place is called."""

    ranked: Ranked
    place: str | None
    admin1: str | None
    country: str | None
    names: tuple[str, ...] = ()

    def within(self, said: Superlative) -> bool:
        """Tell whether it lies in the place that a superlative is said of."""
        named = said.place
        if named is None:
            if said.countries:
                return self.country in said.countries
            return not said.named or self.lies_in(said.named)
        if named.precision == 6:
            return self.country == named.country
        if named.precision is not None and named.precision >= 4:
            return self.admin1 == named.admin1 and self.country == named.country
        return self.place == named.name

    def lies_in(self, names: Sequence[str]) -> bool:
        """Tell whether its town or its province is called by one of these names."""
        own = {word for name in (self.place, self.admin1) if name for word in fold(name).split()}
        return any(word in own for name in names for word in fold(name).split())

    def beside(self, other: "Entry", said: Superlative) -> bool:
        """Tell whether another incident is meant where a superlative names no place: one of its town, else of its country."""
        if said.here and self.place is not None:
            return self.place == other.place and self.country == other.country
        return (
            said.place is not None
            or bool(said.countries)
            or None in (self.country, other.country)
            or self.country == other.country
        )


def numbered(state: State, policies: Sequence[str], of: Category = Category.TOTAL) -> Iterator[Entry]:
    """Yield the incidents of a state that have a day and a toll under the observatory's first policy."""
    tolls = state.tolls(policies[0], Measure.KILLED, of)
    if tolls is None:
        return
    for row, toll in zip(state.incidents().to_pylist(), tolls.to_pylist(), strict=True):
        if row["occurred_from"] is None or toll["low"] is None:
            continue
        entry = Ranked(row["code"], row["occurred_from"], toll["low"], toll["best"], toll["high"])
        names = tuple(name for key in ("place", "place_words", "place_name", "place_name_ar") if (name := row.get(key)))
        yield Entry(entry, row["place"], row["admin1"], row["country"], names)


def current(case: Case, ranked: Ranked) -> Ranked:
    """Return a ranked incident without the numbers that a later report names as replaced: "50, up from 32"."""
    told = [f.claim for f in case.findings if f.claim.measure is Measure.KILLED and f.claim.scope is Scope.INCIDENT]
    by_id = {c.claim_id: c for c in told}
    old = {by_id[r.target].value for c in told for r in c.relations if r.target in by_id and r.kind in _REPLACES}
    old |= {c.value for c in told if c.modality is Modality.RETRACTED}
    whole = [f.claim for f in case.findings if f.claim in told and f.role is Role.COUNTED and f.claim.value is not None]
    whole = [c for c in whole if c.group is None and c.subset_of is None and c.value not in old]
    if not whole or not old:
        return ranked
    low, high = min(c.value or 0 for c in whole), max(c.value or 0 for c in whole)
    return replace(ranked, low=max(ranked.low, low), best=ranked.best, high=max(high, ranked.high or 0))


def by_day(entries: Sequence[Entry]) -> dict[date, Ranked]:
    """Return the dead of each day, everything that is recorded for it added up."""
    out: dict[date, Ranked] = {}
    for one in {e.ranked.code: e.ranked for e in entries}.values():
        before = out.get(one.day) or Ranked(one.day.isoformat(), one.day, 0, 0, 0)
        best = (before.best or 0) + (one.best if one.best is not None else one.low)
        high = (before.high or 0) + (one.high if one.high is not None else one.low)
        out[one.day] = replace(before, low=before.low + one.low, best=best, high=high)
    return out
