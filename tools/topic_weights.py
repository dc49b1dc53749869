"""Learn from made-up reports how much each word speaks for or against armed violence.

    python tools/topic_weights.py

Reads tools/topic_reports/*.jsonl and, as further reports of war, tests/data/{checking,linked}/*/reports.jsonl; writes
src/marsad/resources/topic/*.tsv, a weight a line. Logistic regression with a quadratic penalty: no seed and no chance, the
same reports give the same tables. All reports are our own, so the weights may be shipped.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from marsad.extract.topic import signs_of
from marsad.extract.topic_weights import SIGNS, stems_of
from marsad.text.lexicon import lexicon
from marsad.text.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "tools/topic_reports"
OF_WAR = ("tests/data/checking/*/reports.jsonl", "tests/data/linked/*/reports.jsonl")
OUT = ROOT / "src/marsad/resources/topic"
PENALTY, SIGN_PENALTY = 0.1, 0.05
LEAST_REPORTS = 2
LEAST_WEIGHT = 0.05


class Seen(NamedTuple):
    """A report as it is learned from: its language, whether it is of war, its stems and its signs."""

    lang: str
    war: bool
    stems: frozenset[str]
    signs: tuple[float, ...]


def seen(lang: str, war: bool, text: str) -> Seen:
    """Return a report as it is learned from."""
    words = lexicon(lang)
    lines = [words.counting_line(text, s.body, s.end) for s in sentences(text)]
    return Seen(lang, war, stems_of(lines), signs_of(words, lines))


def reports() -> Iterator[Seen]:
    """Yield all reports in the order of their files."""
    paths = sorted(REPORTS.glob("*.jsonl"))
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield seen(path.stem, row["war"], row["text"])
    known = {path.stem for path in paths}
    for path in sorted(found for pattern in OF_WAR for found in ROOT.glob(pattern)):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["lang"] in known:
                yield seen(row["lang"], True, row["text"])


def learned(rows: list[Seen]) -> tuple[dict[tuple[str, str], float], NDArray[np.float64]]:
    """Return the weights of stems by language, and those of the signs, which all languages share."""
    counts = Counter((row.lang, stem) for row in rows for stem in row.stems)
    places = {key: n for n, key in enumerate(sorted(key for key, n in counts.items() if n >= LEAST_REPORTS))}
    table = np.zeros((len(rows), len(places) + len(SIGNS)))
    for n, row in enumerate(rows):
        known = [places[row.lang, stem] for stem in row.stems if (row.lang, stem) in places]
        table[n, known] = 1 / math.sqrt(max(1, len(known)))
        table[n, len(places) :] = row.signs
    answers = np.array([1.0 if row.war else -1.0 for row in rows])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[len(places) :] = SIGN_PENALTY

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = answers * (table @ weights)
        down = -(table * (answers / (1 + np.exp(margins)))[:, None]).sum(0) + penalty * weights
        return float(np.logaddexp(0, -margins).sum() + 0.5 * (penalty * weights * weights).sum()), down

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return {key: float(found[n]) for key, n in places.items()}, found[len(places) :]


def main() -> int:
    """Write the tables; return 0."""
    rows = list(reports())
    stems, signs = learned(rows)
    OUT.mkdir(exist_ok=True)
    for lang in sorted({row.lang for row in rows}):
        told = sorted(
            (stem, weight) for (of, stem), weight in stems.items() if of == lang and abs(weight) >= LEAST_WEIGHT
        )
        lines = [f"{name}\t{weight:.2f}" for name, weight in zip(SIGNS, signs, strict=True)]
        lines += [f"{stem}\t{weight:.2f}" for stem, weight in told]
        (OUT / f"{lang}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
        sys.stdout.write(f"{lang}: {sum(row.lang == lang for row in rows)} reports, {len(told)} stems\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
