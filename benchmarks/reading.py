"""How fast reports are read, next to what else can be installed, on the same made-up reports in one run.

    python -m benchmarks.reading [--python READER=INTERPRETER …] [--size N] [--reports FOLDER …] [--json]

Reports/s/core are reports a second of processor time in the best of nine slices, read in three rounds in which the readers
take turns, each in a process of its own that has read other reports before: what else runs on a machine only ever slows a
slice. "relevant" reports all tell of a raid and count people about twice in a hundred words; "dense" ones in every other
sentence; in a "stream" one in five tells of a raid. `--reports` names a folder of marked reports (docs/evaluating.md); those
in English that count people are one more mix, timed over all nine slices, which share no report. A reader that an interpreter
lacks is named and left out: `--python gdelt-regkg=python3.12` tells which one has it. The ratios within one run are what counts.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import Made
from benchmarks.stories import stories, story_languages
from benchmarks.timed import READERS
from marsad.text.lexicon import languages

MIXES = {"relevant": (1, 2), "dense": (1, 4), "stream": (5, 2)}
"""One report in so many tells of a raid, with so many sentences of tolls after its first."""

_WARM, _SLICES, _ROUNDS, _STARTS = 50, 9, 3, 5
_LENGTHS = {1_000: 100, 10_000: 20, 100_000: 3, 1_000_000: 1}
"""How often a report of so many characters is read for one figure."""

Row = dict[str, Any]


def rows(made: Sequence[Made], lang: str = "") -> list[Row]:
    """Return made-up reports as a reader's process takes them."""
    return [{"text": m.text, "lang": lang, "published": m.published.isoformat(), "outlet": m.outlet} for m in made]


def asked(lang: str, mix: str, size: int) -> Row:
    """Return what a reader is to read: reports to warm up on, then slices of others."""
    one_in, tolls = MIXES[mix]
    made = rows(list(stories(lang, size * _SLICES, one_in, tolls=tolls)), lang)
    slices = [made[k * size : (k + 1) * size] for k in range(_SLICES)]
    return {"warm": rows(list(stories(lang, _WARM, one_in, seed=2, tolls=tolls)), lang), "slices": slices}


def marked(folder: Path) -> Row | None:
    """Return the English reports of a folder that count people, as a reader's process takes them; None where there are none."""
    given = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    counting = [r for r in given if r["lang"] == "en" and not r.get("hard_negative")]
    read = [{key: r.get(key) or "" for key in ("text", "lang", "published", "outlet")} for r in counting]
    slices = [part for k in range(_SLICES) if (part := read[k::_SLICES])]
    return {"warm": rows(list(stories("en", _WARM, 1, seed=2)), "en"), "slices": slices} if read else None


def timed(reader: str, python: str, work: Row) -> Row | None:
    """Return a reader's figures, None where this interpreter cannot run it; `start` is seconds to the first result."""
    command = [python, "-m", "benchmarks.timed", reader]
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as wrong:
        json.dump(work, given)
        given.seek(0)
        begin = time.perf_counter()
        with subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=wrong, text=True) as process:
            assert process.stdout
            first = process.stdout.readline()
            start = time.perf_counter() - begin
            rest = process.stdout.read()
        wrong.seek(0)
        fault = (wrong.read().strip() or "it ended without a word").splitlines()[-1]
    if not first:
        sys.stderr.write(f"{reader} is left out: {fault}\n")
        return None
    return {**json.loads(rest), "start": start}


def in_rounds(pythons: Mapping[str, str], work: Row) -> dict[str, Row | None]:
    """Return each reader's figures over all slices, the readers taking turns: a busy minute then slows them all."""
    parts = [{**work, "slices": work["slices"][k::_ROUNDS]} for k in range(_ROUNDS) if work["slices"][k::_ROUNDS]]
    out: dict[str, Row | None] = {}
    for n, part in enumerate(parts):
        for reader in READERS:
            if n and out[reader] is None:
                continue
            figures = timed(reader, pythons.get(reader, sys.executable), part)
            before = out.get(reader)
            if before and figures:
                figures["seconds"] = [*before["seconds"], *figures["seconds"]]
                figures["found"] += before["found"]
            out[reader] = figures
    return out


