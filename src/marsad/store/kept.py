"""What is kept: reports, decisions, releases, and the ledger over them. Read in snapshots, added to in transactions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from marsad.failpoint import reached
from marsad.model import Decision, DecisionKind, PlaceList, Release, Report, ReportId, Sha256
from marsad.store import copying, databases, intake_tables, restricted_tables
from marsad.store import kept_rows as rows
from marsad.store import kept_tables as t
from marsad.store.places import Place
from marsad.store.shapes import Database, Shape

_CHUNK = 400
"""Names asked for in one query; two parameters each stay below every database's limit."""

_PARENTS_FIRST = t.KEPT.sorted_tables

SHAPE = Shape("kept", t.KEPT, t.APPLICATION_ID, t.VERSION, append_only=True)

_RECEIVED = select(t.report.c.report_id, t.report.c.intake_key).where(
    or_(
        t.report.c.report_id.in_(bindparam("ids", expanding=True)),
        t.report.c.intake_key.in_(bindparam("keys", expanding=True)),
    )
)
_SIZES = select(t.evidence.c.sha256, t.evidence.c.size).where(
    t.evidence.c.sha256.in_(bindparam("names", expanding=True))
)
_LAST_NUMBER = select(func.coalesce(func.max(t.leaf.c.seq), -1))
_LAST_LEAF = select(t.leaf.c.leaf).order_by(t.leaf.c.seq.desc()).limit(1)
"""What each commit of reports asks, made once: to put a query together costs as much as to run it."""

T = TypeVar("T")

NodeRow = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class Addition:
    """What one transaction adds: rows by table, and the ledger's leaves, salts and nodes that go with them.

    `leaves` and `openings` are (seq, bytes), `nodes` (level, index, hash); every row has its `seq`.
    """

    leaves: Sequence[tuple[int, bytes]]
    openings: Sequence[tuple[int, bytes]]
    nodes: Sequence[NodeRow]
    things: Mapping[str, Sequence[rows.Row]] = field(default_factory=dict)


