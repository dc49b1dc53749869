"""The machine is seized while it works: of a thousand planted contacts not one is found, wherever one looks."""

import json
import os
import random
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from searching import files, hits

from marsad.model import KeyRole
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.sources import Sources
from marsad.preserve import keys

MARSAD = [sys.executable, "-c", "from marsad.cli import main; main(prog_name='marsad')"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
_FIRST = ("نور الهدى", "Khalīl", "أحمد", "Dżamila", "Олександра", "سلمى", "Yusuf", "María")
_LAST = ("الحلبي", "al-Khatib", "إسماعيل", "Petrenko", "القُدسيّ", "Núñez")


def contacts(count: int) -> list[dict[str, str]]:
    """Return made-up people with a telephone number each; every name and every number stands once."""
    rng = random.Random(2014)  # noqa: S311
    numbers = rng.sample(range(10**8, 10**9), count)
    return [
        {"name": f"{rng.choice(_FIRST)} {rng.choice(_LAST)} {number % 99991:05}", "phone": f"+963 {number}"}
        for number in numbers
    ]


def memory(pid: int) -> bytes:
    """Return all memory that a process can write to: what a core dump holds."""
    out = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as image:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            start, end, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line).groups()  # type: ignore[union-attr]
            if not rights.startswith("rw"):  # what a core dump leaves out, too: programs as they lie on the disk
                continue
            try:
                image.seek(int(start, 16))
                out.append(image.read(int(end, 16) - int(start, 16)))
            except (OSError, ValueError, OverflowError):
                continue
    return b"".join(out)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: the memory of another process is searched")
@pytest.mark.soak
@pytest.mark.parametrize("count", [1000])
def test_nothing_is_found_on_a_seized_machine(tmp_path: Path, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Databases, logs, temporary files, backups and memory: raw, UTF-16, base64, packed and normalised."""
    obs = Observatory.init(tmp_path / "obs", "seized", NOW)
    key, recipient = keys.make_key()
    with obs.kept() as kept:
        Sources(obs, kept, os.urandom).trust(recipient, "team", KeyRole.RECOVERY, NOW)
    planted = contacts(count)
    lines = "".join(
        json.dumps({"source": f"s{n}", "contact": c}, ensure_ascii=False) + "\n" for n, c in enumerate(planted)
    )
    log, scratch = tmp_path / "log", tmp_path / "tmp"
    scratch.mkdir()
    env = {**os.environ, "TMPDIR": str(scratch)}
    said = log.open("wb")
    desk = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("sealing_desk.py")), str(obs.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        env=env,
        text=True,
        encoding="utf-8",
    )
    assert desk.stdin is not None
    assert desk.stdout is not None
    try:
        desk.stdin.write(lines)
        desk.stdin.close()
        assert desk.stdout.readline() == f"{count} sealed\n", log.read_text()
        core = memory(desk.pid)
    finally:
        desk.kill()
        desk.wait()
        desk.stdout.close()
        said.close()
    with log.open("ab") as said:
        backup = [*MARSAD, "backup", str(obs.path), str(tmp_path / "backup")]
        subprocess.run(backup, stdout=said, stderr=said, env=env, check=True)
        for command in (["source", "list"], ["verify"], ["custody"]):
            subprocess.run([*MARSAD, *command, str(obs.path)], stdout=said, stderr=said, env=env, check=True)
        bag = [*MARSAD, "bag", str(obs.path), str(tmp_path / "bag"), "--to", "the court"]
        subprocess.run(bag, stdout=said, stderr=said, env=env, check=True)
    words = [word for contact in planted for word in (contact["name"], contact["phone"], contact["phone"][5:])]
    assert len(core) > 10_000_000, "the memory of the process was read"
    assert b"Observatory" in core
    assert (tmp_path / "backup.sealed").stat().st_size > count * 500
    searched = [*files(tmp_path), ("memory", core)]
    with capsys.disabled():
        size = sum(len(data) for _, data in searched)
        sys.stdout.write(f"[{count} contacts, {len(searched)} places, {size / 1e6:.0f} MB searched] ")
    assert hits(searched, words) == []

    (tmp_path / "key").write_text(key)
    show = [*MARSAD, "source", "open", str(obs.path), "s7", "--key", str(tmp_path / "key"), "--reader", "team"]
    shown = subprocess.run([*show, "--reason", "control"], capture_output=True, check=True).stdout
    assert json.loads(shown) == planted[7], "what was not found is there, for those with the key"


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """The control: planted raw, in UTF-16, in base64, packed, and normalised otherwise, each is found."""
    import base64
    import gzip
    import unicodedata
    import zlib

    (contact,) = contacts(1)
    name = contact["name"]
    for number, data in enumerate(
        (
            f"...{name}...".encode(),
            f"...{name}...".encode("utf-16-be"),
            base64.b64encode(f".{name} and more".encode()),
            base64.b64encode(f"..{name} and more".encode()),
            b"xx" + gzip.compress(f"a report by {name}".encode()),
            b"xx" + zlib.compress(f"a report by {name}, long enough to be looked at: {name * 9}".encode()),
            unicodedata.normalize("NFD", name).encode(),
            name[::-1].encode(),
        )
    ):
        (tmp_path / f"{number}").write_bytes(data)
    found = hits(files(tmp_path), [name])
    assert {Path(hit.split(" ")[0].rstrip(":")).name for hit in found} == {str(number) for number in range(8)}


def test_the_process_that_seals_dumps_no_core(tmp_path: Path) -> None:
    """The process that sees the words cannot dump its core, and another of the same user cannot look into it."""
    _, recipient = keys.make_key()
    command = [sys.executable, "-m", "marsad.preserve.sealing", "seal-lines", recipient]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(b'{"source": "s", "contact": "x"}\n')
        process.stdin.flush()
        limits = ""
        for _ in range(6000):
            limits = Path(f"/proc/{process.pid}/limits").read_text()
            if re.search(r"Max core file size +0 +0 ", limits):
                break
            import time

            time.sleep(0.05)
        assert re.search(r"Max core file size +0 +0 ", limits)
        owner = Path(f"/proc/{process.pid}/mem").stat().st_uid
        assert owner == 0, "not dumpable: its memory belongs to root"
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()
