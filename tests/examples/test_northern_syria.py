"""Northern Syria in autumn 2014: a map that changes, people who flee, and a mistake taken back; answers written by hand."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.context.people import Flow
from marsad.model import Count, DecisionKind, ReportId
from marsad.pipeline.actors import register_of
from marsad.pipeline.control import History, Parties, asked_place, history, opened_gazetteer, who_held
from marsad.pipeline.control_map import control_map, public_map
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.people import everybody, lived
from marsad.pipeline.restricting import restrict
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

REPORTS = Path(__file__).parents[2] / "examples" / "northern-syria-2014" / "reports"
NOW = datetime(2014, 12, 20, tzinfo=UTC)
IS, ARMY, YPG = "Islamic State", "Government of Syria", "YPG"


def _made(folder: Path, files: list[Path]) -> Observatory:
    observatory = Observatory.init(folder / "obs", "Northern Syria", NOW)
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, bytes)
        for file in files:
            list(service.receive_all(gather(file, Particulars()), lambda: NOW))
    run(observatory, processes=1)
    return observatory


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """The example, in the order of its files."""
    return _made(tmp_path_factory.mktemp("north"), sorted(REPORTS.iterdir()))


def _on(obs: Observatory, place: str, day: str) -> tuple[str, str | None, bool]:
    gazetteer = opened_gazetteer(obs)
    with obs.derived(read_only=True) as derived:
        asked, parties = asked_place(derived, gazetteer, place), Parties(register_of(obs), gazetteer)
        answer = who_held(obs, derived, asked, date.fromisoformat(day), parties=parties)
    return answer.verdict, answer.party, answer.besieged


def _history(obs: Observatory, place: str) -> History:
    gazetteer = opened_gazetteer(obs)
    with obs.derived(read_only=True) as derived:
        asked, parties = asked_place(derived, gazetteer, place), Parties(register_of(obs), gazetteer)
        return history(obs, derived, asked, parties=parties)


EXPECTED = [
    ("Tabqa air base", "2014-08-10", ("held", ARMY, False)),  # nobody says so of that day: it was lost two weeks later
    ("Tabqa air base", "2014-08-23", ("held", ARMY, False)),
    ("Tabqa air base", "2014-08-24", ("held", IS, False)),
    ("Tabqa air base", "2014-10-01", ("held", IS, False)),
    ("Kobani", "2014-09-18", ("held", YPG, False)),
    ("Kobani", "2014-09-25", ("held", YPG, True)),
    ("Kobani", "2014-10-08", ("divided", YPG, True)),
    ("Kobani", "2014-11-05", ("divided", YPG, True)),
    ("villages around Kobani", "2014-09-30", ("held", IS, False)),
    ("Akhtarin", "2014-08-12", ("unknown", None, False)),
    ("Akhtarin", "2014-08-20", ("held", IS, False)),
    ("Morek", "2014-10-30", ("held", ARMY, False)),
    ("Handarat", "2014-10-01", ("held", "Rebels", False)),
    ("Handarat", "2014-10-05", ("held", ARMY, False)),
    ("Jazal", "2014-11-03", ("held", IS, False)),
    ("Jazal", "2014-11-10", ("held", ARMY, False)),
    ("Raqqa", "2014-10-15", ("held", IS, False)),
    ("Raqqa", "2014-11-26", ("held", IS, False)),
    ("Damascus", "2014-11-26", ("unknown", None, False)),
]


@pytest.mark.long
@pytest.mark.parametrize(("place", "day", "expected"), EXPECTED)
def test_who_held_what(obs: Observatory, place: str, day: str, expected: tuple[str, str | None, bool]) -> None:
    """The verdict, the party that most probably held it, and whether it was besieged."""
    assert _on(obs, place, day) == expected


def test_the_fall_of_the_base_is_one_change_as_two_sides_tell_it(obs: Observatory) -> None:
    """On 24 August: the Observatory in English and Arabic, a copy that adds nobody, and the state's own television."""
    changes = _history(obs, "Tabqa air base").changes
    assert [(c.party, c.state.value, c.first, c.last, c.sources) for c in changes] == [
        (ARMY, "lost", date(2014, 8, 24), date(2014, 8, 24), ("state television",)),
        (IS, "held", date(2014, 8, 24), date(2014, 8, 24), ("Syrian Observatory for Human Rights",)),
    ]


def test_the_mistake_of_the_evening_paper_is_kept_with_what_took_it_back(obs: Observatory) -> None:
    """Kobani "fell" on 7 October for a day; nothing of it is left but the trace."""
    found = _history(obs, "Kobani")
    [gone] = found.withdrawn
    assert (gone.control.outlet, gone.control.party, gone.control.reported) == (
        "Evening Dispatch",
        IS,
        date(2014, 10, 8),
    )
    assert "did not capture" in gone.reason
    assert all(c.control.outlet != "Evening Dispatch" for c in found.withdrawn if c.control in found.stand)
    assert [(c.party, c.partial) for c in found.changes] == [(IS, True)]


