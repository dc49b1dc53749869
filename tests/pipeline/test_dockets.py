"""Dockets put together from the store: the same tolls as those that the run stored, decisions and past days included."""

from datetime import timedelta
from pathlib import Path

import pytest
from small_world import NOW, Story, ground_file, killed, receive

from marsad.assess.policies import POLICIES
from marsad.assess.stage import tolls_of
from marsad.model import DecisionKind, Wrong
from marsad.model.rows import toll_row
from marsad.pipeline.dockets import dockets
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

DAY = NOW.date() - timedelta(20)
SOHR, SNHR = "the Syrian Observatory for Human Rights", "the Syrian Network for Human Rights"


@pytest.fixture
def observatory(tmp_path: Path) -> Observatory:
    """Three stories of one strike, one of another, and a correction by a person."""
    made = Observatory.init(tmp_path / "obs", "Small", NOW)
    stories = [
        Story("Gulf Gate", DAY, killed("Duma", DAY, 12, SOHR, "More than half of the dead were civilians.")),
        Story("World Desk", DAY, killed("Duma", DAY, 15, SNHR, "Another 40 people were wounded.")),
        Story("Weekly Digest", DAY, killed("Duma", DAY, 12, None, "Residents said a market was hit.")),
        Story("Evening Dispatch", DAY, killed("Nawa", DAY, 3, SOHR)),
    ]
    receive(made, stories, NOW)
    run(made, processes=1, gazetteer=ground_file(tmp_path))
    with made.derived(read_only=True) as derived:
        [row] = [r for r in derived.table("claim").to_pylist() if r["value"] == 15]
    with made.kept() as kept:
        WriteService(kept, made.vault, bytes).decide(
            anchor=f"{row['report_id']}:{row['start']}-{row['end']}",
            kind=DecisionKind.CORRECT,
            body={"low": 14, "high": 14, "value": 14},
            actor="lynx",
            reason="their own correction",
            expected_version=0,
            now=NOW + timedelta(days=1),
        )
    run(made, processes=1, gazetteer=ground_file(tmp_path))
    return made


@pytest.mark.long
def test_a_docket_gives_the_tolls_that_are_stored(observatory: Observatory) -> None:
    """Every toll of every incident under both stored policies, with its reasons, is the same to the letter."""
    with observatory.derived(read_only=True) as derived:
        stored = {
            (r["incident_id"], r["policy"], r["measure"], r["category"]): r for r in derived.table("toll").to_pylist()
        }
    made = {}
    for _, docket in dockets(observatory):
        for policy in ("airwars", "ucdp"):
            for toll in tolls_of(docket, POLICIES[policy]):
                row = toll_row(toll)
                made[row["incident_id"], policy, row["measure"], row["category"]] = row
    assert made == stored


@pytest.mark.long
def test_a_past_day_s_docket_is_without_what_came_later(observatory: Observatory) -> None:
    """Before the correction it says fifteen, after it fourteen."""
    highs = []
    for day in (NOW.date(), None):
        [(_, docket)] = [d for d in dockets(observatory, day) if d[0].code.startswith("DUMA")]
        total = next(t for t in tolls_of(docket, POLICIES["airwars"]) if t.count is not None)
        highs.append(total.count and total.count.high)
    assert highs == [15, 14]


@pytest.mark.long
def test_an_incident_that_is_not_there_is_refused_with_what_is(observatory: Observatory) -> None:
    """Now and as known on a day: codes that begin alike are named."""
    for day in (None, NOW.date()):
        with pytest.raises(Wrong, match="there are DUMA"):
            next(dockets(observatory, day, "DUMAS-2014-01-01"))
