"""Checking a published folder: every byte that changes is found, and named."""

import random
from dataclasses import replace
from pathlib import Path

import cases
import pytest
from made import files_of, published, release_of, write

from marsad import __version__
from marsad.publish.manifest import MANIFEST, RECORD, SUMS, listed, sums
from marsad.publish.public import PublicRelease, compose
from marsad.publish.record import to_json
from marsad.publish.site.render import LAND
from marsad.publish.verify import verify_release


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder with a release."""
    write(published()[1], tmp_path)
    return tmp_path


def test_a_release_as_published_differs_in_nothing(out: Path) -> None:
    """The control: nothing is found where nothing was changed."""
    assert verify_release(out, __version__) == []
    assert verify_release(out, __version__, lambda release: release) == []


@pytest.mark.long
def test_every_single_byte_that_changes_is_found(tmp_path: Path) -> None:
    """200 random bytes over all files, each changed alone: the file is named every time.

    Pages are made again where what they are made of is damaged, and for every tenth byte elsewhere: that a page is not
    as made and that its checksum is another are two ways to find the same.
    """
    chance = random.Random(20141125)  # noqa: S311 - a seeded choice of bytes
    files = files_of(release_of([cases.nowhere(), cases.fighters()]))
    out = tmp_path / "out"
    write(files, out)
    names = sorted(files)
    missed = []
    for n in range(200):
        name = names[n % len(names)] if n < len(names) else chance.choice(names)
        data = bytearray(files[name])
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
        (out / name).write_bytes(data)
        whole = name in (SUMS, RECORD, MANIFEST, LAND) or n % 10 == 0
        found = verify_release(out, __version__ if whole else "99.0")
        subjects = {one.subject for one in found if not one.harmless}
        if name not in subjects and not (name == SUMS and subjects):
            missed.append((name, at))
        (out / name).write_bytes(files[name])
    assert missed == []
    assert verify_release(out, __version__) == []


def test_a_missing_and_an_added_file_are_named(out: Path) -> None:
    """Also a link, also in a folder of its own."""
    (out / "index.html").unlink()
    (out / "data" / "more.csv").write_text("x")
    (out / "data" / "link.csv").symlink_to(out / "data" / "record.json")
    (out / "extra").symlink_to(out / "data")
    found = {one.subject: one.found for one in verify_release(out, __version__)}
    assert found["index.html"] == "no file"
    assert found["data/more.csv"] == "a file"
    assert found["data/link.csv"] == "a link or a device"
    assert found["extra"] == "a link or a device"


def test_a_folder_that_is_no_release_is_a_difference_and_no_error(tmp_path: Path) -> None:
    """Nothing to read is said."""
    [fault] = verify_release(tmp_path, __version__)
    assert fault.subject == SUMS


def forged(out: Path, name: str, data: bytes) -> list[str]:
    """Change a file and forge the checksums to match; return what is still found."""
    changed = {**published()[1], name: data}
    changed.pop(SUMS)
    write({**changed, SUMS: sums(listed(*file) for file in changed.items())}, out)
    return [one.subject for one in verify_release(out, __version__)]


def test_a_page_changed_together_with_its_checksum_is_found(out: Path) -> None:
    """Pages and tables follow from the record; another number on a page does not."""
    page = published()[1]["index.html"].replace("63–209".encode(), "63–109".encode())
    assert set(forged(out, "index.html", page)) == {"index.html", MANIFEST}


def test_a_record_changed_together_with_everything_is_found_by_computing_it_again(out: Path) -> None:
    """Whoever forges all files is found by whoever has what they rest on."""
    release = published()[0]
    first = release.incidents[0]
    forgery = replace(release, incidents=(replace(first, figures=()), *release.incidents[1:]))
    write(files_of(forgery), out)
    assert verify_release(out, __version__) == []
    [fault] = verify_release(out, __version__, lambda _: release)
    assert fault.subject == f"incident {first.code}"


def test_a_damaged_record_is_a_difference(out: Path) -> None:
    """Whatever its bytes are, with a fitting checksum."""
    for data in (b"", b"{}", b"[" * 100_000, to_json(release_of([])).replace(b'"number":3', b'"number":"3"')):
        assert RECORD in forged(out, RECORD, data)


def test_pages_of_another_version_are_compared_by_checksum_and_that_is_said(out: Path) -> None:
    """A newer marsad writes other pages; that is no damage."""
    [fault] = verify_release(out, "99.0")
    assert (fault.subject, fault.harmless) == ("pages", True)
    (out / "index.html").write_bytes(b"x")
    assert "index.html" in {one.subject for one in verify_release(out, "99.0")}


def test_what_was_withheld_is_compared_too(out: Path) -> None:
    """An incident that ought to be withheld, and a rule that changed, are named."""

    def recompute(release: PublicRelease) -> PublicRelease:
        return replace(release_of([cases.raqqa()]), policy=compose("2 (other)"), number=release.number)

    found = {one.subject for one in verify_release(out, __version__, recompute)}
    assert found == {"incident IDLIB-2014-11-20", "incident TELL-QARRA-2014-11-26", "withheld", "publication policy"}
