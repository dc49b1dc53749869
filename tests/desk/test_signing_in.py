"""Signing in: passwords, second factors, sessions that end, and guessing that leads nowhere (T7, T8, T9)."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from desk_world import ADDRESS, Team, copied
from software_key import SoftwareKey
from starlette.testclient import TestClient

from marsad.desk.accounts import add_account
from marsad.desk.forms import FIELD
from marsad.desk.roles import Role
from marsad.desk.sessions import COOKIE

WORDS = "seven blue lanterns swim"


def token_in(page: Any) -> str:
    found = re.search(rf'name="{FIELD}" value="([0-9a-f]{{64}})"', page.text)
    assert found, page.text
    return found[1]


def invited(team: Team, name: str, *roles: Role) -> str:
    now, salt = team.clock(), team.settings.random_bytes
    return add_account(team.desk.store, name, roles, (), "en", "test", now, salt).secret


def enter(client: TestClient, path: str, **fields: str) -> Any:
    """Open a page and send its form."""
    token = token_in(client.get(path))
    return client.post(path.partition("?")[0], data={FIELD: token, **fields})


def join(team: Team, name: str, *roles: Role) -> TestClient:
    """Make an account and set its password by the link; return that browser."""
    client = team.client()
    secret = invited(team, name, *roles)
    answer = enter(client, f"/welcome?token={secret}", invitation=secret, password=WORDS)
    assert answer.status_code == 303, answer.text
    return client


@pytest.fixture
def strict(twenty_incidents: Path, tmp_path: Path) -> Any:
    made = Team(copied(twenty_incidents, tmp_path), second_factor=True, grace=timedelta(0))
    made.clock.pass_(seconds=1)
    yield made
    made.close()


def test_a_link_sets_a_password_once(team: Team) -> None:
    """The link that an admin hands out works once, within an hour, and leads straight in; afterwards the password does."""
    client = join(team, "Amal", Role.READER)
    assert client.get("/api/me").json()["name"] == "Amal"
    other = team.client()
    secret = invited(team, "Basil", Role.READER)
    team.clock.pass_(hours=1, seconds=1)
    assert enter(other, f"/welcome?token={secret}", invitation=secret, password=WORDS).status_code == 403
    fresh = team.client()
    assert enter(fresh, "/sign-in", name="amal ", password=WORDS).status_code == 303
    assert fresh.get("/api/me").status_code == 200


def test_the_first_account_is_made_on_the_machine_alone(team: Team) -> None:
    """(Bayanat 005) No address of a desk without accounts makes one: the first admin comes from the command line."""
    client = team.client()
    for path in ("/setup", "/api/accounts", "/admin", "/register", "/api/create-admin", "/welcome"):
        client.get("/sign-in")
        answer = client.post(path, json={"name": "x", "roles": ["admin"]})
        assert answer.status_code in (401, 403, 404), path
    with team.desk.store.read() as reading:
        assert reading.rows("account") == []


def test_a_plain_password_is_refused(team: Team) -> None:
    """Short passwords, one's own name, and one letter over and over are refused; the link still works after that."""
    client, secret = team.client(), invited(team, "Dalia Haddad", Role.READER)
    for bad in ("short", "a" * 20, "Dalia Haddad 1", "x" * 300):
        assert enter(client, f"/welcome?token={secret}", invitation=secret, password=bad).status_code == 422
    assert enter(client, f"/welcome?token={secret}", invitation=secret, password=WORDS).status_code == 303


def test_no_secret_is_in_the_file(team: Team) -> None:
    """Neither passwords nor sessions nor links can be read out of desk.db: it holds hashes."""
    client = join(team, "Amal", Role.READER)
    secret = invited(team, "Basil", Role.READER)
    cookie = client.cookies[COOKIE]
    team.desk.store.close()
    data = b"".join(path.read_bytes() for path in team.folder.glob("desk.db*"))
    for hidden in (WORDS, cookie, secret):
        assert hidden.encode() not in data
    assert hashlib.sha256(cookie.encode()).hexdigest().encode() in data


