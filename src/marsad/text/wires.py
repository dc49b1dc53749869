"""News agencies as reports credit them, and outlets that are one house: read once from resources/wires.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from marsad.text.tokens import form_of

AGENCIES = "news agencies"
"""Stands for agencies that a credit does not name ("Agencies", "وكالات")."""

_BRACKETED = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Wires:
    """`agencies` gives an agency's name by each way to credit it, `leads` are words before one, `beside` words between."""

    agencies: Mapping[str, str]
    leads: tuple[str, ...]
    beside: frozenset[str]
    houses: Mapping[str, str]


@cache
def wires() -> Wires:
    """Return the agencies and houses of resources/wires.toml, names as `form_of` spells them."""
    data = tomllib.loads((resources.files("marsad.resources") / "wires.toml").read_text("utf-8"))
    agencies = {form_of(mark): entry["name"] for entry in data["agency"] for mark in (entry["name"], *entry["marks"])}
    agencies |= {form_of(word): AGENCIES for word in data["generic"]}
    leads = sorted({form_of(word) for word in data["with"]}, key=lambda word: (-len(word), word))
    return Wires(agencies, tuple(leads), frozenset(map(form_of, data["beside"])), _houses(data["house"]))


def _houses(entries: list[Mapping[str, Any]]) -> dict[str, str]:
    return {form_of(member): entry["name"] for entry in entries for member in (entry["name"], *entry["members"])}


def house_of(outlet: str) -> str | None:
    """Return the house that an outlet belongs to, None where none is known.

    >>> house_of("BBC Arabic"), house_of("www.bbc.co.uk"), house_of("The Harbour Daily")
    ('BBC', 'BBC', None)
    """
    form = form_of(outlet.strip())
    houses = wires().houses
    return houses.get(form) or houses.get(form.removeprefix("https://").removeprefix("www.").rstrip("/"))


def wire_of(outlet: str) -> str | None:
    """Return the agency whose story an outlet's name says it prints, None where it says none.

    >>> wire_of("Metro (AP)"), wire_of("Harbour Times (Lisbon)"), wire_of("Reuters")
    ('Associated Press', None, 'Reuters')
    """
    agencies = wires().agencies
    for part in _BRACKETED.findall(outlet[:200]):
        for name in re.split(r"[/,;]", part.strip(" ()")):
            if form_of(name.strip()) in agencies:
                return agencies[form_of(name.strip())]
    return agencies.get(form_of(outlet.strip()))
