"""Learn from marked made-up reports what befell people whose number no rule reads.

    python tools/window_weights.py

Reads tools/window_reports/*.jsonl, a report a line with its marks (start, end, category), and writes
src/marsad/resources/windows.tsv: a sign a line, a weight for each fate. Multinomial logistic regression with a quadratic
penalty: no seed and no chance, the same reports give the same table. All reports are our own, so the weights may be shipped.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from marsad.extract.counting import counted_in, unread
from marsad.extract.windows import FATES, candidates, signs
from marsad.text.lexicon import lexicon
from marsad.text.sieve import pieces_of

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "tools/window_reports"
OUT = ROOT / "src/marsad/resources/windows.tsv"
PENALTY, WORD_PENALTY = 0.7, 1.5
LEAST = 3
"""Numbers beside which a sign must stand to be learned."""

OF = "of "
"""What begins the name of a sign that only tells of which kind a report is: learned and left out of the table, so that the share
of counts among the numbers of reports that were written to be hard teaches nothing."""

NONE = len(FATES)
LEAST_WEIGHT = 0.02


class Seen(NamedTuple):
    """A number that no rule reads: its signs, and what befell it by its marks, `NONE` where it is no count of the harmed."""

    signs: tuple[str, ...]
    fate: int


def seen(lang: str, text: str, marks: list[tuple[int, int, str]]) -> Iterator[Seen]:
    """Yield the numbers of a report that no rule reads."""
    words = lexicon(lang)
    counted, found = counted_in(words, text, pieces_of(text), windows=False)
    fates = {str(measure): k for k, measure in enumerate(FATES)}
    for k, line, chunks, told in unread(words, text, found, counted, every=True):
        own = counted.get(k, (line, []))[1]
        at = {chunk.first: i for i, chunk in enumerate(chunks)}
        taken = {at[m.first]: m.measure for m in own if m.first in at}
        spans = [(line[m.first].start, line[m.after - 1].end) for m in own]
        for i in candidates(words, line, chunks, taken):
            start, end = line[chunks[i].first].start, line[chunks[i].after - 1].end
            if any(a < end and start < b for a, b in spans):
                continue
            mark = next((fate for a, b, fate in marks if a < end and start < b), None)
            yield Seen(tuple(signs(words, line, chunks, i, taken, told)), fates.get(mark or "", NONE))


def reports(paths: list[Path]) -> Iterator[Seen]:
    """Yield the numbers of all reports, in the order of their files."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            for number in seen(row["lang"], row["text"], [tuple(mark) for mark in row["marks"]]):
                yield number._replace(signs=(*number.signs, f"{OF}{row['of']}"))


def learned(rows: list[Seen]) -> dict[str, NDArray[np.float64]]:
    """Return the weights of each sign for each fate."""
    counts = Counter(name for row in rows for name in set(row.signs))
    places = {name: n for n, name in enumerate(sorted(name for name, n in counts.items() if n >= LEAST))}
    at = [(n, places[name]) for n, row in enumerate(rows) for name in set(row.signs) if name in places]
    ones = np.ones(len(at))
    table = csr_array((ones, tuple(zip(*at, strict=True))), shape=(len(rows), len(places)))
    fates = np.array([row.fate for row in rows])
    of_words = np.array([name.split(" ")[0] in LANGS and len(name.split(" ")) > 1 for name in sorted(places)])
    penalty = np.where(of_words, WORD_PENALTY, PENALTY)[:, None] * np.ones((1, len(FATES)))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(len(places), len(FATES))
        odds = np.hstack([table @ weights, np.zeros((len(rows), 1))])
        most = odds.max(1, keepdims=True)
        likely = np.exp(odds - most)
        total = likely.sum(1, keepdims=True)
        cost = float((np.log(total[:, 0]) + most[:, 0] - odds[np.arange(len(rows)), fates]).sum())
        off = likely / total
        off[np.arange(len(rows)), fates] -= 1
        down = table.T @ off[:, : len(FATES)] + penalty * weights
        return cost + 0.5 * float((penalty * weights * weights).sum()), down.ravel()

    found = minimize(loss, np.zeros(len(places) * len(FATES)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights = found.reshape(len(places), len(FATES))
    return {name: weights[n] for name, n in places.items()}


LANGS = frozenset({"ar", "en", "es", "fr", "it", "uk"})


def main() -> int:
    """Write the table; return 0."""
    rows = list(reports(sorted(REPORTS.glob("*.jsonl"))))
    weights = learned(rows)
    usual = weights[f"{OF}news"]
    weights["always"] = weights["always"] + usual
    kept = {name: row for name, row in weights.items() if np.abs(row).max() >= LEAST_WEIGHT and not name.startswith(OF)}
    lines = ["\t".join([name, *(f"{w:.2f}" for w in kept[name])]) for name in sorted(kept)]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    told = Counter(row.fate for row in rows)
    sys.stdout.write(f"{len(rows)} numbers, {len(rows) - told[NONE]} of people harmed; {len(lines)} signs\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
