"""The record as JSON: one way to write it, and a reader that takes nothing else."""

import json
from typing import Any

import cases
import pytest
from made import release_of

from marsad.publish.record import from_json, to_json

RELEASE = release_of(cases.every())


def test_what_is_written_is_read_back() -> None:
    """The same release, and from it the same bytes."""
    data = to_json(RELEASE)
    assert from_json(data) == RELEASE
    assert to_json(from_json(data)) == data


def changed(path: str, value: Any) -> bytes:
    """Return the record with one value changed, or a field of that name added."""
    told = json.loads(to_json(RELEASE))
    at = told
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        at = at[part]
    at[last] = value
    return json.dumps(told, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", 4),
        ("schema", None),
        ("number", "3"),
        ("number", True),
        ("number", 3.0),
        ("published", "2014-13-01"),
        ("incidents.0.secret", "x"),
        ("incidents.0.code", "../../etc/passwd"),
        ("incidents.0.code", "x" * 200),
        ("incidents.0.grade", "certain"),
        ("incidents.0.statements.0.low", -0.5),
        ("incidents.0.statements.0.words", "two\nlines"),
        ("incidents.0.statements.0.words", "\u202egnp"),
        ("incidents.0.place.latitude", "36"),
        ("incidents", {}),
        ("observatory", None),
    ],
)
def test_another_record_is_refused(path: str, value: Any) -> None:
    """A field too many, another type, an impossible day, an unsafe name: a ValueError, nothing half-read."""
    with pytest.raises(ValueError, match=r".+"):
        from_json(changed(path, value))


def test_a_record_of_the_second_form_is_one_in_which_no_claim_was_checked() -> None:
    """Releases from before are read as they were."""
    told = json.loads(to_json(RELEASE))
    del told["reviews"]
    assert from_json(json.dumps(told | {"schema": 2}, ensure_ascii=False).encode()) == RELEASE


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"\xff", b'{"schema": 1}'])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """Not JSON, not an object, not complete."""
    with pytest.raises(ValueError, match=r".*"):
        from_json(data)
