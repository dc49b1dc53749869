"""How well reports were read, in tables of 80 columns and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from marsad.cli.scores_shown import THREE, scores_object, share, shown, sum_of, table
from marsad.evaluate.confusions import Confusion
from marsad.evaluate.marks import CATEGORIES, VICTIM_TYPES
from marsad.evaluate.reading import Reading, Scores


def reading_tables(reading: Reading) -> Iterator[Table | str]:
    """Yield the tables of how well reports were read, and the sentences between them."""
    yield from _by_language(reading.scores)
    yield from _by_kind(reading.scores["all"])
    yield from _biases(reading.scores)
    yield _rules(reading)


def _by_language(scores: Mapping[str, Scores]) -> Iterator[Table | str]:
    for title, name, of in (
        ("claims found", "found", "marks"),
        ("number and category", "count", "count"),
        ("speaker", "attribution", "attribution"),
    ):
        rows = table(title, "marks", "precision", "recall", "F1")
        for lang, score in scores.items():
            marks = score.tally["marks", "all"] if of == "marks" else sum_of(score.tally, of, "right", "missed")
            rows.add_row(lang, f"{marks:,}", *(shown(score, f"{name}.{part}") for part in THREE))
        yield rows
    rows = table("", "reports", "not read", "bounds exact", "victim type, macro F1", "false alarms")
    for lang, score in scores.items():
        hard = score.tally["hard_negative", "with_false_alarm"], score.tally["hard_negative", "reports"]
        counts = (score.tally["reports", part] for part in ("all", "rejected"))
        both = (shown(score, name) for name in ("bounds.exact", "victim_type.macro_f1"))
        rows.add_row(lang, *(f"{n:,}" for n in counts), *both, f"{hard[0]} of {hard[1]}" if hard[1] else "–")
    yield rows
    vague, found = scores["all"].tally["marks", "vague"], scores["all"].tally["vague", "found"]
    yield f"Of {vague} claims without a number (“dozens”) {found} were found; counts leave them out."


def _by_kind(every: Scores) -> Iterator[Table | str]:
    for title, kind, words in (
        ("number and category", "count", CATEGORIES),
        ("victim type", "victim_type", VICTIM_TYPES),
    ):
        rows = table(title, "marks", "precision", "recall", "F1")
        for word in words:
            name = f"{kind}.{word}"
            marks = sum_of(every.tally, name, "right", "missed")
            rows.add_row(word, f"{marks:,}", *(share(every.figures[f"{name}.{part}"]) for part in THREE))
        yield rows


def _biases(scores: Mapping[str, Scores]) -> Iterator[Table | str]:
    every = scores["all"]
    rows = table("bias", "n", "marked", "read", "signed bias", "mean error")
    _add_bias(rows, "paired claims", every, "bias")
    _add_bias(rows, " of an incident", every, "incident_bias")
    for lang, score in scores.items():
        _add_bias(rows, f"killed, {lang}", score, "toll")
    yield rows
    of = every.tally["toll", "non_zero"]
    yield f"Killed, by report: of {of} reports with killed, exactly right {shown(every, 'toll_non_zero_right')}."


def _add_bias(rows: Table, title: str, score: Scores, name: str) -> None:
    n, marked, guessed, error = (score.tally[name, part] for part in ("n", "marked", "guessed", "error"))
    mean = f"{error / n:,.2f}" if n else "–"
    figure = "toll_bias" if name == "toll" else name
    rows.add_row(title, f"{n:,}", f"{marked:,}", f"{guessed:,}", shown(score, figure, signed=True), mean)


def _rules(reading: Reading) -> Table:
    rows = table("rule", "marks", "right", "wrong", "spurious", "")
    for record in reading.rules:
        once = "fires on one mark" if record.marks == 1 else "fires on no mark" if not record.marks else ""
        counts = (record.marks, record.right, record.wrong, record.spurious)
        rows.add_row(record.rule, *(f"{n:,}" for n in counts), once)
    return rows


def confusion_lines(found: Sequence[Confusion], most: int) -> Iterator[str]:
    """Yield the first `most` differences, two lines each, and how many there are beyond."""
    for each in found[:most]:
        rule = f" ({each.rule})" if each.rule else ""
        marked, guessed = each.marked or "nothing", each.guessed or "nothing"
        yield f"{each.kind}: {each.report_id} {each.start}–{each.end}: {marked} → {guessed}{rule}"
        yield f"    {each.sentence}"
    if len(found) > most:
        yield f"{len(found) - most:,} more; --confusions {len(found)} lists all."


def reading_object(reading: Reading, listed: Sequence[Confusion]) -> dict[str, Any]:
    """Return everything as one object; `listed` are the differences to hold."""
    return {
        "scores": {lang: scores_object(score) for lang, score in reading.scores.items()},
        "confusions": [asdict(each) for each in listed],
        "rules": [{**asdict(record), "marks": record.marks} for record in reading.rules],
    }
