"""Canaries: a token in every private field of a case, and a search that finds one in whatever it hides in."""

import base64
import binascii
import gzip
import html
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import cases

from marsad.model import Case, Claim, ClaimId, IncidentId, Origin, OriginKind, Place, ReportId, Sha256, content_id

LATIN, ARABIC, DIGITS = "Zqcanaryqz", "قطاكنارقط", "739041"
"""What every token begins with, so that one search finds them all; numbers and coordinates hold DIGITS."""

_GAZETTEER = {"name", "name_ar", "admin1", "country"}
_DEEPEST = 5


@dataclass
class Planted:
    """Gives out tokens and knows which field holds which."""

    where: dict[str, str] = field(default_factory=dict)

    def token(self, path: str) -> str:
        """Return a token for the field; every third is Arabic."""
        n = len(self.where)
        made = f"{ARABIC if n % 3 == 2 else LATIN}{n:06}"
        self.where[made] = path
        return made

    def number(self, path: str) -> int:
        """Return a number that is a token."""
        made = f"{DIGITS}{len(self.where) % 1000:03}"
        self.where[made] = path
        return int(made)


def planted(case: Case, name: str, planted: Planted, mixed: bool) -> Case:
    """Return the case with tokens in its private fields.

    `mixed` leaves what public reports say; without it every report is private, and every free word with it.
    """
    findings = []
    for n, finding in enumerate(case.findings):
        at = f"{name}.findings[{n}]"
        public = mixed and finding.address is not None
        origin = finding.fold.origin
        if not public:
            kind = (OriginKind.WITNESS, OriginKind.MEDICAL, OriginKind.MONITOR, OriginKind.ACTIVISTS)[n % 4]
            word = planted.token(f"{at}.origin.name")
            origin = Origin(word, kind, planted.token(f"{at}.origin.party"))
        claim = _claim(finding.claim, f"{at}.claim", planted, public)
        fold = replace(finding.fold, claim_id=claim.claim_id, origin=origin, rule=planted.token(f"{at}.fold.rule"))
        findings.append(
            replace(
                finding,
                claim=claim,
                fold=fold,
                rule=planted.token(f"{at}.rule"),
                outlet=finding.outlet if public else planted.token(f"{at}.outlet"),
                address=finding.address if public else f"https://t.me/{planted.token(f'{at}.address')}",
                sentence=finding.sentence if public else f"{planted.token(f'{at}.sentence')} saw {claim.text}.",
                evidence=Sha256(content_id("report", str(n)) if public else planted.token(f"{at}.evidence")),
            )
        )
    incident = replace(
        case.incident,
        incident_id=IncidentId(planted.token(f"{name}.incident_id")),
        code=f"../{planted.token(f'{name}.code')}",
        place=_place(case.incident.place, f"{name}.place", planted),
        when=_words(case.incident.when, f"{name}.when", planted),
        perpetrator=case.incident.perpetrator if mixed else planted.token(f"{name}.perpetrator"),
        weapon=case.incident.weapon if mixed else planted.token(f"{name}.weapon"),
    )
    renamed = {old.fold.origin.name: new.fold.origin.name for old, new in zip(case.findings, findings, strict=True)}
    ids = {old.claim.claim_id: new.claim.claim_id for old, new in zip(case.findings, findings, strict=True)}

    def step(one: Any, at: str) -> Any:
        values = {
            key: (renamed.get(value, value if mixed else planted.token(f"{at}.{key}")) if type(value) is str else value)
            for key, value in one.values.items()
        }
        values["free"] = planted.token(f"{at}.free")
        below = tuple(step(inner, f"{at}.{n}") for n, inner in enumerate(one.steps))
        return replace(one, values=values, claims=tuple(ids.get(c, c) for c in one.claims), steps=below)

    tolls = tuple(replace(toll, why=step(toll.why, f"{name}.toll[{n}].why")) for n, toll in enumerate(case.tolls))
    why = step(case.why_grade, f"{name}.why_grade")
    return replace(case, incident=incident, findings=tuple(findings), tolls=tolls, why_grade=why)


