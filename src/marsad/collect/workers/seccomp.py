"""No network and no meddling: a filter on system calls that a process puts on itself and its children, for good.

Linux on x86-64 and on 64-bit ARM; elsewhere `no_network` says that it could not.
"""

import ctypes
import errno
import platform
import struct
from typing import Final

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_X32: Final = 0x40000000
"""System calls of the x32 convention are numbered from here: a second door to the same calls."""

_CALLS: Final = {
    # Each machine's mark, and the numbers of: sockets of every kind, and io_uring, through which they could be had as
    # well; ptrace and other processes' memory; leaving the group that is killed as one; namespaces, mounts, the kernel.
    "x86_64": (
        0xC000003E,
        (
            *(41, 42, 43, 49, 50, 53, 288, 425, 426, 427),
            *(101, 310, 311, 109, 112, 272, 308, 165, 166, 155),
            *(321, 323, 248, 249, 250, 298, 175, 313, 246, 169),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(198, 203, 202, 200, 201, 199, 242, 425, 426, 427),
            *(117, 270, 271, 154, 157, 97, 268, 40, 39, 41),
            *(280, 282, 217, 218, 219, 241, 105, 273, 104, 142),
        ),
    ),
}


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def no_network() -> bool:
    """Deny this process and its children every socket; return whether the system can do that."""
    if platform.system() != "Linux" or platform.machine() not in _CALLS:
        return False
    program = _program(*_CALLS[platform.machine()])
    libc = ctypes.CDLL(None, use_errno=True)
    given = _Program(len(program) // 8, program)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(given), 0, 0) == 0)


def _program(architecture: int, denied: tuple[int, ...]) -> bytes:
    """Return the filter in the kernel's own small language: wrong machine dies, what is denied fails, the rest may."""
    refuse = len(denied) + 1  # steps from the check on x32 to the step that refuses
    steps = [
        (_LOAD, 0, 0, 4),  # the machine
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the call's number
        (_AT_LEAST, refuse, 0, _X32),
        *((_EQUAL, refuse - 1 - at, 0, number) for at, number in enumerate(denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
