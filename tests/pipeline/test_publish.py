"""Publishing an observatory: from reports to a release that can be checked, and checked again from what is kept."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publish import STORE, publish, verify_published
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.verify import verify_observatory
from marsad.publish.record import from_json

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)
WORDS = (
    "At least 11 people were killed in government air strikes on the Syrian city of Raqqa on Tuesday, "
    "25 November 2014, the Syrian Observatory for Human Rights said.\n"
)
LATER = WORDS.replace("11", "14").replace("Tuesday, 25", "Wednesday, 26")


def receive(observatory: Observatory, text: str, name: str, address: str | None, outlet: str = "Radio Furat") -> None:
    """Keep a report and derive what follows from it."""
    item = Incoming(name, text.encode(), outlet, date(2014, 11, 27), lang="en", address=address)
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).receive([item], NOW)
    run(observatory, processes=1)


@pytest.fixture
def obs(tmp_path: Path) -> Path:
    """Return an observatory that one public report has reached."""
    observatory = Observatory.init(tmp_path / "obs", "Raqqa watch", NOW)
    receive(observatory, WORDS, "a", "https://radio-furat.example/1")
    return observatory.path


@pytest.mark.long
def test_an_observatory_is_published_checked_and_recorded(obs: Path, tmp_path: Path) -> None:
    """Pages, data and checksums; the ledger names the manifest; computing it again from what is kept gives the same."""
    done = publish(obs, tmp_path / "out", NOW, bytes)
    assert (done.number, done.incidents, done.withheld, done.new) == (1, 1, 0, True)
    assert verify_published(tmp_path / "out") == []
    assert verify_published(tmp_path / "out", obs) == []
    assert [one for one in verify_observatory(obs) if not one.harmless] == []
    with Observatory.open(obs).kept(read_only=True) as kept, kept.read() as reading:
        [release] = reading.releases()
    assert release.manifest == done.manifest
    record = from_json((tmp_path / "out" / "data" / "record.json").read_bytes())
    [incident] = record.incidents
    assert {(figure.low, figure.high) for figure in incident.figures if figure.category == "total"} == {(11, 11)}
    assert (incident.statements[0].outlet, incident.perpetrator, incident.weapon) == (
        "Radio Furat",
        "Government of Syria",
        "air strike",
    )


@pytest.mark.long
def test_publishing_the_same_again_is_the_same_release(obs: Path, tmp_path: Path) -> None:
    """No new number, the same bytes, also into another folder; a day later it is a new one, since more time has passed."""
    one, two = tmp_path / "one", tmp_path / "two"
    first = publish(obs, one, NOW, bytes, known_on=date(2014, 12, 20))
    again = publish(obs, two, NOW + timedelta(days=3), bytes, known_on=date(2014, 12, 20))
    assert (again.number, again.new, again.manifest) == (1, False, first.manifest)
    files = {path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()}
    assert {path.relative_to(two): path.read_bytes() for path in two.rglob("*") if path.is_file()} == files
    assert publish(obs, one, NOW + timedelta(days=3), bytes).number == 2


@pytest.mark.long
def test_what_becomes_known_makes_a_new_release_and_the_old_one_can_be_made_again(obs: Path, tmp_path: Path) -> None:
    """Release 2 has both incidents; as known on the day of release 1 there is still one."""
    publish(obs, tmp_path / "out", NOW, bytes)
    later = NOW + timedelta(days=2)
    item = Incoming(
        "b", LATER.encode(), "Radio Furat", date(2014, 11, 28), lang="en", address="https://radio-furat.example/2"
    )
    observatory = Observatory.open(obs)
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).receive([item], later)
    run(observatory, processes=1)
    second = publish(obs, tmp_path / "out", later, bytes)
    assert (second.number, second.incidents) == (2, 2)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["release"] == 2
    assert publish(obs, tmp_path / "then", later, bytes, known_on=NOW.date()).incidents == 1


@pytest.mark.long
def test_figures_that_do_not_follow_from_what_is_kept_are_named(obs: Path, tmp_path: Path) -> None:
    """Another observatory gives other figures: each incident that differs is told."""
    publish(obs, tmp_path / "out", NOW, bytes)
    other = Observatory.init(tmp_path / "other", "Raqqa watch", NOW)
    receive(other, LATER, "b", "https://radio-furat.example/2")
    found = [one.subject for one in verify_published(tmp_path / "out", other.path)]
    assert found == ["incident RAQQA-2014-11-25", "incident RAQQA-2014-11-26", "manifest.json"]


@pytest.mark.long
def test_an_outlet_is_named_if_anybody_can_read_it_or_the_settings_say_so(tmp_path: Path) -> None:
    """A report without a public page stays without an outlet and without a quotation, until the outlet is listed."""
    observatory = Observatory.init(tmp_path / "obs", "Raqqa watch", NOW)
    receive(observatory, WORDS, "a", None)
    record = tmp_path / "out" / "data" / "record.json"
    publish(observatory.path, tmp_path / "out", NOW, bytes)
    [statement] = from_json(record.read_bytes()).incidents[0].statements
    assert (statement.outlet, statement.words, statement.quotation) == (None, None, None)
    settings = observatory.path / SETTINGS
    settings.write_text(settings.read_text().replace("public = []", 'public = ["Radio Furat"]'))
    publish(observatory.path, tmp_path / "out", NOW, bytes)
    [statement] = from_json(record.read_bytes()).incidents[0].statements
    assert statement.outlet == "Radio Furat"
    assert statement.quotation is not None


@pytest.mark.long
def test_settings_that_are_no_list_of_names_are_refused(obs: Path, tmp_path: Path) -> None:
    """The message says how to write it; nothing is published."""
    settings = obs / SETTINGS
    settings.write_text(settings.read_text().replace("public = []", 'public = "Radio Furat"'))
    with pytest.raises(Wrong, match="not a list of names"):
        publish(obs, tmp_path / "out", NOW, bytes)
    assert not (tmp_path / "out").exists()


@pytest.mark.long
@pytest.mark.parametrize("out", ["obs", "obs/public", "."])
def test_public_and_private_folders_are_kept_apart(obs: Path, tmp_path: Path, out: str) -> None:
    """Not into the observatory, not beneath it, not around it; nothing is recorded."""
    with pytest.raises(Wrong, match="publish into a folder apart"):
        publish(obs, tmp_path / out, NOW, bytes)
    assert not (obs / STORE).exists()


@pytest.mark.long
def test_a_folder_that_is_no_release_is_refused_before_anything_is_recorded(obs: Path, tmp_path: Path) -> None:
    """Nothing half-written: no release in the ledger, none in the public store."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("x")
    with pytest.raises(Wrong, match="would be lost"):
        publish(obs, tmp_path / "out", NOW, bytes)
    with Observatory.open(obs).kept(read_only=True) as kept, kept.read() as reading:
        assert reading.releases() == []
    assert not (obs / STORE).exists()


@pytest.mark.long
def test_a_recent_incident_is_counted_and_not_shown(obs: Path, tmp_path: Path) -> None:
    """On the evening of the day after, rescue may be under way."""
    done = publish(obs, tmp_path / "out", datetime(2014, 11, 26, 20, tzinfo=UTC), bytes)
    assert (done.incidents, done.withheld) == (0, 1)
    assert "too recent" in (tmp_path / "out" / "index.html").read_text()
