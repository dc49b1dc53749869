"""A release as JSON and back: one way to write it, and a reader that takes nothing it does not know."""

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from marsad.publish.public import SAFE_CODE, SCHEMA, PublicRelease, PublicText, compose

_LONGEST = 2000
_LONG = ("history", "incidents")


def to_json(release: PublicRelease) -> bytes:
    """Return the release as JSON in UTF-8: keys sorted, history and incidents last and each on a line of its own.

    The same for the same.

    >>> from marsad.publish.public import PublicRules
    >>> words, day = compose("marsad"), date(2014, 12, 1)
    >>> rules = PublicRules(24, 72, 5, 20, 1000, 300)
    >>> small = PublicRelease(3, 1, words, day, day, words, words, rules, (), (), (), 0, (), (), (), ())
    >>> from_json(to_json(small)) == small
    True
    """
    return b"".join(record_lines(release))


def record_lines(release: PublicRelease) -> Iterator[bytes]:
    """Yield the release as JSON, line by line, as `to_json` writes it: for records too long to hold twice."""
    head = {f.name: _plain(getattr(release, f.name)) for f in fields(release) if f.name not in _LONG}
    yield _line(head)[:-1].encode()
    for name in _LONG:
        yield f',"{name}":['.encode()
        for n, one in enumerate(getattr(release, name)):
            yield f"{',' if n else ''}\n{_line(_plain(one))}".encode()
        yield b"\n]"
    yield b"}\n"


def incident_lines(release: PublicRelease) -> Iterator[bytes]:
    """Yield each incident as the record writes it."""
    return (_line(_plain(one)).encode() for one in release.incidents)


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(data: bytes) -> PublicRelease:
    """Return the release that `to_json` wrote.

    Raises ValueError, naming the field, for anything else: an unknown or missing field, another type, words that
    `compose` would change, an unsafe code, a form (`schema`) of another version.
    """
    read = json.loads(data.decode("utf-8"))
    form = read.get("schema") if isinstance(read, dict) else None
    if form == 1:
        read = _of_form_1(read)
    elif form == 2:
        read = read | {"schema": SCHEMA, "reviews": []}
    elif form != SCHEMA:
        raise ValueError(f"record: schema {form!r} is none of 1 to {SCHEMA}, the forms that this version reads")
    release = _value(PublicRelease, read, "record")
    assert isinstance(release, PublicRelease)  # noqa: S101 - _value returned what it was asked for
    for incident in release.incidents:
        if not SAFE_CODE.fullmatch(incident.code):
            raise ValueError(f"record: incident code {incident.code!r} is no safe file name")
    return release


def _of_form_1(read: dict[str, Any]) -> dict[str, Any]:
    """Return a record of the first form in the present one: it knew no releases but itself."""
    try:
        number = read["number"]
        rules = {"embargo_rescue_hours": read["rules"]["embargo_hours"], "least_change": 1, "least_population": 0}
        told = [one | {"first_told": number, "since": number} for one in read["incidents"]]
        for one in told:
            one["place"] = one["place"] and one["place"] | {"cell": None}
            one["statements"] = [said | {"evidence": None} for said in one["statements"]]
        empty: dict[str, Any] = {name: [] for name in ("methods", "settings", "earlier", "history", "reviews")}
        return read | empty | {"schema": SCHEMA, "untold": 0, "rules": read["rules"] | rules, "incidents": told}
    except (KeyError, TypeError) as fault:
        raise ValueError(f"record: of form 1, but {type(fault).__name__}: {fault}") from fault


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, PublicText) else value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, data: Any, where: str) -> Any:
    """Return `data` as a value of the type, checked all the way down."""
    if get_origin(kind) in (Union, types.UnionType):
        inner = [one for one in get_args(kind) if one is not type(None)]
        return None if data is None else _value(inner[0], data, where)
    if get_origin(kind) is tuple:
        if not isinstance(data, list):
            raise ValueError(f"{where}: {data!r} is not a list")
        return tuple(_value(get_args(kind)[0], one, f"{where}[{n}]") for n, one in enumerate(data))
    if is_dataclass(kind):
        return _object(kind, data, where)
    if kind is PublicText:
        if not isinstance(data, str) or compose(data, _LONGEST) != data:
            raise ValueError(f"{where}: {data!r} is not public text")
        return compose(data, _LONGEST)
    if kind is date:
        return date.fromisoformat(_word(data, where))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(_word(data, where))
    if kind is float and type(data) is int:
        raise ValueError(f"{where}: {data!r} is written without its decimal point")
    if type(data) is not kind:
        raise ValueError(f"{where}: {data!r} is not of type {kind.__name__}")
    return data


def _word(data: Any, where: str) -> str:
    if not isinstance(data, str):
        raise ValueError(f"{where}: {data!r} is not a word")
    return data


def _object(kind: Any, data: Any, where: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"{where}: {data!r} is not an object")
    hints = _hints(kind)
    wrong = sorted(set(data) ^ set(hints))
    if wrong:
        raise ValueError(f"{where}: field {wrong[0]!r} is missing or unknown")
    return kind(**{name: _value(hint, data[name], f"{where}.{name}") for name, hint in hints.items()})
