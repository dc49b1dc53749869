"""What the desk finds things by: reports in the order in which they should be read, and their words. Made again at will.

The file is a cache over kept.db and derived.db. Lists are paged by the key of their last row, and every query goes by an
index: with a million claims a page costs what it costs with a thousand.
"""

# ruff: noqa: S608 - statements are put together from this room's own words; values are always bound

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from marsad.store import search_sql as sql
from marsad.store.sqlite import spoken

FILE = "search.db"
Row = dict[str, Any]
_BUSY = 30.0
_ASKED = 400


@dataclass(frozen=True, slots=True)
class After:
    """The last row of the page before: its rank and its number."""

    rank: float
    n: int


class SearchStore:
    """The desk's index, in one file; for one thread. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, *, mirrored: bool = False) -> None:
        """Open the index of the observatory in `folder`, making an empty one where there is none, or one of another shape.

        With `mirrored` the stores are no files in the folder: what the lists are made of is copied beside the index.
        """
        self.path = folder / FILE
        self._folder = folder
        if _shape(self.path) != sql.SHAPE:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(FILE + suffix).unlink(missing_ok=True)
        with spoken(self.path):
            self._at = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
            self._at.row_factory = sqlite3.Row
            self._at.create_function("log2", 1, lambda x: math.log2(x) if x and x > 0 else 0.0, deterministic=True)
            for name in ("kept", "derived"):
                file = f"search-{name}.db?mode=rwc" if mirrored else f"{name}.db?mode=ro"
                self._at.execute(f"ATTACH ? AS {name}", [f"file:{quote(str(folder.absolute()))}/{file}"])
            if mirrored:
                self._lay_out_mirror()
            self._at.execute("PRAGMA main.journal_mode=WAL")
            self._at.execute("PRAGMA main.synchronous=NORMAL")
            self._at.execute("PRAGMA cache_size=-65536")
            if _shape(self.path) != sql.SHAPE:
                self._at.executescript(f"BEGIN IMMEDIATE; {sql.LAYOUT} PRAGMA user_version={sql.SHAPE}; COMMIT;")

    def _lay_out_mirror(self) -> None:
        there = self._at.execute("SELECT count(*) FROM kept.sqlite_master").fetchone()[0]
        if not there:
            for name, tables in sql.MIRRORED.items():
                for table, columns in tables.items():
                    told = ", ".join(f'"{column}"' for column in columns)
                    self._at.execute(f'CREATE TABLE IF NOT EXISTS {name}."{table}" ({told})')
            for statement in sql.MIRROR_INDEXES:
                self._at.execute(statement)

    def mirror(self, name: str, table: str, rows: Iterable[Mapping[str, Any]], *, anew: bool) -> None:
        """Copy rows of a store ("kept", "derived") beside the index: in place of what was there, or to it."""
        columns = sql.MIRRORED[name][table]
        marks = ", ".join("?" * len(columns))
        with spoken(self.path):
            self._at.execute("BEGIN IMMEDIATE")
            if anew:
                self._at.execute(f'DELETE FROM {name}."{table}"')
            values = ([_plain(row[column]) for column in columns] for row in rows)
            self._at.executemany(f'INSERT INTO {name}."{table}" VALUES ({marks})', values)
            self._at.execute("COMMIT")

    def stamp(self) -> str:
        """Return what the lists were made from, "" for nothing yet."""
        return self._told("stamp") or ""

    def wanted_stamp(self) -> str:
        """Return what lists made now would be made from: the last run, and the reports there are."""
        marks = self._all("SELECT report_id, version FROM derived.reading WHERE stage = 'derive'")
        reports = self._one("SELECT max(seq) AS n FROM kept.report")
        return f"{[tuple(m.values()) for m in marks]} {reports['n'] if reports else None}"

    def rebuild(self, stamp: str | None = None) -> None:
        """Make every list anew from what is kept and derived; one transaction, readers see the old lists until it ends.

        Where another process has made them from the same meanwhile, they are left as they are.
        """
        stamp = stamp or self.wanted_stamp()
        with spoken(self.path):
            self._at.execute("BEGIN IMMEDIATE")
            try:
                if self.stamp() != stamp:
                    for statement in filter(str.strip, sql.REBUILD.split(";")):
                        self._at.execute(statement)
                    self._tell("stamp", stamp)
                    last = self._one("SELECT coalesce(max(seq), 0) AS n FROM kept.decision")
                    self._tell("decided", last["n"] if last else 0)
                    self._count_states()
                self._at.execute("COMMIT")
            except BaseException:
                self._at.execute("ROLLBACK")
                raise

    def size(self) -> int:
        """Return how many reports the lists hold."""
        return sum(self.state_counts().values())

    def decided_until(self) -> int:
        """Return the number in the ledger of the last decision that the lists know of, 0 for none."""
        return int(self._told("decided") or 0)

    def take_in_decisions(self) -> int:
        """Put right the rows of reports that were decided on since; return how many decisions that were."""
        seen = int(self._told("decided") or 0)
        fresh = self._all("SELECT seq, substr(anchor, 1, 24) AS report_id FROM kept.decision WHERE seq > ?", [seen])
        if not fresh:
            return 0
        reports = sorted({row["report_id"] for row in fresh})
        with spoken(self.path):
            self._at.execute("BEGIN IMMEDIATE")
            for start in range(0, len(reports), _ASKED):
                chunk = reports[start : start + _ASKED]
                self._at.execute(sql.DECIDED.replace("?", ",".join("?" * len(chunk))), chunk)
            self._tell("decided", max(row["seq"] for row in fresh))
            self._count_states()
            self._at.execute("COMMIT")
        return len(fresh)

    def without_words(self) -> Iterator[tuple[int, str]]:
        """Yield (number, report id) of the reports whose words are not in the index yet, oldest first."""
        done = int(self._told("words") or -1)
        for row in self._all("SELECT seq, report_id FROM kept.report WHERE seq > ? ORDER BY seq", [done]):
            yield row["seq"], row["report_id"]

    def add_words(self, rows: Sequence[tuple[int, str, str]], upto: int) -> None:
        """Add reports to the words: (number, first words, searched words); all up to number `upto` are done then."""
        with spoken(self.path):
            self._at.execute("BEGIN IMMEDIATE")
            self._at.executemany("INSERT OR REPLACE INTO head VALUES (?, ?)", [(n, head) for n, head, _ in rows])
            self._at.executemany("INSERT INTO words (rowid, said) VALUES (?, ?)", [(n, said) for n, _, said in rows])
            self._tell("words", upto)
            self._at.execute("COMMIT")

    def reports(self, where: Mapping[str, str], most: int, after: After | None = None) -> list[Row]:
        """Return the next reports to be read, those of the lowest rank first; `where` are values of columns."""
        return self._page("item", sql.ITEM, where, most, after)

    def incidents(self, where: Mapping[str, str], most: int, after: After | None = None) -> list[Row]:
        """Return incidents, those with the most people at stake first."""
        return self._page("case_row", sql.CASE, where, most, after)

    def questions(self, most: int, after: After | None = None) -> list[Row]:
        """Return the doubtful links, those with most people in most doubt first."""
        return self._page("question", sql.QUESTION, {}, most, after)

    def found(self, words: Sequence[str], where: Mapping[str, str], most: int, before: int | None = None) -> list[Row]:
        """Return the reports that hold all these words, the last one as a beginning, newest first."""
        asked = " ".join(f'"{one}"' for one in words[:-1]) + f' "{words[-1]}"*'
        told = [*self._checked("item", where), *(["words.rowid < ?"] if before is not None else [])]
        more = "".join(f" AND {condition}" for condition in told)
        values = [asked.strip(), *where.values(), *([before] if before is not None else []), most]
        return self._all(sql.FOUND.format(more=more), values)

    def after_code(self, code: str, most: int) -> list[Row]:
        """Return the incidents whose code comes after this one, in order of their codes."""
        return self._all(f"{sql.CASE} WHERE code > ? ORDER BY code LIMIT ?", [code, most])

    def codes(self, beginning: str, most: int) -> list[Row]:
        """Return the incidents whose code begins so, in order of their codes."""
        rows = [beginning.upper(), beginning.upper() + "\uffff", most]
        return self._all(f"{sql.CASE} WHERE code >= ? AND code < ? ORDER BY code LIMIT ?", rows)

    def copies_of(self, report_ids: Sequence[str], each: int) -> list[Row]:
        """Return up to `each` copies of every one of these reports, earliest first, and how many there are."""
        marks = ",".join("?" * len(report_ids))
        return self._all(sql.COPIES.format(marks=marks), [*report_ids, each]) if report_ids else []

    def state_counts(self) -> dict[str, int]:
        """Return how many reports there are in each state: "open", "done", "none", "copy"."""
        counted: dict[str, int] = json.loads(self._told("states") or "{}")
        return counted

    def _count_states(self) -> None:
        """Count once what every page of the queue says."""
        counted = {row["state"]: row["n"] for row in self._all("SELECT state, count(*) AS n FROM item GROUP BY state")}
        self._tell("states", json.dumps(counted))

    def next_open(self, report_id: str) -> str | None:
        """Return the report to be read after this one, None where none is left."""
        here = self.item(report_id)
        after = After(here["rank"], here["n"]) if here else None
        found = self.reports({"state": "open"}, 1, after) or self.reports({"state": "open"}, 2)
        return next((str(row["report_id"]) for row in found if row["report_id"] != report_id), None)

    def item(self, report_id: str) -> Row | None:
        """Return the row of one report, None if there is none."""
        return self._one(f"{sql.ITEM} WHERE item.report_id = ?", [report_id])

    def table(self, name: str) -> list[Row]:
        """Return a small table whole: "outlet_row", "origin_row", "area_row", "tally"."""
        return self._all(f"SELECT * FROM {_known(name)}")

    def plan(self, statement: str, values: Sequence[Any] = ()) -> list[str]:
        """Return how the database would answer a query: for the proof that it goes by an index."""
        return [row["detail"] for row in self._all(f"EXPLAIN QUERY PLAN {statement}", values)]

    def _page(self, table: str, select: str, where: Mapping[str, str], most: int, after: After | None) -> list[Row]:
        told = self._checked(table, where)
        values: list[Any] = list(where.values())
        if after is not None:
            told.append(f"({table}.rank, {table}.n) > (?, ?)")
            values += [after.rank, after.n]
        condition = f" WHERE {' AND '.join(told)}" if told else ""
        return self._all(f"{select}{condition} ORDER BY {table}.rank, {table}.n LIMIT ?", [*values, most])

    def _checked(self, table: str, where: Mapping[str, str]) -> list[str]:
        unknown = where.keys() - sql.FILTERS[table]
        if unknown:
            raise KeyError(f"{table} is not filtered by {', '.join(sorted(unknown))}")
        return [f"{table}.{column} = ?" for column in where]

    def _tell(self, key: str, value: Any) -> None:
        self._at.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", [key, value])

    def _told(self, key: str) -> str | None:
        found = self._one("SELECT value FROM told WHERE key = ?", [key])
        return None if found is None else str(found["value"])

    def _one(self, statement: str, values: Iterable[Any] = ()) -> Row | None:
        return next(iter(self._all(statement, values)), None)

    def _all(self, statement: str, values: Iterable[Any] = ()) -> list[Row]:
        with spoken(self.path):
            return [dict(row) for row in self._at.execute(statement, list(values))]

    def close(self) -> None:
        """Let go of the file."""
        self._at.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _plain(value: Any) -> Any:
    """Return a value as SQLite keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else int(value) if isinstance(value, bool) else value


def _known(name: str) -> str:
    if name not in sql.SMALL:
        raise KeyError(f"{name} is not one of {', '.join(sql.SMALL)}")
    return name


def _shape(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY)) as at:
            return int(at.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0
