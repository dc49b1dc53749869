"""The desk's index: the same lists whatever holds the stores, kept up as reports come in, made again when it is lost."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from marsad.collect.files import gather
from marsad.collect.incoming import Incoming
from marsad.collect.particulars import Particulars
from marsad.model import DecisionKind, Wrong
from marsad.pipeline.held import Held
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.views import index as index_module
from marsad.pipeline.views.index import index_of
from marsad.store.search import FILE, After

if TYPE_CHECKING:
    from marsad.store.places import Server

EXAMPLE = Path(__file__).parents[3] / "examples" / "raqqa" / "reports"
NOW = datetime(2014, 12, 1, 12, tzinfo=UTC)


def filled(observatory: Observatory) -> Observatory:
    """Return the observatory with the example in it, read and linked, and one claim decided."""
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        list(service.receive_all(gather(EXAMPLE, Particulars()), lambda: NOW))
    run(observatory, processes=1)
    return observatory


def lists(observatory: Observatory) -> dict[str, Any]:
    """Return everything that the index lists."""
    with index_of(observatory) as index:
        named = ("origin_row", "outlet_row", "area_row", "tally")
        reports = [{k: v for k, v in row.items() if k not in ("n", "rank")} for row in index.reports({}, 1000)]
        found = [row["report_id"] for row in index.found(["raqqa"], {}, 100)]
        cases = [{k: v for k, v in row.items() if k != "n"} for row in index.incidents({}, 100)]
        small = {name: sorted(map(str, index.table(name))) for name in named}
        return {"reports": reports, "found": found, "cases": cases, "states": index.state_counts(), **small}


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """Return the example in files."""
    return filled(Observatory.init(tmp_path_factory.mktemp("index") / "obs", "Raqqa", NOW))


@pytest.mark.long
def test_pages_by_key_are_the_list(observatory: Observatory) -> None:
    """Page after page gives every report once, in the order of the whole list, whatever the size of a page."""
    with index_of(observatory) as index:
        whole = [row["report_id"] for row in index.reports({}, 1000)]
        for size in (1, 4, 7):
            paged: list[str] = []
            after = None
            while rows := index.reports({}, size, after):
                paged += [row["report_id"] for row in rows]
                after = After(rows[-1]["rank"], rows[-1]["n"])
            assert paged == whole


def test_a_week_of_waiting_weighs_as_much_as_twice_the_people(observatory: Observatory) -> None:
    """The rank is what the page says: people and doubt by powers of two, waiting by weeks."""
    with index_of(observatory) as index:
        ranks = {row["report_id"]: row for row in index.reports({}, 1000)}
    rows = list(ranks.values())
    for one in rows:
        for other in rows:
            heavier = (1 + one["people"]) * one["doubt"] > (1 + other["people"]) * other["doubt"] * 1.0001
            assert not (heavier and one["recorded"] == other["recorded"] and one["rank"] > other["rank"])


def test_an_index_that_is_lost_or_of_another_shape_is_made_again(observatory: Observatory) -> None:
    """It is a cache: removed, or overwritten with anything, the next use has the same lists."""
    before = lists(observatory)
    for spoiled in (None, b"not a database at all" * 100):
        for suffix in ("-wal", "-shm"):
            (observatory.path / (FILE + suffix)).unlink(missing_ok=True)
        (observatory.path / FILE).unlink()
        if spoiled is not None:
            (observatory.path / FILE).write_bytes(spoiled)
        assert lists(observatory) == before


@pytest.mark.long
def test_stores_on_a_server_give_the_same_lists(observatory: Observatory, database: "Server", tmp_path: Path) -> None:
    """A team's store on PostgreSQL: the same queue, and a decision made there counts at once."""
    served = filled(Observatory.init(tmp_path / "obs", "Raqqa", NOW, store=database))
    assert lists(served) == lists(observatory)
    with index_of(served) as index:
        row = index.reports({"state": "open"}, 1)[0]
    with served.derived(read_only=True) as derived:
        claim = derived.table("claim", report_id=row["report_id"]).to_pylist()[0]
    with served.kept() as kept:
        WriteService(kept, served.vault, os.urandom).decide(
            anchor=f"{row['report_id']}:{claim['start']}-{claim['end']}",
            kind=DecisionKind.ACCEPT,
            body={},
            actor="wren",
            reason="read",
            expected_version=0,
            now=NOW,
        )
    with index_of(served) as index:
        again = index.item(row["report_id"])
        assert again is not None
        assert again["decided"] == row["decided"] + 1


def test_large_lists_are_made_anew_beside_the_pages(
    observatory: Observatory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page does not wait for very large lists: it shows those of before, and a later one those of now."""
    folder = tmp_path / "obs"
    copytree(observatory.path, folder)
    monkeypatch.setattr(index_module, "_AT_ONCE", 0)
    held = Held(Observatory.open(folder))
    with index_of(held) as index:  # the very first ones are waited for: there are none to show
        before = index.size()
    with held.kept() as kept:
        item = Incoming("one", b"At least 12 people were killed in Raqqa, Syria.", "Radio Raqqa")
        WriteService(kept, held.vault, os.urandom).receive([item], NOW + timedelta(days=9))
    with index_of(held) as index:
        assert index.size() == before
    made = Event()
    while not made.wait(0.02):
        with index_of(held) as index:
            if index.size() == before + 1:
                made.set()
    held.let_go()


def test_incidents_by_code_are_the_list(observatory: Observatory) -> None:
    """Those after a code, page after page, are all of them in the order of their codes."""
    with index_of(observatory) as index:
        whole = sorted(row["code"] for row in index.incidents({}, 1000))
        paged: list[str] = []
        while rows := index.after_code(paged[-1] if paged else "", 2):
            paged += [row["code"] for row in rows]
    assert paged == whole


def test_a_store_that_was_replaced_is_opened_anew(observatory: Observatory, tmp_path: Path) -> None:
    """Who deletes what is derived, and runs again, is shown what is derived now; what is kept open is let go of."""
    folder = tmp_path / "obs"
    copytree(observatory.path, folder)
    held = Held(Observatory.open(folder))
    assert held.derived(read_only=True).count("incident") > 0
    for path in folder.glob("derived.db*"):
        path.unlink()
    with pytest.raises(Wrong):
        held.derived(read_only=True)
    with held.derived():
        pass
    assert held.derived(read_only=True).count("incident") == 0
    held.let_go()
