"""The made-up world: countries at war with the gazetteer's places, weapons, voices with their habits, outlets that print."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from marsad.simulate.dice import Dice
from marsad.text.entry import Entry
from marsad.text.normal import fold

FIRST_DAY = 730_120
"""1 January 2000, counted from the first of the year 1: the day on which a world begins."""

A_DAY = 100
"""Incidents on a day at most: a longer war, not a denser one, makes a larger world."""

LEAST_DAYS = 20
"""Days that the smallest world lasts: from two thousand incidents (ten thousand reports) on, all are as dense."""

_MONITORS = 2
PEOPLE = 2_000
"""People who live at least in a place where something happens."""

_AGENCIES = 10


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a country: where it is in the gazetteer, and what it is called; None where a language has no name for it."""

    place_id: str
    latin: str
    arabic: str | None

    def called(self, lang: str) -> str:
        """Return its name in a language."""
        return self.arabic or self.latin if lang == "ar" else self.latin


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says how many were killed, by language, and how well he knows: see resources/simulate/world.toml."""

    voice_id: str
    kind: str
    said: Mapping[str, str]
    learns: float
    bias: float
    noise: float
    delay: float
    revises: float
    retracts: float
    civilians: float
    denies: float
    lies: float


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who prints: in which language, from which countries, how late, and how it writes numbers and days."""

    name: str
    lang: str
    countries: frozenset[str]
    delay: float
    style: str
    day: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country at war: its places (with running sums of their weights), its voices, its outlets."""

    code: str
    name: Mapping[str, str]
    sides: Mapping[str, Mapping[str, str]]
    spots: tuple[Spot, ...]
    weights: tuple[float, ...]
    voices: tuple[Voice, ...]
    outlets: tuple[Outlet, ...]
    by_lang: Mapping[str, tuple[Outlet, ...]]


@dataclass(frozen=True, slots=True)
class World:
    """All of it, with running sums of shares to draw countries and weapons by."""

    countries: tuple[Country, ...]
    shares: tuple[float, ...]
    weapons: tuple[Mapping[str, Any], ...]
    weapon_shares: tuple[float, ...]
    printing: Mapping[str, float]


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files("marsad.resources").joinpath("simulate", "world.toml").read_text(encoding="utf-8"))


def at_war() -> tuple[str, ...]:
    """Return the countries of the made-up world, as ISO 3166-1 codes."""
    return tuple(country["code"] for country in _told()["country"])


def world(places: Iterable[Entry], languages: Sequence[str], sources: int, seed: int) -> World:
    """Return the world of a seed: `sources` outlets printing in these languages, of towns that `places` holds.

    A country in which none of the languages is printed is left out.
    """
    told = _told()
    found: dict[str, list[Entry]] = {c["code"]: [] for c in told["country"]}
    arabic = {c["code"] for c in told["country"] if "ar" in c["told"] and "ar" in languages}
    for entry in places:
        if entry.country in found and (entry.name_ar or entry.country not in arabic) and entry.kind == "city":
            found[entry.country].append(entry)
    wanted = [c for c in told["country"] if found[c["code"]] and set(c["told"]) & set(languages)]
    outlets = _outlets(wanted, languages, max(sources, 4 * len(languages)), seed)
    countries = tuple(_country(c, found[c["code"]], told, outlets) for c in wanted)
    kept = [(country, c["share"]) for country, c in zip(countries, wanted, strict=True) if country.outlets]
    return World(
        tuple(country for country, _ in kept),
        tuple(accumulate(share for _, share in kept)),
        tuple(told["weapon"]),
        tuple(accumulate(w["share"] for w in told["weapon"])),
        told["printing"],
    )


def _country(
    told: Mapping[str, Any], places: Iterable[Entry], all_told: Mapping[str, Any], outlets: Sequence[Outlet]
) -> Country:
    spots, weights = [], []
    printing = tuple(o for o in outlets if told["code"] in o.countries)
    for entry in sorted(places, key=lambda e: e.place_id):
        latin = " ".join(word.capitalize() for word in fold(entry.name).split())
        spots.append(Spot(entry.place_id, latin, entry.name_ar))
        weights.append(entry.population**0.5)
    return Country(
        told["code"],
        told["name"],
        {"state": told["state"], "rebels": told["rebels"]},
        tuple(spots),
        tuple(accumulate(weights)),
        tuple(_voices(told, all_told)),
        printing,
        {lang: tuple(o for o in printing if o.lang == lang) for lang in told["told"]},
    )


def _voices(country: Mapping[str, Any], told: Mapping[str, Any]) -> Iterable[Voice]:
    order = [c["code"] for c in told["country"]].index(country["code"])
    for kind in told["voice"]:
        names: list[Mapping[str, str] | None] = [None]
        if kind["of"] == "names":
            count = _MONITORS if kind["id"] == "monitor" else 1
            names = [told["called"][(order + k) % len(told["called"])] for k in range(count)]
        for name in names:
            said = {
                lang: words if name is None else words.format(name=name["arabic" if lang == "ar" else "latin"])
                for lang, words in kind["said"].items()
            }
            habits = {key: kind.get(key, 0.0) for key in ("learns", "bias", "noise", "delay", "revises", "retracts")}
            habits |= {key: kind.get(key, 0.0) for key in ("civilians", "denies", "lies")}
            voice_id = f"{country['code']}/{kind['id']}" + ("" if name is None else f"/{name['latin']}")
            yield Voice(voice_id, kind["id"], said, **habits)


def _outlets(countries: Sequence[Mapping[str, Any]], languages: Sequence[str], size: int, seed: int) -> list[Outlet]:
    dice = Dice(seed, "outlets")
    out = []
    for number in range(size):
        lang = languages[number % len(languages)]
        home = [c["code"] for c in countries if lang in c["told"]]
        wide = number < _AGENCIES or dice.roll() < 0.3
        covered = home if wide else [code for code in home if dice.roll() < 0.4] or home[:1]
        style = "indic" if lang == "ar" and dice.roll() < 0.3 else "spelt" if dice.roll() < 0.4 else ""
        kind = "Agency" if number < _AGENCIES else "Paper"
        out.append(Outlet(f"{kind} {number:03}", lang, frozenset(covered), 0.2 + dice.wait(0.7), style, dice.below(4)))
    return out
