"""Runs the coverage study: `python -m benchmarks.coverage.study --into DIR --replicates 20`, again and again; what is
done is not done twice.

Replicates go round all designs, so that a study stopped at any time has as many of each. A record holds the table, so
that a new rule for the headline can be judged without estimating anew. With `--quick` latent classes, which take most of
the time, are left for a later run, which adds a record of its own; `tables` puts the two together.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.coverage.cases import cases
from benchmarks.coverage.designs import DESIGNS
from benchmarks.coverage.rule import SLOW, closed, result_of
from marsad.estimate import CaptureTable, Result, chao_mh, decomposable, loglinear, sample_coverage
from marsad.estimate.latent.fit import latent_classes
from marsad.estimate.lattice import LETTERS

Job = tuple[str, int, tuple[str, ...], bool]
"""A design's or a case's name, the number of the replicate (0 for a case), the methods to ask, and whether the table was
chosen because of what others said of it."""

CLASSES = {"chains": 4, "sweeps": 8000, "tempering": False}
"""Latent classes run shorter here than by default and untempered: more tables are refused than a user would see
refused.
"""


def pairs(table: CaptureTable) -> str:
    """The model of all pairs, by its generators."""
    return (
        "["
        + ",".join(a + b for i, a in enumerate(LETTERS[: table.n_lists]) for b in LETTERS[i + 1 : table.n_lists])
        + "]"
    )


def independence(table: CaptureTable) -> str:
    """The model of independent lists, by its generators."""
    return "[" + ",".join(LETTERS[: table.n_lists]) + "]"


METHODS: dict[str, Callable[[CaptureTable, int], Result]] = {
    "independence": lambda table, _: loglinear(table, models=[independence(table)]),
    "loglinear": lambda table, _: loglinear(table),
    "loglinear-average": lambda table, _: loglinear(table, average=True),
    "loglinear-average-aic": lambda table, _: loglinear(table, average=True, criterion="aic"),
    "loglinear-pairs": lambda table, _: loglinear(table, models=[pairs(table)]),
    "decomposable": lambda table, _: decomposable(table),
    "sample-coverage": lambda table, seed: sample_coverage(table, replicates=200, seed=seed),
    "chao-mh": lambda table, _: chao_mh(table),
    "latent classes": lambda table, seed: latent_classes(table, seed=seed, **CLASSES),  # type: ignore[arg-type]
}
"""Every estimator of the study, by the name of its results; each is run as a user would run it, but for 200 tables drawn
for sample coverage, and for `CLASSES`.
"""


def one(job: Job) -> dict[str, Any]:
    """The record of one replicate: truth, table and what the methods said. The same whoever runs it and when."""
    name, replicate, wanted, chosen = job
    design = next((design for design in DESIGNS if design.name == name), None)
    if design is None:
        table, truth = next((table, truth) for case, table, truth in cases() if case == name)
    else:
        table, truth = design.draw(replicate)
    said = []
    for method in wanted:
        began = time.process_time()
        result = METHODS[method](table, replicate + 1)
        cautions = [[str(caution.code), str(caution.severity)] for caution in result.cautions]
        numbers = {name: getattr(result, name) for name in ("point", "low", "high", "log_error")}
        cpu = round(time.process_time() - began, 3)
        said.append({"method": method, "status": str(result.status)} | numbers | {"cautions": cautions, "cpu": cpu})
        if chosen:
            said[-1]["chosen"] = True
    return {
        "design": name,
        "replicate": replicate,
        "truth": truth,
        "lists": list(table.lists),
        "counts": table.texts(),
        "said": said,
    }


def records(folder: Path) -> list[dict[str, Any]]:
    """What earlier runs left in the folder, one record for each replicate whoever was asked when.

    A last line cut off by a crash is passed over.
    """
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            first = found.setdefault((record["design"], record["replicate"]), record)
            if first is not record:
                known = {said["method"] for said in first["said"]}
                first["said"] += [said for said in record["said"] if said["method"] not in known]
    return list(found.values())


def undecided(replicates: int, done: Iterable[dict[str, Any]]) -> list[Job]:
    """Where the quick methods alone leave the headline open, and latent classes were not asked."""
    out: list[Job] = []
    for record in sorted(done, key=lambda record: int(record["replicate"])):
        table = CaptureTable.from_patterns(record["lists"], record["counts"])
        results = {said["method"]: result_of(table, said) for said in record["said"]}
        if SLOW not in results and record["replicate"] < replicates and not closed(table, results):
            out.append((record["design"], record["replicate"], (SLOW,), True))
    return out


def jobs(replicates: int, methods: Sequence[str], done: Iterable[dict[str, Any]]) -> list[Job]:
    """What is still to do: cases first, then a replicate of every design after the other."""
    known = {(record["design"], record["replicate"]): {said["method"] for said in record["said"]} for record in done}
    wanted = [(name, 0) for name, _, _ in cases()]
    wanted += [(design.name, replicate) for replicate in range(replicates) for design in DESIGNS]
    left = [(*at, tuple(method for method in methods if method not in known.get(at, ())), False) for at in wanted]
    return [job for job in left if job[2]]


def main() -> None:
    """Runs what is missing and says how far it is."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--into", type=Path, default=Path("build/coverage"), help="Folder for the records (build/coverage)."
    )
    options.add_argument(
        "--replicates", type=int, default=20, help="Replicates of each design (20; published figures: 500)."
    )
    options.add_argument(
        "--workers", type=int, default=1, help="Processes (1); the records are the same for any number."
    )
    options.add_argument("--quick", action="store_true", help=f"Leave {SLOW} for a later run.")
    options.add_argument("--open", action="store_true", help=f"Only ask {SLOW} where the headline hangs on them.")
    options.add_argument("--only", nargs="+", metavar="DESIGN", help="Designs to run (all).")
    given = options.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    methods = [method for method in METHODS if method != SLOW or not given.quick]
    done = records(given.into)
    todo = undecided(given.replicates, done) if given.open else jobs(given.replicates, methods, done)
    todo = [job for job in todo if not given.only or job[0] in given.only]
    print(f"{len(todo):,} replicates to run")
    with (given.into / "records.jsonl").open("a", encoding="utf-8") as file, ProcessPoolExecutor(given.workers) as pool:
        for number, record in enumerate(pool.map(one, todo), 1):
            file.write(json.dumps(record) + "\n")
            file.flush()
            if number % 50 == 0:
                print(f"{number:,} of {len(todo):,}", flush=True)


if __name__ == "__main__":
    main()
