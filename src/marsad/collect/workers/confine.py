"""What a worker gives up before it opens a hostile file. Nothing here can be taken back by the process itself.

Three layers, because systems differ: limits of the operating system (everywhere), Landlock and a system call filter
(Linux), and Python's own audit hook, which stops pure Python everywhere and gives the refusal words.
"""

import os
import resource
import sys
from pathlib import Path
from typing import Any, Final

from marsad.collect.workers import landlock, seccomp

_SYSTEM: Final = (
    *(
        "/usr",
        "/lib",
        "/lib64",
        "/bin",
        "/opt",
        "/etc/ld.so.cache",
        "/etc/alternatives",
        "/etc/fonts",
        "/etc/localtime",
    ),
    *("/etc/mime.types", "/etc/passwd", "/etc/nsswitch.conf", "/dev/urandom", "/dev/zero"),
)
"""What programs such as pdftotext need to start, and nothing of anybody's own."""

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING: Final = frozenset(
    {"os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
)


def confine(scratch: Path, memory: int, cpu: int, files: int, written: int) -> None:
    """Leave this process only what reading a file takes; `scratch` is the folder that it may write into."""
    own = [Path(entry) for entry in {*sys.path, sys.prefix, sys.base_prefix} if entry and entry != "/"]
    landlock.only([*map(Path, _SYSTEM), *own], scratch)
    seccomp.no_network()
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_AS, memory),
    ):
        _, most = resource.getrlimit(what)
        limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
        # A second more before the end, so that the processor's limit is told apart from every other death.
        resource.setrlimit(what, (limit, limit + 1 if what == resource.RLIMIT_CPU and limit != most else limit))
    sys.addaudithook(_watch(os.path.realpath(scratch)))


def _watch(scratch: str) -> Any:
    inside = scratch + os.sep

    def within(path: Any) -> bool:
        if not isinstance(path, str | bytes):
            return isinstance(path, int)  # open already
        real = os.path.realpath(os.fsdecode(path))
        return real == scratch or real.startswith(inside) or real == os.devnull

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith("socket."):
            raise PermissionError("it tried to use the network")
        if event == "open":
            path, mode, flags = arguments
            writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(flags & _WRITING)
            if writes and not within(path):
                raise PermissionError(f"it tried to write {path!r}, outside its folder")
        elif event in _CHANGING and not within(arguments[0]):
            raise PermissionError(f"it tried to change {arguments[0]!r}, outside its folder")

    return hook
