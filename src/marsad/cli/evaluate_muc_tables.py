"""How well MUC texts were read, in tables of 80 columns and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from marsad.cli.scores_shown import THREE, scores_object, share, shown, sum_of, table
from marsad.evaluate.muc_errors import MucError
from marsad.evaluate.reading import Scores
from marsad.pipeline.evaluate_muc import Muc

_SETS = (
    ("matched templates", "matched"),
    ("matched blind", "blind"),
    ("all facts of a text", "all"),
)
_KINDS = (("killed", "killed"), ("injured", "injured"), ("one person", "one"), ("two or more", "several"))
_SLOTS = (
    ("day, where the key names one", "day"),
    ("days, of any kind", "days"),
    ("place, innermost", "place"),
    ("place, or a wider one", "wider_place"),
    ("country", "country"),
)


def muc_tables(scores: Mapping[str, Scores]) -> Iterator[Table | str]:
    """Yield the tables of how well MUC texts were read, and the sentences between them."""
    for title, name in _SETS:
        rows = table(title, "facts", "precision", "recall", "F1")
        for part, score in scores.items():
            facts = sum_of(score.tally, name, "right", "missed")
            rows.add_row(part, f"{facts:,}", *(shown(score, f"{name}.{each}") for each in THREE))
        yield rows
        if name == "matched":
            yield from _found(scores["all"])
    yield _by_kind(scores["all"])
    yield _slots(scores["all"])


def _found(every: Scores) -> Iterator[str]:
    found, not_found = (every.tally["templates", part] for part in ("found", "not_found"))
    yield f"{found:,} of {found + not_found:,} templates with deaths or injuries were matched."


def _by_kind(every: Scores) -> Table:
    rows = table("all parts", "facts", "matched F1", "all facts F1", "all facts recall")
    for title, kind in _KINDS:
        facts = sum_of(every.tally, f"all.{kind}", "right", "missed")
        figures = (f"matched.{kind}.f1", f"all.{kind}.f1", f"all.{kind}.recall")
        rows.add_row(title, f"{facts:,}", *(shown(every, figure) for figure in figures))
    facts = sum_of(every.tally, "all.named", "right", "missed")
    rows.add_row("one person, by name", f"{facts:,}", "–", "–", shown(every, "all.named.recall"))
    return rows


def _slots(every: Scores) -> Table:
    rows = table("right facts, matched", "asked", "right", "wrong", "not given", "accuracy")
    for title, slot in _SLOTS:
        counts = [every.tally[slot, part] for part in ("right", "wrong", "not_given")]
        rows.add_row(title, f"{sum(counts):,}", *(f"{n:,}" for n in counts), share(every.figures[f"{slot}.right"]))
    return rows


def error_lines(found: Sequence[MucError], most: int) -> Iterator[str]:
    """Yield the first `most` differences, two lines each, and how many there are beyond."""
    for each in found[:most]:
        rule = f" ({each.rule})" if each.rule else ""
        marked, read = each.marked or "nothing", each.read or "nothing"
        yield f"{each.kind}: {each.text_id} {each.start}–{each.end}: {marked} → {read}{rule}"
        yield f"    {each.sentence}"
    if len(found) > most:
        yield f"{len(found) - most:,} more; --confusions {len(found)} lists all."


def muc_object(muc: Muc, listed: Sequence[MucError]) -> dict[str, Any]:
    """Return everything as one object; `listed` are the differences to hold."""
    return {
        "scores": {part: scores_object(score) for part, score in muc.scores.items()},
        "errors": [asdict(each) for each in listed],
    }
