"""`marsad derive` with a line of JSON for each step as it begins: python -m benchmarks.scale_steps LOG REPORTS OUT [OPTION …]"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.processes import cpu_seconds


def main() -> None:
    """Run the command, noting what was spent when each step began."""
    log, *arguments = sys.argv[1:]
    import marsad.cli.derive_command as command

    derive_at_large: Any = vars(command)["derive_at_large"]
    told: set[str] = set()

    def noted(
        engine: object, reader: object, reports: str, out: str, policies: object, progress: Any, *more: object
    ) -> object:
        def note(what: str, done: int, of: int) -> None:
            if what not in told:
                told.add(what)
                row = {"step": what, "cpu": cpu_seconds(os.getpid()), "clock": time.perf_counter()}
                with Path(log).open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
            progress(what, done, of)

        note("read", 0, 1)
        return derive_at_large(engine, reader, reports, out, policies, note, *more)

    vars(command)["derive_at_large"] = noted
    command.derive.main([*arguments, "--json"], standalone_mode=False)


if __name__ == "__main__":
    main()