def speeds(pythons: Mapping[str, str], size: int, folders: Sequence[Path] = ()) -> list[Row]:
    """Return a row for each mix and reader: reports/s/core, words/s/core and the ratio to spaCy's full pipeline.

    Made-up slices are alike, and the best of them tells what a reader can; marked reports are of many lengths and read whole.
    """
    out: list[Row] = []
    mixes = [(mix, asked("en", mix, size)) for mix in MIXES]
    mixes += [(folder.name[:9], work) for folder in folders if (work := marked(folder))]
    for mix, work in mixes:
        words = [sum(len(r["text"].split()) for r in part) for part in work["slices"]]
        here: list[Row] = []
        rounds = in_rounds(pythons, work)
        for reader in READERS:
            figures = rounds[reader]
            if figures:
                seconds = figures["seconds"]
                best = min(seconds) * len(seconds) if mix in MIXES else sum(seconds)
                rate = sum(map(len, work["slices"])) / best
                here.append({"mix": mix, "reader": reader, "reports_s": rate, "words_s": sum(words) / best, **figures})
        full = next((row["reports_s"] for row in here if row["reader"] == "spacy-full"), None)
        out += [{**row, "ratio": row["reports_s"] / full if full else None} for row in here]
    return out


def by_language(size: int) -> list[Row]:
    """Return marsad's reports/s/core in each language that has a lexicon and made-up sentences."""
    out = []
    for lang in sorted({*languages()} & {*story_languages()}):
        for mix in MIXES:
            work = asked(lang, mix, size)
            figures = timed("marsad", sys.executable, work)
            if figures:
                out.append({"lang": lang, "mix": mix, "reports_s": size / min(figures["seconds"])})
    return out


def growth() -> list[Row]:
    """Return marsad's seconds for one report of 1,000 to 1,000,000 characters, and their growth; 1.0 is linear."""
    whole = "\n".join(made.text for made in stories("en", 1_000))
    texts = {length: whole[:length] for length in _LENGTHS}
    report = rows(list(stories("en", 1)), "en")[0]
    slices = [[{**report, "text": texts[length]}] * times for length, times in _LENGTHS.items()]
    figures = timed("marsad", sys.executable, {"warm": [report], "slices": slices})
    assert figures
    out: list[Row] = []
    for (length, times), seconds in zip(_LENGTHS.items(), figures["seconds"], strict=True):
        each = seconds / times
        grown = each / out[-1]["seconds"] / (length / out[-1]["characters"]) if out else None
        out.append({"characters": length, "seconds": each, "growth": grown, "peak_mb": figures["peak_mb"]})
    return out


def starts(pythons: Mapping[str, str]) -> list[Row]:
    """Return the seconds from the start of a fresh interpreter to the first report's result, the median of five."""
    work = {"warm": rows(list(stories("en", 1)), "en"), "slices": []}
    out = []
    for reader, python in pythons.items():
        taken = [timed(reader, python, work) for _ in range(_STARTS)]
        known = [figures["start"] for figures in taken if figures]
        if known:
            out.append({"reader": reader, "start": statistics.median(known)})
    return out


def measure(pythons: Mapping[str, str], size: int, folders: Sequence[Path] = ()) -> dict[str, list[Row]]:
    """Return every table."""
    found = speeds(pythons, size, folders)
    known = {row["reader"]: pythons.get(row["reader"], sys.executable) for row in found}
    return {"speed": found, "languages": by_language(size), "growth": growth(), "start": starts(known)}


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], metavar="READER=INTERPRETER")
    parser.add_argument("--size", type=int, default=50, help="reports in each of the nine slices (50)")
    parser.add_argument("--reports", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    options = parser.parse_args()
    pythons = dict(pair.split("=", 1) for pair in options.python)
    tables = measure(pythons, options.size, options.reports)
    if options.json:
        print(json.dumps(tables, indent=1))
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    print(f"\n{'mix':<9} {'reader':<14} {'reports/s':>10} {'words/s':>9} {'to spaCy':>9} {'results':>8} {'MiB':>5}")
    for row in tables["speed"]:
        ratio = f"{row['ratio']:.1f}" if row["ratio"] else ""
        print(
            f"{row['mix']:<9} {row['reader']:<14} {row['reports_s']:>10,.1f} {row['words_s']:>9,.0f} {ratio:>9}"
            f" {row['found']:>8,} {row['peak_mb']:>5.0f}"
        )
    print("\nmarsad by language, reports/s/core")
    for row in tables["languages"]:
        print(f"{row['lang']:<9} {row['mix']:<13} {row['reports_s']:>10,.1f}")
    print(f"\n{'characters':>10} {'seconds':>9} {'growth':>7}   one report, marsad")
    for row in tables["growth"]:
        grown = f"{row['growth']:.2f}" if row["growth"] else ""
        print(f"{row['characters']:>10,} {row['seconds']:>9.4f} {grown:>7}")
    print(f"most memory held: {tables['growth'][-1]['peak_mb']:.0f} MiB")
    print("\nstart of a fresh interpreter to the first result, seconds")
    for row in tables["start"]:
        print(f"{row['reader']:<14} {row['start']:>7.2f}")


if __name__ == "__main__":
    main()
