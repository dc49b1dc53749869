"""Disks that fail in ways that a real one does: a full one, and one whose power is cut. They need root and mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def can_mount() -> bool:
    """Return whether this process may mount file systems: in a container it often may not."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    probe = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return probe.returncode == 0


@contextmanager
def small_disk(at: Path, size: int) -> Iterator[Path]:
    """Mount an empty file system of `size` bytes in memory at `at` for the `with`."""
    at.mkdir()
    _sh("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(at))
    try:
        yield at
    finally:
        _sh("umount", "-l", str(at))


@contextmanager
def mounted(image: Path, at: Path, *options: str) -> Iterator[Path]:
    """Mount the image of a disk at `at` for the `with`, by a loop device."""
    at.mkdir(exist_ok=True)
    device = _sh("losetup", "-f", "--show", str(image))
    try:
        _sh("mount", *options, device, str(at))
        try:
            yield at
        finally:
            _sh("umount", str(at))
    finally:
        _sh("losetup", "-d", device)


class CuttableDisk:
    """An ext4 disk whose power can be cut at any moment: its image lies on btrfs, and a reflink of it is that moment."""

    def __init__(self, folder: Path) -> None:
        self._outer, self._image = folder / "outer", folder / "outer.img"
        self.at, self._after = folder / "disk", folder / "after"

    @contextmanager
    def plugged_in(self) -> Iterator[Path]:
        """Make and mount both file systems for the `with`; gives where the disk is mounted."""
        with self._image.open("wb") as file:
            file.truncate(3_000_000_000)
        _sh("mkfs.btrfs", "-q", str(self._image))
        with mounted(self._image, self._outer):
            disk = self._outer / "disk.img"
            with disk.open("wb") as file:
                file.truncate(400_000_000)
            _sh("mkfs.ext4", "-q", "-F", str(disk))
            with mounted(disk, self.at):
                yield self.at
        self._image.unlink()

    def cut(self) -> None:
        """Keep what the disk holds at this moment, and no later write."""
        _sh("cp", "--reflink=always", str(self._outer / "disk.img"), str(self._outer / "cut.img"))

    @contextmanager
    def after_the_cut(self) -> Iterator[Path]:
        """Mount what was kept, letting ext4 recover as after a power cut; gone after the `with`."""
        cut = self._outer / "cut.img"
        try:
            with mounted(cut, self._after) as at:
                yield at
        finally:
            cut.unlink()


def _sh(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr.decode()}"
    return done.stdout.decode().strip()
