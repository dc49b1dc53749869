"""An encrypted archive: a tar, packed, inside an age file, written and read as a stream; nothing of it lies open on a disk.

`age -d -i KEY FILE | tar xz` reads it without marsad.
"""

import gzip
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage

from marsad.model import Wrong

Add = Callable[[str, bytes | Path], None]
"""Adds a file of this name: its bytes, or where they lie."""

_PACKED = 1
"""gzip's level: enough for texts, and quicker than a disk."""


@contextmanager
def written(path: Path, recipients: list[str]) -> Iterator[Add]:
    """Open a new archive for adding; when the `with` ends well it is on the disk under its name, else it is gone.

    Without recipients it is not encrypted. Raises Wrong where the disk refuses or the file is there already.
    """
    partial = path.with_name(path.name + ".partial")
    if path.exists():
        raise Wrong(str(path), None, "exists already", "name a new file; a backup replaces none")
    try:
        with partial.open("xb") as out:
            os.chmod(partial, 0o600)  # noqa: PTH101 - before anything is in it
            with (
                _encrypted(out, recipients) as inner,
                gzip.GzipFile("", "wb", _PACKED, inner, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
            ):
                yield lambda name, content: _add(archive, name, content)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(path)
        handle = os.open(path.absolute().parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(handle)
        os.close(handle)
    except FileExistsError as fault:
        raise Wrong(str(partial), None, "is there from a backup that was interrupted", "remove it") from fault
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise Wrong(
            str(path), None, f"cannot be written: {fault.strerror or fault}", "make room or allow it"
        ) from fault
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def read(path: Path, key: str | None) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Open an archive: yields (name, file) of everything in it, in order, each to be read before the next is asked for.

    Raises Wrong where the key does not open it, or the archive was cut or changed.
    """
    try:
        with (
            path.open("rb") as file,
            _decrypted(file, key) as inner,
            tarfile.open(fileobj=inner, mode="r|gz") as archive,
        ):
            yield _members(archive)
            while inner.read(1 << 20):  # to the end: only there does the encryption tell that nothing was cut off
                pass
    except (pyrage.DecryptError, pyrage.IdentityError) as fault:
        remedy = "give the key it was made for: --key FILE"
        raise Wrong(str(path), None, f"cannot be opened with this key ({fault})", remedy) from fault
    except (tarfile.TarError, EOFError, OSError) as fault:
        raise Wrong(str(path), None, f"cannot be read to its end ({fault})", "take it from another copy") from fault


def opens(path: Path, key: str) -> None:
    """Raise Wrong unless this key opens the beginning of the archive; the rest is not read."""
    try:
        with path.open("rb") as file:
            head = file.read(1 << 17)
        out = io.BytesIO()
        pyrage.decrypt_io(io.BytesIO(head), out, [pyrage.x25519.Identity.from_str(key.strip())])
    except (pyrage.DecryptError, OSError) as fault:
        if len(head) == 1 << 17 and out.tell():  # it was cut by us, behind what was decrypted well
            return
        raise Wrong(str(path), None, f"is not opened by this key ({fault})", "find the key it was made for") from fault


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in archive:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None:
            raise tarfile.TarError(f"{member.name!r} is no plain file")
        yield member.name, content


def _add(archive: tarfile.TarFile, name: str, content: bytes | Path) -> None:
    member = tarfile.TarInfo(name)
    member.mode = 0o400
    if isinstance(content, bytes):
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        return
    with content.open("rb") as file:
        member.size = os.fstat(file.fileno()).st_size
        archive.addfile(member, file)


@contextmanager
def _encrypted(out: IO[bytes], recipients: list[str]) -> Iterator[IO[bytes]]:
    """Give a file whose bytes go into `out` encrypted; another thread encrypts what this one writes."""
    if not recipients:
        yield out
        return
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    with _piped(lambda source: pyrage.encrypt_io(source, out, keys)) as inner:
        yield inner


@contextmanager
def _piped(work: Callable[[IO[bytes]], object]) -> Iterator[IO[bytes]]:
    """Give a file; what is written to it, `work` reads in a thread of its own. Raises what `work` raises."""
    ends = os.pipe()
    source, sink = os.fdopen(ends[0], "rb"), os.fdopen(ends[1], "wb")
    faults: list[BaseException] = []

    def worker() -> None:
        try:
            work(source)
        except BaseException as fault:  # noqa: BLE001 - raised again below, in the thread that waits
            faults.append(fault)
        finally:
            source.close()

    thread = threading.Thread(target=worker)
    thread.start()
    try:
        yield sink
        sink.close()
    except BrokenPipeError:
        pass  # the worker ended early, and says why
    finally:
        with suppress(OSError):
            sink.close()
        thread.join()
    if faults:
        raise faults[0]


@contextmanager
def _decrypted(file: IO[bytes], key: str | None) -> Iterator[IO[bytes]]:
    """Give a file from which the decrypted bytes are read, as they are encrypted in `file`."""
    if key is None:
        yield file
        return
    identity = pyrage.x25519.Identity.from_str(key.strip())
    ends = os.pipe()
    source, sink = os.fdopen(ends[0], "rb"), os.fdopen(ends[1], "wb")
    faults: list[BaseException] = []

    def worker() -> None:
        try:
            pyrage.decrypt_io(file, sink, [identity])
        except BaseException as fault:  # noqa: BLE001 - raised again below, in the thread that waits
            faults.append(fault)
        finally:
            with suppress(OSError):
                sink.close()

    thread = threading.Thread(target=worker)
    thread.start()
    try:
        yield source
    except (tarfile.TarError, EOFError) as fault:
        source.close()
        thread.join()
        raise next((one for one in faults if isinstance(one, pyrage.DecryptError)), fault) from None
    finally:
        source.close()
        thread.join()
    if faults:
        raise faults[0]
