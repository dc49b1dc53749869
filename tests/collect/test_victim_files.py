"""Tables of victims are recognised by their columns, and refused with the next step where they are not."""

import json
from pathlib import Path

import pytest

from marsad.collect.victim_files import victims_in
from marsad.model import VictimRecord, Wrong


def table(folder: Path, text: str, name: str = "list.csv") -> Path:
    """Return a file with this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def records(path: Path, **columns: str) -> list[VictimRecord]:
    """Return the records of a file."""
    return [r for r in victims_in(path, "list", columns) if isinstance(r, VictimRecord)]


def test_columns_in_english_and_arabic(tmp_path: Path) -> None:
    """Headers in either language, any separator, a byte order mark."""
    one = table(tmp_path, "\ufeffid,Name,Age,Sex,DOB\n123456782,منى كفراوي,31,F,1999-02-03\n")
    two = table(tmp_path, "رقم الهوية;الاسم;العمر;الجنس\n123456782;منى كفراوي;31;أنثى\n", "b.csv")
    for [record] in (records(one), records(two)):
        assert (record.names, record.age, record.sex) == (("منى كفراوي",), 31, "female")
        assert record.ids[0].value == "123456782"


def test_an_id_that_is_no_identity_number_names_the_record(tmp_path: Path) -> None:
    """A column "id" with A17 in it is the list's own number."""
    [record] = records(table(tmp_path, "id,name\nA17,Mona Kafrawi\n"))
    assert (record.record_id, record.ids) == ("A17", ())


def test_json_lines_and_a_name_in_parts(tmp_path: Path) -> None:
    """One object a line; parts of names in columns of their own."""
    line = {"first_name": "منى", "father": "سالم", "grandfather": None, "surname": "كفراوي", "age": 31}
    [record] = records(table(tmp_path, json.dumps(line, ensure_ascii=False) + "\n", "list.jsonl"))
    assert record.parts == ("منى", "سالم", None, "كفراوي")
    assert record.names == ("منى سالم كفراوي",)


def test_a_column_can_be_named_or_left_out(tmp_path: Path) -> None:
    """--column says which column holds what; a hyphen that none does."""
    path = table(tmp_path, "victim text,id,age\nMona Kafrawi,123456782,31\n")
    [record] = records(path, name="victim text", id_number="-")
    assert (record.names, record.ids, record.record_id) == (("Mona Kafrawi",), (), "1")


@pytest.mark.parametrize(
    ("text", "columns", "rule"),
    [
        ("a,b\n1,2\n", {}, "no column that looks like names"),
        ("name\nMona\n", {"name": "who"}, "is no column of this list"),
        ("name\nMona\n", {"shoe": "name"}, "is not one of"),
        ("name,name\nMona,Mona\n", {}, "two columns of one name"),
        ("name,age\nMona,1,2,3\n", {}, "has 4 cells, the header 2"),
        ("name\n", {}, "has no rows"),
    ],
    ids=range(6),
)
def test_refusals(tmp_path: Path, text: str, columns: dict[str, str], rule: str) -> None:
    """Each says what is wrong, and none repeats a name of the list."""
    with pytest.raises(Wrong, match=rule) as refusal:
        records(table(tmp_path, text), **columns)
    assert "Mona" not in str(refusal.value)


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    """A spreadsheet, a file that is not there, bytes that are no text."""
    table(tmp_path, "name\n", "list.xlsx")
    (tmp_path / "bytes.csv").write_bytes(b"name\n\xff\xfe\n")
    for name, rule in (("list.xlsx", "no kind of table"), ("gone.csv", "cannot be read"), ("bytes.csv", "not UTF-8")):
        with pytest.raises(Wrong, match=rule):
            records(tmp_path / name)
