"""What happened: incidents with their true tolls, a block of days at a time."""

import math
from bisect import bisect
from dataclasses import dataclass

from marsad.simulate.dice import Dice
from marsad.simulate.world import A_DAY, FIRST_DAY, LEAST_DAYS, Country, Spot, World

BLOCK = 1_000
"""Incidents made at once: what a world holds in memory, and what one process makes alone."""

_LARGEST = 1_500


@dataclass(frozen=True, slots=True)
class Happened:
    """So many were killed here on this day (from the first of the year 1), of whom so many civilians and fighters.

    The rest is of unknown status to everybody. `fabricated`: nothing happened, and somebody says so much did.
    """

    incident_id: str
    country: Country
    spot: Spot
    day: int
    weapon: int
    side: str
    killed: int
    civilians: int
    fighters: int
    children: int
    women: int
    injured: int
    fabricated: bool = False


def days_of(incidents: int) -> int:
    """Return how many days a world of so many incidents lasts: LEAST_DAYS at least, so that small ones are not too thin."""
    return max(LEAST_DAYS, incidents // A_DAY)


def happened(world: World, block: int, of: int, seed: int) -> list[Happened]:
    """Return the incidents of one block of a world of `of` incidents, day by day."""
    dice = Dice(seed, "incidents", block)
    first, last = block * BLOCK, min((block + 1) * BLOCK, of)
    days = days_of(of)
    out = []
    for number in range(first, last):
        day = FIRST_DAY + number * days // of
        out.append(_one(world, dice, f"i{seed}-{number}", day))
    return out


def _one(world: World, dice: Dice, name: str, day: int) -> Happened:
    country = world.countries[bisect(world.shares, dice.roll() * world.shares[-1])]
    spot = country.spots[bisect(country.weights, dice.roll() * country.weights[-1])]
    which = bisect(world.weapon_shares, dice.roll() * world.weapon_shares[-1])
    weapon = world.weapons[which]
    if dice.roll() < 0.02:
        return Happened(name, country, spot, day, which, weapon["by"], 0, 0, 0, 0, 0, 0, fabricated=True)
    killed = min(_LARGEST, max(1, int(weapon["mean"] * math.exp(dice.bell() - 0.5))))
    civilians = _share(dice, killed, 0.65)
    fighters = _share(dice, killed - civilians, 0.7)
    children, women = _share(dice, civilians, 0.2), _share(dice, civilians, 0.2)
    injured = int(killed * (0.5 + 2 * dice.roll()))
    return Happened(
        name, country, spot, day, which, weapon["by"], killed, civilians, fighters, children,
        min(women, civilians - children), injured,
    )  # fmt: skip


def _share(dice: Dice, of: int, share: float) -> int:
    if of <= 0:
        return 0
    return min(of, max(0, round(of * share + dice.bell() * math.sqrt(of * share * (1 - share)))))
