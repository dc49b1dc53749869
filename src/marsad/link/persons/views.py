"""A name as it is compared, made once for each distinct name; and the tables that records become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from marsad.names import Columns, columns_of, parts_of
from marsad.names.parts import of_parts
from marsad.stage import RowStage

PARTED = "\x1f"
"""Stands between the four parts of a name that a list gives in columns of its own."""

NAME = pa.schema([pa.field("name", pa.string(), nullable=False)])

_TEXTS = ("script", "own", "father", "grand", "family", "own_sk", "father_sk", "grand_sk", "family_sk", "kunya_sk")
NAME_COLUMNS = pa.schema(
    [
        pa.field("name", pa.string(), nullable=False),
        *(pa.field(c, pa.string()) for c in _TEXTS),
        pa.field("known", pa.bool_()),
    ]
)

RECORDS = pa.schema(
    [
        pa.field("rid", pa.int32(), nullable=False),
        pa.field("lst", pa.int16(), nullable=False),
        pa.field("sex", pa.string()),
        pa.field("age", pa.int16()),
        pa.field("born", pa.int32()),
        pa.field("died", pa.int32()),
        pa.field("place", pa.string()),
        pa.field("id_ok", pa.string()),
    ]
)
"""One row a record, in numbers: `rid` counts records, `lst` lists; days are days since 1970; `id_ok` a believed number."""

WRITTEN = pa.schema([pa.field("rid", pa.int32(), nullable=False), pa.field("name", pa.string(), nullable=False)])
"""The names of a record, one a row."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as one list writes it, whole or with PARTED between its parts."""

    written: str


def named(name: Name) -> Iterator[tuple[str, Columns]]:
    """Yield the name with its columns; nothing for a name that names nobody."""
    if PARTED in name.written:
        own, father, grand, family = (part or None for part in name.written.split(PARTED))
        parts = of_parts(own, father, grand, family)
    else:
        parts = parts_of(name.written)
    columns = columns_of(parts)
    if columns.own or columns.family or columns.kunya_sk:
        yield name.written, columns


def _read(row: Mapping[str, Any]) -> Name:
    return Name(row["name"])


def _write(made: tuple[str, Columns]) -> dict[str, Any]:
    name, columns = made
    return {"name": name, **{c: getattr(columns, c) for c in (*_TEXTS, "known")}}


NAMING: RowStage[Name, tuple[str, Columns]] = RowStage(
    "names of persons", "1", "name", NAME, NAME_COLUMNS, _read, named, _write
)
"""Distinct names to their columns, as a stage: runs in as many processes as there are cores."""
