"""Latent classes against the R package LCMCR: effective draws of N for a second of processor time, on the same tables.

`python -m benchmarks.estimate_lcmcr` prints, for each table of ../shared that has a run of R (K = 10, Gamma(.25, .25), four
chains of 110,500 sweeps), what both reach. R's figures are those of the reference files: ESS by coda over the thinned draws,
user seconds of all chains. Ours count everything from the start: annealing, burn-in, sweeps; ESS is rank-normalised bulk ESS
of N. Chains go on until they reach R's ESS and a split R-hat below 1.02. Compiling (some seconds, once a machine) is apart.
Each table is run with several seeds; the row is the run in the middle, and beside it stands the slowest.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from marsad.estimate import CaptureTable
from marsad.estimate.latent.chains import anneal, join, run, settle
from marsad.estimate.latent.diagnose import ess_bulk, rhat
from marsad.estimate.latent.fit import WARM
from marsad.estimate.latent.start import Marks, Prior, starts

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "mse"
NAMES = (
    "neworleans_5lists",
    "australia_4lists",
    "uk_2013_6lists",
    "kosovo_1999",
    "uk_2013_5lists",
    "netherlands_5lists",
)

CHAINS, BLOCK, MOST = 4, 500, 64_000


def reference(found: dict[str, Any]) -> tuple[float, float, float, float]:
    """R's effective draws, seconds, R-hat and median."""
    run_of_r = next(row for row in found["reference_results"] if row["tool"].startswith("R LCMCR"))
    seconds = sum(chain["user_s"] for chain in run_of_r["chains"])
    return run_of_r["ess_coda"], seconds, run_of_r["rhat_coda_log"], run_of_r["pooled_4_chains"]["quantiles"]["50%"]


def ours(table: CaptureTable, wanted: float, seed: int) -> tuple[float, float, float, float]:
    """Our effective draws once they reach `wanted`, processor seconds for all of it, R-hat and median."""
    marks, prior = Marks.of(table.canonical()), Prior(10, 20 * table.n)
    begun = starts(marks, prior, np.random.SeedSequence(seed), CHAINS)
    clock = time.process_time()
    for number, chain in enumerate(begun):
        if number % 2:
            settle(chain, marks, prior, WARM)
        else:
            anneal(chain, marks, prior, WARM)
    block, done = BLOCK, 0
    trace = join([run(chain, marks, prior, block) for chain in begun], 0)
    while True:
        done += block
        logs = np.log(trace.unseen + float(table.n))
        size = ess_bulk(logs)
        if (size >= wanted and rhat(logs) < 1.02) or done >= MOST:
            break
        block = done // 2 + BLOCK
        trace = join([trace, join([run(chain, marks, prior, block) for chain in begun], 0)], 1)
    return size, time.process_time() - clock, rhat(logs), float(np.exp(np.median(logs)))


def main() -> None:
    """Prints one row for each table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=5)
    given = options.parse_args()
    began = time.process_time()
    small = CaptureTable.from_patterns("ABC", {"100": 9, "010": 8, "001": 7, "110": 3})
    ours(small, 1.0, 1)
    print(f"compiled and warmed up in {time.process_time() - began:.1f} s")
    print("| table | R: ESS | CPU s | R-hat | median | marsad: ESS | CPU s | R-hat | median | at equal ESS | slowest |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in NAMES:
        found = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        table = CaptureTable.from_patterns(found["lists"], {row["pattern"]: row["count"] for row in found["patterns"]})
        size, seconds, split, middle = reference(found)
        runs = []
        for seed in range(1, given.seeds + 1):
            mine, cpu, mine_split, mine_middle = ours(table, size, seed)
            runs.append(
                (seconds / cpu * mine / size, f"{mine:,.0f} | {cpu:.2f} | {mine_split:.3f} | {mine_middle:,.0f}")
            )
        runs.sort()
        faster, told = runs[len(runs) // 2]
        theirs = f"{size:,.0f} | {seconds:.1f} | {split:.3f} | {middle:,.0f}"
        print(f"| {name} | {theirs} | {told} | {faster:.1f} times | {runs[0][0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
