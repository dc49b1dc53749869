"""What deriving costs as reports grow: processor seconds of each step, memory, disk; how each grows, and what more would cost.

    python -m benchmarks.scale [SIZE …] [--engine spark --master 'local[2]'] [--write docs/scale.md] [--keep FOLDER]

Each size is a simulated world of about so many reports, derived by `marsad derive` in a process of its own. A step's exponent
is the logarithm of its growth in processor seconds over that of the reports, between the smallest and the largest size: 1.0
is linear. Processor seconds are those of all processes, Java among them, and say more on a busy machine than the clock does.
With --write the tables go between the marks in that page, in place of those of the last time. With --keep it may be stopped at
any time and started again: worlds, what was derived and what was measured lie in FOLDER, and it goes on there, unless marsad
reads or derives otherwise by then. What it is at goes to stderr.
"""

import argparse
import json
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.processes import memory
from marsad.model.ids import content_id
from marsad.pipeline.derive import derivation_version
from marsad.pipeline.run import Reader

A_REPORT = 4.9
"""Reports of an incident in a simulated world, about."""

STEPS = ("read", "ranks", "copies", "tellings", "pairs", "groups", "weighing", "tolls", "doubts", "rejections")
MARKS = ("<!-- measured: begin -->", "<!-- measured: end -->")
_PRICE = 0.05
"""Dollars of an hour of one virtual processor with 4 GB, as clouds list it in 2026 without a discount."""

_MACHINE = 16
_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One derivation: processor seconds and seconds by the clock of each step; memory at most, disk and text in bytes."""

    reports: int
    claims: int
    incidents: int
    cpu: Mapping[str, float]
    clock: Mapping[str, float]
    memory: int
    disk: int
    disk_most: int
    text: int


def measure(size: int, folder: Path, options: Sequence[str], further: Sequence[str] = (), seed: int = 1) -> Measured:
    """Return what deriving a world of about so many reports costs; `further` options change the cost and not what comes out."""
    kept = folder / f"measured{size}-{_named(options)}.json"
    if kept.exists():
        return Measured(**json.loads(kept.read_text()))
    world, out = folder / f"world{size}", folder / f"out{size}-{_named(options)}"
    if not world.exists():
        _simulated(world, size, seed)
    log = folder / f"steps{size}-{_named(options)}.jsonl"
    watched = _Watched(log.with_suffix(".most.json"))
    inner = [
        sys.executable,
        "-m",
        "benchmarks.scale_steps",
        str(log),
        str(world / "reports"),
        str(out),
        *options,
        *further,
    ]
    with subprocess.Popen(inner, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        watched.start(process.pid, out)
        assert process.stdout is not None
        printed = process.stdout.read()  # its input stays open as long as this process lives
        process.wait()
        watched.stop()
        if process.returncode:
            raise SystemExit(f"deriving {size:,} reports failed")
    done = json.loads(printed.splitlines()[-1])
    steps = [json.loads(line) for line in log.read_text().splitlines() if line.endswith("}")]
    cpu, clock = _spent(steps, "cpu"), _spent(steps, "clock")
    text = sum(f.stat().st_size for f in (world / "reports").glob("*"))
    counts = done["reports"], done["claims"], done["incidents"]
    left = size_of(out)
    made = Measured(*counts, cpu, clock, watched.memory, left, max(left, watched.disk_most), text)
    kept.write_text(json.dumps(asdict(made)))
    return made


def _named(options: Sequence[str]) -> str:
    """Return what names a way of deriving in the names of files."""
    version = content_id(derivation_version(("airwars", "ucdp")), Reader.over(None).version)[:8]
    return "-".join(re.sub(r"\W", "", option) for option in (*options, version))


def _simulated(world: Path, size: int, seed: int) -> None:
    """Make a world; it gets its name when it is whole."""
    part = world.with_name(f"{world.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    incidents = str(max(10, round(size / A_REPORT)))
    command = ["simulate", str(part), "--incidents", incidents, "--format", "parquet", "--seed", str(seed)]
    subprocess.run(
        [sys.executable, "-c", "from marsad.cli import main; main()", *command], check=True, stdout=sys.stderr
    )
    part.rename(world)


def _spent(steps: Sequence[Mapping[str, float | str]], what: str) -> dict[str, float]:
    """Return how much each step spent, in all processes that were at it: between what one of them noted and noted next."""
    spent: dict[str, float] = {}
    for one, after in pairwise(steps):
        name = str(one["step"])
        if one["process"] == after["process"] and name in STEPS:
            spent[name] = spent.get(name, 0.0) + float(after[what]) - float(one[what])
    return spent


class _Watched:
    """The most memory that a process and all it started held, looked at every half second; the most disk, now and then.

    What was seen is kept in a file, and goes on from there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        seen: tuple[int, int] = json.loads(file.read_text()) if file.exists() else (0, 0)
        self.memory, self.disk_most = seen
        self._over = threading.Event()

    def start(self, pid: int, folder: Path) -> None:
        self._thread = threading.Thread(target=self._watch, args=(pid, folder), daemon=True)
        self._thread.start()

    def _watch(self, pid: int, folder: Path) -> None:
        turn = 0
        while not self._over.wait(0.5):
            self.memory = max(self.memory, memory(pid))
            turn += 1
            if turn % 20 == 0:
                self.disk_most = max(self.disk_most, size_of(folder))
                self._file.write_text(json.dumps([self.memory, self.disk_most]))

    def stop(self) -> None:
        self._over.set()
        self._thread.join()


