"""A desk over a small war: twenty incidents, a team with one person a role, and browsers that have signed in."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from small_world import MONITORS, OUTLETS, TOWNS, Story, ground_file, killed, receive
from starlette.responses import Response
from starlette.testclient import TestClient

from marsad.desk.accounts import add_account
from marsad.desk.app import create_app
from marsad.desk.forms import HEADER
from marsad.desk.roles import Role
from marsad.desk.secrets_of import form_token
from marsad.desk.services import Desk
from marsad.desk.sessions import COOKIE
from marsad.desk.settings import Costs, DeskSettings
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run

ADDRESS = "http://127.0.0.1:8081"
THEN = datetime(2026, 11, 26, 9, tzinfo=UTC)
WEAK = Costs(memory=64, time=1, lanes=1)
"""Passwords that are hashed fast, for tests alone."""


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = THEN

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def pass_(self, **of: float) -> None:
        """Let time pass."""
        self.now += timedelta(**of)


def twenty() -> list[Story]:
    """Return two reports on each of twenty incidents: five towns, four days that lie a month apart."""
    out = []
    for turn in range(4):
        for k, town in enumerate(TOWNS):
            day, number = date(2014, 3, 4) + timedelta(30 * turn + k), 11 + 7 * turn + 3 * k
            out.append(
                Story(OUTLETS[k], day + timedelta(1), killed(town, day, number, MONITORS[0], "A market was hit."))
            )
            tail = f"At least {3 + k} of the dead were civilians."
            out.append(
                Story(OUTLETS[(k + 1) % 5], day + timedelta(2), killed(town, day, number + 2, MONITORS[1], tail))
            )
    return out


def small_observatory(folder: Path, stories: Iterable[Story] | None = None) -> Path:
    """Make an observatory with these stories, read and assessed; return its folder."""
    folder.mkdir(exist_ok=True)
    observatory = Observatory.init(folder / "obs", "test", THEN)
    receive(observatory, twenty() if stories is None else stories, THEN)
    run(observatory, processes=1, gazetteer=ground_file(folder))
    return observatory.path


def copied(original: Path, folder: Path) -> Path:
    """Return a copy of an observatory, for one test to change."""
    shutil.copytree(original.parent, folder / "copy")
    return folder / "copy" / original.name


class Team:
    """A desk with accounts; `as_` returns a browser of somebody with these roles who has signed in."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.clock = Clock()
        given = DeskSettings(self.clock, follow="off", costs=WEAK, second_factor=False)
        self.settings = replace(given, **settings)
        self.folder = folder
        self.app: FastAPI = create_app(folder, self.settings)
        self.desk: Desk = self.app.state.desk
        self.clients: list[TestClient] = []

    def client(self) -> TestClient:
        """Return a browser that has not signed in."""
        made = TestClient(self.app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)
        self.clients.append(made)
        return made

    def account(self, name: str, *roles: Role, groups: Iterable[str] = ()) -> str:
        """Make an account; return its pseudonym."""
        now, salt = self.settings.now(), self.settings.random_bytes
        return add_account(self.desk.store, name, roles, groups, "en", "test", now, salt).account_id

    def as_(self, *roles: Role, groups: Iterable[str] = (), name: str | None = None) -> TestClient:
        """Return a browser in which somebody with these roles, in these groups, has signed in."""
        chosen = name or "-".join([*sorted(roles), *sorted(groups)]) or "nobody"
        with self.desk.store.read() as reading:
            row = reading.row("account", name=chosen)
        account = row["account_id"] if row else self.account(chosen, *roles, groups=groups)
        return self.signed_in(account)

    def signed_in(self, account: str) -> TestClient:
        """Return a browser with a session of this account, and the token of its forms."""
        made = self.client()
        secret = self.desk.sessions.begin(Response(), account, "both")
        made.cookies.set(COOKIE, secret)
        made.headers[HEADER] = form_token(secret)
        return made

    def run(self) -> None:
        """Let figures follow."""
        run(self.desk.observatory, processes=1, gazetteer=self.folder.parent / "small.arrow")

    def incidents(self) -> list[dict[str, Any]]:
        """Return the incidents as they are derived now."""
        found: list[dict[str, Any]] = self.desk.derived.table("incident").to_pylist()
        return found

    def claims_of(self, incident_id: str) -> list[dict[str, Any]]:
        """Return the claims of an incident as they were read."""
        members = self.desk.derived.table("membership", incident_id=incident_id).column("claim_id").to_pylist()
        found: list[dict[str, Any]] = self.desk.derived.table("claim", claim_id=members).to_pylist()
        return found

    def close(self) -> None:
        """Let go of everything."""
        for client in self.clients:
            client.close()
        self.desk.close()
