"""A vault in a store of objects (S3 and alike), through obstore: objects named by their SHA-256, each put only once.

Nothing is overwritten: a put asks the store to refuse if the name is taken. What is taken already must hold the same bytes.
"""

import hashlib
import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from marsad.failpoint import reached
from marsad.model import Sha256, Wrong
from marsad.preserve.difference import Difference
from marsad.preserve.vault import sha256_of
from marsad.preserve.vaults import Found

_AT_ONCE = 8
"""Puts under way side by side: a store far away answers slowly, not rarely."""

_KEY = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")


class ObjectVault:
    """The bytes under an address such as s3://bucket/folder, at ab/cd/<sha256> below it.

    Raises Wrong without the extra `preserve`, or for an address that cannot be used.
    """

    def __init__(self, address: str, options: Mapping[str, str]) -> None:
        """Open the vault; `options` (endpoint, region …) are passed on, keys come from the environment (AWS_…)."""
        self.address = address.rstrip("/")
        self._obstore = _module("obstore")
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.netloc:
            raise Wrong(
                "vault", address, "is not the address of a store of objects", 'write vault = "s3://bucket/folder"'
            )
        client = {"allow_http": True} if options.get("endpoint", "").startswith("http://") else {}
        try:
            prefix = parts.path.strip("/") or None
            store = _module("obstore.store").S3Store
            self._store = store(parts.netloc, prefix=prefix, client_options=client, **options)
        except Exception as fault:
            raise Wrong("vault", address, f"cannot be opened ({fault})", "check address and options") from fault

    def put_many(self, items: Sequence[bytes]) -> list[Sha256]:
        """Return the SHA-256 of each item once the store has said that all of them are kept.

        Raises Wrong where it refuses, or holds other bytes under one of the names: then nothing may be taken as kept.
        """
        wanted = {sha256_of(data): data for data in items}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._put, wanted.items()))
        return [sha256_of(data) for data in items]

    def batches(self) -> AbstractContextManager[None]:
        """Change nothing: each put is kept for good by itself."""
        return nullcontext()

    def get(self, sha256: Sha256) -> bytes:
        """Return the bytes; raises Wrong where they are missing or are no longer the ones received."""
        key = _key(sha256)
        try:
            data = bytes(self._obstore.get(self._store, key).bytes())
        except Exception as fault:
            raise self._wrong(key, "cannot be read", fault) from fault
        found = sha256_of(data)
        if found != sha256:
            rule = "is not the SHA-256 under which it was received"
            raise Wrong(f"{self.address}/{key}", found, rule, "restore this object from a backup")
        return data

    def holds(self, sha256: Sha256, size: int) -> bool:
        """Return whether an object of this size stands under this name; its bytes are not read."""
        try:
            found: int = self._obstore.head(self._store, _key(sha256))["size"]
        except FileNotFoundError:
            return False
        except Exception as fault:
            raise self._wrong(_key(sha256), "cannot be asked about", fault) from fault
        return found == size

    def put_file(self, path: Path) -> Sha256:
        """Return the SHA-256 of a file's bytes once they are kept; the file is read into memory, one put being one object."""
        return self.put_many([path.read_bytes()])[0]

    def where(self, sha256: Sha256) -> str:
        """Return where these bytes stand or would stand, for people."""
        return f"{self.address}/{_key(sha256)}"

    def found(self, strays: list[Difference], after: str = "") -> Iterator[Found]:
        """Yield every object that stands where evidence stands, by name, from behind `after`; all else goes into `strays`."""
        offset = _key(Sha256(after)) if after else None
        for batch in self._obstore.list(self._store, offset=offset):
            for entry in sorted(batch, key=lambda one: str(one["path"])):
                place = _KEY.fullmatch(entry["path"])
                if place is None:
                    subject = ascii(f"{self.address}/{entry['path']}")[1:-1]
                    strays.append(Difference(subject, "an object", "only evidence", "move it out of the vault"))
                else:
                    yield Found(place[3], partial(self._measure, entry["path"]))

    def _put(self, item: tuple[Sha256, bytes]) -> None:
        sha256, data = item
        key = _key(sha256)
        reached("vault-write")
        try:
            self._obstore.put(self._store, key, data, mode="create", use_multipart=False)
        except self._obstore.exceptions.AlreadyExistsError:
            self.get(sha256)  # raises Wrong where other bytes stand there: nothing is ever put over them
        except Exception as fault:
            raise self._wrong(key, "cannot be written", fault) from fault

    def _measure(self, key: str) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0
        try:
            for piece in self._obstore.get(self._store, key).stream():
                digest.update(piece)
                size += len(piece)
        except Exception as fault:
            raise OSError(str(fault)[:200]) from fault
        return size, digest.hexdigest()

    def _wrong(self, key: str, rule: str, fault: Exception) -> Wrong:
        said = " ".join(str(fault).split())[:200]
        return Wrong(f"{self.address}/{key}", None, f"{rule}: {said}", "check the store, then try again")


def _key(sha256: Sha256) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as fault:
        raise Wrong("obstore", None, "is not installed", "pip install 'marsad[preserve]'") from fault