def size_of(folder: Path) -> int:
    """Return the bytes of a folder; files that go while it is looked at count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def exponent(small: Measured, large: Measured, step: str) -> float | None:
    """Return how a step grows: 1.0 is linear; None where it took no time to speak of."""
    if step not in small.cpu or small.cpu[step] < 0.2 or large.reports <= small.reports:
        return None
    return math.log(max(large.cpu[step], 0.01) / small.cpu[step]) / math.log(large.reports / small.reports)


def tables(runs: Sequence[Measured], engine: str) -> str:
    """Return what was measured, and what follows for more reports, as Markdown."""
    first, last = runs[0], runs[-1]
    where = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, engine {engine}"
    head = " | ".join(f"{r.reports:,}" for r in runs)
    lines = [f"Measured on {where}; load while it ran: {os.getloadavg()[0]:.1f}.", ""]
    lines += [f"| processor seconds | {head} | a million | exponent |", "|---" * (len(runs) + 3) + "|"]
    for step in (*STEPS, "all"):
        spent = [sum(r.cpu.values()) if step == "all" else r.cpu.get(step, 0.0) for r in runs]
        grows = _all(first, last) if step == "all" else exponent(first, last, step)
        cells = " | ".join(f"{s:,.1f}" for s in spent)
        million = spent[-1] * 1e6 / last.reports
        lines.append(f"| {step} | {cells} | {million:,.0f} | {'–' if grows is None else f'{grows:.2f}'} |")
    lines.append("| seconds by the clock | " + " | ".join(f"{sum(r.clock.values()):,.1f}" for r in runs) + " | | |")
    lines.append("| memory at most, GB | " + " | ".join(f"{r.memory / 1e9:.2f}" for r in runs) + " | | |")
    lines.append(
        "| left on disk, bytes a report | " + " | ".join(f"{r.disk / r.reports:,.0f}" for r in runs) + " | | |"
    )
    most = " | ".join(f"{r.disk_most / r.reports:,.0f}" for r in runs)
    lines.append(f"| disk at most, bytes a report | {most} | | |")
    return "\n".join([*lines, "", *_more(first, last), "", bends(first, last)])


def bends(first: Measured, last: Measured) -> str:
    """Return which step grows fastest, and where it would cost as much as reading: what bends first, by these figures."""
    grows = {step: g for step in last.cpu if (g := exponent(first, last, step)) is not None and step != "read"}
    reading = max(1.0, exponent(first, last, "read") or 1.0)
    faster = {step: g for step, g in grows.items() if g > max(1.02, reading)}
    if not faster:
        return "No step grows faster than the reports by more than these measurements tell apart: none bends."
    step = max(faster, key=lambda name: faster[name])
    factor = (last.cpu["read"] / max(last.cpu[step], 0.01)) ** (1 / (faster[step] - reading))
    where = last.reports * factor
    beyond = "beyond 10¹²" if where > 1e12 else f"at some {float(f'{where:.1g}'):,.0f}"
    return (
        f"Of what is measured here *{step}* grows fastest (exponent {faster[step]:.2f}): it would cost as much as reading "
        f"{beyond} reports."
    )


def _all(first: Measured, last: Measured) -> float | None:
    if last.reports <= first.reports:
        return None
    return math.log(sum(last.cpu.values()) / sum(first.cpu.values())) / math.log(last.reports / first.reports)


def _more(first: Measured, last: Measured) -> list[str]:
    """Return the rows of what 10⁷ to 10⁹ reports take, each step grown by its own exponent (1.0 where it was below that)."""
    lines = [
        f"| reports | processor hours | machines of {_MACHINE} for a day | hours on ten | dollars | disk, GB | largest step |",
        "|---|---|---|---|---|---|---|",
    ]
    for size in (10**7, 10**8, 10**9):
        spent = {}
        for step in last.cpu:
            grows = max(1.0, exponent(first, last, step) or 1.0)
            spent[step] = last.cpu[step] * (size / last.reports) ** grows / 3600
        hours = sum(spent.values())
        most = max(spent, key=lambda step: spent[step])
        machines = math.ceil(hours / (_MACHINE * _DAY))
        disk = size * last.disk / last.reports / 1e9
        lines.append(
            f"| {size:,} | {hours:,.0f} | {machines:,} | {hours / (10 * _MACHINE):,.1f} | {hours * _PRICE:,.0f} "
            f"| {disk:,.0f} | {most} ({spent[most] / hours:.0%}) |"
        )
    lines += [
        "",
        f"An hour of one processor with 4 GB is put at {_PRICE} dollars; ten machines are ten of {_MACHINE} processors.",
    ]
    return lines


def main() -> None:
    """Measure every size and print, or write, the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--engine", choices=["local", "spark"], default="local")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--memory", help="what joins of the local engine may hold in memory; its own default if not given"
    )
    parser.add_argument("--write", type=Path, help="the page whose marked part is written anew")
    parser.add_argument("--keep", type=Path, help="where to leave worlds and tables; a temporary folder otherwise")
    parser.add_argument("--json", type=Path, help="where to leave what was measured, as JSON")
    options = parser.parse_args()
    chosen = ["--engine", options.engine]
    chosen += ["--master", options.master] if options.engine == "spark" else ["--processes", str(options.processes)]
    further = ["--memory", options.memory] if options.memory else []
    folder = options.keep or Path(tempfile.mkdtemp(prefix="marsad-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        runs = []
        for size in sorted(options.sizes):
            begin = time.perf_counter()
            print(f"{size:,} reports", file=sys.stderr, flush=True)
            runs.append(measure(size, folder, chosen, further))
            print(f"{size:,}: {time.perf_counter() - begin:,.0f} s by the clock", file=sys.stderr)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)
    text = tables(runs, options.engine if options.engine == "local" else f"spark {options.master}")
    print(text)
    if options.json:
        options.json.write_text(json.dumps([asdict(run) for run in runs]))
    if options.write:
        page = options.write.read_text("utf-8")
        before, _, rest = page.partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        options.write.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
