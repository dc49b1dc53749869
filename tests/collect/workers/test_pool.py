"""Workers: whatever a hostile file does to its parser, marsad goes on, nothing is written, nobody is called."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from marsad.collect.workers import Limits, Quarantined, Workers
from marsad.collect.workers.frames import ITEM, frame, unframe
from marsad.model import Wrong

QUICK = Limits(seconds=3, cpu=1)
linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own limits exist on Linux")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    sys.path.append(str(Path(__file__).parent))
    with Workers(2, QUICK) as made:
        yield made
    sys.path.remove(str(Path(__file__).parent))


def read(workers: Workers, parser: str, data: bytes = b"a\nb\n", /, **options: object) -> list[object]:
    return list(workers.read(f"parsers_at_fault:{parser}", data, name="hostile.bin", options=options))


def refusal(workers: Workers, parser: str, **options: object) -> str:
    with pytest.raises(Quarantined, match=r"hostile\.bin") as caught:
        read(workers, parser, b"a", **options)
    assert read(workers, "lines", b"next")  # the run goes on
    return caught.value.rule


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is dead and not yet fetched by the system's first process does not."""
    state = subprocess.run(["ps", "-o", "stat=", str(pid)], capture_output=True, check=False).stdout.strip()
    return state != b"" and not state.startswith(b"Z")


def test_what_a_parser_yields_comes_out_as_it_was(workers: Workers) -> None:
    """Strings of every script and raw bytes come out of a worker unchanged and in order."""
    assert read(workers, "lines", "الرقة\nRaqqa".encode()) == [
        {"number": 0, "line": "الرقة\n", "bytes": "الرقة\n".encode()},
        {"number": 1, "line": "Raqqa", "bytes": b"Raqqa"},
    ]


def test_a_file_is_read_from_its_path(workers: Workers, tmp_path: Path) -> None:
    """A path is opened by marsad and not by the worker, which may not even see the folder."""
    (tmp_path / "a.txt").write_bytes(b"one\ntwo\n")
    found = list(workers.read("parsers_at_fault:lines", tmp_path / "a.txt", name="a.txt", options={"most": 1}))
    assert found == [{"number": 0, "line": "one\n", "bytes": b"one\n"}]


def test_memory_is_limited(workers: Workers) -> None:
    """300 MB may be had, 600 MB may not, and the refusal says how much there is."""
    assert read(workers, "allocates", megabytes=300) == [300]
    assert "512 MB" in refusal(workers, "allocates", megabytes=600)


@pytest.mark.long
def test_time_is_limited(workers: Workers) -> None:
    """A parser that turns for ever is stopped by the processor's limit, one that sleeps for ever by the clock."""
    turning = workers.read("parsers_at_fault:turns_for_ever", b"", name="a", limits=Limits(seconds=60, cpu=1))
    with pytest.raises(Quarantined, match="1 seconds of processor time"):
        list(turning)
    start = time.monotonic()
    assert "longer than 3 seconds" in refusal(workers, "sleeps_for_ever")
    assert time.monotonic() - start < 60  # a limit, or none: it sleeps for days


@pytest.mark.long
def test_time_taken_over_the_items_is_not_the_parsers(workers: Workers) -> None:
    """Whoever takes long over what was found does not make the file look slow."""
    limits = Limits(seconds=2)
    read(workers, "lines")  # starts it, if it does not run
    taken = []
    for item in workers.read("parsers_at_fault:lines", b"a\nb\nc\n", name="a", limits=limits):
        time.sleep(0.8)
        taken.append(item)
    assert len(taken) == 3


def test_what_comes_out_is_limited(workers: Workers) -> None:
    """A file that unfolds without end is stopped at the number of bytes that was said."""
    limits = Limits(output=2_000_000)
    with pytest.raises(Quarantined, match="2,000,000 bytes"):
        list(workers.read("parsers_at_fault:says_for_ever", b"", name="a", limits=limits))


def test_what_was_found_before_a_fault_is_not_lost(workers: Workers) -> None:
    """Items come before the refusal of what followed them."""
    found = workers.read("parsers_at_fault:fails", b"", name="a")
    assert next(found) == 1
    with pytest.raises(Quarantined, match="KeyError: 'Root'"):
        next(found)


def test_a_parsers_own_words_come_through(workers: Workers) -> None:
    """A refusal by the parser names what it named, and is no quarantine of a killed worker."""
    with pytest.raises(Wrong, match=r'row 2: "x" is no row; make it one\.') as caught:
        read(workers, "refuses")
    assert not isinstance(caught.value, Quarantined)


