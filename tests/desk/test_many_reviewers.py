"""Eight reviewers at once on twenty incidents: no decision is lost, and every refusal shows three sides."""

import random
import threading
from pathlib import Path
from typing import Any

import pytest
from desk_world import Team, copied
from starlette.testclient import TestClient

from marsad.desk.roles import Role
from marsad.pipeline.verify import verify_observatory

SIZES = [80, pytest.param(1000, marks=pytest.mark.soak)]


class Reviewer(threading.Thread):
    """Somebody who decides again and again, as a person does: look, decide on what was seen, look again where refused."""

    def __init__(self, n: int, client: TestClient, places: list[tuple[str, str]], edits: int) -> None:
        super().__init__()
        self.n, self.client, self.places, self.edits = n, client, places, edits
        self.kept: list[str] = []
        self.refused = 0
        self.faults: list[str] = []

    def run(self) -> None:
        """Decide until all edits are kept."""
        dice = random.Random(self.n)  # noqa: S311 - which incident comes next
        for turn in range(self.edits):
            code, anchor = dice.choice(self.places)
            reason = f"reviewer {self.n}, edit {turn}, سبب"
            for _ in range(200):
                if self._tried(dice, code, anchor, turn, reason):
                    self.kept.append(reason)
                    break
            else:
                self.faults.append(f"{reason} never got through")

    def _tried(self, dice: random.Random, code: str, anchor: str, turn: int, reason: str) -> bool:
        if dice.random() < 0.5:
            seen = self.client.get(f"/api/incidents/{code}").json()["version"]
            grade = dice.choice(["fair", "weak", "contested"])
            path, body = f"/api/incidents/{code}/grade", {"grade": grade, "seen": seen, "reason": reason}
        else:
            seen = self.client.get(f"/api/claims/{anchor}").json()["version"]
            number = self.n * 1000 + turn
            slots = {"value": number, "low": number, "high": number}
            path = f"/api/claims/{anchor}/judgement"
            body = {"kind": "correct", "slots": slots, "seen": seen, "reason": reason}
        answer = self.client.post(path, json=body)
        if answer.status_code == 200:
            return True
        self.refused += 1
        self._three_sided(answer, body)
        return False

    def _three_sided(self, answer: Any, body: dict[str, Any]) -> None:
        told = answer.json() if answer.status_code == 409 else {}
        whole = told.get("typed", {}).get("reason") == body["reason"] and told.get("fields") and told.get("since")
        if not whole or not all({"base", "theirs", "yours", "clash"} <= set(row) for row in told["fields"]):
            self.faults.append(f"{answer.status_code}: {answer.text[:200]}")


@pytest.mark.long
@pytest.mark.parametrize("edits", SIZES)
def test_no_edit_is_lost(twenty_incidents: Path, tmp_path: Path, edits: int) -> None:
    """Every decision that was answered with a yes is in the ledger, once, in a chain of versions without a gap."""
    team = Team(copied(twenty_incidents, tmp_path))
    places = []
    for incident in team.incidents():
        claim = team.claims_of(incident["incident_id"])[0]
        places.append((incident["code"], f"{claim['report_id']}:{claim['start']}-{claim['end']}"))
    crew = [
        Reviewer(n, team.as_(Role.REVIEWER, name=f"reviewer {n}"), places[:4] if n % 2 else places, edits // 8)
        for n in range(8)
    ]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert [fault for one in crew for fault in one.faults] == []
    kept = sorted(reason for one in crew for reason in one.kept)
    with team.desk.kept.read() as reading:
        decisions = list(reading.decisions())
    assert len(kept) == edits // 8 * 8
    assert sorted(d.reason for d in decisions) == kept
    chains: dict[tuple[str, str], list[int]] = {}
    for decision in decisions:
        chains.setdefault((decision.anchor, decision.kind.value), []).append(decision.version)
    assert all(versions == list(range(1, len(versions) + 1)) for versions in chains.values())
    refused = sum(one.refused for one in crew)
    assert refused > 0, "nobody got into anybody's way: the test shows nothing"
    print(f"\n{len(kept)} edits kept, {refused} refused with three sides, 0 lost")  # noqa: T201
    team.close()


@pytest.mark.long
@pytest.mark.parametrize("turns", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_merges_in_a_ring_end_in_no_circle(twenty_incidents: Path, tmp_path: Path, turns: int) -> None:
    """A into B, B into C, C into A by three people at the same moment: afterwards each claim is in one incident, once."""
    for turn in range(turns):
        (tmp_path / str(turn)).mkdir()
        team = Team(copied(twenty_incidents, tmp_path / str(turn)))
        before = sorted(team.desk.derived.table("membership").column("claim_id").to_pylist())
        codes = sorted(row["code"] for row in team.incidents())[turn % 17 :][:3]
        crew, answers, start = [], list[int](), threading.Barrier(3)

        def merge(client: TestClient, one: str, into: str, start: Any = start, answers: Any = answers) -> None:
            body = {"into": into, "reason": "one raid", "seen": 0, "seen_into": 0}
            start.wait()
            answers.append(client.post(f"/api/incidents/{one}/merge", json=body).status_code)

        for n in range(3):
            client = team.as_(Role.REVIEWER, name=f"merger {n}")
            crew.append(threading.Thread(target=merge, args=(client, codes[n], codes[(n + 1) % 3])))
        for one in crew:
            one.start()
        for one in crew:
            one.join()
        assert sorted(answers) == [200, 409, 409]
        team.run()
        assert sorted(team.desk.derived.table("membership").column("claim_id").to_pylist()) == before
        assert len(team.incidents()) == 19
        team.desk.close()
        found = [str(d) for d in verify_observatory(team.folder, gazetteer=team.folder.parent / "small.arrow")]
        assert [one for one in found if not one.startswith("public.db: found no file")] == []
