"""One incident as known on a past day: as if the whole day were derived anew, where linking was no other."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from small_world import MONITORS, OUTLETS, ground_file, killed

from marsad.collect.incoming import Incoming
from marsad.model import Case, Wrong
from marsad.model.rows import toll_row
from marsad.pipeline.cases import cases
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.views.past_case import past_case

DAY = date(2014, 3, 4)
FIRST = datetime(2014, 3, 5, 9, tzinfo=UTC)
NUMBERS = (11, 19, 19, 31)
CODE = "RAQQA-2014-03-04"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """One raid of which four reports tell, a day apart; the third is the second in another outlet."""
    folder = tmp_path_factory.mktemp("past")
    observatory = Observatory.init(folder / "obs", "past", FIRST)
    texts = [killed("Raqqa", DAY, n, MONITORS[k % 2], f"A market was hit, word {n}.") for k, n in enumerate(NUMBERS)]
    texts[2] = texts[1]
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        for n, text in enumerate(texts):
            item = Incoming(f"{n}", text.encode(), OUTLETS[n], DAY + timedelta(1), "en")
            service.receive([item], FIRST + timedelta(days=n))
    run(observatory, processes=1, gazetteer=ground_file(folder))
    return observatory


def said(case: Case) -> list[tuple[object, ...]]:
    """Return of each claim its words, role, origin, whom it copies, and its hands."""
    return [
        (f.claim.claim_id, f.role, f.rule, f.fold, f.outlet, f.sentence, [(h.part, h.name, h.rule) for h in f.hands])
        for f in case.findings
    ]


def figures(case: Case) -> list[dict[str, object]]:
    rows = [{k: v for k, v in toll_row(toll).items() if k != "incident_id"} for toll in case.tolls]
    return sorted(rows, key=lambda row: (row["policy"], row["measure"], row["category"]))


@pytest.mark.parametrize("n", range(4))
def test_a_past_day_is_what_deriving_it_anew_says(told: Observatory, n: int) -> None:
    """Claims, their roles and origins, tolls with their reasons and the grade are those of the whole world of that day."""
    day = FIRST.date() + timedelta(days=n)
    [whole] = cases(told, day)
    alone = past_case(told, CODE, day)
    assert said(alone) == said(whole)
    assert figures(alone) == figures(whole)
    assert (alone.grade, alone.origins, alone.why_grade) == (whole.grade, whole.origins, whole.why_grade)
    assert (alone.incident.place, alone.incident.when) == (whole.incident.place, whole.incident.when)


def test_it_keeps_the_code_it_has_now(told: Observatory) -> None:
    """Whoever moves the slider stays on one incident."""
    assert past_case(told, CODE.lower(), FIRST.date()).incident.code == CODE


def test_before_it_was_known_there_is_nothing(told: Observatory) -> None:
    """A day before the first report is refused with the first day there is; a hidden report never came."""
    with pytest.raises(Wrong, match=r"name 2014-03-05 or a later day"):
        past_case(told, CODE, FIRST.date() - timedelta(days=1))
    with told.kept(read_only=True) as kept, kept.read() as reading:
        first = next(iter(reading.reports()))
    with pytest.raises(Wrong, match="before anything"):
        past_case(told, CODE, FIRST.date(), hidden=[first.report_id])
