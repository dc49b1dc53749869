"""How what comes in is to be read, where a person says more than the files themselves tell."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from marsad.collect.mappings import Columns


@dataclass(frozen=True, slots=True)
class How:
    """Read the file as `kind` (see `kinds`), its columns as `mapping` says, moments as days in `zone`.

    None stands for what the file itself tells: its kind by its name and first bytes, columns by their names. Without a zone,
    moments with an offset are days in UTC, and moments without one days as they are written.
    """

    kind: str | None = None
    mapping: Columns | None = None
    zone: ZoneInfo | None = None
    sheet: str | None = None


PLAIN = How()
