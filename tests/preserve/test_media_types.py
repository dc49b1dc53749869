"""What bytes are, by their content."""

import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.preserve.media_types import media_type_of


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("قُتل 95 شخصا".encode(), "text/plain"),
        ("قُتل 95 شخصا".encode("utf-16"), "text/plain"),
        ("\ufeff  <!DOCTYPE HTML><title>الرقة</title>".encode(), "text/html"),
        (b"<?xml version='1.0'?><rss/>", "application/xml"),
        (json.dumps({"قتلى": 95}).encode(), "application/json"),
        (gzip.compress(b"95"), "application/gzip"),
        (zipped("a.txt"), "application/zip"),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("archive/data.warc.gz"), "application/wacz"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"", "text/plain"),
        (b"\xff\xfe\xfd", "text/plain"),
        (b"text\0with a hole", "application/octet-stream"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # an archive's bytes hold the time it was made at
)
def test_by_content(data: bytes, expected: str) -> None:
    """Texts of every encoding, pages, archives and films are told by what they begin with."""
    assert media_type_of(data) == expected


@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).map(
        lambda t: t * (3000 // len(t) + 1)
    )
)
def test_a_text_cut_within_a_character_stays_a_text(text: str) -> None:
    """Only the beginning is looked at; a letter of several bytes at its end does not make a text something else."""
    assert media_type_of(b"a " + text.encode() * 2).split("/")[0] in ("text", "application")
    assert media_type_of(b"a " + text.encode() * 2) != "application/octet-stream"
