"""Who held a place: the question put to what is derived and decided, for the command line, the desk and the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.context.changes_of_hands import Change, Span, changes_of_hands, spans
from marsad.context.control import COLUMNS, TOPICS, Withdrawn, control_of_row, standing
from marsad.context.control_rules import control_rules, is_government
from marsad.context.facilities import split_facility
from marsad.context.holding import Answer, held_on
from marsad.context.register import Register
from marsad.model import DecisionKind, Place, Wrong
from marsad.model.control import Control
from marsad.model.knowledge import place_key
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import Observatory
from marsad.store.derived import Derived
from marsad.text.gazetteer import Gazetteer

_FINEST_LARGER = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The place that a question is about: the gazetteer's, or words it does not know, with what of it is meant."""

    place: Place
    facility: str | None
    larger: tuple[tuple[str, str], ...]
    """What it lies in, the smallest first: "town", "province" or "country", and its key."""

    @property
    def key(self) -> str:
        """What names it in the table of knowledge."""
        return place_key(self.place, self.facility) or ""

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.place.name} {self.facility}" if self.facility else self.place.name


@dataclass(frozen=True, slots=True)
class History:
    """Of one place: every statement that stands, those taken back, how it changed hands, who is said to have held it when."""

    stand: tuple[Control, ...]
    withdrawn: tuple[Withdrawn, ...]
    changes: tuple[Change, ...]
    spans: tuple[Span, ...]


def opened_gazetteer(observatory: Observatory) -> Gazetteer:
    """Return the gazetteer by which the observatory's reports were read."""
    return Gazetteer.open(places_file(observatory, None))


def asked_place(derived: Derived, gazetteer: Gazetteer, words: str) -> Asked:
    """Return the place that a person names: "Raqa", "Tabqa air base", "مطار الطبقة", "Douma, Lebanon".

    Namesakes in countries of which anything is known come first. Raises Wrong for words that name nothing.
    """
    words = " ".join(words.split())
    if not words:
        raise Wrong("PLACE", words, "names no place", 'write it as reports do: "Raqqa", "Tabqa air base"')
    name, facility = split_facility(words)
    countries = derived.knowledge_countries()
    place = gazetteer.resolve(name, countries)
    if not place.found and facility is not None:
        whole = gazetteer.resolve(words, countries)
        place, facility = (whole, None) if whole.found else (place, facility)
    larger: list[tuple[str, str]] = []
    if facility is not None:
        larger.append(("town", place_key(place) or ""))
    if place.admin1 and place.country and (place.precision or 9) < _FINEST_LARGER:
        province = gazetteer.resolve(f"{place.admin1} province", (place.country,))
        if province.place_id and province.precision == _FINEST_LARGER:
            larger.append(("province", province.place_id))
    if place.country and (place.precision or 9) < 6:
        country = gazetteer.resolve(gazetteer.country_name(place.country), (place.country,))
        if country.place_id:
            larger.append(("country", country.place_id))
    return Asked(place, facility, tuple(larger))


class Parties:
    """Gives the one name of a party that has several, by the register of actors and where and when it is said to act.

    "Government forces" in a country are its government's, where the register knows that government.
    """

    def __init__(self, register: Register, gazetteer: Gazetteer | None = None) -> None:
        self._register, self._gazetteer = register, gazetteer
        self._named: dict[tuple[str, str | None, date], str] = {}

    def name(self, row: Mapping[str, Any]) -> str:
        """Return the name of the party of a row of knowledge, as said where nobody is meant without doubt."""
        words, country, day = row["party"], row["country"], row["occurred_to"] or row["reported"] or row["recorded"]
        asked = (words, country, day)
        if asked not in self._named:
            self._named[asked] = self._meant(words, country, day)
        return self._named[asked]

    def _meant(self, words: str, country: str | None, day: date) -> str:
        actor = self._register.meant(words, on=day, act="control", country=country).actor
        if actor is None and country and self._gazetteer is not None and is_government(words):
            name = f"Government of {self._gazetteer.country_name(country)}"
            return name if name in self._register.actors else words
        return words if actor is None else actor.name


def who_held(
    observatory: Observatory,
    derived: Derived,
    asked: Asked,
    day: date,
    known_on: date | None = None,
    parties: Parties | None = None,
) -> Answer:
    """Return who held the place on the day, from what had come in and been decided by the end of `known_on`.

    `parties` names who has several names; without it, each is called as it was read.
    """
    rules = control_rules()
    weights = {"town": rules.larger_town, "province": rules.larger_province, "country": rules.larger_country}
    own = _near(derived, asked.key, day, known_on, parties)
    larger = [(weights[kind], _near(derived, key, day, known_on, parties)) for kind, key in asked.larger]
    refused = refused_ids(observatory, [*own, *(c for _, around in larger for c in around)], known_on)
    return held_on(own, day, rules, larger, refused, asked.key)


def history(
    observatory: Observatory,
    derived: Derived,
    asked: Asked,
    known_on: date | None = None,
    parties: Parties | None = None,
) -> History:
    """Return everything said of who held the place, and what follows: its changes of hands, first and last days."""
    rows = derived.table("knowledge", place_key=asked.key, topic=list(TOPICS)).to_pylist()
    controls = controls_of((row for row in rows if known_on is None or row["recorded"] <= known_on), parties)
    stand, gone = standing(controls, control_rules(), refused_ids(observatory, controls, known_on))
    return History(tuple(stand), tuple(gone), tuple(changes_of_hands(stand)), tuple(spans(stand)))


def controls_of(rows: Iterable[Mapping[str, Any]], parties: Parties | None = None) -> list[Control]:
    """Return what rows of knowledge say of control; rows that say nothing of it are passed over."""
    named = (row if parties is None or row["party"] is None else {**row, "party": parties.name(row)} for row in rows)
    return [control for row in named if (control := control_of_row(row)) is not None]


def _near(derived: Derived, key: str, day: date, known_on: date | None, parties: Parties | None) -> list[Control]:
    return controls_of(derived.knowledge_near(key, TOPICS, day, (*COLUMNS, "country"), known_on), parties)


def refused_ids(observatory: Observatory, controls: Iterable[Control], known_on: date | None = None) -> dict[str, str]:
    """Return the statements whose words a person refused, by id, with the reason."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        if not reading.count("decision"):
            return {}
        reasons = {d.anchor: d.reason for d in reading.standing_decisions(known_on) if d.kind is DecisionKind.REJECT}
    return {c.knowledge_id: reasons[c.anchor] for c in controls if c.anchor in reasons}
