"""What a penetration test found in Bayanat, here from the start: nearly all of it a second way to the same data.

The numbers are those of that list; 005, 007, 016 and 022 stand in test_signing_in.py and test_desk_decisions.py.
"""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from desk_world import Team, small_observatory
from small_world import Story, killed
from starlette.testclient import TestClient
from test_every_route import BODIES, guarded, key_of, named, names_of

from marsad.desk.roles import Role

GROUP = "north"


@pytest.fixture
def hidden(team: Team) -> dict[str, str]:
    """The names of an incident whose reports are for one group alone."""
    names = names_of(team, 1)
    team.desk.restrictions.put("report", names["report_id"], [GROUP], "test", team.clock())
    return names


def export(team: Team, client: TestClient, form: str) -> Any:
    """Ask for an export, have it approved by somebody else, and fetch it."""
    made = client.post("/api/exports", json={"form": form, "reason": "for a partner"}).json()["id"]
    lead = team.as_(Role.SAFETY_LEAD)
    assert lead.post(f"/api/exports/{made}/verdict", json={"approved": True}).status_code == 200
    return client.get(f"/api/exports/{made}/file")


def test_001_history_is_as_guarded_as_what_it_is_of(team: Team, hidden: dict[str, str]) -> None:
    """The history of a visible claim does not tell of a decision that names a hidden report."""
    inside = team.as_(Role.RESEARCHER, groups=[GROUP])
    seen = names_of(team, 0)
    body = {"into": hidden["name"], "reason": "one raid"}
    assert inside.post(f"/api/claims/{seen['anchor']}/move", json=body).status_code == 200
    outside = team.as_(Role.RESEARCHER)
    for path in (f"/api/claims/{seen['anchor']}", f"/api/incidents/{seen['name']}"):
        assert [one["reason"] for one in inside.get(f"{path}/history").json()] == ["one raid"]
        assert outside.get(f"{path}/history").json() == []
        assert "join" in inside.get(path).text
        assert "join" not in outside.get(path).text


def test_002_009_an_original_is_asked_for_through_its_own_report(team: Team, hidden: dict[str, str]) -> None:
    """The evidence of a hidden report is not to be had through a visible one."""
    client, seen = team.as_(Role.RESEARCHER), names_of(team, 0)
    assert client.get(f"/api/reports/{seen['report_id']}/originals/{seen['sha256']}").status_code == 200
    assert client.get(f"/api/reports/{seen['report_id']}/originals/{hidden['sha256']}").status_code == 404
    assert client.get(f"/api/reports/{hidden['report_id']}/originals/{hidden['sha256']}").status_code == 404


@pytest.mark.long
@pytest.mark.parametrize("form", ["incidents", "tolls", "corrections"])
def test_003_026_an_export_holds_what_its_asker_may_see(team: Team, hidden: dict[str, str], form: str) -> None:
    """A hidden incident is in no export of somebody outside its group, whoever approved it; nobody else can fetch it."""
    inside = team.as_(Role.RESEARCHER, groups=[GROUP])
    inside.post(f"/api/claims/{hidden['anchor']}/judgement", json={"kind": "accept", "reason": "read"})
    outside = team.as_(Role.RESEARCHER)
    got = export(team, outside, form)
    assert got.status_code == 200
    assert hidden["name"].encode() not in got.content
    if form != "corrections":
        assert hidden["name"].encode() in export(team, inside, form).content
    mine = outside.get("/api/exports").json()[0]["id"]
    assert inside.get(f"/api/exports/{mine}/file").status_code == 404


def test_an_export_waits_for_somebody_else_and_expires(team: Team) -> None:
    """Whoever asks cannot approve; refused, waiting and after a day it is not handed out."""
    both = team.as_(Role.PUBLISHER)
    made = both.post("/api/exports", json={"form": "tolls", "reason": "for us"}).json()["id"]
    assert both.get(f"/api/exports/{made}/file").status_code == 403
    assert both.post(f"/api/exports/{made}/verdict", json={"approved": True}).status_code == 403
    other = team.as_(Role.PUBLISHER, name="other")
    assert other.post(f"/api/exports/{made}/verdict", json={"approved": True}).json()["state"] == "approved"
    assert both.get(f"/api/exports/{made}/file").status_code == 200
    team.clock.pass_(minutes=25)
    for _ in range(60):
        team.clock.pass_(minutes=25)
    fresh = team.as_(Role.PUBLISHER)
    assert fresh.get(f"/api/exports/{made}/file").status_code == 403


