"""Lists of victims as files: tables (CSV, TSV) and JSON lines, their columns recognised by name."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from marsad.collect.files import shown as shown_path
from marsad.collect.victim_rows import NAMES, PARTS, Row, victim_record
from marsad.model import VictimRecord, Wrong
from marsad.stage import Rejection

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "record_id": ("record_id", "index", "no", "no.", "#", "number", "serial", "row", "م", "الرقم", "رقم"),
    "name": (
        "name",
        "full_name",
        "fullname",
        "victim",
        "victim_name",
        "الاسم",
        "الاسم الكامل",
        "اسم الشهيد",
        "الاسم رباعي",
    ),
    "name_ar": ("name_ar", "ar_name", "name_ar_raw", "arabic_name", "name_arabic", "الاسم بالعربية"),
    "name_en": ("name_en", "en_name", "english_name", "name_english", "name_latin", "الاسم بالانجليزية"),
    "nickname": ("nickname", "kunya", "alias", "aka", "الكنية", "اللقب"),
    "own": ("first_name", "given_name", "firstname", "own_name", "الاسم الاول", "الاسم الأول"),
    "father": ("father", "father_name", "fathers_name", "اسم الاب", "اسم الأب"),
    "grandfather": ("grandfather", "grandfather_name", "اسم الجد"),
    "family_name": ("family_name", "last_name", "surname", "lastname", "اسم العائلة", "العائلة"),
    "sex": ("sex", "gender", "الجنس", "النوع"),
    "age": ("age", "age_years", "العمر"),
    "born": ("born", "dob", "birth", "birthdate", "birth_date", "date_of_birth", "تاريخ الميلاد"),
    "died": (
        "died",
        "dod",
        "death_date",
        "date_of_death",
        "deathdate",
        "incident_date",
        "date",
        "تاريخ الوفاة",
        "تاريخ الاستشهاد",
    ),
    "place": ("place", "location", "governorate", "city", "place_of_death", "المكان", "المحافظة"),
    "id_number": ("id_number", "national_id", "moh_id", "identity", "id_no", "رقم الهوية", "الهوية"),
    "family": ("family", "family_group", "family_code", "family_id"),
    "incident": ("incident", "incident_id", "incident_code", "event_id"),
}
"""What each column may be called; `--column` names others."""

LARGEST = 2_000_000_000
_LONGEST_CELL = 10_000
_LOOKED_AT = 50
_NOT_USED = "-"
_FORMATS = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson")


def victims_in(
    path: Path, list_name: str, columns: Mapping[str, str], scheme: str = "ps"
) -> Iterator[VictimRecord | Rejection]:
    """Yield the record of each row, or why the row cannot be used.

    `columns` maps what (a key of COLUMNS) to a column's name in the file, or to "-" where no column is meant; the others
    are recognised. A column "id" is the identity number if most of it is digits, else the record's id. Raises Wrong for
    a file that is no such table or has no name.
    """
    for number, cells in enumerate(cells_in(path, columns), 1):
        yield victim_record(Row(number, cells), list_name, scheme)


def cells_in(path: Path, columns: Mapping[str, str], extra: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Yield each row's cells by what they are, and those of the columns `extra` under their own names."""
    rows = _rows(path)
    first = []
    for row in rows:
        first.append(row)
        if len(first) == _LOOKED_AT:
            break
    if not first:
        raise Wrong(shown_path(path), None, "has no rows", "name a table with a header and a row for each victim")
    names = list(dict.fromkeys(name for row in first for name in row))
    meant = recognised(names, columns, first, shown_path(path))
    for missing in (name for name in extra if name not in names):
        raise Wrong(shown_path(path), missing, "is no column of this list", f"its columns are {', '.join(names)}")
    for part in (first, rows):
        for row in part:
            found = {what: row.get(name) or "" for what, name in meant.items()}
            yield {**found, **{name: row.get(name) or "" for name in extra}}


