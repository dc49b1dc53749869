"""Tables of who is on which list, from files: patterns with counts, persons by lists, or links of victims to persons."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marsad.estimate.table import CaptureTable
from marsad.model.errors import Wrong

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MOST_BYTES = 1 << 30
COUNTS = ("count", "n", "freq", "frequency", "persons", "عدد", "العدد")
"""Names under which a column is taken for the number of persons of a row."""

_DRAW = re.compile(r"draw_\d+\Z")
_YES_NO = {"0": 0, "1": 1, "": 0, "true": 1, "false": 0, "yes": 1, "no": 0, "نعم": 1, "لا": 0}


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: one table a stratum, and the same under each further linkage (empty where there is one alone)."""

    tables: tuple[CaptureTable, ...]
    linkages: tuple[tuple[CaptureTable, ...], ...] = ()


def read_tables(path: Path | str, by: Sequence[str] = (), about: Path | str | None = None) -> Found:
    """Return the tables of a CSV or TSV file, one for each stratum of the columns `by`. Source of all: the columns' names.

    * `pattern` and `count`: patterns written 0110, one digit a list; lists are numbered.
    * a column of 0 and 1 for each list, with `count` (or n, freq): a row a pattern. Without: a row a person.
    * `person` and `list` (or `origin`): a row a victim record, as `marsad link-persons` writes; columns draw_1, draw_2 …
      are further linkages. `about` is a table with `person` and the columns of `by`.

    Raises Wrong where the file cannot be read or is none of these, naming row and column.
    """
    rows = _rows(Path(path))
    if about is not None:
        known = {row.get("person", ""): row for row in _rows(Path(about))}
        rows = [
            {**{name: known.get(row.get("person", ""), {}).get(name, "unknown") for name in by}, **row} for row in rows
        ]
    return tables_of(rows, by, {"file": Path(path).name})


def tables_of(
    rows: Iterable[Mapping[str, Any]], by: Sequence[str] = (), provenance: Mapping[str, str] | None = None
) -> Found:
    """Return the tables of rows with named columns, as `read_tables` does of a file's."""
    every = [{str(name): value for name, value in row.items()} for row in rows]
    if not every:
        raise Wrong("table", None, "has no rows", "give at least one row under the line of names")
    names = list(every[0])
    if not all(name.strip() for name in names):
        raise Wrong("table", ", ".join(names), "has columns without a name", "give each list a name")
    absent = [name for name in by if name not in names]
    if absent:
        raise Wrong("--by", absent[0], "is no column of the table", f"its columns are {', '.join(names)}")
    if "person" in names and ("list" in names or "origin" in names):
        origin = "list" if "list" in names else "origin"
        draws = [name for name in names if _DRAW.match(name)]
        first = _linked(every, "person", origin, by, provenance)
        return Found(first, tuple(_linked(every, draw, origin, by, provenance) for draw in draws))
    groups: dict[tuple[tuple[str, str], ...], list[dict[str, Any]]] = {}
    for row in every:
        groups.setdefault(tuple((name, str(row[name]) or "unknown") for name in by), []).append(row)
    count = next((name for name in names if name.lower() in COUNTS and name not in by), None)
    if "pattern" in names and count is not None:
        width = len(str(every[0]["pattern"]))
        lists = [str(k + 1) for k in range(width)]
        make = _written
    else:
        lists = _marked(every, [name for name in names if name not in by and name != count])
        make = _wide
        if len(lists) < 2:
            raise Wrong(
                "table", ", ".join(names), "has not two columns of 0 and 1", "name a column for each list, or `pattern`"
            )
        if count is None:
            _no_hidden_count(every, lists, [name for name in names if name not in by and name not in lists])
    return Found(tuple(make(some, lists, count, dict(key), provenance) for key, some in sorted(groups.items())))


def from_pandas(frame: "pd.DataFrame", by: Sequence[str] = ()) -> Found:
    """Return the tables of a pandas frame with the columns that `read_tables` knows."""
    if not hasattr(frame, "columns") or not hasattr(frame, "to_dict"):
        raise Wrong(
            "from_pandas", type(frame).__name__, "is no pandas frame", "give a frame, or use `tables_of` for rows"
        )
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise Wrong("column", twice, "is there twice", "give each list a name of its own")
    return tables_of(frame.to_dict("records"), by)


def from_arrow(table: "pa.Table", by: Sequence[str] = ()) -> Found:
    """Return the tables of an Arrow table with the columns that `read_tables` knows."""
    if not hasattr(table, "to_pylist"):
        raise Wrong("from_arrow", type(table).__name__, "is no Arrow table", "give one, or use `tables_of` for rows")
    if len(set(table.column_names)) < len(table.column_names):
        raise Wrong("table", ", ".join(table.column_names), "has two columns of one name", "give each list its own")
    return tables_of(table.to_pylist(), by)


def _marked(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[str]:
    """Return the columns that are lists: of 0 and 1 throughout.

    A column that is so in more than half its rows and not in all was meant for a list; to pass it over would be to estimate
    from others without a word.
    """
    lists = []
    for name in names:
        wrong = [at for at, row in enumerate(rows) if _digit(row[name]) is None]
        said = sum(str(row[name]).strip() != "" for row in rows) - len(wrong)
        if wrong and said > len(rows) / 2:
            raise Wrong(f"column {name}, row {wrong[0] + 1}", rows[wrong[0]][name], "is neither 0 nor 1 as the others are",
                        "correct it, or take the column out if it is no list")  # fmt: skip
        if not wrong:
            lists.append(name)
    return lists


def _no_hidden_count(rows: Sequence[Mapping[str, Any]], lists: Sequence[str], others: Sequence[str]) -> None:
    """Raise Wrong where rows, taken for a person each, look like patterns with a count of another name: none comes twice,
    and a column holds whole numbers. Taken for persons they would make a few of many.
    """
    seen = {tuple(_digit(row[name]) for name in lists) for row in rows}
    if len(rows) < 3 or len(seen) < len(rows):
        return
    for name in others:
        if all(re.fullmatch(r"\d[\d,]*(\.0)?", str(row[name]).strip()) for row in rows):
            raise Wrong("column", name, "looks like numbers of persons, under a name that is not known for it",
                        "name it count; or take it out if each row is a person")  # fmt: skip


def _linked(
    rows: Sequence[Mapping[str, Any]], person: str, lists: str, by: Sequence[str], provenance: Mapping[str, str] | None
) -> tuple[CaptureTable, ...]:
    """Return the tables of links. A person whom lists put into several strata counts in the first by name, once."""
    every = sorted({str(row[lists]) for row in rows})
    of: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows:
        stratum = tuple((name, str(row[name]) or "unknown") for name in by)
        who = str(row[person])
        of[who] = min(of.get(who, stratum), stratum)
    links: dict[tuple[tuple[str, str], ...], list[tuple[str, str]]] = {}
    for row in rows:
        links.setdefault(of[str(row[person])], []).append((str(row[person]), str(row[lists])))
    run = {**(provenance or {}), "linkage": person}
    return tuple(
        CaptureTable.from_links(some, lists=every, stratum=dict(key), provenance=run)
        for key, some in sorted(links.items())
    )


def _written(
    rows: Sequence[Mapping[str, Any]], lists: Sequence[str], count: str | None, stratum: Mapping[str, str],
    provenance: Mapping[str, str] | None,
) -> CaptureTable:  # fmt: skip
    cells: dict[str, int] = {}
    short = next((row["pattern"] for row in rows if isinstance(row["pattern"], int | float)), None)
    if short is not None:
        raise Wrong("pattern", short, "is a number, whose first noughts are lost", "read the column as text: dtype=str")
    for row in rows:
        cells[str(row["pattern"])] = cells.get(str(row["pattern"]), 0) + _number(row[str(count)], str(count))
    return CaptureTable.from_patterns(lists, cells, stratum=stratum, provenance=provenance)


def _wide(
    rows: Sequence[Mapping[str, Any]], lists: Sequence[str], count: str | None, stratum: Mapping[str, str],
    provenance: Mapping[str, str] | None,
) -> CaptureTable:  # fmt: skip
    matrix = [[_digit(row[name]) or 0 for name in lists] for row in rows]
    many = None if count is None else [_number(row[count], count) for row in rows]
    return CaptureTable.from_matrix(lists, matrix, many, stratum=stratum, provenance=provenance)


def _digit(value: object) -> int | None:
    if isinstance(value, float) and value in (0.0, 1.0):
        return int(value)
    text = str(value).strip().lower()
    if len(text) == 1 and text.isdecimal():  # digits of other scripts too
        text = str(int(text))
    return _YES_NO.get(text)


def _number(value: object, name: str) -> int:
    text = str(value).strip().replace(",", "").replace("\N{ARABIC THOUSANDS SEPARATOR}", "")
    text = text[:-2] if text.endswith(".0") else text
    if not text.isdecimal() or len(text) > 12:
        shown = value if text else "nothing"
        raise Wrong(f"column {name}", shown, "is no whole number of persons", "correct the row, or take it out")
    return int(text)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise Wrong("table", path, "is no file", "name a .csv or .tsv file")
    if path.stat().st_size > MOST_BYTES:
        raise Wrong("table", path, "is larger than 1 GB", "count patterns first: columns of 0 and 1 and `count`")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Wrong("table", path, "is not UTF-8 text", "save it as CSV in UTF-8") from wrong
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        names = [name.strip() for name in reader.fieldnames or ()]
        if len(set(names)) < len(names) or not all(names):
            raise Wrong(
                "table",
                first[:80],
                "has columns without a name, or two of one name",
                "name each column in the first line",
            )
        reader.fieldnames = names
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise Wrong(
                    f"line {reader.line_num}",
                    None,
                    f"has not {len(names)} fields as the first line",
                    "correct the line",
                )
            rows.append({name: value.strip() for name, value in row.items()})
    except csv.Error as wrong:
        raise Wrong("table", path, f"is no CSV: {wrong}", "save it as CSV in UTF-8") from wrong
    return rows
