"""The one rule by which the bytes of a report become its text."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.collect.text_of import text_of
from marsad.model import Wrong

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def plain(text: str) -> bool:
    """Whether nothing in the text could be taken for front matter or a byte order mark."""
    return not text.startswith(("---", "\ufeff", "\ufffe"))


@settings(max_examples=80)
@given(TEXTS.filter(plain))
def test_a_text_without_front_matter_is_the_whole_of_it(text: str) -> None:
    """Every character counts, line ends included; only a byte order mark is no part of the text."""
    assert text_of(text.encode()) == (text, {})
    assert text_of(codecs.BOM_UTF8 + text.encode()) == (text, {})


@settings(max_examples=30)
@given(TEXTS.filter(lambda text: plain(text) and "\0" not in text), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf_16_with_a_mark(text: str, encoding: str) -> None:
    """UTF-16 is read where a byte order mark says so."""
    assert text_of(("\ufeff" + text).encode(encoding)) == (text, {})


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True),
        st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8),
        max_size=4,
    ),
    TEXTS.filter(plain),
    st.sampled_from(["\n", "\r\n"]),
)
def test_front_matter_is_cut_off(fields: dict[str, str], text: str, end: str) -> None:
    """With front matter, the text is what follows it, to the character; the fields come with it."""
    head = "".join(f"{key}: {value}{end}" for key, value in fields.items())
    assert text_of(f"---{end}{head}---{end}{text}".encode()) == (text, fields)


@pytest.mark.parametrize(
    "text",
    [
        "---",
        "---\n",
        "---\noutlet: Radio\n",
        "--- \nOn Tuesday 95 were killed.\n---\n",
        "---\nHe said: 95\nwere killed\n---\n",
        "----\noutlet: Radio\n---\n",
        " ---\noutlet: Radio\n---\n",
        "---\n" + "a: 1\n" * 101 + "---\n",
        "---\nA: 95 killed\nB: how many?\nA: 95.\nThe line went dead.\n---\n",
        "Heading\n---\noutlet: Radio\n---\n",
        "---\nhttp://example.org\n---\n",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    """A rule of dashes, a dialogue, a list that never ends: if it is not surely front matter, it is text."""
    assert text_of(text.encode()) == (text, {})


def test_how_fields_are_read() -> None:
    """Names lose their case, values their quotes and outer spaces; comments and blank lines say nothing."""
    data = b"---\n# from the wire\n\nOutlet:   'Radio: Raqqa'  \nlang:\n---\ntext"
    assert text_of(data) == ("text", {"outlet": "Radio: Raqqa", "lang": ""})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xff95", 'x.txt: "byte 0" is where it stops being UTF-8; save it as UTF-8.'),
        (b"95 \xe9t\xe9", 'x.txt: "byte 3" is where it stops being UTF-8; save it as UTF-8.'),
        (b"\xed\xa0\x80", 'x.txt: "byte 0" is where it stops being UTF-8; save it as UTF-8.'),
        (codecs.BOM_UTF16_LE + b"a", 'x.txt: "byte 2" is where it stops being UTF-16; save it as UTF-8.'),
        (codecs.BOM_UTF32_LE + b"a\0\0\0", 'x.txt: "UTF-32" is an encoding marsad does not read; save it as UTF-8.'),
        (b"95\0killed", "x.txt: holds a NUL character, so it is not a text; convert it to plain text first."),
        (b"---\na: 1\nA: 2\n---\n", 'x.txt: "a" is given twice in the front matter; keep one of them.'),
    ],
)
def test_what_is_no_text_is_told(data: bytes, said: str) -> None:
    """Bytes that are no text are refused with the file, the place, the rule and the remedy."""
    with pytest.raises(Wrong) as wrong:
        text_of(data, "x.txt")
    assert str(wrong.value) == said
