"""Sealed sources at the desk: it hands out what it cannot read, after the ledger says so, ten a day, then others agree (T3)."""

import gzip
from base64 import b64decode, b64encode
from datetime import timedelta

import pyrage
import pytest
from desk_world import Team
from httpx2 import Response
from starlette.testclient import TestClient

from marsad.desk.roles import Role
from marsad.model import KeyRole
from marsad.pipeline.sources import Sources
from marsad.preserve.sealing import opened

CANARY = "Canary Qanari +963 99 555 0123"


class Sealed:
    """A safety lead with a key of her own, and twelve sources sealed to it."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.lead = team.as_(Role.SAFETY_LEAD, name="lead")
        self.id = self.lead.get("/api/me").json()["id"]
        self.key, recovery = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
        self.service = Sources(team.desk.observatory, team.desk.kept, team.settings.random_bytes)
        self.service.trust(str(recovery.to_public()), "team", KeyRole.RECOVERY, team.clock())
        self.service.trust(str(self.key.to_public()), self.id, KeyRole.READER, team.clock())
        lines = "".join(f'{{"source": "lynx-{n}", "contact": "{CANARY} {n}"}}\n' for n in range(12))
        self.service.seal_lines(team.clock(), lines.encode())

    def open(self, n: int, client: TestClient | None = None, **body: str) -> Response:
        """Ask for a source to be opened."""
        given = {"reason": "to ask about the date", **body}
        return (client or self.lead).post(f"/api/sources/lynx-{n}/opening", json=given)

    def leaves(self) -> int:
        """Return how many openings the ledger tells of."""
        with self.team.desk.kept.read() as reading:
            return sum(1 for _ in reading.things("unsealing"))


@pytest.fixture
def sealed(team: Team) -> Sealed:
    return Sealed(team)


@pytest.mark.long
def test_what_is_handed_out_is_sealed(sealed: Sealed) -> None:
    """The answer is an age file that the reader's key opens, and the ledger tells who had it opened, and why."""
    answer = sealed.open(1)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert opened(b64decode(told["box"]), str(sealed.key)).decode() == f"{CANARY} 1"
    assert "Canary" not in answer.text
    with sealed.team.desk.kept.read() as reading:
        [(_, subject, row)] = list(reading.things("unsealing"))
    assert (row["reader"], row["reason"]) == (sealed.id, "to ask about the date")
    assert "lynx-1" in subject


@pytest.mark.long
def test_every_lead_sees_what_another_had_opened(sealed: Sealed) -> None:
    """The page of sources tells every lead who had which one opened within a week, when and why; then it is history."""
    assert sealed.open(3).status_code == 200
    other = sealed.team.as_(Role.SAFETY_LEAD, name="another lead")
    page = other.get("/sources").text
    assert sealed.id in page
    assert "to ask about the date" in page
    sealed.team.clock.pass_(days=7, seconds=1)
    assert "to ask about the date" not in sealed.team.as_(Role.SAFETY_LEAD, name="a third lead").get("/sources").text


@pytest.mark.long
def test_nothing_is_handed_out_that_the_ledger_does_not_tell_of(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the ledger cannot be written, nothing is handed out; what is handed out has its entry before, at every route."""
    from test_every_route import guarded, named

    everything = sealed.team.as_(*Role, name="everything")
    before = sealed.leaves()
    for method, route in guarded(sealed.team):
        names = {"pseudonym": "lynx-2", "name": "lynx-2", "report_id": "lynx-2"}
        body = {"reason": "to ask about the date", "source": "lynx-2"}
        answer = everything.request(method, named(route, names), json=body)
        assert "age-encryption" not in answer.text, route.path
        assert b64encode(b"age-encryption").decode()[:16] not in answer.text, route.path
    assert sealed.leaves() == before, "whoever holds no key gets nothing"

    def failing(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("marsad.pipeline.sources.append", failing)
    failed = sealed.open(2)
    assert failed.status_code == 500
    assert "box" not in failed.text


def test_the_desk_has_no_key(sealed: Sealed) -> None:
    """No file of the observatory holds a word of a contact or a secret key: plain, in UTF-16, base64, packed or reversed."""
    sealed.open(1)
    data = b"".join(p.read_bytes() for p in sealed.team.folder.rglob("*") if p.is_file())
    plain = CANARY.encode()
    shapes = [plain, CANARY.encode("utf-16-le"), b64encode(plain)[:20], plain[::-1], gzip.compress(plain)[10:30]]
    assert [shape for shape in shapes if shape in data] == []
    assert str(sealed.key).encode() not in data
    assert b"AGE-SECRET-KEY" not in data


@pytest.mark.long
def test_ten_a_day_then_two_others_agree(sealed: Sealed) -> None:
    """The eleventh source within a day needs the yes of two others, each counts once, for that source, once."""
    team = sealed.team
    for n in range(10):
        assert sealed.open(n).status_code == 200
    assert sealed.open(10).status_code == 403
    assert sealed.leaves() == 10
    asked = sealed.lead.post("/api/openings", json={"source": "lynx-10", "reason": "they are in danger"}).json()
    request = asked["id"]
    verdict = {"approved": True}
    assert sealed.lead.post(f"/api/openings/{request}/verdict", json=verdict).status_code == 403
    one, two = team.as_(Role.SAFETY_LEAD, name="one"), team.as_(Role.ADMIN, name="two")
    assert one.post(f"/api/openings/{request}/verdict", json=verdict).json()["state"] == "waiting"
    assert one.post(f"/api/openings/{request}/verdict", json=verdict).status_code == 409
    assert sealed.open(10, approval=request).status_code == 403 or sealed.leaves() == 10
    assert two.post(f"/api/openings/{request}/verdict", json=verdict).json()["state"] == "approved"
    assert sealed.open(11, approval=request).status_code == 403, "it was approved for another source"
    assert sealed.open(10, approval=request).status_code == 200
    assert sealed.open(10, approval=request).status_code == 422, "used up"
    with team.desk.kept.read() as reading:
        *_, (_, _, last) = reading.things("unsealing")
    assert "approved by" in last["reason"]
    team.clock.now += timedelta(hours=24, seconds=1)
    fresh = team.signed_in(sealed.id)
    assert sealed.open(11, fresh).status_code == 200


@pytest.mark.long
def test_a_source_that_is_not_there_looks_like_nothing(sealed: Sealed) -> None:
    """An unknown pseudonym is a 404; the list names pseudonyms and nothing else."""
    assert sealed.lead.post("/api/sources/nobody/opening", json={"reason": "to ask"}).status_code == 404
    listed = sealed.lead.get("/api/sources").json()
    assert len(listed) == 12
    assert set(listed[0]) == {"pseudonym", "since", "erased"}
