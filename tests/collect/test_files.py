"""Reports in files and folders, and what hostile ones can do: nothing."""

import io
import os
from datetime import date
from pathlib import Path

import pytest

from marsad.collect.files import gather, gather_stream
from marsad.collect.incoming import Incoming
from marsad.collect.particulars import Particulars
from marsad.model import Wrong
from marsad.stage import Rejection

GIVEN = Particulars(outlet="Given", published=date(2014, 11, 26))


def read(path: Path, limit: int = 1000) -> tuple[list[Incoming], dict[str, str]]:
    """Return the reports, and the reasons of the rejections by the end of their name."""
    found = list(gather(path, GIVEN, limit))
    reports = [item for item in found if isinstance(item, Incoming)]
    return reports, {Path(r.record_id).name: r.reason for r in found if isinstance(r, Rejection)}


def test_a_plain_file(tmp_path: Path) -> None:
    """A file is one report; its evidence is its bytes, whatever its line ends."""
    (tmp_path / "a").write_bytes(b"95 killed\r\n")
    assert list(gather(tmp_path / "a", GIVEN)) == [
        Incoming(str(tmp_path / "a"), b"95 killed\r\n", "Given", date(2014, 11, 26))
    ]


def test_front_matter_goes_first_and_stays_in_the_evidence(tmp_path: Path) -> None:
    """What a file says of itself goes before the options; the bytes are kept as received."""
    data = b"---\nsource: Radio Raqqa\npublished: 2014-11-27\nlang: en\nkey: k1\n---\n95 killed"
    (tmp_path / "a.md").write_bytes(data)
    (report,), _ = read(tmp_path / "a.md")
    assert (report.data, report.outlet, report.published) == (data, "Radio Raqqa", date(2014, 11, 27))
    assert (report.lang, report.key) == ("en", "k1")


