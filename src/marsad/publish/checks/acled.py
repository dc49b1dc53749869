"""The rules of ACLED that bind several cells of a row: kinds of events, actors, days, points, countries."""

import re
from collections.abc import Iterable, Iterator, Sequence

from marsad.publish.checks.cells import Once, Row, day_of, table_faults
from marsad.publish.checks.fault import Fault
from marsad.publish.formats.acled import acled_format
from marsad.publish.formats.acled_events import INTERACTIONS, event_kinds
from marsad.publish.formats.countries import countries

_ID = re.compile(r"([A-Z]{3})[0-9]+")
_TARGETS = ("Civilians", "Protesters")
CLASSES = {
    "State forces": 1,
    "Rebel group": 2,
    "Political militia": 3,
    "Identity militia": 4,
    "Rioters": 5,
    "Protesters": 6,
    "Civilians": 7,
    "External/Other forces": 8,
}
"""ACLED's classes of actors in words, as its files have them by default since 2024."""


def acled_faults(rows: Iterable[Sequence[str]]) -> Iterator[Fault]:
    """Yield everything in which these rows are not ACLED. Source: ACLED codebook."""
    ids = Once("event_id_cnty")
    by_number = {one.iso: one for one in countries().values()}

    def check(number: int, row: Row) -> Iterator[Fault]:
        yield from ids.again(number, row["event_id_cnty"])
        yield from _kinds(number, row)
        yield from _actors(number, row)
        yield from _day(number, row)
        yield from _where(number, row)
        country = by_number.get(int(row["iso"])) if row["iso"] else None
        code = _ID.fullmatch(row["event_id_cnty"])
        if row["event_id_cnty"] and not code:
            yield Fault(number, "event_id_cnty", row["event_id_cnty"], "is not three letters of a country and a number")
        if row["iso"] and country is None:
            yield Fault(number, "iso", row["iso"], "is no country's ISO number")
        elif country is not None and code and code[1] != country.alpha3:
            yield Fault(number, "event_id_cnty", row["event_id_cnty"], f"does not begin with {country.alpha3}")

    return table_faults(acled_format(), rows, check)


def _kinds(number: int, row: Row) -> Iterator[Fault]:
    kinds = event_kinds()
    event, sub, disorder = row["event_type"], row["sub_event_type"], row["disorder_type"]
    if event and sub and sub not in kinds.events[event]:
        yield Fault(number, "sub_event_type", sub, f"is no kind of {event}")
    elif event and disorder and disorder != kinds.disorder_for(event, sub):
        yield Fault(
            number, "disorder_type", disorder, f"is not that of {event}, {sub}: {kinds.disorder_for(event, sub)}"
        )


def _actors(number: int, row: Row) -> Iterator[Fault]:
    if row["event_type"] == "Violence against civilians" and not row["actor2"].startswith("Civilians"):
        yield Fault(
            number, "actor2", row["actor2"], "is not Civilians (country), the target of violence against civilians"
        )
    actors = [row[name] for name in ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")]
    if row["civilian_targeting"] and not any(target in actor for actor in actors for target in _TARGETS):
        yield Fault(number, "civilian_targeting", row["civilian_targeting"], "is filled, and no actor is civilian")
    one, other = _class(row["inter1"]), _class(row["inter2"])
    if bool(row["actor2"]) != bool(other):
        rule = "goes with an empty actor2" if other else "is no class, and there is an actor2"
        yield Fault(number, "inter2", row["inter2"], rule)
    for name, inter in (("actor1", one), ("actor2", other)):
        if row[name].startswith("Civilians") and inter and inter != 7:
            yield Fault(number, name.replace("actor", "inter"), str(inter), f"is not 7 (Civilians), as {name} is")
    found = row["interaction"]
    if found.isdigit():
        wanted = one * 10 if not other else min(one, other) * 10 + max(one, other)
        if int(found) not in INTERACTIONS:
            yield Fault(number, "interaction", found, "is no interaction that ACLED has")
        elif one and int(found) != wanted:
            yield Fault(number, "interaction", found, f"is not {wanted}, both classes with the smaller first")
    elif found and not _in_words(found):
        yield Fault(number, "interaction", found, "is neither a number nor two classes in words")


def _class(value: str) -> int:
    """Return the class of an actor, whether in digits or in words; 0 for none."""
    return CLASSES.get(value) or (int(value) if value.isdigit() else 0)


def _in_words(found: str) -> bool:
    """Tell whether an interaction is written in words: "Rebel group-Civilians", with or without blanks, or one class alone."""
    alone = found.removeprefix("Sole ").removesuffix(" only").strip().casefold()
    classes = {name.casefold() for name in CLASSES}
    pairs = {f"{a}-{b}" for a in classes for b in classes}
    return alone in classes or re.sub(r"\s*-\s*", "-", alone) in pairs


def _day(number: int, row: Row) -> Iterator[Fault]:
    day = day_of(row["event_date"])
    if day is not None and row["year"] and int(row["year"]) != day.year:
        yield Fault(number, "year", row["year"], f"is not the year of event_date, {day}")


def _where(number: int, row: Row) -> Iterator[Fault]:
    for name in ("latitude", "longitude"):
        if len(row[name].partition(".")[2]) > 4:
            yield Fault(number, name, row[name], "has more than four decimals")
    if row["location"] and row["location"] == row["country"]:
        yield Fault(number, "location", row["location"], "is the whole country: ACLED has no events of a whole country")
