"""Places at which a test may kill the process: `MARSAD_FAILPOINT=stage:n` dies at the n-th write of that stage.

Dying means SIGKILL: nothing is flushed, no `finally` runs, as when the power goes. `MARSAD_FAILPOINT=list:PATH` kills
nobody and adds the name of every place that is reached to the file, so that a test can go through all of them. Without the
variable a place costs one look at an empty dictionary.
"""

import os
import signal
from collections import Counter
from pathlib import Path

VARIABLE = "MARSAD_FAILPOINT"

_reached: Counter[str] = Counter()


def reached(stage: str) -> None:
    """Say that the next write of `stage` is about to happen, and do not return if that is where to die."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    _reached[stage] += 1
    here = f"{stage}:{_reached[stage]}"
    if wanted.startswith("list:"):
        with Path(wanted.removeprefix("list:")).open("a", encoding="utf-8") as file:
            file.write(f"{here}\n")
    elif wanted == here:
        os.kill(os.getpid(), signal.SIGKILL)
