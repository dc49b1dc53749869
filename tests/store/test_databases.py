"""Stores that make themselves: one file, however many come for it at once."""

import threading
from pathlib import Path

import pytest

from marsad.store.collecting import Collecting
from marsad.store.desk import DeskStore
from marsad.store.public import PublicStore
from marsad.store.sealed import SealedStore


@pytest.mark.parametrize("store", [Collecting, DeskStore, PublicStore, SealedStore])
def test_several_that_come_at_once_get_one_store(tmp_path: Path, store: type[DeskStore]) -> None:
    """Eight start on an observatory that has no such file: all of them open it, and nothing else is left beside it."""
    for turn in range(4):
        place, gate, faults = tmp_path / f"{turn}.db", threading.Barrier(8), list[BaseException]()

        def come(place: Path = place, gate: threading.Barrier = gate, faults: list[BaseException] = faults) -> None:
            gate.wait()
            try:
                store(place).close()
            except BaseException as fault:  # noqa: BLE001 - told below
                faults.append(fault)

        threads = [threading.Thread(target=come) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert place.is_file()
    assert not [left.name for left in tmp_path.iterdir() if left.name.endswith((".making", ".partial"))]


def test_what_a_killed_start_left_does_not_stop_the_next(tmp_path: Path) -> None:
    """The lock's file and half a store stand there; nobody holds them."""
    place = tmp_path / "desk.db"
    for left in ("desk.db.making", "desk.db.partial", "desk.db.partial-wal"):
        (tmp_path / left).write_bytes(b"half")
    DeskStore(place).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.db"]
