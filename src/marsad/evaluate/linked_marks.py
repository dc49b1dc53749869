"""What a person marked for linking: of which incident a claim is, beside what the claim says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.evaluate.marks import CATEGORIES, VICTIM_TYPES
from marsad.model import Wrong

_MARK_IT = "see docs/evaluating.md for the fields of a claim that is marked for linking"


@dataclass(frozen=True, slots=True)
class LinkedMark:
    """In report `report_id` a person marked claim `cid`: so many were killed (injured, …), in `incident`.

    `incident` is None where the number is of no incident or of several: then nobody asks where it was linked. `scope`
    says which ("cumulative", "aggregate", "background"). `start` and `end` are None where the text was not kept.
    `part` tells whether the people are part of another number of the report. The other fields are those of `Mark`.
    """

    report_id: str
    cid: str
    start: int | None
    end: int | None
    low: int | None
    high: int | None
    qualifier: str
    category: str
    victim_type: str
    group: str | None
    attribution: tuple[str, ...]
    scope: str
    status: str
    part: bool
    incident: str | None

    @property
    def number(self) -> int | None:
        """The number that the claim states: low, else high, None where the words set no bound."""
        return self.high if self.low is None else self.low


def linked_marks(line: Mapping[str, Any], name: str) -> Iterator[LinkedMark]:
    """Yield the claims of a line of gold.jsonl or of facts.jsonl, in order; `name` is for messages.

    Raises Wrong, naming the claim and its field, for what is none.
    """
    report_id = str(line.get("report_id", line.get("id")))
    claims = line.get("claims")
    if not isinstance(claims, list) or not all(isinstance(fields, Mapping) for fields in claims):
        raise Wrong(f"{name}, claims", None, "is no list of objects", _MARK_IT)
    for n, fields in enumerate(claims, 1):
        yield _linked_mark(fields, report_id, f"{name}, claim {n}", n)


def _linked_mark(fields: Mapping[str, Any], report_id: str, name: str, n: int) -> LinkedMark:
    scope, incident = _where(fields, name)
    speaker, via = fields.get("attribution"), fields.get("via") or []
    if not isinstance(via, list):
        raise Wrong(f"{name}, via", via, "is no list of names", _MARK_IT)
    return LinkedMark(
        report_id=report_id,
        cid=str(fields.get("cid", f"{report_id} claim {n}")),
        start=fields.get("start"),
        end=fields.get("end"),
        low=_number(fields, "low", name),
        high=_number(fields, "high", name),
        qualifier=str(fields.get("qualifier") or "exact"),
        category=_word(fields, "category", name, CATEGORIES),
        victim_type=_word(fields, "victim_type", name, VICTIM_TYPES),
        group=fields.get("group"),
        attribution=tuple(map(str, ([speaker, *via]))) if speaker else (),
        scope=scope,
        status=str(fields.get("status") or "asserted"),
        part=bool(fields.get("subset_of") or fields.get("subset")),
        incident=incident,
    )


def _where(fields: Mapping[str, Any], name: str) -> tuple[str, str | None]:
    """Return the scope, and the incident where it is one: "cum:" and the like name what is wider than an incident."""
    incident = fields.get("incident")
    if isinstance(incident, list):
        return "aggregate", None
    if incident is not None and not isinstance(incident, str):
        raise Wrong(f"{name}, incident", incident, "is neither a name nor a list of names", _MARK_IT)
    kind = incident.partition(":")[0] if incident and ":" in incident else None
    scope = fields.get("scope") or ("incident" if kind is None else "cumulative" if kind == "cum" else "background")
    return str(scope), incident if scope == "incident" and kind is None else None


def _number(fields: Mapping[str, Any], field: str, name: str) -> int | None:
    value = fields.get(field)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise Wrong(f"{name}, {field}", value, "is no whole number of people", _MARK_IT)
    return value


def _word(fields: Mapping[str, Any], field: str, name: str, known: tuple[str, ...]) -> str:
    value = fields.get(field)
    if value not in known:
        raise Wrong(f"{name}, {field}", value, f"is not one of {', '.join(known)}", "write one of them")
    return str(value)
