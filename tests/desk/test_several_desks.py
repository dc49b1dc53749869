"""Several desks on one observatory, as on several workers of a server: what one of them learns holds in all of them."""

import select
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_world import Team, copied
from test_every_route import names_of
from test_signing_in import WORDS, enter, join

from marsad.desk.hidden import hidden_from
from marsad.desk.roles import Role
from marsad.desk.throttle import MEASURE
from marsad.pipeline.observatory import Observatory


@pytest.fixture
def two(twenty_incidents: Path, tmp_path: Path) -> Iterator[tuple[Team, Team]]:
    folder = copied(twenty_incidents, tmp_path)
    one, other = Team(folder), Team(folder)
    yield one, other
    one.close()
    other.close()


def test_a_session_holds_and_ends_in_all(two: tuple[Team, Team]) -> None:
    """Who signed in at one desk is known at the other; signing out, or losing a role, ends it in both."""
    one, other = two
    client = one.as_(Role.READER, name="amal")
    beside = other.client()
    beside.cookies.update(client.cookies)
    assert beside.get("/api/me").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert beside.get("/api/me").status_code == 401


@pytest.mark.long
def test_a_restriction_holds_in_all_at_once(two: tuple[Team, Team]) -> None:
    """A report that one desk restricts is gone at the other from the next look on: page, list, API; freed, it is back."""
    one, other = two
    names = names_of(one, 0)
    client = other.as_(Role.REVIEWER)
    paths = (f"/reports/{names['report_id']}", f"/api/reports/{names['report_id']}", f"/api/incidents/{names['name']}")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    lead = one.as_(Role.SAFETY_LEAD, groups=["north"])
    for groups, status in ((["north"], 404), ([], 200), (["north"], 404)):
        told = lead.post(f"/api/reports/{names['report_id']}/restriction", json={"groups": groups})
        assert told.status_code == 204, told.text
        assert [client.get(path).status_code for path in paths] == [status] * 3
        listed = {row["code"] for row in client.get("/api/incidents").json()}
        assert (names["name"] in listed) == (status == 200)


@pytest.mark.long
def test_what_is_hidden_is_worked_out_again_after_a_run(two: tuple[Team, Team]) -> None:
    """What somebody is not to know of is remembered, and forgotten when figures follow or groups change."""
    one, _ = two
    names = names_of(one, 3)
    one.desk.restrictions.put("report", names["report_id"], ["north"], "test", one.clock())
    actor = one.account("basil", Role.REVIEWER)
    client = one.signed_in(actor)
    assert names["name"] not in client.get("/incidents").text
    seen = one.as_(Role.REVIEWER, groups=["north"]).get(f"/api/incidents/{names['name']}").json()["claims"]
    assert seen
    reviewer = one.as_(Role.REVIEWER, groups=["north"])
    version = reviewer.get(f"/api/incidents/{names['name']}").json()["version"]
    body = {"claims": seen[:1], "name": "apart", "reason": "another raid", "seen": version}
    assert reviewer.post(f"/api/incidents/{names['name']}/split", json=body).status_code == 200
    one.run()
    codes = {row["code"] for row in one.incidents()}
    listed = {row["code"] for row in client.get("/api/incidents").json()}
    with one.desk.store.read() as reading:
        row = reading.row("account", account_id=actor)
    from marsad.desk.accounts import actor_of

    assert row is not None
    hidden = hidden_from(one.desk, actor_of(row))
    assert listed == codes - hidden.codes
    assert hidden.codes


@pytest.mark.long
def test_guesses_add_up_over_all(two: tuple[Team, Team]) -> None:
    """Whoever guesses at one desk after the other has no more attempts than at one."""
    one, other = two
    join(one, "Amal", Role.READER)
    clients = [one.client(), other.client()]
    looked_at = 0
    for turn in range(MEASURE["account"] + 10):
        for team in two:
            team.clock.now = team.clock.now + timedelta(seconds=40)
        answer = enter(clients[turn % 2], "/sign-in", name="Amal", password=f"guess {turn} of mine")
        looked_at += answer.status_code == 403
        assert answer.status_code in (403, 429)
    assert looked_at == MEASURE["account"]
    assert enter(clients[0], "/sign-in", name="Amal", password=WORDS).status_code == 429


def test_an_edit_on_what_the_other_desk_changed_is_refused(two: tuple[Team, Team]) -> None:
    """A version seen at one desk is an old one once the other has decided: 409 with three sides, nothing overwritten."""
    one, other = two
    names = names_of(one, 1)
    path = f"/api/claims/{names['anchor']}"
    seen = other.as_(Role.REVIEWER).get(path).json()["version"]
    first, second = (
        team.as_(Role.REVIEWER, name=name).post(
            f"{path}/judgement", json={"kind": kind, "reason": f"by {name}", "seen": seen}
        )
        for team, name, kind in ((one, "amal", "accept"), (other, "basil", "reject"))
    )
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["since"][0]["reason"] == "by amal"
    with one.desk.kept.read() as reading:
        assert [d.reason for d in reading.decisions()] == ["by amal"]


def test_who_lets_figures_follow_waits_for_the_turn(twenty_incidents: Path, tmp_path: Path) -> None:
    """The process beside a desk does nothing while somebody else derives, and holds no lock of its own."""
    folder = copied(twenty_incidents, tmp_path)
    observatory, places = Observatory.open(folder), str(folder.parent / "small.arrow")
    started = [sys.executable, "-m", "marsad.desk.follow", str(folder), places]
    with subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"run\n")
        assert process.stdout.readline() == b"done\n"  # from here on a run with nothing to do takes no time
        with observatory.turn(lambda: pytest.fail("nobody else is there")):
            process.stdin.write(b"run\n")
            assert select.select([process.stdout], [], [], 1.5)[0] == []
        assert process.stdout.readline() == b"done\n"
        process.stdin.close()
    assert not (folder / ".following").exists()
