"""A witness: somebody else's copy of the ledger's hashes, which nobody can rewrite here."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.pipeline.witness import known_of, witness

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def observatory(path: Path, *texts: str) -> Observatory:
    obs = Observatory.init(path, "seen", NOW)
    take_in(obs, *texts)
    return obs


def take_in(obs: Observatory, *texts: str) -> None:
    items = [Incoming("r", text.encode(), "Radio", date(2014, 11, 26)) for text in texts]
    with obs.kept() as kept:
        WriteService(kept, obs.vault, os.urandom).receive(items, NOW)


def test_a_witness_grows_with_the_ledger(tmp_path: Path) -> None:
    """Each visit adds what is new; the root it tells is the ledger's."""
    obs, file = observatory(tmp_path / "obs", "95 killed"), tmp_path / "partner"
    first = witness(obs, file)
    assert (first.size, first.new) == (3, 3)
    take_in(obs, "96 killed", "97 killed")
    second = witness(obs, file)
    assert (second.size, second.new) == (9, 6)
    assert witness(obs, file).new == 0
    for told in (file, f"{first.size}:{first.root}", f"{second.size}:{second.root}"):
        assert verify_observatory(obs.path, known=known_of(str(told))) == []


def test_a_rewritten_ledger_is_another_one(tmp_path: Path) -> None:
    """An observatory made anew with the same reports is whole in itself; the witness names the first entry that differs."""
    seen, file = observatory(tmp_path / "obs", "95 killed", "96 killed"), tmp_path / "partner"
    before = witness(seen, file)
    forged = observatory(tmp_path / "forged", "95 killed", "96 killed", "97 killed")
    assert verify_observatory(forged.path) == []
    copied = file.read_bytes()
    with pytest.raises(Wrong, match=r"ledger leaf 0: .*the ledger was rewritten"):
        witness(forged, file)
    assert file.read_bytes() == copied
    (found,) = verify_observatory(forged.path, known=known_of(str(file)))
    assert (found.subject, "says the witness" in found.expected) == ("ledger leaf 0", True)
    (found,) = verify_observatory(forged.path, known=known_of(f"{before.size}:{before.root}"))
    assert found.subject == "what you know"


def test_a_ledger_cut_short(tmp_path: Path) -> None:
    """A ledger that ends before the last entry seen lacks the first one behind its end."""
    obs, file = observatory(tmp_path / "obs", "95 killed"), tmp_path / "partner"
    witness(obs, file)
    with file.open("a") as more:
        more.write("ab" * 32 + "\n")
    with pytest.raises(Wrong, match=r"ledger leaf 3: .*the ledger ends before it"):
        witness(obs, file)
    (found,) = verify_observatory(obs.path, known=known_of(str(file)))
    assert found.subject == "ledger leaf 3"


@pytest.mark.parametrize(
    "content",
    [b"", b"marsad witness 2\n", b"marsad witness 1\n" + b"AB" * 32 + b"\n", b"marsad witness 1\nab", b"\xff\xfe"],
)
def test_files_that_are_no_witness(tmp_path: Path, content: bytes) -> None:
    """Any other file is refused before anything is compared, a witness cut in the middle of a line, too."""
    obs = observatory(tmp_path / "obs", "95 killed")
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Wrong, match=r"is not a (witness' file|leaf hash)"):
        witness(obs, tmp_path / "file")


@pytest.mark.parametrize("told", ["7", "7:abc", "nowhere", "-1:" + "ab" * 32])
def test_what_nobody_can_know(told: str) -> None:
    """What is neither a root nor a file is told back."""
    with pytest.raises(Wrong, match="is neither SIZE:ROOT nor a witness' file"):
        known_of(told)
