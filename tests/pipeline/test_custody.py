"""The chain of custody: what is known of evidence from the moment it came in, and that nothing of it is ever lost or changed."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming, incoming
from marsad.collect.particulars import Particulars, read_particulars
from marsad.model import Act, Clock, Collector, Custody, Evidence, Sha256, Wrong
from marsad.pipeline.custody import chain, keep_derivative, note
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.store.kept import Kept

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LYNX = Collector("lynx", "marsad 0.1.0", Clock(-0.25, "measured against a radio clock"))
TEXT = "قُتل 95 شخصا في الرقة."
PAGE = Incoming(
    "page",
    TEXT.encode(),
    "Radio",
    date(2014, 11, 25),
    address="https://radio.example/95",
    published_at="2014-11-25T23:30:00+03:00",
    headers=((":status", "200"), ("Content-Type", "text/html"), ("Set-Cookie", "a"), ("Set-Cookie", "b")),
    fetched=datetime.fromisoformat("2014-11-26T01:15:00+03:00"),
)


@pytest.fixture
def obs(tmp_path: Path) -> Observatory:
    return Observatory.init(tmp_path / "obs", "custody", NOW)


@pytest.fixture
def kept(obs: Observatory) -> Iterator[Kept]:
    with obs.kept() as store:
        yield store


def take_in(obs: Observatory, kept: Kept, *items: Incoming, now: datetime = NOW) -> None:
    WriteService(kept, obs.vault, os.urandom, LYNX).receive(items, now)


def events(kept: Kept, evidence: str | None) -> list[Custody]:
    with kept.read() as reading:
        return list(chain(reading, None if evidence is None else Sha256(evidence)))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_what_is_known_at_the_moment_of_collection(obs: Observatory, kept: Kept) -> None:
    """Address, headers in their order, collector, tool, clock with its offset, and times in their own zones."""
    take_in(obs, kept, PAGE)
    (event,) = events(kept, sha(TEXT))
    assert (event.act, event.actor, event.tool) == (Act.RECEIVED, "lynx", "marsad 0.1.0")
    assert event.clock == Clock(-0.25, "measured against a radio clock")
    assert (event.at.hour, event.at.utcoffset()) == (1, timedelta(hours=3)), "a +03:00 time stays one"
    assert event.detail["url"] == "https://radio.example/95"
    assert event.detail["published_at"] == "2014-11-25T23:30:00+03:00"
    assert event.detail["headers"] == [list(header) for header in PAGE.headers]
    assert verify_observatory(obs.path) == []


def test_evidence_has_two_hashes_and_the_type_of_its_content(obs: Observatory, kept: Kept) -> None:
    """Both hashes are those of the bytes; the media type is what the bytes are, whatever a header calls them."""
    take_in(obs, kept, PAGE)
    raw = sqlite3.connect(obs.path / "kept.db")
    (row,) = raw.execute("SELECT sha256, size, media_type, sha3_512 FROM evidence").fetchall()
    raw.close()
    data = TEXT.encode()
    assert row == (sha(TEXT), len(data), "text/plain", hashlib.sha3_512(data).hexdigest())


def test_the_same_report_again_adds_nothing(obs: Observatory, kept: Kept) -> None:
    """A report that is known already leaves no second event; from another outlet it is another report, and does."""
    take_in(obs, kept, PAGE, PAGE)
    take_in(obs, kept, PAGE)
    assert len(events(kept, sha(TEXT))) == 1
    take_in(obs, kept, replace(PAGE, outlet="Television"))
    assert len(events(kept, sha(TEXT))) == 2


def test_a_derivative_points_to_its_original(obs: Observatory, kept: Kept) -> None:
    """What was made of evidence is evidence of its own that names what it was made from, and leaves that alone."""
    take_in(obs, kept, PAGE)
    original = Sha256(sha(TEXT))
    for _ in range(2):
        made = keep_derivative(kept, obs.vault, original, b"95", "read by hand", LYNX, NOW, os.urandom)
    assert made == Evidence(Sha256(sha("95")), 2, "text/plain", hashlib.sha3_512(b"95").hexdigest())
    (event,) = events(kept, made.sha256)
    assert (event.act, dict(event.detail)) == (Act.DERIVED, {"from": original, "by": "read by hand"})
    assert obs.vault.get(original) == TEXT.encode()
    assert verify_observatory(obs.path) == []


def test_nothing_is_derived_from_what_is_not_there(obs: Observatory, kept: Kept) -> None:
    """A derivative of evidence that nobody has would have an origin that nobody can check."""
    with pytest.raises(Wrong, match="is no evidence of this observatory"):
        keep_derivative(kept, obs.vault, Sha256("ab" * 32), b"95", "by hand", LYNX, NOW, os.urandom)


def test_events_about_the_whole_vault(obs: Observatory, kept: Kept) -> None:
    """What is done with everything at once belongs to no single piece of evidence."""
    note(kept, Act.CHECKED, LYNX, NOW, {"files": 7}, os.urandom)
    assert [(e.act, dict(e.detail)) for e in events(kept, None)] == [(Act.CHECKED, {"files": 7})]


def test_a_clock_set_back_is_written_down(obs: Observatory, kept: Kept) -> None:
    """A time earlier than the one before is an event of its own, before what was recorded by that clock; order stays."""
    take_in(obs, kept, PAGE)
    take_in(obs, kept, replace(PAGE, outlet="Second"), now=NOW - timedelta(days=3653))
    take_in(obs, kept, replace(PAGE, outlet="Third"), now=NOW)
    (back,) = events(kept, None)
    assert back.act == Act.CLOCK_BACK
    assert back.detail["before"] == "2026-11-22T12:00:00.000000Z"
    with kept.read() as reading:
        assert [report.outlet for report in reading.reports()] == ["Radio", "Second", "Third"]
        leaves = [json.loads(leaf) for _, leaf in reading.leaves()]
    assert [leaf["seq"] for leaf in leaves] == list(range(len(leaves)))
    assert verify_observatory(obs.path) == []


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2014-11-25T23:30:00+03:00", date(2014, 11, 25)),
        ("2014-11-26 00:10Z", date(2014, 11, 26)),
        ("2014-11-25T20:30:00.5-0500", date(2014, 11, 25)),
    ],
)
def test_a_time_of_publication_keeps_its_zone(told: str, day: date) -> None:
    """The day is the one the outlet dated it with, in its own zone; the time stays as it was told."""
    item = incoming("r", f"---\noutlet: Radio\npublished: {told}\n---\n95 killed.".encode(), Particulars())
    assert (item.published, item.published_at) == (day, told)


@pytest.mark.parametrize(
    "told", ["2014-11-25T23:30", "2014-11-25T25:00+03:00", "2014-02-30T10:00Z", "2014-11-25T10:00+25:00"]
)
def test_a_time_that_cannot_be_is_refused(told: str) -> None:
    """A time without a zone, and one that no clock shows, are told back with the rule."""
    with pytest.raises(Wrong, match="is not a day written YYYY-MM-DD"):
        read_particulars({"published": told}, "r")
