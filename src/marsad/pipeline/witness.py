"""What others know of the ledger: a root somebody noted, or a witness' copy of the hashes of all its leaves.

Whoever owns an observatory can rewrite the ledger whole. Only what lies elsewhere can show it.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.preserve import merkle
from marsad.preserve.audit import Recorded
from marsad.preserve.syncing import sync_folder

HEADING = "marsad witness 1\n"
"""The first line of a witness' file; then one leaf hash a line, in hex, in the ledger's order."""

_LINE = re.compile(r"[0-9a-f]{64}\n")
_ROOT = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Known:
    """What others know: roots at sizes, and how to read a witness' hashes from the first leaf on."""

    recorded: Sequence[Recorded]
    hashes: Callable[[], Iterator[bytes]]


def _none() -> Iterator[bytes]:
    return iter(())


NOTHING_KNOWN = Known((), _none)


@dataclass(frozen=True, slots=True)
class Witnessed:
    """The witness has now seen `size` leaves, `new` of them for the first time; `root` stands for all, in hex."""

    size: int
    new: int
    root: str


def known_of(told: str) -> Known:
    """Return what is known: "SIZE:ROOT" as it is printed everywhere, or the path of a witness' file.

    Raises Wrong for what is neither.
    """
    if found := _ROOT.fullmatch(told):
        return Known((Recorded("what you know", int(found[1]), found[2]),), _none)
    path = Path(told)
    if not path.is_file():
        raise Wrong(
            "--known", told, "is neither SIZE:ROOT nor a witness' file", "write --known 120:3fa9… or name the file"
        )
    next(witness_hashes(path), None)
    return Known((), lambda: witness_hashes(path))


def witness_hashes(path: Path) -> Iterator[bytes]:
    """Yield the leaf hashes in a witness' file; raises Wrong, naming the line, for anything else in it."""
    with path.open(encoding="ascii", errors="replace", newline="\n") as file:
        if file.readline(100) != HEADING:
            raise Wrong(str(path), None, "is not a witness' file", "name the file that `marsad witness` made")
        for number, line in enumerate(iter(lambda: file.readline(100), ""), 2):
            if not _LINE.fullmatch(line):
                remedy = "take it from a copy; or, if it is the last line and cut short, remove that line"
                raise Wrong(f"{path}, line {number}", ascii(line)[1:-1][:70], "is not a leaf hash", remedy)
            yield bytes.fromhex(line)


def witness(observatory: Observatory, path: Path) -> Witnessed:
    """Check that the ledger begins with everything that the witness has seen, then add what is new; return what it has.

    A new file is made where there is none. Raises Wrong, and adds nothing, where the ledger is not the one seen before: the
    first leaf that differs is named.
    """
    seen = list(witness_hashes(path)) if path.exists() else []
    fresh: list[bytes] = []
    tree = merkle.Frontier()
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        for seq, leaf in reading.leaves():
            hashed = merkle.leaf_hash(leaf)
            if seq != tree.size:
                raise _rewritten(tree.size, f"number {seq} in its place")
            if seq < len(seen) and hashed != seen[seq]:
                raise _rewritten(seq, hashed.hex())
            tree, _ = tree.append([hashed])
            if seq >= len(seen):
                fresh.append(hashed)
    if tree.size < len(seen):
        raise _rewritten(tree.size, "nothing: the ledger ends before it")
    _add(path, fresh)
    return Witnessed(tree.size, len(fresh), tree.root.hex())


def _add(path: Path, hashes: Sequence[bytes]) -> None:
    new = not path.exists()
    try:
        with path.open("a", encoding="ascii", newline="\n") as file:
            file.write((HEADING if new else "") + "".join(f"{one.hex()}\n" for one in hashes))
            file.flush()
            os.fsync(file.fileno())
        if new:
            sync_folder(path.absolute().parent)
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be written: {fault.strerror}", "make room or allow it") from fault


def _rewritten(seq: int, found: str) -> Wrong:
    remedy = "keep the witness' file safe; run `marsad verify --known` with it, and restore kept.db from a backup"
    return Wrong(f"ledger leaf {seq}", found, "is not what the witness saw: the ledger was rewritten", remedy)
