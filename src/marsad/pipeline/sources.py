"""Who sends reports, sealed: written by anybody, read only by those who hold a key, and each reading is in the ledger first."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from marsad.model import Erasure, KeyRole, ReaderKey, SealedSource, Unsealing, Wrong
from marsad.pipeline.ledgering import append
from marsad.pipeline.observatory import SEALED, Observatory
from marsad.preserve import sealing
from marsad.preserve.difference import Difference
from marsad.preserve.keys import checked_recipient
from marsad.preserve.ledger import SALT_SIZE, RandomBytes
from marsad.store.kept import Kept, Reading
from marsad.store.preserving_rows import (
    erasure_of,
    erasure_row,
    reader_key_of,
    reader_key_row,
    source_of,
    source_row,
    unsealing_of,
    unsealing_row,
)
from marsad.store.sealed import Box

KEEPER = "keeper"
"""Who acted where it was no person: sealing what came in."""

A_DAY = 10
"""Sources that one reader may open within 24 hours: a day's work, not a copy of everything."""

_RESTORE = "restore sealed.db from its newest backup"

KEEP_BACKUPS = timedelta(days=30)
"""How long a backup of sealed.db may be kept; an erasure is complete when the last one made before it is gone."""

_PSEUDONYM = re.compile(r"[\w][\w .-]{0,99}")


@dataclass(frozen=True, slots=True)
class Erased:
    """`boxes` were destroyed here; backups of sealed.db made before are to be gone by `complete`."""

    boxes: int
    complete: datetime


