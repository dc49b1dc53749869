"""Decisions at the desk: each stands once, moves the figures, can be taken back, and never overwrites another unseen."""

from typing import Any

import pytest
from desk_world import Team
from starlette.testclient import TestClient

from marsad.desk.roles import Role
from marsad.model import DecisionKind


def anchor(claim: dict[str, Any]) -> str:
    return f"{claim['report_id']}:{claim['start']}-{claim['end']}"


@pytest.fixture
def first(team: Team) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    incident = sorted(team.incidents(), key=lambda row: row["code"])[0]
    return incident, team.claims_of(incident["incident_id"])


@pytest.fixture
def researcher(team: Team) -> TestClient:
    return team.as_(Role.RESEARCHER)


def judge(client: TestClient, at: str, seen: int = 0, **body: Any) -> Any:
    given = {"kind": "accept", "reason": "read it", "seen": seen, **body}
    return client.post(f"/api/claims/{at}/judgement", json=given)


def test_the_small_war_has_twenty_incidents(team: Team) -> None:
    """What the other tests stand on: twenty incidents of two reports each."""
    assert len(team.incidents()) == 20


@pytest.mark.long
def test_a_claim_is_accepted_once(first: Any, researcher: TestClient) -> None:
    """An accepted claim has a version above none, and the same click twice decides once."""
    _, claims = first
    answer = judge(researcher, anchor(claims[0]))
    assert answer.status_code == 200, answer.text
    again = judge(researcher, anchor(claims[0]))
    assert again.json() == {**answer.json(), "new": False}


@pytest.mark.long
def test_a_correction_moves_the_toll(team: Team, first: Any, researcher: TestClient) -> None:
    """A corrected number is the toll after the next run, and a rejected claim counts no more."""
    incident, claims = first
    harm = [claim for claim in claims if claim["measure"] == "killed" and claim["status"] == "unknown"]
    for claim in harm:
        slots = {"value": 40, "low": 40, "high": 40, "bound": "exact"}
        assert judge(researcher, anchor(claim), kind="correct", slots=slots).status_code == 200
    team.run()
    [toll] = [
        row
        for row in team.desk.derived.table("toll", incident_id=incident["incident_id"], policy="ucdp").to_pylist()
        if (row["measure"], row["category"]) == ("killed", "total")
    ]
    assert (toll["low"], toll["best"], toll["high"]) == (40, 40, 40)


@pytest.mark.long
def test_a_correction_no_claim_can_have_is_refused(first: Any, researcher: TestClient) -> None:
    """Numbers as words, unknown slots, low above high and words that do not stand there are refused, and nothing is kept."""
    _, claims = first
    at = anchor(claims[0])
    for slots in (
        {"low": "59"},
        {"low": 9, "high": 3},
        {"colour": "red"},
        {"claim_id": "x"},
        {"text": "not there"},
        {"start": 0, "end": 10**9, "text": "x"},
        {"measure": {"$ne": 1}},
        {"attribution": "one name"},
        {},
    ):
        assert judge(researcher, at, kind="correct", slots=slots).status_code == 422, slots
    assert judge(researcher, at).json()["new"] is True


@pytest.mark.long
def test_whoever_comes_second_sees_three_sides(team: Team, first: Any, researcher: TestClient) -> None:
    """A correction of what somebody else corrected meanwhile is a 409 with base, theirs, yours and every typed word."""
    _, claims = first
    at, read = anchor(claims[0]), claims[0]["low"]
    judge(researcher, at, kind="correct", slots={"low": read + 1, "value": read + 1, "high": read + 1})
    other = team.as_(Role.REVIEWER)
    typed = {"low": read + 2, "value": read + 2, "high": read + 2}
    answer = judge(other, at, kind="correct", slots=typed, reason="I read otherwise: اثنان")
    assert answer.status_code == 409
    body = answer.json()
    [low] = [row for row in body["fields"] if row["name"] == "low"]
    assert (low["base"], low["theirs"], low["yours"], low["clash"]) == (read, read + 1, read + 2, True)
    assert body["typed"]["reason"] == "I read otherwise: اثنان"
    assert body["typed"]["slots"] == typed
    retried = judge(other, at, seen=body["versions"][at], kind="correct", slots=typed, reason="I read otherwise")
    assert retried.status_code == 200


