"""Reports whose words hold characters that are not seen: the desk opens them, and names each."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from desk_world import Team

from marsad.collect.incoming import Incoming
from marsad.desk.roles import Role
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.views.marked import CONTROLS

UNSEEN = sorted(CONTROLS - {"\0"})
"""A text with a NUL in it is none, and is refused when it comes in."""

NOW = datetime(2014, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A desk over one report that holds every character which turns or hides others."""
    observatory = Observatory.init(tmp_path / "obs", "unseen", NOW)
    text = f"At least 12 people were killed {''.join(UNSEEN)} in Raqqa, Syria, on Tuesday."
    with observatory.kept() as kept:
        item = Incoming("one", text.encode(), "Radio Raqqa", date(2014, 11, 26), "en")
        WriteService(kept, observatory.vault, os.urandom).receive([item], NOW)
    run(observatory, processes=1)
    return Team(tmp_path / "obs")


@pytest.mark.long
def test_a_report_with_unseen_characters_opens_and_names_them(team: Team) -> None:
    """The page is there, each such character beside its number in Unicode, so that nobody is deceived."""
    client = team.as_(Role.REVIEWER)
    with team.desk.kept.read() as reading:
        (report,) = reading.reports()
    page = client.get(f"/reports/{report.report_id}")
    assert page.status_code == 200
    assert [f"U+{ord(letter):04X}" for letter in UNSEEN if f"U+{ord(letter):04X}" not in page.text] == []
    team.close()
