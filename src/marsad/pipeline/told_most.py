"""Of which places and actors most is told: counted where the statements lie, without reading them one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from marsad.context.register import Register
from marsad.pipeline.gathering import words_in
from marsad.pipeline.observatory import Observatory
from marsad.store import knowledge_queries as asking
from marsad.store.derived import Derived

_SPEAKING = ("party", "others", "chain")
"""Columns that say who acts, who is acted on and who speaks."""


@dataclass(frozen=True, slots=True)
class ToldMost:
    """Places and actors with how often they are told of, the most first; `arabic` gives places their Arabic names."""

    places: tuple[tuple[str, int], ...]
    actors: tuple[tuple[str, int], ...]
    arabic: Mapping[str, str]


def told_most(
    observatory: Observatory,
    register: Register,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> ToldMost:
    """Return the places that statements and incidents name, and the actors that the register knows by their words alone.

    `without` are reports, and `apart` incidents, by id, of which whoever asks is not to know. Words that mean one of several
    actors count for none: whom they mean is told by the report they stand in.
    """
    with observatory.derived(read_only=True) as derived:
        hidden = derived.table("knowledge", report_id=sorted(without)).to_pylist() if without else []
        places, arabic = _places(derived, hidden, apart)
        counts: Counter[str] = Counter()
        named = cache(lambda words: _name(register, words))
        for column in _SPEAKING:
            texts = Counter({row["text"]: row["n"] for row in derived.knowledge_counted(asking.texts_of(column))})
            for text, n in texts.items():
                counts.update(dict.fromkeys(filter(None, map(named, set(words_in(column, text)))), n))
        for row in hidden:
            for words in (row["party"] or "", *row["others"], *row["chain"]):
                counts.subtract(filter(None, [named(words)]))
    return ToldMost(_most(places), _most(counts), arabic)


def _places(
    derived: Derived, hidden: Iterable[Mapping[str, Any]], apart: frozenset[str]
) -> tuple[Counter[str], dict[str, str]]:
    counts, arabic = Counter[str](), dict[str, str]()
    for row in derived.knowledge_counted(asking.places()):
        counts[row["name"]] += row["n"]
        arabic |= {row["name"]: row["name_ar"]} if row["name_ar"] else {}
    counts.subtract(row["place_name"] for row in hidden if row["place_name"])
    for row in derived.places_of_incidents(apart):
        counts[row["name"]] += row["n"]
        arabic.setdefault(row["name"], row["name_ar"] or row["name"])
    return counts, arabic


def _name(register: Register, words: str) -> str | None:
    actor = register.meant(words).actor if words else None
    return None if actor is None else actor.name


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((name, n) for name, n in counts.items() if n > 0), key=lambda item: (-item[1], item[0])))
