"""How figures follow decisions: beside the server, one run after another, so that nobody waits for them.

What is decided stands at once, and pages show it at once: decisions are laid over the claims as these are read. What is
derived (incidents, tolls, grades) follows within seconds: a process of its own runs what `marsad run` runs, which derives
anew what the decision touches, and changes all tables at once. Decisions that come in meanwhile make one more run. The
process stays, so that no run has to load anything first; it ends when the server does.
"""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from marsad.pipeline.observatory import DERIVED, Observatory
from marsad.pipeline.run import derived_until, run
from marsad.pipeline.views.index import index_of

_CALM = 0.3
"""Seconds after a decision before a run begins, so that a burst of decisions makes one run."""
_AGAIN, _LONGEST = 5.0, 320.0
"""Seconds before a run that failed is tried again: twice as long each time, up to the second number."""


class Follower:
    """Runs the observatory after each decision, as `how` says: "process", or "off" where somebody else does.

    With `tell`, another process follows for this one, too, and `tell` says to it that something was decided.
    """

    def __init__(
        self,
        observatory: Observatory,
        how: str,
        gazetteer: Path | None = None,
        tell: Callable[[], None] | None = None,
    ) -> None:
        self._observatory, self._how, self._gazetteer, self._tell = observatory, how, gazetteer, tell
        self._wanted, self._closed = threading.Event(), threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start the process, so that the first decision does not wait for it; return at once."""
        if self._how == "off" or self._tell is not None:
            return
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._follow, name="follower", daemon=True)
                self._thread.start()

    def nudge(self) -> None:
        """Say that something was decided; return at once."""
        if self._tell is not None:
            self._tell()
            return
        self.warm()
        self._wanted.set()

    def behind(self) -> int:
        """Return how many decisions the figures do not show yet."""
        with self._observatory.kept(read_only=True) as kept, kept.read() as reading:
            decided = reading.count("decision")
        if not self._observatory.has(DERIVED):
            return decided
        with self._observatory.derived(read_only=True) as derived:
            state = derived_until(derived)
        return max(0, decided - (state[1] if state else 0))  # a run may have ended between the two looks

    def close(self) -> None:
        """Begin no further run, and end the one that is under way: the next one makes up for it."""
        self._closed.set()
        self._wanted.set()
        if self._child is not None:
            self._child.terminate()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _follow(self) -> None:
        child, pause = self._started(), _AGAIN
        while not self._closed.is_set():
            self._wanted.wait()
            self._closed.wait(_CALM)
            self._wanted.clear()
            if self._closed.is_set():
                break
            if child.poll() is not None:
                child = self._started()
            if _ran(child):
                pause = _AGAIN
            else:  # it failed, or was killed: what went wrong is for `marsad run` to show
                self._closed.wait(pause)
                pause = min(2 * pause, _LONGEST)
                self._wanted.set()
        child.terminate()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()

    def _started(self) -> "subprocess.Popen[bytes]":
        given = [str(self._observatory.path.absolute()), *([str(self._gazetteer)] if self._gazetteer else [])]
        self._child = subprocess.Popen(
            [sys.executable, "-m", "marsad.desk.follow", *given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what goes wrong may hold words of reports
            bufsize=0,
        )
        return self._child


def _ran(child: "subprocess.Popen[bytes]") -> bool:
    """Have the process run once, and wait until it has; return whether it did."""
    assert child.stdin is not None  # noqa: S101 - for the type checker
    assert child.stdout is not None  # noqa: S101 - for the type checker
    try:
        child.stdin.write(b"run\n")
        return child.stdout.readline() == b"done\n"
    except OSError:
        return False


def _serve(folder: Path, gazetteer: Path | None) -> None:
    """Run the observatory once for each line on standard input, and say so; end with the input.

    Several desks may be open on one observatory: each run waits for its turn, and so does each making of the desk's lists,
    which happens here so that no page waits for it; a list that another has made of the same meanwhile is left as it is.
    """
    for _ in sys.stdin:
        observatory = Observatory.open(folder)
        run(observatory, processes=1, gazetteer=gazetteer)
        with observatory.turn(lambda: None), index_of(observatory):
            pass
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