@pytest.mark.long
def test_a_missed_claim_is_added_and_counted(team: Team, first: Any, researcher: TestClient) -> None:
    """Words that nobody read as a claim make one that joins the incident's figures; `marsad verify` finds no difference."""
    from marsad.pipeline.verify import verify_observatory

    incident, claims = first
    report = claims[0]["report_id"]
    with team.desk.kept.read() as reading:
        text = next(team.desk.observatory.texts([reading.report(report)])).text  # type: ignore[list-item]
    start = text.index("A market") if "A market" in text else text.index("civilians")
    end = start + 8
    slots: dict[str, Any] = {"measure": "injured", "value": 5, "low": 5, "high": 5}
    columns = {"words": "place_words", "name": "place_name", "precision": "place_precision"}
    columns |= {name: name for name in ("place_id", "country", "admin1", "latitude", "longitude")}
    slots["place"] = {name: claims[0][column] for name, column in columns.items()}
    slots["occurred"] = [claims[0]["occurred_from"].isoformat(), claims[0]["occurred_to"].isoformat()]
    given = {"start": start, "end": end, "slots": slots, "reason": "missed"}
    answer = researcher.post(f"/api/reports/{report}/claims", json=given)
    assert answer.status_code == 200, answer.text
    team.run()
    tolls = team.desk.derived.table("toll", incident_id=incident["incident_id"]).to_pylist()
    assert 5 in {row["best"] for row in tolls if row["measure"] == "injured" and row["category"] == "total"}
    team.desk.close()
    found = [str(d) for d in verify_observatory(team.folder, gazetteer=team.folder.parent / "small.arrow")]
    assert [one for one in found if not one.startswith("public.db: found no file")] == []


@pytest.mark.long
def test_taking_back_is_a_decision(team: Team, first: Any, researcher: TestClient) -> None:
    """After an undone rejection the figures are those of before, and the ledger holds both decisions."""
    _, claims = first
    before = team.desk.derived.digest()
    at = anchor(claims[0])
    version = judge(researcher, at, kind="reject").json()["version"]
    team.run()
    assert team.desk.derived.digest() != before
    answer = researcher.post(f"/api/claims/{at}/undo", json={"kind": "reject", "seen": version, "reason": "mine"})
    assert answer.status_code == 200, answer.text
    team.run()
    names = ("incident", "toll", "membership", "grading", "fold")
    told = {name: team.desk.derived.table(name).to_pylist() for name in names}
    with team.desk.kept.read() as reading:
        assert reading.count("decision") == 2
    assert {row["role"] for row in told["membership"] if row["claim_id"] == claims[0]["claim_id"]} != {"rejected"}
    assert len(told["incident"]) == 20


@pytest.mark.long
@pytest.mark.parametrize("kind", list(DecisionKind))
def test_what_nobody_decides_here_is_not_taken_back_here(team: Team, first: Any, kind: DecisionKind) -> None:
    """Whatever kind of decision is named, of a claim and of an incident: where none stands, it is refused with a reason."""
    incident, claims = first
    client = team.as_(*Role)
    for path in (f"/api/claims/{anchor(claims[0])}/undo", f"/api/incidents/{incident['code']}/undo"):
        answer = client.post(path, json={"kind": kind.value, "reason": "not this"})
        assert answer.status_code in (400, 422), (path, answer.text)
        assert answer.json()["error"]
    with team.desk.kept.read() as reading:
        assert reading.count("decision") == 0


def test_a_claim_that_somebody_moved_meanwhile_stays_there(team: Team, first: Any) -> None:
    """Two move a claim from the page that both had open, each elsewhere: the second sees what the first did, and why."""
    incident, claims = first
    others = [row["code"] for row in sorted(team.incidents(), key=lambda row: row["code"])[1:3]]
    form = {"act": "move", "version": "0", "claims": anchor(claims[0])}
    path = f"/incidents/{incident['code']}"
    one, two = (
        team.as_(Role.REVIEWER, name=name).post(path, data={**form, "into": into, "reason": f"as {name} saw it"})
        for name, into in zip(("amal", "basil"), others, strict=True)
    )
    assert (one.status_code, two.status_code) == (303, 409)
    assert "as amal saw it" in two.text
    assert "as basil saw it" in two.text
    with team.desk.kept.read() as reading:
        assert {d.reason for d in reading.decisions()} == {"as amal saw it"}