def many(count: int) -> tuple[list[Case], Planted]:
    """Return so many cases, half of them mixed, and what is planted in them."""
    known = Planted()
    shapes = [cases.raqqa(), cases.nowhere(), cases.fighters()]
    made = [planted(shapes[n // 2 % 3], f"case{n}", known, mixed=n % 2 == 0) for n in range(count)]
    return made, known


def _claim(claim: Claim, at: str, planted: Planted, public: bool) -> Claim:
    start = planted.number(f"{at}.start")
    text = claim.text if public else f"{planted.token(f'{at}.text')} people"
    return replace(
        claim,
        claim_id=ClaimId(planted.token(f"{at}.claim_id")),
        report_id=ReportId(planted.token(f"{at}.report_id")),
        start=start,
        end=start + len(text),
        text=text,
        attribution=(planted.token(f"{at}.attribution"),),
        occurred=_words(claim.occurred, f"{at}.occurred", planted),
        place=claim.place if public else _place(claim.place, f"{at}.place", planted),
        perpetrator=claim.perpetrator if public else planted.token(f"{at}.perpetrator"),
        weapon=claim.weapon if public else planted.token(f"{at}.weapon"),
        subset_of=None if claim.subset_of is None else ClaimId(planted.token(f"{at}.subset_of")),
        rule=planted.token(f"{at}.rule"),
        score=0.739041,
    )


def _place(place: Place | None, at: str, planted: Planted) -> Place | None:
    """The words are the report's; the names are the gazetteer's, which is public, where it knows the place."""
    if place is None:
        return None
    if not place.found:
        word = planted.token(f"{at}.name")
        return replace(place, words=word, name=word)
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    return replace(
        place,
        words=planted.token(f"{at}.words"),
        place_id=planted.token(f"{at}.place_id"),
        latitude=int(latitude) + 0.739041,
        longitude=int(longitude) + 0.739041,
    )


def _words(when: Any, at: str, planted: Planted) -> Any:
    return None if when is None else replace(when, words=planted.token(f"{at}.words"))


def text_fields(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every word in a public value."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from text_fields(getattr(value, one.name), f"{path}.{one.name}" if path else one.name)
    elif isinstance(value, tuple):
        for n, inner in enumerate(value):
            yield from text_fields(inner, f"{path}[{n}]")
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield path


# --- the search -------------------------------------------------------------------------------------------------------

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[,٬\u202f\u00a0 _](?=\d)")
_NUMBER = re.compile(rf"(?<![0-9a-fA-F]){DIGITS}(?:\d{{3}}(?!\d)|(?!\d))")


def _forms(marker: str) -> frozenset[bytes]:
    """Return a marker as it stands in bytes that are no plain text."""
    out: set[bytes] = set()
    for written in {marker, marker.lower(), marker.upper(), marker.capitalize()}:
        for coded in (written.encode(), written.encode("utf-16-le"), written.encode("utf-16-be")):
            out |= {coded, coded[::-1], binascii.hexlify(coded), binascii.hexlify(coded).upper()}
            for shift in range(3):
                whole = base64.b64encode(b"\x00" * shift + coded + b"\x00" * 3)
                inner = whole[(0, 2, 3)[shift] : (len(coded) + shift) * 8 // 6]
                out |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
        out |= {quote(written).encode(), "".join(f"%{b:02x}" for b in written.encode()).encode()}
    return frozenset(out)


FORMS = _forms(LATIN) | _forms(ARABIC)


def leaks(data: bytes) -> list[str]:
    """Return how tokens are found in a file: raw, decompressed, coded, escaped, normalised; empty if there is none."""
    return sorted({f"{how}: {what}" for how, view in views(data) for what in _seen(view)})


def views(data: bytes, how: str = "raw", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the file, and everything that can be unpacked from it."""
    yield how, data
    if depth == _DEEPEST:
        return
    for name, inner in _unpacked(data):
        yield from views(inner, f"{how} > {name}", depth + 1)


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"\x1f\x8b":
        yield "gzip", gzip.decompress(data)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "zip comment", archive.comment
            for one in archive.infolist():
                yield "zip name", one.filename.encode() + one.comment + one.extra
                yield f"zip {one.filename}", archive.read(one)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(data)
    if data[:4] == b"PAR1":
        yield "parquet", _parquet(data)
    if data[:5] == b"%PDF-":
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            try:
                yield "pdf stream", zlib.decompress(stream)
            except zlib.error:
                continue


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind in (b"tEXt", b"eXIf"):
            yield "png text", body
        if kind == b"zTXt":
            yield "png zTXt", zlib.decompress(body[body.index(b"\0") + 2 :])
        if kind == b"iTXt":
            key, packed = body.split(b"\0", 1)
            words = packed[2:].split(b"\0", 2)[2]
            yield "png iTXt", key + (zlib.decompress(words) if packed[0] else words)


def _parquet(data: bytes) -> bytes:
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(data))
        table = file.read()
    except (OSError, ValueError):
        return b""  # words forced into a file break it: they stand in its bytes as they are
    said = [str(file.schema_arrow), str(file.metadata.metadata)]
    said += [str(value) for column in table.columns for value in column.to_pylist()]
    return "\n".join(said).encode()


def _seen(data: bytes) -> Iterator[str]:
    for form in FORMS:
        if form in data:
            yield form.hex() if not form.isascii() else form.decode()
    for written in _texts(data):
        plain = _BETWEEN_DIGITS.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", written)).casefold())
        bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        for marker in (LATIN.casefold(), ARABIC):
            if marker in bare:
                at = bare.index(marker)
                yield bare[at : at + len(marker) + 6]
        digits = "".join(str(unicodedata.decimal(c, c)) if c.isdecimal() else c for c in bare)
        found = _NUMBER.search(digits)
        if found is not None:
            yield found[0]


def _texts(data: bytes) -> Iterator[str]:
    words = data.decode("utf-8", "ignore")
    yield words
    if "%" in words:
        yield unquote_to_bytes(words).decode("utf-8", "ignore")
    if "&" in words:
        yield html.unescape(words)
    if "\\u" in words:
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), words)
