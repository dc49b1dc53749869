"""Searching everything that a seized machine holds for planted words, in every coding in which they might lie there."""

import base64
import re
import subprocess
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_DIACRITICS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_FOLDED = str.maketrans("أإآىة", "ااايه")


def forms(word: str) -> Iterator[bytes]:
    """Yield the word as it might be written: raw, UTF-16, base64 at each alignment, normalised, folded, reversed."""
    spellings = {
        *(unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC", "NFKD")),
        _DIACRITICS.sub("", word).translate(_FOLDED),
        word.lower(),
        word.upper(),
        word[::-1],
        word.replace(" ", ""),
    }
    for spelling in spellings:
        yield spelling.encode()
        yield spelling.encode("utf-16-le")
        yield spelling.encode("utf-16-be")
        yield spelling.encode("unicode_escape")
    data = word.encode()
    for skip in range(3):  # the middle of the base64 of anything that holds the word at this alignment
        coded = base64.b64encode(bytes(skip) + data)
        yield coded[4 if skip else 0 : -4]
        yield coded[4 if skip else 0 : -4].translate(bytes.maketrans(b"+/", b"-_"))
    yield data.hex().encode()


def hits(places: Iterable[tuple[str, bytes]], words: Iterable[str]) -> list[str]:
    """Return where which word was found, in whatever form, also within what is packed there. GNU grep does the looking."""
    needles = {form: word for word in words for form in forms(word) if len(form) >= 8 and b"\n" not in form}
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        patterns, text = Path(scratch, "needles"), Path(scratch, "text")
        patterns.write_bytes(b"\n".join(needles) + b"\n")
        for name, data in places:
            for where, part in _parts(name, data):
                text.write_bytes(part)
                command = ["grep", "-a", "-o", "-F", "-f", str(patterns), str(text)]
                said = subprocess.run(command, capture_output=True, check=False, env={"LC_ALL": "C"})
                assert said.returncode in (0, 1), said.stderr
                found += [f"{where}: {needles[line]!r}" for line in said.stdout.split(b"\n")[:-1]]
    return found


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below the folder, by its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()


def _parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the data, and what any gzip or zlib stream in it unpacks to."""
    yield name, data
    for match in re.finditer(rb"\x1f\x8b\x08", data):
        unpacked = _unpacked(data[match.start() :], 31)
        if unpacked:
            yield f"{name} (gzip at {match.start()})", unpacked
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        unpacked = _unpacked(data[match.start() : match.start() + 20_000], 15)
        if len(unpacked) > 64:
            yield f"{name} (zlib at {match.start()})", unpacked


def _unpacked(data: bytes, window: int) -> bytes:
    unpacker, out = zlib.decompressobj(window), b""
    try:
        out = unpacker.decompress(data, 50_000_000)
    except zlib.error:
        return out
    return out
