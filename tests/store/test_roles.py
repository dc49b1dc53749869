"""Who may do what on a team's server: the server itself refuses what a role is not for, whatever program asks it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pyarrow as pa
import pytest
from psycopg import errors
from server_of_our_own import OwnServer

from marsad.collect.incoming import Incoming
from marsad.model import DecisionKind, ReportId, Sha256, Wrong
from marsad.model.restricted import Restriction
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.restricting import restrict
from marsad.pipeline.service import WriteService
from marsad.store.collecting import Collecting
from marsad.store.derived import Derived
from marsad.store.derived_tables import SCHEMAS, TABLES
from marsad.store.kept import Kept
from marsad.store.kept_tables import KEPT
from marsad.store.places import Server
from marsad.store.postgres_secured import policies
from marsad.store.postgres_stores import rights
from marsad.store.public import PublicStore
from marsad.store.sealed import SealedStore

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROLES = ("ingest", "review", "publish", "audit")


@dataclass(frozen=True)
class Team:
    """An observatory on a server with two reports, a claim of each, a sealed box, and a login for each role."""

    obs: Observatory
    server: OwnServer
    store: Server
    reports: list[ReportId]

    def login(self, role: str) -> str:
        """Return the login of somebody who has this role, or, for "stranger", none."""
        return f"{self.store.database}_{role}_person"

    def place(self, role: str) -> Server:
        """Return the store as that person reaches it."""
        return self.server.place(self.store.database, self.login(role))

    @contextmanager
    def ask(self, role: str) -> Iterator[Callable[[str], list[Any]]]:
        """Give what asks the server as that person, with nothing but the driver; every statement is a transaction."""
        with psycopg.connect(self.place(role).conninfo, autocommit=True) as connection:

            def asked(statement: str) -> list[Any]:
                found = connection.execute(statement.encode())
                return found.fetchall() if found.description else []

            yield asked


@pytest.fixture
def team(tmp_path: Any, postgres: OwnServer, database: Server) -> Team:
    obs = Observatory.init(tmp_path / "obs", "a team's", NOW, database)
    items = [Incoming(f"{n}", f"{n} people were killed.".encode(), "Radio", date(2014, 11, 26)) for n in (7, 8)]
    with obs.kept() as kept:
        receipts = WriteService(kept, obs.vault, secrets.token_bytes).receive(items, NOW)
    made = Team(obs, postgres, database, [receipt.report_id for receipt in receipts])
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        owner.execute("INSERT INTO marsad_sealed.box VALUES ('lynx', 1, %s, %s)", (bytes(32), b"sealed"))
        for role in (*ROLES, "desk", "stranger"):
            owner.execute(f"CREATE ROLE {made.login(role)} LOGIN PASSWORD '{postgres.password}'".encode())
            if role != "stranger":
                owner.execute(f"GRANT {database.database}_{role} TO {made.login(role)}".encode())
    return made


def claim_of(report_id: ReportId) -> dict[str, Any]:
    """Return the least that a claim of a report can be."""
    blank: dict[str, Any] = {"start": 0, "end": 1, "score": 0.5, "derived": False}
    blank |= {name: [] for name in ("attribution", "relations", "flags", "names")}
    words = ("text", "measure", "bound", "status", "scope", "modality", "rule")
    return {"claim_id": f"of {report_id}", "report_id": report_id, **dict.fromkeys(words, "x"), **blank}


def member_of(claim: dict[str, Any]) -> dict[str, Any]:
    return {"incident_id": "i1", "claim_id": claim["claim_id"], "role": "x", "rule": "x"}


FORBIDDEN = [
    *((role, f'{verb} marsad_kept."{table}"{rest}') for role in ROLES for table in KEPT.tables for verb, rest in (
        ("UPDATE", " SET seq = seq" if table != "node" else " SET idx = idx"), ("DELETE FROM", ""), ("TRUNCATE", ""),
        ("DROP TABLE", ""), ("ALTER TABLE", " DISABLE TRIGGER ALL"),
    )),
    *((role, f"SELECT * FROM marsad_desk.{table}") for role in ROLES for table in ("account", "session", "shape")),  # noqa: S608
    *((role, statement) for role in ("ingest", "publish") for statement in (
        "SELECT sealed FROM marsad_sealed.box", "SELECT * FROM marsad_sealed.box", "COPY marsad_sealed.box TO STDOUT",
        "SELECT salt FROM marsad_kept.opening",
    )),
    *((role, "INSERT INTO marsad_kept.decision SELECT * FROM marsad_kept.decision") for role in ("ingest", "publish")),
    *((role, "INSERT INTO marsad_kept.release SELECT * FROM marsad_kept.release") for role in ("ingest", "review")),
    ("review", "INSERT INTO marsad_kept.report SELECT * FROM marsad_kept.report"),
    ("review", "SELECT salt FROM marsad_kept.opening"),
    ("review", "DELETE FROM marsad_sealed.box"),
    ("review", "DELETE FROM marsad_derived.claim"),
    ("publish", "SELECT * FROM marsad_sealed.shape"),
    ("publish", "SELECT * FROM marsad_kept.source"),
    ("publish", "SELECT * FROM marsad_kept.unsealing"),
    ("publish", "SELECT * FROM marsad_kept.reader_key"),
    ("publish", "UPDATE marsad_public.release SET number = 9"),
    ("publish", "DELETE FROM marsad_public.release"),
    ("ingest", "SELECT * FROM marsad_public.release"),
    ("ingest", "TRUNCATE marsad_derived.claim"),
    *(("audit", f"INSERT INTO {table} SELECT * FROM {table}") for table in (  # noqa: S608
        "marsad_kept.leaf", "marsad_kept.custody", "marsad_derived.claim", "marsad_public.release", "marsad_sealed.box",
        "marsad_collecting.seen",
    )),
    *((role, statement) for role in ROLES for statement in (
        "CREATE TABLE marsad_kept.extra (a int)", "CREATE SCHEMA another",
        "CREATE OR REPLACE FUNCTION marsad_kept.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "UPDATE marsad_kept.shape SET version = 1", "SET session_replication_role = replica",
    )),
]  # fmt: skip


def test_whoever_runs_the_desk_looks_after_accounts_and_nothing_else(team: Team) -> None:
    """Accounts come, change and go; what is kept, derived or sealed the server shows this role not."""
    values = "'ibis-1', 'Amal', 'amal', '[]', '[]', 'en', NULL, NULL, 0, 0, 1, '2026-11-26T10:00:00.000000Z'"
    with team.ask("desk") as ask:
        ask(f"INSERT INTO marsad_desk.account VALUES ({values})")  # noqa: S608
        ask("UPDATE marsad_desk.account SET language = 'ar'")
        assert ask("SELECT language FROM marsad_desk.account") == [("ar",)]
        ask("INSERT INTO marsad_desk.event (at, by, what) SELECT made_at, account_id, 'x' FROM marsad_desk.account")
        ask("DELETE FROM marsad_desk.account")
        tables = (
            "marsad_kept.report",
            "marsad_kept.leaf",
            "marsad_derived.claim",
            "marsad_sealed.box",
            "marsad_public.release",
        )
        refused = [f"SELECT * FROM {table}" for table in tables]  # noqa: S608
        for statement in (*refused, "UPDATE marsad_desk.shape SET version = 9"):
            with pytest.raises(errors.InsufficientPrivilege):
                ask(statement)


def test_what_a_role_is_not_for_the_server_refuses(team: Team) -> None:
    """Changing or removing what is kept, reading what is sealed, writing outside of one's work: refused, and nothing changes."""
    with psycopg.connect(team.store.conninfo) as owner:
        count = "SELECT count(*) FROM marsad_kept.leaf"
        before = owner.execute(count).fetchone()
        owner.rollback()
        for role in ROLES:
            with team.ask(role) as ask:
                for who, statement in FORBIDDEN:
                    if who == role:
                        with pytest.raises(errors.InsufficientPrivilege):
                            ask(statement)
        assert owner.execute(count).fetchone() == before
    assert len(FORBIDDEN) > 400


