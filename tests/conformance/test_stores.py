"""Every store gives the same rows in the same order and the same digest, wherever it lies: in a file, or on a server."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.model.knowledge import KNOWLEDGE
from marsad.store.collecting import Collecting
from marsad.store.derived import Derived
from marsad.store.derived_tables import KEYS, SCHEMAS
from marsad.store.places import Server

BIG = 2**63 - 1
NAMES = ["Raqqa", "raqqa", "Ra", "Ár-Raqqa", "ar-Raqqa", "الرقة", "ا", "Ё", "е", "_x", "-x", "x y", "Z"]
NAMES += ["a\u0301", "á", "𐤀", "\uffff"]
"""Words whose order hangs on the language: capitals, accents, Arabic, Cyrillic, marks, letters beyond U+FFFF."""


@pytest.fixture
def both(tmp_path: Path, stores: Server) -> Iterator[tuple[Derived, Derived]]:
    Derived.create(tmp_path / "derived.db")
    with Derived(tmp_path / "derived.db") as in_file, Derived(stores) as on_server:
        yield in_file, on_server


def filled(name: str, n: int, word: str) -> dict[str, Any]:
    """Return a row of any table that its rules allow."""
    row: dict[str, Any] = {}
    for field in SCHEMAS[name]:
        if pa.types.is_list(field.type):
            row[field.name] = [word] * (n % 3)
        elif pa.types.is_boolean(field.type):
            row[field.name] = n % 2 == 0
        elif pa.types.is_floating(field.type):
            row[field.name] = (n % 7 + 1) / 8
        elif pa.types.is_integer(field.type):
            row[field.name] = 1
        elif pa.types.is_date(field.type):
            row[field.name] = None if field.nullable else date(2014, 11, 25)
        else:
            row[field.name] = f"{word}{n}"
    fitting = {"start": 3, "end": 9, "low": 90, "best": 95, "high": 100, "turn": n}
    whole = ("occurred_from", "occurred_to", "occurred_precision", "content_start", "content_end")
    row |= {key: value for key, value in fitting.items() if row.get(key) == 1}
    row |= dict.fromkeys((key for key in whole if key in row), None)
    return row


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_same_rows_in_the_same_order(both: tuple[Derived, Derived], name: str) -> None:
    """Rows of every table come back alike, sorted by code points, whatever the language of the server."""
    rows = [filled(name, n, word) for n, word in enumerate(NAMES)]
    table = pa.Table.from_pylist(rows, schema=SCHEMAS[name])
    for store in both:
        store.put(name, table)
    in_file, on_server = both
    assert on_server.table(name).equals(in_file.table(name))
    assert on_server.digest() == in_file.digest()
    keys = KEYS[name] or SCHEMAS[name].names
    found = [tuple(row[key] for key in keys) for row in on_server.table(name).to_pylist()]
    assert found == sorted(tuple(row[key] for key in keys) for row in rows)


def changes(schema: pa.Schema) -> st.SearchStrategy[Any]:
    kinds: dict[str, Any] = {
        "string": st.sampled_from(NAMES) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        "int64": st.integers(-BIG - 1, BIG) | st.sampled_from([BIG, -BIG - 1, 0, 2**53 + 1]),
        "double": st.floats(allow_nan=False),
        "bool": st.booleans(),
    }
    columns = {f.name: st.none() | kinds[str(f.type)] if f.nullable else kinds[str(f.type)] for f in schema}
    return st.lists(st.fixed_dictionaries(columns), max_size=6)


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_after_the_same_changes(both: tuple[Derived, Derived], data: st.DataObject) -> None:
    """Whatever is put, exchanged and asked for, both stores answer alike."""
    name = data.draw(st.sampled_from(["rejection", "copy", "reading", "lead"]))
    draw = (
        changes(SCHEMAS[name])
        if all(str(f.type) in ("string", "int64", "double", "bool") for f in SCHEMAS[name])
        else None
    )
    if draw is None:
        return
    old, new = (_table(name, data.draw(draw)) for _ in range(2))
    word = data.draw(st.sampled_from(NAMES))
    told = []
    for store in both:
        store.clear()
        store.put(name, old)
        store.exchange(name, old, new)
        first = SCHEMAS[name].names[0]
        told.append((store.digest(), store.table(name, **{first: word}), store.count(name)))
    assert told[0][0] == told[1][0]
    assert told[0][1].equals(told[1][1])
    assert told[0][2] == told[1][2]


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    keys = KEYS[name] or SCHEMAS[name].names
    once = {tuple(row[key] for key in keys): row for row in rows}
    return pa.Table.from_pylist(list(once.values()), schema=SCHEMAS[name])


def test_numbers_to_the_edge(both: tuple[Derived, Derived]) -> None:
    """The largest and smallest numbers, floats that have no short spelling, and a zero below zero come back bit by bit."""
    rows = [
        {**filled("claim", n, "x"), "value": abs(number), "low": None, "high": None, "score": score}
        for n, (number, score) in enumerate([(BIG, 0.1 + 0.2), (2**53 + 1, 5e-324), (0, 1 - 2**-53), (1, 0.0)])
    ]
    table = pa.Table.from_pylist(rows, schema=SCHEMAS["claim"])
    for store in both:
        store.put("claim", table)
        back = store.table("claim").sort_by("claim_id").to_pylist()
        assert [row["value"] for row in back] == [BIG, 2**53 + 1, 0, 1]
        assert [row["score"].hex() for row in back] == [row["score"].hex() for row in rows]


def test_no_number_is_the_same(both: tuple[Derived, Derived]) -> None:
    """What is no number at all is nothing in both: refused where there has to be one, null elsewhere."""
    row = {**filled("weight", 1, "x")}
    name = next(f.name for f in SCHEMAS["weight"] if pa.types.is_floating(f.type))
    told = []
    for store in both:
        try:
            store.put("weight", pa.Table.from_pylist([{**row, name: math.nan}], schema=SCHEMAS["weight"]))
            told.append(str(store.table("weight").to_pylist()))
        except ValueError:
            told.append("refused")
    assert told[0] == told[1] == "refused"


def test_what_is_known_near_a_day_is_the_same(both: tuple[Derived, Derived]) -> None:
    """The statements nearest to a day, of each source and topic, are the same rows, and so are the countries."""
    columns = KNOWLEDGE.names
    rows = []
    for n in range(60):
        row = filled("knowledge", n, NAMES[n % 5])
        fixed = {"place_key": "p", "topic": f"t{n % 2}", "source": f"s{n % 3}", "country": ("SY", "IQ")[n % 2]}
        rows.append({**row, **fixed, "day": date(2014, 11, 1) + timedelta(n % 30), "recorded": date(2014, 12, 1)})
    table = pa.Table.from_pylist([{name: row[name] for name in columns} for row in rows], schema=KNOWLEDGE)
    told = []
    for store in both:
        store.put("knowledge", table)
        near = store.knowledge_near("p", ["t0", "t1"], date(2014, 11, 15), ("knowledge_id", "day", "source"), None)
        early = store.knowledge_near("p", ["t0"], date(2014, 11, 15), ("knowledge_id",), date(2014, 11, 30))
        told.append((sorted(map(str, near)), early, store.knowledge_countries()))
    assert told[0] == told[1]
    assert len(told[0][0]) > 20


def test_collecting_is_the_same(tmp_path: Path, stores: Server) -> None:
    """How far collecting has come is counted alike, names that look like SQL or wildcards included."""
    from datetime import UTC, datetime

    now, told = datetime(2026, 11, 22, tzinfo=UTC), []
    for place in (tmp_path / "collecting.db", stores):
        with Collecting(place) as state:
            for name in ("a'; DROP TABLE seen; --", "%", "_", "قناة", "x" * 5000):
                state.set_channel(name, etag="e%s", failures=2)
                state.see(name, [f"{name}{n}" for n in (1, 2, 2)], now)
                state.count(name, "2026-11-22", 1, 2, 3)
                state.count(name, "2026-11-22", 1, 0, 0)
                state.refuse(name, "n", "why", now)
                state.add_picture(name[:64], "r", "h", 1)
            names = ("%", "_", "قناة", "x" * 5000)
            told.append(
                [
                    [state.channel(name) for name in names],
                    [state.unseen(name, [f"{name}1", f"{name}9"]) for name in names],
                    [state.tally(name, "2026-11-22") for name in names],
                    [state.watched_since(name) for name in names],
                    [{k: v for k, v in row.items() if k != "number"} for row in state.refusals()],
                    sorted(state.pictures().items()),
                ]
            )
    assert told[0] == told[1]
