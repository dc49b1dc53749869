"""One folder to write into: Landlock, by which a Linux process gives up files, for itself and its children, for good.

The kernel has it since 5.13; where it is missing, `only` says so.
"""

import ctypes
import os
import platform
import stat
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_PR_SET_NO_NEW_PRIVS = 38
_SIGNALS, _ABSTRACT_SOCKETS = 2, 1

_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_TRUNCATE: Final = 1 << 14
_OF_A_FILE: Final = _EXECUTE | _WRITE | _READ | _TRUNCATE
_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights each version of Landlock knows; later ones know as many as version 5."""


def only(reads: Sequence[Path], writes: Path) -> bool:
    """Leave this process the paths it `reads` (and may execute) and the folder it `writes`; return whether it worked.

    Where the kernel knows how, signals to processes outside are given up, too.
    """
    if platform.system() != "Linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, 0, 1)
    if version < 1:
        return False
    every = (1 << _RIGHTS.get(version, 16)) - 1
    given = struct.pack("=QQQ", every, 0, _SIGNALS | _ABSTRACT_SOCKETS)
    ruleset = libc.syscall(_CREATE, given, len(given) if version >= 6 else 8, 0)
    if ruleset < 0:
        return False
    try:
        for path in reads:
            _allow(libc, ruleset, path, _EXECUTE | _READ | _LIST)
        _allow(libc, ruleset, Path(os.devnull), (_READ | _WRITE | _TRUNCATE) & every)
        if not _allow(libc, ruleset, writes, every & ~_EXECUTE):
            return False
        return bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> bool:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= _OF_A_FILE
        return bool(libc.syscall(_ADD, ruleset, 1, struct.pack("=Qi", rights, handle), 0) == 0)
    finally:
        os.close(handle)
