"""The vault in a store of objects: an S3 server on this machine; what is there is never put over."""

import hashlib
import os
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import Sha256, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.preserve.difference import Difference
from marsad.preserve.object_vault import ObjectVault
from marsad.preserve.vault import sha256_of

obstore = pytest.importorskip("obstore", reason="needs the extra `preserve`")
moto = pytest.importorskip("moto.server", reason="needs moto, a server of S3 for tests")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def vault(endpoint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ObjectVault:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    bucket = f"b{abs(hash(request.node.name)) % 10**9}"
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{bucket}", method="PUT"))  # noqa: S310
    return ObjectVault(f"s3://{bucket}/evidence", {"endpoint": endpoint, "region": "us-east-1"})


def raw_put(vault: ObjectVault, key: str, data: bytes) -> None:
    obstore.put(vault._store, key, data)


@pytest.mark.long
def test_put_once_and_got_back(vault: ObjectVault) -> None:
    """Bytes come back as they were; the same again is recognised and changes nothing."""
    items = [f"قُتل {n}".encode() for n in range(20)] + [b""]
    names = vault.put_many(items)
    assert names == [hashlib.sha256(item).hexdigest() for item in items]
    assert vault.put_many(items[:3]) == names[:3]
    assert [vault.get(name) for name in names] == items
    assert vault.holds(names[0], len(items[0]))
    assert not vault.holds(names[0], 3)
    assert not vault.holds(sha256_of(b"other"), 5)


def test_nothing_is_put_over_what_is_there(vault: ObjectVault) -> None:
    """Where other bytes stand under the name, the intake is refused and they stay as they are: somebody has to look."""
    name = sha256_of(b"95 killed")
    key = f"{name[:2]}/{name[2:4]}/{name}"
    raw_put(vault, key, b"forged")
    with pytest.raises(Wrong, match="is not the SHA-256 under which it was received"):
        vault.put_many([b"95 killed"])
    assert bytes(obstore.get(vault._store, key).bytes()) == b"forged"


def test_what_lies_there_is_found_in_order(vault: ObjectVault) -> None:
    """Every object by name with its size and hash, from any name on; what is no evidence is named."""
    names = sorted(vault.put_many([b"%d" % n for n in range(30)]))
    raw_put(vault, "notes.txt", b"x")
    strays: list[Difference] = []
    assert [found.name for found in vault.found(strays)] == names
    assert [one.found for one in strays] == ["an object"]
    assert [found.name for found in vault.found([], names[9])] == names[10:]
    assert [found.measure()[1] for found in vault.found([])] == names


def test_an_observatory_on_it(vault: ObjectVault, endpoint: str, tmp_path: Path) -> None:
    """Reports go there, are read from there, and `verify` finds an object that was changed there."""
    obs = Observatory.init(tmp_path / "obs", "far", NOW)
    with (obs.path / "marsad.toml").open("a") as settings:
        settings.write(
            f'vault = "{vault.address}"\nvault_options = {{ endpoint = "{endpoint}", region = "us-east-1" }}\n'
        )
    obs = Observatory.open(obs.path)
    with obs.kept() as kept:
        items = [Incoming("r", b"%d killed" % n, "Radio", date(2014, 11, 26)) for n in range(5)]
        WriteService(kept, obs.vault, os.urandom).receive(items, NOW)
        with kept.read() as reading:
            assert [text.text for text in obs.texts(reading.reports())] == [f"{n} killed" for n in range(5)]
    assert verify_observatory(obs.path) == []
    assert [path for path in (obs.path / "vault").rglob("*") if path.is_file()] == []
    name = sha256_of(b"3 killed")
    raw_put(vault, f"{name[:2]}/{name[2:4]}/{name}", b"9 killed")
    (found,) = verify_observatory(obs.path)
    assert name in found.subject


def test_a_store_that_does_not_answer(vault: ObjectVault) -> None:
    """Where the bucket is none, nothing is taken as kept, and the message names the object."""
    far = ObjectVault("s3://nowhere-at-all/x", dict(vault_options(vault)))
    with pytest.raises(Wrong, match=r"s3://nowhere-at-all/x/.*cannot be written"):
        far.put_many([b"1"])
    with pytest.raises(Wrong, match="cannot be read"):
        far.get(Sha256("ab" * 32))


def vault_options(vault: ObjectVault) -> dict[str, str]:
    return {"endpoint": vault._store.config["endpoint"], "region": "us-east-1"}


@pytest.mark.parametrize("address", ["", "bucket", "http://x", "s3://", "file:///tmp/x"])
def test_addresses_that_are_none(address: str) -> None:
    """What is no address of a store is told back, with the form of one."""
    with pytest.raises(Wrong, match="is not the address of a store of objects"):
        ObjectVault(address, {})


def test_settings_hold_no_secrets(tmp_path: Path) -> None:
    """A vault's address that is none, and options that are no words, are refused when the observatory is opened."""
    obs = Observatory.init(tmp_path / "obs", "far", NOW)
    settings = obs.path / "marsad.toml"
    whole = settings.read_text()
    for line, said in (("vault = 7", "is not the address"), ("vault_options = { a = 7 }", "is not a table of words")):
        settings.write_text(f"{whole}\n{line}\n")
        with pytest.raises(Wrong, match=said):
            Observatory.open(obs.path)
