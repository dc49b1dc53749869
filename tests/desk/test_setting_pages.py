"""Pages of places and actors at the desk: every clause leads to its words, and what is restricted is as if it were not."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from desk_world import Team, small_observatory
from small_world import MONITORS, OUTLETS, TOWNS, Story, killed

from marsad.desk.roles import Role

TOWN, OTHER = TOWNS[0], TOWNS[1]
HELD = f"Government forces captured the town of {TOWN} on Tuesday, 4 March 2014, {MONITORS[0]} said."
SECRET = f"Islamic State fighters captured the town of {TOWN} on Friday, 7 March 2014, {MONITORS[1]} said."


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """Return a team over three reports: an incident, and two on who took its town."""
    day = date(2014, 3, 4)
    stories = [
        Story(OUTLETS[0], date(2014, 3, 5), killed(TOWN, day, 11, MONITORS[0], "A market was hit.")),
        Story(OUTLETS[1], date(2014, 3, 5), HELD),
        Story(OUTLETS[2], date(2014, 3, 8), SECRET),
    ]
    made = Team(small_observatory(tmp_path_factory.mktemp("setting"), stories))
    yield made
    made.close()


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.long
def test_a_place_has_its_briefing_and_each_number_leads_to_words_of_a_report(team: Team) -> None:
    """Who holds it, what happened: numbers lead to the list of words, and these to the report at those words."""
    page = team.as_(Role.READER).get("/setting/place", params={"name": TOWN})
    assert page.status_code == 200
    assert "11" in _text(page.text)
    assert "Islamic State" in page.text
    numbers = set(re.findall(r'href="#(words-\d+)"', page.text))
    assert numbers
    assert numbers <= set(re.findall(r'id="(words-\d+)"', page.text))
    [report, at] = re.findall(r'href="(/reports/[0-9a-f]+)#(words-\d+)"', page.text)[0]
    assert at
    assert team.as_(Role.READER).get(report).status_code == 200


def test_a_day_before_the_report_tells_nothing_of_it(team: Team) -> None:
    """What was printed by the fifth does not know the seventh."""
    page = team.as_(Role.READER).get("/setting/place", params={"name": TOWN, "on": "2014-03-05"})
    briefing = page.text.partition('id="days"')[0]
    assert "Islamic State" not in briefing


def test_an_actor_has_its_names_and_its_days(team: Team) -> None:
    """By any of its names; in Arabic for whoever reads Arabic."""
    reader = team.as_(Role.READER)
    reader.cookies.set("marsad_language", "ar")
    page = reader.get("/setting/actor", params={"name": "داعش"})
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert "ISIL" in page.text
    assert "captured the town" in page.text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/setting/place", {"name": "Nowhereville by the Sea"}),
        ("/setting/place", {"name": ""}),
        ("/setting/place", {"name": TOWN, "on": "yesterday"}),
        ("/setting/actor", {"name": "<script>alert(1)</script>"}),
    ],
)
def test_what_nobody_knows_is_refused_in_words(team: Team, path: str, query: dict[str, str]) -> None:
    """A page that says what to do, and nothing that runs."""
    page = team.as_(Role.READER).get(path, params=query)
    assert 400 <= page.status_code < 500
    assert "<script>alert" not in page.text


def test_a_report_for_one_group_is_as_if_it_were_not(team: Team) -> None:
    """Neither its statement, nor its words, nor its actor's days."""
    reader = team.as_(Role.READER)
    whole = reader.get("/setting/place", params={"name": TOWN}).text
    [report] = set(re.findall(r"/reports/([0-9a-f]+)#words-\d+\"><bdi>[^<]*</bdi> · <bdi>" + OUTLETS[2], whole))
    team.desk.restrictions.put("report", report, ["north"], "lynx", team.clock())
    try:
        for path, name in (("/setting/place", TOWN), ("/setting/actor", "Islamic State"), ("/setting", "")):
            page = reader.get(path, params={"name": name} if name else {}).text
            assert report not in page
            assert SECRET[:40] not in page
            assert OUTLETS[2] not in page
    finally:
        team.desk.restrictions.put("report", report, [], "lynx", team.clock())
