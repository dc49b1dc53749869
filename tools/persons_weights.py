"""Train the weights by which victim records are linked, on made-up people: `python tools/persons_weights.py [--people N]`.

Writes src/marsad/resources/persons/weights.json. Two lists each are drawn from one population, in every pair of scripts,
one as an official list writes people down and one as reports do (`benchmarks.people`). m is counted among the pairs that
are one person, u among pairs drawn at random. No real name is used.
"""

import argparse
import json
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.people.lists import Drawn, drawn, loaded  # noqa: E402
from marsad.engines.local import LocalEngine  # noqa: E402
from marsad.link.persons.comparisons import COMPARISONS, Level  # noqa: E402
from marsad.stage import Query  # noqa: E402

OUT = ROOT / "src" / "marsad" / "resources" / "persons" / "weights.json"
SEED = 20310301
_FEWEST = 0.5
"""Added to every count, so that what was never seen is rare and not impossible."""


def _case(levels: tuple[Level, ...], a: str, b: str) -> str:
    """Return SQL for the key of the level that two views meet."""
    whens = " ".join(f"when {level.condition} then '{level.key}'" for level in levels if level.condition)
    return f"case {whens} else '{levels[-1].key}' end"


def counts(engine: LocalEngine, pairs: str, name: str) -> dict[str, int]:
    """Return how many of the pairs (l, r: vid) meet each level of a comparison."""
    columns = "own own_sk father father_sk grand grand_sk family family_sk known fgh fh tail fg sex age born died place id_ok"
    sides = ", ".join(f"v.{c} as {c}_l, w.{c} as {c}_r" for c in columns.split())
    joined = f"select {sides} from {pairs} p join views v on v.vid = p.l join views w on w.vid = p.r"
    rows = engine.run(Query(f"select {_case(COMPARISONS[name], 'l', 'r')} as k, count(*) from ({joined}) group by k"))
    return dict(rows)


def shares(found: dict[str, int], levels: tuple[Level, ...]) -> dict[str, float]:
    """Return each level's share of the pairs in which nothing is missing."""
    kept = {level.key: found.get(level.key, 0) + _FEWEST for level in levels if not level.null}
    whole = sum(kept.values())
    return {key: count / whole for key, count in kept.items()}


def trained(lists: list[Drawn], sample: int) -> dict[str, dict[str, tuple[float, float]]]:
    """Return m and u of every level, from lists drawn of one population."""
    with LocalEngine() as engine:
        loaded(engine, lists)
        engine.run(
            Query(
                "select v.vid as l, w.vid as r from views v join truth t on t.rid = v.rid join truth s on s.key = t.key "
                "join views w on w.rid = s.rid where v.lst < w.lst",
                "same",
            )
        )
        engine.run(Query("select setseed(0.5)"))
        [(last,)] = engine.run(Query("select max(vid) from views"))
        engine.run(
            Query(
                f"select v.vid as l, w.vid as r from (select 1 + cast(floor(random() * {last}) as integer) as a, "
                f"1 + cast(floor(random() * {last}) as integer) as b from range({sample})) p "
                "join views v on v.vid = p.a join views w on w.vid = p.b where v.lst < w.lst",
                "apart",
            )
        )
        out: dict[str, dict[str, tuple[float, float]]] = {}
        for name, levels in COMPARISONS.items():
            m, u = (shares(counts(engine, pairs, name), levels) for pairs in ("same", "apart"))
            out[name] = {key: (round(m[key], 7), round(u[key], 9)) for key in m}
        return out


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--sample", type=int, default=20_000_000)
    options = parser.parse_args()
    weights = {}
    for scripts in ("aa", "al", "ll"):
        weights[scripts] = trained(drawn(Random(SEED), options.people, scripts, incidents=True), options.sample)
    made = {"by": "tools/persons_weights.py", "seed": SEED, "people": options.people, "sample": options.sample}
    model = {"made": made, "share": 0.5, "kin": {"line": 6.0, "family": 2.0}, "weights": weights}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
