"""What a release costs: pages a second, megabytes, memory, and how long its own verify.py takes, at growing numbers of incidents.

    python -m benchmarks.publishing [INCIDENTS …] [--out FOLDER]

Incidents are made up: two origins, three statements and four figures under each of two methods, in towns of eight provinces
over four years. Files are made as `marsad publish` makes them, in English and Arabic, and written to FOLDER (a new one,
removed at the end), each once and without forcing them to the disk. Printed for each number, each measured in a process of
its own: files, megabytes, seconds, pages a second, peak memory, and the seconds of verify.py, whole and with --record (the
root over all incidents). Building is linear if pages a second stay. Last, the same release is made again and its
checksums compared: the same bytes, or the benchmark fails.
"""

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from marsad import __version__
from marsad.pipeline.assets import asset
from marsad.pipeline.spread import spread_over
from marsad.publish.boundaries import land_for
from marsad.publish.manifest import MANIFEST, SUMS, Checkpoint, listed, manifest_json, sums
from marsad.publish.public import (
    SCHEMA,
    PublicBound,
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicKind,
    PublicMeasure,
    PublicModality,
    PublicOrigin,
    PublicPlace,
    PublicRelease,
    PublicRole,
    PublicRules,
    PublicScope,
    PublicStanding,
    PublicStatement,
    PublicStatus,
    PublicStep,
    PublicText,
    PublicValue,
    compose,
)
from marsad.publish.record import to_json
from marsad.publish.release import release_files, web_files

_PROVINCES = ("Ar Raqqah", "Idlib", "Homs (Hims)", "Hamah", "Aleppo", "Damascus", "Dayr Az Zawr", "Lattakia")
_LANGUAGES = ("en", "ar")


def release_of(count: int) -> PublicRelease:
    """Return a release of so many incidents; the same for the same number."""
    chance = random.Random(count)
    words, day = compose("benchmark"), date(2017, 1, 1)
    rules = PublicRules(24, 72, 5, 20, 1000, 300)
    incidents = tuple(_incident(n, chance) for n in range(count))
    software = compose(__version__)
    return PublicRelease(SCHEMA, 1, words, day, day, words, software, rules, (), (), (), 0, incidents, (), (), ())


def _incident(n: int, chance: random.Random) -> PublicIncident:
    province, day = n % len(_PROVINCES), date(2013, 1, 1) + timedelta(days=chance.randrange(1461))
    town = chance.randrange(2000)
    where = (33 + town % 61 / 20, 36.2 + town % 97 / 20)
    name, name_ar = compose(f"Town {town}"), compose(f"بلدة {town}")
    place = PublicPlace(name, name_ar, compose("SY"), compose(_PROVINCES[province]), *where, 1, None, False)
    low = chance.randrange(1, 40)
    ids = [compose(f"{letter}{n * 8 + k:08x}") for letter in "os" for k in range(3)]
    origins = tuple(
        PublicOrigin(ids[k], compose(f"Monitor {k}"), compose(f"المرصد {k}"), PublicKind.MONITOR, None)
        for k in range(2)
    )
    roles = (PublicRole.COUNTED, PublicRole.COUNTED, PublicRole.COPY)
    said = tuple(_statement(ids[3 + k], ids[k % 2], day, low + k % 2 * 3, role) for k, role in enumerate(roles))
    step = PublicStep(compose("ucdp.only"), _values(low, ids[0]), (ids[3],), ())
    grade = PublicStep(
        compose("grade.weak"), (PublicValue(compose("origin"), None, None, None, (ids[0],), None, None),), (), ()
    )
    figures = tuple(
        _figure(policy, category, low, step)
        for policy in ("airwars", "ucdp")
        for category in (PublicCategory.TOTAL, PublicCategory.CIVILIANS, PublicCategory.CHILDREN, PublicCategory.WOMEN)
    )
    code = compose(f"TOWN-{town}-{day}-{n}")
    party, party_ar, weapon = compose("Government of Syria"), compose("الحكومة السورية"), compose("air strike")
    return PublicIncident(
        code, day, day, 1, place, party, party_ar, weapon, PublicGrade.FAIR, grade, 2, 0, origins, said, figures, 1, 1
    )