REFUSED = "permission denied|CONNECT privilege"
"""How a server says that it lets nobody in: in its message, or in the detail that follows it."""


def test_whoever_has_no_role_does_not_come_in(team: Team) -> None:
    """A login of the server without a role of this observatory cannot even connect to its database."""
    with pytest.raises(psycopg.OperationalError, match=REFUSED), team.ask("stranger"):
        pytest.fail("came in")
    with pytest.raises(Wrong, match=REFUSED):
        Kept(team.place("stranger"))


@pytest.mark.long
def test_each_role_can_do_its_work(team: Team) -> None:
    """Through marsad: ingest takes reports in and derives, review decides, publish records a release, audit checks all of it."""
    item = Incoming("n", b"9 people were killed.", "Radio", date(2014, 11, 26))
    with Kept(team.place("ingest")) as kept, Derived(team.place("ingest")) as derived:
        [receipt] = WriteService(kept, team.obs.vault, secrets.token_bytes).receive([item], NOW)
        assert receipt.new
        derived.mark_read("extract", "1", [receipt.report_id])
        derived.clear()
    with Kept(team.place("review")) as kept:
        decision = WriteService(kept, team.obs.vault, secrets.token_bytes).decide(
            anchor=f"{receipt.report_id}:0-1", kind=DecisionKind.REJECT, body={}, actor="r", reason="x",
            expected_version=0, now=NOW,
        )  # fmt: skip
        assert decision.version == 1
    with SealedStore(team.place("ingest")) as sealed:
        sealed.put([("wolf", 1, bytes(32), b"one")])
        sealed.put([("wolf", 2, bytes(32), b"two")])
        assert sealed.destroy("wolf", below=2) == 1
        with pytest.raises(Wrong, match="permission denied"):
            sealed.box("wolf", 2)
    with SealedStore(team.place("review"), read_only=True) as sealed:
        assert sealed.box("wolf", 2) == (bytes(32), b"two")
    with PublicStore(team.place("publish")) as public:
        public.add("ab" * 32, 1, NOW.date(), b"{}")
        assert public.record("ab" * 32) == b"{}"
    with Collecting(team.place("ingest")) as state:
        state.refuse("channel", "n", "why", NOW)
        assert len(list(state.refusals())) == 1
    with Kept(team.place("publish")) as kept:
        service = WriteService(kept, team.obs.vault, secrets.token_bytes)
        checkpoint = service.checkpoint()
        release = service.record_release(
            number=1, manifest=Sha256("ab" * 32), policy="ucdp", as_known_on=NOW.date(), checkpoint=checkpoint, now=NOW
        )
        assert release.number == 1
    with Kept(team.place("audit"), read_only=True) as kept:
        assert list(kept.structure_faults()) == []
        with kept.read() as reading:
            assert [reading.count(kind) for kind in ("report", "decision", "release")] == [3, 1, 1]
            assert len(list(reading.openings())) == reading.tree_size()
    new = Incoming("m", b"10 people were killed.", "Radio", date(2014, 11, 26))
    with Kept(team.place("audit")) as kept, pytest.raises(Wrong, match="permission denied"):
        WriteService(kept, team.obs.vault, secrets.token_bytes).receive([new], NOW)


