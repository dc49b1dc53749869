"""What is derived: claims, incidents, tolls and whatever else can be made again. Tables go in and come out as Arrow."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
from sqlalchemy import Connection, Delete, Select, bindparam, delete, func, or_, select

from marsad.failpoint import reached
from marsad.model import ReportId
from marsad.model.rows import canonical_json
from marsad.store import arrow, databases, knowledge_queries
from marsad.store.columns import in_order
from marsad.store.derived_tables import APPLICATION_ID, DERIVED, KEYS, SCHEMAS, TABLES, VERSION
from marsad.store.places import Place
from marsad.store.shapes import Rows, Shape

SHAPE = Shape("derived", DERIVED, APPLICATION_ID, VERSION, append_only=False)

_CHUNK = 500
_FETCH = 20_000
_SCENE = (
    "place_words",
    "place_id",
    "place_name",
    "place_name_ar",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "place_precision",
)

Where = str | int | None | Iterable[str] | Iterable[int]


class Derived:
    """The store of what is derived, in one file or on a server; for one thread. Close it, or use it in a `with`.

    A commit is not forced to the disk at once: after a power cut the last ones may be missing, rows and reading marks
    together, and the next run derives them again.
    """

    def __init__(self, place: Place, *, read_only: bool = False) -> None:
        """Open the store; raises Wrong if there is none at `place`, or one that this marsad does not know."""
        self.path = place
        self._database = databases.opened(place, SHAPE, durable=False, read_only=read_only)
        self._writing: Connection | None = None

    @staticmethod
    def create(path: Path) -> None:
        """Make an empty store at `path`, where nothing may be yet."""
        databases.create(path, SHAPE)

    @contextmanager
    def write(self) -> Iterator[None]:
        """Make everything inside the `with` one transaction: all of it happens or none. May be nested."""
        if self._writing is not None:
            yield
            return
        with self._database.writing() as connection:
            self._writing = connection
            try:
                yield
            finally:
                self._writing = None

    def put(self, name: str, table: pa.Table) -> None:
        """Add rows to a table; raises Wrong, and adds nothing, if one is there already or breaks a rule."""
        shaped = table.select(SCHEMAS[name].names).cast(SCHEMAS[name])
        with self.write():
            reached(f"derived-{name}")
            for rows in filter(None, arrow.rows_of(shaped)):
                self._insert(name, rows)

    def replace(self, tables: Mapping[str, pa.Table]) -> None:
        """Put these tables in place of what was there, all at once: no reader sees some new and some old."""
        with self.write():
            for name, table in tables.items():
                self._connection.execute(delete(TABLES[name]))
                self.put(name, table)

    def renew(self, name: str, table: pa.Table, **where: Where) -> None:
        """Put these rows in place of those that `where` names, as for `table`; writes only what differs."""
        with self.write():
            self._exchange(name, (row for rows in self._rows(name, where) for row in map(tuple, rows)), table)

    def exchange(self, name: str, old: pa.Table, new: pa.Table) -> None:
        """Put the rows `new` in place of the rows `old`; writes only what differs."""
        with self.write():
            self._exchange(name, (row for rows in arrow.rows_of(old.cast(SCHEMAS[name])) for row in rows), new)

    def _exchange(self, name: str, stored: Iterable[tuple[Any, ...]], table: pa.Table) -> None:
        names = SCHEMAS[name].names
        shaped = table.select(names).cast(SCHEMAS[name])
        old, new = set(stored), {row for rows in arrow.rows_of(shaped) for row in rows}
        keys = KEYS[name] or tuple(names)
        places = [names.index(key) for key in keys]
        gone = [{f"of_{at}": row[n] for at, n in enumerate(places)} for row in old - new]
        if gone:
            self._connection.execute(_deletion(name, keys), gone)
        come = list(new - old)
        if come:
            self._insert(name, come)

    def _insert(self, name: str, rows: Rows) -> None:
        self._database.insert(self._connection, TABLES[name], rows)

    def clear(self) -> None:
        """Remove everything derived."""
        with self.write():
            for table in TABLES.values():
                self._connection.execute(delete(table))

    def table(self, name: str, **where: Where) -> pa.Table:
        """Return the table in the order of its key, whole or where each named column has (one of) the given values.

        Raises KeyError for a table or column that there is none of.
        """
        table = arrow.table_of(self._rows(name, where), SCHEMAS[name])
        if not any(where.values()):
            return table
        return table.sort_by([(key, "ascending") for key in KEYS[name] or SCHEMAS[name].names])

    def tellings_near(self, country: str | None, first: int | None, last: int | None) -> pa.Table:
        """Return the tellings (schema TELLING) of a country whose time meets these days, by their ids.

        Days count from the first of the year 1; None leaves that side open. Tellings of no known country are among them.
        """
        telling = TABLES["telling"]
        query = select(telling).order_by(telling.c.telling_id)
        if country is not None:
            query = query.where(or_(telling.c.country == country, telling.c.country.is_(None)))
        if first is not None:
            query = query.where(telling.c.day_to >= first)
        if last is not None:
            query = query.where(telling.c.day_from <= last)
        with self._reading() as connection:
            return arrow.table_of(iter([list(connection.execute(query))]), SCHEMAS["telling"])

    def tellings_of_block(
        self, country: str | None, days: tuple[int, int, int] | None, *said: str, named: str | None = None
    ) -> pa.Table:
        """Return the tellings (schema TELLING) whose time touches these days, or of no known time where `days` is None.

        `days` are the first and last that a time has to touch, and the last on which it may end. Of a country, or of none
        known where `country` is None; with `said` of every country, those alone whose figures hold these texts, with `named`
        those whose traits hold it.
        """
        telling = TABLES["telling"].c
        query = select(TABLES["telling"]).order_by(telling.telling_id)
        query = query.where(*(telling.figures.contains(text, autoescape=True) for text in said))
        if named is not None:
            query = query.where(telling.traits.contains(named, autoescape=True))
        elif not said:
            query = query.where(telling.country == country)
        if days is None:
            query = query.where(telling.day_to.is_(None))
        else:
            first, last, latest = days
            query = query.where(telling.day_to.between(first, latest), telling.day_from <= last)
        with self._reading() as connection:
            return arrow.table_of(iter([list(connection.execute(query))]), SCHEMAS["telling"])

    def knowledge_near(
        self, place_key: str, topics: Iterable[str], day: date, columns: Iterable[str], known_on: date | None = None
    ) -> list[dict[str, Any]]:
        """Return, of each source, its last statements of these topics about a place up to a day and its first after it.

        Rows of the named columns (schema KNOWLEDGE), days as dates; see `knowledge_queries.near`.
        """
        names = list(columns)
        with self._reading() as connection:
            return knowledge_queries.near(connection, place_key, list(topics), day, names, known_on)

    def knowledge_found(self, question: Select[Any]) -> pa.Table:
        """Return the statements (schema KNOWLEDGE) that a question of `knowledge_queries` finds, in order of their ids."""
        with self._reading() as connection:
            found = arrow.table_of(iter([list(connection.execute(question))]), SCHEMAS["knowledge"])
        return found.sort_by("knowledge_id")

    def knowledge_counted(self, question: Select[Any]) -> list[dict[str, Any]]:
        """Return the rows of a question of `knowledge_queries` that counts or names."""
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(question).mappings()]

    def countries_of_incidents(self) -> dict[str, int]:
        """Return how many incidents there are in each country that any is in."""
        country = TABLES["incident"].c.country
        with self._reading() as connection:
            query = select(country, func.count()).where(country.is_not(None)).group_by(country)
            return {str(code): int(n) for code, n in connection.execute(query)}

    def places_of_incidents(self, apart: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return the names of places of incidents (name, name_ar), and how many (n) are at each, without those `apart` by id."""
        incident = TABLES["incident"].c
        named = (incident.place_name.label("name"), incident.place_name_ar.label("name_ar"))
        query = select(*named, func.count().label("n")).where(incident.place_name.is_not(None)).group_by(*named)
        with self._reading() as connection:
            found = [dict(row) for row in connection.execute(query).mappings()]
        for row in self.table("incident", incident_id=sorted(apart)).to_pylist() if apart else ():
            for one in found:
                one["n"] -= (one["name"], one["name_ar"]) == (row["place_name"], row["place_name_ar"])
        return found

    def scenes_of_incidents(self) -> list[dict[str, Any]]:
        """Return the places of incidents, each once: its words, names, id, country, province, point and precision."""
        incident = TABLES["incident"].c
        columns = [incident[n] for n in _SCENE]
        with self._reading() as connection:
            query = select(*columns).where(incident.place_words.is_not(None)).distinct().order_by(*columns)
            return [dict(row) for row in connection.execute(query).mappings()]

    def incidents_at(self, place_id: str | None, words: str, day: date | None, most: int) -> list[str]:
        """Return incidents, by id, at a place (its id, else its words): the `most` nearest to a day on either side."""
        incident = TABLES["incident"].c
        here = incident.place_id == place_id if place_id is not None else incident.place_words == words
        asked = select(incident.incident_id).where(here)
        first, code = incident.occurred_from, incident.code
        sides = [asked.order_by(first.desc(), code)]
        if day is not None:
            at = day.isoformat()
            sides = [
                asked.where(first <= at).order_by(first.desc(), code),
                asked.where(first > at).order_by(first, code),
            ]
        with self._reading() as connection:
            return [str(one) for side in sides for one in connection.execute(side.limit(most)).scalars()]

    def knowledge_countries(self) -> list[str]:
        """Return the codes of the countries of which anything is known, in order."""
        with self._reading() as connection:
            return knowledge_queries.countries(connection)

    @staticmethod
    def keys(name: str) -> tuple[str, ...]:
        """Return the columns that name a row of this table; none for rejections, which nothing names."""
        return KEYS[name]

    def count(self, name: str) -> int:
        """Return how many rows a table has."""
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(TABLES[name])).scalar_one())

    def unread(self, stage: str, version: str, report_ids: Iterable[ReportId]) -> Iterator[ReportId]:
        """Yield those of the reports that this version of the stage has not read, in the order given."""
        reading = TABLES["reading"].c
        base = select(reading.report_id).where(reading.stage == stage, reading.version == version)
        source = iter(report_ids)
        while chunk := list(islice(source, _CHUNK)):
            with self._reading() as connection:
                done = set(connection.execute(base.where(reading.report_id.in_(chunk))).scalars())
            yield from (report_id for report_id in chunk if report_id not in done)

    def mark_read(self, stage: str, version: str, report_ids: Iterable[ReportId]) -> None:
        """Note that this version of the stage has read the reports, in the `write()` that puts what came of them."""
        rows = [(report_id, stage, version) for report_id in report_ids]
        if rows:
            reached("derived-reading")
            with self.write():
                self._insert("reading", rows)

    def versions(self, stage: str) -> set[str]:
        """Return the versions of a stage that have read something."""
        reading = TABLES["reading"].c
        with self._reading() as connection:
            return set(connection.execute(select(reading.version).where(reading.stage == stage).distinct()).scalars())

    def forget_readings(self, stage: str) -> None:
        """Forget what a stage has read, in the `write()` that replaces what came of it."""
        reading = TABLES["reading"]
        with self.write():
            self._connection.execute(delete(reading).where(reading.c.stage == stage))

    def digest(self) -> str:
        """Return a SHA-256 over every table, row by row in the order of the keys: equal content, equal digest."""
        digest = hashlib.sha256()
        for name in sorted(TABLES):
            digest.update(canonical_json([name, SCHEMAS[name].names]).encode())
            for rows in self._rows(name, {}):
                digest.update("".join(canonical_json(list(row)) + "\n" for row in rows).encode())
        return digest.hexdigest()

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the database and its tables."""
        yield from self._database.structure_faults()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _connection(self) -> Connection:
        if self._writing is None:
            raise RuntimeError("writing outside of write()")
        return self._writing

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._writing is not None:
            yield self._writing
            return
        with self._database.reading() as connection:
            yield connection

    def _rows(self, name: str, where: Mapping[str, Where]) -> Iterator[list[Any]]:
        with self._reading() as connection:
            for query in _queries(name, where):
                whole = {} if where else {"stream_results": True}  # a table may be larger than memory allows
                with connection.execute(query, execution_options=whole) as result:
                    while rows := result.fetchmany(_FETCH):
                        yield list(rows)


def _queries(name: str, where: Mapping[str, Where]) -> Iterator[Select[Any]]:
    """Yield the queries that together select the rows: one, unless a column is to have one of very many values."""
    table = TABLES[name]
    query = select(table).order_by(*(in_order(table.c[key]) for key in KEYS[name] or table.c.keys()))
    lists = {}
    for column, wanted in where.items():
        if wanted is None or isinstance(wanted, str | int):
            query = query.where(table.c[column] == wanted)
        else:
            given: set[Any] = set(wanted)
            lists[column] = sorted(given)
    longest = max(lists, key=lambda column: len(lists[column]), default=None)
    for column, values in lists.items():
        if column != longest:
            query = query.where(table.c[column].in_(values))
    if longest is None:
        yield query
        return
    source = iter(lists[longest])
    while chunk := list(islice(source, _CHUNK)):
        yield query.where(table.c[longest].in_(chunk))


def _deletion(name: str, keys: Iterable[str]) -> Delete:
    """Return the DELETE of one row, with a place for each of the columns that name it."""
    table = TABLES[name]
    places = [(table.c[key], bindparam(f"of_{at}", type_=table.c[key].type)) for at, key in enumerate(keys)]
    # PostgreSQL looks up no IS NOT DISTINCT FROM in an index, and no key is null.
    return delete(table).where(*(c.is_not_distinct_from(p) if c.nullable else c == p for c, p in places))
