"""The outside of the workers: hand a file to one, take what it yields, kill it if it will not come to an end."""

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from marsad.collect.workers.frames import DONE, HEAD, ITEM, frame, unframe
from marsad.collect.workers.limits import MEGABYTE, Limits
from marsad.model import Wrong

_QUIETLY: Final = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1"),
    "MALLOC_ARENA_MAX": "1",  # a second arena would take 64 MB of the address space
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
}
_KEPT: Final = ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX")

Source = Path | bytes | BinaryIO


class Quarantined(Wrong):
    """A file that could not be read within the limits, or broke its parser; its original is kept with this reason."""


class Workers:
    """Up to `count` worker processes, started when they are needed and used for file after file.

    Use it in a `with`, or close it. Several threads may read through it at a time; each gets a worker of its own.
    """

    def __init__(self, count: int = 2, limits: Limits | None = None) -> None:
        self.limits = Limits() if limits is None else limits
        self._free = threading.Semaphore(count)
        self._idle: list[_Worker] = []
        self._scratch = Path(tempfile.mkdtemp(prefix="marsad-worker-"))

    def read(
        self,
        parser: str,
        source: Source,
        *,
        name: str,
        options: Mapping[str, object] | None = None,
        limits: Limits | None = None,
    ) -> Generator[Any, None, None]:
        """Yield what the parser finds in a file, as it finds it: values of JSON, in which bytes may stand.

        `parser` is "module:function"; the function is called in the worker with the file, open for reading from its
        start, and the `options`. Its current folder is an empty one of its own, the only place it may write to.
        `name` is what messages call the file.

        Raises Quarantined, after what was found until then, where the worker had to be killed, died, or the parser
        failed with an error of its own; Wrong where the parser refused the file in its own words, or it cannot be
        opened. Whoever stops taking items stops the worker, too.
        """
        limits = self.limits if limits is None else limits
        with _opened(source, name) as stream, self._free, self._folder() as folder:
            worker = self._idle.pop() if self._idle else _Worker(self._scratch)
            try:
                yield from worker.read(parser, stream, name, dict(options or {}), limits, folder)
            except BaseException:
                if not worker.usable:
                    worker.kill()
                raise
            finally:
                if worker.usable:
                    self._idle.append(worker)

    def close(self) -> None:
        """End the workers and remove their folders."""
        while self._idle:
            self._idle.pop().kill()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _folder(self) -> Generator[Path, None, None]:
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _Worker:
    """One process that forks a child for each file; see `inside`."""

    def __init__(self, folder: Path) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            environment = {key: os.environ[key] for key in _KEPT if key in os.environ} | _QUIETLY
            environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", "-m", "marsad.collect.workers.inside", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that it can be killed together with all it started
            )
        self.usable = True

    def read(
        self, parser: str, stream: BinaryIO, name: str, options: dict[str, object], limits: Limits, folder: Path
    ) -> Generator[Any, None, None]:
        self.usable = False  # until this file has come to its end
        size = os.fstat(stream.fileno()).st_size
        given = {
            "memory": limits.memory,
            "cpu": limits.processor(size),
            "files": limits.files,
            "written": limits.written,
        }
        job = {"parser": parser, "options": options, "limits": given, "scratch": str(folder), "name": name}
        answers, theirs = os.pipe()
        try:
            try:
                socket.send_fds(self._control, [frame(ITEM, job)], [stream.fileno(), theirs])
            except OSError as fault:
                raise Quarantined(name, None, "found no worker that would read it", "try again") from fault
            finally:
                os.close(theirs)
            finished, last = yield from _taken(answers, name, limits, limits.wait(size))
        finally:
            os.close(answers)
        status = self._ended()
        self.usable = status is not None
        if last is not None:
            raise last
        if not finished:
            raise Quarantined(name, None, _how(status, given["cpu"]), _LOOK)

    def kill(self) -> None:
        """End the process and everything it started."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _ended(self) -> int | None:
        """Return how the child ended, None if the worker itself is gone."""
        ready, _, _ = select.select([self._control], [], [], 10)
        try:
            answer = self._control.recv(1000) if ready else b""
            return int(unframe(answer[HEAD.size :]))
        except (OSError, ValueError):
            return None


def _taken(answers: int, name: str, limits: Limits, budget: float) -> Generator[Any, None, tuple[bool, Wrong | None]]:
    """Yield the items that come through the pipe; return whether the file was read to its end, and why not.

    The reason is None, too, where the child was cut off without a word: how it ended says why.
    """
    buffer, total = bytearray(), 0
    while True:
        before = time.monotonic()
        ready, _, _ = select.select([answers], [], [], budget)
        budget = max(0.0, budget - (time.monotonic() - before))
        if not ready:
            raise Quarantined(name, None, f"took longer than {limits.seconds:g} seconds to read", _LOOK)
        data = os.read(answers, 1 << 18)
        if not data:
            return False, None if not buffer else _broken(name)
        buffer += data
        total += len(data)
        if total > limits.output:
            raise _too_much(name, limits.output)
        while len(buffer) >= HEAD.size:
            kind, size = HEAD.unpack(buffer[: HEAD.size])
            if size > limits.item:
                raise _too_much(name, limits.item)
            if len(buffer) < HEAD.size + size:
                break
            body = bytes(buffer[HEAD.size : HEAD.size + size])
            del buffer[: HEAD.size + size]
            try:
                value = unframe(body)
            except ValueError:
                return False, _broken(name)
            if kind == ITEM:
                yield value
            elif kind == DONE:
                return True, None
            else:
                return False, _refusal(kind, value, name, limits)


def _refusal(kind: bytes, value: Any, name: str, limits: Limits) -> Wrong:
    match kind, value:
        case b"W", [str(subject), str() | None as seen, str(rule), str(remedy)]:
            return Wrong(subject, seen, rule, remedy)
        case b"F", ["MemoryError", _]:
            return Quarantined(name, None, f"needs more than {limits.memory // MEGABYTE} MB to read", _LOOK)
        case b"F", [str(kind_of_fault), str(words)]:
            said = f"{kind_of_fault}: {words}" if words else kind_of_fault
            return Quarantined(name, None, f"broke its reader ({said})", _LOOK)
        case _:
            return _broken(name)


_LOOK: Final = "look at the original in quarantine"


def _broken(name: str) -> Quarantined:
    return Quarantined(name, None, "made its reader say what nobody understands", _LOOK)


def _too_much(name: str, limit: int) -> Quarantined:
    return Quarantined(name, None, f"unfolds to more than {limit:,} bytes", _LOOK)


def _how(status: int | None, cpu: int) -> str:
    if status is None:
        return "took its worker down"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return f"took more than {cpu} seconds of processor time to read"
        return f"killed its reader ({signal.Signals(number).name})"
    return f"ended its reader without a word (code {os.WEXITSTATUS(status)})"


@contextlib.contextmanager
def _opened(source: Source, name: str) -> Generator[BinaryIO, None, None]:
    if isinstance(source, bytes):
        with tempfile.TemporaryFile() as held:
            held.write(source)
            held.flush()
            held.seek(0)
            yield held
    elif isinstance(source, Path):
        try:
            stream = source.open("rb")
        except OSError as fault:
            rule = f"cannot be read: {fault.strerror}"
            raise Wrong(name, None, rule, "check the name and whether you may read it") from fault
        with stream:
            yield stream
    else:
        source.seek(0)
        yield source