@pytest.mark.long
@pytest.mark.parametrize(
    "bad", ["../../../etc/passwd", "..%2f..%2fdesk.db", "%2e%2e/desk.db", "C:\\x", "a\x00b", "/etc/passwd"]
)
def test_004_no_name_leads_out_of_its_place(team: Team, bad: str) -> None:
    """Names that climb, absolute ones and such with NUL find nothing, in every part of every address and in files."""
    from urllib.parse import quote

    client = team.as_(*Role, name="everything")
    for prefix in ("/static/", "/assets/", "/static/../", "/assets/desk/"):
        answer = client.get(prefix + quote(bad, safe="%/."))
        assert answer.status_code in (404, 405), prefix
    for method, route in guarded(team):
        for part in route.param_convertors:
            path = named(route, {**names_of(team, 0), part: quote(bad, safe="")})
            answer = client.request(method, path, json=BODIES.get(key_of(method, route), {}))
            assert answer.status_code in (404, 405, 409, 422), f"{path}: {answer.status_code}"
            assert b"root:" not in answer.content
            assert b"SQLite" not in answer.content


@pytest.mark.long
def test_008_039_what_is_imported_is_no_more_trusted_than_what_is_typed(tmp_path: Path) -> None:
    """A script in a report's text or outlet comes out as words: JSON is never sniffed as a page, pages escape it."""
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    from datetime import date

    text = killed("Duma", date(2014, 3, 4), 12, None, script)
    team = Team(small_observatory(tmp_path / "hostile", [Story(f"Radio {script}", date(2014, 3, 5), text)]))
    client = team.as_(*Role, name="everything")
    checked = 0
    for method, route in guarded(team):
        if method == "GET":
            answer = client.get(named(route, names_of(team, 0)))
            kind = answer.headers["content-type"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            if kind.startswith("text/html"):
                assert "<script>alert" not in answer.text, route.path
                assert "<img src=x" not in answer.text, route.path
            checked += 1
    assert checked > 10
    team.close()


def test_012_a_parent_tells_nothing_of_what_needs_more(team: Team) -> None:
    """A reader's report holds neither hashes nor custody nor who decided: those have routes, and rights, of their own."""
    names = names_of(team, 0)
    worker = team.as_(Role.RESEARCHER)
    worker.post(f"/api/claims/{names['anchor']}/judgement", json={"kind": "accept", "reason": "a reason of mine"})
    reader = team.as_(Role.READER)
    told = reader.get(f"/api/reports/{names['report_id']}").text + reader.get(f"/api/claims/{names['anchor']}").text
    for secret in (names["sha256"], "custody", "recorded_at", "a reason of mine", worker.get("/api/me").json()["id"]):
        assert secret not in told


@pytest.mark.long
@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil-localhost", "localhost.evil.example", "notlocalhost",
     "127.0.0.1@evil.example", "", "[::1].evil.example", "localhost:80:80"],
)  # fmt: skip
def test_014_a_name_that_ends_or_begins_like_ours_is_not_ours(team: Team, host: str) -> None:
    """A request under another name is refused before anything else, also a name that was made to lead here (rebinding)."""
    client = team.as_(Role.RESEARCHER)
    assert client.get("/api/queue", headers={"Host": host}).status_code in (400, 421)


def test_017_the_desk_fetches_nothing() -> None:
    """The desk has no update and asks no other machine: no file of it imports what could."""
    import marsad.desk

    folder = Path(marsad.desk.__file__).parent
    asking = re.compile(
        r"^\s*(?:import|from)\s+(urllib\.request|http\.client|requests|httpx|aiohttp|smtplib|ftplib)", re.M
    )
    assert [p.name for p in folder.rglob("*.py") if asking.search(p.read_text())] == []


def test_018_what_is_done_to_many_is_done_to_all_or_none(team: Team, hidden: dict[str, str]) -> None:
    """A split that names one claim too many, and a merge with a hidden incident, decide nothing at all."""
    client, seen = team.as_(Role.RESEARCHER), names_of(team, 0)
    with team.desk.kept.read() as reading:
        before = reading.tree_size()
    body = {"claims": [seen["anchor"], hidden["anchor"]], "reason": "two"}
    assert client.post(f"/api/incidents/{seen['name']}/split", json=body).status_code == 422
    body = {"into": hidden["name"], "reason": "one"}
    assert client.post(f"/api/incidents/{seen['name']}/merge", json=body).status_code == 404
    with team.desk.kept.read() as reading:
        assert reading.tree_size() == before


def test_020_no_original_is_shown_or_guessed(team: Team) -> None:
    """Originals have no names of their own, are saved and not shown, and lie behind their report's rights."""
    client, names = team.as_(Role.RESEARCHER), names_of(team, 0)
    answer = client.get(f"/api/reports/{names['report_id']}/originals/{names['sha256']}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    for path in (f"/static/{names['sha256']}", f"/vault/{names['sha256'][:2]}/{names['sha256']}", "/media/1"):
        assert client.get(path).status_code == 404


@pytest.mark.long
def test_021_names_of_people_are_for_admins(team: Team) -> None:
    """What somebody signs in with is in no answer to others, and not in the ledger: they see a pseudonym."""
    worker = team.as_(Role.RESEARCHER, name="Amal Haddad of Homs")
    names = names_of(team, 0)
    body = {"kind": "accept", "reason": "read"}
    worker.post(f"/api/claims/{names['anchor']}/judgement", json=body)
    worker.post("/api/exports", json={"form": "tolls", "reason": "for a partner"})
    other = team.as_(*(set(Role) - {Role.ADMIN}), name="other")
    for method, route in guarded(team):
        if method == "GET":
            assert "Amal" not in other.get(named(route, names)).text, route.path
    with team.desk.kept.read() as reading:
        assert b"Amal" not in b"".join(leaf for _, leaf in reading.leaves())
        assert {d.actor for d in reading.decisions()} == {worker.get("/api/me").json()["id"]}


def test_023_an_original_is_not_opened_to_be_handed_out(team: Team) -> None:
    """However hostile a PDF is, the desk hands its bytes out as they are, and counts no page of it."""
    import marsad.desk

    folder = Path(marsad.desk.__file__).parent
    words = "".join(path.read_text() for path in (folder / "api").glob("*.py"))
    assert not re.search(r"import (pypdf|pdfplumber|fitz|PIL|openpyxl|lxml)", words)
    client, names = team.as_(Role.RESEARCHER), names_of(team, 0)
    got = client.get(f"/api/reports/{names['report_id']}/originals/{names['sha256']}").content
    import hashlib

    assert hashlib.sha256(got).hexdigest() == names["sha256"]


@pytest.mark.long
def test_024_no_cell_is_a_formula(team: Team) -> None:
    """An incident whose perpetrator was typed as a formula leaves the desk as words."""
    client = team.as_(Role.RESEARCHER)
    incident = sorted(team.incidents(), key=lambda row: row["code"])[0]
    for claim in team.claims_of(incident["incident_id"]):
        at = f"{claim['report_id']}:{claim['start']}-{claim['end']}"
        body = {"kind": "correct", "slots": {"perpetrator": '=HYPERLINK("http://evil.example")'}, "reason": "typed"}
        assert client.post(f"/api/claims/{at}/judgement", json=body).status_code == 200
    team.run()
    got = export(team, client, "incidents").content.decode()
    rows = list(csv.reader(io.StringIO(got)))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_025_no_export_is_rendered_from_what_others_wrote(team: Team) -> None:
    """There is no export that loads an address or a file while it is made: tables and lines alone."""
    client = team.as_(Role.RESEARCHER)
    for form in ("pdf", "html", "file:///etc/passwd", "http://127.0.0.1/"):
        assert client.post("/api/exports", json={"form": form, "reason": "for us"}).status_code == 422


WRONG: list[Any] = [
    None, True, -1, 0, 1.5, 10**30, "", "x" * 5000, "\x00", "\ud800", [], [[]], [None], {},
    {"$gt": ""}, {"a": {"b": {}}}, "'; --",
]  # fmt: skip


@pytest.mark.long
def test_036_037_042_no_field_takes_what_it_is_not(team: Team) -> None:
    """Every field of every body filled with values of every other type: a refusal or a plain answer, never a fault."""
    client = team.as_(*Role, name="everything")
    names, faults = names_of(team, 0), []
    for method, route in guarded(team):
        body = BODIES.get(key_of(method, route))
        if not body or route.path in ("/api/me/password",):
            continue
        for field in body:
            for value in WRONG:
                told = json.dumps({**body, field: value})
                answer = client.request(
                    method, named(route, names), content=told, headers={"Content-Type": "application/json"}
                )
                if answer.status_code == 401:
                    client = team.as_(*Role, name="everything")
                if answer.status_code >= 500:
                    faults.append(f"{key_of(method, route)} {field}={value!r}: {answer.status_code}")
    assert faults == []


@pytest.mark.long
@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b"null", b'"x"', b"{" * 2000, b"[" * 20_000, b"\xff\xfe", b'{"a":1,"a":2}']
)
def test_a_body_that_is_none_is_refused(team: Team, body: bytes) -> None:
    """Bytes that are no JSON object, or one nested out of all measure, are refused by every route that takes one."""
    client, names = team.as_(*Role, name="everything"), names_of(team, 0)
    for method, route in guarded(team):
        if key_of(method, route) in BODIES:
            answer = client.request(
                method, named(route, names), content=body, headers={"Content-Type": "application/json"}
            )
            assert 400 <= answer.status_code < 500, f"{route.path}: {answer.status_code}"


def test_too_much_is_refused(team: Team) -> None:
    """More than a body may hold is a 413, also where its length was not told."""
    client = team.as_(Role.RESEARCHER)
    at = names_of(team, 0)["anchor"]
    big = json.dumps({"kind": "accept", "reason": "x" * 2_000_000})
    assert client.post(f"/api/claims/{at}/judgement", content=big).status_code == 413
    pieces = (b"x" * 100_000 for _ in range(30))
    answer = client.post(f"/api/claims/{at}/judgement", content=pieces, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_a_fault_tells_nothing(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    """Where something fails, the answer and the log hold neither a message nor a word of what was asked."""
    client = team.as_(Role.RESEARCHER)

    def failing(*_: Any) -> Any:
        raise RuntimeError("the secret word is mulberry")

    team.desk.follower.behind = failing  # type: ignore[method-assign]
    client._transport.raise_server_exceptions = True  # type: ignore[attr-defined]
    answer = client.get("/api/queue?most=7")  # raises here what the desk would hand on to the server, and to its log
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.status_code == 500
    assert "mulberry" not in answer.text
    assert "Traceback" not in answer.text
    assert "mulberry" not in caplog.text
    assert "RuntimeError" in caplog.text


@pytest.mark.long
@pytest.mark.parametrize(
    ("said", "status"), [("database or disk is full", 507), ("disk I/O error", 503), ("malformed", 503)]
)
def test_a_store_that_fails_tells_no_path(team: Team, monkeypatch: pytest.MonkeyPatch, said: str, status: int) -> None:
    """A full disk is a 507, a failing one a 503: nothing is kept, and neither the path nor the database's words come out."""
    import sqlite3

    from marsad.store import sqlite

    client, names = team.as_(Role.RESEARCHER), names_of(team, 0)

    def failing(*_: Any, **__: Any) -> Any:
        with sqlite.spoken(team.folder / "kept.db"):
            raise sqlite3.OperationalError(said)

    monkeypatch.setattr("marsad.pipeline.deciding.append", failing)
    answer = client.post(f"/api/claims/{names['anchor']}/judgement", json=BODIES["POST /api/claims/{anchor}/judgement"])
    assert answer.status_code == status
    assert str(team.folder) not in answer.text
    assert said not in answer.text
    monkeypatch.undo()
    again = client.post(f"/api/claims/{names['anchor']}/judgement", json=BODIES["POST /api/claims/{anchor}/judgement"])
    assert again.json()["new"] is True


@pytest.mark.long
def test_every_answer_is_dressed(team: Team) -> None:
    """Every answer, refusals and faults too, may be kept by no cache, framed by nobody, and loads nothing from elsewhere."""
    client, stranger = team.as_(*Role, name="everything"), team.client()
    answers = [client.get(named(r, names_of(team, 0))) for m, r in guarded(team) if m == "GET"]
    answers += [
        stranger.get("/sign-in"),
        stranger.get("/nowhere"),
        stranger.get("/api/nowhere"),
        stranger.post("/sign-in"),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "sandbox" in policy or ("frame-ancestors 'none'" in policy and "default-src 'none'" in policy)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers
