"""Single bytes changed anywhere: `marsad verify` finds every change of content, and survives all the others."""

import random
import sys
from collections import Counter
from pathlib import Path

import pytest
from small_observatory import Target, targets


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> list[Target]:
    return targets(tmp_path_factory.mktemp("small"))


def flip(path: Path, rng: random.Random) -> tuple[int, int, bytes]:
    """Change one byte of the file; return where, to what, and the bytes as they were.

    Four of five flips hit a byte that is in use: most of a small database is zeros that mean nothing.
    """
    before = path.read_bytes()
    used = [at for at, byte in enumerate(before) if byte] if rng.random() < 0.8 else []
    at = rng.choice(used or range(len(before)))
    changed = bytearray(before)
    changed[at] ^= rng.randrange(1, 256)
    path.chmod(0o600)
    path.write_bytes(changed)
    return at, changed[at], before


@pytest.mark.long
def test_an_undamaged_observatory_is_whole(damaged: list[Target]) -> None:
    """Before any damage there is nothing to find; otherwise finding something would prove nothing."""
    assert [target.check() for target in damaged] == [[]] * len(damaged)


@pytest.mark.long
@pytest.mark.parametrize(("seed", "flips"), [(20141125, 100), pytest.param(1, 3000, marks=pytest.mark.soak)])
def test_every_changed_byte_that_matters_is_found(
    damaged: list[Target], seed: int, flips: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of random changes of one byte in vault, kept and derived store, every one that changes content is found."""
    rng = random.Random(seed)  # noqa: S311
    counts: Counter[str] = Counter()
    missed = []
    for n in range(flips):
        target = damaged[n % len(damaged)]
        path = rng.choice(target.files)
        whole = target.content(path)
        at, byte, before = flip(path, rng)
        damaged_bytes = path.read_bytes()
        changed = target.content(path) != whole
        found = target.check()
        assert path.read_bytes() == damaged_bytes, f"verifying changed {path.name}"
        path.write_bytes(before)
        counts[f"{target.name} {'changed' if changed else 'same'} {'found' if found else 'silent'}"] += 1
        if changed and not found:
            missed.append(f"{target.name}: byte {at} of {path.name} to {byte:#x}")
    with capsys.disabled():
        sys.stdout.write(f"{dict(sorted(counts.items()))} ")
    assert missed == []
    assert sum(count for name, count in counts.items() if "changed" in name) >= flips // 2
    for target in damaged:
        assert target.check() == []
