"""A desk of several processes at one socket: a supervisor that serves nothing, and workers that it starts again when they die.

Workers share nothing in memory: sessions, accounts, restrictions and rate limits are in the store, so that any of them answers
any request. One process lets figures follow for all of them: the supervisor's.
"""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from marsad.desk.follow import Follower
from marsad.desk.serve import serve
from marsad.desk.settings import DeskSettings
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory

_QUICK = 10.0
"""Seconds: a worker that lived no longer never came to work."""

_TRIES = 5
"""Workers in a row that never came to work, after which the desk gives up."""

_PATIENCE = 10.0
"""Seconds that workers have to end what they are at."""


def serve_many(folder: Path, settings: DeskSettings, listener: socket.socket, workers: int) -> None:
    """Serve the desk by `workers` processes until SIGINT or SIGTERM; raises Wrong where they end as soon as they begin."""
    observatory = Observatory.open(folder)
    follower = Follower(observatory, settings.follow, settings.gazetteer)
    staff = _Staff(folder, settings, listener)
    before = signal.signal(signal.SIGTERM, _stopped)
    try:
        follower.warm()
        staff.fill(workers)
        while True:
            if staff.heard():
                follower.nudge()
            staff.fill(workers)
    except (KeyboardInterrupt, _Stop):
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        staff.end()
        follower.close()


class _Stop(Exception):
    """Somebody asked this process to end."""


def _stopped(_number: int, _frame: object) -> None:
    raise _Stop


class _Staff:
    """The workers there are, and the pipes to them."""

    def __init__(self, folder: Path, settings: DeskSettings, listener: socket.socket) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._folder, self._settings, self._listener = folder, settings, listener
        self._told, self._tell = self._context.Pipe(duplex=False)
        self._theirs, self._alive = self._context.Pipe(duplex=False)
        self._workers: dict[int, tuple[SpawnProcess, float]] = {}
        self._quick = 0

    def fill(self, wanted: int) -> None:
        """Start workers until there are `wanted`; raises Wrong where several in a row ended as soon as they began."""
        for key, (worker, since) in list(self._workers.items()):
            if not worker.is_alive():
                del self._workers[key]
                self._quick = self._quick + 1 if time.monotonic() - since < _QUICK else 0
        if self._quick >= _TRIES:
            remedy = "run it with --workers 1, which says what is wrong"
            raise Wrong("--workers", wanted, "end as soon as they begin", remedy)
        while len(self._workers) < wanted:
            given = (self._folder, self._settings, self._listener, self._tell, self._theirs)
            worker = self._context.Process(target=_work, args=given, name="marsad desk")
            worker.start()
            self._workers[worker.sentinel] = (worker, time.monotonic())

    def heard(self) -> bool:
        """Wait until a worker decided something or ended; return whether something was decided."""
        ready = wait([self._told, *self._workers])
        if self._told not in ready:
            return False
        while self._told.poll():
            self._told.recv_bytes()
        return True

    def end(self) -> None:
        """End all workers, those that do not listen by force."""
        until = time.monotonic() + _PATIENCE
        for worker, _ in self._workers.values():
            worker.terminate()
        for worker, _ in self._workers.values():
            worker.join(max(0.0, until - time.monotonic()))
            if worker.is_alive():
                worker.kill()
                worker.join()
        self._alive.close()


def _work(folder: Path, settings: DeskSettings, listener: socket.socket, tell: Connection, alive: Connection) -> None:
    """Serve in this process, until it is told to end, or whoever started it is gone."""
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    serve(folder, replace(settings, tell=_telling(tell)), listener)


def _telling(tell: Connection) -> Callable[[], None]:
    lock = threading.Lock()

    def told() -> None:
        with lock:
            tell.send_bytes(b"decided")  # shorter than a pipe's own unit: what several send is never mixed

    return told


def _end_with(alive: Connection) -> None:
    """End this process when the other end of the pipe is gone: nothing is ever sent over it."""
    try:
        alive.recv_bytes()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)