@pytest.mark.long
def test_merges_either_way_at_once_make_one_incident(team: Team, researcher: TestClient) -> None:
    """A into B and B into A on what both saw: one is kept, one refused; nothing is lost or counted twice."""
    one, two = sorted(team.incidents(), key=lambda row: row["code"])[:2]
    other = team.as_(Role.REVIEWER)
    given = {"reason": "same raid", "seen": 0, "seen_into": 0}
    answers = [
        researcher.post(f"/api/incidents/{one['code']}/merge", json={**given, "into": two["code"]}),
        other.post(f"/api/incidents/{two['code']}/merge", json={**given, "into": one["code"]}),
    ]
    assert [a.status_code for a in answers] == [200, 409]
    assert answers[1].json()["fields"]
    team.run()
    members = team.desk.derived.table("membership").column("claim_id").to_pylist()
    assert len(members) == len(set(members))
    assert len(team.incidents()) == 19


@pytest.mark.long
def test_a_split_is_taken_back_by_moving(team: Team, first: Any, researcher: TestClient) -> None:
    """A claim parted from its incident has one of its own; moved back, there are as many incidents as before."""
    incident, claims = first
    report = claims[0]["report_id"]
    mine = [anchor(claim) for claim in claims if claim["report_id"] == report]
    given = {"claims": mine, "name": "second raid", "seen": 0, "reason": "an hour later"}
    answer = researcher.post(f"/api/incidents/{incident['code']}/split", json=given)
    assert answer.status_code == 200, answer.text
    team.run()
    assert len(team.incidents()) == 21
    home = {row["claim_id"]: row["incident_id"] for row in team.desk.derived.table("membership").to_pylist()}
    rest = next(c for c in claims if c["report_id"] != report)
    into = next(i for i in team.incidents() if i["incident_id"] == home[rest["claim_id"]])
    for at in mine:
        seen, seen_into = version_of(team, at), incident_version(team, into["code"])
        body = {"into": into["code"], "seen": seen, "seen_into": seen_into, "reason": "no: one"}
        assert researcher.post(f"/api/claims/{at}/move", json=body).status_code == 200
    team.run()
    assert len(team.incidents()) == 20


def version_of(team: Team, at: str) -> int:
    from marsad.desk.targets import claim_target

    return claim_target(team.desk, at).version


def incident_version(team: Team, code: str) -> int:
    from marsad.desk.targets import incident_target

    return incident_target(team.desk, code).version


@pytest.mark.long
def test_nobody_signs_off_what_they_decided(team: Team, first: Any) -> None:
    """A reviewer who graded an incident cannot vouch for it; another can, and sees what changed since."""
    incident, _ = first
    one, two = team.as_(Role.REVIEWER, name="one"), team.as_(Role.REVIEWER, name="two")
    code = incident["code"]
    graded = one.post(f"/api/incidents/{code}/grade", json={"grade": "fair", "reason": "two origins", "seen": 0})
    version = graded.json()["version"]
    body = {"aspect": "toll", "reason": "counted again", "seen": version}
    assert one.post(f"/api/incidents/{code}/sign", json=body).status_code == 403
    assert two.post(f"/api/incidents/{code}/sign", json=body).status_code == 200


def test_what_is_settled_only_reviewers_change(team: Team, first: Any, researcher: TestClient) -> None:
    """(Bayanat 022) After an incident is settled, a researcher cannot change a claim of it, its grade or its parts."""
    incident, claims = first
    code = incident["code"]
    reviewer = team.as_(Role.REVIEWER)
    answer = reviewer.post(f"/api/incidents/{code}/settle", json={"reason": "all read", "seen": 0})
    assert answer.status_code == 200
    version = answer.json()["version"]
    assert judge(researcher, anchor(claims[0]), seen=version).status_code == 403
    assert judge(reviewer, anchor(claims[0]), seen=version_of(team, anchor(claims[0]))).status_code == 200


@pytest.mark.long
def test_a_key_decides_once(first: Any, researcher: TestClient) -> None:
    """The same idempotency key gets the same answer; used for something else, it is refused."""
    _, claims = first
    headers = {"Idempotency-Key": "abc-1"}
    body = {"kind": "accept", "reason": "read it", "seen": 0}
    at = anchor(claims[0])
    one, two = (researcher.post(f"/api/claims/{at}/judgement", json=body, headers=headers) for _ in range(2))
    assert one.json()["version"] == two.json()["version"]
    assert (one.json()["new"], two.json()["new"]) == (True, False)
    other = researcher.post(f"/api/claims/{at}/judgement", json={**body, "kind": "reject"}, headers=headers)
    assert other.status_code == 409
