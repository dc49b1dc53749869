"""How figures follow decisions: beside the server, one run after another, so that nobody waits for them.

What is decided stands at once, and pages show it at once: decisions are laid over the claims as these are read. What is
derived (incidents, tolls, grades) follows within seconds: a process of its own runs what `marsad run` runs, which derives
anew what the decision touches, and changes all tables at once. Decisions that come in meanwhile make one more run.
"""

import subprocess
import sys
import threading
from pathlib import Path

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import derived_until, run

_CALM = 0.3
"""Seconds after a decision before a run begins, so that a burst of decisions makes one run."""


class Follower:
    """Runs the observatory after each decision, as `how` says: "process", or "off" where somebody else does."""

    def __init__(self, observatory: Observatory, how: str, gazetteer: Path | None = None) -> None:
        self._observatory, self._how, self._gazetteer = observatory, how, gazetteer
        self._wanted, self._closed = threading.Event(), threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def nudge(self) -> None:
        """Say that something was decided; return at once."""
        if self._how == "off":
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._follow, name="follower", daemon=True)
                self._thread.start()
        self._wanted.set()

    def behind(self) -> int:
        """Return how many decisions the figures do not show yet."""
        with self._observatory.kept(read_only=True) as kept, kept.read() as reading:
            decided = reading.count("decision")
        with self._observatory.derived() as derived:
            state = derived_until(derived)
        return decided - (state[1] if state else 0)

    def close(self) -> None:
        """Begin no further run, and end the one that is under way: the next one makes up for it."""
        self._closed.set()
        self._wanted.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _follow(self) -> None:
        while not self._closed.is_set():
            self._wanted.wait()
            self._closed.wait(_CALM)
            self._wanted.clear()
            if not self._closed.is_set():
                given = [str(self._observatory.path.absolute()), *([str(self._gazetteer)] if self._gazetteer else [])]
                self._child = subprocess.Popen(
                    [sys.executable, "-m", "marsad.desk.follow", *given],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # what went wrong may hold words of reports: `marsad run` shows it
                )
                self._child.wait()


if __name__ == "__main__":
    run(Observatory.open(Path(sys.argv[1])), processes=1, gazetteer=Path(sys.argv[2]) if len(sys.argv) > 2 else None)
