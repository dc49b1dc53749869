"""What people decided about telling one incident: tightening takes one person, loosening again takes two."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from marsad.model import Decision, DecisionKind
from marsad.publish.public import PublicPlace

PROVINCE, COUNTRY = "province", "country"
"""How coarsely a place can be told by decision."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Of this incident nothing is told (`silent`), or its place no finer than `place`, or not before `embargo` has passed."""

    silent: bool = False
    place: str | None = None
    embargo: timedelta | None = None

    def bounded(self, place: PublicPlace | None) -> PublicPlace | None:
        """Return the place no finer than was decided."""
        if place is None or self.place is None:
            return place
        coarse = replace(place, name=None, name_ar=None, latitude=None, longitude=None, cell=None, coarsened=True)
        if self.place == COUNTRY:
            return replace(coarse, admin1=None, precision=6)
        return replace(coarse, precision=max(4, place.precision or 4))


NO_RULING = Ruling()


def ruling_of(decisions: Iterable[Decision]) -> Ruling:
    """Return what holds after these decisions about one incident, in the order in which they were made.

    Each WITHHOLD adds to what is kept back, whoever makes it. A LOOSEN takes something back once a second person, by
    another pseudonym, decides the same after the first and after the last WITHHOLD of it.
    """
    holds: dict[str, object] = {}
    asked: dict[str, set[str]] = {}
    for one in decisions:
        if one.kind is DecisionKind.WITHHOLD:
            for what, value in one.body.items():
                holds[what] = _tighter(what, holds.get(what), value)
                asked.pop(what, None)
        elif one.kind is DecisionKind.LOOSEN:
            for what in one.body:
                asked.setdefault(what, set()).add(person(one.actor))
                if len(asked[what]) > 1:
                    holds.pop(what, None)
                    asked.pop(what)
    hours = holds.get("embargo_hours")
    return Ruling(
        silent=holds.get("incident") is True,
        place=str(holds["place"]) if "place" in holds else None,
        embargo=timedelta(hours=hours) if isinstance(hours, int) else None,
    )


def person(pseudonym: str) -> str:
    """Return the pseudonym in one spelling: "Lynx " is no second person beside "lynx".

    >>> person(" Lynx") == person("lynx")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", pseudonym).split()).casefold()


def _tighter(what: str, standing: object, value: object) -> object:
    if what == "place":
        return COUNTRY if COUNTRY in (standing, value) else value
    if what == "embargo_hours" and isinstance(standing, int) and isinstance(value, int):
        return max(standing, value)
    return value
