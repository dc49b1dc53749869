"""A hand-over, altered: verify.py, with nothing but Python, finds every alteration and names what was altered."""

import hashlib
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from handed_over import WAYS, Alter, bag, checked, described_anew, observatory, rewrite_everything

from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory
from marsad.pipeline.witness import witness
from marsad.preserve import handover_verify


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Observatory, Path, Path]:
    """An observatory, a hand-over of all of it, and the file of a witness who saw it before."""
    folder = tmp_path_factory.mktemp("handover")
    obs = observatory(folder / "obs")
    witness(obs, folder / "witness")
    bag(obs, folder / "bag", [])
    return obs, folder / "bag", folder / "witness"


def alone(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the hand-over's own verify.py in a Python without marsad, without packages, in another folder."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={})


def test_a_whole_handover_is_whole(made: tuple[Observatory, Path, Path]) -> None:
    """Nothing differs, alone and against a witness; what stays sealed is counted."""
    _, folder, seen = made
    said = alone(folder, "--known", str(seen))
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
    assert "nothing differs" in said.stdout
    assert "12 reports, 13 pieces of evidence" in said.stdout


def test_a_handover_of_some_shows_nothing_of_others(made: tuple[Observatory, Path, Path], tmp_path: Path) -> None:
    """Evidence, outlets and salts of other reports are not in it; only the hashes of their entries."""
    obs, _, seen = made
    with obs.kept() as kept, kept.read() as reading:
        report = list(reading.reports())[4]
        salts = dict(reading.openings())
        others = [seq for seq, subject, _ in reading.things("report") if subject != report.report_id]
    bag(obs, tmp_path / "bag", [report.report_id[:10]])
    said = alone(tmp_path / "bag", "--known", str(seen))
    assert said.returncode == 0, said.stdout
    assert "1 reports, 1 pieces of evidence" in said.stdout
    everything = b"".join(path.read_bytes() for path in (tmp_path / "bag").rglob("*") if path.is_file())
    assert b"Radio 4" in everything
    assert b"Radio 5" not in everything
    assert [seq for seq in others if salts[seq].hex().encode() in everything] == []


def test_a_derivative_goes_with_its_original(made: tuple[Observatory, Path, Path], tmp_path: Path) -> None:
    """What was made of the evidence is handed over with it, and how it was made."""
    obs, _, _ = made
    with obs.kept() as kept, kept.read() as reading:
        report = next(iter(reading.reports()))
    bag(obs, tmp_path / "bag", [report.report_id])
    assert len(list((tmp_path / "bag/data/evidence").iterdir())) == 2
    assert alone(tmp_path / "bag").returncode == 0
    assert '"by":"by hand"' in (tmp_path / "bag/data/ledger/opened.jsonl").read_text().replace("\\", "")


def test_a_handover_is_kept_in_the_ledger(made: tuple[Observatory, Path, Path]) -> None:
    """The observatory remembers to whom it gave what, under the hash of the manifest; and is whole afterwards."""
    obs, folder, _ = made
    digest = hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    with obs.kept() as kept, kept.read() as reading:
        details = [row["detail"] for _, _, row in reading.things("custody", act="handed over")]
    assert digest in details[0]
    assert "the court" in details[0]
    assert verify_observatory(obs.path) == []


def test_what_cannot_be_handed_over(made: tuple[Observatory, Path, Path], tmp_path: Path) -> None:
    """An id that is unknown or begins several reports, and a folder with something in it, are refused; nothing is left."""
    obs, folder, _ = made
    for wanted in (["ffff"], [""]):
        with pytest.raises(Wrong, match=r"names no report|begins 12 reports"):
            bag(obs, tmp_path / "bag", wanted)
    with pytest.raises(Wrong, match="exists already"):
        bag(obs, folder, [])
    assert list(tmp_path.iterdir()) == []


def named(said: str) -> bool:
    """Return whether every difference names a file or an entry of the ledger, or the ledger where a root alone differs."""
    lines = [line for line in said.splitlines() if line.startswith("DIFFERS")]
    where = re.compile(
        r"DIFFERS  (ledger entry \d+|ledger:|data/|token |report |manifest-|tagmanifest-|[\w.-]+[:,]|[a-z]+ cannot be)"
    )
    return bool(lines) and all(where.match(line) for line in lines)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_way_of_altering_it_is_found(made: tuple[Observatory, Path, Path], tmp_path: Path, way: Alter) -> None:
    """By somebody who makes manifests and root fit again; what was altered is named."""
    _, folder, seen = made
    copy = tmp_path / "bag"
    shutil.copytree(folder, copy)
    way(copy, random.Random(1))  # noqa: S311
    if way is not rewrite_everything:
        described_anew(copy)
    code, said = checked(copy, "--known", str(seen))
    assert code == 1
    assert named(said), said


@pytest.mark.soak
def test_a_thousand_alterations(
    made: tuple[Observatory, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1,000 alterations at random places, manifests and roots made to fit: all found."""
    _, folder, seen = made
    counts: Counter[str] = Counter()
    for seed in range(1000):
        rng = random.Random(seed)  # noqa: S311
        way = WAYS[seed % len(WAYS)]
        copy = tmp_path / "bag"
        shutil.copytree(folder, copy)
        way(copy, rng)
        if way is not rewrite_everything:
            described_anew(copy)
        code, said = checked(copy, "--known", str(seen))
        found = code == 1 and named(said)
        counts[f"{way.__name__} {'found' if found else 'MISSED'}"] += 1
        shutil.rmtree(copy)
    with capsys.disabled():
        sys.stdout.write(f"{dict(counts)} ")
    assert [name for name in counts if "MISSED" in name] == []


@pytest.mark.parametrize("flips", [60, pytest.param(1000, marks=pytest.mark.soak)])
def test_every_flipped_bit_is_found(made: tuple[Observatory, Path, Path], tmp_path: Path, flips: int) -> None:
    """One bit of any file, verify.py and the manifests included, and the file is named."""
    _, folder, _ = made
    copy = tmp_path / "bag"
    shutil.copytree(folder, copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    rng, missed = random.Random(flips), []  # noqa: S311
    for _ in range(flips):
        path = rng.choice(files)
        before = path.read_bytes()
        at, bit = rng.randrange(len(before)), 1 << rng.randrange(8)
        path.write_bytes(before[:at] + bytes([before[at] ^ bit]) + before[at + 1 :])
        code, said = checked(copy)
        if code != 1 or path.name not in said:
            missed.append(f"{path.relative_to(copy)}, byte {at}, bit {bit}: {said[:300]}")
        path.write_bytes(before)
    assert missed == []
    assert checked(copy)[0] == 0


def test_verify_is_one_file_without_anything(made: tuple[Observatory, Path, Path]) -> None:
    """It imports the standard library alone, and is the file that is tested here."""
    _, folder, _ = made
    source = (folder / "verify.py").read_text()
    imports = set(re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE))
    assert imports <= sys.stdlib_module_names
    assert source == Path(handover_verify.__file__).read_text()
