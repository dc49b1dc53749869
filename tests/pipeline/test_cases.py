"""Cases: an incident with everything that bears on it, from the store or as of a past day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from small_world import NOW, Story, ground_file, killed, receive, reprint

from marsad.model import Case, Category, Measure, Role, Wrong
from marsad.pipeline.cases import SENTENCE, cases
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.summary import summaries

STRIKE = date(2014, 11, 25)
SOHR = "the Syrian Observatory for Human Rights"
FIRST = Story("Gulf Gate", date(2014, 11, 26), killed("Duma", STRIKE, 63, SOHR, "Children were afraid."))
LATER = Story("Wire", date(2014, 11, 27), killed("Duma", STRIKE, 95, SOHR, "At least 52 of the dead were civilians."))
OTHER = Story("Wire", date(2014, 11, 27), killed("Nawa", STRIKE, 8, None, "x" * 900 + " and so on without an end"))


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """Two incidents; the second report of the first one, a copy and the other incident were received a day later."""
    folder = tmp_path_factory.mktemp("cases")
    made = Observatory.init(folder / "obs", "cases", NOW)
    receive(made, [FIRST], NOW)
    receive(made, [LATER, OTHER, reprint(LATER, "Copier", 1)], NOW + timedelta(days=1))
    run(made, processes=1, gazetteer=ground_file(folder))
    return made


def total(case: Case) -> tuple[int | None, ...]:
    toll = next(t for t in case.tolls if (t.policy, t.measure, t.category) == ("ucdp", Measure.KILLED, Category.TOTAL))
    assert toll.count is not None
    return toll.count.low, toll.count.best, toll.count.high


@pytest.mark.long
def test_cases_come_by_code_with_everything(obs: Observatory) -> None:
    """Each incident once, its findings earliest first, with who printed them when, and a grade."""
    duma, nawa = cases(obs)
    assert (duma.incident.code, nawa.incident.code) == ("DUMA-2014-11-25", "NAWA-2014-11-25")
    assert [f.outlet for f in duma.findings] == ["Gulf Gate", "Wire", "Wire", "Copier", "Copier"]
    days = [f.published for f in duma.findings]
    assert days == sorted(days, key=str)
    assert [f.role for f in duma.findings].count(Role.COUNTED) == 2
    assert (total(duma), duma.origins, duma.grade) == ((95, 95, 95), 1, "weak")


def test_a_finding_quotes_the_sentence_around_its_words(obs: Observatory) -> None:
    """The quoted sentence holds the claim's words, stands in the report, and is short however long the sentence is."""
    texts = {"Gulf Gate": FIRST.text, "Wire": LATER.text + OTHER.text, "Copier": LATER.text}
    for case in cases(obs):
        for finding in case.findings:
            assert finding.claim.text in finding.sentence
            assert finding.sentence in texts[finding.outlet]
            assert len(finding.sentence) <= SENTENCE


@pytest.mark.parametrize("name", ["DUMA-2014-11-25", "duma-2014-11-25", "id"])
def test_one_case_by_code_or_id(obs: Observatory, name: str) -> None:
    """Upper or lower case, or the id: that case and no other, the same as among all."""
    every = {case.incident.code: case for case in cases(obs)}
    wanted = every["DUMA-2014-11-25"]
    assert list(cases(obs, incident=wanted.incident.incident_id if name == "id" else name)) == [wanted]


@pytest.mark.long
@pytest.mark.parametrize("known_on", [None, (NOW + timedelta(days=5)).date()])
def test_an_incident_that_is_not_there_is_refused(obs: Observatory, known_on: date | None) -> None:
    """The message lists the codes that come near."""
    with pytest.raises(Wrong, match="DUMA-2014-11-25"):
        list(cases(obs, known_on, "duma-2014-11-26"))
    with pytest.raises(Wrong, match="marsad incidents"):
        list(cases(obs, known_on, "zzz"))


@pytest.mark.long
def test_as_known_on_a_past_day(obs: Observatory) -> None:
    """At the end of the first day there was one report, and 63; today's cases are those of today's store."""
    [then] = cases(obs, NOW.date())
    assert (total(then), len(then.findings)) == ((63, 63, 63), 1)
    assert list(cases(obs, (NOW + timedelta(days=3)).date())) == list(cases(obs))
    [one] = cases(obs, NOW.date(), "DUMA-2014-11-25")
    assert one == then


def test_before_anything_was_known_there_is_nothing_to_ask(obs: Observatory) -> None:
    """A day before the first report is refused, not answered with nought."""
    with pytest.raises(Wrong, match="before the first report"):
        list(cases(obs, NOW.date() - timedelta(days=1)))


@pytest.mark.long
def test_reports_that_wait_for_a_run_are_not_passed_over(tmp_path: Path) -> None:
    """As of a day whose reports were not all read the answer would be wrong: it is refused, with what to do."""
    made = Observatory.init(tmp_path / "obs", "waiting", NOW)
    receive(made, [FIRST], NOW)
    run(made, processes=1, gazetteer=ground_file(tmp_path))
    receive(made, [LATER], NOW)
    with pytest.raises(Wrong, match=r"1 reports that were not read yet.*marsad run"):
        list(cases(made, NOW.date()))


def test_summaries_say_what_cases_say(obs: Observatory) -> None:
    """Incident, tolls, origins, grade and its reason are the case's; only the findings are left out."""
    for known_on in (None, NOW.date()):
        full = {case.incident.incident_id: case for case in cases(obs, known_on)}
        short = {case.incident.incident_id: case for case in summaries(obs, known_on)}
        assert set(short) == set(full)
        for name, case in short.items():
            one = full[name]
            assert case.findings == ()
            assert (case.incident, case.tolls, case.grade) == (one.incident, one.tolls, one.grade)
            assert (case.origins, case.why_grade) == (one.origins, one.why_grade)
