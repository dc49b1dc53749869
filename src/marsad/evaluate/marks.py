"""What a person marked in a report: the claims it makes, and numbers in it that are no claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.model import Wrong

CATEGORIES = ("killed", "injured", "killed_or_injured", "missing", "displaced")
"""What marks count. A measure beside these (detained, abducted, population) is not scored: nobody marked it."""

VICTIM_TYPES = ("civilian", "combatant", "mixed", "unknown")
_MARK_IT = "see docs/evaluating.md for the fields of a mark"


@dataclass(frozen=True, slots=True)
class Mark:
    """A person read text[start:end] as: between `low` and `high` people were killed (injured, …).

    None in `low` or `high` where the words set no bound on that side; "more than 90" is marked low 90. `vague` marks
    words without a number ("dozens"). `attribution` is who the text says made the count, None for the outlet's own
    voice. `scope` is "incident" unless the number is of something wider; `status` is "asserted" unless the text takes
    the number back, doubts it, or says that nobody knows it.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    category: str
    victim_type: str
    attribution: str | None
    vague: bool = False
    scope: str = "incident"
    status: str = "asserted"

    @property
    def number(self) -> int | None:
        """The number by which counts are compared: low, else high, None where the words set no bound."""
        return self.high if self.low is None else self.low

    @property
    def counted(self) -> bool:
        """Whether the number can be right or wrong; words such as "dozens" are kept apart."""
        return not self.vague and self.number is not None


@dataclass(frozen=True, slots=True)
class Decoy:
    """The number in text[start:end] counts no people that were harmed, for this reason ("age", "money")."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A report whose every claim a person marked. `hard_negative` names why a reader may be fooled, None if it has claims."""

    report_id: str
    lang: str
    text: str
    marks: tuple[Mark, ...]
    decoys: tuple[Decoy, ...]
    hard_negative: str | None


def marked(line: Mapping[str, Any], name: str, report: Mapping[str, Any]) -> Marked:
    """Return the marked report that a line of gold.jsonl and its line of reports.jsonl make; `name` is for messages.

    Raises Wrong, naming the mark and its field, for what cannot be a mark, and for one whose `text` does not stand at
    its offsets: then the report was changed after it was marked.
    """
    text = report["text"]
    marks = [_mark(fields, f"{name}, claim {n}", text) for n, fields in enumerate(_list(line, "claims", name), 1)]
    decoys = [_decoy(fields, f"{name}, decoy {n}", text) for n, fields in enumerate(_list(line, "decoys", name), 1)]
    hard = line.get("hard_negative") or None
    return Marked(str(line["report_id"]), str(report.get("lang")), text, tuple(marks), tuple(decoys), hard)


def _list(line: Mapping[str, Any], field: str, name: str) -> list[Mapping[str, Any]]:
    found = line.get(field, [] if field == "decoys" else None)
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise Wrong(f"{name}, {field}", None, "is no list of objects", _MARK_IT)
    return found


def _mark(fields: Mapping[str, Any], name: str, text: str) -> Mark:
    start, end = _span(fields, name, text)
    low, high = _number(fields, "low", name), _number(fields, "high", name)
    if low is not None and high is not None and low > high:
        raise Wrong(f"{name}, low", low, f"is above high {high}", "put the smaller number first")
    return Mark(
        start,
        end,
        low,
        high,
        _word(fields, "category", name, CATEGORIES),
        _word(fields, "victim_type", name, VICTIM_TYPES),
        _text(fields, "attribution", name),
        bool(fields.get("vague", False)),
        _text(fields, "scope", name) or "incident",
        _text(fields, "status", name) or "asserted",
    )


def _decoy(fields: Mapping[str, Any], name: str, text: str) -> Decoy:
    start, end = _span(fields, name, text)
    return Decoy(start, end, _text(fields, "reason", name) or "no reason told")


def _span(fields: Mapping[str, Any], name: str, text: str) -> tuple[int, int]:
    start, end = _number(fields, "start", name), _number(fields, "end", name)
    if start is None or end is None or not start < end <= len(text):
        raise Wrong(f"{name}, start and end", f"{start}..{end}", "is no span of the text", _MARK_IT)
    words = fields.get("text")
    if words is not None and words != text[start:end]:
        raise Wrong(f"{name}, text", str(words)[:60], f"does not stand at {start}..{end}", "mark the report again")
    return start, end


def _number(fields: Mapping[str, Any], field: str, name: str) -> int | None:
    value = fields.get(field)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise Wrong(f"{name}, {field}", value, "is no whole number of people or characters", _MARK_IT)
    return value


def _text(fields: Mapping[str, Any], field: str, name: str) -> str | None:
    value = fields.get(field)
    if value is not None and not isinstance(value, str):
        raise Wrong(f"{name}, {field}", value, "is no text", _MARK_IT)
    return value or None


def _word(fields: Mapping[str, Any], field: str, name: str, known: tuple[str, ...]) -> str:
    value = fields.get(field)
    if value not in known:
        raise Wrong(f"{name}, {field}", value, f"is not one of {', '.join(known)}", "write one of them")
    return str(value)