def test_a_role_asked_for_more_is_told_so(team: Team) -> None:
    """marsad says whose right is missing, where, and what to do, in one sentence."""
    item = Incoming("n", b"9 people were killed.", "Radio", date(2014, 11, 26))
    with Kept(team.place("review")) as kept, pytest.raises(Wrong, match=r"permission denied.*ask for a role"):
        WriteService(kept, team.obs.vault, secrets.token_bytes).receive([item], NOW)


@pytest.mark.long
def test_a_restricted_report_is_seen_by_its_circle_alone(team: Team) -> None:
    """What is restricted to a circle, and what was read out of it, is not there for others; who takes in or audits sees it."""
    hidden, open_one = team.reports
    with psycopg.connect(team.store.conninfo, autocommit=True) as owner:
        circle = f"{team.store.database}_circle_safety"
        owner.execute(f"CREATE ROLE {circle} NOLOGIN".encode())
    with Kept(team.place("review")) as kept:
        made = restrict(kept, hidden, "safety", "reader-1", "names a child", NOW, secrets.token_bytes)
        assert made == Restriction(hidden, 1, "safety", "reader-1", "names a child", NOW)

    def seen(role: str) -> set[str]:
        with Kept(team.place(role), read_only=True) as kept, kept.read() as reading:
            custody = {row["evidence"] for _, _, row in reading.things("custody")}
            assert len(custody) == reading.report_count()
            return {report.report_id for report in reading.reports()}

    with Derived(team.place("ingest")) as derived:
        claims = [claim_of(report_id) for report_id in team.reports]
        derived.put("claim", pa.Table.from_pylist(claims, schema=SCHEMAS["claim"]))
        derived.put(
            "membership", pa.Table.from_pylist([member_of(claim) for claim in claims], schema=SCHEMAS["membership"])
        )

    def read_out(role: str) -> list[int]:
        with Derived(team.place(role), read_only=True) as derived:
            return [derived.count(name) for name in ("claim", "membership")]

    assert {role: read_out(role) for role in ROLES} == {
        "ingest": [2, 2], "review": [1, 1], "publish": [1, 1], "audit": [2, 2],
    }  # fmt: skip
    assert {role: len(seen(role)) for role in ROLES} == {"ingest": 2, "review": 1, "publish": 1, "audit": 2}
    assert seen("review") == {open_one}
    with psycopg.connect(team.store.conninfo, autocommit=True) as owner:
        owner.execute(f"GRANT {circle} TO {team.login('review')}".encode())
    assert seen("review") == {hidden, open_one}
    assert seen("publish") == {open_one}
    with Kept(team.place("review")) as kept:
        restrict(kept, hidden, "*", "reader-1", "the family agreed", NOW, secrets.token_bytes)
    assert seen("publish") == {hidden, open_one}


