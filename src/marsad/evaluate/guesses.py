"""What a reader found in a report, told in the terms in which marks are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.evaluate.marks import CATEGORIES
from marsad.model import Bound, Claim, Wrong

_EXTRACTED = "give lines as `marsad extract --format jsonl` prints them"
_RENAMED = {"bodies_seen": "killed"}
"""Marks count bodies that were seen as killed; marsad keeps them apart."""

_VAGUE = (Bound.VAGUE, Bound.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Guess:
    """A reader read text[start:end] as: between `low` and `high` people were killed (injured, …); fields as in `Mark`.

    `rule` names the pattern that found it, None if the reader does not tell. `attribution` is the speaker alone.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    category: str
    victim_type: str | None
    attribution: str | None
    rule: str | None = None
    scope: str = "incident"
    modality: str = "asserted"
    vague: bool = False

    @property
    def number(self) -> int | None:
        """The number by which counts are compared: low, else high, None where the words set no bound."""
        return self.high if self.low is None else self.low


def guess_of(claim: Claim) -> Guess | None:
    """Return a claim of marsad's in the terms of marks, None where it measures what nobody marks.

    "More than 90" is marked low 90, while a claim has low 91 and value 90; so the number as said is taken, unless the
    interval comes from arithmetic. Bodies seen are killed, and the speaker is the first of the attribution.
    """
    category = _RENAMED.get(claim.measure.value, claim.measure.value)
    if category not in CATEGORIES:
        return None
    low, high = as_said(claim.bound.value, claim.derived, claim.value, claim.low, claim.high)
    speaker = claim.attribution[0] if claim.attribution else None
    told = (claim.status.value, speaker, claim.rule, claim.scope.value, claim.modality.value)
    return Guess(claim.start, claim.end, low, high, category, *told, vague=claim.bound.value in _VAGUE)


def as_said(
    bound: str | None, derived: bool, value: int | None, low: int | None, high: int | None
) -> tuple[int | None, int | None]:
    """Return low and high as marks write them: "more than 90" from 90, "fewer than 10" up to 10.

    >>> as_said("more_than", False, 90, 91, None), as_said("fraction", True, None, 48, 95)
    ((90, None), (48, 95))
    """
    if value is None or derived:
        return low, high
    if bound == Bound.MORE_THAN:
        return value, high
    if bound == Bound.LESS_THAN:
        return low, value
    return low, high


def guess_from(fields: Mapping[str, Any], name: str) -> Guess | None:
    """Return a claim from a line of `marsad extract --format jsonl`, or of another reader, as `guess_of` does.

    `category` is another word for `measure`, `victim_type` for `status` (where both stand, the other reader's counts),
    and `attribution` may be one name or a list whose first is the speaker. None too for a claim without a place in the
    text. Raises Wrong, naming `name`, for what is no claim.
    """
    start, end = fields.get("start"), fields.get("end")
    if start is None:
        return None
    if not isinstance(start, int) or not isinstance(end, int) or start >= end:
        raise Wrong(f"{name}, start and end", f"{start}..{end}", "is no span", _EXTRACTED)
    category = _either(fields, "measure", "category", name)
    category = _RENAMED.get(str(category), category)
    if category is None:
        raise Wrong(name, None, "has neither measure nor category", _EXTRACTED)
    if category not in CATEGORIES:
        return None
    value, low, high = (_number(fields, field, name) for field in ("value", "low", "high"))
    low, high = as_said(fields.get("bound"), bool(fields.get("derived")), value, low, high)
    victim_type = _either(fields, "status", "victim_type", name)
    told = {field: fields[field] for field in ("rule", "scope", "modality") if isinstance(fields.get(field), str)}
    speaker, vague = _speaker(fields.get("attribution"), name), fields.get("bound") in _VAGUE
    return Guess(start, end, low, high, category, victim_type, speaker, **told, vague=vague)


def _either(fields: Mapping[str, Any], ours: str, theirs: str, name: str) -> str | None:
    value = fields.get(theirs, fields.get(ours))
    if value is not None and not isinstance(value, str):
        raise Wrong(f"{name}, {ours}", value, "is no text", _EXTRACTED)
    return value


def _number(fields: Mapping[str, Any], field: str, name: str) -> int | None:
    value = fields.get(field)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise Wrong(f"{name}, {field}", value, "is no whole number", _EXTRACTED)
    return value


def _speaker(value: object, name: str) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if value is not None and not isinstance(value, str):
        raise Wrong(f"{name}, attribution", value, "is neither a name nor a list of names", _EXTRACTED)
    return value or None
