"""What a list of places costs: importing 1,000, 10,000 and 100,000 rows, how that grows, and whether reading slows down.

    python -m benchmarks.places [SIZE …] [--reports N]

The places are made up. A step's growth is its time over its time at the size before, divided by the ratio of the sizes: 1.0
is linear, less where a constant part weighs. Reading is measured with the gazetteer that marsad ships and with the
largest list laid over it, in turn, on the same reports. Everything runs in this process; seconds are its seconds of processor
time, so that neighbours on the machine do not count.
"""

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from benchmarks.corpus import corpus
from marsad.extract.stage import extraction
from marsad.model import ReportId, Text
from marsad.model.rows import text_row
from marsad.model.schema import TEXT
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.gazetteer import find, import_lists, places_file
from marsad.pipeline.observatory import Observatory
from marsad.text.gazetteer import Gazetteer

_LATIN = ("ka", "fa", "nu", "ra", "tel", "hiz", "mar", "du", "sib", "qa", "lun", "wa", "zay", "bo", "shi", "dar")
_ARABIC = ("كا", "فا", "نو", "را", "تل", "حز", "مار", "دو", "سب", "قا", "لون", "وا", "زي", "بو", "شي", "دار")
_ROUNDS = 5


def dump(size: int, seed: int = 1) -> Iterator[str]:
    """Yield the lines of a made-up GeoNames dump of Syria: villages, one row in fifty a district, four names each."""
    rng = random.Random(seed)
    for number in range(size):
        parts = [rng.randrange(len(_LATIN)) for _ in range(rng.randrange(2, 5))]
        name = "".join(_LATIN[n] for n in parts).capitalize()
        others = ["".join(_ARABIC[n] for n in parts), f"Kafr {name}", f"Al {name}ah"]
        feature = "A\tADM2" if number % 50 == 0 else "P\tPPL"
        at = f"{rng.uniform(32.5, 37):.5f}\t{rng.uniform(35.8, 42):.5f}"
        tail = (
            f"SY\t\t{number % 14 + 1:02}\t\t\t\t{rng.choice(('0', '0', '0', '1200'))}\t\t300\tAsia/Damascus\t2026-01-01"
        )
        yield f"{90_000_000 + number}\t{name}\t{name}\t{','.join(others)}\t{at}\t{feature}\t{tail}\n"


def table(size: int, seed: int = 2) -> Iterator[str]:
    """Yield the lines of a made-up table of p-codes: 14 provinces, 70 districts, the rest settlements with points."""
    rng = random.Random(seed)
    yield "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM4_EN,ADM4_AR,ADM4_PCODE,lat,lon\n"
    for number in range(size):
        parts = [rng.randrange(len(_LATIN)) for _ in range(rng.randrange(2, 5))]
        name, arabic = ("".join(script[n] for n in parts) for script in (_LATIN, _ARABIC))
        one, two = number % 14, number % 70
        district = f"District {chr(65 + two % 26)}{chr(97 + two // 26)}"
        units = f"Province {chr(65 + one)},SY{one:02},{district},SY{one:02}{two:02}"
        at = f"{rng.uniform(32.5, 37):.5f},{rng.uniform(35.8, 42):.5f}"
        yield f"Syria,SY,{units},{name.capitalize()},{arabic},C{number:06},{at}\n"


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measure(size: int, folder: Path) -> tuple[dict[str, float], Path]:
    """Return the seconds that importing a dump and then a table of `size` rows take, and the gazetteer's file."""
    observatory = Observatory.init(folder / f"obs{size}", "places", datetime.now(UTC))
    files = {"dump": folder / f"SY{size}.txt", "p-codes": folder / f"pcodes{size}.csv"}
    files["dump"].write_text("".join(dump(size)), "utf-8")
    files["p-codes"].write_text("".join(table(size)), "utf-8")
    seconds = {
        name: _seconds(lambda path=path: import_lists(observatory, [path], None, datetime.now(UTC), os.urandom))  # type: ignore[misc]
        for name, path in files.items()
    }
    seconds["find"] = _seconds(lambda: find(observatory, "Kafr Kafanu", "SY"))
    return seconds, places_file(observatory)


def reading(files: dict[str, Path], reports: int) -> None:
    """Print how many reports a second are read with each of these gazetteers, the median of several rounds in turn."""
    texts = [
        Text(ReportId(str(n)), made.text, made.published, made.outlet, "en") for n, made in enumerate(corpus(reports))
    ]
    batches = pa.Table.from_pylist([text_row(text) for text in texts], schema=TEXT).to_batches(max_chunksize=256)
    stages = {name: extraction(Gazetteer.open(path)) for name, path in files.items()}
    rates: dict[str, list[float]] = {name: [] for name in files}
    for _ in range(_ROUNDS):
        for name, stage in stages.items():
            rates[name].append(reports / _seconds(lambda stage=stage: list(stage.batches(batches))))  # type: ignore[misc]
    for name, found in rates.items():
        print(f"reading, {name}: {statistics.median(found):,.0f} reports/s ({min(found):,.0f} to {max(found):,.0f})")


def main() -> None:
    """Measure every size and print one table, then reading."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--reports", type=int, default=1000)
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    with tempfile.TemporaryDirectory(prefix="marsad-places-") as name:
        before: tuple[int, dict[str, float]] | None = None
        path = gazetteer_path()
        for size in options.sizes:
            sys.stderr.write(f"{size:>8,} …\r")
            seconds, path = measure(size, Path(name))
            for step, taken in seconds.items():
                growth = "" if before is None else f"{taken / before[1][step] / (size / before[0]):.2f}"
                print(f"{size:>8,} rows  {step:<8} {taken:>7.2f} s {growth:>6}", flush=True)
            before = size, seconds
        reading(
            {"as shipped": gazetteer_path(), f"with {before[0] if before else 0:,} rows of each": path}, options.reports
        )


if __name__ == "__main__":
    main()
