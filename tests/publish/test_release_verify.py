"""What an outsider runs: `verify.py` of the release itself, with an old Python and nothing else, finds what was altered."""

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from made import files_of, write
from releases import many, row

from marsad.publish import release_verify
from marsad.publish.manifest import MANIFEST, SUMS

QUICK, ALL = 50, 500
ID = re.compile(r'\bid="s(?=[0-9a-f]{8})')


def checked(folder: Path, *options: str) -> tuple[int, str]:
    """Run the release's own script, isolated from marsad and from every package; return exit code and output."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a release that has a history."""
    folder = tmp_path_factory.mktemp("whole") / "release"
    folder.mkdir()
    write(files_of(row()[-1]), folder)
    return folder


def known(folder: Path) -> str:
    """Return the SHA-256 of the manifest, as somebody wrote it down on the day of publication."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def test_a_release_that_is_whole_passes(whole: Path) -> None:
    """Exit code 0, no difference, and the manifest's checksum to compare with one from elsewhere."""
    code, said = checked(whole)
    assert code == 0, said
    assert known(whole) in said
    assert checked(whole, "--known", known(whole))[0] == 0
    assert checked(whole, "--known", "0" * 64)[0] == 1


def test_the_record_and_its_root_can_be_checked_alone(whole: Path, tmp_path: Path) -> None:
    """Quick ways for large releases: both find a digit that was altered in the record."""
    shutil.copytree(whole, tmp_path / "release")
    for option in ("--record", "--root"):
        assert checked(tmp_path / "release", option)[0] == 0
    record = tmp_path / "release" / "data/record.json"
    record.write_bytes(record.read_bytes().replace(b'"high":140', b'"high":141', 1))
    for option in ("--record", "--root"):
        assert checked(tmp_path / "release", option)[0] == 1


def test_the_script_uses_what_every_python_has(whole: Path) -> None:
    """It is the file in the source, and imports the standard library alone."""
    source = (whole / "verify.py").read_text("utf-8")
    assert source == Path(release_verify.__file__).read_text("utf-8")
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)


def test_another_folder_is_nothing_to_check(whole: Path, tmp_path: Path) -> None:
    """Exit code 2, which no damage gives."""
    shutil.copy(whole / "verify.py", tmp_path)
    assert checked(tmp_path)[0] == 2


# --- what somebody may do to a release --------------------------------------------------------------------------------


def reseal(folder: Path) -> None:
    """Make SHA256SUMS and the manifest fit the files again, as somebody who covers his tracks does."""
    told = json.loads((folder / MANIFEST).read_bytes())
    paths = [p for p in folder.rglob("*") if p.is_file() and p.name not in (MANIFEST, SUMS)]
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}
    old = {one["path"]: one for one in told["files"]}
    told["files"] = [
        {**old.get(name, {"media_type": "text/plain"}), "path": name, "bytes": len(data), "sha256": sha(data)}
        for name, data in sorted(there.items())
    ]
    manifest = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
    (folder / MANIFEST).write_bytes(manifest)
    there[MANIFEST] = manifest
    (folder / SUMS).write_text("".join(f"{sha(data)}  {name}\n" for name, data in sorted(there.items())))


def sha(data: bytes) -> str:
    """Return the SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def chosen(folder: Path, chance: random.Random, suffix: str = "") -> Path:
    """Return one of the files, by chance; not the script, whose own checks would be what is altered."""
    files = [p for p in folder.rglob(f"*{suffix}") if p.is_file() and p.name != "verify.py"]
    return chance.choice(sorted(files))


def flip(folder: Path, chance: random.Random) -> None:
    """One bit of one file."""
    path = chosen(folder, chance)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(folder: Path, chance: random.Random) -> None:
    """The end of a file is missing."""
    path = chosen(folder, chance)
    path.write_bytes(path.read_bytes()[: -chance.randrange(1, 40)])


def lose(folder: Path, chance: random.Random) -> None:
    """A file is gone."""
    chosen(folder, chance).unlink()


def add(folder: Path, chance: random.Random) -> None:
    """A file more."""
    (folder / chance.choice(("extra.html", "data/more.csv", ".hidden", "said/X.json"))).write_bytes(b"x")


def swap(folder: Path, chance: random.Random) -> None:
    """Two files change names."""
    one = chosen(folder, chance)
    other = chosen(folder, chance)
    while other.read_bytes() == one.read_bytes():
        other = chosen(folder, chance)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def link(folder: Path, chance: random.Random) -> None:
    """A file becomes a link to one with the same bytes outside."""
    path = chosen(folder, chance)
    outside = folder.parent / "outside"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)


def digit(path: Path, chance: random.Random, begin: int = 0) -> None:
    """Put another digit for one of a file's, from `begin` on."""
    data = bytearray(path.read_bytes())
    places = [n for n in range(begin, len(data)) if chr(data[n]).isdigit()]
    at = chance.choice(places)
    data[at] = ord(chance.choice([d for d in "0123456789" if d != chr(data[at])]))
    path.write_bytes(data)


def table_and_sums(folder: Path, chance: random.Random) -> None:
    """A number in a table, with every checksum made to fit."""
    path = folder / "data" / chance.choice(("incidents.csv", "errata.csv"))
    lines = path.read_bytes().decode().split("\r\n")
    n = chance.randrange(1, len(lines) - 1)
    cells = lines[n].split(",")
    at = chance.choice([k for k, cell in enumerate(cells) if cell.isdigit()])
    cells[at] = str(int(cells[at]) + chance.randrange(1, 9))
    path.write_bytes("\r\n".join([*lines[:n], ",".join(cells), *lines[n + 1 :]]).encode())
    reseal(folder)


