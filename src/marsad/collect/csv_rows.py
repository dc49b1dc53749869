"""Rows of a table in a text file (CSV, TSV, semicolons), one at a time, whatever its size."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from marsad.stage import Rejection

LONGEST_LINE = 1_000_000
"""Characters of one line; a longer one is put aside before it fills the memory."""

_STAGE = "collect"
_SNIFFED = 65_536
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 131_072

Row = tuple[int, list[str]]


def csv_rows(stream: BinaryIO, name: str) -> Iterator[Row | Rejection]:
    """Yield (number of the row, its cells); a rejection for a row that cannot be read, and the rows go on behind it.

    Rows are counted from 1, the header being one of them. UTF-8, or UTF-16 where a byte order mark says so; commas,
    semicolons, tabs or bars, whichever stand most in the first lines.
    """
    first = stream.read(_SNIFFED)
    wide = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    head = first.decode(encoding, "replace")
    text = io.TextIOWrapper(_Joined(first, stream), encoding, errors="surrogateescape", newline="")  # type: ignore[type-var]
    refused: list[Rejection] = []
    lines = _lines(text, name, refused)
    reader = csv.reader(lines, delimiter=_delimiter(head))
    csv.field_size_limit(_LONGEST_CELL)
    number = 0
    while True:
        number += 1
        where = f"{name} row {number}"
        try:
            row = next(reader)
        except StopIteration:
            yield from refused
            return
        except csv.Error as fault:
            yield Rejection(
                where, _STAGE, f"{where}: is no row of a table ({fault}); put its cells in quotation marks."
            )
            continue
        except UnicodeError:
            yield Rejection(where, _STAGE, f"{where}: stops being UTF-16 there; save the table as UTF-8.")
            return
        yield from refused
        refused.clear()
        if any(not cell.isascii() and _half(cell) for cell in row):
            yield Rejection(where, _STAGE, f"{where}: is not UTF-8; save the table as UTF-8.")
            continue
        yield number, row


def _half(cell: str) -> bool:
    """Tell whether a cell holds a byte that is no UTF-8."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return True
    return False


def _delimiter(head: str) -> str:
    """Return what parts the cells: what stands most often outside quotation marks in the first lines."""
    bare = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _lines(text: TextIO, name: str, refused: list[Rejection]) -> Iterator[str]:
    """Yield lines; one that is too long is left out and noted."""
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        where = f"{name} line {number}"
        refused.append(Rejection(where, _STAGE, f"{where}: is longer than {LONGEST_LINE:,} characters; split it."))
        while line and not line.endswith("\n"):
            line = text.readline(LONGEST_LINE + 1)


class _Joined(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = memoryview(first), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._first:
            size = min(len(into), len(self._first))
            into[:size], self._first = self._first[:size], self._first[size:]
            return size
        data = self._rest.read(len(into))
        into[: len(data)] = data
        return len(data)