def test_one_flight_is_told_three_times_and_counted_once(obs: Observatory) -> None:
    """45,000 on the first day, 130,000 by Monday, 138,000 by Tuesday; refugees there are another matter."""
    gazetteer = opened_gazetteer(obs)
    with obs.derived(read_only=True) as derived:
        found = lived(obs, derived, asked_place(derived, gazetteer, "Turkey"), "ucdp")
    assert found.moved == Count(45_000, None, 138_000)
    [stock] = found.stocks
    assert (stock.flow, stock.persons, stock.last) == (
        Flow.REFUGEES,
        Count(1_600_000, None, 1_600_000),
        date(2014, 11, 18),
    )
    assert [(b.grew, b.unexplained) for b in found.balances] == [((785_000, 785_000), None)]


def test_families_are_persons_by_the_factor_of_the_country(obs: Observatory) -> None:
    """2,500 families of the countryside of Aleppo."""
    gazetteer = opened_gazetteer(obs)
    with obs.derived(read_only=True) as derived:
        [told] = everybody(derived, asked_place(derived, gazetteer, "Aleppo"))
    assert (told.flow, told.persons, told.households) == (
        Flow.NEW,
        Count(10_000, 12_500, 17_500),
        Count(2_500, None, 2_500),
    )


@pytest.mark.long
def test_the_order_in_which_reports_came_changes_no_answer(obs: Observatory, tmp_path: Path) -> None:
    """The same reports, shuffled."""
    files = sorted(REPORTS.iterdir())
    random.Random(1911).shuffle(files)  # noqa: S311 - no secret
    other = _made(tmp_path, files)
    for place, day, _ in EXPECTED:
        assert _on(other, place, day) == _on(obs, place, day), place
    assert control_map(other) == control_map(obs)


@pytest.mark.long
def test_the_map_changes_with_the_days_and_the_public_s_ends_before_the_embargo(obs: Observatory) -> None:
    """The base is the army's on the 23rd and the jihadists' on the 24th; the public sees no day of the last two weeks."""
    made = control_map(obs, cells=5, provinces=True)
    base = [f["properties"] for f in made["features"] if f["properties"].get("name") == "Tabqa air base"]
    by_day = {
        day: next(p["party"] for p in base if p["from"] <= day <= p["to"]) for day in ("2014-08-23", "2014-08-24")
    }
    assert by_day == {"2014-08-23": ARMY, "2014-08-24": IS}
    assert {f["properties"]["kind"] for f in made["features"]} == {"place", "cell", "province"}
    assert all(0 <= f["properties"]["unsure"] <= 1 for f in made["features"])
    public = public_map(obs, datetime(2014, 11, 28, 18, tzinfo=UTC))
    assert (
        max(f["properties"]["to"] for f in public["features"]) == "2014-11-13"
    )  # 14 days from its end everywhere on earth
    assert {f["properties"]["kind"] for f in public["features"]} == {"place"}
    for feature in public["features"]:
        assert all(round(degrees, 1) == degrees for degrees in feature["geometry"]["coordinates"])
        assert not {"sources", "place_key"} & feature["properties"].keys()


@pytest.mark.long
def test_what_a_person_refuses_falls_out_of_the_answer_with_the_reason(tmp_path: Path) -> None:
    """The capture of Jazal, refused: nobody is said to have taken it."""
    files = [f for f in sorted(REPORTS.iterdir()) if f.name.startswith("33-")]
    obs = _made(tmp_path, files)
    [fell] = _history(obs, "Jazal").stand
    with obs.kept() as kept:
        WriteService(kept, obs.vault, bytes).decide(
            anchor=fell.anchor,
            kind=DecisionKind.REJECT,
            body={},
            actor="lynx",
            reason="another Jazal",
            expected_version=0,
            now=NOW,
        )
    found = _history(obs, "Jazal")
    assert found.stand == ()
    assert [(w.by, w.reason) for w in found.withdrawn] == [("decision", "another Jazal")]
    assert _on(obs, "Jazal", "2014-11-03")[0] == "unknown"


@pytest.mark.long
def test_nothing_of_a_report_for_one_circle_is_on_the_public_map(tmp_path: Path) -> None:
    """Restricted, the capture of Akhtarin is gone from the public's map and stays on ours."""
    files = [f for f in sorted(REPORTS.iterdir()) if f.name.startswith(("07-", "02-"))]
    obs = _made(tmp_path, files)
    [fell] = _history(obs, "Akhtarin").stand
    with obs.kept() as kept:
        restrict(kept, ReportId(fell.report_id), "north", "lynx", "its writer is in danger", NOW, bytes)
    named = {f["properties"]["name"] for f in control_map(obs)["features"]}
    public = {f["properties"]["name"] for f in public_map(obs, datetime(2015, 1, 1, tzinfo=UTC))["features"]}
    assert named - public == {"Akhtarīn"}
