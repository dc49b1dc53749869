"""What a table says against itself before anything is estimated: too few lists, empty overlaps, copies, dependence."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy.special import ndtri
from scipy.stats import binom

from marsad.estimate import given
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.result import Result, Status
from marsad.estimate.table import CaptureTable

LEAST_SHARED, LEAST_SHARE = 10, 0.02
"""Persons on two lists or more, and their share of all, below which overlaps are too thin to say anything."""

LEAST_PERSONS = 100
"""Persons below which there is no headline. Of nine real lists of known size with 30 to 99 members on the others (see
docs/estimating-latent-classes.md), decomposable graphs held four and latent classes three; of fourteen larger, ten and six."""

COPY_SHARE, COPY_CHANCE, COPY_LEAST = 0.98, 1e-4, 10
"""A list of at least ten persons is taken for a copy of another where that holds 98 % of it, which by chance alone, at the
other's share among people of third lists, would happen less than once in ten thousand times."""

ODDS = 1.5
"""How far from 1 the whole interval of an odds ratio must lie for dependence to be named."""


def screen(table: CaptureTable) -> tuple[Caution, ...]:
    """Return the doubts that a table raises by itself, errors first: those forbid any headline number.

    >>> [c.code.value for c in screen(CaptureTable.from_patterns("AB", {"10": 50, "01": 60, "11": 20}))]
    ['LT3_LISTS']
    """
    given.table(table)
    found = [*_size(table), *_overlaps(table), *_copies(table), *_dependence(table)]
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return tuple(sorted(found, key=lambda caution: order[caution.severity]))


def _size(table: CaptureTable) -> Iterator[Caution]:
    if table.n_lists < 3:
        says = (
            f"There are {table.n_lists} lists; whether lists depend on each other cannot be told from fewer than three."
        )
        yield Caution(Code.FEWER_THAN_THREE_LISTS, Severity.ERROR, says, {"lists": table.n_lists})
    if table.n < LEAST_PERSONS:
        says = f"There are {table.n:,} persons; below {LEAST_PERSONS} no method has been seen to hold what it promises."
        yield Caution(Code.SMALL_TABLE, Severity.ERROR, says, {"n": table.n})
    shared = int(table.by_number[2:].sum())
    if table.n_lists >= 2 and table.n and (shared < LEAST_SHARED or shared < LEAST_SHARE * table.n):
        severity = Severity.ERROR if shared < LEAST_SHARED else Severity.WARNING
        says = f"Only {shared:,} of {table.n:,} persons are on more than one list; everything hangs on them."
        yield Caution(Code.SMALL_OVERLAP, severity, says, {"shared": shared, "n": table.n})


def _overlaps(table: CaptureTable) -> Iterator[Caution]:
    meets = table.overlaps > 0
    for i, j in combinations(range(table.n_lists), 2):
        if not meets[i, j]:
            a, b = table.lists[i], table.lists[j]
            yield Caution(
                Code.EMPTY_OVERLAP, Severity.WARNING, f"Lists {a} and {b} share nobody.", {"lists": f"{a}; {b}"}
            )
    for j in range(table.n_lists):
        if table.n_lists > 1 and meets[j].sum() <= 1:
            says = f"List {table.lists[j]} shares nobody with any other list, so nothing ties it to them."
            yield Caution(Code.NOT_IDENTIFIABLE, Severity.ERROR, says, {"list": table.lists[j]})
    triple = any(meets[i, j] and meets[j, k] and meets[i, k] for i, j, k in combinations(range(table.n_lists), 3))
    if table.n_lists >= 3 and not triple:
        says = "No three lists overlap pair by pair: dependence between pairs cannot be told from people missing."
        yield Caution(Code.NO_TRIPLE, Severity.ERROR, says)


