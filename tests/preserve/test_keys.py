"""Keys that the observatory does not hold: made, split into words, put together again."""

import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pyrage
import pytest

from marsad.model import Wrong
from marsad.preserve import archives, keys


def nothing(_key: str) -> None:
    """Open nothing."""


@pytest.mark.parametrize(("parts", "need"), [(3, 2), (5, 3), (2, 2)])
def test_any_sufficient_shares_make_the_key(parts: int, need: int) -> None:
    """Every choice of enough shares gives back the very same text; one fewer gives nothing."""
    key, recipient = keys.make_key()
    shares = keys.split_key(key, parts, need)
    assert [len(share.split()) for share in shares] == [33] * parts
    for chosen in combinations(shares, need):
        assert keys.join_key(chosen) == key
    with pytest.raises(Wrong, match="do not make a key"):
        keys.join_key(shares[: need - 1])
    assert keys.recipient_of(key) == recipient


def test_a_wrong_word_is_noticed() -> None:
    """A share that was copied with one wrong word is refused, not taken for another key."""
    key, _ = keys.make_key()
    first, second, _ = keys.split_key(key, 3, 2)
    words = first.split()
    words[20] = "academic" if words[20] != "academic" else "acid"
    with pytest.raises(Wrong, match="do not make a key"):
        keys.join_key([" ".join(words), second])


def test_a_drill() -> None:
    """Shares of the recovery key pass; shares of another key, and of two keys, fail with what is wrong."""
    (key, recipient), (other, _) = keys.make_key(), keys.make_key()
    assert keys.drill(keys.split_key(key, 3, 2), recipient, nothing) == 2
    with pytest.raises(Wrong, match="is the recipient of their key, not"):
        keys.drill(keys.split_key(other, 3, 2), recipient, nothing)
    mixed = [keys.split_key(key, 3, 2)[0], keys.split_key(other, 3, 2)[0]]
    with pytest.raises(Wrong, match="do not make a key"):
        keys.drill(mixed, recipient, nothing)


@pytest.mark.parametrize(("parts", "need"), [(3, 1), (2, 3), (17, 2), (1, 1)])
def test_splits_that_protect_nothing(parts: int, need: int) -> None:
    """One share that suffices, and more shares needed than there are, are refused."""
    with pytest.raises(Wrong, match="is no way to split a key"):
        keys.split_key(keys.make_key()[0], parts, need)


def test_a_secret_key_is_never_repeated() -> None:
    """Given where a recipient belongs, a secret key is refused without a letter of it in the message."""
    key, _ = keys.make_key()
    with pytest.raises(Wrong, match="is a secret key") as refused:
        keys.checked_recipient(key)
    assert key[20:40] not in str(refused.value)
    with pytest.raises(Wrong, match="is not an age recipient"):
        keys.checked_recipient("age1lynx")


def test_an_archive_opens_with_its_key_alone(tmp_path: Path) -> None:
    """What was written is read again, in order; another key, a cut and a changed byte are refused."""
    (key, recipient), (other, _) = keys.make_key(), keys.make_key()
    file = tmp_path / "a"
    with archives.written(file, [recipient]) as add:
        for n in range(40):
            add(f"f{n}", b"%d killed\n" % n * 9000)
    with archives.read(file, key) as members:
        assert [(name, content.read()[:9]) for name, content in members][39] == ("f39", b"39 killed")
    archives.opens(file, key)
    for wrong in (other, None):
        with pytest.raises(Wrong), archives.read(file, wrong) as members:
            list(members)
    with pytest.raises(Wrong, match="is not opened by this key"):
        archives.opens(file, other)
    data = file.read_bytes()
    for damaged in (data[:-20], data[: len(data) // 2], data[:900] + bytes([data[900] ^ 1]) + data[901:], b""):
        file.write_bytes(damaged)
        with pytest.raises(Wrong), archives.read(file, key) as members:
            list(members)


def test_an_archive_that_fails_half_way_is_gone(tmp_path: Path) -> None:
    """An error while it is written leaves neither the archive nor a part of it."""

    def write() -> None:
        with archives.written(tmp_path / "a", [keys.make_key()[1]]) as add:
            add("here", b"1")
            add("nowhere", tmp_path / "nowhere")

    with pytest.raises(Wrong, match="cannot be written"):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("age") is None, reason="needs Debian's age (tools/faults.sh)")
def test_others_open_it_without_marsad(tmp_path: Path) -> None:
    """Debian's age and tar read an archive: a successor needs no marsad."""
    key, recipient = keys.make_key()
    (tmp_path / "key").write_text(f"# public key: {recipient}\n{key}\n")
    with archives.written(tmp_path / "a", [recipient]) as add:
        add("vault/ab", "قُتل 95".encode())
    read = f"age -d -i {tmp_path}/key {tmp_path}/a | tar xzO vault/ab"
    assert subprocess.run(["sh", "-c", read], capture_output=True, check=True).stdout.decode() == "قُتل 95"


def test_the_text_of_a_key_is_age_s_own() -> None:
    """A key put together from shares is letter by letter what age wrote: its checksum, too."""
    for _ in range(20):
        identity = pyrage.x25519.Identity.generate()
        shares = keys.split_key(str(identity), 2, 2)
        assert keys.join_key(shares) == str(identity)
