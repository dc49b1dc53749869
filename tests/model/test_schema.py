"""Schemas are written once, and say which values must be known."""

import pyarrow as pa
import pytest

from marsad.model import schema

SCHEMAS = {name: value for name, value in vars(schema).items() if name.isupper() and isinstance(value, pa.Schema)}


def test_there_are_schemas_and_no_two_are_alike() -> None:
    """Each schema stands for one kind of row: none is written twice under two names."""
    assert len(SCHEMAS) >= 15
    shapes = [tuple((f.name, str(f.type), f.nullable) for f in shape) for name, shape in SCHEMAS.items()]
    alike = [n for n, s in zip(SCHEMAS, shapes, strict=True) if shapes.count(s) > 1]
    assert alike == []


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_names_each_column_once(name: str) -> None:
    """A column's name says which column it is."""
    names = SCHEMAS[name].names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_what_names_a_row_is_always_known(name: str) -> None:
    """The first column of a schema is what its rows are about, and never null."""
    assert not SCHEMAS[name].field(0).nullable