class Sources:
    """The sealed sources of an observatory. `random_bytes` makes the salts: `os.urandom` in earnest."""

    def __init__(self, observatory: Observatory, kept: Kept, random_bytes: RandomBytes) -> None:
        self._observatory, self._kept, self._random_bytes = observatory, kept, random_bytes

    def trust(self, recipient: str, holder: str, role: KeyRole, now: datetime, used: bool = True) -> ReaderKey:
        """Keep that what is sealed from now on opens with this recipient's key, too, or, not `used`, no longer does."""
        known = checked_recipient(recipient)
        with self._kept.write() as writing:
            standing = {key.recipient: key for key in all_keys(writing)}.get(known)
            if standing is not None and (standing.used, standing.role, standing.holder) == (used, role, holder):
                return standing
            version = 1 if standing is None else standing.version + 1
            key = ReaderKey(known, holder, role, version, used, now)
            append(writing, [("reader_key", reader_key_row(key))], KEEPER, now, self._random_bytes)
        return key

    def seal(self, source_id: str, now: datetime, contact: bytes | None = None) -> SealedSource:
        """Seal what comes in on our standard input (or, in tests, `contact`) as that source; return what was kept of it."""
        recipients = self._recipients()
        code, box, said = sealing.run("seal", recipients, contact)
        if code != 0:
            raise Wrong("source", source_id, said or "could not be sealed", "pipe the contact in, or type it")
        (kept,) = self._keep([(source_id, box)], recipients, now)
        return kept

    def seal_lines(self, now: datetime, lines: bytes | None = None) -> list[SealedSource]:
        """Seal many: lines {"source", "contact"} on our standard input (or `lines`); all of them in one commit."""
        recipients = self._recipients()
        code, out, said = sealing.run("seal-lines", recipients, lines)
        if code != 0:
            raise Wrong("sources", None, said or "could not be sealed", 'write {"source": "lynx", "contact": …} a line')
        told = [json.loads(line) for line in out.splitlines()]
        return self._keep([(str(one["source"]), base64.b64decode(one["box"])) for one in told], recipients, now)

    def open(self, source_id: str, key_file: Path, reader: str, reason: str, now: datetime) -> Unsealing:
        """Print what is sealed of a source, with a reader's key, after the ledger says that it is being opened, and why.

        Raises Wrong for a source that is unknown or erased, a reader without a standing key, one who has opened `A_DAY`
        sources within a day, and a key that does not open it.
        """
        made, keys, box = self.entrust(source_id, reader, reason, now)
        code, said = sealing.show(key_file, keys, box)
        if code != 0:
            raise Wrong(f"source {source_id}", None, said or "cannot be opened", "use the key of a reader trusted then")
        return made

    def entrust(
        self, source_id: str, reader: str, reason: str, now: datetime, beyond: bool = False
    ) -> tuple[Unsealing, list[str], bytes]:
        """Return what is sealed of a source, still sealed, after the ledger says that this reader has it opened, and why.

        With it the recipients that are the reader's. `beyond` is for openings that others approved beyond a day's measure.
        Raises Wrong as `open` does.
        """
        if not reason.strip():
            raise Wrong("--reason", reason, "is empty", "say why it must be opened")
        with self._kept.write() as writing:
            source = standing_source(writing, source_id)
            keys = [key.recipient for key in standing_keys(writing) if key.holder == reader]
            if not keys:
                raise Wrong("--reader", reader, "holds no key here", "trust the key first: marsad keys trust")
            if not beyond:
                _within_a_day(writing, reader, now)
            number = sum(1 for _ in writing.things("unsealing", source_id=source_id)) + 1
            made = Unsealing(source_id, number, reader, reason, now)
            append(writing, [("unsealing", unsealing_row(made))], reader, now, self._random_bytes)
        with self._observatory.sealed(read_only=True) as store:
            box = store.box(source_id, source.version)
        if box is None:
            raise Wrong(source_id, None, "has no sealed bytes", _RESTORE)
        return made, keys, box[1]

    def erase(self, source_id: str, actor: str, reason: str, now: datetime) -> Erased:
        """Destroy keys, salts and bytes of what is sealed of a source; the ledger goes on saying that there was something.

        What it says is written first: killed in between, the same command destroys what is left.
        """
        if not reason.strip():
            raise Wrong("--reason", reason, "is empty", "say why, without a word about the person")
        with self._kept.write() as writing:
            if next(writing.things("source", source_id=source_id), None) is None:
                raise Wrong("source", source_id, "is not sealed here", "see `marsad source list`")
            if next(writing.things("erasure", source_id=source_id), None) is None:
                erasure = Erasure(source_id, actor, reason, now)
                append(writing, [("erasure", erasure_row(erasure))], actor, now, self._random_bytes)
        with self._observatory.sealed() as store:
            return Erased(store.destroy(source_id), now + KEEP_BACKUPS)

    def _recipients(self) -> tuple[str, ...]:
        with self._kept.read() as reading:
            keys = standing_keys(reading)
        if not any(key.role == KeyRole.RECOVERY for key in keys):
            remedy = "make one on another machine (marsad keys make) and trust its recipient: marsad keys trust"
            raise Wrong("keys", None, "has no recovery key: what is sealed now nobody could open later", remedy)
        return tuple(key.recipient for key in keys)

    def _keep(
        self, boxes: Sequence[tuple[str, bytes]], recipients: tuple[str, ...], now: datetime
    ) -> list[SealedSource]:
        """Keep boxes, then what the ledger says of them; a box without a word in the ledger is nobody's, and replaced."""
        for source_id, _ in boxes:
            if not _PSEUDONYM.fullmatch(source_id):
                raise Wrong(
                    "source", ascii(source_id)[1:-1][:100], "is no pseudonym", "write letters and digits: lynx-7"
                )
        if len({source_id for source_id, _ in boxes}) < len(boxes):
            raise Wrong("sources", None, "names one source twice", "seal each once")
        with self._kept.read() as reading:
            versions = _next_versions(reading, [source_id for source_id, _ in boxes])
        rows: list[Box] = [
            (source_id, versions[source_id], self._random_bytes(SALT_SIZE), box) for source_id, box in boxes
        ]
        made = [SealedSource(s, v, commitment(salt, s, v, box), recipients, now) for s, v, salt, box in rows]
        with self._observatory.sealed() as store:
            store.put(rows)
            with self._kept.write() as writing:
                if _next_versions(writing, versions) != versions:
                    raise Wrong("sources", None, "were sealed by somebody else meanwhile", "seal them again")
                append(writing, [("source", source_row(one)) for one in made], KEEPER, now, self._random_bytes)
            for one in made:
                if one.version > 1:
                    store.destroy(one.source_id, below=one.version)
        return made


def commitment(salt: bytes, source_id: str, version: int, box: bytes) -> str:
    """Return, in hex, what the ledger keeps of a box: HMAC-SHA256 under its salt of the source, the version and the bytes."""
    return hmac.digest(salt, f"{source_id}\n{version}\n".encode() + box, hashlib.sha256).hex()


def all_keys(reading: Reading) -> Iterator[ReaderKey]:
    """Yield what was said of keys, in the order in which it was said."""
    for _, _, row in reading.things("reader_key"):
        yield reader_key_of(row)


def standing_keys(reading: Reading) -> list[ReaderKey]:
    """Return the keys to which is sealed, by recipient."""
    latest = {key.recipient: key for key in all_keys(reading)}
    return [key for _, key in sorted(latest.items()) if key.used]


