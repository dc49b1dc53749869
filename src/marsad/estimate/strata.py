"""Strata: estimated one by one where they can be, joined where they are too thin, and added up draw by draw."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from marsad.estimate.caution import Caution, Code, Severity, forbids
from marsad.estimate.result import Result, Status
from marsad.estimate.screen import screen
from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

Stratum = tuple[tuple[str, str], ...]
"""A stratum's name: (column, value) pairs in the order of columns; () is everything."""

MOST_UNESTIMATED = 0.1
"""Share of the documented dead in strata without an estimate, above which a total is a lower bound and no headline."""


@dataclass(frozen=True, slots=True)
class Joined:
    """That strata too thin to be estimated were joined: which, into what, and why (codes). Decided before any estimate."""

    parts: tuple[Stratum, ...]
    into: Stratum
    why: tuple[str, ...]

    def __str__(self) -> str:
        names = "; ".join(_said(part) for part in self.parts)
        return f"{names} joined into {_said(self.into)} ({', '.join(self.why)})"


def quarter(month: str) -> str:
    """Return the quarter of a month or day written YYYY-MM…; what is no month is returned as it is.

    >>> quarter("2014-11"), quarter("unknown")
    ('2014-Q4', 'unknown')
    """
    year, _, rest = month.partition("-")
    if year.isdigit() and rest[:2].isdigit() and 1 <= int(rest[:2]) <= 12:
        return f"{year}-Q{(int(rest[:2]) + 2) // 3}"
    return month


def ladder(
    by: Sequence[str], parents: Mapping[str, tuple[str, Callable[[str], str]]] | None = None
) -> list[Callable[[Stratum], Stratum]]:
    """Return the steps from fine to coarse: first columns are made coarser (month to quarter), then dropped from the last on.

    `parents` says for a column its coarser one and how to get there; by default a `month` becomes a `quarter`, and that a
    `year`. The steps are the same for all strata and depend on no count.
    """
    up = {"month": ("quarter", quarter), "quarter": ("year", lambda q: q[:4]), **(parents or {})}
    steps: list[Callable[[Stratum], Stratum]] = []
    names = list(by)
    for at, name in enumerate(by):
        while names[at] in up:
            old, (new, how) = names[at], up[names[at]]
            steps.append(_coarser(old, new, how))
            names[at] = new
        del name
    steps += [_without(name) for name in reversed(names)]
    return steps


def coarsen(
    tables: Iterable[CaptureTable], steps: Sequence[Callable[[Stratum], Stratum]]
) -> tuple[list[CaptureTable], list[CaptureTable], list[Joined]]:
    """Return the strata that can be estimated, those that cannot however far joined, and what was joined.

    A stratum whose table `screen` finds no error in is left alone. The others climb the first step and are joined with each
    other where they arrive at one name; what is fine then stays, what is not climbs the next. Everybody stays counted once.
    Only tables decide, never estimates, so nobody can choose strata by their answer.
    """
    fine: list[CaptureTable] = []
    thin: list[CaptureTable] = []
    log: list[Joined] = []
    for table in sorted(tables, key=_name):
        (thin if forbids(screen(table)) else fine).append(table)
    for step in steps:
        groups: dict[Stratum, list[CaptureTable]] = {}
        for table in thin:
            groups.setdefault(step(_name(table)), []).append(table)
        thin = []
        for name, parts in sorted(groups.items()):
            whole = reduce(add, parts)
            whole = CaptureTable(
                whole.lists, whole.patterns, whole.counts, stratum=dict(name), provenance=whole.provenance
            )
            codes = {c.code.value for part in parts for c in screen(part) if c.severity is Severity.ERROR}
            if len(parts) > 1 or name != _name(parts[0]):
                log.append(Joined(tuple(_name(part) for part in parts), name, tuple(sorted(codes))))
            (thin if forbids(screen(whole)) else fine).append(whole)
    return fine, thin, log


def total(
    estimated: Sequence[Result], not_estimated: Sequence[CaptureTable] = (), *, seed: int = 0, size: int = 4000,
    level: float = 0.95,
) -> Result:  # fmt: skip
    """Return the sum over strata, draw by draw: medians do not add, draws do.

    A stratum without an estimate (a table, or a result without a headline) adds its documented persons, never zero, and is
    named. Where these are more than a tenth of all documented, the status is `lower_bound_only`. Each stratum draws from
    a stream of its own, named by its table's hash, so neither order nor number of workers matters.
    """
    if not estimated and not not_estimated:
        raise Wrong("total", None, "has no strata", "give at least one")
    silent = [result for result in estimated if result.headline is None]
    quoted = [result for result in estimated if result.headline is not None]
    bare = sum(result.n for result in silent) + sum(table.n for table in not_estimated)
    documented = bare + sum(result.n for result in quoted)
    draws = np.full(size, float(bare))
    for result in sorted(quoted, key=lambda one: (one.table_hash, tuple(one.stratum.items()))):
        key = [seed, *(int(result.table_hash[k : k + 8] or "0", 16) for k in (0, 8, 16))]
        draws += result.sample(size, np.random.default_rng(key))
    cautions: list[Caution] = []
    missing = len(silent) + len(not_estimated)
    if missing:
        names = [
            _said(tuple(one.items())) for one in (*(r.stratum for r in silent), *(t.stratum for t in not_estimated))
        ]
        severity = Severity.ERROR if bare > MOST_UNESTIMATED * documented else Severity.WARNING
        shown = "; ".join(names[:8]) + (" …" if missing > 8 else "")
        says = f"{missing} strata have no estimate and add their {bare:,} documented persons alone: {shown}."
        cautions.append(Caution(Code.STRATUM_NOT_ESTIMATED, severity, says, {"strata": missing, "documented": bare}))
    tail = (1 - level) / 2
    low, point, high = np.quantile(draws, (tail, 0.5, 1 - tail)).tolist()
    status = Status.LOWER_BOUND_ONLY if forbids(cautions) else Status.OK
    every = (*(result.lists for result in estimated), *(table.lists for table in not_estimated))
    lists = tuple(dict.fromkeys(name for names in every for name in names))
    return Result("sum of strata", status, documented, point, low, high, level, float(draws.std()), draws=draws[None],
                  cautions=tuple(cautions), lists=lists, seed=seed,
                  spec={"strata": len(estimated) + len(not_estimated), "estimated": len(quoted)})  # fmt: skip


def _name(table: CaptureTable) -> Stratum:
    return tuple(table.stratum.items())


def _said(stratum: Stratum) -> str:
    return ", ".join(f"{key} {value}" for key, value in stratum) or "everything"


def _coarser(old: str, new: str, how: Callable[[str], str]) -> Callable[[Stratum], Stratum]:
    return lambda name: tuple((new, how(value)) if key == old else (key, value) for key, value in name)


def _without(column: str) -> Callable[[Stratum], Stratum]:
    return lambda name: tuple((key, value) for key, value in name if key != column)
