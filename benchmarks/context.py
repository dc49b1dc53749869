"""How fast counts and context are read, on one core, of the same made-up reports: `python -m benchmarks.context [REPORTS]`."""

import sys
from collections.abc import Callable, Iterable
from time import process_time

from benchmarks.corpus import corpus
from marsad.extract.context import contexts_in
from marsad.extract.read import claims_in
from marsad.model import ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.text.gazetteer import Gazetteer

ROUNDS = 3
"""Rounds of which the fastest is told: other work on the machine only slows one down."""


def seconds(read: Callable[[Text, Gazetteer], Iterable[object]], texts: list[Text], places: Gazetteer) -> float:
    """Return the processor seconds of the fastest round of reading all texts."""
    found = []
    for _ in range(ROUNDS):
        start = process_time()
        for text in texts:
            list(read(text, places))
        found.append(process_time() - start)
    return min(found)


def main() -> None:
    """Print reports a second for counts alone, for context alone, and for both."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = enumerate(corpus(size))
    texts = [Text(ReportId(str(number)), m.text, m.published, m.outlet, "en") for number, m in made]
    places = Gazetteer.open(gazetteer_path())
    counts, context = seconds(claims_in, texts, places), seconds(contexts_in, texts, places)
    for name, spent in (("counts", counts), ("context", context), ("both", counts + context)):
        print(f"{name:8} {size / spent:8.0f} reports/s")


if __name__ == "__main__":
    main()
