"""Reports on lines of JSON."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.collect.json_lines import report_line
from marsad.collect.particulars import Particulars
from marsad.collect.text_of import text_of
from marsad.model import Wrong

GIVEN = Particulars(outlet="Given")


def read(**fields: Any) -> Any:
    return report_line(json.dumps(fields).encode(), "feed.jsonl line 3", GIVEN)


def test_a_full_line() -> None:
    """Everything on the line is told; the evidence is the text; the id only names it."""
    line = {"id": "a7", "text": "قُتل ٩٥", "published": "2014-11-26", "outlet": "Radio", "lang": "ar", "key": "k"}
    report = read(**line, address="https://e.org", title="not read")
    assert report.data == "قُتل ٩٥".encode()
    assert (report.outlet, report.published, report.lang) == ("Radio", date(2014, 11, 26), "ar")
    assert (report.address, report.key, report.name) == ("https://e.org", "k", "feed.jsonl line 3 (a7)")


def test_a_protected_source() -> None:
    """A line may mark it with true or "true"; without a mark it is not marked, and a number is no answer."""
    marks = {True: True, "true": True, "yes": True, False: False, None: False}
    assert {mark: read(text="95 killed", protected=mark).protected for mark in marks} == marks
    assert read(text="95 killed").protected is False
    with pytest.raises(Wrong, match="protected"):
        read(text="95 killed", protected=1)


def test_options_fill_in() -> None:
    """What a line leaves out or null is filled in."""
    assert read(text="95 killed", outlet=None, published=None).outlet == "Given"


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_the_text_comes_back(text: str) -> None:
    """Any text that is taken is what its evidence is read as, to the character, so that spans hold."""
    try:
        report = read(text=text)
    except Wrong:
        assert not text.strip() or "\0" in text or text.startswith(("\ufeff", "---"))
    else:
        assert text_of(report.data) == (text, {})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"95 killed", "is not a line of JSON"),
        (b'{"text": "95"', "is not a line of JSON"),
        (b"\xff\xff", "is not a line of JSON"),
        (b"[" * 100_000, "is not a line of JSON"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "is not a line of JSON"),
        (b'{"text": "a", "text": "b"}', "a name is given twice"),
        (b'["text"]', "is JSON but no object"),
        (b"{}", "has no text"),
        (b'{"text": 95}', "has no text"),
        (b'{"text": "  "}', "holds no words"),
        (b'{"text": "95\\u0000"}', "holds a NUL character"),
        (b'{"text": "95 \\ud800"}', "is half of a character"),
        (b'{"text": "---\\na: 1\\n---\\n95"}', "begins with front matter"),
        (b'{"text": "\\ufeff95"}', "begins with front matter or a byte order mark"),
        (b'{"text": "95", "published": 2014}', 'published: "2014" is not a string'),
        (b'{"text": "95", "published": "Tuesday"}', "is not a day"),
        (b'{"id": 3, "text": "95", "lang": ["en"]}', r"line 3 \(3\), lang"),
    ],
)
def test_what_is_wrong_with_a_line(line: bytes, said: str) -> None:
    """A line that cannot be used says why, and which line it is."""
    with pytest.raises(Wrong, match=said) as wrong:
        report_line(line, "feed.jsonl line 3", GIVEN)
    assert str(wrong.value).startswith("feed.jsonl line 3")


def test_a_long_text_is_refused() -> None:
    """A text beyond the limit is refused."""
    with pytest.raises(Wrong, match="is longer than the 10 bytes of a report"):
        report_line(b'{"text": "12345678901"}', "x", GIVEN, limit=10)
