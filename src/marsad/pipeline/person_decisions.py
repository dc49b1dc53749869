"""What people decided at the desk about who is one person, in the form in which linking takes it."""

from collections.abc import Mapping
from typing import Any

from marsad.model import Decision, DecisionKind, content_id
from marsad.pipeline.persons import Said
from marsad.store.kept import Reading

Record = tuple[str, str]
"""The name of a list, and the id of a record in it."""


def pair_anchor(a: Record, b: Record) -> str:
    """Return what names a pair of records, whichever comes first.

    >>> pair_anchor(("ministry", "7"), ("ngo", "3")) == pair_anchor(("ngo", "3"), ("ministry", "7"))
    True
    """
    return f"person:{content_id('pair', *sorted([list(a), list(b)]))}"


def standing_pairs(reading: Reading) -> list[Decision]:
    """Return what stands of each pair on which somebody decided and did not take it back."""
    found = [d for d in reading.standing_decisions() if d.kind is DecisionKind.PERSON]
    return [decision for decision in found if not decision.undone]


def said_by_people(reading: Reading) -> list[Said]:
    """Return which records people said to be one person, or two; pairs of which they were unsure are left to the machine."""
    out = []
    for decision in standing_pairs(reading):
        body: Mapping[str, Any] = decision.body
        if body["says"] != "unsure":
            out.append(Said(tuple(body["a"]), tuple(body["b"]), body["says"] == "same"))
    return out
