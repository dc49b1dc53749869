"""What one more report costs: `marsad run` after one `marsad add`, in observatories of growing size.

    python -m benchmarks.one_more [SIZE …] [--keep FOLDER]

Sizes are reports (a made-up one makes five claims and a half). Each observatory is filled and run once, then one report of
another incident among them comes in, seven times; printed are the median and the longest of the seven runs, whole
(`run`: reading, linking, tolls, doubts, all written to the store), the median of the processor's seconds, which say more
where other work is done as well, and how often everything was derived anew after all.
With --keep, observatories that are there already are used again.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import corpus
from marsad.collect.incoming import Incoming
from marsad.pipeline import run as running
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

_TIMES = 7


def filled(folder: Path, size: int) -> Observatory:
    """Return an observatory of so many reports, made and run if it is not there."""
    path = folder / f"obs{size}"
    if path.exists():
        return Observatory.open(path)
    observatory = Observatory.init(path, "benchmark", datetime.now(UTC))
    _add(observatory, [_incoming(made.text, made.outlet, n, made.published) for n, made in enumerate(corpus(size))])
    begin = time.perf_counter()
    outcome = run(observatory)
    sys.stderr.write(f"{size:,}: filled and run once in {time.perf_counter() - begin:.0f} s: {outcome}\n")
    return observatory


def one_more(observatory: Observatory, size: int) -> list[tuple[float, float]]:
    """Return the seconds of each run after one more report, and those of the processor."""
    spent = []
    seed = int(time.time())  # others each time, so that a kept observatory can be asked again
    for made in list(corpus(40 * _TIMES, seed))[39::40]:
        _add(observatory, [_incoming(f"{made.text}\n{seed}", made.outlet, size, made.published)])
        begin, busy = time.perf_counter(), time.process_time()
        run(observatory, processes=1)
        spent.append((time.perf_counter() - begin, time.process_time() - busy))
    return spent


def _incoming(text: str, outlet: str, number: int, published: object) -> Incoming:
    return Incoming(f"report {number}", text.encode(), outlet, published, "en", None, None)  # type: ignore[arg-type]


def _add(observatory: Observatory, items: Sequence[Incoming]) -> None:
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        for _ in service.receive_all(items, lambda: datetime.now(UTC)):
            pass


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, default=[1800, 18_000, 182_000])
    parser.add_argument("--keep", type=Path, help="where to leave the observatories; a temporary folder otherwise")
    options = parser.parse_args()
    anew = 0
    before = running._derive_all

    def counted(*given: object) -> None:
        nonlocal anew
        anew += 1
        before(*given)  # type: ignore[arg-type]

    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as made:
        folder = options.keep or Path(made)
        print(f"{'reports':>9} {'claims':>9} {'median s':>9} {'longest':>8} {'CPU s':>6} {'anew':>5}")
        for size in options.sizes:
            observatory = filled(folder, size)
            anew = 0
            running._derive_all = counted  # type: ignore[assignment]
            spent = one_more(observatory, size)
            running._derive_all = before
            with observatory.derived(read_only=True) as derived:
                claims = derived.count("claim")
            wall, busy = zip(*spent, strict=True)
            took = f"{statistics.median(wall):>9.2f} {max(wall):>8.2f} {statistics.median(busy):>6.2f}"
            print(f"{size:>9,} {claims:>9,} {took} {anew:>5}", flush=True)


if __name__ == "__main__":
    main()
