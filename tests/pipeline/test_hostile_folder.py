"""A folder full of hostile files: nothing hangs, nothing is written outside, nobody is called, each is kept with its reason."""

import io
import os
import resource
import stat
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from servers import answer, serving

from marsad.collect.particulars import Particulars
from marsad.collect.workers import Limits, Workers
from marsad.pipeline.collecting import Collector
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import Receipt, WriteService
from marsad.store.collecting import Collecting

pytest.importorskip("feedparser", reason="needs the extra `collect`")

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def zipped(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        for name, target in (links or {}).items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, target)
    return out.getvalue()


def packed(pieces: int) -> bytes:
    """Return a gzip of so many megabytes of zeros."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(pieces)) + packer.flush()


def overlapping() -> bytes:
    one = zipped({"a.txt": bytes(5 << 20)})
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    tail = bytearray(one[end:])
    tail[8:12], tail[12:16] = (500).to_bytes(2, "little") * 2, ((end - at) * 500).to_bytes(4, "little")
    return one[:at] + one[at:end] * 500 + bytes(tail)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def book(sheet: bytes, **more: bytes) -> bytes:
    kinds = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    names = (
        b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        b'<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    files = {"[Content_Types].xml": kinds, "xl/workbook.xml": names, "xl/worksheets/sheet1.xml": sheet}
    return zipped(files | {name.replace("__", "/"): data for name, data in more.items()})


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "dense.zip": lambda _: zipped({"_chat.txt": bytes(200 << 20)}),
    "overlap.zip": lambda _: overlapping(),
    "outside.zip": lambda _: zipped({"../../../evil.txt": b"evil", "/tmp/evil.txt": b"evil"}),
    "links.zip": lambda _: zipped({}, {"_chat.txt": "/etc/passwd"}),
    "dense.xlsx": lambda _: book(SHEET.encode() + b"<row><c><v>1</v></c></row>" * 4_000_000),
    "laughs.xlsx": lambda _: book((LAUGHS + SHEET + "<row><c><v>&l9;</v></c></row>").encode()),
    "laughs.docx": lambda _: zipped({"word/document.xml": (LAUGHS + WORD + "<w:p><w:r><w:t>&l9;").encode()}),
    "entity.docx": lambda port: zipped(
        {"word/document.xml": f'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/">]>{WORD}&x;'.encode()}
    ),
    "dense.docx": lambda _: zipped({"word/document.xml": WORD.encode() + b"<w:p/>" * 20_000_000}),
    "pixels.png": lambda _: png(50_000, 50_000),
    "cut.pdf": lambda _: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 9>>",
    "loop.pdf": lambda _: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]/Count 999999999>>endobj"
    ),
    "broken.warc": lambda _: (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
    ),
    "bomb.warc.gz": lambda _: packed(200),
    "nested.html": lambda _: b"<div>" * 1_000_000,
    "nested.json": lambda _: b"[" * 5_000_000,
    "garbage.txt": lambda _: bytes(range(256)) * 100,
    "what.xyz": lambda _: b"?",
    "empty.txt": lambda _: b"",
    "half.eml": lambda _: b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n" * 100_000,
}


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Collector]:
    obs = Observatory.init(tmp_path / "obs", "test", datetime(2026, 11, 22, tzinfo=UTC))
    with ExitStack() as stack:
        kept = stack.enter_context(obs.kept())
        state = stack.enter_context(Collecting(tmp_path / "collecting.db"))
        workers = stack.enter_context(Workers(1, Limits(seconds=60, cpu=10)))
        service = WriteService(kept, obs.vault, os.urandom)
        yield Collector(service, state, workers, lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))


def processor() -> float:
    """Return the seconds of the processor's time that this process took, and those of its own that have ended."""
    return sum(os.times()[:4])


def files_outside(*folders: Path) -> set[str]:
    return {str(path) for folder in folders for path in folder.glob("*")}


@pytest.mark.long
def test_every_hostile_file_is_kept_with_its_reason_and_the_good_one_is_read(
    collector: Collector, tmp_path: Path
) -> None:
    """Twenty files made to harm and one report: the report is taken in, each of the others is in quarantine, in seconds."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with serving({"/": answer(b"secret")}) as canary:
        for name, made in HOSTILE.items():
            (inbox / name).write_bytes(made(canary.port))
        (inbox / "good.txt").write_text("Nine people were killed in Harbour Town.", encoding="utf-8")
        (inbox / "passwd.txt").symlink_to("/etc/passwd")
        os.mkfifo(inbox / "pipe.txt")
        for path in inbox.iterdir():
            if not path.is_symlink():
                os.utime(path, (0, 0))
        before = files_outside(Path("/tmp"), tmp_path)
        held, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, processor()
        events = list(collector.watch(inbox, Particulars("Harbour Desk")))
        took = processor() - start
        assert canary.requests == []
    assert [e.name for e in events if isinstance(e, Receipt)] == [str(inbox / "good.txt")]
    with collector.service._kept.read() as reading:
        kept = {Path(row["name"]).name for row in reading.quarantined()}
    assert kept == set(HOSTILE)
    assert {Path(row["name"]).name for row in collector.state.refusals()} == {"passwd.txt", "pipe.txt"}
    assert took < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < 300_000  # kB
    new = files_outside(Path("/tmp"), tmp_path) - before
    assert not {path for path in new if "evil" in path}


SLOW = 1.0
"""Seconds within which a hostile file is refused, Python and the parser being loaded."""


@pytest.mark.fuzz
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_each_is_refused_at_once(name: str, collector: Collector, tmp_path: Path) -> None:
    """The best of four tries is less than a second, or its worker is killed at its limit; and all in 512 MB."""
    took = []
    said: list[str] = []
    for turn in range(4):  # the first one starts Python and loads the parser
        folder = tmp_path / f"in{turn}"
        folder.mkdir()
        (folder / name).write_bytes(HOSTILE[name](9))
        os.utime(folder / name, (0, 0))
        start = time.monotonic()
        events = list(collector.watch(folder, Particulars("Desk"), f"watch {turn}"))
        took.append(time.monotonic() - start)
        assert not [event for event in events if isinstance(event, Receipt)]
        said += map(str, events)
    assert min(took) < SLOW or any("seconds" in one for one in said)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 512 * 1024  # kB


def test_reading_never_takes_more_than_half_a_gigabyte() -> None:
    """Whatever it reads, a process that reads files with the standard limits may not hold more than 512 MB."""
    code = (
        "import resource,sys,tempfile; from pathlib import Path; from marsad.collect.workers.confine import confine;"
        "confine(Path(tempfile.mkdtemp()), 512<<20, 20, 64, 1<<20);"
        "sys.exit(resource.getrlimit(resource.RLIMIT_AS)[1] != 512<<20)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
