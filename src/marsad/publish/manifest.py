"""What a release says of itself: manifest.json, and SHA256SUMS, which names every file with its checksum."""

import hashlib
import json
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from marsad.publish.public import PublicRelease
from marsad.publish.record import incident_lines

SUMS, MANIFEST, RECORD = "SHA256SUMS", "manifest.json", "data/record.json"
FORM = "marsad release 1"
"""By this line a folder is known for a release; a reader refuses another."""

_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")
_TYPES = {
    ".mjs": "text/javascript",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger had this root, in hex, when it had `size` leaves: it seals what the release rests on."""

    size: int
    root: str


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A file of a release: its path, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def listed(path: str, data: bytes) -> Listed:
    """Return the entry of a file."""
    return Listed(path, len(data), sha256(data))


def media_type(path: str) -> str:
    """Return the media type of a published file by its name, the same on every machine.

    >>> media_type("web/map.mjs"), media_type("index.html")
    ('text/javascript', 'text/html')
    """
    suffix = PurePosixPath(path).suffix
    return _TYPES.get(suffix) or mimetypes.MimeTypes().types_map[True].get(suffix, "text/plain")


def manifest_json(
    release: PublicRelease, files: Iterable[Listed], languages: tuple[str, ...], ledger: Checkpoint
) -> bytes:
    """Return the manifest of these files; it lists all of them, itself and SHA256SUMS excepted."""
    said = {
        "form": FORM,
        "release": release.number,
        "observatory": str(release.observatory),
        "published": release.published.isoformat(),
        "as_known_on": release.as_known_on.isoformat(),
        "publication_policy": str(release.policy),
        "software": str(release.software),
        "languages": list(languages),
        "incidents": len(release.incidents),
        "incidents_root": incidents_root(release),
        "earlier": [{"release": one.number, "manifest": str(one.manifest)} for one in release.earlier],
        "withheld": {one.reason.value: one.count for one in release.withheld},
        "ledger": {"size": ledger.size, "root": ledger.root},
        "files": [
            {"path": one.path, "bytes": one.size, "sha256": one.sha256, "media_type": media_type(one.path)}
            for one in sorted(files)
        ],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def incidents_root(release: PublicRelease) -> str:
    """Return the Merkle root (RFC 9162) over the incidents as the record writes them, in hex.

    With it one incident, and a short proof, can be shown to belong to the release without the rest of it.
    """
    peaks: list[tuple[int, bytes]] = []
    for line in incident_lines(release):
        level, current = 0, hashlib.sha256(b"\x00" + line).digest()
        while peaks and peaks[-1][0] == level:
            current, level = hashlib.sha256(b"\x01" + peaks.pop()[1] + current).digest(), level + 1
        peaks.append((level, current))
    if not peaks:
        return sha256(b"")
    current = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        current = hashlib.sha256(b"\x01" + left + current).digest()
    return current.hex()


def sums(files: Iterable[Listed]) -> bytes:
    """Return SHA256SUMS for these files in the order of their paths, as `sha256sum -c` reads it.

    >>> sums([listed("a.txt", b"")]).decode()
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.txt\\n'
    """
    return "".join(f"{one.sha256}  {one.path}\n" for one in sorted(files)).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Return the checksum of each path that SHA256SUMS names.

    Raises ValueError, naming the line, for anything that `sums` would not write: another form, an unsafe path, a path
    out of order or named twice, a missing last line end.
    """
    text = data.decode("ascii")
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    out: dict[str, str] = {}
    last = ""
    for n, line in enumerate(text[:-1].split("\n"), 1):
        found = _LINE.fullmatch(line)
        if found is None or not is_safe(found[2]):
            raise ValueError(f"line {n} is not a checksum, two blanks and a path")
        if found[2] <= last:
            raise ValueError(f"line {n} is out of order")
        last = found[2]
        out[last] = found[1]
    return out


def is_safe(path: str) -> bool:
    """Whether a path stays within the release: relative, no empty part, no step up, nothing hidden.

    >>> [is_safe(p) for p in ("data/record.json", "../x", "/etc/passwd", "a//b", ".git/x")]
    [True, False, False, False, False]
    """
    return all(part and not part.startswith(".") for part in path.split("/"))
