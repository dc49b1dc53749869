"""How far collecting has come, in one file that may be thrown away."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Self

from sqlalchemy import delete, insert, select, update

from marsad.store import collecting_tables as t
from marsad.store import databases
from marsad.store.databases import insert_or
from marsad.store.instants import instant
from marsad.store.places import Place
from marsad.store.shapes import Shape

STATE = "collecting.db"
"""What the file is called in an observatory."""

SHAPE = Shape("collecting", t.COLLECTING, t.APPLICATION_ID, t.VERSION, append_only=False)

Row = dict[str, Any]
_CHUNK = 400
_REFUSALS = 10_000
"""Refusals remembered, the latest ones."""


class Collecting:
    """What is known of channels, items seen, refusals. Close it, or use it in a `with`. Every call is a commit."""

    def __init__(self, place: Place) -> None:
        """Open the store at `place`; make it if there is no file."""
        databases.create_where_missing(place, SHAPE)
        self.path = place
        self._database = databases.opened(place, SHAPE, durable=False)

    def channel(self, name: str) -> Row:
        """Return what is known of a channel: etag, modified, asked_at, next_at, failures, paused; None where nothing is."""
        with self._database.reading() as connection:
            row = connection.execute(select(t.channel).where(t.channel.c.name == name)).mappings().first()
        blank: Row = {"name": name, "etag": None, "modified": None, "asked_at": None, "next_at": None}
        return {**blank, "failures": 0, "paused": 0} if row is None else dict(row)

    def set_channel(self, name: str, **values: object) -> None:
        """Write down what is new about a channel."""
        with self._database.writing() as connection:
            connection.execute(insert_or(connection, t.channel).values(name=name).on_conflict_do_nothing())
            connection.execute(update(t.channel).where(t.channel.c.name == name).values(**values))

    def unseen(self, channel: str, items: Iterable[str]) -> list[str]:
        """Return those of these items that have not been seen, each once, in their order."""
        wanted = list(dict.fromkeys(items))
        known: set[str] = set()
        with self._database.reading() as connection:
            for at in range(0, len(wanted), _CHUNK):
                chunk = wanted[at : at + _CHUNK]
                query = select(t.seen.c.item).where(t.seen.c.channel == channel, t.seen.c.item.in_(chunk))
                known.update(connection.execute(query).scalars())
        return [item for item in wanted if item not in known]

    def see(self, channel: str, items: Iterable[str], now: datetime) -> None:
        """Remember that these items were dealt with."""
        rows = [{"channel": channel, "item": item, "at": instant(now)} for item in items]
        if rows:
            with self._database.writing() as connection:
                connection.execute(insert_or(connection, t.seen).on_conflict_do_nothing(), rows)

    def count(self, channel: str, day: str, new: int, known: int, refused: int) -> None:
        """Add to what a day brought."""
        columns = {"new": new, "known": known, "refused": refused}
        added = {name: t.tally.c[name] + value for name, value in columns.items()}
        with self._database.writing() as connection:
            statement = insert_or(connection, t.tally).values(channel=channel, day=day, **columns)
            connection.execute(statement.on_conflict_do_update(index_elements=["channel", "day"], set_=added))

    def tally(self, channel: str, day: str) -> Row | None:
        """Return what a day brought: new, known, refused; None for a day on which the channel was not watched."""
        where = (t.tally.c.channel == channel, t.tally.c.day == day)
        with self._database.reading() as connection:
            row = connection.execute(select(t.tally).where(*where)).mappings().first()
        return None if row is None else dict(row)

    def watched_since(self, channel: str) -> str | None:
        """Return the first day on which a channel was watched, None if it never was."""
        query = select(t.tally.c.day).where(t.tally.c.channel == channel).order_by(t.tally.c.day).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).scalars().first()

    def refuse(self, channel: str, name: str, reason: str, now: datetime) -> None:
        """Remember a refusal; the oldest are forgotten past ten thousand."""
        row = {"at": instant(now), "channel": channel, "name": name, "reason": reason}
        with self._database.writing() as connection:
            number = connection.execute(insert(t.refusal).values(row)).inserted_primary_key
            last = 0 if number is None else int(number[0])
            connection.execute(delete(t.refusal).where(t.refusal.c.number <= last - _REFUSALS))

    def refusals(self) -> Iterator[Row]:
        """Yield what was refused, oldest first: at, channel, name, reason."""
        with self._database.reading() as connection:
            for row in connection.execute(select(t.refusal).order_by(t.refusal.c.number)).mappings():
                yield dict(row)

    def pictures(self) -> Mapping[str, tuple[str, str, int]]:
        """Return report, perceptual hash and its quality of every picture, by its SHA-256, in no order."""
        with self._database.reading() as connection:
            rows = connection.execute(select(t.picture))
            return {sha256: (report_id, code, quality) for sha256, report_id, code, quality in rows}

    def add_picture(self, sha256: str, report_id: str, code: str, quality: int) -> None:
        """Remember a picture and the first report that it came with."""
        row = {"sha256": sha256, "report_id": report_id, "hash": code, "quality": quality}
        with self._database.writing() as connection:
            connection.execute(insert_or(connection, t.picture).values(row).on_conflict_do_nothing())

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
