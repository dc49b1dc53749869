"""Web archives (WACZ 1.1.1) of captured pages, which ReplayWeb.page and other programs of web archives open.

What a server answered, with its headers, is a `response` record; bytes of which no headers are known are a `resource`, because
headers that nobody received would be invented.
"""

import base64
import gzip
import hashlib
import json
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

_VERSION = "1.1.1"
_WARC = "archive/data.warc.gz"
_CHANGED_BY_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that speak of the bytes on the wire and not of those kept; they keep their value under another name."""


@dataclass(frozen=True, slots=True)
class Capture:
    """At `captured` these bytes were found at `url`; `headers` are what a server said with them, empty if none did."""

    url: str
    captured: datetime
    data: bytes
    media_type: str
    title: str
    headers: Sequence[tuple[str, str]] = ()


def write_wacz(path: Path, captures: Iterable[Capture], title: str, software: str, created: datetime) -> int:
    """Write the captures into the new file `path`; return how many. Raises FileExistsError if there is one."""
    index, pages = [], [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": title}, ensure_ascii=False)]
    warc = bytearray(_gzipped(_info(software, created)))
    for capture in captures:
        record, line = _record(capture)
        packed = _gzipped(record)
        line |= {"length": str(len(packed)), "offset": str(len(warc)), "filename": "data.warc.gz"}
        index.append(f"{_surt(capture.url)} {_digits(capture.captured)} {json.dumps(line)}\n")
        told = {"id": hashlib.sha256(record).hexdigest()[:16], "url": capture.url, "ts": _zulu(capture.captured)}
        pages.append(json.dumps({**told, "title": capture.title}, ensure_ascii=False))
        warc += packed
    files = {
        _WARC: bytes(warc),
        "indexes/index.cdx.gz": gzip.compress("".join(sorted(index)).encode(), mtime=0),
        "pages/pages.jsonl": ("\n".join(pages) + "\n").encode(),
    }
    listed = [
        {"name": name.split("/")[-1], "path": name, "hash": _sha256(data), "bytes": len(data)}
        for name, data in files.items()
    ]
    package: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": _VERSION,
        "title": title,
        "software": software,
    }
    package |= {"created": _zulu(created), "resources": listed}
    files["datapackage.json"] = json.dumps(package, ensure_ascii=False, indent=1).encode()
    digest = {"path": "datapackage.json", "hash": _sha256(files["datapackage.json"])}
    files["datapackage-digest.json"] = json.dumps(digest).encode()
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, created.astimezone(UTC).timetuple()[:6]), data)
    return len(index)


def _record(capture: Capture) -> tuple[bytes, dict[str, str]]:
    """Return the WARC record of a capture, and what the index says of it."""
    status = next((value for name, value in capture.headers if name == ":status"), None)
    payload = base64.b32encode(hashlib.sha1(capture.data, usedforsecurity=False).digest()).decode()
    line = {"url": capture.url, "mime": capture.media_type, "digest": f"sha1:{payload}"}
    if status is None:
        block, kind, media_type = capture.data, "resource", capture.media_type
    else:
        head = "".join(f"{_kept_name(name)}: {value}\r\n" for name, value in capture.headers if name != ":status")
        block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + capture.data
        kind, media_type, line["status"] = "response", "application/http; msgtype=response", status.split()[0]
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": capture.url,
        "WARC-Date": _zulu(capture.captured),
        "WARC-Record-ID": _urn(capture.url.encode() + block),
        "WARC-Payload-Digest": f"sha1:{payload}",
        "Content-Type": media_type,
    }
    return _warc(fields, block), line


def _info(software: str, created: datetime) -> bytes:
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    fields = {"WARC-Type": "warcinfo", "WARC-Date": _zulu(created), "WARC-Record-ID": _urn(block)}
    return _warc({**fields, "Content-Type": "application/warc-fields"}, block)


def _warc(fields: dict[str, str], block: bytes) -> bytes:
    told = {**fields, "WARC-Block-Digest": _sha256(block), "Content-Length": str(len(block))}
    head = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in told.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def _kept_name(name: str) -> str:
    return f"X-Archive-Orig-{name}" if name.lower() in _CHANGED_BY_TRANSFER else name


def _gzipped(record: bytes) -> bytes:
    return gzip.compress(record, mtime=0)


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _urn(data: bytes) -> str:
    return f"<urn:uuid:{uuid.UUID(bytes=hashlib.sha256(data).digest()[:16], version=4)}>"


def _zulu(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digits(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def _surt(url: str) -> str:
    """Return the address as an index sorts it: the host from its end, then the path.

    >>> _surt("https://www.radio.example/Raqqa?a=1")
    'example,radio)/raqqa?a=1'
    """
    parts = urlsplit(url)
    if not parts.hostname:
        return url.lower().replace(" ", "%20")
    host = ",".join(reversed(parts.hostname.removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")
