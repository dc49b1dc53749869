"""An observatory whose stores are opened once for reading: for servers, where each page would open them anew."""

from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from marsad.model import Wrong
from marsad.pipeline.observatory import DERIVED, KEPT, Observatory
from marsad.store.derived import Derived
from marsad.store.kept import Kept
from marsad.store.search import FILE as INDEX
from marsad.store.search import SearchStore

_IDLE = 8
"""Indexes kept open for the next pages; a ninth page at once opens one more."""


class _HeldKept(Kept):
    def close(self) -> None:
        """Stay open for the next reader."""

    def let_go(self) -> None:
        """Let go of the database."""
        super().close()


class _HeldDerived(Derived):
    def close(self) -> None:
        """Stay open for the next reader."""

    def let_go(self) -> None:
        """Let go of the database."""
        super().close()


class Held(Observatory):
    """An observatory for many threads: what is opened for reading stays open and is shared, until `let_go`.

    A store whose file somebody put another in place of, or removed, is opened anew.
    """

    def __init__(self, plain: Observatory) -> None:
        """Hold the stores of `plain`."""
        names = Observatory.__dataclass_fields__
        super().__init__(**{name: getattr(plain, name) for name in names})
        held = {"plain": plain, "_lock": Lock(), "_open": {}, "_idle": [], "faults": []}
        for name, value in held.items():
            object.__setattr__(self, name, value)

    plain: Observatory
    faults: list[Wrong]
    """What went wrong beside the pages; the next one says it."""
    _lock: Lock
    _open: dict[str, tuple[tuple[int, ...], _HeldKept | _HeldDerived]]
    _idle: list[tuple[tuple[int, ...], SearchStore]]

    def kept(self, *, read_only: bool = False) -> Kept:
        """Return what is kept: shared where it is opened for reading alone."""
        if not read_only:
            return self.plain.kept()
        found = self._shared(KEPT)
        assert isinstance(found, Kept)  # noqa: S101 - for the type checker
        return found

    def derived(self, *, read_only: bool = False) -> Derived:
        """Return what is derived: shared where it is opened for reading alone."""
        if not read_only:
            return self.plain.derived()
        found = self._shared(DERIVED)
        assert isinstance(found, Derived)  # noqa: S101 - for the type checker
        return found

    def _shared(self, name: str) -> _HeldKept | _HeldDerived:
        with self._lock:
            which = (0,) if self.store else _which(self.path / name)
            seen, held = self._open.get(name, ((), None))
            if held is None or seen != which:
                with self.plain.kept(read_only=True) if name == KEPT else self.plain.derived(read_only=True):
                    pass  # says in its own words what is missing
                made = _HeldKept if name == KEPT else _HeldDerived
                self._open[name] = (which, made(self.place(name), read_only=True))
                if held is not None:
                    held.let_go()
            return self._open[name][1]

    def take_index(self) -> SearchStore | None:
        """Return an index that is open and idle, None where none is."""
        which = self.files()
        with self._lock:
            while self._idle:
                seen, index = self._idle.pop()
                if seen == which:
                    return index
                index.close()
        return None

    def give_index(self, index: SearchStore, which: tuple[int, ...]) -> None:
        """Keep an index open for the next page; `which` are the `files` there were when it was opened."""
        with self._lock:
            if len(self._idle) < _IDLE:
                self._idle.append((which, index))
                return
        index.close()

    def files(self) -> tuple[int, ...]:
        """Return a mark of the files behind the index: another one once somebody put others in their place."""
        return tuple(n for name in (INDEX, KEPT, DERIVED) for n in (*_which(self.path / name), 0))

    def let_go(self) -> None:
        """Close everything."""
        with self._lock, ExitStack() as closing:
            for _, held in self._open.values():
                closing.callback(held.let_go)
            for _, index in self._idle:
                closing.callback(index.close)
            self._open.clear()
            self._idle.clear()


def _which(path: Path) -> tuple[int, ...]:
    """Return which file this is, () for none: another one in its place has another number."""
    try:
        told = path.stat()
    except OSError:
        return ()
    return (told.st_dev, told.st_ino)
