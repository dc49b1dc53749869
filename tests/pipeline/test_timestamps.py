"""Trusted time: a local openssl authority attests the ledger's root; nobody can move it to another root or another day."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from time_authority import TimeAuthority, served

from marsad.collect.incoming import Incoming
from marsad.model import Sha256, Token, TokenKind, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.timestamps import anchor, anchors_of, attest, token_differences, unattested
from marsad.pipeline.verify import verify_observatory
from marsad.preserve.authority import OpenTimestamps, Rfc3161, verify_token
from marsad.preserve.tokens import attests, imprint, statement, told_time
from marsad.store.kept import Kept
from marsad.store.preserving_rows import token_of

pytest.importorskip("rfc3161_client", reason="needs the extra `preserve`")
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl (tools/faults.sh)")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    return TimeAuthority(tmp_path_factory.mktemp("tsa") / "tsa")


@pytest.fixture
def obs(tmp_path: Path) -> Observatory:
    return Observatory.init(tmp_path / "obs", "time", NOW)


@pytest.fixture
def kept(obs: Observatory) -> Iterator[Kept]:
    with obs.kept() as store:
        yield store


def take_in(obs: Observatory, kept: Kept, text: str, now: datetime = NOW) -> None:
    WriteService(kept, obs.vault, os.urandom).receive([Incoming("r", text.encode(), "Radio", date(2014, 11, 26))], now)


def tokens(kept: Kept) -> list[Token]:
    with kept.read() as reading:
        return [token_of(row) for _, _, row in reading.things("token")]


@pytest.mark.long
def test_a_token_verifies_and_tells_the_time(obs: Observatory, kept: Kept, tsa: TimeAuthority) -> None:
    """The token is the authority's, about this root, and its time is that of the authority's clock, not of ours."""
    take_in(obs, kept, "95 killed")
    made = anchor(kept, NOW, os.urandom)
    assert made is not None
    with tsa.open() as url:
        done = attest(kept, Rfc3161(url, tsa.roots), NOW, os.urandom)
    assert [one for one, _ in done.new] == [made]
    (token,) = tokens(kept)
    verify_token(token.token, statement(made), tsa.roots)
    told = told_time(token.token, imprint(made))
    assert told is not None
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=2)
    with kept.read() as reading:
        assert list(token_differences(reading, tsa.roots)) == []
    assert verify_observatory(obs.path) == []


def test_a_changed_root_does_not_verify(obs: Observatory, kept: Kept, tsa: TimeAuthority) -> None:
    """The same token under another root, size or day is refused, with and without the authority's certificate."""
    take_in(obs, kept, "95 killed")
    made = anchor(kept, NOW, os.urandom)
    assert made is not None
    token = tsa.answer(_question(statement(made)))
    verify_token(token, statement(made), tsa.roots)
    for other in (
        replace(made, root=Sha256("00" * 32)),
        replace(made, tree_size=made.tree_size + 1),
        replace(made, day="2026-11-23"),
    ):
        assert not attests(token, imprint(other))
        with pytest.raises(Wrong, match="does not attest the ledger's root"):
            verify_token(token, statement(other), tsa.roots)


@pytest.mark.long
def test_another_authority_is_no_witness(obs: Observatory, kept: Kept, tsa: TimeAuthority, tmp_path: Path) -> None:
    """A token by an authority that is not trusted is never kept."""
    take_in(obs, kept, "95 killed")
    anchor(kept, NOW, os.urandom)
    forger = TimeAuthority(tmp_path / "forger")
    with forger.open() as url, pytest.raises(Wrong, match="does not attest"):
        attest(kept, Rfc3161(url, tsa.roots), NOW, os.urandom)
    assert tokens(kept) == []


def test_every_changed_byte_of_a_token_is_found(obs: Observatory, kept: Kept, tsa: TimeAuthority) -> None:
    """Of a token, no byte that its signature covers can be changed; 60 places, each of them refused or without meaning."""
    take_in(obs, kept, "95 killed")
    made = anchor(kept, NOW, os.urandom)
    assert made is not None
    token = tsa.answer(_question(statement(made)))
    at = token.index(imprint(made))
    for offset in range(at, at + 60):
        changed = bytearray(token)
        changed[offset] ^= 1
        with pytest.raises(Wrong):
            verify_token(bytes(changed), statement(made), tsa.roots)


