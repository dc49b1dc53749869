"""Hashing the vault anew, on a schedule and in as many goes as it takes; what was done is an event in the chain of custody."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from marsad.model import Act, Collector
from marsad.pipeline.custody import note
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import Progress
from marsad.preserve.difference import Difference
from marsad.preserve.fixity import differences_after
from marsad.preserve.ledger import RandomBytes
from marsad.store.kept import Reading

STATE = "fixity.json"
"""Where an unfinished pass goes on: only a place mark; deleted, the next pass begins at the beginning."""

_SAVED_EVERY = 256 * 1024 * 1024
"""Bytes read between two place marks: what an interruption can cost."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass over the vault, begun at `began`: everything up to the name `after` is done; `differences` were found so far."""

    began: str
    after: str = ""
    files: int = 0
    bytes: int = 0
    differences: tuple[str, ...] = field(default_factory=tuple)
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it: the pass, what differs, whether it is complete, and when the last complete one ended (None: never)."""

    state: Pass | None
    found: list[Difference]
    complete: bool
    last: datetime | None


def check(
    observatory: Observatory,
    by: Collector,
    clock: Callable[[], datetime],
    random_bytes: RandomBytes,
    progress: Progress,
    every: timedelta = timedelta(0),
    at_most: int | None = None,
) -> Checked:
    """Hash the vault, going on where the last pass was interrupted; nothing if one was completed within `every`.

    After `at_most` bytes it stops, and the next call goes on. A complete pass is kept as an event with its numbers.
    """
    mark = observatory.path / STATE
    with observatory.kept() as kept:
        with kept.read() as reading:
            last = _last(reading)
            state = _saved(mark)
            if state is None and last is not None and timedelta(0) <= clock() - last < every:
                return Checked(None, [], complete=True, last=last)
            state = state or Pass(clock().isoformat())
            state, found, complete = _go_on(observatory, reading, state, mark, progress, at_most)
        if complete:
            detail = {"began": state.began, "files": state.files, "bytes": state.bytes}
            note(kept, Act.CHECKED, by, clock(), {**detail, "differences": len(state.differences)}, random_bytes)
            mark.unlink(missing_ok=True)
    return Checked(state, found, complete, last)


class _EnoughError(Exception):
    """As many bytes were read as were to be read."""


def _go_on(
    observatory: Observatory, reading: Reading, state: Pass, mark: Path, progress: Progress, at_most: int | None
) -> tuple[Pass, list[Difference], bool]:
    found: list[Difference] = []
    begun, saved = state.bytes, state.bytes
    evidence = reading.all_evidence(state.after)
    with progress("Hashing evidence", max(reading.count("evidence") - state.files, 0)) as tick:

        def measured(name: str, size: int) -> None:
            nonlocal state, saved
            told = tuple(str(one) for one in found if not one.harmless)
            state = replace(state, after=name, files=state.files + 1, bytes=state.bytes + size)
            tick()
            enough = at_most is not None and state.bytes - begun >= at_most
            if enough or state.bytes - saved >= _SAVED_EVERY:
                saved = state.bytes
                _save(mark, replace(state, differences=(*state.differences, *told)))
            if enough:
                raise _EnoughError

        complete = True
        try:
            for one in differences_after(state.after, observatory.vault, evidence, measured):
                found.append(one)
        except _EnoughError:
            complete = False
    told = tuple(str(one) for one in found if not one.harmless)
    return replace(state, differences=(*state.differences, *told)), found, complete


def _last(reading: Reading) -> datetime | None:
    times = [datetime.fromisoformat(row["at"]) for _, _, row in reading.things("custody", act=Act.CHECKED.value)]
    return times[-1] if times else None


def _saved(mark: Path) -> Pass | None:
    """Return the pass that was interrupted, None if there is none or its mark cannot be read: then it begins anew."""
    try:
        told = json.loads(mark.read_text("utf-8"))
        return Pass(**{**told, "differences": tuple(told["differences"]), "resumed": True})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _save(mark: Path, state: Pass) -> None:
    partial = mark.with_name(mark.name + ".partial")
    partial.write_text(json.dumps(asdict(state), ensure_ascii=False), "utf-8")
    os.replace(partial, mark)  # noqa: PTH105 - in place of the old mark, at once
