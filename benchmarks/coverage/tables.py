"""Counts what the study's records say: `python -m benchmarks.coverage.tables --from DIR [--write]`.

Prints coverage by design and method; with `--write` also makes `resources/estimating/coverage.json`, which estimates
are printed beside. Where a run left latent classes out (`study --quick`), the headline is counted under a name of its own:
asking classes too can only widen it or refuse it, so that what it holds without them it would hold with them.
"""

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import mean, median
from typing import Any

from scipy.stats import beta

from benchmarks.coverage.designs import DESIGNS
from benchmarks.coverage.rule import SLOW, by_rule, closed, result_of
from benchmarks.coverage.study import CLASSES, METHODS, records
from marsad.estimate import CaptureTable, Result
from marsad.estimate.headline import methods_for
from marsad.estimate.reached import shape_of

OUT = Path(__file__).parents[2] / "src/marsad/resources/estimating/coverage.json"

WITHOUT = f"headline, {SLOW} not asked"

Row = dict[str, Any]


def outcomes(record: Row) -> Iterable[tuple[str, Result]]:
    """Method and result for every method of a record, and the headlines that today's rule makes of them."""
    table = CaptureTable.from_patterns(record["lists"], record["counts"])
    results = {said["method"]: result_of(table, said) for said in record["said"]}
    for said in record["said"]:
        if not said.get("chosen"):  # asked for the headline's sake alone, of tables that are no fair sample for it
            yield said["method"], results[said["method"]]
    if SLOW in results or closed(table, results):
        yield "headline", by_rule(table, results, [name for name in methods_for(table) if name in results])
    yield WITHOUT, by_rule(table, results, [name for name in methods_for(table) if name != SLOW])


def count(found: list[tuple[Result, int]]) -> Row:
    """One row of figures over results and truths: rates are shares of 1, bias and width relative to the truth.

    `covered`, `below` (the truth lies under the interval) and `above` are of those that gave a headline; None where
    none did. `at_least` and `at_most` bound the rate that this many replicates can tell (95 %, Clopper and Pearson 1934).
    """
    spoken = [(result.headline, truth) for result, truth in found if result.headline is not None]
    row: Row = {"replicates": len(found), "abstained": round(1 - len(spoken) / len(found), 4)}
    if not spoken:
        return row | dict.fromkeys(("covered", "error", "at_least", "at_most", "below", "above", "bias", "width"))
    held = mean(low <= truth <= high for (low, _, high), truth in spoken)
    yes, no = round(held * len(spoken)), round((1 - held) * len(spoken))
    ends = {"at_least": float(beta.ppf(0.025, yes, no + 1)) if yes else 0.0,
            "at_most": float(beta.ppf(0.975, yes + 1, no)) if no else 1.0}  # fmt: skip
    return row | {name: round(end, 4) for name, end in ends.items()} | {
        "covered": round(held, 4), "error": round(math.sqrt(held * (1 - held) / len(spoken)), 4),
        "below": round(mean(truth < low for (low, _, _), truth in spoken), 4),
        "above": round(mean(truth > high for (_, _, high), truth in spoken), 4),
        "bias": round(median(point / truth - 1 for (_, point, _), truth in spoken), 4),
        "width": round(median((high - low) / truth for (low, _, high), truth in spoken), 4),
    }  # fmt: skip


def first_open(kept: Iterable[Row]) -> dict[str, int]:
    """For each design the first replicate whose headline nobody knows yet: only those before it are a fair sample."""
    known: dict[str, set[int]] = defaultdict(set)
    for record in kept:
        if any(method == "headline" for method, _ in outcomes(record)):
            known[record["design"]].add(record["replicate"])
    return {name: next(k for k in range(len(found) + 1) if k not in found) for name, found in known.items()}


def study(folder: Path) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows by design and method, by shape of table and method, and one for each real case."""
    simulated = {design.name for design in DESIGNS}
    by_design: dict[tuple[str, str], list[tuple[Result, int]]] = defaultdict(list)
    by_shape: dict[tuple[str, str], list[tuple[Result, int]]] = defaultdict(list)
    worlds: dict[str, set[str]] = defaultdict(set)
    real: list[Row] = []
    kept = records(folder)
    settled = first_open(kept)
    for record in kept:
        shape = shape_of(CaptureTable.from_patterns(record["lists"], record["counts"]))
        for method, result in outcomes(record):
            if method == "headline" and record["replicate"] >= settled.get(record["design"], 1):
                continue
            pair = (result, record["truth"])
            if record["design"] in simulated:
                by_design[record["design"], method].append(pair)
                by_shape[shape, method].append(pair)
                worlds[shape].add(record["design"])
            else:
                by_design["real lists", method].append(pair)
                quoted = result.headline
                ends = dict(zip(("low", "point", "high"), map(round, quoted or ()), strict=False))
                real.append(
                    {
                        "case": record["design"],
                        "method": method,
                        "n": result.n,
                        "truth": record["truth"],
                        "status": str(result.status),
                    }
                    | ends
                )
    designs = [{"design": name, "method": method} | count(found) for (name, method), found in sorted(by_design.items())]
    about = {shape: {"design": "1 kind of simulated world" if len(names) == 1 else f"{len(names)} kinds of simulated worlds",
                     "nominal": 0.95} for shape, names in worlds.items()}  # fmt: skip
    shapes = [{"method": method, "shape": shape} | about[shape] | count(found)
              for (shape, method), found in sorted(by_shape.items())]  # fmt: skip
    return designs, shapes, real


def shown(
    rows: list[Row],
    columns: tuple[str, ...] = ("covered", "at_least", "at_most", "abstained", "below", "above", "bias", "width"),
) -> str:
    """The rows by design as tables in Markdown, one for each method."""
    lines = []
    for method in [*METHODS, WITHOUT, "headline"]:
        lines += [
            "",
            f"**{method}**",
            "",
            "| design | R | " + " | ".join(columns) + " |",
            "|---|--:|" + "--:|" * len(columns),
        ]
        for row in rows:
            if row["method"] == method:
                cells = ["–" if row[name] is None else f"{row[name]:.2f}" for name in columns]
                lines.append(f"| {row['design']} | {row['replicates']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def totals(rows: list[Row], method: str) -> str:
    """A sentence: in how many simulated tables a method spoke, and in how many of these it held the truth."""
    simulated = [row for row in rows if row["method"] == method and row["design"] != "real lists"]
    spoke = [round(row["replicates"] * (1 - row["abstained"])) for row in simulated]
    held = [round(n * (row["covered"] or 0)) for n, row in zip(spoke, simulated, strict=True)]
    asked = sum(row["replicates"] for row in simulated)
    return f"{method}: spoke in {sum(spoke):,} of {asked:,} simulated tables and held the truth in {sum(held):,}"


def main() -> None:
    """Prints the tables, and writes the file that estimates are printed beside if asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--from", dest="folder", type=Path, default=Path("build/coverage"))
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    designs, shapes, real = study(given.folder)
    print(shown(designs))
    print(f"\n{totals(designs, WITHOUT)}\n{totals(designs, 'headline')}")
    if given.write:
        kept = [row for row in shapes if row["covered"] is not None and row["replicates"] >= 20]
        says = "Written by `python -m benchmarks.coverage.tables --write`; see docs/estimating-latent-classes.md."
        whole = {"says": says, "classes": CLASSES, "designs": {d.name: d.says for d in DESIGNS}, "by_shape": kept,
                 "by_design": designs, "real": [row for row in real if row["method"] == "headline"]}  # fmt: skip
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        OUT.parent.mkdir(parents=True, exist_ok=True)
        OUT.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