class Reading:
    """One snapshot of what is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report_count(self, known_on: date | None = None) -> int:
        """Return how many reports there are, or were known at the end of a day (UTC)."""
        query = _known(select(func.count()).select_from(t.report), t.report, known_on)
        return int(self._connection.execute(query).scalar_one())

    def count(self, table: str) -> int:
        """Return how many rows a kept table has."""
        return int(self._connection.execute(select(func.count()).select_from(t.KEPT.tables[table])).scalar_one())

    def first_number(self, table: str, start: int | None = None) -> int | None:
        """Return the lowest number in the ledger that a kept table has, or has from `start` on; None if there is none."""
        seq = t.KEPT.tables[table].c.seq
        query = select(func.min(seq)) if start is None else select(func.min(seq)).where(seq >= start)
        found: int | None = self._connection.execute(query).scalar_one()
        return found

    def reports(self, after: ReportId | None = None, known_on: date | None = None, beyond: int = 0) -> Iterator[Report]:
        """Yield the reports in the order in which they were recorded, those beyond the first `beyond`.

        `after` leaves out that report and all before it; `known_on` those recorded after the end of that day (UTC).
        """
        query = _known(select(t.report).order_by(t.report.c.seq), t.report, known_on)
        if after is not None:
            seq = select(t.report.c.seq).where(t.report.c.report_id == after).scalar_subquery()
            query = query.where(t.report.c.seq > seq)
        if beyond:
            query = query.offset(beyond)
        for row in self._stream(query):
            yield rows.report_of(row)

    def report(self, report_id: ReportId) -> Report | None:
        """Return the report of this id, None if there is none."""
        return next(self.reports_named([report_id]), None)

    def reports_named(self, report_ids: Iterable[ReportId]) -> Iterator[Report]:
        """Yield those of the named reports that are kept, in no particular order."""
        for chunk in _chunks(report_ids):
            for row in self._stream(select(t.report).where(t.report.c.report_id.in_(chunk))):
                yield rows.report_of(row)

    def received(self, sent: Iterable[tuple[ReportId, str]]) -> dict[str, ReportId]:
        """Return what is known of the sent (report, intake key) pairs: report ids and keys, each with its report."""
        known: dict[str, ReportId] = {}
        for chunk in _chunks(sent):
            named = {"ids": [report_id for report_id, _ in chunk], "keys": [key for _, key in chunk]}
            for report_id, key in self._connection.execute(_RECEIVED, named):
                known |= {f"report {report_id}": ReportId(report_id), f"key {key}": ReportId(report_id)}
        return known

    def evidence_sizes(self, hashes: Iterable[Sha256]) -> dict[Sha256, int]:
        """Return the size of each piece of evidence that is known among these."""
        known: dict[Sha256, int] = {}
        for chunk in _chunks(hashes):
            known |= {Sha256(sha256): size for sha256, size in self._connection.execute(_SIZES, {"names": chunk})}
        return known

    def all_evidence(self, after: str = "") -> Iterator[tuple[str, int]]:
        """Yield (sha256, size) of all evidence from behind the hash `after`, in the order of the hashes."""
        query = select(t.evidence.c.sha256, t.evidence.c.size).order_by(t.evidence.c.sha256)
        for row in self._stream(query.where(t.evidence.c.sha256 > after)):
            yield row["sha256"], row["size"]

    def decisions(self, known_on: date | None = None) -> Iterator[Decision]:
        """Yield every decision in the order in which they were made, also those that a later version replaced."""
        for row in self._stream(_known(select(t.decision).order_by(t.decision.c.seq), t.decision, known_on)):
            yield rows.decision_of(row)

    def standing_decisions(self, known_on: date | None = None) -> list[Decision]:
        """Return the decisions that stand: the highest version for each anchor and kind, ordered by both."""
        standing = {(d.anchor, d.kind.value): d for d in self.decisions(known_on)}  # versions rise with time
        return [decision for _, decision in sorted(standing.items(), key=lambda item: item[0])]

    def standing_decision(self, anchor: str, kind: DecisionKind) -> Decision | None:
        """Return the decision that stands on this anchor and kind, None if there is none."""
        query = select(t.decision).where(t.decision.c.anchor == anchor, t.decision.c.kind == kind.value)
        row = self._connection.execute(query.order_by(t.decision.c.version.desc()).limit(1)).mappings().first()
        return None if row is None else rows.decision_of(dict(row))

    def decisions_since(self, seq: int) -> Iterator[tuple[int, Decision]]:
        """Yield (number, decision) of the decisions whose number in the ledger is above `seq`, in their order."""
        yield from self._decisions(t.decision.c.seq > seq)

    def decisions_numbered(self, numbers: Iterable[int]) -> Iterator[tuple[int, Decision]]:
        """Yield (number, decision) of the decisions with these numbers in the ledger."""
        for chunk in _chunks(numbers):
            yield from self._decisions(t.decision.c.seq.in_(chunk))

    def decisions_at(self, anchors: Iterable[str]) -> Iterator[tuple[int, Decision]]:
        """Yield (number, decision) of the decisions made at these words."""
        for chunk in _chunks(anchors):
            yield from self._decisions(t.decision.c.anchor.in_(chunk))

    def decisions_in(self, report_id: str) -> Iterator[tuple[int, Decision]]:
        """Yield (number, decision) of the decisions made at words of this report."""
        yield from self._decisions(t.decision.c.anchor.between(f"{report_id}:", f"{report_id};"))

    def _decisions(self, where: ColumnElement[bool]) -> Iterator[tuple[int, Decision]]:
        for row in self._stream(select(t.decision).where(where).order_by(t.decision.c.seq)):
            yield row["seq"], rows.decision_of(row)

    def releases(self) -> list[Release]:
        """Return the releases, the first first."""
        return [rows.release_of(row) for row in self._stream(select(t.release).order_by(t.release.c.number))]

    def place_lists(self) -> list[PlaceList]:
        """Return what stands about each list of places, also of those no longer used, in the order in which it was said."""
        standing: dict[tuple[Sha256, str | None], PlaceList] = {}
        for row in self._stream(select(t.place_list).order_by(t.place_list.c.seq)):
            given = rows.place_list_of(row)
            standing.pop((given.evidence, given.country), None)  # what is said again comes last
            standing[given.evidence, given.country] = given
        return list(standing.values())

    def restrictions(self) -> dict[ReportId, rows.Row]:
        """Return what stands about each report that was ever restricted: version, circle, actor, reason, recorded_at."""
        table = restricted_tables.restriction
        return {ReportId(row["report_id"]): dict(row) for row in self._stream(select(table).order_by(table.c.seq))}

    def quarantined(self, known: Iterable[Sha256] | None = None) -> Iterator[rows.Row]:
        """Yield what is in quarantine, oldest first: evidence, name, channel, reason, recorded_at.

        `known` asks for those of these hashes only.
        """
        query = select(intake_tables.quarantine).order_by(intake_tables.quarantine.c.seq)
        if known is None:
            yield from map(dict, self._stream(query))
            return
        for chunk in _chunks(known):
            yield from map(dict, self._stream(query.where(intake_tables.quarantine.c.evidence.in_(chunk))))

    def originals(self, report_ids: Iterable[ReportId]) -> Iterator[rows.Row]:
        """Yield what these reports were taken out of and what came with them: report_id, evidence, role."""
        for chunk in _chunks(report_ids):
            query = select(intake_tables.original).where(intake_tables.original.c.report_id.in_(chunk))
            yield from map(dict, self._stream(query.order_by(intake_tables.original.c.seq)))

    def pictures(self) -> Iterator[tuple[str, str]]:
        """Yield (sha256, report_id) for every picture that a report came with or was taken out of, oldest first."""
        tie, evidence = intake_tables.original, t.evidence
        joined = tie.join(evidence, tie.c.evidence == evidence.c.sha256)
        query = select(tie.c.evidence, tie.c.report_id).select_from(joined)
        for row in self._stream(query.where(evidence.c.media_type.like("image/%")).order_by(tie.c.seq)):
            yield row["evidence"], row["report_id"]

    def tree_size(self) -> int:
        """Return how many leaves the ledger has."""
        return int(self._connection.execute(_LAST_NUMBER).scalar_one()) + 1

    def last_leaf(self) -> bytes | None:
        """Return the bytes of the newest leaf, None where the ledger is empty."""
        leaf: bytes | None = self._connection.execute(_LAST_LEAF).scalar_one_or_none()
        return leaf

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield (number, bytes) of the ledger's leaves in their order, from number `start`, before `stop`."""
        yield from self._tuples(_between(select(t.leaf.c.seq, t.leaf.c.leaf), t.leaf, start, stop))

    def nodes(self, positions: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Return the hash at each (level, index) that is stored among these positions."""
        found: dict[tuple[int, int], bytes] = {}
        for chunk in _chunks(positions):
            query = select(t.node).where(tuple_(t.node.c.level, t.node.c.idx).in_(chunk))
            found |= {(level, index): digest for level, index, digest in self._connection.execute(query)}
        return found

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of the complete subtree at (level, index); raises KeyError where there is none."""
        return self.nodes([(level, index)])[level, index]

    def nodes_as_made(self) -> Iterator[NodeRow]:
        """Yield (level, index, hash) of every node in the order in which the leaves made them."""
        completed_by = (t.node.c.idx + literal(1)).bitwise_lshift(cast(t.node.c.level, Integer))
        query = select(t.node.c.level, t.node.c.idx, t.node.c.hash)
        yield from self._tuples(query.order_by(completed_by, t.node.c.level))

    def openings(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield (number, salt) for every leaf, in their order, from number `start`, before `stop`."""
        yield from self._tuples(_between(select(t.opening.c.seq, t.opening.c.salt), t.opening, start, stop))

    def things(self, kind: str, **where: str | int | None) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Yield (number, subject, content as sealed) of what is kept of one kind, in order of the numbers.

        All of it, or what has the given values in the named columns.
        """
        query = self._things(kind)
        for column, value in where.items():
            query = query.where(t.KEPT.tables[kind].c[column] == value)
        yield from self._contents(kind, query.order_by(t.KEPT.tables[kind].c.seq))

    def things_between(self, kind: str, start: int, stop: int) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Yield (number, subject, content as sealed) of what is kept of one kind, from number `start`, before `stop`."""
        yield from self._contents(kind, _between(self._things(kind), t.KEPT.tables[kind], start, stop))

    @staticmethod
    def _things(kind: str) -> Select[Any]:
        """Return the query of all rows of one kind, the number first."""
        columns = t.KEPT.tables[kind].columns
        return select(columns["seq"], *(column for column in columns if column.name != "seq"))

    def _contents(self, kind: str, query: Select[Any]) -> Iterator[tuple[int, str, dict[str, Any]]]:
        subject, names = rows.SUBJECTS[kind], [column.name for column in query.selected_columns][1:]
        for seq, *values in self._tuples(query):
            content = dict(zip(names, values, strict=True))
            yield seq, subject(content), content

    def _tuples(self, query: Select[Any]) -> Iterator[Any]:
        """Yield plain tuples, which compare and unpack quicker than named rows do."""
        result = self._connection.execute(query, execution_options={"yield_per": 1000})
        try:
            for part in result.partitions():
                yield from map(tuple, part)
        finally:
            if not self._connection.closed:
                result.close()

    def _stream(self, query: Select[Any]) -> Iterator[Mapping[str, Any]]:
        result = self._connection.execute(query, execution_options={"yield_per": 1000})
        try:
            names = list(result.keys())
            for row in result:
                yield dict(zip(names, row, strict=True))
        finally:
            if not self._connection.closed:  # who stops half-way may come here when the snapshot is gone
                result.close()


class Writing(Reading):
    """One transaction that may add. It sees what it has added; others see it all at once, at the end."""

    def __init__(self, connection: Connection, database: Database) -> None:
        super().__init__(connection)
        self._database = database

    def add(self, addition: Addition) -> None:
        """Add rows together with the leaves that seal them; raises Wrong if a row lacks its leaf."""
        self._insert(t.leaf, [{"seq": seq, "leaf": leaf} for seq, leaf in addition.leaves])
        self._insert(t.opening, [{"seq": seq, "salt": salt} for seq, salt in addition.openings])
        self._insert(
            t.node, [{"level": level, "idx": index, "hash": digest} for level, index, digest in addition.nodes]
        )
        for table in _PARENTS_FIRST:
            self._insert(table, addition.things.get(table.name, ()))

    def _insert(self, table: Table, values: Sequence[rows.Row]) -> None:
        if values:
            reached(table.name)
            names = table.columns.keys()
            self._database.insert(self._connection, table, [[row[name] for name in names] for row in values])


class Kept:
    """The store of what is kept, in one file or on a server. Close it, or use it in a `with`."""

    def __init__(self, place: Place, *, read_only: bool = False) -> None:
        """Open the store; raises Wrong if there is none at `place`, or one that this marsad does not know."""
        self.path = place
        self._database = databases.opened(place, SHAPE, read_only=read_only)

    @staticmethod
    def create(path: Path) -> None:
        """Make an empty store at `path`, where nothing may be yet."""
        databases.create(path, SHAPE)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Open a snapshot; what is added meanwhile does not show in it."""
        with self._database.reading() as connection:
            yield Reading(connection)

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """Open a transaction: all of it is on the disk when the `with` ends, or, after any error, none of it."""
        with self._database.writing() as connection:
            yield Writing(connection, self._database)

    def structure_faults(self) -> Iterator[str]:
        """Yield what is wrong with the database, its tables and the triggers that guard them."""
        yield from self._database.structure_faults()

    def snapshot(self, target: Path) -> None:
        """Write the store as it stands at one moment into the new file `target`; others may go on writing."""
        copying.into_file(self._database, target)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _known(query: Select[Any], table: Table, known_on: date | None) -> Select[Any]:
    if known_on is None:
        return query
    if known_on == date.max:
        return query
    return query.where(and_(table.c.recorded_at < (known_on + timedelta(days=1)).isoformat()))


def _between(query: Select[Any], table: Table, start: int, stop: int | None) -> Select[Any]:
    seq = table.c.seq
    query = query.where(seq >= start).order_by(seq)
    return query if stop is None else query.where(seq < stop)


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk
