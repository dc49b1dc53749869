"""Who has a name: those who count, speak and fight, read once from resources/actors.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from marsad.model import Origin, OriginKind
from marsad.text.tokens import form_of


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who counts, speaks or fights.

    `public` says that the name may stand in public; a role ("doctors", "residents") is an actor without a name and
    never public. `body` marks a role that is an institution ("the health ministry"), not a person; `armed` one whose
    members are fighters. `seat` marks a capital that stands for its government ("Damascus said") and is a town elsewhere.
    `seats` are the actor's. `shorts` are names that mean the actor in reports of the country `home` alone, each with the
    role it is elsewhere, empty where it is none ("the Observatory"). `glossed` marks a role whose name is marsad's English
    one, whatever the language of the report.
    """

    origin: Origin
    name_ar: str | None
    public: bool
    body: bool = True
    armed: bool = False
    aliases: tuple[str, ...] = ()
    glossed: bool = False
    seats: tuple[str, ...] = ()
    seat: bool = False
    home: str = ""
    shorts: tuple[tuple[str, str], ...] = ()


@cache
def actors() -> tuple[Actor, ...]:
    """Return every actor of resources/actors.toml."""
    data = tomllib.loads((resources.files("marsad.resources") / "actors.toml").read_text("utf-8"))
    return tuple(_actor(entry) for entry in data["actor"])


def _actor(entry: Mapping[str, Any]) -> Actor:
    origin = Origin(entry["name"], OriginKind(entry["kind"]), entry.get("party"))
    names = tuple(dict.fromkeys((entry["name"], *entry["aliases"])))
    return Actor(
        origin,
        entry.get("name_ar"),
        entry["public"],
        armed=entry.get("armed", False),
        aliases=names,
        seats=tuple(entry.get("seats", ())),
        home=entry.get("home", ""),
        shorts=tuple((form_of(short), role) for short, role in entry.get("shorts", {}).items()),
    )


@cache
def theatres() -> Mapping[str, str]:
    """Return the country in which an actor fights, counts or holds office, by its name, where that is one country alone.

    ISO 3166-1 alpha-2 codes, of resources/theatres.toml.
    """
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (resources.files("marsad.resources") / "theatres.toml").read_text("utf-8")
    )
    return table["country"]


@cache
def _by_name() -> Mapping[str, Actor]:
    return {form_of(alias): actor for actor in actors() for alias in (*actor.aliases, *actor.seats)}


def actor_called(name: str) -> Actor | None:
    """Return the actor who goes by this name, however capitalised; None if nobody known does.

    >>> actor_called("SOHR").origin.name
    'Syrian Observatory for Human Rights'
    >>> actor_called("The Harbour Daily") is None
    True
    """
    return _by_name().get(form_of(name.strip()))
