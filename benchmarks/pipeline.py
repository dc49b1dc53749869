"""What a day's work costs: reports per second for add, extract, run, publish and verify, and how each grows.

    python -m benchmarks.pipeline [SIZE …] [--keep FOLDER] [--without publish]

Each size is ten times the one before it by default (1000 10000 100000). A step's growth is its time over its time at the
size before, divided by the ratio of the sizes: 1.0 is linear. Times are of one process chain on this machine and say little
alone; the ratios within one run are what counts.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import corpus
from marsad.collect.incoming import Incoming
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publish import publish
from marsad.pipeline.reading import read_reports
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory


def _incoming(size: int) -> list[Incoming]:
    return [
        Incoming(f"report {n}", made.text.encode(), made.outlet, made.published, "en", None, None)
        for n, made in enumerate(corpus(size))
    ]


def measure(size: int, folder: Path, without: Sequence[str] = ()) -> tuple[dict[str, float], str]:
    """Return the seconds that each step takes for `size` reports, and what came out of it; `without` is left out."""
    items = _incoming(size)
    observatory = Observatory.init(folder / f"obs{size}", "benchmark", datetime.now(UTC))
    seconds: dict[str, float] = {}

    def timed(step: str, work: Callable[[], object]) -> object:
        sys.stderr.write(f"{size:>8,} {step} …\r")
        begin = time.perf_counter()
        result = work()
        seconds[step] = time.perf_counter() - begin
        return result

    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        timed("add", lambda: sum(1 for _ in service.receive_all(items, lambda: datetime.now(UTC))))
    timed("extract", lambda: sum(len(read.claims) for read in read_reports((i.name, i) for i in items)))
    outcome = timed("run", lambda: run(observatory))
    timed("run again", lambda: run(observatory))
    if "publish" not in without:
        timed("publish", lambda: publish(observatory.path, folder / f"record{size}", datetime.now(UTC), os.urandom))
    timed("verify", lambda: verify_observatory(observatory.path))
    return seconds, str(outcome)


def main() -> None:
    """Measure every size and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="where to leave the observatories; a temporary folder otherwise")
    parser.add_argument("--without", action="append", choices=["publish"], default=[], help="a step to leave out")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    before: tuple[int, dict[str, float]] | None = None
    try:
        for size in options.sizes:
            seconds, outcome = measure(size, folder, options.without)
            print(f"\n{size:,} reports: {outcome}")
            print(f"{'step':<10} {'seconds':>9} {'reports/s':>10} {'growth':>7}")
            for step in seconds:
                growth = ""
                if before is not None:
                    growth = f"{seconds[step] / before[1][step] / (size / before[0]):.2f}"
                print(f"{step:<10} {seconds[step]:>9.1f} {size / seconds[step]:>10,.0f} {growth:>7}", flush=True)
            before = size, seconds
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
