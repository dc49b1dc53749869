"""What linking costs: claims to incidents by size, how it grows, and asking for one new report among them.

    python -m benchmarks.linking [SIZE …]

Claims are made: a war of several thousand incidents a year in a few hundred towns, three claims a telling, between one
and thirty reports an incident, dates that are off by a day and places that are a province now and then, one in thirty
spokesmen in each report and up to two of three rare names of the incident. A size's growth
is the logarithm of its time over the time of the size before, by that of the sizes: 1.0 is linear. `ask` is the seconds
that the candidate incidents of one new report take.
"""

import argparse
import math
import random
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from marsad.engines.local import LocalEngine
from marsad.link.tellings import telling_of
from marsad.link.weights import default_weights
from marsad.model import ReportId
from marsad.model.schema import INCIDENT
from marsad.model.schema_linking import FACET
from marsad.pipeline.candidates import candidates_among
from marsad.pipeline.linking import Linking, link
from marsad.store.derived import Derived

_DAY, _TOWNS = 734_000, 400


def _name(dice: random.Random) -> str:
    """Return a name as a facet holds it: five consonants in ten classes, and a spelling."""
    bones = "".join(dice.choice("BKTFJRLMNX") for _ in range(5))
    return f"{bones}:{bones.lower()}"


def facets(claims: int, seed: int = 7) -> tuple[pa.Table, pa.Table]:
    """Return about so many facets of claims, and the table of their reports."""
    dice = random.Random(seed)
    towns = [(f"t{n}", 33 + dice.random() * 4, 36 + dice.random() * 5, f"p{n % 14}") for n in range(_TOWNS)]
    speakers = [_name(dice) for _ in range(30)]
    rows: list[dict[str, object]] = []
    reports: list[dict[str, object]] = []
    days = max(30, claims // 200)
    while len(rows) < claims:
        town, latitude, longitude, province = dice.choice(towns)
        day = _DAY + dice.randrange(days)
        dead = int(dice.paretovariate(1.1))
        rare = [_name(dice) for _ in range(3)]
        for _ in range(min(30, int(dice.paretovariate(0.9)))):
            report = f"r{len(reports)}"
            lag = int(dice.expovariate(0.7))
            told = day + (dice.random() < 0.05)
            wide = dice.random() < 0.05
            number = max(1, dead + int(dice.gauss(0, dead / 8)))
            reports.append({"report_id": report, "rank": 0, "day": day + lag})
            shared = {
                "report_id": report,
                "place_key": province if wide else town,
                "latitude": latitude,
                "longitude": longitude,
                "precision": 4 if wide else 1,
                "country": "SY",
                "admin1": province,
                "day_from": told,
                "day_to": told,
                "reckoned": 0,
                "carried": 0,
                "assumed": 0,
                "inferred": int(len(reports) % 10 == 0),
                "names": " ".join([*dice.sample(rare, dice.randrange(3)), dice.choice(speakers)]),
                "perpetrator": dice.choice(("Government of Syria", None)),
                "weapon": dice.choice(("air strike", "shelling", None)),
                "counts": 1,
            }
            for n, (measure, value, whole) in enumerate(
                (("killed", number, 1), ("injured", number * 2, 1), ("killed", number // 3 + 1, 0))
            ):
                rows.append(
                    {
                        **shared,
                        "claim_id": f"c{len(rows)}",
                        "start": n * 40,
                        "spot": f"{n}:{measure}",
                        "signature": f"{measure}|{value}|{report}",
                        "measure": measure,
                        "group": None if whole else "children",
                        "low": value,
                        "value": value,
                        "high": value,
                        "whole": whole,
                    }
                )
    reports.sort(key=lambda r: (r["day"], r["report_id"]))
    for rank, row in enumerate(reports):
        row["rank"] = rank
    return pa.Table.from_pylist(rows, schema=FACET), pa.Table.from_pylist(reports)


def measure(size: int) -> tuple[float, Linking, LocalEngine]:
    """Return the seconds that linking so many claims takes, what it made, and the engine that holds it."""
    facet, report = facets(size)
    engine = LocalEngine()
    engine.register("facet", facet)
    engine.register("said", facet)
    engine.register("report", report)
    alone = pa.table({"report_id": report.column("report_id"), "leader": report.column("report_id")})
    engine.register("copy", alone)
    engine.register("twin", alone)
    begin = time.perf_counter()
    made = link(engine, default_weights())
    return time.perf_counter() - begin, made, engine


def asking(made: Linking, folder: Path) -> float:
    """Return the seconds that the candidates of one new telling take among these, stored as a run stores them."""
    tellings = made.telling
    ids = tellings.column("telling_id")
    incidents = pa.table(dict.fromkeys(("incident_id", "code"), ids))
    for field in INCIDENT:
        if field.name not in incidents.schema.names:
            incidents = incidents.append_column(field, pa.nulls(len(ids), field.type))
    told = {"incident_id": ids, "claim_id": ids, "role": ids, "rule": ids}
    path = folder / f"{len(ids)}.db"
    Derived.create(path)
    with Derived(path) as derived:
        derived.replace(
            {"telling": tellings, "incident": incidents.select(INCIDENT.names), "membership": pa.table(told)}
        )
        new = replace(
            telling_of(tellings.slice(len(ids) // 2, 1).to_pylist()[0]), telling_id="new", report_id=ReportId("new")
        )
        begin = time.perf_counter()
        candidates_among(derived, new, default_weights())
        return time.perf_counter() - begin


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    before: tuple[int, float] | None = None
    print(f"{'claims':>10} {'tellings':>9} {'pairs':>10} {'seconds':>8} {'growth':>6} {'GB':>5} {'ask':>6}")
    for size in parser.parse_args().sizes:
        sys.stderr.write(f"{size:,} …\r")
        seconds, made, engine = measure(size)
        growth = f"{math.log(seconds / before[1]) / math.log(size / before[0]):.2f}" if before else ""
        with tempfile.TemporaryDirectory() as folder:
            asked = asking(made, Path(folder))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        shape = f"{size:>10,} {made.telling.num_rows:>9,} {made.pair.num_rows:>10,}"
        print(f"{shape} {seconds:>8.1f} {growth:>6} {memory:>5.1f} {asked:>6.2f}", flush=True)
        before = size, seconds
        with engine:
            pass


if __name__ == "__main__":
    main()
