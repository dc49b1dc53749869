"""Made-up reports in any number, alike enough to real ones to cost what they cost: many towns, days, outlets, copies.

Nothing in them is true. The same size and seed give the same reports.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

TOWNS = (
    *("Raqqa", "Aleppo", "Homs", "Idlib", "Hama", "Daraa", "Palmyra", "Manbij", "Douma", "Nawa", "Mosul", "Tikrit"),
    *("Fallujah", "Baghdad", "Kirkuk", "Ramadi", "Sanaa", "Aden", "Taiz", "Hodeidah", "Kunduz", "Kabul", "Kandahar"),
    *("Mariupol", "Kharkiv", "Donetsk", "Misrata", "Benghazi", "Tripoli", "Khartoum", "Omdurman", "Goma", "Mogadishu"),
)
FIRST = date(2014, 1, 1)
_DAYS = 1500
_OUTLETS = 400
_MONITORS = (
    "the Syrian Observatory for Human Rights",
    "the Syrian Network for Human Rights",
    "Amnesty International",
    "Doctors Without Borders",
    "the United Nations",
    "local activists",
    "medics",
)
_WEAPONS = ("Air strikes", "Shelling", "A car bomb", "Barrel bombs", "A drone strike", "Rocket fire")
_FILLER = (
    "Residents said that roads out of the town were cut and that the market stayed shut through the day.",
    "Ambulances went back and forth until nightfall, and hospitals appealed for blood.",
    "A spokesman declined to comment when he was reached by telephone.",
    "Electricity failed in several quarters, and telephone lines worked only now and then.",
    "The front has hardly moved since spring, and talks were put off again last week.",
    "Aid groups have asked for a pause in the fighting so that convoys can pass.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up report."""

    text: str
    outlet: str
    published: date


def corpus(size: int, seed: int = 1) -> Iterator[Made]:
    """Yield `size` reports: about four for each incident, three in ten of them copies, one in ten about nothing."""
    rng = random.Random(seed)
    recent: list[Made] = []
    for number in range(size):
        if recent and rng.random() < 0.3:
            original = rng.choice(recent)
            text = original.text if rng.random() < 0.5 else original.text.replace("said that", "told reporters that", 1)
            made = Made(
                text, f"Outlet {rng.randrange(_OUTLETS)}", original.published + timedelta(days=rng.randrange(2))
            )
        elif rng.random() < 0.12:
            made = Made(_nothing(rng, number), f"Outlet {rng.randrange(_OUTLETS)}", _day(rng))
        else:
            made = _incident(rng, size, number)
            recent = [*recent[-40:], made]
        yield made


def _day(rng: random.Random) -> date:
    return FIRST + timedelta(days=rng.randrange(_DAYS))


def _incident(rng: random.Random, size: int, number: int) -> Made:
    story = random.Random(rng.randrange(max(1, size // 4)))
    town, day = story.choice(TOWNS), FIRST + timedelta(days=story.randrange(_DAYS))
    killed = story.randrange(3, 120)
    civilians, children = killed * story.randrange(3, 9) // 10, story.randrange(1, 9)
    monitor = rng.choice(_MONITORS)
    weapon = story.choice(_WEAPONS)
    said = killed if rng.random() < 0.6 else killed + rng.randrange(1, 15)
    weekday = day.strftime("%A")
    lines = [
        f"{weapon} on {town} leave {said} dead",
        "",
        f"{weapon} on the town of {town} on {weekday} killed at least {said} people, {monitor} said.",
        f"{monitor[0].upper()}{monitor[1:]} said that {civilians} of the dead were civilians, including {children} children.",
        f"More than {said // 2 + 2} others were wounded."
        if rng.random() < 0.7
        else "It was unknown how many fighters died.",
        *rng.sample(_FILLER, 4),
        f"Report {number}: the war has killed more than {rng.randrange(90, 200)},000 people since March 2011.",
    ]
    return Made("\n".join(lines) + "\n", f"Outlet {rng.randrange(_OUTLETS)}", day + timedelta(days=rng.randrange(1, 3)))


def _nothing(rng: random.Random, number: int) -> str:
    return f"Talks go on, day {number}\n\n" + "\n".join(rng.sample(_FILLER, 5)) + "\n"