def test_a_folder_in_order(tmp_path: Path) -> None:
    """A folder is read to its depth in the order of names; hidden files are passed over."""
    for name in ("b.txt", "a/z.md", "a/lines.jsonl", "c.TXT", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        line = b'{"text": "one"}\n\n{"text": "two"}\n' if name.endswith("jsonl") else b"95 killed"
        (tmp_path / name).write_bytes(line)
    reports, refused = read(tmp_path)
    names = [report.name.removeprefix(f"{tmp_path}/") for report in reports]
    assert names == ["b.txt", "c.TXT", "a/lines.jsonl line 1", "a/lines.jsonl line 3", "a/z.md"]
    assert refused == {}


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    """Each file that cannot be used is one rejection with its reason; the good ones are read."""
    (tmp_path / "good.txt").write_bytes(b"95 killed")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\t")
    (tmp_path / "long.txt").write_bytes(b"x" * 1001)
    (tmp_path / "nul.txt").write_bytes(b"95\0")
    (tmp_path / "latin.txt").write_bytes("Bojayá".encode("latin-1"))
    (tmp_path / "date.md").write_bytes(b"---\npublished: Tuesday\n---\n95 killed")
    (tmp_path / "photo.raw").write_bytes(b"\xff\xd8")
    (tmp_path / "bad.jsonl").write_bytes(
        b'{"text": "95 killed"}\nrubbish\n{"text": "' + b"x" * 80_000 + b'"}\n{"text": "b"}'
    )
    reports, refused = read(tmp_path)
    assert [Path(r.name).name for r in reports] == ["bad.jsonl line 1", "bad.jsonl line 4", "good.txt"]
    reasons = {
        "empty.txt": "holds no words",
        "blank.txt": "holds no words",
        "long.txt": "is longer than the 1,000 bytes of a report",
        "nul.txt": "NUL character",
        "latin.txt": '"byte 5" is where it stops being UTF-8',
        "date.md": 'published: "Tuesday" is not a day',
        "photo.raw": "is not a kind of file",
        "bad.jsonl line 2": "is not a line of JSON",
        "bad.jsonl line 3": "is longer than 71,536 bytes",
    }
    assert refused.keys() == reasons.keys()
    for name, reason in reasons.items():
        assert reason in refused[name]
        assert name.split()[0] in refused[name]


def test_a_single_bad_file_is_an_error(tmp_path: Path) -> None:
    """The one file that was named must be usable."""
    (tmp_path / "a.txt").write_bytes(b"95\0")
    with pytest.raises(Wrong, match="NUL"):
        read(tmp_path / "a.txt")
    with pytest.raises(Wrong, match="No such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(Wrong, match="No such file"):
        read(tmp_path / "none.jsonl")


def test_links_and_loops_are_not_followed(tmp_path: Path) -> None:
    """Inside a folder no link is followed, to a file, to a folder above, or to nowhere; a named link is."""
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"95 killed")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "file.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(tmp_path / "nowhere")
    (folder / "self.jsonl").symlink_to(folder / "self.jsonl")
    reports, refused = read(folder)
    assert reports == []
    assert refused.keys() == {"file.txt", "loop", "nowhere.txt", "self.jsonl"}
    assert all("is a symbolic link, which is not followed" in reason for reason in refused.values())
    assert len(read(folder / "file.txt")[0]) == 1


def test_a_pipe_in_a_folder_does_not_hold_it_up(tmp_path: Path) -> None:
    """A named pipe or another special file is a rejection, not a wait without end."""
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.jsonl")
    reports, refused = read(tmp_path)
    assert reports == []
    assert all("is not a regular file" in reason for reason in refused.values())
    assert len(refused) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    """A file or folder without permission is a rejection with the reason."""
    (tmp_path / "a.txt").write_bytes(b"95 killed")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    _, refused = read(tmp_path)
    assert refused.keys() == {"a.txt", "b"}


def test_names_made_of_any_bytes(tmp_path: Path) -> None:
    """A file name that is no text, or holds commands for a terminal, is read, and shown harmlessly."""
    for name in (b"\xff\xfe.txt", b"a\x1b[2Jb.txt", "ق\u202e.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"95 killed")
    reports, _ = read(tmp_path)
    assert len(reports) == 3
    assert all(report.name.isprintable() for report in reports)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_through_a_pipe(mark: bytes) -> None:
    """Standard input that begins with a brace is lines of JSON."""
    stream = io.BytesIO(mark + b'{"text": "one"}\nrubbish\n{"text": "two"}')
    one, bad, two = gather_stream(stream, GIVEN)
    assert isinstance(one, Incoming)
    assert isinstance(bad, Rejection)
    assert isinstance(two, Incoming)
    assert (one.data, two.data) == (b"one", b"two")


def test_a_text_through_a_pipe() -> None:
    """Any other standard input is one text."""
    (report,) = gather_stream(io.BytesIO(b"95 killed\n{on Tuesday}\n"), GIVEN)
    assert isinstance(report, Incoming)
    assert report.data == b"95 killed\n{on Tuesday}\n"
    with pytest.raises(Wrong, match="longer than the 4 bytes of a report"):
        list(gather_stream(io.BytesIO(b"a\n" * 20), GIVEN, limit=4))


def test_an_endless_line_is_not_held() -> None:
    """A line of JSON that does not end is one rejection; the line after it is read."""
    endless = io.BytesIO(b'{"text": "' + b"x" * 1_000_000 + b'"}\n{"text": "ok"}\n')
    bad, good = gather_stream(endless, GIVEN, limit=100)
    assert isinstance(bad, Rejection)
    assert isinstance(good, Incoming)


def test_nobody_named(tmp_path: Path) -> None:
    """Without an outlet from anywhere, the report is refused: a claim nobody printed cannot be weighed."""
    (tmp_path / "a.txt").write_bytes(b"95 killed")
    with pytest.raises(Wrong, match="does not say who printed it"):
        list(gather(tmp_path / "a.txt", Particulars()))
