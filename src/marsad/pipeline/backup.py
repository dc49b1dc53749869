"""Backup and restore of a whole observatory: one encrypted file, made while work goes on, restored to the same root."""

import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from marsad.model import Act, Collector, Sha256, Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.custody import note
from marsad.pipeline.ledgering import TOOL, frontier_of
from marsad.pipeline.observatory import DERIVED, KEPT, PUBLIC, SEALED, Observatory
from marsad.pipeline.settings_text import local
from marsad.pipeline.sources import recovery_recipients
from marsad.pipeline.team_files import is_team_file, team_files
from marsad.pipeline.verify import Difference, Progress, verify_observatory
from marsad.preserve import archives, merkle
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.shelves import measured
from marsad.store import desk
from marsad.store.derived import Derived
from marsad.store.instants import instant
from marsad.store.kept import Kept

FORMAT = "marsad backup 1"
CARD, SEALED_SUFFIX = "backup.json", ".sealed"

_PLACE = re.compile(r"vault/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")
_SINGLE = (SETTINGS, KEPT, PUBLIC, SEALED, desk.FILE)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The backup holds the ledger up to `size` leaves, whose root is `root` in hex, and `files` pieces of evidence.

    `damaged` evidence could not be read and is not in it. `sealed` says that there is a second file with sealed sources,
    `accounts` that the desk's accounts are in that file; `team_files` written by hand are in the first.
    """

    size: int
    root: str
    files: int
    damaged: tuple[str, ...]
    sealed: bool = False
    accounts: bool = False
    team_files: int = 0


def backup(
    observatory: Observatory,
    target: Path,
    now: datetime,
    random_bytes: RandomBytes,
    progress: Progress,
    by: Collector,
    recipients: list[str] | None = None,
) -> BackedUp:
    """Write everything kept into one file encrypted to the team's recovery keys, and what is secret into one beside it.

    Secret are the sealed sources and the desk's accounts: both can be erased here, and the second file is not kept long. What
    is not encrypted holds no accounts.

    It shows one moment; reports may be taken in meanwhile. `recipients` take the place of the recovery keys; an empty list
    means that nothing is encrypted. Raises Wrong where there is no recovery key.
    """
    beside = target.with_name(target.name + SEALED_SUFFIX)
    if beside.exists():
        raise Wrong(str(beside), None, "exists already", "name a new file; a backup replaces none")
    with observatory.kept() as kept, tempfile.TemporaryDirectory(dir=observatory.path, prefix=".backup-") as scratch:
        with kept.read() as reading:
            chosen = recovery_recipients(reading) if recipients is None else recipients
        if recipients is None and not chosen:
            remedy = "trust one: marsad keys trust; or name one: --to age1…"
            raise Wrong("keys", None, "has no recovery key to encrypt a backup to", remedy)
        kept.snapshot(Path(scratch, KEPT))
        with archives.written(target, chosen) as add:
            done = _write(observatory, Path(scratch), add, now, progress)
        secret = _secret(observatory, Path(scratch), accounts=bool(chosen))
        if secret:
            with archives.written(beside, chosen) as add:
                for name in secret:
                    add(name, Path(scratch, name))
        _, digest = measured(str(target))
        detail = {"size": done.size, "root": done.root, "sha256": digest, "recipients": chosen}
        note(kept, Act.BACKED_UP, by, now, detail, random_bytes)
    return replace(done, sealed=SEALED in secret, accounts=desk.FILE in secret)


def _secret(observatory: Observatory, scratch: Path, *, accounts: bool) -> list[str]:
    """Copy what is secret into the folder `scratch`; return the names of the files there."""
    made = []
    if observatory.has(SEALED):
        with observatory.sealed() as store:
            store.snapshot(scratch / SEALED)
        made.append(SEALED)
    if accounts and observatory.has(desk.FILE):
        with desk.DeskStore(observatory.place(desk.FILE)) as team:
            team.snapshot(scratch / desk.FILE)
        made.append(desk.FILE)
    return made


def _write(observatory: Observatory, scratch: Path, add: archives.Add, now: datetime, progress: Progress) -> BackedUp:
    damaged = []
    with Kept(scratch / KEPT, read_only=True) as copy, copy.read() as reading:
        tree, files = frontier_of(reading), reading.count("evidence")
        card: dict[str, object] = {"format": FORMAT, "made": instant(now), "tool": TOOL}
        card |= {"size": tree.size, "root": tree.root.hex(), "files": files}
        add(CARD, json.dumps(card, indent=1).encode())
        add(SETTINGS, (observatory.path / SETTINGS).read_bytes())
        written = list(team_files(observatory.path))
        for name in written:
            shutil.copyfile(observatory.path / name, scratch / "written")  # somebody may be writing it
            add(name, scratch / "written")
        with progress("Backing up evidence", files) as tick:
            for sha256, _ in reading.all_evidence():
                try:
                    add(f"vault/{sha256[:2]}/{sha256[2:4]}/{sha256}", observatory.vault.get(Sha256(sha256)))
                except Wrong as fault:
                    damaged.append(fault.subject)
                tick()
    add(KEPT, scratch / KEPT)
    if observatory.has(PUBLIC):
        with observatory.public() as public:
            public.snapshot(scratch / PUBLIC)
        add(PUBLIC, scratch / PUBLIC)
    whole = files - len(damaged)
    return BackedUp(tree.size, tree.root.hex(), whole, tuple(damaged), team_files=len(written))


@dataclass(frozen=True, slots=True)
class Restored:
    """The observatory at `path` has a ledger of `size` leaves with this root, and `differences` from what it should be."""

    path: Path
    size: int
    root: str
    differences: list[Difference]


def restore(
    source: Path, target: Path, key: str | None, progress: Progress, root: str | None = None, sealed: Path | None = None
) -> Restored:
    """Make the observatory of a backup anew in the folder `target`; what is derived is empty, for `marsad run` to make.

    It gets its name when its root, worked out anew from every leaf, is the one the backup was made at (and `root`, if
    given), and every piece of evidence was hashed. Raises Wrong, leaving nothing, where that fails; `sealed` is the
    backup of what is sealed.
    """
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Wrong(str(target), None, "exists already", "name a new folder")
    beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        with archives.read(source, key) as members:
            card = _unpack(members, beside, progress)
        if sealed is not None:
            with archives.read(sealed, key) as members:
                for name, file in members:
                    _take(name, file, beside)
        size, found = _root_of(beside)
        for expected in filter(None, (card["root"], root)):
            if found != expected:
                rule = f"is the root of what was restored, not {expected}"
                raise Wrong(str(source), found, rule, "take another backup")
        Derived.create(beside / DERIVED)
        os.sync()
        differences = [d for d in verify_observatory(beside, None, progress) if not d.harmless]
        differences += _desk_differences(beside / desk.FILE)
        beside.rename(target)
    except OSError as fault:
        raise Wrong(str(target), None, f"cannot be made: {fault.strerror}", "make room or allow it") from fault
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Restored(target, size, found, differences)


def _desk_differences(path: Path) -> list[Difference]:
    if not path.exists():
        return []
    with desk.DeskStore(path) as team:
        remedy = "restore it from another backup, or remove it and give accounts anew"
        return [Difference(desk.FILE, fault, "the tables marsad made", remedy) for fault in team.structure_faults()]


def _unpack(members: Iterator[tuple[str, IO[bytes]]], folder: Path, progress: Progress) -> dict[str, str]:
    (folder / "vault" / "incoming").mkdir(parents=True, mode=0o700)
    name, file = next(members, ("", io.BytesIO()))
    card = json.loads(file.read(100_000)) if name == CARD else {}
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise Wrong("backup", name, f"is not the card of a {FORMAT}", "name a file that `marsad backup` made")
    with progress("Restoring evidence", int(card["files"])) as tick:
        for name, file in members:
            _take(name, file, folder)
            tick()
    return card


def _take(name: str, file: IO[bytes], folder: Path) -> None:
    """Write one file of the archive; raises Wrong for a name that has no place, and for evidence that is not its name."""
    place = _PLACE.fullmatch(name)
    if place is None and name not in _SINGLE and not is_team_file(name):
        raise Wrong("backup", ascii(name)[1:-1][:100], "is no file of an observatory", "take another backup")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with path.open("xb") as out:
        os.fchmod(out.fileno(), 0o600 if place is None else 0o400)
        while piece := file.read(1 << 20):
            digest.update(piece)
            out.write(piece)
    if place is not None and digest.hexdigest() != place[3]:
        raise Wrong("backup", name, "holds other bytes than its name says", "take another backup")
    if name == SETTINGS:
        path.write_text(local(path.read_text("utf-8"), path), "utf-8")  # its evidence and its stores lie beside it now


def _root_of(folder: Path) -> tuple[int, str]:
    """Return the size and the root of the ledger, worked out anew from its leaves."""
    tree = merkle.Frontier()
    with Kept(folder / KEPT) as kept, kept.read() as reading:
        for _, leaf in reading.leaves():
            tree, _ = tree.append([merkle.leaf_hash(leaf)])
    return tree.size, tree.root.hex()
