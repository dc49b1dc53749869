"""The slots of a claim as fields of a form, and what a form says as the body of a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marsad.model import Bound, Claim, Group, Measure, Modality, Scope, Status, Wrong

CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("measure", tuple(Measure)),
    ("bound", tuple(Bound)),
    ("status", tuple(Status)),
    ("group", ("", *Group)),
    ("scope", tuple(Scope)),
    ("modality", tuple(Modality)),
)
"""Slots that hold one of a closed list."""

NUMBERS = ("value", "low", "high")
_TEXTS = ("weapon", "perpetrator")
_LONGEST = 2_000
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_BETWEEN = ";"

Fields = dict[str, str]


def slots_of(claim: Claim) -> Fields:
    """Return what the fields of a form show for a claim; an empty field is "not stated"."""
    when = claim.occurred
    return {
        "words": claim.text,
        "start": str(claim.start),
        "end": str(claim.end),
        **{name: str(getattr(claim, name) or "") for name, _ in CHOICES},
        **{name: "" if (n := getattr(claim, name)) is None else str(n) for name in NUMBERS},
        "from": when.start.isoformat() if when else "",
        "to": when.end.isoformat() if when else "",
        "place": claim.place.name if claim.place else "",
        "weapon": claim.weapon or "",
        "attribution": f"{_BETWEEN} ".join(claim.attribution),
        "perpetrator": claim.perpetrator or "",
        "reason": "",
    }


def blank_slots() -> Fields:
    """Return the fields of a claim that nobody has made yet: what most claims say is chosen."""
    empty = dict.fromkeys(
        ("words", "start", "end", "from", "to", "place", *NUMBERS, *_TEXTS, "attribution", "reason"), ""
    )
    chosen = {"measure": "killed", "bound": "exact", "status": "unknown", "group": ""}
    return empty | chosen | {"scope": "incident", "modality": "asserted"}


def typed_slots(form: Mapping[str, Any]) -> Fields:
    """Return what was typed, field by field, as it was typed: it goes back into the form if anything is refused."""
    return {name: str(form.get(name, ""))[:_LONGEST] for name in blank_slots()}


def changes(typed: Fields, claim: Claim, text: str, place: Any) -> dict[str, Any]:
    """Return which slots were changed, with their new values, as the body of a decision to correct.

    `place` is called with the words of a changed place and gives its slots. Numbers that go with a bound are worked out
    where they were left as they were. Raises Wrong, naming the field, for what no claim can hold.
    """
    _check_choices(typed)
    was = slots_of(claim)
    different = {name for name in was if name != "reason" and typed[name].strip() != was[name].strip()}
    body: dict[str, Any] = {name: typed[name] or None for name, _ in CHOICES if name in different}
    if {"words", "start", "end"} & different:
        start, end = span_of(typed, text, claim.start)
        if (start, end) != (claim.start, claim.end):
            body |= {"start": start, "end": end, "text": text[start:end]}
    if different & {"value", "low", "high", "bound"}:
        body |= {name: n for name, n in numbers_of(typed, different).items() if n != getattr(claim, name)}
    for name in _TEXTS:
        if name in different:
            body[name] = typed[name].strip() or None
    if "attribution" in different:
        body["attribution"] = names_of(typed["attribution"])
    if {"from", "to"} & different:
        body["occurred"] = days_of(typed)
    if "place" in different:
        body["place"] = place(typed["place"].strip()) if typed["place"].strip() else None
    return body


def made(typed: Fields, text: str, place: Any) -> dict[str, Any]:
    """Return the slots of a claim that a person found where the machine found none; raises Wrong for what none can hold."""
    _check_choices(typed)
    start, end = span_of(typed, text, 0)
    numbers = numbers_of(typed, {"value"} | {name for name in ("low", "high") if typed[name].strip()})
    named = typed["place"].strip()
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        **{name: typed[name] or None for name, _ in CHOICES},
        **numbers,
        **{name: typed[name].strip() or None for name in _TEXTS},
        "attribution": names_of(typed["attribution"]),
        "occurred": days_of(typed),
        "place": place(named) if named else None,
    }


def span_of(typed: Fields, text: str, near: int) -> tuple[int, int]:
    """Return the characters of the text that were meant: those selected, else where the words stand, nearest to `near`."""
    words = typed["words"].strip()
    if typed["start"].isdecimal() and typed["end"].isdecimal():
        start, end = int(typed["start"][:9]), int(typed["end"][:9])
        if 0 <= start < end <= len(text) and (
            not words or " ".join(text[start:end].split()) == " ".join(words.split())
        ):
            return start, end
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(found) < 1_000:
        found.append(at)
        at = text.find(words, at + 1)
    if not found:
        raise Wrong("words", words, "do not stand in the report", "select them in the text, or copy them from it")
    start = min(found, key=lambda place: (abs(place - near), place))
    return start, start + len(words)


def numbers_of(typed: Fields, changed: set[str]) -> dict[str, int | None]:
    """Return value, low and high: as typed, or as the bound makes them of the value where they were left alone."""
    value, low, high = (_number(name, typed[name]) for name in NUMBERS)
    bound = typed["bound"]
    if not changed & {"low", "high"}:
        low, high = _ends(bound, value, low, high)
    return {"value": value, "low": low, "high": high}


def _ends(bound: str, value: int | None, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    if bound == Bound.UNKNOWN:
        return None, None
    if bound == Bound.NONE:
        return 0, 0
    if value is None:
        return low, high
    return {
        Bound.EXACT: (value, value),
        Bound.ABOUT: (value, value),
        Bound.AT_LEAST: (value, None),
        Bound.MORE_THAN: (value + 1, None),
        Bound.AT_MOST: (None, value),
        Bound.LESS_THAN: (None, max(0, value - 1)),
    }.get(Bound(bound), (low, high))


def names_of(typed: str) -> list[str]:
    """Return names parted by semicolons, the speaker first."""
    return [name for part in typed.replace("؛", _BETWEEN).split(_BETWEEN) if (name := " ".join(part.split()))][:10]


def days_of(typed: Fields) -> list[str] | None:
    """Return the first and last day, None where neither was given."""
    first, last = typed["from"].strip(), typed["to"].strip()
    if not first and not last:
        return None
    days = [first or last, last or first]
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise Wrong("day", day, "is no day", "write it as 2014-11-25") from None
    if days[0] > days[1]:
        raise Wrong("days", " to ".join(days), "end before they begin", "change places")
    return days


def _check_choices(typed: Fields) -> None:
    """Raise Wrong where a slot that holds one of a closed list holds something else: no form of ours sends that."""
    for name, options in CHOICES:
        if typed[name] not in options:
            raise Wrong(name, typed[name][:40], "is not one of its words", f"choose one of {', '.join(options)}")


def _number(name: str, typed: str) -> int | None:
    digits = typed.translate(_DIGITS).replace(",", "").replace("٬", "").strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise Wrong(name, typed, "is no number of people", "write digits, or leave it empty where none is stated")
    return int(digits)