def test_every_table_that_was_read_out_of_reports_is_secured() -> None:
    """A new table with a column for a report, a claim or what is known hides the rows of restricted reports, or says why not."""
    named = {"report_id", "claim_id", "knowledge_id", "record_id"}
    speaking = {name for name, schema in SCHEMAS.items() if named & set(schema.names)}
    marks_only = {"reading"}  # which version of a stage has read a report: no word of it
    assert {name for name in speaking - marks_only if not list(policies("derived", TABLES[name]))} == set()


@pytest.mark.long
def test_rights_can_be_given_anew(team: Team) -> None:
    """Rights that crept in are taken away again, and the check of the structure names them until then."""
    with psycopg.connect(team.store.conninfo, autocommit=True) as owner:
        owner.execute(f"GRANT UPDATE ON marsad_kept.report TO {team.store.database}_review".encode())
        owner.execute(f"GRANT SELECT ON marsad_sealed.box TO {team.store.database}_publish".encode())
    with team.obs.kept() as kept:
        told = f"table report may be changed by {team.store.database}_review (UPDATE)"
        assert list(kept.structure_faults()) == [told]
        assert rights(team.store) == []
        assert list(kept.structure_faults()) == []
    with team.ask("publish") as ask, pytest.raises(errors.InsufficientPrivilege):
        ask("SELECT * FROM marsad_sealed.box")


@pytest.mark.long
def test_names_are_no_sql(tmp_path: Any, postgres: OwnServer) -> None:
    """A database, a circle or an outlet whose name is a piece of SQL is a name."""
    name = 'ob"; DROP TABLE x%s; --'
    with postgres.connect() as at:
        quoted = name.replace('"', '""')
        at.execute(f"CREATE DATABASE \"{quoted}\" OWNER marsad TEMPLATE template0 ENCODING 'UTF8'".encode())
    try:
        place = postgres.place("ob%22%3B%20DROP%20TABLE%20x%25s%3B%20--")
        assert place.database == name
        obs = Observatory.init(tmp_path / "obs", "Robert'); DROP TABLE report; --", NOW, place)
        item = Incoming("'); --", b"9 people were killed.", "Radio'); DROP TABLE leaf; --", date(2014, 11, 26))
        with obs.kept() as kept:
            WriteService(kept, obs.vault, secrets.token_bytes).receive([item], NOW)
            with kept.read() as reading:
                assert [report.outlet for report in reading.reports()] == ["Radio'); DROP TABLE leaf; --"]
            assert list(kept.structure_faults()) == []
    finally:
        with postgres.connect() as at:
            at.execute(f'DROP DATABASE "{quoted}" WITH (FORCE)'.encode())
            for role in ROLES:
                at.execute(f'DROP ROLE IF EXISTS "{quoted}_{role}"'.encode())
