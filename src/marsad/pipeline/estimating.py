"""A table or linked lists in, estimates out: strata joined, estimated by several processes, kept as they are done."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path

from marsad.estimate.combine import combine_results
from marsad.estimate.headline import ALLOWANCE, WIDEST, estimate, methods_for
from marsad.estimate.read import Found, read_tables
from marsad.estimate.result import Result
from marsad.estimate.stored import dumps, key_of, loads
from marsad.estimate.strata import Joined, coarsen, ladder, total
from marsad.estimate.table import CaptureTable
from marsad.model import Wrong

Both = tuple[Result, tuple[Result, ...]]
PLACES = ("persons.csv", "linked/persons.csv")
"""Where in a folder the linkage of victims to persons lies, as `marsad link-persons --out` writes it."""


@dataclass(frozen=True)
class Estimated:
    """Estimates of each stratum (headline and methods), of everything, and what was joined or left without."""

    tables: tuple[CaptureTable, ...]
    strata: tuple[Both, ...]
    without: tuple[CaptureTable, ...]
    joined: tuple[str, ...]
    whole: Result

    @property
    def table(self) -> CaptureTable:
        """All strata together: who is on which list, in everything."""
        return reduce(add, (*self.tables, *self.without))


def source(path: Path) -> Path:
    """Return the table of a file or folder. Raises Wrong where a folder holds no linkage."""
    if not path.is_dir():
        return path
    for place in PLACES:
        if (path / place).is_file():
            return path / place
    raise Wrong(
        "estimate",
        path,
        "holds no persons.csv",
        f"link lists of victims first: marsad link-persons … --out {path}/linked",
    )


def estimated(
    path: Path, *, by: Sequence[str] = (), about: Path | None = None, seed: int = 1, cache: Path | None = None,
    workers: int = 1, told: Callable[[int, int], None] | None = None,
) -> Estimated:  # fmt: skip
    """Return the estimates of a file or folder by strata. With `cache`, a stratum done before is read and not computed.

    With several linkages (columns draw_1, draw_2 …) everything is estimated under each, and the whole is their mixture.
    Results depend on tables and seed, never on `workers` or on what was in the cache. `told` hears (done, of).
    """
    found = read_tables(source(path), by, about)
    runs = [_settled(tables, by) for tables in _linkages(found)]
    wanted = {table.hash: table for fine, _, _ in runs for table in fine}
    done = _each(list(wanted.values()), seed, cache, workers, told)
    wholes = []
    for fine, thin, _ in runs:
        heads = [_named(done[table.hash][0], table) for table in fine]
        wholes.append(heads[0] if len(heads) == 1 and not thin and not by else total(heads, thin, seed=seed))
    fine, thin, log = runs[0]
    whole = wholes[0] if len(wholes) == 1 else combine_results(wholes[1:], seed=seed)
    strata = tuple((_named(done[t.hash][0], t), tuple(_named(one, t) for one in done[t.hash][1])) for t in fine)
    return Estimated(tuple(fine), strata, tuple(thin), tuple(str(one) for one in log), whole)


def _linkages(found: Found) -> list[tuple[CaptureTable, ...]]:
    return [found.tables, *found.linkages] if len(found.linkages) > 1 else [found.tables]


def _settled(
    tables: Sequence[CaptureTable], by: Sequence[str]
) -> tuple[list[CaptureTable], list[CaptureTable], list[Joined]]:
    if not by:
        return list(tables), [], []
    return coarsen(tables, ladder(by))


def _named(result: Result, table: CaptureTable) -> Result:
    """Return a result under its stratum's own name: strata of equal tables share one computation."""
    return replace(result, stratum=table.stratum, provenance=table.provenance)


def _each(
    tables: Sequence[CaptureTable], seed: int, cache: Path | None, workers: int, told: Callable[[int, int], None] | None
) -> dict[str, Both]:
    done: dict[str, Both] = {}
    left = []
    for table in tables:
        kept = _kept(table, seed, cache)
        if kept is None:
            left.append(table)
        else:
            done[table.hash] = kept
    if told is not None:
        told(len(done), len(tables))
    if workers == 1 or len(left) < 2:
        for table in left:
            done[table.hash] = estimate(table, seed=seed)
            _keep(table, seed, cache, done[table.hash])
            if told is not None:
                told(len(done), len(tables))
        return done
    with ProcessPoolExecutor(workers) as pool:
        running = {pool.submit(estimate, table, seed=seed): table for table in left}
        for future in as_completed(running):
            table = running[future]
            done[table.hash] = future.result()
            _keep(table, seed, cache, done[table.hash])
            if told is not None:
                told(len(done), len(tables))
    return done


def _file(table: CaptureTable, seed: int, cache: Path) -> Path:
    spec = {"methods": sorted(methods_for(table)), "allowance": ALLOWANCE, "widest": WIDEST}
    return cache / f"{key_of(table, spec, seed)}.json"


def _kept(table: CaptureTable, seed: int, cache: Path | None) -> Both | None:
    """Return what the cache holds of a table, None where it holds nothing that can be read."""
    if cache is None or not (path := _file(table, seed, cache)).is_file():
        return None
    try:
        first, *others = (loads(line) for line in path.read_text("utf-8").splitlines())
    except (ValueError, KeyError, TypeError):
        return None  # half-written or of another hand: computed again and overwritten
    return first, tuple(others)


def _keep(table: CaptureTable, seed: int, cache: Path | None, both: Both) -> None:
    if cache is None:
        return
    cache.mkdir(parents=True, exist_ok=True)
    path = _file(table, seed, cache)
    half = path.with_suffix(".half")
    half.write_text("\n".join(dumps(result) for result in (both[0], *both[1])) + "\n", "utf-8")
    half.replace(path)
