"""The write service: the only writer of what is kept. A kept thing and the ledger leaf that seals it are one commit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from marsad.collect.incoming import Incoming, Original, Refused
from marsad.model import (
    PUBLICATION,
    Collector,
    Conflict,
    Decision,
    DecisionKind,
    Evidence,
    PlaceList,
    Release,
    Report,
    ReportId,
    Sha256,
    Wrong,
)
from marsad.pipeline import intake
from marsad.pipeline.anchors import anchored, checked_body, checked_of_policy
from marsad.pipeline.custody import evidence_of, received
from marsad.pipeline.deciding import Draft, Made, Seen, decide_together
from marsad.pipeline.ledgering import INTAKE, Thing, append, collector, frontier_of
from marsad.pipeline.sent_again import sent_again
from marsad.pipeline.touched import Touched
from marsad.preserve import merkle
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.vaults import AnyVault
from marsad.stage import Rejection
from marsad.store import kept_rows as rows
from marsad.store.kept import Kept, Reading, Writing
from marsad.store.preserving_rows import custody_row

BATCH = 250
"""Reports in one commit, if nothing else is said."""
_BATCH_BYTES = 32_000_000

PRESS = "press"
"""Who acted where it was no person: publishing."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The report `name` is kept as `report_id`; `new` says that it was not known before.

    With `conflict` it is not kept: its key was used before, for the other report `report_id`.
    """

    name: str
    report_id: ReportId
    new: bool
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger had this root, in hex, when it had `size` leaves."""

    size: int
    root: Sha256


@dataclass(frozen=True, slots=True)
class _Arrival:
    item: Incoming
    evidence: Evidence
    report: Report
    key: str