def recognised(
    names: list[str], columns: Mapping[str, str], rows: list[dict[str, str]], subject: str
) -> dict[str, str]:
    """Return which column holds what; raises Wrong where a column that was named is not there, or none holds a name."""
    for what, name in columns.items():
        if what not in COLUMNS:
            raise Wrong(subject, what, f"is not one of {', '.join(COLUMNS)}", "write --column name=COLUMN")
        if name != _NOT_USED and name not in names:
            raise Wrong(subject, name, "is no column of this list", f"its columns are {', '.join(names)}")
    plain = {name.strip().lower().replace(" ", "_"): name for name in reversed(names)}
    taken = set(columns.values())
    found: dict[str, str] = {}
    for what, words in COLUMNS.items():
        if what in columns:
            if columns[what] != _NOT_USED:
                found[what] = columns[what]
            continue
        hits = [plain[w] for w in (word.replace(" ", "_") for word in words) if w in plain and plain[w] not in taken]
        if hits:
            found[what] = hits[0]
    if "id" in plain and plain["id"] not in {*found.values(), *taken}:
        filled = [row[plain["id"]].strip() for row in rows if row.get(plain["id"])]
        digits = sum(cell.removesuffix(".0").isdigit() and len(cell) >= 7 for cell in filled)
        what = "id_number" if filled and digits * 2 > len(filled) else "record_id"
        if what not in columns:
            found.setdefault(what, plain["id"])
    if not {*NAMES, *PARTS}.intersection(found):
        remedy = f"say which column holds names: --column name=COLUMN; its columns are {', '.join(names)}"
        raise Wrong(subject, None, "has no column that looks like names", remedy)
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a file, each as cells by column name."""
    name = shown_path(path)
    if path.suffix.lower() not in _FORMATS:
        raise Wrong(name, path.suffix, "is no kind of table that is read here", "save it as .csv (UTF-8) or .jsonl")
    try:
        if path.stat().st_size > LARGEST:
            raise Wrong(name, None, f"is larger than {LARGEST:,} bytes", "split it into several lists")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _json(stream, name) if path.suffix.lower() in (".jsonl", ".ndjson") else _table(stream, name)
    except OSError as fault:
        raise Wrong(
            name, None, f"cannot be read: {fault.strerror}", "check the name, and that you may read it"
        ) from fault
    except UnicodeDecodeError as fault:
        raise Wrong(name, None, f"is not UTF-8 at byte {fault.start:,}", "save it as UTF-8") from fault


def _table(stream: io.TextIOBase, name: str) -> Iterator[dict[str, str]]:
    head = stream.readline(_LONGEST_CELL * 10)
    delimiter = max(",;\t", key=head.count)
    header = next(csv.reader([head], delimiter=delimiter), [])
    if len(set(header)) != len(header):
        raise Wrong(name, None, "has two columns of one name", "give each column a name of its own")
    rows = csv.reader(stream, delimiter=delimiter)
    try:
        for number, row in enumerate(rows, 2):
            if not any(row):
                continue
            if len(row) > len(header):
                rule = f"has {len(row)} cells, the header {len(header)}"
                raise Wrong(f"{name}, line {number}", None, rule, "put quotation marks round cells with commas")
            yield {column: cell[:_LONGEST_CELL] for column, cell in zip(header, row, strict=False)}
    except csv.Error as fault:
        raise Wrong(name, None, f"is no table ({fault})", "save it as CSV with quotation marks") from fault


def _json(stream: io.TextIOBase, name: str) -> Iterator[dict[str, str]]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise Wrong(f"{name}, line {number}", None, "is not JSON", "write one object a line") from fault
        if not isinstance(found, dict):
            raise Wrong(f"{name}, line {number}", None, "is JSON but no object", "write one object a line")
        yield {str(k): "" if v is None else str(v)[:_LONGEST_CELL] for k, v in found.items()}