def test_a_second_factor_is_asked_for(strict: Team) -> None:
    """A password alone opens nothing: first a second device is set up, then a code is asked for; a code works once."""
    client = join(strict, "Amal", Role.REVIEWER)
    assert client.get("/api/me").status_code == 401
    page = client.get("/second-factor")
    found = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page.text)
    assert found
    code = pyotp.TOTP(found[1])
    before = client.cookies[COOKIE]
    answer = client.post("/second-factor", data={FIELD: token_in(page), "code": code.at(strict.clock())})
    assert answer.status_code == 303
    assert client.cookies[COOKIE] != before, "the session has another secret once it may do more"
    assert client.get("/api/me").status_code == 200
    again = strict.client()
    again.cookies.set(COOKIE, before)
    assert again.get("/api/me").status_code == 401
    thief = strict.client()
    assert enter(thief, "/sign-in", name="Amal", password=WORDS).status_code == 303
    assert "<code" not in thief.get("/second-factor").text, "the secret is shown to nobody twice"
    assert enter(thief, "/second-factor", code=code.at(strict.clock())).status_code == 403
    assert thief.get("/api/queue").status_code == 401


def test_the_first_hour_asks_for_a_password_alone(twenty_incidents: Path, tmp_path: Path) -> None:
    """A newcomer gets in with a password; an hour after the first account was made everybody needs a second factor."""
    team = Team(copied(twenty_incidents, tmp_path), second_factor=True)
    client = join(team, "Amal", Role.RESEARCHER)
    assert client.get("/api/queue").status_code == 200
    for _ in range(3):
        team.clock.pass_(minutes=21)
        client.get("/api/queue")
    assert client.get("/api/queue").status_code == 401
    assert client.get("/second-factor").status_code == 200
    team.close()


def test_a_passkey_completes_a_session(strict: Team) -> None:
    """A passkey made at this desk answers its challenge, once; one of elsewhere, of another account or a copy does not."""
    host = "http://localhost:8081"
    client = join(strict, "Amal", Role.REVIEWER)
    page = client.get("/second-factor")
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page.text)[1]  # type: ignore[index]
    code = pyotp.TOTP(secret).at(strict.clock())
    client.post("/second-factor", data={FIELD: token_in(page), "code": code})
    strict_token = client_token(strict, client)
    client.base_url = host
    local = strict.client()
    local.base_url = host
    local.cookies.set(COOKIE, client.cookies[COOKIE])
    local.headers["X-CSRF-Token"] = strict_token
    key = SoftwareKey(host)
    options = local.post("/api/me/passkeys/options").json()
    assert options["user"]["name"] != "Amal", "the device stores a pseudonym"
    kept = local.post("/api/me/passkeys", json={"credential": key.made(options), "label": "my key"})
    assert kept.status_code == 204, kept.text
    begun = kept.cookies[COOKIE]  # the session began anew
    local.cookies.clear()
    local.cookies.set(COOKIE, begun)
    local.headers["X-CSRF-Token"] = client_token(strict, local)
    assert local.post("/api/me/passkeys", json={"credential": key.made(options)}).status_code == 422

    fresh = strict.client()
    fresh.base_url = host
    assert enter(fresh, "/sign-in", name="Amal", password=WORDS).status_code == 303
    fresh.headers["X-CSRF-Token"] = token_in(fresh.get("/second-factor"))
    asked = fresh.post("/second-factor/passkey/options").json()
    elsewhere = SoftwareKey("http://evil.example", key)
    assert fresh.post("/second-factor/passkey", json=elsewhere.shown(asked)).status_code == 422
    asked = fresh.post("/second-factor/passkey/options").json()
    assert fresh.post("/second-factor/passkey", json=SoftwareKey(host).shown(asked)).status_code == 422
    asked = fresh.post("/second-factor/passkey/options").json()
    answer = key.shown(asked)
    assert fresh.post("/second-factor/passkey", json=answer).status_code == 204
    assert fresh.get("/api/me").status_code == 200