def _values(low: int, origin: PublicText) -> tuple[PublicValue, ...]:
    number = PublicValue(compose("n"), low, None, None, (), None, None)
    return number, PublicValue(compose("origin"), None, None, None, (origin,), None, None)


def _statement(name: PublicText, origin: PublicText, day: date, n: int, role: PublicRole) -> PublicStatement:
    words = compose(f"{n} people")
    return PublicStatement(
        id=name,
        origin=origin,
        evidence=None,
        outlet=compose("The Daily Record"),
        published=day + timedelta(days=1),
        address=compose(f"https://record.example/{day}"),
        measure=PublicMeasure.KILLED,
        category=PublicCategory.TOTAL,
        status=PublicStatus.UNKNOWN,
        value=n,
        low=n,
        high=n,
        bound=PublicBound.EXACT,
        modality=PublicModality.ASSERTED,
        scope=PublicScope.INCIDENT,
        role=role,
        part=False,
        derived=False,
        suppressed=False,
        words=words,
        quotation=compose(f"It was said on that day that {words} had been killed in the town."),
    )


def _figure(policy: str, category: PublicCategory, low: int, why: PublicStep) -> PublicFigure:
    best = low if policy == "ucdp" else None
    killed, stated = PublicMeasure.KILLED, PublicStanding.STATED
    return PublicFigure(compose(policy), killed, category, low, best, low + 3, stated, 2, False, why)


def build(count: int, folder: Path | None, processes: int | None) -> dict[str, float | str]:
    """Make every file of a release of so many incidents; write them where a folder is given; return what it cost."""
    release = release_of(count)
    spread = spread_over(processes)
    begun, processor = time.perf_counter(), time.process_time()
    record = to_json(release)
    files = release_files(
        release, record, land_for(release.incidents, asset("boundaries")), web_files(asset("web")), _LANGUAGES, spread
    )
    entries, pages = [], 0
    for path, data in files:
        entries.append(listed(path, data))
        pages += path.endswith(".html")
        if folder is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    manifest = manifest_json(release, entries, _LANGUAGES, Checkpoint(0, "00" * 32))
    entries.append(listed(MANIFEST, manifest))
    if folder is not None:
        (folder / MANIFEST).write_bytes(manifest)
        (folder / SUMS).write_bytes(sums(entries))
    return {
        "incidents": count,
        "files": len(entries),
        "megabytes": sum(one.size for one in entries) / 1e6,
        "pages": pages,
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() + _children() - processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "manifest": hashlib.sha256(manifest).hexdigest(),
    }


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure each number in a process of its own and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--out", type=Path, default=None, help="where files are written (default: a temporary folder)")
    parser.add_argument("--processes", type=int, default=None, help="default: one for each processor")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(build(given.incidents[0], given.out, given.processes)))
        return
    print("incidents    files        MB   seconds  pages/s  processor/page  memory GB  verify.py s  --record s")
    many = [] if given.processes is None else ["--processes", str(given.processes)]
    for count in given.incidents:
        with tempfile.TemporaryDirectory(dir=given.out) as folder:
            cost = _measured(count, *many, "--out", folder)
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-I", f"{folder}/verify.py"], capture_output=True, text=True, check=False
            )
            took = time.perf_counter() - begun
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-I", f"{folder}/verify.py", "--record"], capture_output=True, check=True)
            leaves = time.perf_counter() - begun
            if done.returncode != 0:
                sys.exit(done.stdout[-2000:])
        again = _measured(count)
        if again["manifest"] != cost["manifest"]:
            sys.exit(f"{count} incidents: the same release has other bytes when it is made again")
        speed, each = cost["pages"] / cost["seconds"], cost["processor"] / cost["pages"] * 1000
        head = f"{count:9,} {cost['files']:8,.0f} {cost['megabytes']:9,.1f} {cost['seconds']:9,.1f} {speed:8,.0f}"
        print(f"{head} {each:12.1f} ms {cost['memory']:10.2f} {took:12.1f} {leaves:9.1f}", flush=True)


def _measured(count: int, *options: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.publishing", "--one", *options, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
