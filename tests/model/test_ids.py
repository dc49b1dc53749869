"""Ids are made of content: equal parts, equal id; other parts, another id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Claim, Measure, Report, ReportId, Sha256, content_id

PART = st.none() | st.text(max_size=6) | st.integers(0, 99)
PARTS = st.lists(PART, max_size=4)


@given(PARTS, PARTS)
def test_ids_tell_parts_apart(one: list[object], other: list[object]) -> None:
    """Two lists of parts share an id only if they read the same, part by part; None is not the empty text."""
    shown = [[p if p is None else str(p) for p in parts] for parts in (one, other)]
    assert (content_id(*one, length=64) == content_id(*other, length=64)) == (shown[0] == shown[1])


@pytest.mark.long
@given(st.lists(st.text(max_size=3), min_size=2, max_size=5))
def test_the_border_between_parts_counts(parts: list[str]) -> None:
    """Joining two neighbouring parts makes another id."""
    joined = ["".join(parts[:2]), *parts[2:]]
    assert content_id(*parts) != content_id(*joined)


@given(st.integers(1, 64))
def test_the_length_is_as_asked(length: int) -> None:
    """A shorter id is the beginning of a longer one."""
    assert content_id("raqqa", length=64).startswith(content_id("raqqa", length=length))
    assert len(content_id("raqqa", length=length)) == length


def test_known_ids_never_change() -> None:
    """Ids on disk are for ever: SHA-256 over the parts, each with its length in eight bytes before it."""
    assert content_id("claim", "r", 0, 9, "killed") == "e0789aa1583368d5"


def test_measure_and_span_make_a_claim() -> None:
    """Two measures of one span are two claims; so are two spans of one measure."""
    report = ReportId("r" * 24)
    ids = [
        Claim.identity(report, 0, 9, Measure.KILLED),
        Claim.identity(report, 0, 9, Measure.INJURED),
        Claim.identity(report, 1, 9, Measure.KILLED),
        Claim.identity(ReportId("s" * 24), 0, 9, Measure.KILLED),
    ]
    assert len(set(ids)) == 4


def test_the_same_bytes_from_two_outlets_are_two_reports() -> None:
    """Outlet, day and address are part of what a report is."""
    sha = Sha256("ab" * 32)
    first = Report.identity(sha, "Radio", None, None)
    assert first == Report.identity(sha, "Radio", None, None)
    assert first != Report.identity(sha, "Gazette", None, None)
    assert first != Report.identity(sha, "Radio", None, "https://radio.example/1")
