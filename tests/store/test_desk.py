"""The store of the desk: rows by name, one transaction or none, in a file of its own."""

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from marsad.model import Wrong
from marsad.store.desk import DeskStore
from marsad.store.places import Place, Server

if TYPE_CHECKING:
    from server_of_our_own import OwnServer

NOW = "2026-11-26T10:00:00.000000Z"
ACCOUNT = {
    "account_id": "ibis-101", "name": "Amal", "name_key": "amal", "roles": "[]", "groups": "[]", "language": "en",
    "password": None, "totp": None, "totp_step": 0, "disabled": 0, "version": 1, "made_at": NOW,
}  # fmt: skip


def test_it_is_made_where_there_is_none_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    """A new file has the tables that marsad makes, and nobody else on the machine may read it."""
    with DeskStore(tmp_path / "desk.db") as store:
        assert list(store.structure_faults()) == []
    assert stat.S_IMODE((tmp_path / "desk.db").stat().st_mode) == 0o600


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where the store lies: a file, or a team's server."""
    if request.param == "sqlite":
        return Path(request.getfixturevalue("tmp_path")) / "desk.db"
    found: Place = request.getfixturevalue("stores")
    return found


def test_rows_go_in_change_and_go(place: Place) -> None:
    """Rows are found, changed, counted and removed by the values of their columns."""
    with DeskStore(place) as store:
        with store.write() as writing:
            writing.add("account", **ACCOUNT)
            writing.add("account", **{**ACCOUNT, "account_id": "finch-102", "name_key": "basil"})
            assert writing.change("account", {"account_id": "ibis-101"}, language="ar") == 1
            assert writing.change("account", {"account_id": "nobody"}, language="ar") == 0
        with store.read() as reading:
            assert reading.count("account") == 2
            assert reading.row("account", language="ar") == {**ACCOUNT, "language": "ar"}
            assert reading.row("account", language="fr") is None
        with store.write() as writing:
            assert writing.remove("account", before=("made_at", NOW)) == 0
            assert writing.remove("account", account_id="finch-102") == 1


def test_a_transaction_is_whole_or_nothing(place: Place) -> None:
    """After an error inside a transaction nothing of it is there; a key that is taken and a rule that is broken are refused."""
    with DeskStore(place) as store:

        def failing() -> None:
            with store.write() as writing:
                writing.add("account", **ACCOUNT)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            failing()
        for bad in ({"disabled": 7}, {"made_at": "yesterday"}, {"name": ""}):
            with pytest.raises(Wrong), store.write() as writing:
                writing.add("account", **{**ACCOUNT, **bad})
        with pytest.raises(Wrong), store.write() as writing:
            writing.add("view", view_id="x", account_id="nobody", name="mine", query="", made_at=NOW)
        with store.read() as reading:
            assert reading.count("account") == reading.count("view") == 0


def test_rows_come_in_the_order_in_which_they_came(place: Place) -> None:
    """Also where one of them was changed since, and whatever characters it holds."""
    with DeskStore(place) as store:
        with store.write() as writing:
            for n, name in enumerate(("Zoë", "أمل", "A\0b")):
                at = NOW.replace("10:00", f"1{n}:00")
                writing.add(
                    "account", **ACCOUNT | {"account_id": f"{9 - n}", "name": name, "name_key": name, "made_at": at}
                )
            for n in range(3):
                writing.add("event", at=NOW, by="ibis-101", what=f"{n}", about=None)
            writing.change("account", {"account_id": "9"}, language="ar")
        with store.read() as reading:
            assert [row["name"] for row in reading.rows("account")] == ["Zoë", "أمل", "A\0b"]
            assert [row["what"] for row in reading.rows("event")] == ["0", "1", "2"]
            assert reading.latest("event", "n") == reading.rows("event")[-1]["n"]


def test_a_copy_that_is_put_away_lets_nobody_in(place: Place, tmp_path: Path) -> None:
    """A snapshot, of a file or of a server, is a file with the accounts and without sessions."""
    with DeskStore(place) as store:
        with store.write() as writing:
            writing.add("account", **ACCOUNT)
            session = {"token_hash": "c0ffee", "account_id": "ibis-101", "factor": "both"}
            writing.add("session", **session, made_at=NOW, seen_at=NOW, challenge=None)
        store.snapshot(tmp_path / "copy.db")
        assert list(store.structure_faults()) == []
    with DeskStore(tmp_path / "copy.db") as copy, copy.read() as reading:
        assert reading.rows("account") == [ACCOUNT]
        assert reading.count("session") == 0
    assert b"c0ffee" not in (tmp_path / "copy.db").read_bytes()


def test_another_s_file_is_refused(tmp_path: Path) -> None:
    """A file that is no desk's is left as it is."""
    (tmp_path / "desk.db").write_bytes(b"something else, and long enough to be looked at" * 100)
    with pytest.raises(Wrong):
        DeskStore(tmp_path / "desk.db")


def test_a_connection_that_the_server_ended_is_made_anew(stores: Server, postgres: "OwnServer") -> None:
    """Between two looks of one page at the store the server ends every connection: the second look is answered."""
    with DeskStore(stores) as store:
        with store.write() as writing:
            writing.add("setting", name="mode", value="open")
        with postgres.connect(stores.database) as at:
            ended = at.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [stores.database],
            ).fetchall()
        assert ended
        with store.read() as reading:
            assert reading.row("setting", name="mode") == {"name": "mode", "value": "open"}
