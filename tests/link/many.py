"""Many reports of many kinds, from a seed: copies, revisions, wide and unknown places, intervals, days out of order."""

import random
from datetime import date, timedelta
from typing import Any

from told import DUMA, LOST, MSF, RIF, SARAQIB, SNHR, SOHR, SYRIA, TUESDAY, ZABADANI, Prints, when

from marsad.model import Claim, Group, Measure, Scope, Status

_KEPT = (
    "value",
    "low",
    "high",
    "bound",
    "text",
    "measure",
    "status",
    "group",
    "place",
    "perpetrator",
    "weapon",
    "scope",
)
_KINDS: tuple[dict[str, Any], ...] = (
    {},
    {"status": Status.CIVILIAN},
    {"status": Status.COMBATANT},
    {"group": Group.CHILDREN},
    {"scope": Scope.CUMULATIVE},
)
_MEASURES = (Measure.KILLED, Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.BODIES_SEEN, Measure.POPULATION)


def many(seed: int, size: int) -> Prints:
    """Return so many reports; the same seed gives the same."""
    dice = random.Random(seed)  # noqa: S311 - the same reports every time
    made = Prints()
    for n in range(size):
        if made.texts and dice.random() < 0.25:
            _copy(dice, made, dice.randrange(n))
        else:
            published = TUESDAY + timedelta(dice.randrange(9))
            made.add(f"Outlet {dice.randrange(9)}", published, *_told(dice, published))
    return made


def _copy(dice: random.Random, made: Prints, old: int) -> None:
    source = made.reports[old]
    told = [_again(claim) for claim in made.claims if claim.report_id == source.report_id]
    words = made.texts[old].text + dice.choice(["", " and one more word", " with three more words"])
    published = (source.published or TUESDAY) + timedelta(dice.randrange(3))
    made.add(f"Outlet {dice.randrange(9)}", published, *told, words=words)


def _again(claim: Claim) -> dict[str, Any]:
    return {**{name: getattr(claim, name) for name in _KEPT}, "by": claim.attribution, "on": claim.occurred}


def _told(dice: random.Random, published: date) -> list[dict[str, Any]]:
    days = [published - timedelta(dice.randrange(3)), when(published - timedelta(3), published), None]
    scene = {
        "on": dice.choices(days, [6, 3, 1])[0],
        "place": dice.choice([DUMA, DUMA, ZABADANI, SARAQIB, RIF, SYRIA, LOST, None]),
        "weapon": dice.choice(["air strike", "shelling", None]),
        "perpetrator": dice.choice(["Government of Syria", "Islamic State", None]),
        "by": dice.choice([(), SOHR, SNHR, MSF]),
    }
    return [
        {
            **scene,
            "value": dice.choice([1, 2, 3, 5, 8, 12, 30, 95]),
            "measure": dice.choice(_MEASURES),
            **dice.choice(_KINDS),
        }
        for _ in range(dice.randrange(1, 4))
    ]
