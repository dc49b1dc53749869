"""A hand-over as a BagIt bag (RFC 8493): payload, manifests in two hashes, and the program that checks it."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib import resources
from pathlib import Path

from marsad.model import Wrong
from marsad.preserve.syncing import sync_folder

BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS = ("sha256", "sha512")

README = """\
This folder is a hand-over of evidence by an observatory that works with marsad.

To check it, nothing but Python 3.8 or later is needed:

    python3 verify.py

It names every file and every entry of the ledger that is not what was received and sealed. To be certain that the ledger was not
rewritten as a whole, give it something from elsewhere: a root that was published, or a witness' file (--known), or the
certificate of the time-stamping authority (--roots).

    data/evidence/            what was received, byte for byte, each named by its SHA-256
    data/ledger/opened.jsonl  entries of the ledger about it: reports, evidence, custody, with the salts that open their seals
    data/ledger/hashes.txt    the hash of every entry of the ledger, also of those that stay sealed
    data/ledger/root.json     the Merkle root (RFC 9162) over all of them
    data/tokens/              attestations of that root by time-stamping authorities (RFC 3161)

هذا المجلد نسخة أدلة مسلَّمة من مرصد يعمل ببرنامج marsad. للتحقق منها لا يلزم سوى Python 3.8 أو أحدث:

    python3 verify.py
"""


@contextmanager
def bagged(target: Path, info: Mapping[str, str], made: date) -> Iterator[Path]:
    """Give the folder for the payload; when the `with` ends well, the bag stands at `target`, whole and on the disk.

    Raises Wrong if there is something already.
    """
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Wrong(str(target), None, "exists already", "name a new folder")
    if not target.parent.is_dir():
        raise Wrong(str(target.parent), None, "is not a folder", "make it first")
    beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        (beside / "data").mkdir()
        yield beside / "data"
        _describe(beside, info, made)
        for folder, _, files in os.walk(beside, topdown=False):
            for name in files:
                with Path(folder, name).open("rb") as file:
                    os.fsync(file.fileno())
            sync_folder(Path(folder))
        beside.rename(target)
        sync_folder(target.parent)
    except OSError as fault:
        raise Wrong(str(target), None, f"cannot be written: {fault.strerror}", "make room or allow it") from fault
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _describe(bag: Path, info: Mapping[str, str], made: date) -> None:
    """Write the tag files and the manifests."""
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in payload)
    told = {"Bagging-Date": made.isoformat(), "Payload-Oxum": f"{size}.{len(payload)}", **info}
    (bag / "bagit.txt").write_text(BAGIT, "utf-8")
    lines = (f"{name}: {' '.join(value.split())}\n" for name, value in told.items())
    (bag / "bag-info.txt").write_text("".join(lines), "utf-8")
    (bag / "README.txt").write_text(README, "utf-8")
    program = resources.files("marsad.preserve").joinpath("handover_verify.py").read_bytes()
    (bag / "verify.py").write_bytes(program)
    for algorithm in ALGORITHMS:
        _manifest(bag / f"manifest-{algorithm}.txt", algorithm, payload)
    tags = sorted(path for path in bag.iterdir() if path.is_file())
    for algorithm in ALGORITHMS:
        _manifest(bag / f"tagmanifest-{algorithm}.txt", algorithm, tags)


def _manifest(path: Path, algorithm: str, files: list[Path]) -> None:
    lines = []
    for file in files:
        with file.open("rb") as content:
            lines.append(
                f"{hashlib.file_digest(content, algorithm).hexdigest()}  {file.relative_to(path.parent).as_posix()}\n"
            )
    path.write_text("".join(lines), "utf-8")
