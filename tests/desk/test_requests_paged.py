"""Lists of what was asked for, page by page: nothing twice, nothing left out, nothing that is not for whoever looks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_world import Team, copied

from marsad.desk import requests
from marsad.desk.roles import Role

MANY = 130
WAITING = [n for n in range(MANY) if n % 8 in (3, 6)]


@pytest.fixture(scope="module")
def asked(twenty_incidents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A desk where two people asked for exports in turn, many in the same second; every third was approved or refused."""
    team = Team(copied(twenty_incidents, tmp_path_factory.mktemp("asked")))
    people = [team.account(name, Role.RESEARCHER) for name in ("amal", "basil")]
    lead = team.account("lead", Role.SAFETY_LEAD)
    store, salt = team.desk.store, team.desk.settings.random_bytes
    for n in range(MANY):
        now = team.clock()
        made = requests.ask(store, "export", people[n % 2], {"form": "tolls"}, f"for {n}", now, salt)
        if n not in WAITING:  # nobody may have too many that wait
            requests.judge(store, made, lead, n % 3 > 0, now)
        if n % 7 == 0:
            team.clock.pass_(seconds=1)
        if n % 26 == 25:
            team.clock.pass_(hours=1)
    yield team
    team.close()


def reasons(listed: list[dict[str, str]]) -> list[int]:
    return [int(one["reason"].removeprefix("for ")) for one in listed]


@pytest.mark.parametrize("most", [1, 7, 50, 500])
def test_pages_together_are_the_whole_list(asked: Team, most: int) -> None:
    """Page after page, whatever its size, gives all that one asked for, the newest first, each once."""
    client, seen, after = asked.as_(Role.RESEARCHER, name="amal"), list[int](), ""
    while page := client.get("/api/exports", params={"after": after, "most": most}).json():
        assert len(page) <= most
        seen += reasons(page)
        after = page[-1]["id"]
    assert sorted(seen) == list(range(0, MANY, 2))
    by_age = [(n - 1) // 7 for n in seen]  # requests of one second have no order among themselves
    assert by_age == sorted(by_age, reverse=True)


def test_whoever_approves_sees_what_waits_and_nothing_else(asked: Team) -> None:
    """Of others' exports a lead sees those alone on which nobody has decided yet."""
    lead = asked.as_(Role.SAFETY_LEAD, name="lead")
    found = lead.get("/api/exports", params={"most": 500}).json()
    assert sorted(reasons(found)) == WAITING
    assert {one["state"] for one in found} == {"waiting"}


def test_the_page_leads_to_the_next(asked: Team) -> None:
    """A page shows fifty and a way on; the last one has none."""
    client, path, sizes = asked.as_(Role.RESEARCHER, name="amal"), "/exports", []
    while path:
        text = client.get(path).text
        sizes.append(len(re.findall(r'<li class="row">', text)))
        onward = re.search(r'href="(/exports\?after=[^"]+)" data-next', text)
        path = onward[1] if onward else ""
    assert sizes == [50, MANY // 2 - 50]


def test_a_name_of_no_request_is_the_end(asked: Team) -> None:
    """After an id that nothing has comes nothing; too large a page is refused."""
    client = asked.as_(Role.RESEARCHER, name="amal")
    assert client.get("/api/exports", params={"after": "nothing'; --"}).json() == []
    assert client.get("/api/exports", params={"most": 501}).status_code == 422
