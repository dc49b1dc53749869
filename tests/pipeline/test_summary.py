"""Summaries: every incident with its tolls, latest first."""

from datetime import date
from pathlib import Path

from small_world import NOW, Story, ground_file, killed, receive

from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.summary import summaries


def test_the_latest_incident_comes_first(tmp_path: Path) -> None:
    """By day, then by code, both falling; an observatory that was never run has none."""
    obs = Observatory.init(tmp_path / "obs", "summary", NOW)
    days = {"Duma": 25, "Nawa": 25, "Raqqa": 27, "Saraqib": 20}
    told = [Story("Wire", date(2014, 11, 28), killed(town, date(2014, 11, d), 9)) for town, d in days.items()]
    receive(obs, told, NOW)
    assert list(summaries(obs)) == []
    run(obs, processes=1, gazetteer=ground_file(tmp_path))
    codes = [case.incident.code for case in summaries(obs)]
    assert codes == ["RAQQA-2014-11-27", "NAWA-2014-11-25", "DUMA-2014-11-25", "SARAQIB-2014-11-20"]
