"""Sealing and opening the identity of a source, in a process of its own that ends the moment it is done.

    python -m marsad.preserve.sealing seal RECIPIENT…     standard input → a box on standard output
    python -m marsad.preserve.sealing seal-lines RECIPIENT…   lines {"source", "contact"} → lines {"source", "box"}
    python -m marsad.preserve.sealing open KEYFILE RECIPIENT…   a box on standard input → what is in it

The marsad that keeps the observatory never has the words in its memory: it starts this one, which may dump no core, be traced
by nobody of its own user, and whose memory is never swapped out where the system allows that. A box is an age file, so that
`age -d` opens it, too. It is padded, so that its size tells little.
"""

import base64
import ctypes
import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyrage

PAD = 512
"""A box's content is filled up to a multiple of so many bytes."""
LONGEST = 100_000

_SET_DUMPABLE, _LOCK_ALL = 4, 3
_REFUSED = 3


def run(mode: str, arguments: Sequence[str], data: bytes | None = None) -> tuple[int, bytes, str]:
    """Run this file as a process and return its exit code, output and complaint; without `data` it reads our input."""
    command = [sys.executable, "-m", "marsad.preserve.sealing", mode, *arguments]
    said = subprocess.run(command, input=data, capture_output=True, check=False)
    return said.returncode, said.stdout, said.stderr.decode(errors="replace").strip()


def show(key_file: Path, recipients: Sequence[str], box: bytes) -> tuple[int, str]:
    """Open a box in a process that prints straight to our standard output; return its exit code and complaint."""
    command = [sys.executable, "-m", "marsad.preserve.sealing", "open", str(key_file), *recipients]
    said = subprocess.run(command, input=box, stderr=subprocess.PIPE, check=False)
    return said.returncode, said.stderr.decode(errors="replace").strip()


def sealed(contact: bytes, recipients: Sequence[str]) -> bytes:
    """Return the box that only the keys of these recipients open."""
    content = len(contact).to_bytes(4, "big") + contact
    content += bytes(-len(content) % PAD)
    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one) for one in recipients]))


def opened(box: bytes, key: str) -> bytes:
    """Return what is in the box; raises pyrage.DecryptError where the key does not fit or the box is damaged."""
    content: bytes = pyrage.decrypt(box, [pyrage.x25519.Identity.from_str(key.strip())])
    return content[4 : 4 + int.from_bytes(content[:4], "big")]


def _guard() -> None:
    """Dump no core, be read by no other process, and stay out of the swap, as far as the system allows."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    library = ctypes.CDLL(None)
    library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    library.mlockall(_LOCK_ALL)


def _main(mode: str, *arguments: str) -> int:
    _guard()
    out = sys.stdout.buffer
    if mode == "seal":
        contact = sys.stdin.buffer.read(LONGEST + 1)
        if not contact.strip() or len(contact) > LONGEST:
            sys.stderr.write(f"nothing to seal, or more than {LONGEST:,} bytes")
            return _REFUSED
        out.write(sealed(contact, arguments))
    elif mode == "seal-lines":
        for number, line in enumerate(sys.stdin.buffer, 1):
            try:
                told = json.loads(line)
                source, contact = told["source"], told["contact"]
                words = contact if isinstance(contact, str) else json.dumps(contact, ensure_ascii=False)
                box = sealed(words.encode(), arguments)
            except (ValueError, TypeError, KeyError):
                sys.stderr.write(f'line {number} is not {{"source": …, "contact": …}}')  # and is not repeated here
                return _REFUSED
            out.write(json.dumps({"source": source, "box": base64.b64encode(box).decode()}).encode() + b"\n")
    else:
        key_file, *recipients = arguments
        key = _key(Path(key_file))
        if str(pyrage.x25519.Identity.from_str(key).to_public()) not in recipients:
            sys.stderr.write("this key is not the reader's")
            return _REFUSED
        try:
            out.write(opened(sys.stdin.buffer.read(), key))
        except pyrage.DecryptError:
            sys.stderr.write("this key does not open it: it was sealed before the reader was trusted, or is damaged")
            return _REFUSED
    out.flush()
    return 0


def _key(path: Path) -> str:
    lines = [line.strip() for line in path.read_text("ascii").splitlines()]
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


if __name__ == "__main__":
    try:
        code = _main(*sys.argv[1:])
    except (OSError, UnicodeError, pyrage.IdentityError, pyrage.RecipientError) as fault:
        sys.stderr.write(f"the key cannot be used: {type(fault).__name__}")
        code = _REFUSED
    sys.exit(code)
