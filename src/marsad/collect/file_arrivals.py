"""What a folder brings: each file once, when it has come to rest; a file that cannot be read is kept with the reason."""

import mimetypes
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from marsad.collect.arrival import Arrival
from marsad.collect.files import files_in, gather, shown
from marsad.collect.how import PLAIN, How
from marsad.collect.incoming import LIMIT, Refused
from marsad.collect.particulars import Particulars
from marsad.collect.sources import source_of
from marsad.collect.workers import Workers
from marsad.model import Wrong
from marsad.stage import Rejection

SETTLES = 2.0
"""Seconds for which a file must not have changed: before that, somebody may still be writing it."""


def arriving(
    folder: Path,
    given: Particulars,
    unseen: Callable[[Iterable[str]], list[str]],
    seconds: float,
    workers: Workers,
    *,
    channel: str = "watch",
    limit: int = LIMIT,
    how: How = PLAIN,
) -> Iterator[Arrival]:
    """Yield what the files of a folder bring that have not been `unseen` before and are at rest at the time `seconds`.

    A file is known by its path, size and time of change: changed, it is a new one. `seconds` is the present time as file
    systems count it. A file that holds nothing but refusals, or whose worker was killed, is Refused: its original is kept.
    """
    at_rest: dict[str, Path | Rejection] = {}
    for found in files_in(folder):
        name = found.record_id if isinstance(found, Rejection) else shown(found)
        mark = _mark(Path(name) if isinstance(found, Rejection) else found)
        if mark is None or seconds - mark[1] >= SETTLES:
            at_rest[f"{name} {'' if mark is None else f'{mark[0]} {mark[1]}'}".strip()] = found
    for item in unseen(at_rest):
        yield from _file(item, at_rest[item], given, workers, channel, limit, how)


def _file(
    item: str, path: Path | Rejection, given: Particulars, workers: Workers, channel: str, limit: int, how: How
) -> Iterator[Arrival]:
    if isinstance(path, Rejection):
        yield Arrival(item, _kept(Path(path.record_id), path.reason, channel) or path)
        return
    refusals, first, keep = 0, "", True
    try:
        for found in gather(path, given, limit, how, workers, follow=False):
            if isinstance(found, Refused):
                found, keep = replace(found, channel=channel), False
            if isinstance(found, Rejection):
                refusals, first = refusals + 1, first or found.reason
            yield Arrival(item, found, settled=False)
    except Wrong as wrong:
        refusals, first = refusals + 1, str(wrong)
    if refusals and keep:  # else it is kept already
        reason = first if refusals == 1 else f"{first} (and {refusals - 1:,} more of this file)"
        yield Arrival(item, _kept(path, reason, channel) or Rejection(shown(path), "collect", reason))
    else:
        yield Arrival(item, None)


def _kept(path: Path, reason: str, channel: str) -> Refused | None:
    """Return a refusal that keeps the file; None for what is no file, or cannot even be copied."""
    try:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Refused(shown(path), reason, source_of(path, shown(path), follow=False).original(kind), channel)
    except (Wrong, OSError):
        return None


def _mark(path: Path) -> tuple[int, float] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime) if stat.S_ISREG(found.st_mode) else None
