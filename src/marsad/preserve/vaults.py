"""What a vault is, wherever its bytes lie: on a disk, or in a store of objects elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from marsad.model import Sha256
from marsad.preserve.difference import Difference


@dataclass(frozen=True, slots=True)
class Found:
    """Something lies in a vault under `name`; `measure` reads it to its end and returns its size and its SHA-256.

    `measure` raises OSError where it cannot be read.
    """

    name: str
    measure: Callable[[], tuple[int, str]]


class AnyVault(Protocol):
    """Keeps bytes under their SHA-256, written once."""

    def put_many(self, items: Sequence[bytes]) -> list[Sha256]:
        """Return the SHA-256 of each item once all of them are kept for good; raises Wrong where that fails."""
        ...

    def batches(self) -> AbstractContextManager[None]:
        """Within the `with` many batches are put; they are kept for good one by one, as ever, but together at less cost."""
        ...

    def put_file(self, path: Path) -> Sha256:
        """Return the SHA-256 of a file's bytes once they are kept for good; raises Wrong where that fails."""
        ...

    def where(self, sha256: Sha256) -> str:
        """Return where these bytes stand or would stand, for people."""
        ...

    def get(self, sha256: Sha256) -> bytes:
        """Return the bytes; raises Wrong where they are missing or are no longer the ones received."""
        ...

    def holds(self, sha256: Sha256, size: int) -> bool:
        """Return whether something of this size stands under this name; its bytes are not read."""
        ...

    def found(self, strays: list[Difference], after: str = "") -> Iterator[Found]:
        """Yield what lies where evidence lies, by name, from behind the name `after`; put all else into `strays`."""
        ...
