"""What ACLED calls an event: its type and sub-type, from the weapon and from who was harmed; kept in acled_events.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from marsad.publish.formats.held import CIVILIANS, COMBATANTS, KILLED, Figures, fighters_seen
from marsad.publish.public import PublicCategory, PublicMeasure

_LATE = (60, 66, 67, 68, 70, 77, 78, 80, 88)
INTERACTIONS = frozenset(
    (*range(10, 19), 20, *range(22, 29), 30, *range(33, 39), 40, *range(44, 49), 50, *range(55, 59), *_LATE)
)
"""Every interaction that ACLED has: both classes with the smaller first, tens for one actor alone."""

_ATTACK, _CLASH = "Attack", "Armed clash"


@dataclass(frozen=True, slots=True)
class EventKinds:
    """ACLED's kinds: sub-types by type, the sub-type of each weapon of ours, and the disorder that a sub-type is."""

    events: Mapping[str, tuple[str, ...]]
    weapons: Mapping[str, str]
    disorder: Mapping[str, str]
    disorder_of_sub: Mapping[str, str]

    def event_of(self, sub: str) -> str:
        """Return the type to which a sub-type belongs; KeyError for one that is none."""
        return next(event for event, subs in self.events.items() if sub in subs)

    def disorder_for(self, event: str, sub: str) -> str | None:
        """Return the disorder that an event is, None for a type that is none."""
        return self.disorder_of_sub.get(sub) or self.disorder.get(event)


@cache
def event_kinds() -> EventKinds:
    """Return the kinds of events as resources/formats/acled_events.toml has them."""
    text = (resources.files("marsad.resources") / "formats" / "acled_events.toml").read_text("utf-8")
    told: Mapping[str, Any] = tomllib.loads(text)
    events = {event: tuple(subs) for event, subs in told["events"].items()}
    return EventKinds(events, told["weapons"], told["disorder"], told["disorder_of_sub"])


@dataclass(frozen=True, slots=True)
class Happened:
    """An event: type, sub-type, disorder, and whether civilians were the only ones of whom it is told that they were harmed."""

    event: str
    sub: str
    disorder: str
    civilians: bool


def happened(figures: Figures) -> Happened:
    """Return what ACLED calls this incident.

    An explosive or chemical weapon makes it remote violence. Without one it is a clash where fighters are told of, else an
    attack on civilians; people abducted or arrested and nobody hurt are events of their own.
    """
    kinds = event_kinds()
    sub = kinds.weapons.get(figures.incident.weapon or "")
    fighters = fighters_seen(figures) or _some(figures, COMBATANTS)
    civilians = _some(figures, CIVILIANS) and not fighters
    if sub is None:
        hurt = _some(figures, KILLED) or _some(figures, (PublicMeasure.INJURED, PublicCategory.TOTAL))
        if not hurt and _some(figures, (PublicMeasure.ABDUCTED, PublicCategory.TOTAL)):
            sub = "Abduction/forced disappearance"
        elif not hurt and _some(figures, (PublicMeasure.DETAINED, PublicCategory.TOTAL)):
            sub = "Arrests"
        else:
            sub = _CLASH if fighters else _ATTACK
    event = kinds.event_of(sub)
    disorder = kinds.disorder_for(event, sub)
    assert disorder is not None  # noqa: S101 - every type has its disorder in the table
    return Happened(event, sub, disorder, civilians or event == "Violence against civilians")


def _some(figures: Figures, kind: tuple[PublicMeasure, PublicCategory]) -> bool:
    found = figures.told(kind)
    return found is not None and (found.low or 0) > 0
