"""Train the weights by which victim records are linked, on made-up people: `python tools/persons_weights.py [--people N]`.

Writes src/marsad/resources/persons/weights.json. Two lists each are drawn from one population, in every pair of scripts,
one as an official list writes people down and one as reports do (`benchmarks.people`). m is counted among the pairs that
are one person, u among pairs drawn at random. No real name is used.
"""

import argparse
import json
import math
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.people.lists import Drawn, drawn, loaded  # noqa: E402

from marsad.engines.local import LocalEngine  # noqa: E402
from marsad.link.persons.comparisons import COMPARISONS, RELATED, Level, Weights  # noqa: E402
from marsad.link.persons.kin import KINSHIPS  # noqa: E402
from marsad.link.persons.weights import SCRIPTS, Model  # noqa: E402
from marsad.pipeline.persons import prior, settled, weigh, with_kin  # noqa: E402
from marsad.stage import Query  # noqa: E402

OUT = ROOT / "src" / "marsad" / "resources" / "persons" / "weights.json"
SEED = 20310301
FLOOR = 0.0004
"""No way of differing is rarer than this among records of one person: real lists err in more ways than made ones."""
SAYS_NOTHING = (("own", "own_dropped"), ("line", "line_swapped"))
"""A record that begins with the other's father's name is his child's, cut short, or his own: equally well. That own and
family name changed places is told once, by the own names."""
_FEWEST = 0.5
"""Added to every count, so that what was never seen is rare and not impossible."""


def _case(levels: tuple[Level, ...]) -> str:
    """Return SQL for the key of the level that two views meet."""
    whens = " ".join(f"when {level.condition} then '{level.key}'" for level in levels if level.condition)
    return f"case {whens} else '{levels[-1].key}' end"


def counts(engine: LocalEngine, pairs: str, name: str) -> dict[str, int]:
    """Return how many of the pairs (l, r: vid) meet each level of a comparison."""
    columns = (
        "own own_sk father father_sk grand grand_sk family family_sk known fgh fh tail fg sex age born died place id_ok"
    )
    sides = ", ".join(f"v.{c} as {c}_l, w.{c} as {c}_r" for c in columns.split())
    joined = f"select {sides} from {pairs} p join views v on v.vid = p.l join views w on w.vid = p.r"
    rows = engine.run(Query(f"select {_case(COMPARISONS[name])} as k, count(*) from ({joined}) group by k"))
    return dict(rows)


def shares(found: dict[str, int], levels: tuple[Level, ...]) -> dict[str, float]:
    """Return each level's share of the pairs in which nothing is missing, those of relatives and of strangers apart."""
    kept = {level.key: found.get(level.key, 0) + _FEWEST for level in levels if not level.null}
    whole = {
        related: sum(n for key, n in kept.items() if key.startswith(RELATED) is related) for related in (True, False)
    }
    return {key: count / whole[key.startswith(RELATED)] for key, count in kept.items()}


def trained(lists: list[Drawn], sample: int) -> dict[str, dict[str, tuple[float, float]]]:
    """Return m and u of every level, from lists drawn of one population.

    u of sex, age, day and place is counted apart among relatives, who die together and whose ages lie close.
    """
    with LocalEngine() as engine:
        loaded(engine, lists)
        truth = "join truth t on t.rid = v.rid join truth s on s.rid = w.rid"
        engine.run(
            Query(
                "select v.vid as l, w.vid as r from views v join truth t on t.rid = v.rid join truth s on s.key = t.key "
                "join views w on w.rid = s.rid where v.lst < w.lst",
                "same",
            )
        )
        engine.run(
            Query(
                "select v.vid as l, w.vid as r, v.lst < w.lst as good from views v join views w on v.tail = w.tail",
                "house",
            )
        )
        engine.run(
            Query(
                f"select l, r from house p join views v on v.vid = p.l join views w on w.vid = p.r {truth} "
                "where good and s.key <> t.key",
                "kin",
            )
        )
        [(last,)] = engine.run(Query("select max(vid) from views"))
        drawn_ids = f"cast(1 + hash(i, {SEED}) % {last} as integer) as l, cast(1 + hash(i, {SEED + 1}) % {last} as integer) as r"
        engine.run(Query(f"select {drawn_ids} from range({sample}) x(i)", "any_pairs"))
        engine.run(Query("select v.vid, v.lst, t.key from views v join truth t on t.rid = v.rid", "who"))
        engine.run(
            Query(
                "select p.l, p.r, v.lst < w.lst and v.key <> w.key as good from any_pairs p join who v on v.vid = p.l "
                "join who w on w.vid = p.r",
                "any_judged",
            )
        )
        engine.run(Query("select l, r from any_judged where good", "apart"))
        out: dict[str, dict[str, tuple[float, float]]] = {}
        for name, levels in COMPARISONS.items():
            m, u, kin = (shares(counts(engine, pairs, name), levels) for pairs in ("same", "apart", "kin"))
            out[name] = {
                key: (round(max(m[key], FLOOR), 6), round(kin[key] if key.startswith(RELATED) else u[key], 9))
                for key in m
            }
        for name, key in SAYS_NOTHING:
            out[name][key] = (out[name][key][1], out[name][key][1])
        return out


def without(lists: list[Drawn], *fields: str) -> list[Drawn]:
    """Return the lists without these columns."""
    empty: dict[str, Any] = {"ids": (), "born": None, "died": None, "place": None, "incident": None}
    gone = {field: empty[field] for field in fields}
    return [replace(a, records=[replace(r, **gone) for r in a.records]) for a in lists]


SCENES = (("ids", "born", "died", "place", "incident"), ("died", "place", "incident"), ("ids", "born"), ("ids",))
"""Columns that lists lack, each a scene to be fair in."""


def calibrated(weights: Weights, scripts: str, people: int) -> tuple[float, Counter[tuple[str, bool]]]:
    """Return the bits to add so that chances come true, and how often true and false pairs have which kinship."""
    judged: list[tuple[float, bool]] = []
    kinships: Counter[tuple[str, bool]] = Counter()
    model = Model({scripts: weights}, dict.fromkeys(KINSHIPS, 0.0), 0.5, {}, {})
    for number, gone in enumerate(SCENES):
        lists = without(drawn(Random(SEED + 7 + number), people, scripts, incidents=True), *gone)
        with LocalEngine() as engine:
            base = loaded(engine, lists)
            weigh(engine, model, prior(base, {0, 1}, 0.5))
            pairs, levels = with_kin(engine, model, base, {0, 1}, ([], []))
        keys = [key for a in lists for key in a.keys]
        true = [keys[a] == keys[b] for a, b in zip(pairs.left, pairs.right, strict=True)]
        found = settled(pairs, base, {0, 1}, ([], []))
        kinships.update(
            (told[-1], t)
            for told, t, p in zip(levels, true, found, strict=True)
            if 0.02 < p < 0.98 and told and told[-1] in KINSHIPS
        )
        judged += zip(found, true, strict=True)
    return _offset(judged), kinships


def _offset(judged: list[tuple[float, bool]]) -> float:
    """Return the bits by which the odds of the doubtful have to rise for as many to be true as their chances say."""
    doubtful = [(math.log2(p / (1 - p)), true) for p, true in judged if 0.002 < p < 0.998]
    low, high = -10.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2
        said = sum(1 / (1 + 2 ** -(bits + middle)) for bits, _ in doubtful)
        low, high = (middle, high) if said < sum(true for _, true in doubtful) else (low, middle)
    return round(low, 2)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--sample", type=int, default=20_000_000)
    options = parser.parse_args()
    weights, offset = {}, {}
    kinships: Counter[tuple[str, bool]] = Counter()
    for scripts in SCRIPTS:
        weights[scripts] = trained(drawn(Random(SEED), options.people, scripts, incidents=True), options.sample)
        offset[scripts], seen = calibrated(weights[scripts], scripts, options.people // 4)
        kinships.update(seen)
        print(scripts, offset[scripts], dict(seen))
    share = {t: sum(kinships[k, t] for k in KINSHIPS) for t in (True, False)}
    kin = {
        k: round(
            math.log2((kinships[k, True] + 1) / share[True]) - math.log2((kinships[k, False] + 1) / share[False]), 2
        )
        for k in KINSHIPS
    }
    made = {"by": "tools/persons_weights.py", "seed": SEED, "people": options.people, "sample": options.sample}
    model = {"made": made, "share": 0.5, "offset": offset, "kin": kin, "weights": weights}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
