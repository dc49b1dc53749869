"""One release after another: what changed, why, what people decided about it, and that it can all be worked out again."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from marsad.collect.incoming import Incoming
from marsad.model import DecisionKind
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publish import publish, verify_published
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.publish.public import PublicCause, PublicRelease
from marsad.publish.record import from_json

NOW = datetime(2014, 12, 20, 12, tzinfo=UTC)
WORDS = (
    "At least 11 people were killed in government air strikes on the Syrian city of Raqqa on Tuesday, "
    "25 November 2014, the Syrian Observatory for Human Rights said.\n"
)


def receive(observatory: Observatory, text: str, name: str, now: datetime) -> None:
    """Keep a report and derive what follows from it."""
    item = Incoming(
        name, text.encode(), "Radio Furat", date(2014, 11, 27), lang="en", address=f"https://furat.example/{name}"
    )
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).receive([item], now)
    run(observatory, processes=1)


def decide(
    observatory: Observatory,
    kind: DecisionKind,
    body: dict[str, object],
    actor: str,
    reason: str,
    at: datetime,
    version: int = 0,
) -> None:
    """Decide about the one claim there is."""
    with observatory.derived(read_only=True) as derived:
        [claim] = derived.table("claim").to_pylist()
    with observatory.kept() as kept:
        WriteService(kept, observatory.vault, bytes).decide(
            anchor=f"{claim['report_id']}:{claim['start']}-{claim['end']}",
            kind=kind,
            body=body,
            actor=actor,
            reason=reason,
            expected_version=version,
            now=at,
        )
    run(observatory, processes=1)


def record(out: Path) -> PublicRelease:
    """Return the record of a published folder."""
    return from_json((out / "data" / "record.json").read_bytes())


@pytest.mark.long
def test_errata_give_what_people_decided_and_only_what_they_wrote_for_the_public(tmp_path: Path) -> None:
    """A correction with a public reason stands in the errata; a private reason stands nowhere."""
    observatory = Observatory.init(tmp_path / "obs", "Raqqa watch", NOW)
    receive(observatory, WORDS, "a", NOW)
    out = tmp_path / "out"
    first = publish(observatory.path, out, NOW, bytes)
    one, two = NOW + timedelta(days=1), NOW + timedelta(days=2)
    body: dict[str, object] = {"low": 9, "value": 9}
    decide(observatory, DecisionKind.CORRECT, body, "lynx", "public: The monitor corrected its list.", one)
    assert publish(observatory.path, out, one, bytes).number == 2
    [said] = record(out).history
    assert (said.first, said.until, PublicCause.CORRECTED in said.causes) == (1, 2, True)
    assert said.note == "The monitor corrected its list."
    assert {(f.low, f.high) for f in said.figures if f.category == "total"} == {(11, 11)}
    assert record(out).earlier[0].manifest == first.manifest
    decide(observatory, DecisionKind.CORRECT, {"low": 8, "value": 8}, "lynx", "Zqprivate told me", two, 1)
    publish(observatory.path, out, two, bytes)
    assert [s.note for s in record(out).history][-1] is None
    assert b"Zqprivate" not in b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())
    assert verify_published(out) == []
    assert verify_published(out, observatory.path) == []


@pytest.mark.long
def test_one_person_silences_an_incident_and_two_let_it_speak_again(tmp_path: Path) -> None:
    """Release 2 does not name it, not even as gone; release 3 tells it once a second person has agreed."""
    observatory = Observatory.init(tmp_path / "obs", "Raqqa watch", NOW)
    receive(observatory, WORDS, "a", NOW)
    out, days = tmp_path / "out", [NOW + timedelta(days=n) for n in range(5)]
    publish(observatory.path, out, days[0], bytes)
    decide(observatory, DecisionKind.WITHHOLD, {"incident": True}, "lynx", "a family asked", days[1])
    assert publish(observatory.path, out, days[1], bytes).incidents == 0
    assert record(out).untold == 1
    assert b"RAQQA-2014-11-25" not in b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())
    decide(observatory, DecisionKind.LOOSEN, {"incident": True}, "lynx", "they agree now", days[2])
    assert publish(observatory.path, out, days[2], bytes).incidents == 0
    decide(observatory, DecisionKind.LOOSEN, {"incident": True}, "fox", "I asked them too", days[3], 1)
    done = publish(observatory.path, out, days[3], bytes)
    assert (done.incidents, record(out).incidents[0].first_told) == (1, done.number)
    assert verify_published(out, observatory.path) == []


def test_the_methods_page_follows_the_settings(tmp_path: Path) -> None:
    """Another counting method in marsad.toml: its rules stand on the page and the record names its version."""
    observatory = Observatory.init(tmp_path / "obs", "Raqqa watch", NOW)
    settings = observatory.path / "marsad.toml"
    settings.write_text(settings.read_text().replace('"airwars", "ucdp"', '"acled", "ucdp"'))
    observatory = Observatory.open(observatory.path)
    receive(observatory, WORDS, "a", NOW)
    publish(observatory.path, tmp_path / "out", NOW, bytes)
    page = (tmp_path / "out" / "methods.html").read_text()
    assert 'id="method-acled"' in page
    assert 'id="method-airwars"' not in page
    assert "ACLED codebook, fatalities" in page
    assert [method.name for method in record(tmp_path / "out").methods] == ["acled", "ucdp"]
    told = json.loads((tmp_path / "out" / "said" / "index.json").read_text())
    assert [one["release"] for one in told["releases"]] == [1]


@pytest.mark.long
def test_what_was_withheld_since_is_withheld_from_a_release_of_an_earlier_day(tmp_path: Path) -> None:
    """Asked for as known on a day before the decision, the incident is as silent as today; figures are that day's."""
    observatory = Observatory.init(tmp_path / "obs", "Raqqa watch", NOW)
    receive(observatory, WORDS, "a", NOW)
    later, out = NOW + timedelta(days=3), tmp_path / "out"
    decide(observatory, DecisionKind.CORRECT, {"low": 9, "value": 9}, "lynx", "nine", later)
    publish(observatory.path, out, later, bytes, known_on=NOW.date())
    [told] = record(out).incidents
    assert {f.low for f in told.figures if (f.measure, f.category) == ("killed", "total")} == {11}
    decide(observatory, DecisionKind.WITHHOLD, {"incident": True}, "lynx", "a family asked", later)
    publish(observatory.path, out, later, bytes, known_on=NOW.date())
    assert record(out).incidents == ()
    assert verify_published(out, observatory.path) == []
