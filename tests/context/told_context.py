"""Statements of control for tests, as short as a sentence: who, what, when, and who says so."""

from datetime import date, timedelta

from marsad.model.control import Control, ControlState

START = date(2014, 7, 1)
HELD, LOST, CONTESTED, BESIEGED, RELIEVED = (
    ControlState.HELD,
    ControlState.LOST,
    ControlState.CONTESTED,
    ControlState.BESIEGED,
    ControlState.RELIEVED,
)


def day(number: int) -> date:
    """Return the day so many days after 1 July 2014."""
    return START + timedelta(days=number)


def told(
    source: str,
    party: str,
    state: ControlState,
    first: int | None,
    last: int | None = None,
    *,
    change: bool = False,
    reported: int | None = None,
    report: str | None = None,
    partial: bool = False,
    hedged: bool = False,
    denies: bool = False,
) -> Control:
    """Return a statement; days count from 1 July 2014, `first` None where nothing tells since when."""
    end = last if last is not None else first
    assert end is not None
    printed = end if reported is None else reported
    name = f"{source}:{party}:{state}:{first}:{end}:{change}:{printed}:{partial}:{hedged}:{denies}"
    return Control(
        knowledge_id=name,
        report_id=report or name,
        source=source,
        outlet=source,
        party=party,
        place_key="gn:1",
        place_name="Tal Ahmar",
        state=state,
        change=change,
        first=None if first is None else day(first),
        last=day(end),
        reported=day(printed),
        text=name,
        partial=partial,
        hedged=hedged,
        denies=denies,
    )


def took(source: str, party: str, at: int, last: int | None = None, **more: object) -> Control:
    """Return "SOURCE says that PARTY took it" on a day, or between two."""
    return told(source, party, HELD, at, last, change=True, **more)  # type: ignore[arg-type]


def holds(source: str, party: str, at: int, last: int | None = None, **more: object) -> Control:
    """Return "SOURCE says that PARTY holds it" on a day, or from one to another."""
    return told(source, party, HELD, at, last, **more)  # type: ignore[arg-type]


def lost(source: str, party: str, at: int, last: int | None = None, **more: object) -> Control:
    """Return "SOURCE says that PARTY lost it" on a day, or between two."""
    return told(source, party, LOST, at, last, change=True, **more)  # type: ignore[arg-type]
