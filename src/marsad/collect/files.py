"""Reports in files: one text a file, a folder of them, JSON lines, a file of another kind, or what comes through a pipe."""

import codecs
import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from marsad.collect.how import PLAIN, How
from marsad.collect.incoming import LIMIT, Found, Refused, incoming
from marsad.collect.json_lines import report_line
from marsad.collect.kinds import kind_for, suffixes
from marsad.collect.particulars import Particulars
from marsad.collect.sources import Source, opened_file, source_of
from marsad.collect.workers import Quarantined, Workers
from marsad.model import Wrong
from marsad.stage import Rejection

TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})
JSON_LINES = frozenset({".jsonl", ".ndjson"})

_STAGE = "collect"


def gather(
    path: Path,
    given: Particulars,
    limit: int = LIMIT,
    how: How = PLAIN,
    workers: Workers | None = None,
    follow: bool = True,
) -> Iterator[Found]:
    """Yield the reports of a file or of a folder, in the order of names; `given` fills in what they leave open.

    `how` says of what kind they are, where the files themselves do not tell it. `workers` are those to use, if there are any;
    with `follow=False`, a file that is a link is refused.

    In a folder, and on a line of JSON, what cannot be used is one Rejection with its reason and stops nothing. A single
    file that cannot be used raises Wrong, before anything is yielded.
    """
    with Workers() if workers is None else nullcontext(workers) as at_work:
        if path.is_dir():
            yield from _folder(path, given, limit, how, at_work)
        else:
            yield from _file(path, given, limit, how, at_work, follow)


def _file(
    path: Path, given: Particulars, limit: int, how: How, workers: Workers, follow: bool = True
) -> Iterator[Found]:
    if how.kind is not None or how.mapping is not None or path.suffix.lower() in suffixes():
        source = source_of(path, shown(path), follow=follow)
        kind = kind_for(source, how)
        if kind is not None:
            yield from _so_far(kind.read(source, given, how, workers), source)
            return
    if path.suffix.lower() in JSON_LINES:
        with opened_file(path, shown(path), follow=follow) as stream:
            yield from _lines(_cut(stream, limit), shown(path), given, limit)
    else:
        yield incoming(shown(path), _bytes(path, limit, follow), given, limit)


def gather_stream(stream: BinaryIO, given: Particulars, limit: int = LIMIT) -> Iterator[Found]:
    """Yield the reports that come through a pipe: JSON lines if the first character is `{`, else a single text."""
    name = "standard input"
    first = stream.readline(_longest(limit) + 1)
    if first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        yield from _lines(_cut(stream, limit, first), name, given, limit)
    else:
        yield incoming(name, first + stream.read(limit + 1), given, limit)


def _so_far(found: Iterator[Found], source: Source) -> Iterator[Found]:
    """Yield what is found; where a file turns out to be broken behind its beginning, a rejection is the last of it."""
    begun = False
    try:
        for item in found:
            yield item
            begun = True
    except Quarantined as wrong:
        yield Refused(source.name, str(wrong), source.original("application/octet-stream"))
    except Wrong as wrong:
        if not begun:
            raise
        yield Rejection(source.name, _STAGE, str(wrong))


def files_in(folder: Path) -> Iterator[Path | Rejection]:
    """Yield the files below a folder in the order of their names; a rejection for what is not followed or not read.

    Names that begin with a dot are passed over, as everywhere on this system.
    """
    faults: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(parent) / name).is_symlink():
                yield _refused(Path(parent) / name, "is a symbolic link, which is not followed inside a folder")
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent) / name
            if path.suffix.lower() in TEXTS | JSON_LINES | suffixes():
                yield path
            else:
                kinds = ", ".join(sorted(TEXTS | JSON_LINES | suffixes()))
                yield _refused(path, f"is not a kind of file marsad reads in a folder ({kinds})")
    for fault in faults:
        yield _refused(Path(str(fault.filename)), f"cannot be read: {fault.strerror}")


def shown(path: Path) -> str:
    """Return a path fit for a message, whatever bytes its name is made of."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(path))


def _folder(folder: Path, given: Particulars, limit: int, how: How, workers: Workers) -> Iterator[Found]:
    for path in files_in(folder):
        if isinstance(path, Rejection):
            yield path
            continue
        try:
            yield from _file(path, given, limit, how, workers, follow=False)
        except Wrong as wrong:
            yield Rejection(shown(path), _STAGE, str(wrong))


def _lines(lines: Iterable[bytes | None], name: str, given: Particulars, limit: int) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        where = f"{name} line {number}"
        if line is None:
            yield Rejection(where, _STAGE, f"{where}: is longer than {_longest(limit):,} bytes; split it.")
        elif line.strip():
            try:
                yield report_line(line, where, given, limit)
            except Wrong as wrong:
                yield Rejection(where, _STAGE, str(wrong))


def _longest(limit: int) -> int:
    """Return how long a line of JSON may be: a character may be written in six, and particulars stand beside it."""
    return 6 * limit + 65_536


def _cut(stream: BinaryIO, limit: int, first: bytes = b"") -> Iterator[bytes | None]:
    """Yield the lines of a stream, None for one that is too long; no more than one is ever held."""
    longest = _longest(limit)
    line = first or stream.readline(longest + 1)
    while line:
        whole = len(line) <= longest
        yield line if whole else None
        while not whole and line and not line.endswith(b"\n"):
            line = stream.readline(longest + 1)
        line = stream.readline(longest + 1)


def _bytes(path: Path, limit: int, follow: bool = True) -> bytes:
    with opened_file(path, shown(path), follow=follow) as stream:
        return stream.read(limit + 1)


def _refused(path: Path, rule: str) -> Rejection:
    return Rejection(shown(path), _STAGE, f"{shown(path)}: {rule}.")
