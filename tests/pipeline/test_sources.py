"""Sealed sources: written here, read only with a key that is not here, and no reading without an entry in the ledger first."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from marsad import failpoint
from marsad.model import KeyRole, Wrong
from marsad.pipeline.observatory import SEALED, Observatory
from marsad.pipeline.sources import A_DAY, Sources, sources, standing_keys
from marsad.pipeline.verify import verify_observatory
from marsad.preserve import keys
from marsad.store.kept import Kept

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTACT = "نور الحلبي، +963 11 555 0147، عند الفرن"
MARSAD = [sys.executable, "-c", "from marsad.cli import main; main(prog_name='marsad')"]


class Team:
    """An observatory with a recovery key and a reader, whose secret keys lie elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.obs = Observatory.init(folder / "obs", "sources", NOW)
        self.kept: Kept = self.obs.kept()
        self.sources = Sources(self.obs, self.kept, os.urandom)
        self.files: dict[str, Path] = {}
        for holder, role in (("team", KeyRole.RECOVERY), ("falcon", KeyRole.READER)):
            self.trust(folder, holder, role)

    def trust(self, folder: Path, holder: str, role: KeyRole = KeyRole.READER) -> None:
        """Make a key for somebody, elsewhere, and trust it."""
        key, recipient = keys.make_key()
        self.files[holder] = folder / f"{holder}.key"
        self.files[holder].write_text(f"# public key: {recipient}\n{key}\n")
        self.sources.trust(recipient, holder, role, NOW)

    def open(
        self, source_id: str, holder: str = "falcon", now: datetime = NOW, reason: str = "to ask about a date"
    ) -> None:
        """Open a source; what is in it goes to standard output."""
        self.sources.open(source_id, self.files[holder], holder, reason, now)

    def openings(self) -> int:
        """Return how many times the ledger says that something was opened."""
        with self.kept.read() as reading:
            return reading.count("unsealing")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.kept.close()


def test_sealed_and_opened(team: Team, capfd: pytest.CaptureFixture[str]) -> None:
    """A reader gets the very words; the ledger says who, why, and that it was before."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    team.open("lynx-7")
    assert capfd.readouterr().out == CONTACT
    team.open("lynx-7", "team")
    assert capfd.readouterr().out == CONTACT
    assert team.openings() == 2
    assert verify_observatory(team.obs.path) == []


def test_nothing_here_opens_it(team: Team) -> None:
    """No file of the observatory holds a word of it, in any coding that a search would find at once."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    everything = b"".join(path.read_bytes() for path in team.obs.path.rglob("*") if path.is_file())
    for word in ("نور", "الحلبي", "555 0147", "5550147"):
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(coding) not in everything
    assert b"AGE-SECRET-KEY" not in everything


def test_the_size_tells_little(team: Team) -> None:
    """A name and a long address are boxes of one size."""
    team.sources.seal_lines(
        NOW, b'{"source": "a", "contact": "Nur"}\n{"source": "b", "contact": "' + b"x" * 450 + b'"}\n'
    )
    headers = re.compile(rb"(?s).*\n--- [\w+/]{43}\n")  # of random length: age puts a random stanza there
    sizes = [len(sealed) - headers.match(sealed).end() for _, _, sealed in _boxes(team)]  # type: ignore[union-attr]
    assert sizes[0] == sizes[1]


@pytest.mark.long
def test_the_entry_comes_first(team: Team, tmp_path: Path) -> None:
    """Killed in the moment after the ledger's commit, nothing was shown; killed before it, nothing either, and no entry."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    command = [*MARSAD, "source", "open", str(team.obs.path), "lynx-7", "--key", str(team.files["falcon"])]
    command += ["--reader", "falcon", "--reason", "to ask"]
    for place, entries in (("kept-commit:1", 0), ("kept-committed:1", 1)):
        env = {**os.environ, failpoint.VARIABLE: place}
        died = subprocess.run(command, capture_output=True, env=env, check=False)
        assert (died.returncode, died.stdout) == (-9, b"")
        assert team.openings() == entries
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode() == CONTACT
    assert team.openings() == 2


@pytest.mark.parametrize(
    ("holder", "said"),
    [("wolf", "holds no key here"), ("falcon", "this key is not the reader's")],
)
def test_others_do_not_open_it(
    team: Team, tmp_path: Path, capfd: pytest.CaptureFixture[str], holder: str, said: str
) -> None:
    """Neither somebody without a key, nor somebody who uses another one than that of the reader named."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    stranger = tmp_path / "stranger.key"
    stranger.write_text(keys.make_key()[0])
    with pytest.raises(Wrong, match=said):
        team.sources.open("lynx-7", stranger, holder, "curious", NOW)
    assert capfd.readouterr().out == ""


