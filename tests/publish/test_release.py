"""A release as a folder: complete, checked by anybody's sha256sum, and put in place all at once."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from made import LANGUAGES, LEDGER, published, write

from marsad.model import Wrong
from marsad.publish.manifest import MANIFEST, SUMS, read_sums
from marsad.publish.release import staged, web_files


def write_release(files: dict[str, bytes], out: Path) -> str:
    """Write the files as a release and put it in place; return the checksum of its manifest."""
    release, _ = published()
    with staged(release, files_without_sums(files), LANGUAGES, LEDGER, out) as stage:
        stage.put()
        return stage.manifest


def test_anybody_can_check_a_release_with_sha256sum(tmp_path: Path) -> None:
    """Every file is named, and every name is a file."""
    _, files = published()
    write_release(files, tmp_path / "out")
    program = shutil.which("sha256sum") or pytest.skip("no sha256sum here")
    done = subprocess.run(
        [program, "--strict", "-c", SUMS], cwd=tmp_path / "out", capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    there = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {line.rsplit(": ", 1)[0] for line in done.stdout.splitlines()} == there - {SUMS}


def test_the_manifest_says_what_the_release_is() -> None:
    """Number, days, rules, ledger, and each file with size, checksum and type."""
    release, files = published()
    told = json.loads(files[MANIFEST])
    assert (told["release"], told["as_known_on"], told["published"]) == (3, "2014-12-01", "2014-12-02")
    assert (told["incidents"], told["withheld"]) == (3, {"embargo": 1})
    assert told["ledger"] == {"size": LEDGER.size, "root": LEDGER.root}
    assert told["publication_policy"] == release.policy
    listed = {one["path"]: one for one in told["files"]}
    assert set(listed) == set(files) - {MANIFEST, SUMS}
    for path, one in listed.items():
        assert (one["bytes"], one["sha256"]) == (len(files[path]), hashlib.sha256(files[path]).hexdigest())
    assert listed["web/map.mjs"]["media_type"] == "text/javascript"


def test_a_release_replaces_a_release_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """What the old one had and the new one has not is gone; no temporary folder stays."""
    _, files = published()
    out = tmp_path / "out"
    write_release({**files, "old.html": b"x"}, out)
    write_release(files, out)
    assert not (out / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out.stat().st_mode & 0o777, (out / "index.html").read_bytes()) == (0o755, files["index.html"])


@pytest.mark.parametrize("kind", ["other", "file", "link", "nearly"])
def test_what_is_no_release_is_never_replaced(tmp_path: Path, kind: str) -> None:
    """Somebody's folder, a file, a link, a folder that only looks like ours: refused, and untouched."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    if kind == "file":
        out.write_text("x")
    elif kind == "link":
        elsewhere.mkdir()
        out.symlink_to(elsewhere)
    else:
        write({"thesis.txt": b"x"} | ({SUMS: b"", MANIFEST: b"{}"} if kind == "nearly" else {}), out)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    with pytest.raises(Wrong, match="out"):
        write_release(published()[1], out)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_a_release_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """A name that the disk refuses: what was there stays, nothing half-written beside it."""
    _, files = published()
    out = tmp_path / "out"
    write_release(files, out)
    with pytest.raises(Wrong, match="cannot be written"):
        write_release({**files, "x" * 300: b""}, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / SUMS).read_bytes() == files[SUMS]


def test_a_release_that_is_not_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    """Complete beside its place, and gone if something stops it there."""
    release, files = published()
    out = tmp_path / "out"

    def stop() -> None:
        with staged(release, files_without_sums(files), LANGUAGES, LEDGER, out) as stage:
            assert stage.count == len(files)
            assert not out.exists()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stop()
    assert list(tmp_path.iterdir()) == []


def files_without_sums(files: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """Return the files that a release is made of."""
    return [file for file in files.items() if file[0] not in (MANIFEST, SUMS)]


def test_missing_browser_files_are_named(tmp_path: Path) -> None:
    """The message says how to make them."""
    with pytest.raises(Wrong, match="make setup"):
        web_files(tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x\n",
        b"A" * 64 + b"  a.txt\n",
        b"a" * 64 + b" a.txt\n",
        b"a" * 64 + b" *a.txt\n",
        b"a" * 64 + b"  a.txt",
        b"a" * 64 + b"  ../a.txt\n",
        b"a" * 64 + b"  /etc/passwd\n",
        b"a" * 64 + b"  b.txt\n" + b"a" * 64 + b"  a.txt\n",
        b"a" * 64 + b"  a.txt\n" + b"a" * 64 + b"  a.txt\n",
        b"a" * 64 + b"  a.txt\r\n",
        b"\xff" * 64 + b"  a.txt\n",
    ],
)
def test_checksums_are_read_strictly(data: bytes) -> None:
    """Capitals, one blank, other marks, steps up, doubles, no last line end: refused."""
    with pytest.raises(ValueError, match=r".+"):
        read_sums(data)
