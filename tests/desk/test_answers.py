"""What answers hold: named fields alone, never a secret, and less for whoever may see less (T5)."""

import json
from pathlib import Path
from typing import Any

import pytest
from desk_world import Team
from test_every_route import guarded, named, names_of

from marsad.desk.roles import Role
from marsad.desk.secrets_of import hashed
from marsad.desk.sessions import COOKIE

SECRETS = {
    "password",
    "totp",
    "token",
    "token_hash",
    "secret",
    "salt",
    "public_key",
    "totp_step",
    "challenge",
    "name_key",
}
"""Fields that no answer has."""


def fields_in(told: Any) -> set[str]:
    """Return the names of all fields of a description, however deep."""
    if isinstance(told, dict):
        own = set(told.get("properties", {}))
        return own.union(*(fields_in(value) for value in told.values()))
    if isinstance(told, list):
        return set().union(*(fields_in(value) for value in told))
    return set()


def test_no_answer_is_described_with_a_secret(team: Team) -> None:
    """No schema of an answer has a field for a secret; those of questions may."""
    described = team.app.openapi()
    answers = [
        answer
        for of in described["paths"].values()
        for operation in of.values()
        for answer in operation.get("responses", {}).values()
    ]
    used = json.dumps(answers)
    schemas = {n: s for n, s in described["components"]["schemas"].items() if f"/schemas/{n}" in used}
    assert len(schemas) > 10
    assert fields_in(list(schemas.values())) & SECRETS == set()


@pytest.mark.long
def test_no_answer_holds_a_canary(team: Team) -> None:
    """Hashes of passwords and sessions, secrets of second factors and links, planted in the desk, come out nowhere."""
    client = team.as_(*Role, name="everything")
    account = client.get("/api/me").json()["id"]
    canaries = ["CANARYPASSWORDHASH", "CANARYTOTPSECRET"]
    with team.desk.store.write() as writing:
        writing.change("account", {"account_id": account}, password=canaries[0], totp=canaries[1])
    canaries += [client.cookies[COOKIE], hashed(client.cookies[COOKIE])]
    seen = 0
    for method, route in guarded(team):
        if method == "GET":
            text = client.get(named(route, names_of(team, 0))).text
            assert not [canary for canary in canaries if canary in text], route.path
            seen += 1
    assert seen > 20


@pytest.mark.long
@pytest.mark.parametrize("role", [Role.READER, Role.PUBLISHER, Role.MONITOR])
def test_nothing_of_people_for_whoever_may_not(team: Team, role: Role) -> None:
    """What was decided about victim records shows to nobody without a right to them."""
    worker = team.as_(Role.RESEARCHER)
    body = {"a": ["Canary list", "7"], "b": ["Other list", "9"], "says": "same", "reason": "canary reason"}
    assert worker.post("/api/people/matches", json=body).status_code == 200
    assert "Canary list" in worker.get("/api/people/matches").text
    client = team.as_(role)
    if role is Role.MONITOR:
        assert client.get("/api/people/matches").status_code == 200
        return
    for method, route in guarded(team):
        if method == "GET":
            text = client.get(named(route, names_of(team, 0))).text
            assert "Canary list" not in text, route.path
            assert "canary reason" not in text, route.path


def test_a_decision_that_fits_nothing_comes_back(team: Team) -> None:
    """A decision whose words make no claim any more (a later reader reads otherwise) waits in the queue to be made again."""
    from marsad.model import DecisionKind
    from marsad.pipeline.service import WriteService

    names = names_of(team, 0)
    anchor = f"{names['report_id']}:0-10"
    service = WriteService(team.desk.kept, team.desk.observatory.vault, team.settings.random_bytes)
    service.decide(
        anchor=anchor,
        kind=DecisionKind.REJECT,
        body={},
        actor="lynx",
        reason="as an older reader read it",
        expected_version=0,
        now=team.clock(),
    )
    client = team.as_(Role.MONITOR)
    assert client.get("/api/queue").json()["behind"] == 1
    team.run()
    told = client.get("/api/queue").json()
    assert told["behind"] == 0
    assert [one["anchor"] for one in told["returned"]] == [anchor]


def test_signing_off_shows_what_changed_since(team: Team) -> None:
    """After a sign-off of the toll, a corrected number shows as what was seen then and what is now."""
    names = names_of(team, 0)
    two, one = team.as_(Role.REVIEWER, name="two"), team.as_(Role.RESEARCHER, name="one")
    version = two.get(f"/api/incidents/{names['name']}").json()["version"]
    body = {"aspect": "toll", "reason": "counted", "seen": version}
    assert two.post(f"/api/incidents/{names['name']}/sign", json=body).status_code == 200
    signed = two.get(f"/api/incidents/{names['name']}").json()["signed"]
    assert signed["toll"]["changed"] == {}
    incident = sorted(team.incidents(), key=lambda row: row["code"])[0]
    for claim in team.claims_of(incident["incident_id"]):
        at = f"{claim['report_id']}:{claim['start']}-{claim['end']}"
        seen = one.get(f"/api/claims/{at}").json()["version"]
        given = {"kind": "correct", "slots": {"value": 50, "low": 50, "high": 50}, "reason": "50", "seen": seen}
        assert one.post(f"/api/claims/{at}/judgement", json=given).status_code == 200
    team.run()
    changed = two.get(f"/api/incidents/{names['name']}").json()["signed"]["toll"]["changed"]
    assert [50, 50, 50] in [now for _, now in changed.values()]


@pytest.mark.long
def test_figures_follow_by_themselves(twenty_incidents: Path, tmp_path: Path) -> None:
    """The answer to a decision does not wait for figures; within seconds a process beside the server has derived them."""
    import time

    from desk_world import copied

    folder = copied(twenty_incidents, tmp_path)
    team = Team(folder, follow="process", gazetteer=folder.parent / "small.arrow")
    client, names = team.as_(Role.RESEARCHER), names_of(team, 0)
    before = team.desk.derived.digest()
    body = {"kind": "reject", "reason": "an error"}
    assert client.post(f"/api/claims/{names['anchor']}/judgement", json=body).status_code == 200
    assert client.get("/api/queue").json()["behind"] == 1
    for _ in range(1200):
        if client.get("/api/queue").json()["behind"] == 0:
            break
        time.sleep(0.25)
    assert client.get("/api/queue").json()["behind"] == 0
    assert team.desk.derived.digest() != before
    team.close()
