"""How many lived, live and fled: stocks and flows kept apart, each as its source counts it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from marsad.context.baseline import is_baseline
from marsad.model import Count
from marsad.model.knowledge import Knowledge
from marsad.text.row_fields import count_field
from marsad.text.row_lines import row_cells

_CLAUSE = re.compile(r"[,;:،؛]\s+|\s+(?:but|while|whereas|and it|ولكن|لكن|بينما)\s+")

_JOINED = r"(?:[وفبلك]?ال|لل|[وفبلك])?"
"""What Arabic writes on to the front of a word."""


class Flow(StrEnum):
    """What a number of people counts. The first five are stocks, as of a day; the others flows, over days."""

    POPULATION = "population"
    PRESENT = "present"
    """Displaced within the country, and living in the place."""
    REFUGEES = "refugees"
    """From another country, and living in the place."""
    ABROAD = "abroad"
    """From the place, and refugees elsewhere."""
    ASYLUM_SEEKERS = "asylum_seekers"
    NEW = "new"
    """Displaced within the days; who is displaced twice is counted twice."""
    RETURNED = "returned"
    REPATRIATED = "repatriated"
    """Returned from abroad."""
    DISPLACED = "displaced"
    """Displaced, and the words do not say in which of these ways."""


STOCKS = frozenset({Flow.POPULATION, Flow.PRESENT, Flow.REFUGEES, Flow.ABROAD, Flow.ASYLUM_SEEKERS})


@dataclass(frozen=True, slots=True)
class Factor:
    """A household is taken for `low` to `high` persons, `best` as a single figure; `name` says by whom or why."""

    name: str
    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """`source` says that so many people were (stock) or became (flow) what `flow` says, of the place, between two days.

    `first` is None where nothing tells since when; a stock is as of `last`. `persons` is the number, None where the words
    give none ("many"); it was made of `households` by `factor` where the source counts those. `baseline` marks a number of
    before the war. `origin` names where they came from, where a table tells it; `leaving` says that it is the place itself.
    `derived` says from what an end of the number follows that the words do not give.
    """

    knowledge_id: str
    report_id: str
    source: str
    outlet: str
    flow: Flow
    place_key: str | None
    place_name: str | None
    first: date | None
    last: date
    reported: date
    persons: Count | None
    households: Count | None
    factor: Factor | None
    baseline: bool
    origin: str | None
    text: str
    leaving: bool = False
    derived: str | None = None

    @property
    def stock(self) -> bool:
        """Whether it counts who is there, not who came or went."""
        return self.flow in STOCKS


def people_of(known: Knowledge) -> People | None:
    """Return what the knowledge says of people living or displaced; None for other topics, and for what is denied."""
    if known.topic not in ("displaced", "population") or not known.says:
        return None
    row = _row(known)
    sentence = known.text if row is not None else known.sentence or known.text
    clause = known.text if row is not None else clause_around(sentence, known.text)
    flow = _flow(known, clause, row)
    households = _has(_words().households, known.text) if row is None else row.households
    number = None if known.low is None and known.high is None else Count(known.low or 0, None, known.high)
    factor = factor_for(known.place.country if known.place else None) if households and number is not None else None
    reported = known.reported or known.recorded
    return People(
        knowledge_id=known.knowledge_id,
        report_id=known.report_id,
        source=known.source,
        outlet=known.outlet,
        flow=flow,
        place_key=known.place_key,
        place_name=known.place.name if known.place else None,
        first=None if known.occurred is None or known.occurred.start == known.occurred.end else known.occurred.start,
        last=known.occurred.end if known.occurred is not None else reported,
        reported=reported,
        persons=number if factor is None or number is None else persons_of(number, factor),
        households=number if factor is not None else None,
        factor=factor,
        baseline=flow is Flow.POPULATION and is_baseline(sentence, max(0, sentence.find(" ".join(known.text.split())))),
        origin=row.origin if row is not None else None,
        text=known.text,
        leaving=flow is Flow.NEW and row is None and _leaving(clause, known.place.words if known.place else ""),
    )


def included(people: Iterable[People], known: Mapping[str, Knowledge]) -> list[People]:
    """Return the statements, "many displaced" bounded by the population of the same sentence that it is told to be part of."""
    told = list(people)
    populations = {
        (p.report_id, known[p.knowledge_id].sentence): p.persons
        for p in told
        if p.flow is Flow.POPULATION and not p.baseline and p.persons is not None
    }
    out = []
    for p in told:
        whole = populations.get((p.report_id, known[p.knowledge_id].sentence))
        if p.persons is None and p.flow is Flow.PRESENT and whole is not None:
            p = _with_count(p, Count(0, None, whole.high), "no more than the inhabitants that the same sentence gives")
        out.append(p)
    return out


def persons_of(households: Count, factor: Factor) -> Count:
    """Return how many persons so many households are.

    >>> persons_of(Count(100, 100, 100), Factor("five", 4, 5, 7))
    Count(low=400, best=500, high=700)
    """
    single = (
        households.best
        if households.best is not None
        else households.low
        if households.low == households.high
        else None
    )
    best = None if single is None else single * factor.best
    return Count(households.low * factor.low, best, None if households.high is None else households.high * factor.high)


def factor_for(country: str | None) -> Factor:
    """Return what a household of this country is taken for: its own factor, else the general one."""
    factors = _words().factors
    return factors.get(country or "") or factors[""]


def clause_around(sentence: str, text: str) -> str:
    """Return the part of a sentence in which words stand, cut at commas and conjunctions.

    >>> clause_around("The town had 900 inhabitants before the war, but 2,000 live there now.", "2,000")
    '2,000 live there now.'
    """
    wanted = " ".join(text.split())
    at = max(0, sentence.find(wanted))
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(cut for cut in cuts if cut <= at)
    end = min((cut for cut in cuts if cut >= at + len(wanted)), default=len(sentence))
    return sentence[start:end].strip()


class _Row(NamedTuple):
    """What the row of a table says of a number: how its people are counted, in households or not, and where they are from."""

    flow: str | None
    households: bool
    origin: str | None


def _row(known: Knowledge) -> _Row | None:
    if known.rule != "row":
        return None
    label = known.text.partition(" ")[0].partition(":")[0]
    field = count_field(label)
    cells = {found.cell.field: found.cell.value for found in row_cells(known.sentence or "")}
    return _Row(field.flow if field else None, bool(field and field.households), cells.get("origin"))


def _flow(known: Knowledge, clause: str, row: _Row | None) -> Flow:
    if known.topic == "population":
        return Flow.POPULATION
    if row is not None:
        return Flow(row.flow) if row.flow else Flow.DISPLACED
    return next((Flow(name) for name, words in _words().flows if _has(words, clause)), Flow.DISPLACED)


def _leaving(clause: str, place: str) -> bool:
    """Tell whether words right before a place say that people went away from it: "fled Sarrin", "from the town of Sarrin"."""
    at = clause.find(place) if place else -1
    return at > 0 and _words().leaving.search(clause[max(0, at - 40) : at]) is not None


def _with_count(people: People, count: Count, derived: str) -> People:
    return replace(people, persons=count, derived=derived)


class _Words(NamedTuple):
    flows: list[tuple[str, re.Pattern[str]]]
    households: re.Pattern[str]
    leaving: re.Pattern[str]
    factors: dict[str, Factor]


@cache
def _words() -> _Words:
    told = displacement_data()
    flows = [(entry["name"], _pattern(entry["words"])) for entry in told["flow"]]
    factors = {f.get("country", ""): Factor(f["name"], f["low"], f["best"], f["high"]) for f in told["factor"]}
    return _Words(flows, _pattern(told["households"]["words"]), _ahead(told), factors)


@cache
def displacement_data() -> dict[str, Any]:
    """Return what resources/context/displacement.toml says."""
    return tomllib.loads((resources.files("marsad.resources") / "context" / "displacement.toml").read_text("utf-8"))


def _ahead(told: Mapping[str, Any]) -> re.Pattern[str]:
    away, between = (
        "|".join(re.escape(w) for w in sorted(told["leaving"][name], key=len, reverse=True))
        for name in ("words", "between")
    )
    return re.compile(rf"(?<!\w){_JOINED}(?:{away})(?:\s+(?:{between}))*\s+$", re.IGNORECASE)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    told = (re.escape(word).replace(r"\*", r"(?:\S+ ){0,2}\S+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w){_JOINED}(?:{'|'.join(told)})(?!\w)", re.IGNORECASE)


def _has(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None