def test_a_reader_trusted_later_opens_what_comes_later(
    team: Team, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What was sealed before stays closed to a new reader, and what comes after one is no longer trusted, too."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    team.trust(tmp_path, "hawk")
    with pytest.raises(Wrong, match="sealed before the reader was trusted"):
        team.open("lynx-7", "hawk")
    team.sources.seal("lynx-7", NOW, b"moved away")
    team.open("lynx-7", "hawk")
    assert capfd.readouterr().out == "moved away"
    with team.kept.read() as reading:
        (falcon,) = [key.recipient for key in standing_keys(reading) if key.holder == "falcon"]
    team.sources.trust(falcon, "falcon", KeyRole.READER, NOW, used=False)
    with pytest.raises(Wrong, match="holds no key here"):
        team.open("lynx-7")


def test_no_reader_copies_everything(team: Team, capfd: pytest.CaptureFixture[str]) -> None:
    """After a day's work a reader is refused until the next day, and the refusal opens nothing."""
    lines = b"".join(json.dumps({"source": f"s{n}", "contact": "x"}).encode() + b"\n" for n in range(A_DAY + 1))
    team.sources.seal_lines(NOW, lines)
    for n in range(A_DAY):
        team.open(f"s{n}", now=NOW + timedelta(minutes=n))
    with pytest.raises(Wrong, match="within 24 hours"):
        team.open(f"s{A_DAY}", now=NOW + timedelta(hours=1))
    with pytest.raises(Wrong, match="within 24 hours"):
        team.open(f"s{A_DAY}", now=NOW - timedelta(hours=1))
    assert team.openings() == A_DAY
    team.open(f"s{A_DAY}", "team", now=NOW + timedelta(hours=1))
    team.open(f"s{A_DAY}", now=NOW + timedelta(days=2))
    assert capfd.readouterr().out == "x" * (A_DAY + 2)


@pytest.mark.long
def test_erased_is_gone_and_the_ledger_is_whole(team: Team, capfd: pytest.CaptureFixture[str]) -> None:
    """Of a hundred sources every second one is erased: bytes, salts and wrapped keys; the ledger verifies, and says so."""
    lines = b"".join(json.dumps({"source": f"s{n}", "contact": f"contact {n}"}).encode() + b"\n" for n in range(100))
    team.sources.seal_lines(NOW, lines)
    boxes = {row[0]: row[1:] for row in _boxes(team)}
    for n in range(0, 100, 2):
        erased = team.sources.erase(f"s{n}", "falcon", "asked for", NOW)
        assert (erased.boxes, erased.complete) == (1, NOW + timedelta(days=30))
    assert {row[0] for row in _boxes(team)} == {f"s{n}" for n in range(1, 100, 2)}
    everything = b"".join(path.read_bytes() for path in team.obs.path.rglob("*") if path.is_file())
    for n in range(0, 100, 2):
        salt, sealed = boxes[f"s{n}"]
        assert salt not in everything
        assert all(sealed[at : at + 24] not in everything for at in range(60, len(sealed) - 24, 24))
        assert boxes[f"s{n + 1}"][1][-300:] in everything, "the search finds what is not erased"
    with pytest.raises(Wrong, match="was erased"):
        team.open("s0", "team")
    with pytest.raises(Wrong, match="was erased"):
        team.sources.seal("s0", NOW, b"again")
    assert verify_observatory(team.obs.path) == []
    with team.kept.read() as reading:
        assert sum(erasure is not None for _, erasure in sources(reading)) == 50
    team.open("s1")
    assert capfd.readouterr().out == "contact 1"


@pytest.mark.long
def test_an_erasure_that_was_interrupted_is_found(team: Team) -> None:
    """The ledger says it first: killed before the bytes are gone, `verify` names it, and erasing again completes it."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    command = [*MARSAD, "source", "erase", str(team.obs.path), "lynx-7", "--actor", "falcon", "--reason", "asked"]
    env = {**os.environ, failpoint.VARIABLE: "kept-committed:1"}
    assert subprocess.run(command, capture_output=True, env=env, check=False).returncode == -9
    (found,) = verify_observatory(team.obs.path)
    assert str(found).startswith("source lynx-7: found sealed bytes, expected none: it was erased")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert verify_observatory(team.obs.path) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE box SET salt = zeroblob(32)", "other bytes or salt"),
        ("UPDATE box SET sealed = x'00'", "other bytes or salt"),
        ("DELETE FROM box", "no sealed bytes"),
        ("INSERT INTO box VALUES ('wolf', 1, zeroblob(32), x'00')", "none that the ledger knows"),
        ("CREATE TABLE other (a)", "is not marsad's"),
    ],
)
def test_what_is_altered_in_the_sealed_store_is_found(team: Team, statement: str, said: str) -> None:
    """Boxes changed, removed, added: the ledger knows better."""
    team.sources.seal("lynx-7", NOW, CONTACT.encode())
    raw = sqlite3.connect(team.obs.path / SEALED)
    raw.execute(statement)
    raw.commit()
    raw.close()
    assert any(said in str(found) for found in verify_observatory(team.obs.path))


def test_nothing_is_sealed_that_nobody_could_open(tmp_path: Path) -> None:
    """Without a recovery key, sealing is refused, and says how to make one."""
    obs = Observatory.init(tmp_path / "obs", "sources", NOW)
    with obs.kept() as kept, pytest.raises(Wrong, match="has no recovery key"):
        Sources(obs, kept, os.urandom).seal("lynx-7", NOW, b"x")


@pytest.mark.parametrize("source_id", ["", " ", "a\nb", "../x", "x" * 101])
def test_pseudonyms(team: Team, source_id: str) -> None:
    """A pseudonym is one line of letters and digits."""
    with pytest.raises(Wrong, match="is no pseudonym"):
        team.sources.seal(source_id, NOW, b"x")


def test_lines_that_cannot_be_sealed_are_not_repeated(team: Team) -> None:
    """A line that is no JSON is named by its number alone; nothing of the batch is sealed."""
    with pytest.raises(Wrong, match=r"line 2 is not") as refused:
        team.sources.seal_lines(NOW, b'{"source": "a", "contact": "x"}\n{"source": "b", "phone": "555 0147"}\n')
    assert "555" not in str(refused.value)
    with team.kept.read() as reading:
        assert sources(reading) == []


def _boxes(team: Team) -> list[tuple[str, bytes, bytes]]:
    raw = sqlite3.connect(team.obs.path / SEALED)
    rows = raw.execute("SELECT source_id, salt, sealed FROM box").fetchall()
    raw.close()
    return rows