def recovery_recipients(reading: Reading) -> list[str]:
    """Return the recipients of the team's offline keys."""
    return [key.recipient for key in standing_keys(reading) if key.role == KeyRole.RECOVERY]


def sources(reading: Reading) -> list[tuple[SealedSource, Erasure | None]]:
    """Return each source as it was sealed last, with its erasure, by pseudonym."""
    latest = {row["source_id"]: source_of(row) for _, _, row in reading.things("source")}
    erased = {row["source_id"]: erasure_of(row) for _, _, row in reading.things("erasure")}
    return [(source, erased.get(source_id)) for source_id, source in sorted(latest.items())]


def standing_source(reading: Reading, source_id: str) -> SealedSource:
    """Return the source as it was sealed last; raises Wrong if it is unknown or erased."""
    versions = [source_of(row) for _, _, row in reading.things("source", source_id=source_id)]
    if not versions:
        raise Wrong("source", source_id, "is not sealed here", "see `marsad source list`")
    if next(reading.things("erasure", source_id=source_id), None) is not None:
        raise Wrong("source", source_id, "was erased; nobody can open it any more", "there is nothing to do")
    return versions[-1]


def sealed_differences(observatory: Observatory, reading: Reading) -> Iterator[Difference]:
    """Yield where sealed.db is not what the ledger says: a box missing, changed, or still there after its erasure."""
    expected = sources(reading)
    if not observatory.has(SEALED):
        for source, erased in expected:
            if erased is None:
                yield Difference(
                    SEALED,
                    "no file",
                    f"what is sealed of {source.source_id}",
                    _RESTORE,
                )
                return
        return
    with observatory.sealed(read_only=True) as store:
        for fault in store.structure_faults():
            yield Difference(SEALED, fault, "the table marsad made", _RESTORE)
        boxes = {(source_id, version): (salt, box) for source_id, version, salt, box in store.boxes()}
    for source, erased in expected:
        where, key = f"source {source.source_id}", (source.source_id, source.version)
        left = [boxes.pop(one) for one in sorted(boxes) if one[0] == source.source_id and one != key]
        found = boxes.pop(key, None)
        if erased is not None:
            if found is not None or left:
                yield Difference(where, "sealed bytes", "none: it was erased", "run `marsad source erase` again")
        elif found is None:
            yield Difference(where, "no sealed bytes", "those that were sealed", _RESTORE)
        elif commitment(found[0], *key, found[1]) != source.commitment:
            yield Difference(where, "other bytes or salt", "what was sealed", _RESTORE)
    for source_id, version in boxes:
        remedy = "an interrupted sealing leaves it; seal the source again"
        yield Difference(
            f"source {source_id} {version}", "sealed bytes", "none that the ledger knows", remedy, harmless=True
        )


def _next_versions(reading: Reading, source_ids: Iterable[str]) -> dict[str, int]:
    """Return the version under which each source would be sealed next; raises Wrong for one that was erased."""
    known: dict[str, int] = {}
    for _, _, row in reading.things("source"):
        known[row["source_id"]] = row["version"]
    erased = {row["source_id"] for _, _, row in reading.things("erasure")}
    for source_id in source_ids:
        if source_id in erased:
            raise Wrong("source", source_id, "was erased", "seal the person under a new pseudonym")
    return {source_id: known.get(source_id, 0) + 1 for source_id in source_ids}


def opened_within_a_day(reading: Reading, reader: str, now: datetime) -> int:
    """Return how many sources this reader has had opened within the last 24 hours."""
    times = [unsealing_of(row).recorded_at for _, _, row in reading.things("unsealing", reader=reader)]
    return sum(1 for at in times if abs(now - at) < timedelta(days=1))  # abs: a clock set back opens nothing more


def opened_since(reading: Reading, since: datetime) -> list[Unsealing]:
    """Return every opening of a source from this moment on, by whom and why, the newest first."""
    every = (unsealing_of(row) for _, _, row in reading.things("unsealing"))
    return sorted((one for one in every if one.recorded_at >= since), key=lambda one: one.recorded_at, reverse=True)


def _within_a_day(reading: Reading, reader: str, now: datetime) -> None:
    """Raise Wrong if the reader has opened as many sources within the last 24 hours as one may."""
    recent = opened_within_a_day(reading, reader, now)
    if recent >= A_DAY:
        rule = f"has opened {recent} sources within 24 hours, and {A_DAY} are allowed"
        raise Wrong("--reader", reader, rule, "let another reader open this one, or wait")
