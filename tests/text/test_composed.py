"""NFC that cannot be made slow."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.text.composed import LONGEST_RUN, safe_nfc

MARKS = st.characters(categories=["Mn", "Mc"])


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), MARKS), max_size=29))
def test_ordinary_text_is_simply_composed(text: str) -> None:
    """A text in which no run of marks can be too long comes out in plain NFC."""
    assert safe_nfc(text) == unicodedata.normalize("NFC", text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(MARKS, st.sampled_from("aعŁ\u0344\u0f73")), max_size=120))
def test_composed_twice_is_composed_once(text: str) -> None:
    """The result is in NFC, composing it again changes nothing, and no run in it is beyond the limit."""
    once = safe_nfc(text)
    assert unicodedata.is_normalized("NFC", once)
    assert safe_nfc(once) == once
    run = longest = 0
    for char in once:
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    assert longest <= 2 * LONGEST_RUN


@pytest.mark.parametrize("unit", ["\u0323\u0301", "\u0301", "\u0f73\u0301", "\u064b\u0650", "\U0001e000\u0323"])
def test_a_megabyte_of_marks_takes_no_time(unit: str) -> None:
    """A million marks on one letter, in orders that NFC would have to sort, are done within two seconds."""
    began = time.process_time()
    safe_nfc("ا" + unit * (1_000_000 // len(unit)))
    assert time.process_time() - began < 2