@pytest.mark.long
def test_without_a_network_roots_wait(obs: Observatory, kept: Kept, tsa: TimeAuthority) -> None:
    """Three days offline, then an authority that is down, then one that answers: the queue drains, the oldest first."""
    with tsa.open() as url:
        pass  # nobody answers there any more
    for day in range(3):
        take_in(obs, kept, f"{day + 9} killed", NOW + day * DAY)
        assert anchor(kept, NOW + day * DAY, os.urandom) is not None
        done = attest(kept, Rfc3161(url, tsa.roots), NOW + day * DAY, os.urandom)
        assert (list(done.new), done.waiting) == ([], day + 1)
        assert done.why
    with served(lambda _: None) as down:
        assert attest(kept, Rfc3161(down, tsa.roots), NOW + 3 * DAY, os.urandom).waiting == 3
    with tsa.open() as url:
        done = attest(kept, Rfc3161(url, tsa.roots), NOW + 4 * DAY, os.urandom)
        assert [one.day for one, _ in done.new] == ["2026-11-22", "2026-11-23", "2026-11-24"]
        assert unattested(kept, url) == []
        assert attest(kept, Rfc3161(url, tsa.roots), NOW + 4 * DAY, os.urandom).new == []
    assert verify_observatory(obs.path) == []


def test_a_day_on_which_nothing_came_needs_no_anchor(obs: Observatory, kept: Kept, tsa: TimeAuthority) -> None:
    """An anchor and its token are no news by themselves; the next report is."""
    assert anchor(kept, NOW, os.urandom) is None
    take_in(obs, kept, "95 killed")
    assert anchor(kept, NOW, os.urandom) is not None
    assert anchor(kept, NOW + DAY, os.urandom) is None
    with tsa.open() as url:
        attest(kept, Rfc3161(url, tsa.roots), NOW + DAY, os.urandom)
    assert anchor(kept, NOW + 2 * DAY, os.urandom) is None
    take_in(obs, kept, "96 killed", NOW + 3 * DAY)
    assert anchor(kept, NOW + 3 * DAY, os.urandom) is not None
    with kept.read() as reading:
        assert [one.day for one in anchors_of(reading)] == ["2026-11-22", "2026-11-25"]


def test_only_a_hash_leaves_the_house(obs: Observatory, kept: Kept, tsa: TimeAuthority) -> None:
    """The authority gets the statement's SHA-256, and neither the root nor a word."""
    take_in(obs, kept, "95 killed")
    made = anchor(kept, NOW, os.urandom)
    assert made is not None
    with tsa.open() as url:
        attest(kept, Rfc3161(url, tsa.roots), NOW, os.urandom)
    question = tsa.asked[-1]
    assert hashlib.sha256(statement(made)).digest() in question
    assert bytes.fromhex(made.root) not in question
    assert len(question) < 100


def test_a_calendar_gives_a_pending_proof(obs: Observatory, kept: Kept) -> None:
    """What a calendar of OpenTimestamps promises is kept as a proof file that its own programs complete."""
    take_in(obs, kept, "95 killed")
    made = anchor(kept, NOW, os.urandom)
    assert made is not None
    asked: list[bytes] = []

    def promise(body: bytes) -> bytes:
        asked.append(body)
        return b"\x00promise"

    with served(promise) as url:
        attest(kept, OpenTimestamps(url), NOW, os.urandom)
    assert asked == [imprint(made)]
    (token,) = tokens(kept)
    assert token.kind == TokenKind.OPENTIMESTAMPS
    assert token.token.startswith(b"\x00OpenTimestamps\x00\x00Proof\x00")
    assert token.token.endswith(imprint(made) + b"\x00promise")
    assert verify_observatory(obs.path) == []


def _question(message: bytes) -> bytes:
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return bytes(TimestampRequestBuilder(message, HashAlgorithm.SHA256).build().as_bytes())
