"""As known on: a year of revisions, retractions, merges and late additions, and every past day's figures as then published."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from year import START, Year, published

from marsad.model import Category, Measure
from marsad.pipeline.again import derived_on
from marsad.pipeline.changes import changes
from marsad.pipeline.known import state_of
from marsad.pipeline.series import series


def lived(folder: Path, days: int, step: int, events: int) -> tuple[Year, dict[date, bytes]]:
    """Return a year of so many days of work, `step` days apart, and what was published on each."""
    year = Year.begin(folder, seed=5)
    stood = {}
    for n in range(days):
        day = START + timedelta(n * step)
        stood[day] = year.live(day, events)
    return year, stood


@pytest.mark.long
def test_every_past_day_is_replayed_to_the_byte(tmp_path: Path) -> None:
    """Seven days of work, 105 reports, decisions between: each day's figures computed today are those of that day."""
    year, stood = lived(tmp_path, days=7, step=30, events=15)
    for day, figures in stood.items():
        assert published(derived_on(year.observatory, day)) == figures, day
    assert len(set(stood.values())) == len(stood)
    assert {"revision", "retraction", "late"} <= set(year.happened)


@pytest.mark.soak
def test_a_whole_year_is_replayed_to_the_byte(tmp_path: Path) -> None:
    """Every third day of a year, over 2,000 revisions, retractions, merges and late additions: every day, to the byte."""
    year, stood = lived(tmp_path, days=122, step=3, events=34)
    befell = sum(n for kind, n in year.happened.items() if kind not in ("new", "again"))
    assert befell >= 2_000, year.happened
    for day, figures in stood.items():
        assert published(derived_on(year.observatory, day)) == figures, day


@pytest.mark.long
def test_changes_add_up_and_have_causes(tmp_path: Path) -> None:
    """From any day to any later one: before + change = after, every change has a cause, late additions are told apart."""
    year, stood = lived(tmp_path, days=5, step=30, events=12)
    days = sorted(stood)
    causes = set()
    for first, last in ((days[0], days[2]), (days[1], days[4]), (days[2], days[3])):
        found = changes(year.observatory, first, last, "ucdp")
        assert found.before[1] + found.within + found.earlier == found.after[1]
        assert all(change.reasons for change in found.changes)
        assert all(change.before != change.after for change in found.changes)
        for change in found.changes:
            causes |= {reason.cause.value for reason in change.reasons}
            if change.before is None and change.earlier:
                assert {"late-addition", "part"} & {r.cause.value for r in change.reasons}
    assert "new-claim" in causes
    same = changes(year.observatory, days[3], days[3], "ucdp")
    assert (same.changes, same.within, same.earlier) == ((), 0, 0)


@pytest.mark.long
def test_what_becomes_known_late_is_no_death_of_that_day(tmp_path: Path) -> None:
    """By the day it happened, a late addition is in its own month; the month in which it was recorded does not grow."""
    year, stood = lived(tmp_path, days=5, step=30, events=12)
    first, last = sorted(stood)[2], sorted(stood)[4]

    def by_month(day: date, time: str) -> dict[str, int]:
        rows = series(
            state_of(year.observatory, day), ["month"], "ucdp", Measure.KILLED, Category.TOTAL, time
        ).to_pylist()
        return {row["month"]: row["naive_low"] for row in rows}

    before, after = by_month(first, "occurred"), by_month(last, "occurred")
    found = changes(year.observatory, first, last, "ucdp")
    late = [c for c in found.changes if c.before is None and c.earlier and c.after is not None]
    assert late
    gained = {month: after[month] - before.get(month, 0) for month in after}
    assert any(gained[change.occurred.replace(day=1).isoformat()] > 0 for change in late if change.occurred is not None)
    assert all(change.occurred is not None and change.occurred <= first for change in late)
    assert found.earlier != 0
    recorded = by_month(last, "recorded")
    assert sum(recorded.values()) == sum(after.values())  # the same dead, by another time
