"""Parsers that do what a hostile file might make a parser do; read by workers in the tests beside this file."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from marsad.model import Wrong


def lines(stream: BinaryIO, most: int = 1_000_000) -> Iterator[dict[str, object]]:
    for number, line in zip(range(most), stream, strict=False):
        yield {"number": number, "line": line.decode(), "bytes": line}


def says_who_started_it(stream: BinaryIO) -> Iterator[int]:
    yield os.getppid()


def allocates(stream: BinaryIO, megabytes: int) -> Iterator[int]:
    held = [bytearray(b"x" * (1 << 20)) for _ in range(megabytes)]
    yield len(held)


def turns_for_ever(stream: BinaryIO) -> Iterator[int]:
    yield 1
    while True:
        pass


def sleeps_for_ever(stream: BinaryIO) -> Iterator[int]:
    yield 1
    time.sleep(1e6)


def says_for_ever(stream: BinaryIO) -> Iterator[str]:
    while True:
        yield "x" * 100_000


def refuses(stream: BinaryIO) -> Iterator[int]:
    yield 1
    raise Wrong("row 2", "x", "is no row", "make it one")


def fails(stream: BinaryIO) -> Iterator[int]:
    yield 1
    raise KeyError("Root")


def connects(stream: BinaryIO, port: int) -> Iterator[int]:
    socket.create_connection(("127.0.0.1", port))
    yield 1


def connects_below_python(stream: BinaryIO) -> Iterator[bool]:
    yield ctypes.CDLL(None).syscall(41 if os.uname().machine == "x86_64" else 198, 2, 1, 0) >= 0


def writes(stream: BinaryIO, path: str) -> Iterator[int]:
    yield Path(path).write_text("evil", encoding="utf-8")


def writes_below_python(stream: BinaryIO, path: str) -> Iterator[bool]:
    yield ctypes.CDLL(None).open(path.encode(), os.O_WRONLY | os.O_CREAT, 0o600) >= 0


def writes_by_a_program(stream: BinaryIO, path: str) -> Iterator[str]:
    yield subprocess.run(
        ["/bin/sh", "-c", f"echo evil > {path}; echo $?"], capture_output=True, check=False
    ).stdout.decode()


def writes_into_its_folder(stream: BinaryIO) -> Iterator[Any]:
    Path("a.txt").write_text("mine", encoding="utf-8")
    yield sorted(path.name for path in Path().iterdir())


def reads(stream: BinaryIO, path: str) -> Iterator[bytes]:
    yield Path(path).read_bytes()


def dies(stream: BinaryIO) -> Iterator[int]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield 1


def leaves_without_a_word(stream: BinaryIO) -> Iterator[int]:
    yield from ()
    os._exit(0)


def leaves_somebody_behind(stream: BinaryIO) -> Iterator[list[int]]:
    yield [os.getpid(), subprocess.Popen(["/bin/sh", "-c", "sleep 100"]).pid]
    time.sleep(1e6)


def yields_what_is_no_value(stream: BinaryIO) -> Iterator[object]:
    yield object()


def lacks_a_library(stream: BinaryIO) -> Iterator[int]:
    yield __import__("a_library_that_nobody_has").number
