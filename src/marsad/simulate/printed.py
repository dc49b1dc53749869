"""A block of the world as it was printed: reports in the order of their days, and beside them what is true of each."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate

from marsad.model import Report, Sha256
from marsad.simulate.dice import Dice
from marsad.simulate.incidents import Happened, happened
from marsad.simulate.prose import Plan, cut, plan_of, plan_of_nothing, reworded, text_of
from marsad.simulate.sayings import Said, sayings
from marsad.simulate.world import Outlet, World

WAYS = ("verbatim", "cut", "reworded", "paraphrase", "translation")
"""How a report is copied."""

_WIRE = 12
"""Outlets of a country that print what voices say themselves; the others copy them, and each other."""


@dataclass(slots=True)
class Printed:
    """One report: who printed what when, and the truth of it: `how` it came about, and which report (`of`) it copies."""

    report_id: str
    outlet: str
    lang: str
    published: int
    text: str
    said: tuple[Said, ...]
    how: str
    of: str | None


def printed(world: World, block: int, of: int, seed: int) -> tuple[list[Happened], list[Printed]]:
    """Return the incidents of a block, and the reports that tell of them, by day of print and then by id."""
    dice = Dice(seed, "reports", block)
    incidents = happened(world, block, of, seed)
    ways = list(accumulate(world.printing[way] for way in WAYS))
    out: dict[str, Printed] = {}
    last: dict[str, Said] = {}
    for incident in incidents:
        told: list[Said] = []
        for said in sorted(sayings(incident, dice), key=lambda s: s.day):
            for made in _reports(world, said, told, last.get(incident.country.code), ways, dice):
                out.setdefault(made.report_id, made)
            told.append(said)
        if told and told[0].killed is not None:
            last[incident.country.code] = told[0]
        if dice.roll() < world.printing["nothing"] * 4:
            made = _nothing(world, incident, dice)
            out.setdefault(made.report_id, made)
    return incidents, sorted(out.values(), key=lambda r: (r.published, r.report_id))


def _reports(
    world: World, said: Said, told: list[Said], elsewhere: Said | None, ways: list[float], dice: Dice
) -> Iterator[Printed]:
    """Yield the report that tells what was said now, perhaps beside what others said or what was said of another place;
    then its copies."""
    country = said.of.country
    wires = country.outlets[:_WIRE]
    outlet = dice.one(wires)
    together = [said]
    others = [s for s in told if s.voice is not said.voice and s.killed is not None]
    if others and dice.roll() < 0.3:
        together.append(others[-1])
    elif elsewhere is not None and dice.roll() < world.printing["roundup"]:
        together.append(elsewhere)
    plan = plan_of(together, dice)
    day = said.day + int(dice.wait(outlet.delay))
    first = _set(world, plan, outlet, day, "told", None)
    yield first
    copies = int(dice.wait(world.printing["copied"] * min(3.0, 0.5 + said.of.killed / 15)))
    for _ in range(min(copies, 60)):
        way = WAYS[min(bisect(ways, dice.roll() * ways[-1]), len(WAYS) - 1)]
        paper = dice.one(country.outlets if way == "translation" else country.by_lang[outlet.lang])
        if paper.name == outlet.name:
            continue
        if way == "translation" and paper.lang == outlet.lang:
            way = "paraphrase"
        yield _copy(world, plan, first, outlet, paper, way, day + int(dice.wait(paper.delay)), dice)


def _copy(
    world: World, plan: Plan, first: Printed, wire: Outlet, paper: Outlet, way: str, day: int, dice: Dice
) -> Printed:
    """Return the copy that a paper makes on a day; its words are the wire's unless it finds its own."""
    if way == "verbatim":
        return _named(first.text, paper, day, first.said, way, first.report_id)
    if way == "cut":
        text = text_of(cut(plan), wire, first.published, world)
        return _named(text, paper, day, first.said, way, first.report_id)
    if way == "reworded":
        return _set(world, reworded(plan), paper, day, way, first.report_id)
    return _set(world, plan_of(first.said, dice), paper, day, way, first.report_id)


def _nothing(world: World, near: Happened, dice: Dice) -> Printed:
    outlet = dice.one(near.country.outlets)
    return _set(world, plan_of_nothing(near.country, near.day, dice), outlet, near.day, "nothing", None)


def _set(world: World, plan: Plan, outlet: Outlet, day: int, how: str, of: str | None) -> Printed:
    return _named(text_of(plan, outlet, day, world), outlet, day, plan.said, how, of)


def _named(text: str, outlet: Outlet, day: int, said: tuple[Said, ...], how: str, of: str | None) -> Printed:
    evidence = Sha256(sha256(text.encode()).hexdigest())
    name = Report.identity(evidence, outlet.name, date.fromordinal(day), None)
    return Printed(name, outlet.name, outlet.lang, day, text, said, how, of)