def client_token(team: Team, client: TestClient) -> str:
    from marsad.desk.secrets_of import form_token

    return form_token(client.cookies[COOKIE])


@pytest.mark.long
def test_sessions_end(team: Team) -> None:
    """(T8) A session ends half an hour after the last click, twelve hours after sign-in, at sign-out and with its account."""
    client = join(team, "Amal", Role.READER)
    team.clock.pass_(minutes=29)
    assert client.get("/api/queue").status_code == 200
    team.clock.pass_(minutes=29)
    assert client.get("/api/queue").status_code == 200
    team.clock.pass_(minutes=31)
    assert client.get("/api/queue").status_code == 401

    client = team.client()
    enter(client, "/sign-in", name="Amal", password=WORDS)
    for _ in range(25):
        team.clock.pass_(minutes=28)
        client.get("/api/queue")
    team.clock.pass_(minutes=25)
    assert client.get("/api/queue").status_code == 401

    client = team.client()
    enter(client, "/sign-in", name="Amal", password=WORDS)
    old = client.cookies[COOKIE]
    client.post("/sign-out", data={FIELD: client_token(team, client)})
    client.cookies.set(COOKIE, old)
    assert client.get("/api/queue").status_code == 401


def test_a_planted_session_is_not_taken_over(team: Team) -> None:
    """(T8) Whoever plants a cookie in a browser does not share the session that begins in it."""
    client = team.client()
    join(team, "Amal", Role.READER)
    client.cookies.set(COOKIE, "planted")
    page = client.get("/sign-in")
    answer = client.post("/sign-in", data={FIELD: token_in(page), "name": "Amal", "password": WORDS})
    assert answer.status_code == 303
    other = team.client()
    other.cookies.set(COOKIE, "planted")
    assert other.get("/api/queue").status_code == 401


def test_a_changed_role_ends_the_session(team: Team) -> None:
    """(Bayanat 016) Whoever's roles change, or whose account is disabled, has to sign in again: no session keeps old rights."""
    admin = team.as_(Role.ADMIN)
    worker = join(team, "Amal", Role.REVIEWER)
    account = worker.get("/api/me").json()["id"]
    assert worker.get("/api/people/matches").status_code == 200
    answer = admin.post(f"/api/accounts/{account}", json={"roles": ["reader"], "version": 1})
    assert answer.status_code == 204
    assert worker.get("/api/people/matches").status_code == 401
    fresh = team.client()
    enter(fresh, "/sign-in", name="Amal", password=WORDS)
    assert fresh.get("/api/people/matches").status_code == 403
    admin.post(f"/api/accounts/{account}", json={"roles": ["reader"], "disabled": True, "version": 2})
    assert fresh.get("/api/queue").status_code == 401
    assert enter(team.client(), "/sign-in", name="Amal", password=WORDS).status_code == 403


def test_the_last_admin_stays(team: Team) -> None:
    """Nobody can leave a desk without an admin, nor change an account that somebody else changed meanwhile."""
    admin = team.as_(Role.ADMIN)
    account = admin.get("/api/me").json()["id"]
    assert admin.post(f"/api/accounts/{account}", json={"roles": ["reader"], "version": 1}).status_code == 422
    other = team.account("Basil", Role.READER)
    assert admin.post(f"/api/accounts/{other}", json={"roles": [], "version": 7}).status_code == 409


