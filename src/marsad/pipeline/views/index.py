"""The desk's index kept up: made on first use, put right when something came in or was decided."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from marsad.model import Report, ReportId, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.store.search import SearchStore
from marsad.text.search_words import search_words

HEAD = 160
"""Characters of a report that stand for it in lists."""

_HEADING = 12
"""Characters from which on a first line says something by itself."""
_BATCH = 500
_ONE_AT_A_TIME = Lock()


def _quiet(_done: int) -> None:
    """Show no progress."""


@contextmanager
def index_of(observatory: Observatory, progress: Callable[[int], None] = _quiet) -> Iterator[SearchStore]:
    """Open the index as things stand now; costs next to nothing where nothing has changed.

    Raises Wrong where a store is missing or damaged.
    """
    with SearchStore(observatory.path) as store:
        if store.stamp() != store.wanted_stamp():
            with _ONE_AT_A_TIME:
                if store.stamp() != store.wanted_stamp():
                    store.rebuild()
                    _add_words(observatory, store, progress)
        store.take_in_decisions()
        yield store


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
