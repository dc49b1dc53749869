"""The check of the vault against the store: everything that differs is named, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from marsad.preserve.difference import Difference
from marsad.preserve.fixity import differences
from marsad.preserve.shelves import INCOMING
from marsad.preserve.vault import Vault

DATA = [f"report {i}".encode() for i in range(40)]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault.create(tmp_path / "vault")
    made.put_many(DATA)
    return made


def known(data: Sequence[bytes], vault: Vault) -> list[tuple[str, int]]:
    return sorted((name, len(item)) for name, item in zip(vault.put_many(data), data, strict=True))


def check(vault: Vault, evidence: list[tuple[str, int]]) -> list[Difference]:
    return list(differences(vault, evidence, lambda: None))


def test_nothing_differs(vault: Vault) -> None:
    """A vault as it was filled has no differences, and each name is counted once."""
    ticks: list[int] = []
    assert list(differences(vault, known(DATA, vault), lambda: ticks.append(1))) == []
    assert len(ticks) == len(DATA)


def test_missing_changed_cut_and_unknown(vault: Vault) -> None:
    """A missing, a changed, a shortened and an unknown file are each told by name, with what was found."""
    evidence = known(DATA, vault)
    (gone, _), (changed, size), (cut, _), (unknown, _), *_ = evidence
    vault.path(gone).unlink()  # type: ignore[arg-type]
    for name, data in ((changed, b"x" * size), (cut, b"x")):
        vault.path(name).chmod(0o600)  # type: ignore[arg-type]
        vault.path(name).write_bytes(data)  # type: ignore[arg-type]
    found = {d.subject[-64:]: d for d in check(vault, [e for e in evidence if e[0] != unknown])}
    assert found[gone].found == "no file"
    assert found[changed].found.startswith("bytes whose SHA-256 is")
    assert (found[cut].found, found[cut].expected) == ("1 bytes", f"{size} bytes")
    assert found[unknown].found == "a file not in the store"
    assert [name for name, d in found.items() if d.harmless] == [unknown]
    assert len(found) == 4


def test_an_unknown_file_whose_name_lies_is_not_harmless(vault: Vault) -> None:
    """A file not in the store is a harmless leftover only if its name is the hash of its bytes."""
    forged = vault.root / "ab" / "cd" / ("abcd" + "0" * 60)
    forged.parent.mkdir(parents=True)
    forged.write_bytes(b"forged")
    (difference,) = check(vault, known(DATA, vault))
    assert not difference.harmless
    assert "a file not in the store, whose SHA-256 is" in difference.found


def test_what_does_not_belong_is_told(vault: Vault) -> None:
    """Links, stray files and folders, wrong places and wrong names are differences; half-written files are harmless."""
    evidence = known(DATA, vault)
    name = evidence[0][0]
    real = vault.root / name[:2] / name[2:4] / name
    data = real.read_bytes()
    (vault.root / "copy").write_bytes(data)
    real.rename(vault.root / "copy")
    real.symlink_to(vault.root / "copy")
    (vault.root / name[:2] / "zz").mkdir()
    (vault.root / name[:2] / name[2:4] / ("f" * 64)).write_bytes(b"")
    (vault.root / INCOMING / "half").write_bytes(b"")
    found = check(vault, evidence)
    told = {d.subject.removeprefix("vault/"): d.found for d in found}
    place = f"{name[:2]}/{name[2:4]}"
    assert told == {
        f"{place}/{name}": told[f"{place}/{name}"],
        "copy": "something that does not belong here",
        f"{name[:2]}/zz": "something that does not belong here",
        f"{place}/{'f' * 64}": "a name that is no evidence's",
        f"{INCOMING}/half": "a half-written file",
    }
    assert {d.found for d in found if name in d.subject} == {"no file", "something that is not a regular file"}
    assert [d.subject for d in found if d.harmless] == [f"vault/{INCOMING}/half"]


def test_a_vault_that_is_gone(tmp_path: Path) -> None:
    """Without a vault, the folder and every piece of evidence is missing."""
    found = check(Vault(tmp_path / "none"), [("0" * 64, 3)])
    assert {d.found for d in found} == {"no file", "a folder that cannot be read (No such file or directory)"}
