"""An observatory's stores from its folder onto a server that a team shares, and back: the same ledger, or nothing happens.

The folder stays where it is, with its settings, its evidence and its channels. Which store is the one that counts is what the
settings say, and they are changed last, all at once: killed before, everything is as it was, and the same command starts over.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from marsad.failpoint import reached
from marsad.model import Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.ledgering import frontier_of
from marsad.pipeline.observatory import DERIVED, KEPT, PUBLIC, SEALED, Observatory
from marsad.pipeline.settings_text import replaced, with_store
from marsad.pipeline.verify import Progress
from marsad.preserve import merkle
from marsad.preserve.syncing import sync_folder
from marsad.store import moving
from marsad.store.collecting import STATE
from marsad.store.desk import FILE
from marsad.store.kept import Kept, Reading
from marsad.store.places import Server

_FILES = {"kept": KEPT, "public": PUBLIC, "sealed": SEALED, "derived": DERIVED, "collecting": STATE, "desk": FILE}


@dataclass(frozen=True, slots=True)
class Moved:
    """All `rows` were moved; the ledger of `size` leaves has the root `root`, in hex, there as here.

    `left` is the folder with the files that count no longer, or what the schemas on the server are called now.
    """

    size: int
    root: str
    rows: int
    left: str


def move_to_server(observatory: Observatory, server: Server, now: datetime, progress: Progress) -> Moved:
    """Move the stores of an observatory onto a server; raises Wrong, changing nothing, where that cannot be done."""
    if observatory.store is not None:
        rule = (
            "is where the store lies already" if observatory.store == server else "is a server, and so is the new one"
        )
        raise Wrong(str(observatory.store), None, rule, "move it into its folder first: marsad move OBSERVATORY here")
    settings = observatory.path / SETTINGS
    text = with_store(settings.read_text("utf-8"), server, settings)
    paths = {kind: observatory.path / name for kind, name in _FILES.items() if (observatory.path / name).exists()}
    observatory.kept(read_only=True).close()  # raises Wrong where there is none, or not ours
    with moving.held(paths) as source, progress("Moving stores", len(paths)) as tick:
        size, root = _root(source.kept)

        def copied_before(found: Reading) -> bool:
            return _is_beginning(found, source.kept)

        with moving.onto_server(source, server, copied_before, tick) as (copy, rows):
            _same(size, root, copy, str(server))
            reached("move-copied")
        reached("move-committed")
        replaced(settings, text)
        sync_folder(observatory.path)
        source.close_ledger()
    left = _set_aside(observatory.path, paths, now)
    return Moved(size, root, rows, str(left))


def move_to_files(observatory: Observatory, now: datetime, progress: Progress) -> Moved:
    """Move the stores of an observatory from its server into its folder; raises Wrong, changing nothing, if it cannot."""
    server = observatory.store
    if server is None:
        raise Wrong(str(observatory.path), None, "has its stores in its folder already", "there is nothing to move")
    settings = observatory.path / SETTINGS
    text = with_store(settings.read_text("utf-8"), None, settings)
    for stale in observatory.path.glob(".moving-*"):  # left by a killed run
        shutil.rmtree(stale, ignore_errors=True)
    beside = Path(tempfile.mkdtemp(dir=observatory.path, prefix=".moving-"))
    mark = f"{now:%Y%m%d%H%M%S}"
    try:
        with (
            progress("Moving stores", len(_FILES)) as tick,
            moving.off_server(server, beside, mark, tick) as (made, rows),
        ):
            with Kept(made["kept"], read_only=True) as kept, kept.read() as reading:
                size, root = _root(reading)
            with observatory.kept(read_only=True) as kept, kept.read() as reading:
                _same(size, root, reading, str(server))
            os.sync()
            reached("move-copied")
            for kind in reversed(_FILES):
                _put_in_place(made[kind], observatory.path / _FILES[kind])
            reached("move-placed")
            replaced(settings, text)
            sync_folder(observatory.path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Moved(size, root, rows, f"marsad_…_moved_{mark}")


def _put_in_place(made: Path, path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):  # what an earlier, killed move left, and its log
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    made.rename(path)


def _root(reading: Reading) -> tuple[int, str]:
    """Return the size and the root of the ledger, worked out anew from its leaves."""
    tree = merkle.Frontier()
    for _, leaf in reading.leaves():
        tree, _ = tree.append([merkle.leaf_hash(leaf)])
    stored = frontier_of(reading)
    if stored.root != tree.root:
        raise Wrong(
            "ledger", stored.root.hex(), f"is not the root of its leaves, {tree.root.hex()}", "run `marsad verify`"
        )
    return tree.size, tree.root.hex()


def _same(size: int, root: str, copy: Reading, where: str) -> None:
    found = _root(copy)
    if found != (size, root):
        rule = f"is the root there, not {size}:{root}"
        raise Wrong(where, f"{found[0]}:{found[1]}", rule, "nothing was changed; move again")


def _is_beginning(found: Reading, source: Reading) -> bool:
    """Return whether a ledger is what this one was when it was as large: nothing is in it that is not here."""
    size = found.tree_size()
    if size > source.tree_size():
        return False
    return size == 0 or merkle.root_at(size, source.node).hex() == _root(found)[1]


def _set_aside(path: Path, paths: dict[str, Path], now: datetime) -> Path:
    """Put the files that count no longer into a folder of their own; what is sealed is destroyed, as erasures demand."""
    left = path / f"moved-{now:%Y%m%d%H%M%S}"
    left.mkdir(mode=0o700)
    for kind, file in paths.items():
        if kind == "sealed":
            _overwrite(file)
        for suffix in ("", "-wal", "-shm", "-journal"):
            part = file.with_name(file.name + suffix)
            if part.exists():
                part.rename(left / part.name)
    (left / SEALED).unlink(missing_ok=True)
    sync_folder(path)
    return left


def _overwrite(file: Path) -> None:
    with file.open("r+b") as out:
        left = file.stat().st_size
        while left > 0:
            left -= out.write(bytes(min(left, 1 << 20)))
        out.flush()
        os.fsync(out.fileno())
