"""Archives: what is in them comes out; bombs, links and names that point outside do not."""

import gzip
import io
import stat
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import within

from marsad.collect.unpack import Member, Room, members, outside, unzipped
from marsad.model import Wrong
from marsad.stage import Rejection


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    out.seek(0)
    return out


def read(stream: io.BytesIO, room: Room | None = None) -> list[tuple[str, bytes] | str]:
    return [
        (item.name, item.stream.read()) if isinstance(item, Member) else item.reason
        for item in members(stream, "a.zip", room)
    ]


def overlapping(count: int) -> io.BytesIO:
    """An archive of one megabyte of zeros that `count` names of its directory all claim as theirs."""
    one = zipped({"a": bytes(1 << 20)}).getvalue()
    at = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry, tail = one[at:end], bytearray(one[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    return io.BytesIO(one[:at] + entry * count + bytes(tail))


@given(st.dictionaries(st.text("abcرقة", min_size=1, max_size=8), st.binary(max_size=200), max_size=6))
def test_what_was_packed_comes_out(files: dict[str, bytes]) -> None:
    """Members come out under their names in any script, byte for byte and in order; a doubled name is refused."""
    plain = {name: data for name, data in files.items() if name.casefold() == name}
    assert read(zipped(plain)) == list(plain.items())


@pytest.mark.parametrize("name", ["../../evil", "/etc/cron.d/evil", "C:\\evil", "a/../../evil", "..\\evil"])
def test_names_that_point_outside_are_refused(name: str) -> None:
    """Neither dots nor roots nor drives, on either kind of slash; its neighbours are read."""
    good, bad = read(zipped({"good.txt": b"1", name: b"2"}))
    assert good == ("good.txt", b"1")
    assert isinstance(bad, str)
    assert "points out" in bad


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_are_refused(kind: int) -> None:
    """A link's target is never followed: what it names is not in the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert ["link or a device" in str(item) for item in read(out)] == [True]


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    """Dense, many, huge and overlapping members are refused from the directory alone, in less than a second."""
    dense = zipped({"a.txt": bytes(50 << 20)})
    many = zipped({f"{number}.txt": b"" for number in range(2000)})
    with within(3):
        with pytest.raises(Wrong, match="100 times"):
            read(dense)
        with pytest.raises(Wrong, match="are more than the 1,000"):
            read(many, Room(entries=1000))
        with pytest.raises(Wrong, match="may unfold to"):
            read(zipped({"a": bytes(2000)}, zipfile.ZIP_STORED), Room(total=1000))
        with pytest.raises(Wrong, match="overlaps"):
            read(overlapping(20), Room(ratio=10**9))


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    """Where a member unfolds to more than its directory says, no more than that is ever unpacked."""
    data = bytearray(zipped({"a": b"x" * 5000}).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Wrong, match="damaged"):
        read(io.BytesIO(bytes(data)))


@given(st.binary(max_size=300))
def test_bytes_that_are_no_archive_are_refused(data: bytes) -> None:
    """Whatever the bytes, the answer is members, rejections or Wrong, and no other error."""
    try:
        read(io.BytesIO(data))
    except Wrong as wrong:
        assert wrong.subject.startswith("a.zip")  # noqa: PT017


@given(st.data())
def test_damaged_archives_are_refused(draw: st.DataObject) -> None:
    """An archive with bytes changed anywhere gives members, rejections or Wrong, and no other error."""
    data = bytearray(zipped({"a.txt": b"hello" * 50, "b.txt": bytes(300)}).getvalue())
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    for item in _taken(bytes(data)):
        assert isinstance(item, Member | Rejection)


def _taken(data: bytes) -> list[object]:
    taken: list[object] = []
    try:
        for item in members(io.BytesIO(data), "a.zip"):
            taken.append(item)
            if isinstance(item, Member):
                item.stream.read()
    except Wrong:
        pass
    return taken


@pytest.mark.long
def test_a_gzip_bomb_is_stopped_at_its_room() -> None:
    """2 MB that unfold to 2 GB are stopped after what there is room for, not after 2 GB."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    stream = unzipped(io.BytesIO(bomb), "a.gz", len(bomb))
    taken = [0]

    def take() -> None:
        while data := stream.read(1 << 20):
            taken.append(len(data))

    with pytest.raises(Wrong, match="unfolds"):
        take()
    assert sum(taken) <= 100 * len(bomb)


def test_an_honest_gzip_is_read() -> None:
    """What was packed comes out, also where text is very regular."""
    text = b"killed,1\n" * 100_000
    packed = gzip.compress(text)
    assert unzipped(io.BytesIO(packed), "a.gz", len(packed)).read() == text


def test_outside_is_about_the_path_and_not_about_dots() -> None:
    """Names with dots inside a word are plain names."""
    assert not outside("2014..11.26/report...txt")


@pytest.mark.parametrize(("at", "byte"), [(26, 0), (28, 1), (30, 0xCB)])
def test_archives_that_broke_the_reader_once(at: int, byte: int) -> None:
    """A member without a name, or whose own header names it otherwise or in no letters, is refused and stops nothing."""
    data = bytearray(zipped({"é.txt": b"hello"}).getvalue())
    directory = data.index(b"PK\x01\x02")
    data[at] = byte
    if byte == 0:
        data[directory + 28 : directory + 30] = b"\0\0"
    assert all(isinstance(item, Member | Rejection) for item in _taken(bytes(data)))
