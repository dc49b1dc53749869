"""A file format as it is described in resources/formats/: its columns in order, what each means, what it cannot hold."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from marsad.publish.formats.cells import Value, cell, csv_bytes


@dataclass(frozen=True, slots=True)
class Described:
    """A column of a format: its name, the kind of its values, what it means in English and Arabic, whence we fill it.

    `kind` is integer, number, text, date or code. `least` and `most` bound a number; `codes` is the closed list of a
    code; `needed` says that no cell of it may be empty. `tag` is its HXL hashtag, None in formats without.
    """

    name: str
    kind: str
    en: str
    ar: str
    source: str
    needed: bool
    least: float | None = None
    most: float | None = None
    codes: tuple[str, ...] = ()
    tag: str | None = None

    @property
    def values(self) -> str:
        """Which values it may have, in short: "1–7", a closed list, or nothing."""
        if self.codes:
            return "; ".join(self.codes)
        if self.least is None and self.most is None:
            return ""
        return f"{'' if self.least is None else f'{self.least:g}'}–{'' if self.most is None else f'{self.most:g}'}"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name by which it is asked for, the file that it makes, its columns, and sentences on what it leaves out."""

    name: str
    path: str
    about: tuple[str, str]
    columns: tuple[Described, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns in order."""
        return tuple(column.name for column in self.columns)

    @property
    def codebook_path(self) -> str:
        """Where its codebook lies in a release."""
        return self.path.removesuffix(".csv") + ".codebook.csv"


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """So many incidents or figures of a release are not in a file, for the reason `key`; `which` says which ones."""

    key: str
    which: str
    count: int


@cache
def format_named(name: str) -> Format:
    """Return the format that resources/formats/NAME.toml describes."""
    told = tomllib.loads((resources.files("marsad.resources") / "formats" / f"{name}.toml").read_text("utf-8"))
    columns = tuple(_column(name, fields) for name, fields in told["columns"].items())
    return Format(name, told["file"], (told["about"]["en"], told["about"]["ar"]), columns)


def _column(name: str, told: Mapping[str, Any]) -> Described:
    return Described(
        name,
        told["kind"],
        told["en"],
        told["ar"],
        told.get("source", ""),
        told.get("needed", False),
        told.get("least"),
        told.get("most"),
        tuple(str(code) for code in told.get("codes", ())),
        told.get("tag"),
    )


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("marsad.resources") / "formats" / "not_held.toml").read_text("utf-8")
    return {key: told for key, told in tomllib.loads(text).items() if isinstance(told, dict)}


def table_bytes(form: Format, rows: Iterable[Mapping[str, Value]]) -> bytes:
    """Return the rows as a CSV file with the columns of the format in their order; hashtags below them where it has some."""
    lines = [[cell(row[name]) for name in form.header] for row in rows]
    if any(column.tag for column in form.columns):
        lines.insert(0, [column.tag or "" for column in form.columns])
    return csv_bytes(form.header, lines)


def codebook(form: Format, lost: Iterable[Loss]) -> bytes:
    """Return the codebook of a format as CSV: each column, then what the release has and the file cannot hold, counted."""
    header = ("column", "type", "meaning", "meaning_ar", "values", "source", "count")
    rows = [["", "", cell(form.about[0]), cell(form.about[1]), "", "", ""]]
    rows += [[c.name, c.kind, cell(c.en), cell(c.ar), cell(c.values), cell(c.source), ""] for c in form.columns]
    for loss in sorted(lost):
        told = _reasons()[loss.key]
        rows.append(["", f"not held: {loss.key}", cell(told["en"]), cell(told["ar"]), loss.which, "", str(loss.count)])
    return csv_bytes(header, rows)
