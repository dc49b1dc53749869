"""Kinds of column and the checks that go with them, the same on SQLite (STRICT) and PostgreSQL."""

from itertools import pairwise
from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    Double,
    Integer,
    Text,
    and_,
    column,
    func,
    or_,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine

INTEGER = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both; STRICT tables know no BIGINT."""

REAL_NUMBER: Double[Any] = Double().with_variant(REAL(), "sqlite")

_NUL, _ESCAPE = "\0", "\ufdd0"
"""PostgreSQL takes every character but U+0000. U+FDD0 is no character, and stands before what stands for one of the two."""


def without_nul(text: str) -> str:
    """Return the text as PostgreSQL can keep it, other for every other text.

    >>> without_nul("a\\0b") == "a\\ufdd00b" and with_nul(without_nul("a\\0b\\ufdd0")) == "a\\0b\\ufdd0"
    True
    """
    if _NUL in text or _ESCAPE in text:
        return text.replace(_ESCAPE, f"{_ESCAPE}1").replace(_NUL, f"{_ESCAPE}0")
    return text


def with_nul(text: str) -> str:
    """Return the text that `without_nul` was given."""
    if _ESCAPE in text:
        return text.replace(f"{_ESCAPE}0", _NUL).replace(f"{_ESCAPE}1", _ESCAPE)
    return text


class _Words(TypeDecorator[str]):
    """Text on PostgreSQL: any character, and in the order of code points, whatever language the server was set up for."""

    impl = Text(collation="C")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what is sent; a value of another kind as it is, for the server to refuse."""
        return without_nul(value) if isinstance(value, str) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what was kept."""
        return None if value is None else with_nul(value)


TEXT: TypeEngine[str] = Text().with_variant(_Words(), "postgresql")

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


def check(table: str, name: str, rule: ColumnElement[bool]) -> CheckConstraint:
    """Return a named check: a rule that no row of the table may break. A null breaks nothing."""
    return CheckConstraint(rule, name=f"{table}_{name}")


def is_day(name: str) -> ColumnElement[bool]:
    """Return the rule that the column is a day written YYYY-MM-DD: as text it sorts like the days themselves."""
    day: Column[str] = _column(name)
    return and_(day.like("____-__-__"), day.between(FIRST_DAY, LAST_DAY))


def is_instant(name: str) -> ColumnElement[bool]:
    """Return the rule that the column is a UTC time written to the microsecond: as text it sorts by time."""
    instant: Column[str] = _column(name)
    return and_(instant.like("____-__-__T__:__:__.______Z"), instant.between(FIRST_DAY, "9999-12-31T99"))


def is_moment(name: str) -> ColumnElement[bool]:
    """Return the rule that the column is a time with its zone, as ISO 8601 writes it to the microsecond."""
    moment: Column[str] = _column(name)
    return or_(
        is_instant(name),
        moment.like("____-__-__T__:__:__.______+__:__"),
        moment.like("____-__-__T__:__:__.______-__:__"),
    )


def is_sha256(name: str) -> ColumnElement[bool]:
    """Return the rule that the column is a SHA-256 in lower-case hex."""
    digest: Column[str] = _column(name)
    return and_(func.length(digest) == 64, func.lower(digest) == digest)


def is_truth(name: str) -> ColumnElement[bool]:
    """Return the rule that the column is 0 or 1."""
    truth: Column[int] = _column(name)
    return truth.in_([0, 1])


def ordered(*names: str) -> ColumnElement[bool]:
    """Return the rule that none of the columns is above the one after it."""
    return and_(*(_column(low) <= _column(high) for low, high in pairwise(names)))


def together(*names: str) -> ColumnElement[bool]:
    """Return the rule that the columns are null all together or not at all."""
    return or_(and_(*(_column(n).is_(None) for n in names)), and_(*(_column(n).is_not(None) for n in names)))


def in_order(column: Column[Any]) -> ColumnElement[Any]:
    """Return what to sort by: nulls come first, whichever the database."""
    return column.nulls_first() if column.nullable else column


def _column(name: str) -> Any:
    return column(name)
