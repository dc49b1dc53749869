"""`marsad derive` that notes what it is at and what was spent: python -m benchmarks.scale_steps LOG REPORTS OUT …

A line of JSON at each step, and one a second within it; what it is at is said on stderr, too. Begun again, it adds to the same
notes. It ends with whoever started it, when its standard input does.
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from benchmarks.processes import cpu_seconds

_OFTEN = 1.0
"""Seconds between two notes of one step: what of a killed process's work is not counted, at most."""


def main() -> None:
    """Run the command, noting what was spent."""
    log, *arguments = sys.argv[1:]
    import marsad.cli.derive_command as command

    derive_at_large: Any = vars(command)["derive_at_large"]
    threading.Thread(target=_end_with, args=(sys.stdin,), daemon=True).start()
    process = f"{os.getpid()}-{time.time()}"
    last: list[Any] = ["", 0.0]

    def noted(
        engine: object, reader: object, reports: str, out: str, policies: object, progress: Any, *more: object
    ) -> object:
        def note(what: str, done: int, of: int) -> None:
            now = time.perf_counter()
            if what != last[0] or now - float(last[1]) >= _OFTEN:
                row = {"step": what, "cpu": cpu_seconds(os.getpid()), "clock": now, "process": process}
                with Path(log).open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
                share = f" {done:,} of {of:,}" if what == "read" else ""
                print(f"  {time.strftime('%H:%M:%S')} {what}{share}", file=sys.stderr, flush=True)
                last[:] = what, now
            progress(what, done, of)

        note("read", 0, 1)
        return derive_at_large(engine, reader, reports, out, policies, note, *more)

    vars(command)["derive_at_large"] = noted
    command.derive.main([*arguments, "--json"], standalone_mode=False)


def _end_with(given: TextIO) -> None:
    """End this process, without a word, when its input ends."""
    given.read()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