def _copies(table: CaptureTable) -> Iterator[Caution]:
    for j, name in enumerate(table.lists):
        if table.listed[j] == table.n and table.n_lists > 1 and table.n:
            says = f"List {name} names everybody: the others cannot show whom it missed."
            yield Caution(Code.LIST_OF_ALL, Severity.ERROR, says, {"list": name})
            continue
        for i, other in enumerate(table.lists):
            shared, size = int(table.overlaps[i, j]), int(table.listed[j])
            if (
                i == j
                or shared < COPY_SHARE * size
                or table.listed[i] == table.n
                or (table.listed[i] == size and i > j)
            ):
                continue
            share = _share_elsewhere(table, i, j)
            chance = float(binom.sf(shared - 1, size, share))
            grave = size >= COPY_LEAST and chance < COPY_CHANCE
            says = f"{shared:,} of the {size:,} persons on list {name} are on list {other}: they look like one origin, not two."
            yield Caution(Code.LIST_COPY, Severity.ERROR if grave else Severity.WARNING, says,
                          {"list": name, "within": other, "shared": shared, "size": size, "by_chance": chance})  # fmt: skip


def unless_copied(result: Result, table: CaptureTable) -> Result:
    """Return what one method said, without a headline where a list copies another or names everybody.

    A copy makes every method sure of too small a number, so none may pass it over for being asked alone.
    """
    held = table.overlaps >= COPY_SHARE * table.listed[:, None]
    if held.sum() == table.n_lists:  # no list holds another: said at once, for a thousand strata
        return result
    grave = [caution for caution in _copies(table) if caution.severity is Severity.ERROR]
    if not grave:
        return result
    return result.with_cautions(*grave, status=Status.NOT_IDENTIFIABLE if result.status is Status.OK else None)


def _share_elsewhere(table: CaptureTable, i: int, j: int) -> float:
    """Return how many of those on lists other than i and j are on i, as a share; one half counted to each side."""
    others = np.delete(table.seen, [i, j], axis=1).any(axis=1) if table.n_lists > 2 else ~table.seen[:, j]
    return float((table.counts[others & table.seen[:, i]].sum() + 0.5) / (table.counts[others].sum() + 1))


def _dependence(table: CaptureTable) -> Iterator[Caution]:
    """Yield pairs of lists that depend on each other among the people of every third list (Mantel & Haenszel)."""
    if table.n_lists < 3:
        return
    z = float(ndtri(0.975))
    for i, j in combinations(range(table.n_lists), 2):
        top = bottom = weight = 0.0
        for k in range(table.n_lists):
            if k in (i, j):
                continue
            on = table.seen[:, k]
            a, b, c, d = (float(table.counts[on & (table.seen[:, i] == x) & (table.seen[:, j] == y)].sum()) + 0.5
                          for x, y in ((True, True), (True, False), (False, True), (False, False)))  # fmt: skip
            part = 1 / (1 / a + 1 / b + 1 / c + 1 / d)
            top, weight = top + part * np.log(a * d / (b * c)), weight + part
            bottom = max(bottom, part)  # people of several third lists are the same people: trust the best of them only
        middle, spread = top / weight, z / np.sqrt(bottom)
        one, other = table.lists[i], table.lists[j]
        odds = {"odds_ratio": round(float(np.exp(middle)), 3), "low": round(float(np.exp(middle - spread)), 3),
                "high": round(float(np.exp(middle + spread)), 3)}  # fmt: skip
        both: dict[str, float | int | str] = {**odds, "lists": f"{one}; {other}"}
        if np.exp(middle - spread) > ODDS:
            says = f"Whoever is on list {one} is more often on list {other} (odds ratio {odds['odds_ratio']})."
            yield Caution(Code.POSITIVE_DEPENDENCE, Severity.NOTE, says, both)
        elif np.exp(middle + spread) < 1 / ODDS:
            says = f"Whoever is on list {one} is less often on list {other} (odds ratio {odds['odds_ratio']}): lower bounds fail."
            yield Caution(Code.NEGATIVE_DEPENDENCE, Severity.WARNING, says, both)
