"""Small lists of victims, made up, and who is who among them."""

from collections.abc import Mapping, Sequence
from random import Random

from benchmarks.people.harm import LIST
from benchmarks.people.lists import Drawn, a_list, drawn
from benchmarks.people.population import people


def two_lists(scripts: str = "aa", count: int = 500, seed: int = 3) -> list[Drawn]:
    """Return two lists of one population."""
    return drawn(Random(seed), count, scripts)  # noqa: S311 - the same people every time


def harmed_lists(kind: str, scripts: str, count: int = 600) -> list[Drawn]:
    """Return a list on which every row suffers one kind of harm, and an official one; a fifth of the first is not on it."""
    random = Random(11)  # noqa: S311 - the same people every time
    humans = people(random, count)
    chosen = random.sample(humans, count // 3)
    gone = {h.key for h in chosen[: len(chosen) // 5]}
    rates: Mapping[str, float] = {kind: 1.0}
    a = a_list(random, "A", chosen, rates, style=None if scripts[0] == "a" else 1, births=False, ids=False)
    b = a_list(random, "B", [h for h in humans if h.key not in gone], LIST, style=None, births=False, ids=False)
    return [a, b]


def people_of(lists: Sequence[Drawn]) -> dict[tuple[str, str], str]:
    """Return each record's person."""
    return {(d.name, r.record_id): str(key) for d in lists for r, key in zip(d.records, d.keys, strict=True)}
