"""Questions to the table of knowledge that must be quick among a million rows: each walks an index, and reads a bounded piece."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, func, or_, select

from marsad.model.knowledge import KNOWLEDGE
from marsad.store.derived_tables import TABLES

BEFORE, AFTER = 8, 4
"""Of each source, how many of its statements up to the day asked for are read, and how many after it. Older ones say
nothing that these do not, unless a source wrote of more than that many parties and states since."""

_K = TABLES["knowledge"]

_day = lru_cache(20_000)(date.fromisoformat)  # a thousand rows name few days


def near(
    connection: Connection,
    place_key: str,
    topics: Sequence[str],
    day: date,
    columns: Sequence[str],
    known_on: date | None = None,
) -> list[dict[str, Any]]:
    """Return the statements nearest to a day: of each source and topic the last 8 up to it and the first 4 after it.

    With `known_on` only those that had come in by the end of that day.
    """
    names = tuple(columns)
    asked = {"place": place_key, "day": day.isoformat()}
    if known_on is not None:
        asked["known"] = known_on.isoformat()
    days = [n for n, name in enumerate(names) if pa.types.is_date(KNOWLEDGE.field(name).type)]
    out = []
    for query in _near(names, tuple(topics), known_on is not None):
        for row in connection.execute(query, asked):
            values = list(row)
            for n in days:
                if values[n] is not None:
                    values[n] = _day(values[n])
            out.append(dict(zip(names, values, strict=True)))
    return out


@lru_cache(64)
def _near(columns: tuple[str, ...], topics: tuple[str, ...], dated: bool) -> tuple[Select[Any], Select[Any]]:
    """Return the questions for what is up to a day and for what is after it, made once: making them took as long as asking."""
    place: BindParameter[str] = bindparam("place")
    day: BindParameter[str] = bindparam("day")
    sources = (
        select(_K.c.topic, _K.c.source).where(_K.c.place_key == place, _K.c.topic.in_(topics)).distinct().subquery()
    )
    inner = _K.alias()
    mine = select(inner.c.knowledge_id).where(
        inner.c.place_key == place, inner.c.topic == sources.c.topic, inner.c.source == sources.c.source
    )
    if dated:
        mine = mine.where(inner.c.recorded <= bindparam("known"))
    mine = mine.correlate(sources)
    before = mine.where(inner.c.day <= day).order_by(inner.c.day.desc(), inner.c.knowledge_id).limit(BEFORE)
    after = mine.where(inner.c.day > day).order_by(inner.c.day, inner.c.knowledge_id).limit(AFTER)
    wanted = [_K.c[name] for name in columns]
    made = [
        select(*wanted).select_from(sources.join(_K, _K.c.knowledge_id.in_(part.scalar_subquery())))
        for part in (before, after)
    ]
    return made[0], made[1]


def countries(connection: Connection) -> list[str]:
    """Return the countries of which anything is known, each found by one step along the index."""
    found: list[str] = []
    at = ""
    while True:
        code = connection.execute(select(func.min(_K.c.country)).where(_K.c.country > at)).scalar()
        if code is None:
            return found
        found.append(at := str(code))


def of_place(place_key: str) -> Select[Any]:
    """Return the question for what is told of a place, or of something of it (its air base)."""
    beside = _K.c.place_key.between(f"{place_key}/", f"{place_key}/\U0010ffff")
    return select(_K).where(or_(_K.c.place_key == place_key, beside))


def sums_of(place_key: str) -> Select[Any]:
    """Return the question for running totals of a place."""
    return select(_K).where(_K.c.place_key == place_key, _K.c.scope == "cumulative")


def denials() -> Select[Any]:
    """Return the question for everything that says that something was not so: few among many, found by one pass."""
    return select(_K).where(or_(_K.c.polarity == "negated", _K.c.stance == "denied"))


def of_acts(acts: Mapping[str, Collection[str]]) -> Select[Any]:
    """Return the question for statements of these acts, by topic."""
    return select(_K).where(or_(*(and_(_K.c.topic == topic, _K.c.act.in_(acts[topic])) for topic in sorted(acts))))


def per_country() -> Select[Any]:
    """Return the question for how many statements are of each country."""
    return select(_K.c.country, func.count().label("n")).where(_K.c.country.is_not(None)).group_by(_K.c.country)


def names() -> Select[Any]:
    """Return the question for every place that anything is told of: its key, and one row's names of it."""
    return (
        select(_K.c.place_key, func.min(_K.c.knowledge_id).label("knowledge_id"), _K.c.place_name, _K.c.place_name_ar)
        .where(_K.c.place_key.is_not(None))
        .group_by(_K.c.place_key, _K.c.place_name, _K.c.place_name_ar)
    )


def texts_of(column: str) -> Select[Any]:
    """Return the question for every text in a column (lists as they are stored), and in how many statements it stands."""
    text = _K.c[column]
    return select(text.label("text"), func.count().label("n")).where(text.is_not(None)).group_by(text)


def with_text(column: str, texts: Collection[str]) -> Select[Any]:
    """Return the question for the reports in which a column has one of these texts."""
    return select(_K.c.report_id).where(_K.c[column].in_(sorted(texts))).distinct()


def places() -> Select[Any]:
    """Return the question for the names of places, in both languages, and how many statements are of each."""
    named = (_K.c.place_name.label("name"), _K.c.place_name_ar.label("name_ar"))
    return select(*named, func.count().label("n")).where(_K.c.place_name.is_not(None)).group_by(*named)
