"""A process as a server would run it: it takes contacts from its standard input, seals them, and stays, to be searched."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.sources import Sources


def main(path: Path) -> None:
    """Seal the lines on standard input, say so, and wait to be ended."""
    observatory = Observatory.open(path)
    with observatory.kept() as kept:
        made = Sources(observatory, kept, os.urandom).seal_lines(datetime(2026, 11, 22, tzinfo=UTC))
        sys.stdout.write(f"{len(made)} sealed\n")
        sys.stdout.flush()
        time.sleep(600)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