def record_and_sums(folder: Path, chance: random.Random) -> None:
    """A digit of an incident in the record, with every checksum made to fit."""
    path = folder / "data/record.json"
    digit(path, chance, path.read_bytes().index(b'"incidents":['))
    reseal(folder)


def history_and_sums(folder: Path, chance: random.Random) -> None:
    """What an earlier release said, in the file that tells it, with every checksum made to fit."""
    paths = [p for p in (folder / "said").glob("*.json") if p.name != "index.json"]
    digit(chance.choice(sorted(paths)), chance)
    reseal(folder)


def page_and_sums(folder: Path, chance: random.Random) -> None:
    """A statement is taken off a page, with every checksum made to fit."""
    pages = [
        p for p in (folder / chance.choice(("incident", "ar/incident"))).glob("*.html") if ID.search(p.read_text())
    ]
    page = chance.choice(sorted(pages))
    page.write_text(ID.sub('data-id="s', page.read_text("utf-8"), count=1), "utf-8")
    reseal(folder)


def sums_alone(folder: Path, chance: random.Random) -> None:
    """A line of SHA256SUMS is altered, lost, doubled or moved."""
    lines = (folder / SUMS).read_text().splitlines()
    n = chance.randrange(len(lines))
    ways: list[Callable[[], list[str]]] = [
        lambda: [*lines[:n], *lines[n + 1 :]],
        lambda: [*lines, lines[n]],
        lambda: [lines[n], *lines[:n], *lines[n + 1 :]] if n else lines[::-1],
        lambda: [*lines[:n], lines[n].replace("  ", "  ./", 1), *lines[n + 1 :]],
    ]
    (folder / SUMS).write_text("\n".join(chance.choice(ways)()) + "\n")


def everything(folder: Path, chance: random.Random) -> None:
    """The whole release is made anew with other words on its pages: only who knows the manifest can tell."""
    page = chosen(folder, chance, ".html")
    page.write_text(page.read_text("utf-8").replace("<main", "<main data-x", 1), "utf-8")
    reseal(folder)


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (
    flip,
    cut,
    lose,
    add,
    swap,
    link,
    table_and_sums,
    record_and_sums,
    history_and_sums,
    page_and_sums,
    sums_alone,
    everything,
)


def missed(whole: Path, work: Path, seeds: range) -> list[tuple[int, str]]:
    """Return which corruptions the script did not find."""
    out = []
    manifest = known(whole)
    for seed in seeds:
        folder = work / "release"
        shutil.copytree(whole, folder)
        way = WAYS[seed % len(WAYS)]
        way(folder, random.Random(seed))  # noqa: S311
        code, said = checked(folder, *(("--known", manifest) if way is everything else ()))
        if code != 1 or "DIFFERS" not in said:
            out.append((seed, way.__name__))
        shutil.rmtree(folder)
    return out


@pytest.mark.long
def test_fifty_corruptions_are_found(whole: Path, tmp_path: Path) -> None:
    """Twelve ways, among them those of somebody who makes every checksum fit."""
    assert missed(whole, tmp_path, range(QUICK)) == []


@pytest.mark.soak
def test_five_hundred_corruptions_are_found(whole: Path, tmp_path: Path) -> None:
    """500 of 500."""
    assert missed(whole, tmp_path, range(ALL)) == []


def test_every_earlier_release_is_told_as_it_was(whole: Path, tmp_path: Path) -> None:
    """Whoever kept an earlier folder can hold it against the last: errata reproduce what each said; a forged one does not."""
    for release in row()[:-1]:
        folder = tmp_path / str(release.number)
        folder.mkdir()
        write(files_of(release), folder)
        code, said = checked(whole, "--earlier", str(folder))
        assert code == 0, said
    digit_changed = tmp_path / "2" / "data/record.json"
    digit_changed.write_bytes(digit_changed.read_bytes().replace(b'"high":209', b'"high":290'))
    code, said = checked(whole, "--earlier", str(tmp_path / "2"))
    assert code == 1
    assert "release 2 said something else" in said


def test_a_hundred_thousand_leaves_take_less_than_ten_seconds() -> None:
    """The Merkle root over as many incidents; measured in benchmarks/publishing.py with everything around it."""
    leaves = [hashlib.sha256(b"\x00" + str(n).encode()).digest() for n in range(100_000)]
    begun = time.process_time()
    root = release_verify.root_of(leaves)  # type: ignore[no-untyped-call]
    assert time.process_time() - begun < 10
    from marsad.preserve.merkle import Frontier

    assert root == Frontier().append(leaves)[0].root.hex()


def test_a_damaged_record_is_a_difference_and_no_crash(whole: Path, tmp_path: Path) -> None:
    """What cannot be read to its end is named; the other checks go on."""
    for data in (b"", b"[]", b"{", b"\xff", b"[" * 5000):
        folder = tmp_path / "release"
        shutil.copytree(whole, folder)
        (folder / "data/record.json").write_bytes(data)
        code, said = checked(folder)
        assert code == 1
        assert "Traceback" not in said
        shutil.rmtree(folder)


@pytest.mark.soak
def test_a_large_release_is_checked_within_bounds(tmp_path: Path) -> None:
    """2,000 incidents: nothing differs."""
    write(files_of(many(2000)), tmp_path)
    assert checked(tmp_path)[0] == 0
