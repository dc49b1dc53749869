"""Custody, trusted times and sealed sources go into rows and come back as they were."""

from datetime import datetime, timedelta

import pytest
from preserving_values import NOON_IN_RAQQA, ROWS, VALUES

from marsad.store import preserving_rows as rows
from marsad.store.kept_tables import KEPT


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_there_and_back(kind: str) -> None:
    """A value that went through a row says the same, to the moment."""
    assert getattr(rows, f"{kind}_of")(ROWS[kind]) == VALUES[kind]


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_every_column_is_filled(kind: str) -> None:
    """A row has exactly the columns of its table, but for the number, so that the ledger seals all of it."""
    assert {"seq", *ROWS[kind]} == set(KEPT.tables[kind].columns.keys())


def test_a_zone_stays_the_one_it_was_told_in() -> None:
    """A custody event at noon of +03:00 is read back as noon of +03:00, not as nine o'clock UTC."""
    at = rows.custody_of(ROWS["custody"]).at
    assert (at.hour, at.utcoffset()) == (12, timedelta(hours=3))
    assert ROWS["custody"]["at"].endswith("+03:00")


def test_a_time_without_a_zone_is_refused() -> None:
    """Nobody knows what noon is without a zone."""
    with pytest.raises(ValueError, match="has no time zone"):
        rows.moment(datetime(2014, 11, 25, 12))  # noqa: DTZ001


def test_times_that_the_ledger_orders_by_are_utc() -> None:
    """What is compared as text is all in one zone."""
    assert ROWS["anchor"]["recorded_at"] == NOON_IN_RAQQA.strftime("2014-11-25T09:00:00.000000Z")