class WriteService:
    """Adds reports, decisions and releases to what an observatory keeps.

    `random_bytes` makes the salts: `os.urandom` in earnest. `by` is who takes reports in, with what, by which clock; None
    where no person does.
    """

    def __init__(self, kept: Kept, vault: AnyVault, random_bytes: RandomBytes, by: Collector | None = None) -> None:
        self._kept, self._vault, self._random_bytes = kept, vault, random_bytes
        self._by = by or collector()

    @sent_again
    def receive(self, items: Sequence[Incoming], now: datetime) -> list[Receipt]:
        """Keep these reports in one commit; return a receipt for each, once all of them are on the disk.

        A report that is known, by what it is or by its key, changes nothing. A key that was used for another report is
        a conflict on the receipt of that one item.
        """
        arrivals = [_arrival(item, now) for item in items]
        with self._kept.read() as reading:
            size, known = reading.tree_size(), reading.evidence_sizes(a.evidence.sha256 for a in arrivals)
            new, receipts = _settle(arrivals, reading)
            self._preserve(arrivals, new, known)
            intake.preserve(self._vault, _originals(new), reading)
        if new:
            with self._kept.write() as writing:  # nobody else writes from here on; somebody may have until here
                if writing.tree_size() != size:
                    new, receipts = _settle(arrivals, writing)
                    known = writing.evidence_sizes(a.evidence.sha256 for a in arrivals)
                things = _things(new, set(known), writing, self._by, now)
                self._append(writing, things, self._by.pseudonym, now)
        return receipts

    @sent_again
    def quarantine(self, refused: Sequence[Refused], now: datetime) -> None:
        """Keep originals that could not be read, each with its reason; what stands there already is not said again."""
        with self._kept.read() as reading:
            intake.preserve(self._vault, [one.original for one in refused], reading)
        with self._kept.write() as writing:
            self._append(writing, intake.refusals(refused, writing, self._by, now), self._by.pseudonym, now)

    def receive_all(
        self, found: Iterable[Incoming | Refused | Rejection], clock: Callable[[], datetime], batch: int = BATCH
    ) -> Iterator[Receipt | Rejection]:
        """Keep reports in commits of `batch`, yielding receipts after each; a rejection is passed on in its place.

        What was refused with its original goes into quarantine and is passed on as a rejection.
        """
        waiting: list[Incoming | Refused | Rejection] = []
        size = 0
        with self._vault.batches():
            for item in found:
                waiting.append(item)
                size += len(item.data) if isinstance(item, Incoming) else 0
                if len(waiting) >= batch or size >= _BATCH_BYTES:
                    yield from self._receive_mixed(waiting, clock())
                    waiting, size = [], 0
            yield from self._receive_mixed(waiting, clock())

    @sent_again
    def decide(
        self,
        *,
        anchor: str,
        kind: DecisionKind,
        body: Mapping[str, object],
        actor: str,
        reason: str,
        expected_version: int,
        now: datetime,
    ) -> Decision:
        """Keep a decision about the words at `anchor` ("report_id:start-end", or PUBLICATION); return it with its version.

        `expected_version` is the version that the person saw standing, 0 for none. Raises Conflict, showing both, if
        another one stands by now; Wrong if the words or the body are impossible. Sent again, it is recognised.
        """
        body = checked_of_policy(kind, body) if anchor == PUBLICATION else checked_body(kind, body, anchor)
        for part, value in (("actor", actor), ("reason", reason)):
            if not value.strip():
                raise Wrong(f"decision, {part}", value, "is empty", "say who decided, by pseudonym, and why")
        with self._kept.write() as writing:
            if anchor != PUBLICATION and kind is not DecisionKind.CHECK:
                anchored(anchor, writing.report, self._vault)
            standing = writing.standing_decision(anchor, kind)
            made = Decision(anchor, kind, expected_version + 1, body, actor, reason, now)
            if standing is not None and _same(standing, made):
                return standing
            if (0 if standing is None else standing.version) != expected_version:
                raise _decided_otherwise(standing, made)
            self._append(writing, [("decision", rows.decision_row(made))], actor, now)
        return made

    def decide_together(
        self, drafts: Sequence[Draft], touched: Touched, seen: Sequence[Seen], actor: str, reason: str, now: datetime
    ) -> Made:
        """Keep several decisions as one, made on what somebody saw; see `deciding.decide_together`."""
        kept, vault, salts = self._kept, self._vault, self._random_bytes
        return decide_together(kept, vault, salts, touched, drafts, seen=seen, actor=actor, reason=reason, now=now)

    def checkpoint(self) -> Checkpoint:
        """Return the ledger as it stands: what a release writes down and gives to others."""
        with self._kept.read() as reading:
            frontier = frontier_of(reading)
        return Checkpoint(frontier.size, Sha256(frontier.root.hex()))

    @sent_again
    def record_release(
        self, *, number: int, manifest: Sha256, policy: str, as_known_on: date, checkpoint: Checkpoint, now: datetime
    ) -> Release:
        """Keep a release under the next number; return it. Sent again, it is recognised.

        Raises Conflict if the number is not the next one, Wrong if the checkpoint is none of this ledger's.
        """
        release = Release(number, manifest, policy, as_known_on.isoformat(), checkpoint.size, checkpoint.root, now)
        with self._kept.write() as writing:
            earlier = writing.releases()
            if earlier and _same_release(earlier[-1], release):
                return earlier[-1]
            if number != len(earlier) + 1:
                remedy = f"publish again as release {len(earlier) + 1}"
                raise Conflict("release", number, f"is not the next number after {len(earlier)}", remedy)
            if checkpoint.size > writing.tree_size() or _root(writing, checkpoint.size) != checkpoint.root:
                rule = f"is not the ledger's root at {checkpoint.size} leaves"
                raise Wrong(f"release {number}", checkpoint.root, rule, "take a checkpoint and publish again")
            self._append(writing, [("release", rows.release_row(release))], PRESS, now)
        return release

    @sent_again
    def record_place_lists(self, given: Sequence[PlaceList], data: Mapping[Sha256, bytes], now: datetime) -> None:
        """Keep what is said about lists of places, in one commit; `data` holds the bytes of those that are new.

        Each gets the version after the one that stands; what stands already is not said again.
        """
        self._vault.put_many([data[one.evidence] for one in given if one.evidence in data])
        with self._kept.write() as writing:
            standing = {(one.evidence, one.country): one for one in writing.place_lists()}
            known = set(writing.evidence_sizes(one.evidence for one in given))
            things: list[Thing] = []
            for one in given:
                stood = standing.get((one.evidence, one.country))
                if stood is not None and stood.used == one.used:
                    continue
                if one.evidence not in known:
                    known.add(one.evidence)
                    things.append(("evidence", rows.evidence_row(evidence_of(data[one.evidence]))))
                version = 1 if stood is None else stood.version + 1
                said = replace(one, version=version, recorded_at=now)
                things.append(("place_list", rows.place_list_row(said)))
            self._append(writing, things, INTAKE, now)

    def _receive_mixed(
        self, found: Sequence[Incoming | Refused | Rejection], now: datetime
    ) -> Iterator[Receipt | Rejection]:
        receipts = iter(self.receive([item for item in found if isinstance(item, Incoming)], now))
        if refused := [item for item in found if isinstance(item, Refused)]:
            self.quarantine(refused, now)
        for item in found:
            if isinstance(item, Refused):
                yield Rejection(item.name, "collect", item.reason)
            else:
                yield next(receipts) if isinstance(item, Incoming) else item

    def _preserve(self, arrivals: Sequence[_Arrival], new: Sequence[_Arrival], sizes: Mapping[Sha256, int]) -> None:
        """Put the bytes of new reports into the vault, and those of known ones (with their `sizes`) that it has lost."""
        lost = {name for name, size in sizes.items() if not self._vault.holds(name, size)}
        wanted = lost | {arrival.evidence.sha256 for arrival in new} - sizes.keys()
        data = {a.evidence.sha256: a.item.data for a in arrivals if a.evidence.sha256 in wanted}
        if data:
            self._vault.put_many(list(data.values()))

    def _append(self, writing: Writing, things: Sequence[Thing], actor: str, now: datetime) -> None:
        append(writing, things, actor, now, self._random_bytes)


