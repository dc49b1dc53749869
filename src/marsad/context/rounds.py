"""The same talks told twice: reports that date one round differently, each kept as it said, and flagged."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from tomllib import loads

from marsad.context.who import Acting
from marsad.model.knowledge import Knowledge

_ENDED = ("ended_without_agreement", "agreed")
TALKS = frozenset({"held_talks", *_ENDED})
_MOST = 200
"""Statements of one country's talks that are set against each other, two by two: no war has held more rounds."""


@dataclass(frozen=True, slots=True)
class Misdated:
    """The statements `one` and `other` tell of the same round of talks and give it times that exclude each other.

    `sure` where both count the round and count it alike; else it is likely the same, for the `reasons`: country, broker,
    outcome, round.
    """

    one: str
    other: str
    sure: bool
    reasons: tuple[str, ...]


def misdated(told: Iterable[Knowledge], who: Mapping[str, Acting]) -> list[Misdated]:
    """Return the pairs of statements that give one round of talks two times, in order of their ids.

    Neither is corrected: which one is wrong only people can say. One of them has to count the round ("the second round"):
    talks are held again and again. Rounds that reports number differently are two, and so are those of two wars.
    """
    told = list(told)
    by_country: dict[str, list[Knowledge]] = {}
    for known in told:
        if known.topic == "meeting" and known.act in TALKS and known.occurred and known.place and known.says:
            for country in sorted({known.place.country or known.place.name, *_seats(known.text)}):
                by_country.setdefault(country, []).append(known)
    wars = _wars(told)
    rounds = {k.knowledge_id: round_of(k.text[:2000]) for items in by_country.values() for k in items}
    out: dict[tuple[str, str], Misdated] = {}
    for items in by_country.values():
        near = sorted(items, key=lambda k: k.knowledge_id)[:_MOST]
        for one, other in combinations(near, 2):
            if one.report_id == other.report_id or _meet(one, other):
                continue
            found = _same(one, other, rounds, who, wars)
            if found is not None:
                out[found.one, found.other] = found
    return sorted(out.values(), key=lambda m: (m.one, m.other))


def _meet(one: Knowledge, other: Knowledge) -> bool:
    """Tell whether the times of two statements can be one."""
    a, b = one.occurred, other.occurred
    return a is None or b is None or (a.start <= b.end and b.start <= a.end)


def _same(
    one: Knowledge,
    other: Knowledge,
    rounds: Mapping[str, int | None],
    who: Mapping[str, Acting],
    wars: Mapping[str, frozenset[str]],
) -> Misdated | None:
    first, second = rounds[one.knowledge_id], rounds[other.knowledge_id]
    if (first is None and second is None) or (first and second and first != second):
        return None
    war, other_war = wars.get(one.report_id), wars.get(other.report_id)
    if war and other_war and not war & other_war:
        return None
    shared = _people(one, who) & _people(other, who)
    reasons = ["country"]
    reasons += ["war"] if war and other_war else []
    reasons += ["people"] if shared else []
    reasons += ["outcome"] if one.act == other.act and one.act in _ENDED else []
    if first == second:
        reasons.append("round")
        return Misdated(one.knowledge_id, other.knowledge_id, len(reasons) > 2, tuple(reasons))
    if {"people", "outcome"} <= set(reasons):
        return Misdated(one.knowledge_id, other.knowledge_id, sure=False, reasons=tuple(reasons))
    return None


def _wars(told: Iterable[Knowledge]) -> dict[str, frozenset[str]]:
    """Return the countries that each report tells of, those where somebody only meets left out."""
    out: dict[str, set[str]] = {}
    for known in told:
        if known.topic != "meeting" and known.place and known.place.country:
            out.setdefault(known.report_id, set()).add(known.place.country)
    return {report: frozenset(countries) for report, countries in out.items()}


def _people(known: Knowledge, who: Mapping[str, Acting]) -> frozenset[str]:
    return who[known.knowledge_id].everybody - set(who[known.knowledge_id].speakers)


def round_of(words: str) -> int | None:
    """Return which round of talks words count, from 1; None where they count none.

    >>> round_of("A second round of talks was held"), round_of("the Geneva II talks"), round_of("talks were held")
    (2, 2, None)
    >>> round_of("عقدت الجولة الثانية من المحادثات")
    2
    """
    for pattern, number in _patterns():
        if pattern.search(words):
            return number
    return None


def _seats(words: str) -> list[str]:
    """Return the countries whose cities talks are called by: "the Geneva talks" are held in Switzerland."""
    return [country for pattern, country in _cities() if pattern.search(words)]


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((pattern, int(number)) for pattern, number in _listed("round"))


@cache
def _cities() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_listed("seat"))


def _listed(table: str) -> list[tuple[re.Pattern[str], str]]:
    data = loads((resources.files("marsad.resources") / "rounds.toml").read_text("utf-8"))[table]
    longest = {key: sorted(forms, key=len, reverse=True) for key, forms in data.items()}
    return [
        (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE), key)
        for key, forms in longest.items()
    ]
