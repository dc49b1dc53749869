"""Weapons, targets and times of day as data: what each is filed as elsewhere, and the words by which reports tell it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from marsad.text.tokens import form_of, tokens

INDISCRIMINATE = ("nature", "use")
_BEFORE, _BEHIND, _AROUND = 9, 5, 4
"""Words before and behind what is hit within which a word of hitting stands, and words before it that take it back."""

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon as marsad calls it; ACLED's event and sub-event type and Airwars' strike type, None where they have none.

    `indiscriminate` is "nature" where it cannot be aimed at fighters alone wherever it is used, "use" where that is so where
    people live, None where the weapon as such can be aimed; `why` is the rule it follows from.
    """

    name: str
    name_ar: str
    acled: tuple[str, str] | None
    airwars: str | None
    indiscriminate: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """Something that is hit; `protected` names the protection it stands under, `responder` those who come to help."""

    name: str
    name_ar: str
    protected: str
    responder: str | None


@cache
def weapons() -> Mapping[str, Weapon]:
    """Return the weapons of resources/weapons.toml by name."""
    return {
        w["name"]: Weapon(
            w["name"],
            w["name_ar"],
            tuple(w["acled"]) if "acled" in w else None,
            w.get("airwars"),
            w.get("indiscriminate"),
            w.get("why"),
        )
        for w in _data("weapons.toml")["weapon"]
    }


@cache
def targets() -> Mapping[str, Target]:
    """Return the targets of resources/targets.toml by name."""
    return {
        t["name"]: Target(t["name"], t["name_ar"], t["protected"], t.get("responder"))
        for t in _data("targets.toml")["target"]
    }


def finer_weapon(sentence: str, lang: str) -> str | None:
    """Return the weapon that a sentence names more closely than a claim does ("cluster bombs"), None where it names none.

    >>> finer_weapon("Jets dropped cluster bombs on the market.", "en")
    'cluster munition'
    """
    forms = _forms(sentence)
    for weapon in _data("weapons.toml")["weapon"]:
        if _any(_phrases("weapons.toml", "weapon", lang).get(weapon["name"], ()), forms):
            return str(weapon["name"])
    return None


def targets_in(sentence: str, lang: str) -> list[str]:
    """Return what a sentence says was hit, in the order of the list of targets.

    >>> targets_in("An air strike hit a hospital in Nawa.", "en")
    ['hospital']
    >>> targets_in("The wounded of the air strike were taken to a hospital, medics said.", "en")
    []
    """
    forms = _forms(sentence)
    hit, brought = set(_listed("hit", lang)), _listed("brought", lang)
    apart, spoke = _listed("apart", lang), _listed("spoke", lang)
    out = []
    for name, phrases in _phrases("targets.toml", "target", lang).items():
        for first, after in _where(phrases, forms):
            before = forms[max(0, first - _BEFORE) : first]
            near = forms[max(0, first - _AROUND) : first]
            struck = any((form,) in hit for form in (*before, *forms[after : after + _BEHIND]))
            spoken = any(
                forms[after : after + len(said)] == said or (lang == "ar" and forms[first - 1 : first] == said)
                for said in spoke
            )
            if struck and not spoken and not _any(brought, near) and not _any(apart, near):
                out.append(name)
                break
    return out


def twice_in(sentence: str, lang: str) -> bool:
    """Tell whether a sentence says that a place was struck a second time while help was there.

    >>> twice_in("A second strike hit as rescuers arrived.", "en")
    True
    """
    return _any(_listed("again", lang), _forms(sentence))


def part_of_day_in(sentence: str, lang: str) -> str | None:
    """Return the part of the day that a sentence tells: night, morning, afternoon or evening; None where it tells none.

    >>> part_of_day_in("Shells fell on the town at dawn.", "en"), part_of_day_in("Shells fell.", "en")
    ('morning', None)
    """
    forms = _forms(sentence)
    return next((n for n, p in _phrases("targets.toml", "part_of_day", lang).items() if _any(p, forms)), None)


def _forms(sentence: str) -> Forms:
    return tuple(token.form for token in tokens(sentence[:4000]))


def _where(phrases: Sequence[Forms], forms: Forms) -> Iterator[tuple[int, int]]:
    firsts: dict[str, list[Forms]] = {}
    for phrase in phrases:
        firsts.setdefault(phrase[0], []).append(phrase)
    for at, form in enumerate(forms):
        for phrase in firsts.get(form, ()):
            if forms[at : at + len(phrase)] == phrase:
                yield at, at + len(phrase)


def _any(phrases: Sequence[Forms], forms: Forms) -> bool:
    return next(_where(phrases, forms), None) is not None


@cache
def _phrases(file: str, table: str, lang: str) -> Mapping[str, tuple[Forms, ...]]:
    return {
        entry["name"]: tuple(_phrase(words) for words in entry.get("words", {}).get(lang, ()))
        for entry in _data(file)[table]
    }


@cache
def _listed(name: str, lang: str) -> tuple[Forms, ...]:
    return tuple(_phrase(words) for words in _data("targets.toml")[name].get(lang, ()))


def _phrase(words: str) -> Forms:
    return tuple(token.form for token in tokens(words)) or (form_of(words),)


@cache
def _data(file: str) -> Mapping[str, Any]:
    return tomllib.loads((resources.files("marsad.resources") / file).read_text("utf-8"))