def _arrival(item: Incoming, now: datetime) -> _Arrival:
    evidence = evidence_of(item.data)
    report_id = Report.identity(evidence.sha256, item.outlet, item.published, item.address)
    report = Report(report_id, evidence.sha256, item.outlet, item.published, item.lang, item.address, now)
    return _Arrival(item, evidence, report, item.key or report_id)


def _settle(arrivals: Sequence[_Arrival], reading: Reading) -> tuple[list[_Arrival], list[Receipt]]:
    """Return which arrivals are new, and a receipt for each arrival."""
    known = reading.received((arrival.report.report_id, arrival.key) for arrival in arrivals)
    new, receipts = [], []
    for arrival in arrivals:
        report_id, name = arrival.report.report_id, arrival.item.name
        by_key = known.get(f"key {arrival.key}")
        if by_key is not None and arrival.item.keyed_by_content:
            receipts.append(Receipt(name, by_key, new=False))
            continue
        if by_key not in (None, report_id):
            assert by_key is not None  # noqa: S101 - for the type checker
            receipts.append(Receipt(name, by_key, new=False, conflict=_used_key(arrival, by_key)))
            continue
        fresh = f"report {report_id}" not in known
        if fresh:
            new.append(arrival)
            known |= {f"report {report_id}": report_id, f"key {arrival.key}": report_id}
        receipts.append(Receipt(name, report_id, new=fresh))
    return new, receipts


def _originals(new: Sequence[_Arrival]) -> list[Original]:
    """Return what these reports were taken out of and came with."""
    return [original for arrival in new for original, _ in intake.originals_of(arrival.item)]


def _used_key(arrival: _Arrival, other: ReportId) -> Conflict:
    rule = f"was used for report {other}, which is another one than {arrival.report.report_id}"
    return Conflict(f"{arrival.item.name}, key", arrival.key, rule, "send it under a key of its own")


def _things(new: Sequence[_Arrival], known: set[Sha256], writing: Writing, by: Collector, now: datetime) -> list[Thing]:
    """Return the rows of new reports, each after its evidence where that is not `known`, then how they were come by."""
    things: list[Thing] = []
    for arrival in new:
        if arrival.evidence.sha256 not in known:
            known.add(arrival.evidence.sha256)
            things.append(("evidence", rows.evidence_row(arrival.evidence)))
        things.append(("report", rows.report_row(arrival.report, arrival.key)))
        things.extend(intake.originals(arrival.report.report_id, arrival.item, known, writing, by, now))
    return things + [("custody", custody_row(received(a.item, a.report, by, now))) for a in new]


def _root(reading: Reading, size: int) -> str:
    return merkle.root_at(size, reading.node).hex()


def _same(standing: Decision, made: Decision) -> bool:
    return (standing.version, dict(standing.body), standing.actor, standing.reason) == (
        made.version,
        dict(made.body),
        made.actor,
        made.reason,
    )


def _same_release(earlier: Release, later: Release) -> bool:
    return (earlier.number, earlier.manifest, earlier.policy, earlier.as_known_on) == (
        later.number,
        later.manifest,
        later.policy,
        later.as_known_on,
    )


def _decided_otherwise(standing: Decision | None, made: Decision) -> Conflict:
    subject = f"decision {made.kind} on {made.anchor}"
    if standing is None:
        rule = f"expects version {made.version - 1} to stand, but nothing was decided yet"
        return Conflict(subject, None, rule, "look at it again and decide with version 0")
    theirs = f"version {standing.version} by {standing.actor}: {dict(standing.body)}, because {standing.reason}"
    yours = f"on version {made.version - 1}, by {made.actor}: {dict(made.body)}, because {made.reason}"
    rule = f"was decided meanwhile ({theirs}); yours rests {yours}"
    return Conflict(subject, None, rule, f"look at theirs and decide again with version {standing.version}")
