"""How an incident's figures grew: on the last day what is stored, on each day what was known by then."""

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from small_world import MONITORS, OUTLETS, ground_file, killed

from marsad.collect.incoming import Incoming
from marsad.model import DecisionKind, Toll
from marsad.model.rows import toll_row
from marsad.pipeline.again import derived_on
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService
from marsad.pipeline.views.growth_view import growth

DAY = date(2014, 3, 4)
FIRST = datetime(2014, 3, 5, 9, tzinfo=UTC)
NUMBERS = (11, 19, 19, 31)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Observatory:
    """One raid of which four reports tell, each received a day after the one before; the third copies the second."""
    folder = tmp_path_factory.mktemp("growth")
    observatory = Observatory.init(folder / "obs", "growth", FIRST)
    texts = [killed("Raqqa", DAY, n, MONITORS[k % 2], f"A market was hit, word {n}.") for k, n in enumerate(NUMBERS)]
    texts[2] = texts[1]
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        for n, text in enumerate(texts):
            item = Incoming(f"{n}", text.encode(), OUTLETS[n], DAY + timedelta(1), "en")
            service.receive([item], FIRST + timedelta(days=n))
    run(observatory, processes=1, gazetteer=ground_file(folder))
    return observatory


def code_of(observatory: Observatory) -> tuple[str, str]:
    with observatory.derived(read_only=True) as derived:
        [row] = derived.table("incident").to_pylist()
    return row["code"], row["incident_id"]


def plain(tolls: tuple[Toll, ...] | list[dict[str, object]]) -> list[tuple[object, ...]]:
    """Return what tolls say, without the incident that they are of: it is called after the first claim that was known."""
    rows = [toll_row(one) if isinstance(one, Toll) else one for one in tolls]
    told = [
        tuple(r[name] for name in ("policy", "measure", "category", "low", "best", "high", "standing", "origins"))
        for r in rows
    ]
    return sorted(told, key=str)


@pytest.mark.long
def test_each_day_says_what_deriving_anew_says(grown: Observatory) -> None:
    """At the end of each day the tolls are those that would have been derived then; here linking was no other."""
    code, _ = code_of(grown)
    days = growth(grown, code)
    assert [one.day for one in days] == [FIRST.date() + timedelta(n) for n in range(4)]
    assert [one.reports for one in days] == [1, 1, 1, 1]
    for one in days:
        assert plain(one.tolls) == plain(derived_on(grown, one.day)["toll"].to_pylist()), one.day
    assert plain(days[0].tolls) != plain(days[-1].tolls), "the number grew"


def test_the_last_day_is_what_is_stored(grown: Observatory) -> None:
    """All reports and decisions together give the tolls that are stored."""
    code, ident = code_of(grown)
    with grown.derived(read_only=True) as derived:
        stored = derived.table("toll", incident_id=ident).to_pylist()
    assert plain(growth(grown, code)[-1].tolls) == plain(stored)


def test_what_is_hidden_never_came(grown: Observatory) -> None:
    """Without the last report the figures end where they stood before it."""
    code, _ = code_of(grown)
    with grown.kept(read_only=True) as kept, kept.read() as reading:
        last = max(reading.reports(), key=lambda report: report.recorded_at)
    whole, without = growth(grown, code), growth(grown, code, hidden=[last.report_id])
    assert [plain(one.tolls) for one in without] == [plain(one.tolls) for one in whole[:-1]]


def test_a_decision_counts_from_its_day(grown: Observatory, tmp_path: Path) -> None:
    """A number that somebody corrected on a later day is the corrected one from that day on, and the old one before."""
    shutil.copytree(grown.path, tmp_path / "obs")
    grown = Observatory.open(tmp_path / "obs")  # its own copy: the other tests may come after this one
    code, _ = code_of(grown)
    before = growth(grown, code)
    with grown.derived(read_only=True) as derived:
        claims = [
            c for c in derived.table("claim").to_pylist() if c["measure"] == "killed" and c["value"] == NUMBERS[-1]
        ]
    with grown.kept() as kept:
        service = WriteService(kept, grown.vault, os.urandom)
        for n, claim in enumerate(claims):
            anchor = f"{claim['report_id']}:{claim['start']}-{claim['end']}"
            service.decide(
                anchor=anchor, kind=DecisionKind.CORRECT, body={"value": 90, "low": 90, "high": 90}, actor="heron-1",
                reason="read again", now=FIRST + timedelta(days=9, minutes=n), expected_version=0,
            )  # fmt: skip
    after = growth(grown, code)
    assert [plain(one.tolls) for one in after[:-1]] == [plain(one.tolls) for one in before]
    assert (after[-1].day, after[-1].decisions) == (FIRST.date() + timedelta(days=9), len(claims))
    assert max(toll.count.high or 0 for toll in after[-1].tolls if toll.count) == 90
