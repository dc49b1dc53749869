"""What one file may cost."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost; whoever needs more is killed, and the file goes into quarantine.

    `seconds` counts the time for which marsad waits, not the time that it takes over what was found, and `cpu` the
    processor's; both grow by `per_megabyte` seconds for each megabyte of the file. The other limits are in bytes:
    `memory` is the address space of a process, `written` the longest file in the scratch folder, `output` everything
    that the parser may hand back and `item` one piece of it. `files` is the number of files open at one time.
    """

    memory: int = 512 * MEGABYTE
    seconds: float = 20.0
    cpu: float = 20.0
    per_megabyte: float = 0.0
    files: int = 64
    written: int = 256 * MEGABYTE
    output: int = 1024 * MEGABYTE
    item: int = 64 * MEGABYTE

    def wait(self, size: int) -> float:
        """Return for how many seconds marsad waits for a file of this size."""
        return self.seconds + self.per_megabyte * size / MEGABYTE

    def processor(self, size: int) -> int:
        """Return how many seconds of processor time a file of this size may take, a whole number above 0."""
        return max(1, round(self.cpu + self.per_megabyte * size / MEGABYTE))
