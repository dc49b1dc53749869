"""The desk's index kept up: made on first use, put right when something came in or was decided."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread

from marsad.model import Report, ReportId, Wrong
from marsad.model.rows import canonical_json
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.held import Held
from marsad.pipeline.observatory import Observatory
from marsad.store.search import SearchStore
from marsad.store.search_sql import MIRRORED
from marsad.text.search_words import search_words

HEAD = 160
"""Characters of a report that stand for it in lists."""

_HEADING = 12
"""Characters from which on a first line says something by itself."""
_BATCH = 500
_AT_ONCE = 20_000
"""Reports up to which lists are made anew while a page waits: a second or two."""
_ONE_AT_A_TIME = Lock()


def _quiet(_done: int) -> None:
    """Show no progress."""


@contextmanager
def index_of(observatory: Observatory, progress: Callable[[int], None] = _quiet) -> Iterator[SearchStore]:
    """Open the index as things stand now; costs next to nothing where nothing has changed.

    Where very much has to be made anew, a server shows the lists of before until that is done beside it.
    Raises Wrong where a store is missing or damaged.
    """
    mirrored, held = observatory.store is not None, observatory if isinstance(observatory, Held) else None
    if held and held.faults:
        raise held.faults.pop()
    files = held.files() if held else ()
    store = (held.take_index() if held else None) or SearchStore(observatory.path, mirrored=mirrored)
    try:
        wanted = _stamp_on_server(observatory) if mirrored else store.wanted_stamp()
        if store.stamp() != wanted:
            if held and store.stamp() and store.size() > _AT_ONCE:
                Thread(target=_renewed_beside, args=(held,), daemon=True).start()
            else:
                _renew(observatory, store, wanted, progress)
        if not _ONE_AT_A_TIME.locked():  # who makes the lists anew takes the decisions in as well
            if mirrored:
                _copy_decisions(observatory, store)
            store.take_in_decisions()
        yield store
    except BaseException:
        store.close()
        raise
    if held:
        held.give_index(store, files)
    else:
        store.close()


def _renew(observatory: Observatory, store: SearchStore, wanted: str, progress: Callable[[int], None]) -> None:
    with _ONE_AT_A_TIME, _alone(observatory):
        if store.stamp() != wanted:
            if observatory.store is not None:
                _copy_from_server(observatory, store)
            store.rebuild(wanted)
            _add_words(observatory, store, progress)


@contextmanager
def _alone(observatory: Observatory) -> Iterator[None]:
    """Be the only process of this machine that makes the lists of this folder anew: the others find them made."""
    with (observatory.path / SETTINGS).open("rb") as held:  # a file that is there anyway
        fcntl.flock(held, fcntl.LOCK_EX)  # given back with the file, also where this process is killed
        yield


def _renewed_beside(observatory: Held) -> None:
    """Make the lists anew, unless somebody is at it already; what goes wrong is raised by the next page."""
    if _ONE_AT_A_TIME.locked():
        return
    plain = observatory.plain
    try:
        with SearchStore(plain.path, mirrored=plain.store is not None) as store:
            wanted = store.wanted_stamp() if plain.store is None else _stamp_on_server(plain)
            _renew(plain, store, wanted, _quiet)
    except Wrong as fault:
        observatory.faults.append(fault)


def _stamp_on_server(observatory: Observatory) -> str:
    with observatory.derived(read_only=True) as derived:
        marks = derived.table("reading", stage="derive").to_pylist()
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return f"{[(m['report_id'], m['version']) for m in marks]} {reading.report_count()}"


def _copy_from_server(observatory: Observatory, store: SearchStore) -> None:
    """Copy what the lists are made of from stores on a server; a cache like the index itself."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        for table in MIRRORED["kept"]:
            rows = ({"seq": seq, **content} for seq, _, content in reading.things(table))
            store.mirror("kept", table, rows, anew=True)
    with observatory.derived(read_only=True) as derived:
        for table in MIRRORED["derived"]:
            store.mirror("derived", table, derived.table(table).to_pylist(), anew=True)


def _copy_decisions(observatory: Observatory, store: SearchStore) -> None:
    """Copy the decisions that were made since."""
    since = store.decided_until()
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        made = list(reading.decisions_since(since))
    rows = [
        {
            "seq": seq,
            "anchor": d.anchor,
            "kind": d.kind.value,
            "version": d.version,
            "body": canonical_json(dict(d.body)),
        }
        for seq, d in made
    ]
    if rows:
        store.mirror("kept", "decision", rows, anew=False)


def _add_words(observatory: Observatory, store: SearchStore, progress: Callable[[int], None]) -> None:
    waiting = list(store.without_words())
    with observatory.kept(read_only=True) as kept:
        for start in range(0, len(waiting), _BATCH):
            chunk = waiting[start : start + _BATCH]
            with kept.read() as reading:
                reports = {r.report_id: r for r in reading.reports_named(ReportId(i) for _, i in chunk)}
            rows = []
            for n, report_id in chunk:
                text = readable_text(observatory, reports[ReportId(report_id)])
                if text is not None:
                    rows.append((n, head_of(text), search_words(f"{text} {reports[ReportId(report_id)].outlet}")))
            store.add_words(rows, chunk[-1][0])
            progress(start + len(chunk))


def readable_text(observatory: Observatory, report: Report) -> str | None:
    """Return the text of a report, None where its bytes are gone, altered or no text: the page says so."""
    try:
        return next(observatory.texts([report])).text
    except Wrong:
        return None


def head_of(text: str) -> str:
    """Return what stands for a text in lists: its first line if that is a heading, else its first words; at most HEAD characters.

    >>> head_of("Raid on the market\\n\\nTen people were killed."), head_of("Update\\nTen people were killed.")
    ('Raid on the market', 'Update Ten people were killed.')
    """
    start = text[: HEAD * 4].strip()
    first = " ".join(start.partition("\n")[0].split())
    line = first if _HEADING <= len(first) <= HEAD else " ".join(start.split())
    return line if len(line) <= HEAD else line[: HEAD - 1].rstrip() + "…"