def test_a_parser_cannot_call_anybody(workers: Workers) -> None:
    """No connection reaches a server that waits for one, and the refusal says that it was tried."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        assert "network" in refusal(workers, "connects", port=canary.getsockname()[1])
        canary.settimeout(0.1)
        with pytest.raises(TimeoutError):
            canary.accept()


@linux
def test_no_library_can_call_anybody(workers: Workers) -> None:
    """The kernel refuses a socket also to code that is not Python."""
    assert read(workers, "connects_below_python") == [False]


def test_a_parser_cannot_write_outside_its_folder(workers: Workers, tmp_path: Path) -> None:
    """A parser writes into its own empty folder and nowhere else."""
    assert read(workers, "writes_into_its_folder") == [["a.txt"]]
    assert read(workers, "writes_into_its_folder") == [["a.txt"]]
    assert "outside" in refusal(workers, "writes", path=str(tmp_path / "evil"))
    assert list(tmp_path.iterdir()) == []


@linux
def test_no_library_or_program_can_write_outside(workers: Workers, tmp_path: Path) -> None:
    """The kernel refuses it also to C libraries and to programs that a parser starts."""
    assert read(workers, "writes_below_python", path=str(tmp_path / "evil")) == [False]
    assert read(workers, "writes_by_a_program", path=str(tmp_path / "evil")) != ["0\n"]
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_parser_cannot_read_what_is_somebodys(workers: Workers, tmp_path: Path) -> None:
    """An entity that names a file of this machine finds nothing to read."""
    (tmp_path / "secret").write_text("a source's name", encoding="utf-8")
    assert "PermissionError" in refusal(workers, "reads", path=str(tmp_path / "secret"))


def test_a_dead_worker_is_one_refusal(workers: Workers) -> None:
    """A crash names its signal; a parser that leaves without a word is not taken for one that finished."""
    assert "SIGSEGV" in refusal(workers, "dies")
    assert "without a word" in refusal(workers, "leaves_without_a_word")
    assert "TypeError" in refusal(workers, "yields_what_is_no_value")


@pytest.mark.long
def test_programs_of_a_killed_worker_die_with_it(workers: Workers) -> None:
    """Nothing that a parser started outlives the limit on its time."""
    found = workers.read("parsers_at_fault:leaves_somebody_behind", b"", name="a", limits=Limits(seconds=3))
    pids = next(found)
    with pytest.raises(Quarantined, match="longer"):
        next(found)
    until = time.monotonic() + 60  # the kernel ends them in its own time
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, pids))


def test_who_stops_taking_stops_the_worker(workers: Workers) -> None:
    """A loop that is left early leaves no worker running, and the next file is read."""
    for _ in workers.read("parsers_at_fault:sleeps_for_ever", b"", name="a"):
        break
    assert read(workers, "lines") != []


def test_several_threads_read_side_by_side(workers: Workers) -> None:
    """Six files read by six threads through two workers each yield their own lines."""
    found: dict[int, list[object]] = {}

    def one(number: int) -> None:
        found[number] = read(workers, "lines", b"%d\n" % number)

    threads = [Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {n: [item["line"] for item in items] for n, items in found.items()} == {n: [f"{n}\n"] for n in range(6)}  # type: ignore[index]


def test_many_files_are_read_quickly(workers: Workers) -> None:
    """A Python that runs forks for each file: a hundred small files need no more starts of Python than the pool has places."""
    started_by = {read(workers, "says_who_started_it")[0] for _ in range(100)}
    assert len(started_by) <= 2


def test_bytes_survive_a_frame_and_no_frame_is_a_program() -> None:
    """Bytes inside lists and objects come back; what is no JSON, or nested without end, is a ValueError."""
    value = {"a": [b"\x00\xff", None, 1.5], "b": {"c": b""}}
    assert unframe(frame(ITEM, value)[5:]) == value
    for body in (b"\x80\x04.", b"[" * 100_000, b'{"\\u0000bytes": "?"}'):
        with pytest.raises(ValueError, match=r"."):
            unframe(body)


def test_a_missing_library_is_said_and_not_the_files_fault(workers: Workers) -> None:
    """Where a parser's library is not installed, the refusal names it and says how to get it; that is no quarantine."""
    with pytest.raises(Wrong, match=r"needs a_library_that_nobody_has.*pip install") as caught:
        read(workers, "lacks_a_library")
    assert not isinstance(caught.value, Quarantined)
