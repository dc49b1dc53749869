"""Every route × every role: nobody gets through who may not, and what is hidden looks like what is not there (T4)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from desk_world import Team, copied
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from marsad.desk.roles import Action, Role
from marsad.desk.routes import OPEN, action_of, routes_of

M, R, V, S, P, A, L = (
    Role.MONITOR, Role.RESEARCHER, Role.REVIEWER, Role.SAFETY_LEAD, Role.PUBLISHER, Role.ADMIN, Role.READER,
)  # fmt: skip
EVERYBODY = {M, R, V, S, P, A, L}
LOOKERS = {M, R, V, S, P, L}

ALLOWED: dict[str, set[Role]] = {
    "GET /api/me": EVERYBODY,
    "POST /api/me/language": EVERYBODY,
    "POST /api/me/password": EVERYBODY,
    "POST /api/me/sessions/end": EVERYBODY,
    "GET /api/me/passkeys": EVERYBODY,
    "POST /api/me/passkeys": EVERYBODY,
    "POST /api/me/passkeys/options": EVERYBODY,
    "POST /api/me/passkeys/{credential_id}/remove": EVERYBODY,
    "GET /api/openapi.json": EVERYBODY,
    "GET /api/queue": LOOKERS,
    "GET /api/reports/{report_id}": LOOKERS,
    "GET /api/claims/{anchor}": LOOKERS,
    "GET /api/incidents": LOOKERS,
    "GET /api/incidents/{name}": LOOKERS,
    "GET /api/claims/{anchor}/history": {M, R, V, S, P},
    "GET /api/incidents/{name}/history": {M, R, V, S, P},
    "GET /api/reports/{report_id}/originals": {M, R, V, S},
    "GET /api/reports/{report_id}/originals/{sha256}": {M, R, V, S},
    "POST /api/claims/{anchor}/judgement": {M, R, V},
    "POST /api/reports/{report_id}/claims": {M, R, V},
    "POST /api/claims/{anchor}/undo": {M, R, V},
    "POST /api/claims/{anchor}/move": {R, V},
    "POST /api/incidents/{name}/merge": {R, V},
    "POST /api/incidents/{name}/split": {R, V},
    "POST /api/incidents/{name}/settle": {R, V},
    "POST /api/incidents/{name}/grade": {R, V},
    "POST /api/incidents/{name}/undo": {R, V},
    "POST /api/incidents/{name}/sign": {V},
    "GET /api/people/matches": {M, R, V, S},
    "POST /api/people/matches": {R, V},
    "GET /api/sources": {S},
    "POST /api/sources/{pseudonym}/opening": {S},
    "POST /api/openings": {S},
    "GET /api/openings": {S, A},
    "POST /api/openings/{request_id}/verdict": {S, A},
    "POST /api/exports": {R, V, P},
    "GET /api/exports": {R, V, P, S},
    "GET /api/exports/{request_id}/file": {R, V, P},
    "POST /api/exports/{request_id}/verdict": {S, P},
    "GET /api/accounts": {A},
    "POST /api/accounts": {A},
    "POST /api/accounts/{account_id}": {A},
    "POST /api/accounts/{account_id}/invitation": {A},
    "GET /api/events": {A},
    "POST /api/mode": {A, S},
    "POST /api/reports/{report_id}/restriction": {S},
    "POST /api/incidents/{name}/restriction": {S},
}
"""Who may ask for what, written down by hand: a new route of the API fails until somebody has thought about it."""

BODIES: dict[str, Any] = {
    "POST /api/me/language": {"language": "ar"},
    "POST /api/me/password": {"old": "x", "new": "y"},
    "POST /api/claims/{anchor}/judgement": {"kind": "accept", "reason": "read"},
    "POST /api/reports/{report_id}/claims": {"start": 0, "end": 10, "slots": {"measure": "killed"}, "reason": "missed"},
    "POST /api/claims/{anchor}/undo": {"kind": "accept", "reason": "no"},
    "POST /api/claims/{anchor}/move": {"into": "NAWA-2014-03-07", "reason": "there"},
    "POST /api/incidents/{name}/merge": {"into": "NAWA-2014-03-07", "reason": "one"},
    "POST /api/incidents/{name}/split": {"claims": ["x"], "reason": "two"},
    "POST /api/incidents/{name}/settle": {"reason": "read"},
    "POST /api/incidents/{name}/grade": {"grade": "fair", "reason": "two"},
    "POST /api/incidents/{name}/undo": {"kind": "grade", "reason": "no"},
    "POST /api/incidents/{name}/sign": {"aspect": "toll", "reason": "counted"},
    "POST /api/people/matches": {"a": ["x", "1"], "b": ["y", "2"], "says": "same", "reason": "one name"},
    "POST /api/sources/{pseudonym}/opening": {"reason": "to ask"},
    "POST /api/openings": {"source": "nobody", "reason": "to ask"},
    "POST /api/openings/{request_id}/verdict": {"approved": True},
    "POST /api/exports": {"form": "tolls", "reason": "for a partner"},
    "POST /api/exports/{request_id}/verdict": {"approved": True},
    "POST /api/accounts": {"name": "New", "roles": []},
    "POST /api/accounts/{account_id}": {"roles": [], "version": 1},
    "POST /api/mode": {"mode": "open"},
    "POST /api/reports/{report_id}/restriction": {"groups": []},
    "POST /api/incidents/{name}/restriction": {"groups": []},
}

BY_ACTION: dict[Action, set[Role]] = {
    Action.OWN_ACCOUNT: EVERYBODY,
    Action.SEE_API: EVERYBODY,
    Action.SEE_QUEUE: LOOKERS,
    Action.SEE_REPORT: LOOKERS,
    Action.SEE_INCIDENT: LOOKERS,
    Action.SEE_OVERVIEW: LOOKERS,
    Action.SAVE_VIEW: LOOKERS,
    Action.SEE_EVIDENCE: {M, R, V, S},
    Action.SEE_HISTORY: {M, R, V, S, P},
    Action.SEE_PEOPLE: {M, R, V, S},
    Action.DECIDE_CLAIM: {M, R, V},
    Action.DECIDE_INCIDENT: {R, V},
    Action.GRADE: {R, V},
    Action.SIGN_OFF: {V},
    Action.MATCH_PERSON: {R, V},
    Action.SEE_SOURCES: {S},
    Action.OPEN_SOURCE: {S},
    Action.APPROVE_OPENING: {S, A},
    Action.SEE_OPENINGS: {S, A},
    Action.SEE_EXPORTS: {R, V, P, S},
    Action.ASK_EXPORT: {R, V, P},
    Action.FETCH_EXPORT: {R, V, P},
    Action.APPROVE_EXPORT: {S, P},
    Action.RESTRICT: {S},
    Action.MANAGE_ACCOUNTS: {A},
    Action.CHANGE_MODE: {A, S},
}
"""The same for pages, which stand beside a route of the API each: by the action that they name."""

FORM = {
    **dict.fromkeys(("act", "kind"), "accept"),
    **dict.fromkeys(("reason", "name", "to", "words", "why"), "x"),
    **dict.fromkeys(("version", "seen", "start", "into_version"), "0"),
    "into": "NAWA-2014-03-07",
    "aspect": "toll",
    "grade": "fair",
    "says": "same",
    "end": "10",
    "measure": "killed",
}
"""What the forms of pages may ask for, as far as it matters here."""

OBJECTS = frozenset({"anchor", "report_id", "name"})
"""Parts of an address that name something which may be restricted."""

CLOSED_CIRCLE = "north"


@pytest.fixture(scope="module")
def team(twenty_incidents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    made = Team(copied(twenty_incidents, tmp_path_factory.mktemp("matrix")))
    hidden = names_of(made, 1)
    made.desk.restrictions.put("report", hidden["report_id"], [CLOSED_CIRCLE], "test", made.clock())
    yield made
    made.close()


def names_of(team: Team, turn: int) -> dict[str, str]:
    """Return what names the claim, report and incident number `turn`."""
    incident = sorted(team.incidents(), key=lambda row: row["code"])[turn]
    claim = team.claims_of(incident["incident_id"])[0]
    anchor = f"{claim['report_id']}:{claim['start']}-{claim['end']}"
    with team.desk.kept.read() as reading:
        report = reading.report(claim["report_id"])
    assert report is not None
    names = {"anchor": anchor, "report_id": claim["report_id"], "name": incident["code"], "sha256": report.evidence}
    return {**names, "number": "1"}


MISSING = {"anchor": f"{'0' * 24}:1-2", "report_id": "0" * 24, "name": "NOWHERE-2014-01-01", "sha256": "0" * 64}
MISSING["number"] = "1"


def named(route: APIRoute, names: dict[str, str]) -> str:
    """Return the address of a route with these names in it; "nothing" where there is none of a kind."""
    path = route.path
    for part in route.param_convertors:
        path = path.replace("{" + part + "}", names.get(part, "nothing")).replace("{" + part + ":path}", "nothing")
    return path


def plain(text: str, names: dict[str, str]) -> str:
    """Return an answer with the names by which it was asked for taken out, however they are written in an address."""
    for part, name in sorted(names.items(), key=lambda item: -len(item[1])):
        for written in (name, quote(name, safe=""), quote(name, safe=":")):
            text = text.replace(written, part)
    return text


def methods(route: APIRoute) -> list[str]:
    return sorted((route.methods or set()) - {"HEAD"})


def key_of(method: str, route: APIRoute) -> str:
    return f"{method} {route.path}"


def allowed(method: str, route: APIRoute) -> set[Role]:
    if route.path.startswith("/api/"):
        return ALLOWED[key_of(method, route)]
    action = action_of(route)
    assert action is not None, route.path
    return BY_ACTION[action]


def guarded(team: Team) -> list[tuple[str, APIRoute]]:
    routes = [(m, r) for r in routes_of(team.app) if r.path not in OPEN for m in methods(r)]
    return [(m, r) for m, r in routes if not r.path.startswith("/second-factor/")]


def ask(client: TestClient, method: str, route: APIRoute, names: dict[str, str]) -> Any:
    body = BODIES.get(key_of(method, route))
    if method == "GET":
        return client.get(named(route, names))
    if not route.path.startswith("/api/"):
        return client.request(method, named(route, names), data={**FORM, "anchor": names.get("anchor", "x")})
    return client.request(method, named(route, names), json=body or {})


@pytest.mark.long
def test_every_route_of_the_api_was_thought_about(team: Team) -> None:
    """The table above has every route of the API, and no other; what leads in and out names no action, all else one."""
    found = {key_of(m, r) for m, r in guarded(team) if r.path.startswith("/api/")}
    assert found == set(ALLOWED)
    assert {r.path for _, r in guarded(team) if action_of(r) is None} == set()
    described = team.app.openapi()["paths"]
    assert {f"{m.upper()} {p}" for p, of in described.items() if p.startswith("/api/") for m in of} <= found


@pytest.mark.long
def test_nobody_gets_in_without_signing_in(team: Team) -> None:
    """Every route leads a stranger to the door: pages to the sign-in, the API to a 401, changes to a refusal."""
    stranger, seen = team.client(), 0
    for method, route in guarded(team):
        answer = ask(stranger, method, route, names_of(team, 0))
        told = f"{key_of(method, route)}: {answer.status_code}"
        if method == "GET" and not route.path.startswith("/api/"):
            assert (answer.status_code, answer.headers.get("location")) == (303, "/sign-in"), told
        else:
            assert answer.status_code in (401, 403), told
        seen += 1
    assert seen == len(guarded(team)) > 40


@pytest.mark.long
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_each_role_gets_what_it_may_and_nothing_else(team: Team, role: Role) -> None:
    """Every route asked for by somebody with this role alone: a 403 where the role may not, and never one where it may."""
    wrong = []
    for method, route in guarded(team):
        client = team.as_(role, name=f"all {role}")  # anew: some routes end sessions
        answer = ask(client, method, route, names_of(team, 0))
        may = role in allowed(method, route)
        by_author = answer.status_code == 403 and b"somebody other than the author" in answer.content
        if (answer.status_code in (401, 403) and not by_author) == may:
            wrong.append(f"{key_of(method, route)} answers {answer.status_code} to {role}")
        if not may and answer.status_code < 400:
            wrong.append(f"{key_of(method, route)} succeeds")
    assert wrong == []


@pytest.mark.long
def test_nobody_without_a_role_gets_anything(team: Team) -> None:
    """An account with no role gets a 403 from every route."""
    client = team.as_(name="no role at all")
    assert {ask(client, m, r, names_of(team, 0)).status_code for m, r in guarded(team)} == {403}


@pytest.mark.long
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_what_is_hidden_looks_like_what_is_not_there(team: Team, role: Role) -> None:
    """A restricted report, claim or incident gets the very bytes that one gets which does not exist; its group sees it."""
    hidden, checked = names_of(team, 1), 0
    for method, route in guarded(team):
        if not OBJECTS & route.param_convertors.keys() or role not in allowed(method, route):
            continue
        outside = team.as_(role, name=f"out {role}")
        one, two = ask(outside, method, route, hidden), ask(outside, method, route, MISSING)
        told = key_of(method, route)
        # A page may repeat the address it was asked by, to come back to; nothing else may differ.
        same = [plain(one.text, hidden), plain(two.text, MISSING)]
        assert same[0].splitlines() == same[1].splitlines(), told
        assert one.status_code == two.status_code, told
        # A form that lacks a field is refused before anything is looked for, alike for both.
        assert one.status_code == 404 or (method == "POST" and not route.path.startswith("/api/")), told
        checked += 1
        if method == "GET":
            inside = team.as_(role, groups=[CLOSED_CIRCLE], name=f"in {role}")
            seen = 415 if "{number}" in route.path else 200  # a text is not drawn; only who may see it hears that
            assert ask(inside, method, route, hidden).status_code == seen, told
    assert checked or role is Role.ADMIN


@pytest.mark.parametrize("role", [Role.READER, Role.RESEARCHER], ids=lambda role: role.name.lower())
def test_lists_leave_out_what_is_hidden(team: Team, role: Role) -> None:
    """No list names a restricted report or incident to somebody outside its group."""
    hidden = names_of(team, 1)
    client = team.as_(role, name=f"lists {role}")
    for method, route in guarded(team):
        if method == "GET" and not route.param_convertors and role in allowed(method, route):
            text = ask(client, method, route, {}).text
            assert hidden["name"] not in text, route.path
            assert hidden["report_id"] not in text, route.path


@pytest.mark.long
def test_a_read_only_desk_changes_nothing(twenty_incidents: Path, tmp_path: Path) -> None:
    """Read-only, every decision, export and opening of a source is refused to everybody; looking goes on."""
    from marsad.desk.settings import Mode

    team = Team(copied(twenty_incidents, tmp_path), mode=Mode.READ_ONLY)
    client = team.as_(*Role, name="everything")
    with team.desk.kept.read() as reading:
        before = reading.tree_size()
    for method, route in guarded(team):
        if route.path.startswith(
            ("/api/me", "/api/accounts", "/api/mode", "/account", "/language", "/team", "/mode")
        ) or route.path.endswith("/file"):
            continue
        if "restriction" in route.path:  # it protects, and decides nothing
            continue
        answer = ask(client, method, route, names_of(team, 0))
        assert answer.status_code != 403 if method == "GET" else answer.status_code == 403, key_of(method, route)
    with team.desk.kept.read() as reading:
        assert reading.tree_size() == before
    team.close()


@pytest.mark.long
def test_a_closed_desk_shows_nothing(twenty_incidents: Path, tmp_path: Path) -> None:
    """Closed from within, the desk answers nobody but an admin, who can only open it again and look after an account."""
    team = Team(copied(twenty_incidents, tmp_path))
    admin, worker = team.as_(Role.ADMIN), team.as_(*(set(Role) - {Role.ADMIN}), name="works")
    assert admin.post("/api/mode", json={"mode": "closed"}).status_code == 204
    for method, route in guarded(team):
        if route.path not in ("/api/mode",):
            assert ask(worker, method, route, names_of(team, 0)).status_code == 403, key_of(method, route)
    assert admin.get("/api/accounts").status_code == 403
    assert worker.post("/api/mode", json={"mode": "open"}).status_code == 403
    assert admin.post("/api/mode", json={"mode": "open"}).status_code == 204
    assert worker.get("/api/queue").status_code == 200
    team.close()


def test_a_route_without_an_action_stops_the_start(team: Team) -> None:
    """A desk with a route that names no action does not start, and says which."""
    from fastapi import APIRouter, FastAPI

    from marsad.desk.routes import check_routes

    router = APIRouter()

    @router.get("/api/forgotten")
    def forgotten() -> str:
        return "open to everybody"

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router)
    with pytest.raises(RuntimeError, match="/api/forgotten"):
        check_routes(app)
    assert forgotten() == "open to everybody"
