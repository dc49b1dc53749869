"""Files with lists of places: opened, unpacked and recognised, and hostile ones refused before they can do harm."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from place_lines import dump_line
from processor_time import within

from marsad.collect.place_files import kind_of, lines_of, received
from marsad.collect.place_rows import cells, within_reason
from marsad.model import ListKind, Wrong
from marsad.stage import Rejection

TEXT = "name,lat,lon,country\nبئر لوز,36,38,SY\n"


def packed(*members: tuple[str, bytes]) -> bytes:
    """Return a zip archive with these members."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return sink.getvalue()


def read(data: bytes) -> str:
    return "".join(lines_of(data, "list"))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        packed(("places.csv", TEXT.encode())),
        packed(("SY.txt", TEXT.encode("utf-8-sig")), ("readme.txt", b"read me"), ("folder/", b"")),
        packed(("alternateNamesV2.txt", TEXT.encode("utf-16")), ("iso-languagecodes.txt", b"x")),
    ],
    ids=["utf-8", "with a mark", "utf-16", "zip", "zip with a readme", "zip of utf-16"],
)
def test_a_list_is_read_however_it_is_packed(data: bytes) -> None:
    """Encodings that say what they are, and archives as GeoNames makes them."""
    assert read(data) == TEXT


def test_line_ends_of_any_kind(tmp_path: Path) -> None:
    """Lines are counted alike, whichever system wrote them."""
    for end in ("\n", "\r\n", "\r"):
        path = tmp_path / "list.csv"
        path.write_bytes(TEXT.replace("\n", end).encode())
        assert len(list(lines_of(received(path), "list.csv"))) == 2
        assert [row for _, row in cells(lines_of(received(path), "x"), "x")][1][0] == "بئر لوز"


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (dump_line(1, "Nuran"), ListKind.GEONAMES),
        ("1\t2\tar\tنوران\t1\t\t\t\t\t\n", ListKind.NAMES),
        ("1\t2\tar\tنوران\t1\t\t\t\n", ListKind.NAMES),
        ("ADM0_EN,ADM1_EN,ADM1_PCODE\n", ListKind.PCODES),
        ('"adm1_name";"adm1_pcode"\n', ListKind.PCODES),
        ("admin1Name\tadmin1Pcod\n", ListKind.PCODES),
        ("Name,Lat,Lon\n", ListKind.OWN),
        ("name_ar,lat,lon\n", ListKind.OWN),
    ],
)
def test_columns_tell_what_a_list_is(first: str, kind: ListKind) -> None:
    """Nobody has to say it."""
    assert kind_of(first, "list") is kind


@pytest.mark.parametrize("first", ["", "killed,injured\n", "a\tb\n", "{}\n", "%PDF-1.7\n"])
def test_another_table_is_refused_with_what_to_give(first: str) -> None:
    """What is no list of places is not guessed at."""
    with pytest.raises(Wrong, match=r"list line 1: .*is the first line of no list of places.*ADM1_PCODE"):
        kind_of(first, "list")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode("cp1256"), 'list line 2: "byte 0xC8" is not UTF-8; save it as UTF-8'),
        (TEXT.encode() * 3000 + TEXT.encode("cp1256"), 'list line 6002: "byte 0xC8" is not UTF-8'),
        (TEXT.encode() + b"\0", "list line 3: holds a NUL character"),
        (b"x" * 300_000, "list line 1: is longer than 200,000 characters"),
        (b"PK\x03\x04 nothing", "list: cannot be unpacked: "),
        (packed(("a.csv", b"x"), ("b.csv", b"x")), "list: holds 2 lists of places (a.csv, b.csv), not one"),
        (packed(("a.pdf", b"x")), "list: holds 0 lists of places (none), not one"),
        (
            packed(("[Content_Types].xml", b"<x/>"), ("xl/sheet1.xml", b"<x/>")),
            "list: is a spreadsheet; export the sheet",
        ),
        (packed(("a.csv", TEXT.encode() * 99))[:120], "list: cannot be unpacked: "),
    ],
    ids=["cp1256", "cp1256 far behind", "NUL", "one line", "no zip", "two lists", "no list", "xlsx", "torn"],
)
def test_what_cannot_be_read_is_refused_with_file_and_line(data: bytes, said: str) -> None:
    """Never a traceback, never a guess at an encoding."""
    with pytest.raises(Wrong) as refusal:
        read(data)
    assert str(refusal.value).startswith(said)


def test_a_bomb_is_refused_unopened() -> None:
    """A megabyte that claims to be two gigabytes: refused at once, nothing of it in memory."""
    data = bytearray(packed(("SY.txt", b"\t" * 1_000_000)))
    size = (1_000_000).to_bytes(4, "little")
    for at in (data.find(size), data.rfind(size)):
        data[at : at + 4] = (2_000_000_001).to_bytes(4, "little")
    with (
        within(1),
        pytest.raises(Wrong, match=r"would unpack .* bytes to 2,000,000,001, more than a list of places can"),
    ):
        read(bytes(data))


def test_a_dense_archive_of_moderate_size_is_refused() -> None:
    """Sixty megabytes in sixty kilobytes are no places."""
    with pytest.raises(Wrong, match="more than a list of places can"):
        read(packed(("SY.txt", b"\n" * 60_000_000)))


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    """More comes out than the archive says: it cannot be unpacked."""
    data = bytearray(packed(("SY.txt", TEXT.encode() * 1000)))
    size = len(TEXT.encode() * 1000).to_bytes(4, "little")
    for at in (data.find(size), data.rfind(size)):
        data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(Wrong, match="cannot be unpacked"):
        read(bytes(data))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Folders, missing and empty files."""
    (tmp_path / "empty.csv").touch()
    for name, said in (("none.csv", "is not a file"), (".", "is not a file"), ("empty.csv", "is empty")):
        with pytest.raises(Wrong, match=said):
            received(tmp_path / name)


def test_a_file_that_is_wrong_throughout_is_given_up() -> None:
    """Ten thousand rejections are one: this is another kind of file."""
    bad = (Rejection(f"list line {n}", "gazetteer", f"list line {n}: no.") for n in range(10_001))
    with pytest.raises(Wrong, match=r"has more than 10,000 rows that cannot be read; the last: list line 10000: no"):
        list(within_reason(bad, "list"))


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, as_zip: bool) -> None:
    """Whatever comes, Wrong is all that is raised."""
    said = "list"
    try:
        lines = list(lines_of(packed(("a.txt", data)) if as_zip else data, "list"))
        kind_of(lines[0] if lines else "", "list")
        list(cells(lines, "list"))
    except Wrong as wrong:
        said = str(wrong)
    assert said.startswith("list")
