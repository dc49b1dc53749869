"""A thousand copies of one false report change no figure: exact ones, cut ones, and ones in other words."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from small_world import NOW, Story, derived, killed

from marsad.engines.local import LocalEngine
from marsad.pipeline.derive import Tables

DAY = date(2014, 11, 25)
FALSE = """\
Government air strikes killed 81 people in the Syrian town of Duma on Tuesday, 25 November 2014, the Harbour Rights League \
said. Another 140 people were wounded. The director of the Harbour Rights League, Mr Vale, told Radio Lantern that 27 children \
were among the dead. Mr Vale named the market of Old Bridge and the school of Green Gate, where 6 rockets fell within 14 \
minutes. Workers of the Lantern Society carried the bodies to Saint Orn. "No warning was given to anybody in the market", Mr \
Vale said. The mayor, Mr Ash, asked for 30 ambulances from Fenwick and from Lower Reed. In Fenwick a doctor, Ms Lake, spoke of \
19 operations. Nothing like it had been seen in Duma since the raid on Weir Street in 2012, Ms Lake added.
"""
_SYNONYMS = {
    "told": "informed",
    "named": "mentioned",
    "market": "bazaar",
    "school": "college",
    "rockets": "missiles",
    "fell": "landed",
    "within": "inside",
    "Workers": "Staff",
    "carried": "brought",
    "bodies": "remains",
    "warning": "notice",
    "asked": "called",
    "doctor": "surgeon",
    "spoke": "talked",
    "operations": "surgeries",
    "Nothing": "No event",
    "like": "similar to",
    "seen": "witnessed",
    "raid": "attack",
    "added": "remarked",
    "director": "head",
    "ambulances": "medical cars",
    "anybody": "anyone",
    "League": "Union",
}
"""What a text spinner puts for a word; among them a part of the name of whoever is said to have counted."""


def spun(dice: random.Random) -> str:
    """Return the false report in other words: four in five of the words that can be, the same names and numbers in order."""
    chosen = {word: other for word, other in _SYNONYMS.items() if dice.random() < 0.8}
    return " ".join(
        chosen.get(word.strip(".,"), word.strip(".,")) + word[len(word.strip(".,")) :] for word in FALSE.split()
    )


def copies(size: int, outlets: int) -> Iterator[Story]:
    """Yield copies of the false report under the names of new outlets, printed on the days after it."""
    dice = random.Random(7)  # noqa: S311 - the same copies every time
    for n in range(size):
        text = (FALSE, FALSE[: dice.randrange(300, len(FALSE))], spun(dice))[n % 3]
        yield Story(f"New Outlet {n % outlets}", DAY + timedelta(1 + n // outlets), text)


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    """An engine in this process."""
    with LocalEngine(1, threads=1) as one:
        yield one


def told(engine: LocalEngine, further: list[Story]) -> Tables:
    """Return what is derived from honest reports of the day, the false one, and further ones, received in that order."""
    honest = [
        Story("World Desk", DAY, killed("Duma", DAY, 12, "the Syrian Observatory for Human Rights")),
        Story("Gulf Gate", DAY, killed("Duma", DAY, 14, "the Syrian Network for Human Rights")),
        Story("Weekly Digest", DAY, killed("Nawa", DAY, 5, "Amnesty International")),
    ]
    false = Story("Harbour Post", DAY, FALSE)
    stories = dict.fromkeys([*honest, false, *further])
    return derived([(story, NOW + timedelta(minutes=n)) for n, story in enumerate(stories)], engine)


@pytest.mark.long
def test_a_thousand_copies_from_two_hundred_outlets_change_nothing(engine: LocalEngine) -> None:
    """Every toll, grade and count of origins is what it was with the false report alone, and no incident is new."""
    before, after = told(engine, []), told(engine, list(copies(1000, 200)))
    assert after["copy"].num_rows == 1004
    for table in ("incident", "toll", "grading"):
        kept = [name for name in before[table].schema.names if name != "why"]  # which lists the copies, as it must
        assert after[table].select(kept).equals(before[table].select(kept)), table


@pytest.mark.long
def test_reworded_copies_name_the_report_they_reword(engine: LocalEngine) -> None:
    """Of copies that share no run of words long enough, nineteen in twenty are traced to the false report or its kin."""
    dice = random.Random(3)  # noqa: S311 - the same copies every time
    texts = dict.fromkeys(spun(dice) for _ in range(60))
    after = told(engine, [Story(f"New Outlet {n}", DAY + timedelta(1), text) for n, text in enumerate(texts)])
    first = {r["report_id"] for r in after["reworded"].to_pylist()} | {
        r["report_id"] for r in after["copy"].to_pylist() if r["leader"] != r["report_id"]
    }
    assert len(first) >= 0.95 * len(texts)
    origins = {r["origin"] for r in after["fold"].to_pylist() if r["origin"].startswith("Harbour Rights")}
    assert origins == {"Harbour Rights League"}
