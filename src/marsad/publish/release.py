"""A release as a folder: every file of it, put in place all at once."""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from marsad.model import Wrong
from marsad.publish.errata import ERRATA, errata_csv
from marsad.publish.formats import data_files
from marsad.publish.manifest import MANIFEST, SUMS, Checkpoint, Listed, listed, manifest_json, sha256, sums
from marsad.publish.public import PublicRelease
from marsad.publish.site.pages import DataFile, Spread, one_by_one
from marsad.publish.site.render import site_files

VERIFY = "verify.py"
"""The script in a release by which an outsider checks it."""

_EXCHANGE, _AT_FDCWD = 2, -100


def web_files(folder: Path) -> dict[str, bytes]:
    """Return the browser files that a site carries, by their path in a release; raises Wrong where there are none.

    What lies under `desk/` is for the private desk alone.
    """
    names = {path: path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    files = {f"web/{name}": path.read_bytes() for path, name in names.items() if not name.startswith("desk/")}
    if not files:
        raise Wrong(str(folder), None, "holds no browser files", "make them first: make setup")
    return files


def _verifier() -> bytes:
    """Return the script that a release carries: it checks the release with nothing but Python."""
    return (resources.files("marsad.publish") / "release_verify.py").read_bytes()


def open_data(release: PublicRelease, record: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a release that is offered for download, by its path, each when the one before was taken."""
    yield from data_files(release, record)
    yield ERRATA, errata_csv(release)


def release_files(
    release: PublicRelease,
    record: bytes,
    land: bytes,
    web: Mapping[str, bytes],
    languages: Sequence[str],
    spread: Spread = one_by_one,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the release by its path, manifest and checksums excepted; the same bytes for the same release.

    `record` is the release as `to_json` writes it; `spread` makes the pages of incidents, here or in other processes.
    """
    yield from web.items()
    yield VERIFY, _verifier()
    offered = []
    for path, data in open_data(release, record):
        offered.append(DataFile.of(path, data))
        yield path, data
    yield from site_files(release, land, offered, languages, spread=spread)


def check_target(out: Path) -> None:
    """Raise Wrong unless a release may be written to `out`: a new folder, an empty one, or one that holds a release."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Wrong(str(out), None, "is not a folder", "name a new folder")
    if not out.absolute().parent.is_dir():
        raise Wrong(str(out.absolute().parent), None, "is not a folder", "make it first, then publish again")
    if out.exists() and any(out.iterdir()) and not _is_release(out):
        rule = "holds something that is not a release, and would be lost"
        raise Wrong(str(out), None, rule, "name a new folder, or empty this one yourself")


class Stage:
    """A release that is complete and on the disk, but has not got its name yet.

    `manifest` is the SHA-256 of its manifest, `count` how many files it has.
    """

    def __init__(self, folder: Path, out: Path, manifest: str, count: int) -> None:
        self.manifest, self.count = manifest, count
        self._folder, self._out = folder, out

    def put(self) -> None:
        """Give the release its name, all at once; a release that was there is replaced."""
        _put(self._folder, self._out)
        _sync(self._out.parent)


@contextmanager
def staged(
    release: PublicRelease, files: Iterable[tuple[str, bytes]], languages: Sequence[str], ledger: Checkpoint, out: Path
) -> Iterator[Stage]:
    """Write the files, the manifest and the checksums into a folder beside `out` and force them to the disk.

    What was not put in place by the end of the `with` is removed. Raises Wrong if `out` holds something that is not a
    release, or the disk refuses.
    """
    check_target(out)
    out = out.absolute()
    with _refusals(out):
        folder = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
        try:
            entries = [_written(folder, path, data) for path, data in files]
            manifest = manifest_json(release, entries, tuple(languages), ledger)
            entries.append(_written(folder, MANIFEST, manifest))
            entries.append(_written(folder, SUMS, sums(entries)))
            _sync_all(folder, entries)
            yield Stage(folder, out, sha256(manifest), len(entries))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _refusals(out: Path) -> Iterator[None]:
    """Turn what the disk refuses into Wrong."""
    try:
        yield
    except OSError as fault:
        raise Wrong(str(out), None, f"cannot be written: {fault.strerror}", "make room or allow it") from fault


def _is_release(out: Path) -> bool:
    manifest = out / MANIFEST
    return (
        (out / SUMS).is_file()
        and manifest.is_file()
        and b'"form": "marsad release ' in manifest.read_bytes()[:200_000_000]
    )


def _written(folder: Path, path: str, data: bytes) -> Listed:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(data)
    return listed(path, data)


def _sync_all(folder: Path, entries: Iterable[Listed]) -> None:
    """Force every file and folder to the disk; after all are written, since the first of many costs the most."""
    for entry in entries:
        _sync(folder / entry.path)
    for inner in sorted({folder, *(path for path in folder.rglob("*") if path.is_dir())}, reverse=True):
        inner.chmod(0o755)
        _sync(inner)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(beside: Path, out: Path) -> None:
    """Give the new folder its name. What was there is exchanged in one step where the system can, else moved aside first."""
    if not out.exists() or not any(out.iterdir()):
        beside.rename(out)
        return
    if _exchange(beside, out):
        return
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-")) / "old"
    out.rename(old)
    beside.rename(out)
    shutil.rmtree(old.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system cannot (renameat2, Linux 3.15)."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
