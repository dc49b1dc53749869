"""What was said on a day can be found again, and why it changed."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import cases
from made import files_of, first, following, release_of
from releases import DAYS, early, fewer, row

from marsad.model import Grade
from marsad.publish.errata import errata_of, releases_of
from marsad.publish.history import continued
from marsad.publish.public import PublicCause, PublicIncident, PublicRelease, compose
from marsad.publish.record import from_json, to_json

RAQQA, SHEPHERDS = "RAQQA-2014-11-25", "TELL-QARRA-2014-11-26"


def told(release: PublicRelease, code: str) -> PublicIncident:
    """Return an incident of a release."""
    [found] = [one for one in release.incidents if one.code == code]
    return found


def said(files: dict[str, bytes], code: str, day: date) -> dict[tuple[str, str, str], tuple[object, ...]] | None:
    """Return what said/CODE.json says was told on a day, as a reader of the file would look it up."""
    for one in json.loads(files[f"said/{code}.json"])["said"]:
        if one["from"] <= day.isoformat() and (one["until"] is None or day.isoformat() < one["until"]):
            return {
                (f["policy"], f["measure"], f["category"]): (f["low"], f["best"], f["high"]) for f in one["figures"]
            }
    return None


def test_what_each_release_said_is_found_by_its_day_in_the_last_one() -> None:
    """For every release, every day that it stood on and every figure of it: the file of the last release tells the same."""
    releases = row()
    files = files_of(releases[-1])
    for n, release in enumerate(releases):
        days = [DAYS[n], date.fromordinal(DAYS[n + 1].toordinal() - 1)] if n < 3 else [DAYS[n], date(2030, 1, 1)]
        for incident in release.incidents:
            figures = {(f.policy, f.measure, f.category): (f.low, f.best, f.high) for f in incident.figures}
            for day in days:
                assert said(files, incident.code, day) == figures, (n, incident.code, day)
        assert said(files, RAQQA, date(2014, 12, 1)) is None
    assert said(files, SHEPHERDS, DAYS[2]) is None


def test_every_incident_says_since_when_it_stands_as_it_does() -> None:
    """Told first in release 1, changed by 2 and 3; the last release changed nothing."""
    one, two, three, four = row()
    assert [(told(r, RAQQA).first_told, told(r, RAQQA).since) for r in (one, two, three, four)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 3),
    ]
    assert [(told(r, "IDLIB-2014-11-20").first_told) for r in (two, three, four)] == [2, 2, 2]


def test_an_erratum_gives_the_figures_before_and_after_and_the_reason() -> None:
    """Release 2: further origins; release 3: what people decided, with their note, and an incident that is gone."""
    errata = errata_of(row()[-1])
    assert sorted(errata) == [2, 3]
    [second] = errata[2]
    killed = [c for c in second.corrections if (c.policy, c.measure, c.category) == ("ucdp", "killed", "total")]
    assert [(c.before and c.before.high, c.after and c.after.high) for c in killed] == [(95, 209)]
    assert PublicCause.NEW_ORIGIN in second.said.causes
    assert "Raqqa is Being Slaughtered Silently" not in second.said.origins  # its denied number was told already
    assert "Syrian Network for Human Rights" in second.said.origins
    third = {str(one.said.code): one for one in errata[3]}
    assert third[RAQQA].said.causes == (PublicCause.CORRECTED,)
    assert third[RAQQA].said.note == "The monitor withdrew its first number."
    assert third[SHEPHERDS].after_grade is None
    assert third[SHEPHERDS].said.causes == (PublicCause.NOT_TOLD,)


def test_errata_as_a_table_reproduce_what_each_release_said() -> None:
    """Beginning with the last release and undoing its errata one release after another gives every earlier one."""
    releases = row()
    rows = list(csv.DictReader(io.StringIO(files_of(releases[-1])["data/errata.csv"].decode())))
    figures = {
        (str(incident.code), str(f.policy), f.measure.value, f.category.value): tuple(
            "" if n is None else str(n) for n in (f.low, f.best, f.high)
        )
        for incident in releases[-1].incidents
        for f in incident.figures
    }
    for release in reversed(releases[:-1]):
        for line in (one for one in rows if int(one["release"]) == release.number + 1 and one["policy"]):
            key = (line["incident"], line["policy"], line["measure"], line["category"])
            before = (line["low_before"], line["best_before"], line["high_before"])
            figures[key] = before
        for incident in release.incidents:
            for f in incident.figures:
                wanted = tuple("" if n is None else str(n) for n in (f.low, f.best, f.high))
                assert figures[str(incident.code), str(f.policy), f.measure.value, f.category.value] == wanted


def test_an_incident_that_is_told_no_longer_keeps_its_address() -> None:
    """A page without the incident and with what was said of it; nothing links to what is not there."""
    files = files_of(row()[-1])
    page = files[f"incident/{SHEPHERDS}.html"].decode()
    assert "No longer told" in page
    assert "Enab Baladi" not in page
    assert files[f"ar/incident/{SHEPHERDS}.html"]


def test_every_release_is_in_the_row_of_releases_with_its_manifest() -> None:
    """Number, days, manifest and sums; the last one has no end and cannot hold its own manifest."""
    stood = releases_of(row()[-1])
    assert [(one.number, one.published, one.until) for one in stood] == [
        (n + 1, day, DAYS[n + 1] if n < 3 else None) for n, day in enumerate(DAYS)
    ]
    assert [len(one.manifest or "") for one in stood] == [64, 64, 64, 0]
    sums = [{str(t.policy): t.high for t in one.totals if t.category == "total"} for one in stood]
    assert [one["ucdp"] for one in sums] == [99, 224, 151, 151]


def test_what_is_kept_back_now_is_not_told_as_history() -> None:
    """A number of living people that is withheld today was told once: its history says that, and not the number."""
    one, *_ = row()
    shown = told(one, RAQQA).figures[0]
    hurt = replace(shown, measure=told(release_of([cases.raqqa()]), RAQQA).figures[4].measure, low=40, best=40, high=40)
    before = replace(
        one, incidents=tuple(replace(i, figures=(*i.figures, hurt)) if i.code == RAQQA else i for i in one.incidents)
    )
    hidden = replace(hurt, low=None, best=None, high=None, suppressed=True, why=None)
    fresh = replace(
        before,
        number=0,
        incidents=tuple(
            replace(i, figures=(*i.figures[:-1], hidden)) if i.code == RAQQA else i for i in before.incidents
        ),
    )
    after = continued(fresh, before, "ab" * 32)
    assert b'"low":40' not in to_json(after)
    [state] = [one for one in after.history if one.code == RAQQA]
    assert [(f.suppressed, f.withdrawn) for f in state.figures if f.measure == "injured"] == [(True, True)]


def test_what_is_silenced_leaves_no_history() -> None:
    """Where people decide that less is told, an incident that goes takes its history with it; it is counted, not named."""
    _, two, three, _ = row()
    quieter = replace(cases.fighters(), grade=Grade.FAIR)
    assert any(one.code == SHEPHERDS for one in three.history)
    fresh = replace(release_of([quieter], 0), policy=compose("3 (tighter)"))
    after = continued(fresh, three, "ab" * 32)
    assert {str(one.code) for one in after.history} <= {str(one.code) for one in after.incidents}
    assert after.untold == 2
    assert SHEPHERDS.encode() not in to_json(after)
    assert RAQQA.encode() not in b"".join(data for path, data in files_of(after).items() if not path.startswith("web/"))
    assert len(two.incidents) == 3


def test_a_release_with_a_history_can_be_written_and_read() -> None:
    """The record holds everything that its pages are made of."""
    release = row()[-1]
    assert from_json(to_json(release)) == release
    assert files_of(from_json(to_json(release))) == files_of(release)


def test_a_record_of_the_first_form_is_read_as_one_without_a_past() -> None:
    """Observatories hold releases that an older marsad published."""
    release = replace(first([cases.raqqa()]), methods=(), settings=())
    old = json.loads(to_json(release))
    for name in ("methods", "settings", "earlier", "history", "untold", "context"):
        del old[name]
    for name in ("embargo_rescue_hours", "least_change", "least_population"):
        del old["rules"][name]
    for incident in old["incidents"]:
        del incident["first_told"], incident["since"], incident["place"]["cell"]
    read = from_json(json.dumps(old | {"schema": 1}).encode())
    rules = replace(release.rules, embargo_rescue_hours=24, least_change=1, least_population=0)
    assert read == replace(release, rules=rules)


def test_a_record_of_an_older_form_is_read_as_one_that_tells_nothing_beside_incidents() -> None:
    """Observatories hold releases that an older marsad published."""
    release = first([cases.raqqa()])
    old = json.loads(to_json(release))
    del old["context"]
    assert from_json(json.dumps(old | {"schema": 3}).encode()) == release
    del old["reviews"]
    assert from_json(json.dumps(old | {"schema": 2}).encode()) == release


def test_the_same_again_has_the_same_history_to_the_byte() -> None:
    """Nothing in a release depends on when or in what order it was made."""
    one, two, *_ = row()
    assert first([cases.nowhere(), early()], DAYS[0]) == one
    assert following([cases.fighters(), cases.raqqa(), cases.nowhere()], one, DAYS[1]) == two
    assert to_json(following([fewer(cases.raqqa())], two, DAYS[2])) == to_json(
        following([fewer(cases.raqqa())], two, DAYS[2])
    )
