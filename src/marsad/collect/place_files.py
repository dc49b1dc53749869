"""Files with lists of places: opened, unpacked and recognised, within bounds that no file can break."""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from marsad.collect.files import shown as shown_path
from marsad.model import ListKind, Wrong
from marsad.text.listed import shown

LARGEST = 500_000_000
"""Bytes of a file as received: all countries of GeoNames, packed, are 400 million."""

UNPACKED = 2_000_000_000
_SUSPICIOUS, _DENSEST = 50_000_000, 50
"""No list of places of more than so many bytes shrinks to a fiftieth; what claims to is made to fill a memory."""

LONGEST_LINE = 200_000
_BESIDE = frozenset({"readme.txt", "iso-languagecodes.txt"})
"""What GeoNames packs beside its lists."""

_LISTS = (".txt", ".csv", ".tsv")
_DUMP, _NAMES = (18,), (7, 9)
"""Tabs in a line of a GeoNames dump, and in one of alternateNames, older and newer."""

_PCODE = re.compile(r"adm(in)?_?\d_?pcode?", re.IGNORECASE)


def received(path: Path) -> bytes:
    """Return the bytes of a file; raises Wrong where it cannot be read or is larger than any list of places."""
    name = shown_path(path)
    try:
        if not path.is_file():
            raise Wrong(name, None, "is not a file", "name a GeoNames dump, a table of p-codes or a table of your own")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as fault:
        raise Wrong(name, None, f"cannot be read: {fault.strerror}", "check that you may read it") from fault
    if len(data) > LARGEST:
        raise Wrong(name, None, f"is larger than {LARGEST:,} bytes", "take the dump of one country, SY.zip")
    if not data:
        raise Wrong(name, None, "is empty", "fetch it again")
    return data


def lines_of(data: bytes, name: str) -> Iterator[str]:
    """Yield the lines of a list of places, packed or not, with their ends; UTF-8, or UTF-16 where a mark says so.

    Only as much as one line is held unpacked. Raises Wrong, naming file and line, where it is no text or a line is
    longer than any of a list of places.
    """
    number = 0
    try:
        with _unpacked(data, name) as stream:
            text = io.TextIOWrapper(stream, encoding=_encoding(data, name), newline="")
            while line := text.readline(LONGEST_LINE + 1):
                number += 1
                _check(line, f"{name} line {number}")
                yield line
    except UnicodeDecodeError as fault:
        before = fault.object[: fault.start]  # text is decoded ahead of the lines that are yielded
        number += 1 + max(before.count(b"\n"), before.count(b"\r"))
        seen, rule = f"byte 0x{fault.object[fault.start]:02X}", f"is not {fault.encoding.upper()}"
        raise Wrong(f"{name} line {number}", seen, rule, "save it as UTF-8 and import it again") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
        raise Wrong(name, None, f"cannot be unpacked: {fault}", "fetch it again") from fault


def _check(line: str, where: str) -> None:
    if len(line) > LONGEST_LINE:
        raise Wrong(where, None, f"is longer than {LONGEST_LINE:,} characters", "this is no list of places")
    if "\0" in line:
        raise Wrong(where, None, "holds a NUL character, so it is not a text", "save it as UTF-8 or CSV")


def kind_of(first: str, name: str) -> ListKind:
    """Return what list of places begins with this line; raises Wrong where it is none that marsad knows."""
    tabs = first.count("\t")
    if tabs in _DUMP:
        return ListKind.GEONAMES
    if tabs in _NAMES and first.split("\t", maxsplit=1)[0].isdigit():
        return ListKind.NAMES
    header = [cell.strip().strip('"') for cell in re.split(r"[,;\t]", first)]
    if any(_PCODE.fullmatch(cell) for cell in header):
        return ListKind.PCODES
    if {"name", "name_en", "name_ar"} & {cell.lower() for cell in header}:
        return ListKind.OWN
    rule = "is the first line of no list of places that marsad knows"
    remedy = "give 19 columns of GeoNames, ADM1_PCODE, ADM1_EN … of OCHA, or name,lat,lon,country"
    raise Wrong(f"{name} line 1", shown(first.strip()), rule, remedy)


def _unpacked(data: bytes, name: str) -> IO[bytes]:
    if not data.startswith(b"PK"):
        return io.BytesIO(data)
    try:
        return _member(zipfile.ZipFile(io.BytesIO(data)), name)
    except (RuntimeError, NotImplementedError) as fault:  # encrypted, or packed in a way that Python does not know
        raise Wrong(name, None, f"cannot be unpacked: {fault}", "unpack it yourself and import the file") from fault


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    members = [
        info
        for info in archive.infolist()
        if info.filename.lower().endswith(_LISTS) and Path(info.filename).name.lower() not in _BESIDE
    ]
    if "[Content_Types].xml" in archive.namelist():
        raise Wrong(name, None, "is a spreadsheet", "export the sheet with the places as CSV (UTF-8) and import that")
    if len(members) != 1:
        found = ", ".join(shown(info.filename) for info in members[:5]) or "none"
        rule = f"holds {len(members)} lists of places ({found}), not one"
        raise Wrong(name, None, rule, "unpack it and import the one you mean")
    [info] = members
    size, packed = info.file_size, max(info.compress_size, 1)
    if size > UNPACKED or (size > _SUSPICIOUS and size > _DENSEST * packed):
        rule = f"would unpack {packed:,} bytes to {size:,}, more than a list of places can"
        raise Wrong(name, None, rule, "take the dump of one country, or unpack it and import that")
    return archive.open(info)


def _encoding(data: bytes, name: str) -> str:
    with _unpacked(data, name) as stream:
        head = stream.read(2)
    return "utf-16" if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
