"""A row of a table as a report: its cells, named, as lines of text; where it was found stands in its front matter."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import zip_longest
from urllib.parse import urlsplit

from marsad.collect.incoming import Incoming, Original
from marsad.collect.mappings import Columns, plain
from marsad.collect.particulars import Particulars
from marsad.collect.row_hooks import hooked
from marsad.model import Wrong
from marsad.model.ids import content_id
from marsad.stage import Rejection
from marsad.text.cell_values import amount, days
from marsad.text.row_fields import count_field, field_order
from marsad.text.row_lines import ROW, Cell, cell_value, kept_label, row_text

STAGE = "collect"
LONGEST_ROW = 1_000_000
"""Characters of one row; a longer one is no row of people's numbers."""

CELLS = "cells"
"""What the front matter of free text out of a table calls the other cells of its row: JSON, by column."""

_PRINTED = ("outlet", "published", "address", "lang")
"""Fields that say something of the report itself."""
_UNIX = 100_000_000
_MOST_UNIX = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table lies: the file shown to people, the original it is part of, and the sheet, None if there is only one."""

    name: str
    original: Original
    sheet: str | None = None


class RowReader:
    """Makes reports of the rows of one table.

    `names` are its columns in order, `mapping` what they mean, `given` what is told of all of its rows.
    """

    def __init__(self, names: Sequence[str], mapping: Columns, place: Place, given: Particulars) -> None:
        self._names = list(names)
        self._mapping, self._place, self._given = mapping, place, given
        by_name: dict[str, int] = {}
        for index, name in enumerate(names):
            by_name.setdefault(plain(name), index)
        for index, name in enumerate(names):  # forms write a question below the names of its groups
            by_name.setdefault(plain(name.rpartition("/")[2]), index)
        self._aside = {at for at, name in enumerate(names) if plain(name.rpartition("/")[2]) in mapping.aside}
        self._fields = [
            (field, [by_name[plain(name)] for name in wanted if plain(name) in by_name])
            for field, wanted in mapping.columns.items()
        ]
        self._sums = [
            (field, [by_name[plain(name)] for name in wanted if plain(name) in by_name])
            for field, wanted in mapping.sums.items()
        ]
        self._labels = [kept_label(name) for name in self._names]
        self._places = dict(self._fields)
        self._codes = {field: _Codes(codes) for field, codes in mapping.codes.items()}

    def reports(self, number: int, row: Sequence[str]) -> Iterator[Incoming | Rejection]:
        """Yield the report that row `number` makes, and one of its free text where a column holds any.

        A row without a word in it yields nothing.
        """
        if not any(cell and not cell.isspace() for cell in row):
            return
        where = f"{self._place.name} row {number}"
        row = [*row, *([""] * (len(self._names) - len(row)))]
        if len(row) > len(self._names) and any(row[len(self._names) :]):
            rule = f"has {len(row)} cells where the header has {len(self._names)} columns"
            yield Rejection(where, STAGE, f"{where}: {rule}; put quotation marks round cells with commas.")
            return
        if sum(map(len, row)) > LONGEST_ROW:
            yield Rejection(where, STAGE, f"{where}: is longer than {LONGEST_ROW:,} characters; split it.")
            return
        if "\0" in "".join(row):
            yield Rejection(where, STAGE, f"{where}: holds a NUL character; save the table anew as UTF-8.")
            return
        cells, kept = self._cells(row)
        try:
            told = self._told(cells, where)
        except Wrong as wrong:
            yield Rejection(where, STAGE, str(wrong))
            return
        aside = [(self._names[at], row[at]) for at in sorted(self._aside) if at < len(row) and row[at].strip()]
        words = self._words(row)
        if any(count_field(cell.field) for cell in cells) or words is None:
            yield self._report(where, number, row_text(cells) + kept, told, ROW, aside)
        if words is not None:
            column, titled, text = words
            whole = self._mapping.kind == "auto-archiver"  # goes back as it came, empty cells included
            others = [("" if n == column else cell, n) for n, cell in zip_longest(self._names, row, fillvalue="")]
            others = [(n, cell) for cell, n in others if whole or cell]
            more = [(n, cell) for n, cell in others if (n, cell) not in aside]
            yield self._report(
                where, number, text, told, None, aside, more, column if not titled else f"{column}, under its title"
            )

    def _words(self, row: Sequence[str]) -> tuple[str, bool, str] | None:
        """Return the column with free text, whether its title was put before it, and the words; None where there are none."""
        places = self._places
        column = next((at for at in places.get("text", []) if at < len(row)), None)
        if column is None:
            return None
        title = next((row[at].strip() for at in places.get("title", []) if at < len(row) and row[at].strip()), "")
        text = row[column]
        if title and not text.strip().startswith(title):
            return self._names[column], True, f"{title}\n\n{text}"
        return (self._names[column], False, text) if text.strip() else None

    def _cells(self, row: Sequence[str]) -> tuple[list[Cell], str]:
        """Return the cells with a meaning, and the lines of those that are kept without one."""
        told: dict[str, Cell] = {}
        used: dict[str, int] = {}
        for field, places in self._fields:
            for at in places:
                cell = None if at >= len(row) else self._cell(field, self._names[at], row[at])
                if cell is not None:
                    told[field], used[field] = cell, at
                    break
        for field, places in self._sums:
            cell = self._sum(field, [at for at in places if at < len(row)], row)
            if cell is not None:
                told[field] = cell
        for field in self._unsaid(told):
            del told[field]
            used.pop(field, None)
        for field, value in self._mapping.always.items():
            told.setdefault(field, Cell(field, "", value, made_of="always"))
        cells = [
            *told.values(),
            *hooked(self._mapping.hook, list(told.values()), dict(zip(self._names, row, strict=False))),
        ]
        cells.sort(key=lambda cell: field_order(cell.field))
        taken = {*used.values(), *self._aside}
        kept = [
            f"{label}{cell_value(value)}\n"
            for at, (label, value) in enumerate(zip(self._labels, row, strict=False))
            if value and at not in taken and not value.isspace()
        ]
        return cells, "".join(kept)

    def _cell(self, field: str, column: str, value: str) -> Cell | None:
        """Return the cell with its meaning; None where it says nothing in this field: then it is kept as it is."""
        stripped = value.strip()
        if not stripped:
            return None
        if codes := self._codes.get(field):
            ours = codes.ours(stripped)
            return Cell(field, column, ours, None if ours == stripped else stripped) if ours else None
        return Cell(field, column, stripped)

    def _unsaid(self, told: Mapping[str, Cell]) -> list[str]:
        """Return the fields that say nothing because they are 0, in a set that writes 0 where it knows of nobody.

        0 at least and 5 at most is a range; only where number, least and most are all 0 is nothing said.
        """
        zeros: dict[str, list[str]] = {}
        said: set[str] = set()
        for field in self._mapping.unsaid & told.keys():
            stem = field.removesuffix("_min").removesuffix("_max")
            found = amount(told[field].value)
            if found is not None and found.high == 0:
                zeros.setdefault(stem, []).append(field)
            else:
                said.add(stem)
        return [field for stem, fields in zeros.items() if stem not in said for field in fields]

    def _sum(self, field: str, places: Sequence[int], row: Sequence[str]) -> Cell | None:
        """Return the sum of the cells that hold a number; None where one of them holds something else, or all nothing."""
        found = [amount(row[at]) for at in places if row[at].strip()]
        numbers = [one.value for one in found if one is not None and one.low == one.high and one.value is not None]
        if not numbers or len(numbers) < len(found):
            return None
        return Cell(field, "", str(sum(numbers)), made_of=" + ".join(self._names[at] for at in places))

    def _told(self, cells: Sequence[Cell], where: str) -> Particulars:
        """Return what is known of the report: as the row says, as is given for all, as the data set is known."""
        said = {cell.field: cell.value for cell in cells if cell.field in _PRINTED}
        published = None
        if "published" in said:
            published = _day(said["published"], day_first=self._mapping.day_first)
        outlet = " ".join(said.get("outlet", "").split())[:200] or None
        address = said.get("address", "").strip()[:2000] or None
        lang = said.get("lang", "").lower()
        own = Particulars(outlet, published, lang if len(lang) == 2 and lang.isalpha() else None, address)
        told = own.over(self._given).over(Particulars(self._mapping.outlet, lang=self._mapping.lang))
        if told.protected is None and self._mapping.protected:
            told = replace(told, protected=True)
        if told.outlet is None and address is not None and self._mapping.kind == "auto-archiver":
            told = replace(told, outlet=(urlsplit(address).hostname or "").removeprefix("www.") or None)
        if told.outlet is None:
            raise Wrong(where, None, "does not say who printed it", 'give --outlet "NAME"')
        return told

    def _report(
        self,
        where: str,
        number: int,
        text: str,
        told: Particulars,
        kind: str | None,
        aside: Sequence[tuple[str, str]],
        more: Sequence[tuple[str, str]] = (),
        column: str | None = None,
    ) -> Incoming:
        assert told.outlet is not None  # noqa: S101 - for the type checker
        original = self._place.original
        head = [("kind", kind), ("set", self._mapping.name), ("file", original.sha256), ("sheet", self._place.sheet)]
        head += [("row", str(number)), ("column", column)]
        front = "".join(f"{key}: {one_line(value)}\n" for key, value in head if value)
        for key, cells in ((CELLS, more), ("aside", aside)):
            front += f"{key}: {json.dumps(dict(cells), ensure_ascii=True)}\n" if cells else ""
        return Incoming(
            where,
            f"---\n{front}---\n{text}".encode("utf-8", "replace"),
            told.outlet,
            told.published,
            told.lang,
            told.address,
            content_id("row", self._mapping.kind, told.outlet, kind, text, None if kind else dict(more)),
            protected=bool(told.protected),
            original=original,
            keyed_by_content=True,
        )


def one_line(value: str) -> str:
    """Return a value fit for a line of front matter."""
    short = value[:500]
    return short.strip() if short.isprintable() else "".join(c if c.isprintable() else " " for c in short).strip()


class _Codes:
    """A table of codes: as they stand, and by how they begin where the table's code ends in a star; "*" = "*" keeps others."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        self._whole = {code: ours for code, ours in codes.items() if not code.endswith("*")}
        self._begins = [(code[:-1], ours) for code, ours in codes.items() if code.endswith("*")]

    def ours(self, code: str) -> str | None:
        """Return what a code is in ours; None for one that the table does not have."""
        found = self._whole.get(code)
        if found is None and self._begins:
            found = next((ours for begins, ours in self._begins if code.startswith(begins)), None)
        return code if found == "*" else found


def _day(written: str, *, day_first: bool) -> date | None:
    """Return the day that a cell names; a moment in seconds since 1970 is the day that it was in UTC."""
    if written.isascii() and written.isdigit() and _UNIX <= int(written) < _MOST_UNIX:
        return datetime.fromtimestamp(int(written), UTC).date()
    found = days(written, day_first)
    return found.start if found is not None and found.precision == 1 else None
