"""A folder of reports that people marked, read and judged."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.collect.incoming import Incoming
from marsad.collect.json_lines import json_object, report_line
from marsad.collect.particulars import Particulars
from marsad.evaluate.aliases import Speakers
from marsad.evaluate.guesses import Guess, guess_from, guess_of
from marsad.evaluate.marks import Marked, marked
from marsad.evaluate.pairs import Compared, compare
from marsad.evaluate.reading import Reading, judge
from marsad.model import Wrong
from marsad.pipeline.reading import read_reports

REPORTS, GOLD, ALIASES = "reports.jsonl", "gold.jsonl", "source_aliases.json"
_FORM = "docs/evaluating.md shows what a folder holds"
_NOBODY = Particulars(outlet="not told")


@dataclass(frozen=True, slots=True)
class MarkedFolder:
    """Reports that people marked, the same reports as a reader takes them, and what speakers there are called."""

    reports: Sequence[Marked]
    incoming: Mapping[str, Incoming]
    speakers: Speakers


def evaluate_reading(
    folder: Path, lang: str | None = None, predictions: Path | None = None, processes: int | None = None
) -> Reading:
    """Return how well the reports of a folder are read: by marsad, or as a file of predictions says.

    `lang` keeps to the reports in one language. A report that cannot be read, or of which the predictions say nothing,
    counts as read with nothing found. Raises Wrong, naming file and line, for what is no such folder or file.
    """
    given = open_marked(folder, lang)
    if predictions is None:
        compared = list(_read(given, processes))
    else:
        found = read_predictions(predictions, given)
        compared = [compare(report, *found.get(report.report_id, ((), None))) for report in given.reports]
    return judge(compared, given.speakers)


def _read(given: MarkedFolder, processes: int | None) -> Iterator[Compared]:
    wanted = ((report.report_id, given.incoming[report.report_id]) for report in given.reports)
    for report, read in zip(given.reports, read_reports(wanted, processes), strict=True):
        guesses = [guess for guess in map(guess_of, read.claims) if guess is not None]
        yield compare(report, guesses, read.rejection.reason if read.rejection else None)


def open_marked(folder: Path, lang: str | None = None) -> MarkedFolder:
    """Return the marked reports of a folder, all or those in one language, in the order of gold.jsonl.

    A report without a line in gold.jsonl is passed over: nobody marked it. Raises Wrong, naming file and line.
    """
    reports = {_id(line, "id", name): (line, name, raw) for raw, name, line in lines_of(folder / REPORTS)}
    found, incoming = [], {}
    for _, name, line in lines_of(folder / GOLD):
        report_id = _id(line, "report_id", name)
        if report_id not in reports:
            raise Wrong(f"{name}, report_id", report_id, f"is not in {REPORTS}", "add the report, or drop the line")
        if report_id in incoming:
            raise Wrong(f"{name}, report_id", report_id, "was marked before", "keep one of the lines")
        report, where, raw = reports[report_id]
        incoming[report_id] = report_line(raw, where, _NOBODY)
        found.append(marked(line, name, report))
    chosen = [report for report in found if lang in (None, report.lang)]
    if not chosen:
        raise Wrong(str(folder), lang, "has no marked reports" + (" in this language" if lang else ""), _FORM)
    return MarkedFolder(chosen, incoming, Speakers(_aliases(folder / ALIASES)))


Predicted = tuple[Sequence[Guess], str | None]
"""What a reader found in a report, and why it could not read it, None if it could."""


def read_predictions(path: Path, given: MarkedFolder) -> dict[str, Predicted]:
    """Return what a file of predictions, in the form of `marsad extract --format jsonl`, says of each report.

    Raises Wrong, naming the line, for a report that nobody marked, and for one that has two lines.
    """
    found: dict[str, Predicted] = {}
    for _, name, line in lines_of(path):
        report_id = _id(line, "report_id", name)
        if report_id not in given.incoming:
            raise Wrong(f"{name}, report_id", report_id, f"is not in {GOLD}", "predict the reports of this folder")
        if report_id in found:
            raise Wrong(f"{name}, report_id", report_id, "was predicted before", "keep one of the lines")
        claims = line.get("claims")
        if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
            raise Wrong(f"{name}, claims", None, "is no list of objects", "give an empty list where nothing was found")
        guesses = [guess_from(fields, f"{name}, claim {n}") for n, fields in enumerate(claims, 1)]
        rejected = line.get("rejected")
        found[report_id] = [g for g in guesses if g is not None], None if rejected is None else str(rejected)
    return found


def lines_of(path: Path) -> Iterator[tuple[bytes, str, Mapping[str, Any]]]:
    """Yield each line of a file that is not blank as it stands, its name for messages, and the object on it.

    Raises Wrong, naming the line, for what is no object, and for a file that cannot be read.
    """
    for number, raw in enumerate(_bytes(path).splitlines(), 1):
        if raw.strip():
            name = f"{path.name} line {number}"
            try:
                yield raw, name, json_object(raw, name)
            except Wrong as wrong:
                raise Wrong(wrong.subject, wrong.value, wrong.rule, _FORM) from wrong


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", _FORM) from fault


def _id(line: Mapping[str, Any], field: str, name: str) -> str:
    value = line.get(field)
    if not isinstance(value, str | int):
        raise Wrong(f"{name}, {field}", value, "is no id of a report", _FORM)
    return str(value)


def _aliases(path: Path) -> Mapping[str, Sequence[str]]:
    if not path.exists():
        return {}
    try:
        found = json.loads(_bytes(path))
    except ValueError as fault:
        raise Wrong(path.name, None, f"is no JSON ({str(fault)[:80]})", _FORM) from fault
    if not isinstance(found, dict) or not all(_names(others) for others in found.values()):
        raise Wrong(path.name, None, "is no object of lists of names", _FORM)
    return found


def _names(value: Iterable[Any]) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)
