"""What voices say of an incident, each by its habits: late, too high, too low, again, and taken back."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from marsad.simulate.dice import Dice
from marsad.simulate.incidents import Happened
from marsad.simulate.world import Voice


@dataclass(frozen=True, slots=True)
class Said:
    """On a day a voice gives a number of killed, or denies, or takes its number back; None: it says nothing of that.

    `way` is how it gives the number: exact, least, range (then up to `high`), up or down (from `old`), retract, deny.
    `lie` says that it knows better.
    """

    voice: Voice
    of: Happened
    day: int
    way: str
    killed: int | None = None
    high: int | None = None
    old: int | None = None
    civilians: int | None = None
    children: int | None = None
    women: int | None = None
    injured: int | None = None
    lie: bool = False


def sayings(of: Happened, dice: Dice) -> Iterator[Said]:
    """Yield what is said of an incident; nothing where nobody learns of it. A deadly one is told by more voices."""
    heard = min(1.6, 0.4 + of.killed / 12)
    for voice in of.country.voices:
        if of.fabricated:
            if voice.lies and dice.roll() < 0.6:
                yield Said(voice, of, of.day, "exact", 3 + int(dice.wait(10)), lie=True)
            continue
        if dice.roll() < voice.learns * heard:
            yield from _one_voice(of, voice, dice)


def _one_voice(of: Happened, voice: Voice, dice: Dice) -> Iterator[Said]:
    day = of.day + int(dice.wait(voice.delay))
    if dice.roll() < voice.denies and of.side == "state":
        yield Said(voice, of, day, "deny", lie=of.civilians > 0)
        return
    lie = dice.roll() < voice.lies
    first = max(1, round(of.killed * voice.bias * math.exp(voice.noise * dice.bell()) * (3 if lie else 1)))
    said = replace(_numbers(of, voice, dice, day, first), lie=lie)
    yield said
    if dice.roll() < voice.retracts:
        yield Said(voice, of, day + 1 + int(dice.wait(3)), "retract")
    elif dice.roll() < voice.revises:
        now = round(first + (of.killed - first) * 0.7)
        if now != first and now > 0:
            later = replace(_numbers(of, voice, dice, day + 1 + int(dice.wait(1.5)), now), high=None, lie=lie)
            yield replace(later, way="up" if now > first else "down", old=first, killed=now)


def _numbers(of: Happened, voice: Voice, dice: Dice, day: int, killed: int) -> Said:
    scale = killed / of.killed
    told = dice.roll() < voice.civilians
    civilians = min(killed, round(of.civilians * scale)) if told else None
    children = min(civilians or 0, round(of.children * scale)) if told and dice.roll() < 0.6 else 0
    women = min((civilians or 0) - children, round(of.women * scale)) if told and dice.roll() < 0.4 else 0
    injured = max(1, round(of.injured * math.exp(0.2 * dice.bell()))) if dice.roll() < 0.5 else None
    luck = dice.roll()
    way, high = "exact", None
    if luck < 0.35:
        way, killed = "least", max(civilians or 1, int(killed * 0.9), 1)
    elif luck < 0.42:
        way, high = "range", killed + max(1, killed // 5)
    return Said(voice, of, day, way, killed, high, None, civilians or None, children or None, women or None, injured)
