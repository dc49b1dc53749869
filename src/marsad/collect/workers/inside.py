"""The inside of a worker: a process that waits for files and forks a child for each, which reads it and is gone.

A child per file, because then nothing that a hostile file did to the process outlives it; forked from a process that
has the parser loaded, because starting Python anew for every file would take longer than reading it.
"""

import contextlib
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final

from marsad.collect.workers.confine import confine
from marsad.collect.workers.frames import DONE, FAULT, HEAD, ITEM, WRONG, frame, unframe
from marsad.model import Wrong

_JOB_BYTES: Final = 1 << 20
_CLOSE_ON_EXEC: Final = getattr(socket, "MSG_CMSG_CLOEXEC", 0)


def main() -> None:
    """Serve the socket whose number is the first argument, until the other end is closed."""
    control = socket.socket(fileno=int(sys.argv[1]))
    while True:
        head, handles, _, _ = socket.recv_fds(control, _JOB_BYTES, 2, _CLOSE_ON_EXEC)
        if len(handles) < 2:
            return
        size = HEAD.unpack(head[: HEAD.size])[1]
        body = head[HEAD.size :]
        while len(body) < size:
            body += control.recv(size - len(body))
        status = _serve(unframe(body), handles[0], handles[1], control)
        control.sendall(frame(DONE, status))


def _serve(job: dict[str, Any], source: int, answers: int, control: socket.socket) -> int:
    """Return how the child that read this file ended, as `os.waitpid` says it; if nobody waits any more, die with it."""
    parser = _parser(job["parser"])
    alive, held = os.pipe()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            control.close()
            os.close(alive)
            _read(parser, job, source, answers)
            code = 0
        finally:
            os._exit(code)  # no clean-up of what was inherited
    for handle in (held, source, answers):
        os.close(handle)
    try:
        ready, _, _ = select.select([alive, control.fileno()], [], [])
        if alive not in ready:  # nothing is sent while a file is read: the other end is gone
            os.killpg(0, signal.SIGKILL)
        return os.waitpid(child, 0)[1]
    finally:
        os.close(alive)


def _parser(name: str) -> Callable[..., Iterable[Any]]:
    module, _, function = name.partition(":")
    found: Callable[..., Iterable[Any]] = getattr(importlib.import_module(module), function)
    return found


def _read(parser: Callable[..., Iterable[Any]], job: dict[str, Any], source: int, answers: int) -> None:
    scratch = Path(job["scratch"])
    os.chdir(scratch)
    os.environ["TMPDIR"] = os.environ["HOME"] = str(scratch)
    with os.fdopen(answers, "wb", buffering=1 << 16) as out, os.fdopen(source, "rb") as stream:
        confine(scratch, **job["limits"])
        try:
            _answer(parser, stream, job["options"], out)
        except Wrong as wrong:
            value = None if wrong.value is None else str(wrong.value)[:1000]
            last = frame(WRONG, [wrong.subject, value, wrong.rule, wrong.remedy])
        except ModuleNotFoundError as fault:
            rule = f"needs {fault.name}, which is not installed, to be read"
            last = frame(
                WRONG, [job["name"], None, rule, "install it: pip install 'marsad[collect]'; then add it again"]
            )
        except MemoryError:
            last = frame(FAULT, ["MemoryError", ""])
        except BaseException as fault:  # noqa: BLE001 - whatever a file does to a parser, it is said and not raised
            last = frame(FAULT, [type(fault).__name__, ascii(str(fault))[1:-1][:300]])
        else:
            last = frame(DONE, None)
        with contextlib.suppress(BrokenPipeError):
            out.write(last)
            out.flush()


def _answer(parser: Callable[..., Iterable[Any]], stream: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    for item in parser(stream, **options):
        out.write(frame(ITEM, item))
        out.flush()  # what was found before a crash shall not die with the process


if __name__ == "__main__":
    main()