@pytest.mark.long
@pytest.mark.parametrize("guesses", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_guessing_leads_nowhere(team: Team, guesses: int) -> None:
    """(T9, Bayanat 007) Of ten thousand guesses within an hour at most twenty are looked at, also from many addresses."""
    join(team, "Amal", Role.READER)
    looked = 0
    fits = team.desk.passwords.fits

    def counting(kept: str | None, password: str) -> bool:
        nonlocal looked
        looked += 1
        return fits(kept, password)

    team.desk.passwords.fits = counting  # type: ignore[method-assign]
    from marsad.desk import throttle

    refused = 0
    for n in range(guesses):
        team.clock.pass_(seconds=3500 / guesses)
        # Straight at the throttle, as the route asks it, from a new address each time: so many pages take too long.
        if n % 100:
            buckets = [f"account:{hashlib.sha256(b'amal').hexdigest()}", f"address:10.0.{n // 250}.{n % 250}"]
            looked += not throttle.reserve(team.desk.store, buckets, team.clock())
            continue
        client = team.client()
        refused += enter(client, "/sign-in", name="Amal", password=f"guess {n} guess").status_code in (403, 429)
    assert refused == guesses // 100
    assert looked <= 20


@pytest.mark.long
def test_guessing_at_somebody_locks_nobody_out(team: Team) -> None:
    """(T9) While others use up an account's attempts, its owner gets in from the browser that was used before."""
    owner = join(team, "Amal", Role.READER)
    for n in range(30):
        enter(team.client(), "/sign-in", name="Amal", password=f"guess {n} guess")
    assert enter(team.client(), "/sign-in", name="Amal", password=WORDS).status_code == 429
    owner.cookies.delete(COOKIE)
    assert enter(owner, "/sign-in", name="Amal", password=WORDS).status_code == 303


def test_unknown_names_look_like_known_ones(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """(T9) A wrong password, an unknown name and a disabled account get the same page, after the same work."""
    join(team, "Amal", Role.READER)
    gone = join(team, "Hadi", Role.READER).get("/api/me").json()["id"]
    team.as_(Role.ADMIN).post(f"/api/accounts/{gone}", json={"roles": [], "disabled": True, "version": 1})
    checked: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, kept: str | bytes, password: str | bytes) -> bool:
        checked.append(str(kept).rpartition("$")[0].rpartition("$")[0])
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    pages = set()
    for name in ("Amal", "Omar", "Hadi"):
        answer = enter(team.client(), "/sign-in", name=name, password=WORDS[::-1])
        pages.add((answer.status_code, re.sub(r"[0-9a-f]{64}", "", answer.text).replace(name, "NAME")))
    assert len(pages) == 1
    assert len(checked) == 3
    assert len(set(checked)) == 1, "each hash takes as long as the others: the same costs"


@pytest.mark.long
def test_a_change_comes_from_the_desk_alone(team: Team) -> None:
    """(T7) Every changing route refuses what another site sends, with or without the cookie, and what lacks the token."""
    from test_every_route import BODIES, guarded, key_of, named, names_of

    names, seen = names_of(team, 0), 0
    for method, route in guarded(team):
        if method == "GET":
            continue
        client = team.as_(*Role, name="everything")
        token = client.headers["X-CSRF-Token"]
        body = BODIES.get(key_of(method, route), {})
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": ADDRESS.replace("8081", "9999")},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"X-CSRF-Token": "0" * 64},
            {"X-CSRF-Token": ""},
        ):
            answer = client.request(method, named(route, names), json=body, headers=headers)
            assert answer.status_code == 403, f"{key_of(method, route)} {headers}"
        del client.headers["X-CSRF-Token"]
        assert client.request(method, named(route, names), json=body).status_code == 403
        other = team.as_(*Role, name="somebody else")
        stolen = client.request(
            method, named(route, names), json=body, headers={"X-CSRF-Token": other.headers["X-CSRF-Token"]}
        )
        assert stolen.status_code == 403
        assert token != other.headers["X-CSRF-Token"]
        seen += 1
    assert seen > 20


@pytest.mark.long
def test_cookies_go_nowhere_else(twenty_incidents: Path, tmp_path: Path) -> None:
    """Cookies are HttpOnly and SameSite=Strict; behind TLS they are Secure, and the browser is told to stay there."""
    team = Team(copied(twenty_incidents, tmp_path), https=True, hosts=("desk.example",))
    client = team.client()
    client.base_url = "https://desk.example"
    answer = client.get("/sign-in")
    cookie = answer.headers["set-cookie"].casefold()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "secure", "path=/"))
    assert "max-age" in answer.headers["strict-transport-security"]
    team.close()
