"""A desk over a team's store on a server: eight reviewers at once lose nothing there either, and pages are what they were."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from desk_world import THEN, Team, copied
from test_many_reviewers import Reviewer

from marsad.desk.roles import Role
from marsad.pipeline.moving import move_to_server
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import verify_observatory
from marsad.store.places import Server

EDITS = 5
"""Of each reviewer."""


def unseen(_name: str, _steps: int | None) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


@pytest.mark.long
def test_no_edit_is_lost_on_a_server(twenty_incidents: Path, tmp_path: Path, database: Server) -> None:
    """Every decision that was answered with a yes is in the ledger on the server, once, in a chain of versions without a gap."""
    folder = copied(twenty_incidents, tmp_path)
    move_to_server(Observatory.open(folder), database, THEN, unseen)
    team = Team(folder)
    claims = [(one["code"], team.claims_of(one["incident_id"])[0]) for one in team.incidents()[:4]]
    places = [(code, f"{claim['report_id']}:{claim['start']}-{claim['end']}") for code, claim in claims]
    crew = [Reviewer(n, team.as_(Role.REVIEWER, name=f"reviewer {n}"), places, EDITS) for n in range(8)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert [fault for one in crew for fault in one.faults] == []
    with team.desk.kept.read() as reading:
        decisions = list(reading.decisions())
    assert sorted(decision.reason for decision in decisions) == sorted(reason for one in crew for reason in one.kept)
    assert len(decisions) == 8 * EDITS
    chains: dict[tuple[str, str], list[int]] = {}
    for decision in decisions:
        chains.setdefault((decision.anchor, decision.kind.value), []).append(decision.version)
    assert all(versions == list(range(1, len(versions) + 1)) for versions in chains.values())
    reader = team.as_(Role.REVIEWER, name="reader")
    for path in ("/", "/queue", f"/incidents/{places[0][0]}"):
        assert reader.get(path).status_code in (200, 303, 307)
    team.run()
    team.close()
    found = [str(one) for one in verify_observatory(folder, gazetteer=folder.parent / "small.arrow")]
    assert found == []
