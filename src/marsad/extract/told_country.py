"""In which country a report plays that names none: the towns that it names say so together.

A paper of the country leaves its name out: its readers know where Beledweyne lies. A town that may be meant without its country
must be large (text/likeliest.py); here smaller ones count, each one that only one country has, where the words lead to a place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from marsad.extract.atlas import Atlas
from marsad.extract.names import short_for
from marsad.model import Place
from marsad.text.actors import theatres
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_LONGEST = 3
"""Words of a name that is looked up."""

_SHORTEST = 4
"""Letters of the shortest name that is looked up: of shorter ones every country has some."""

_TWO = 2
_MOST = 200
"""Names that are looked up in one report, the first ones."""

_LINES = 300
"""Sentences in which they are looked for: a report says early where it plays."""

_PARTING = frozenset("-–—/:")
"""Marks behind a town at the head of a line that tells where it was written."""

_SKIPPED = 3
"""Words between a preposition and a name: "in the city of"."""


def told_country(words: Lexicon, atlas: Atlas, lines: Iterable[Line]) -> Place | None:
    """Return the country whose places a report names, as a place; None where it names none of one alone, or as many of two.

    One town is enough where the report names no country; where it names one ("American drones"), it takes two. Two villages or
    districts that one country alone has do, too.
    """
    led_to = (name for line in islice(lines, _LINES) for name in _led_to(words, line) if len(name) >= _SHORTEST)
    named = dict.fromkeys(islice(led_to, _MOST))
    towns = {name: country for name in named if (country := atlas.only_country(name))}
    votes = Counter(towns.values())
    if not votes or atlas.countries:
        small = (atlas.only_country(name, small=True) for name in named if name not in towns)
        votes += Counter(filter(None, small))
    ranked = votes.most_common(2)
    # "أم الأرانب", the mother of hares, is a name and nothing else
    telling = bool(towns) or any(" " in name and name.split()[0] in words.forms("places.compounds") for name in named)
    enough = _TWO if atlas.countries or not telling else 1
    if ranked and ranked[0][1] >= enough and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return atlas.country(ranked[0][0])
    return None if atlas.countries else _told_by_actors(words, atlas, lines)


def _told_by_actors(words: Lexicon, atlas: Atlas, lines: Iterable[Line]) -> Place | None:
    """Return the country in which alone all those fight, count or hold office whom a report names; None for several.

    "The ELN's attacks in Tibú" were in Colombia.
    """
    known = theatres()
    every = ((line, *hit) for line in islice(lines, _LINES) for hit in words.actors.find(line) if hit[0].public)
    # "the Observatory" is Syria's in reports of Syria alone: it tells of no country
    named = {known.get(a.origin.name) for line, a, first, after in every if short_for(line, a, first, after) is None}
    countries = named - {None}
    return atlas.country(next(iter(countries)) or "") if len(countries) == 1 else None


@cache
def _kinds(words: Lexicon) -> frozenset[str]:
    settlements = words.forms("places.settlements")
    return words.forms("places.not_places") | words.forms("places.generic") | words.forms("places.wards") | settlements


def _led_to(words: Lexicon, line: Line) -> Iterator[str]:
    """Yield the names that stand behind a preposition of place, or beside a noun like "hospital", the longest of each first."""
    before, kinds = words.forms("places.before"), _kinds(words)
    at = 0
    while at < len(line):
        stop = at
        while stop < min(len(line), at + _LONGEST) and line[stop].name and line[stop].form not in kinds:
            stop += 1
        prefix = next((p for p in words.place_prefixes if line[at].form.startswith(p)), "") if stop > at else ""
        led = stop > at and any(line[k].form in before for k in range(max(0, at - _SKIPPED), at))
        led = led or (stop > at > 0 and (line[at - 1].form in kinds or line[at - 1].form == "/"))  # "قضاء الخالص"
        led = led or (at == 0 < stop < len(line) and line[stop].form in _PARTING)  # "سبها - فسانيا"
        if led or prefix or (at < stop < len(line) and line[stop].form in kinds):
            for last in range(stop, at, -1):
                name = " ".join(token.bare for token in line[at:last])
                yield name
                if prefix:
                    yield name.removeprefix(prefix)
        at = max(stop, at + 1)
