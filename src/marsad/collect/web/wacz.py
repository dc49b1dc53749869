"""A captured page as WACZ 1.1.1: a ZIP of the WARC, its index, its pages and the hashes of all of them."""

import hashlib
import io
import ipaddress
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from marsad.collect.web.fetch import Exchange
from marsad.collect.web.warc import Placed, stamp, write_warc

MEDIA_TYPE = "application/wacz"


def write_wacz(
    exchanges: Sequence[Exchange],
    page: str,
    at: datetime,
    *,
    title: str | None = None,
    text: str | None = None,
    software: str = "marsad",
    missing: Iterable[tuple[str, str]] = (),
) -> bytes:
    """Return the WACZ file of a page: everything that was asked and answered for it, redirects and parts included.

    `page` is the address at which it was found in the end, `at` the time of the capture, `missing` what could not be had.
    """
    warc, placed = write_warc(exchanges, at, software, missing)
    lines = sorted(_index_line(one) for one in placed)
    entry = {"id": hashlib.sha256(page.encode()).hexdigest()[:22], "url": page, "ts": stamp(at)}
    entry |= {name: value for name, value in (("title", title), ("text", text)) if value}
    pages = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": bool(text)}, entry]
    files = {
        "archive/data.warc.gz": warc,
        "indexes/index.cdx": "".join(f"{line}\n" for line in lines).encode(),
        "pages/pages.jsonl": "".join(f"{_json(line)}\n" for line in pages).encode(),
    }
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title or page,
        "created": stamp(at),
        "software": software,
        "mainPageUrl": page,
        "mainPageDate": stamp(at),
        "resources": [
            {"name": path.rpartition("/")[2], "path": path, "hash": _hash(data), "bytes": len(data)}
            for path, data in files.items()
        ],
    }
    described = json.dumps(package, ensure_ascii=False, indent=2).encode()
    files["datapackage.json"] = described
    files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": _hash(described)}).encode()
    return _zipped(files, at)


def surt(url: str) -> str:
    """Return an address as an index sorts it: the host backwards, then the path, in lower case.

    >>> surt("https://www.Example.org:8443/News?id=1"), surt("http://127.0.0.1:80/")
    ('org,example:8443)/news?id=1', '127.0.0.1)/')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        host = ",".join(reversed(host.split(".")))
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, standard) else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower()


def _index_line(one: Placed) -> str:
    status, kind = _status(one.exchange.response)
    told = {
        "url": one.exchange.url,
        "mime": kind,
        "status": str(status),
        "digest": one.digest,
        "length": str(one.length),
        "offset": str(one.offset),
        "filename": "data.warc.gz",
    }
    return f"{surt(one.exchange.url)} {one.exchange.at.strftime('%Y%m%d%H%M%S')} {_json(told)}"


def _status(response: bytes) -> tuple[int, str]:
    """Return the status of an answer and its media type, as its headers say them."""
    head = response.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    words = head[0].split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else int(HTTPStatus.OK)
    kinds = [line.partition(":")[2] for line in head[1:] if line.lower().startswith("content-type:")]
    kind = kinds[0].partition(";")[0].strip().lower() if kinds else ""
    return status, kind if "/" in kind and " " not in kind else "unk"


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, at.timetuple()[:6])
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _hash(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
