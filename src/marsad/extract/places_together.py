"""Places that one sentence names together: each is the likelier one for those beside it."""

from dataclasses import replace
from itertools import pairwise

from marsad.extract.atlas import Atlas
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.likeliest import kilometres
from marsad.text.phrases import Line

Placed = tuple[Place, bool, int, int]
"""A place, whether a strong preposition ("in") led to it, and the tokens that lead to it and name it."""

_TWO, _COUNTRY = 2, 6
_OF_TOWN_KM = 40.0
"""Kilometres within which a quarter or a village is said to be in a town."""

_AROUND = 8
"""Words behind a village that no gazetteer has within which the town or province is named that it lies in or near."""

_SETTLED, _DISTRICT = 3, 3
"""Place precision up to which a place is a scene by itself; a province or a country is a setting."""


def is_wide(place: Place) -> bool:
    """Tell whether a place is a province, a country or not found: no scene by itself."""
    return place.precision is None or place.precision > _SETTLED


def together(words: Lexicon, atlas: Atlas, line: Line, named: list[Placed]) -> list[Placed]:
    """Return the places of a sentence in its order, each as those beside it let it be."""
    ordered = sorted(named, key=lambda placed: placed[2]) if len(named) > 1 else named
    return _in_their_provinces(atlas, _in_their_towns(words, atlas, line, _set_in_namesakes(line, ordered)))


def set_in_wider(
    words: Lexicon,
    atlas: Atlas,
    line: Line,
    source: str,
    placed: list[Placed],
    named: set[int],
) -> list[Placed]:
    """Return the places that a comma sets into a wider one without a word before them: "shells struck Nahla, in Idlib"."""
    out = []
    for wide, led, at, _ in placed:
        if not (led and at > _TWO and line[at - 1].form in (",", "،") and wide.found):
            continue
        taken = {k for _, _, first, after in placed for k in range(first, after)}
        first = at - 1
        while first > 1 and at - first <= _TWO and line[first - 1].capital and first - 1 not in taken | named:
            first -= 1
        if first == at - 1 or line[first - 1].kind != "word" or words.section("attribution.say").match(line, first - 1):
            continue
        place = atlas.place(source[line[first].start : line[at - 2].end])
        if place.found and place.country == wide.country and not is_wide(place):
            out.append((place, True, first, at - 1))
    return out


def _set_in_namesakes(line: Line, named: list[Placed]) -> list[Placed]:
    """Return the places, one that a comma sets into its province as led to, though the province's town has that name, too.

    "Shells struck Taftanaz, in Idlib": not the town of Idlib.
    """
    out = list(named)
    for k, ((place, led, at, after), (around, strong, lead, _)) in enumerate(pairwise(named)):
        inside = place.found and around.found and (place.country, place.admin1) == (around.country, around.name)
        if inside and strong and not led and lead == after + 1 and line[after].kind == "mark":
            out[k] = (place, True, at, after)
    return out


def _in_their_towns(words: Lexicon, atlas: Atlas, line: Line, named: list[Placed]) -> list[Placed]:
    """Return the places, a quarter as not found that is told in a town far from the one known by that name.

    "The Majengo market in Bukavu" is not in Majengo, a quarter of Goma.
    """
    out = list(named)
    for k, ((place, led, at, after), (around, strong, lead, _)) in enumerate(pairwise(named)):
        known = place.found and around.found and not atlas.is_large(place.name or place.words)
        if not (known and led and 0 <= lead - after <= _TWO and _within(words, line, after, lead, strong=strong)):
            continue
        here, there = _point(place), _point(around)
        same = place.admin1 is not None and (place.country, place.admin1) == (around.country, around.admin1)
        if here and there and not same and kilometres(here, there) > _OF_TOWN_KM:
            nobody_knows = Place(place.words, None, place.words, country=around.country, admin1=around.admin1)
            out[k] = (nobody_knows, led, at, after)
    return out


def _within(words: Lexicon, line: Line, after: int, lead: int, *, strong: bool) -> bool:
    """Tell whether tokens after..lead say that a place lies in the next: "Majengo | market in", but not "Goma and in"."""
    tags = [words.tags.match(line, k) for k in range(after, lead + 1)]
    listed = any(token.kind == "mark" for token in line[after : lead + 1]) or any(tag and tag[0] == "A" for tag in tags)
    of = tags[-1] is not None and tags[-1][0] == "O"
    return not listed and (strong or of)


def _point(place: Place) -> tuple[float, float] | None:
    """Return where a place lies that is no whole province or country."""
    if place.latitude is None or place.longitude is None or is_wide(place):
        return None
    return place.latitude, place.longitude


def _in_their_provinces(atlas: Atlas, named: list[Placed]) -> list[Placed]:
    """Return the places, one as its namesake in the province or district named right behind it, as not found without one.

    "Al-Riyadh in Kirkuk governorate" is no Saudi town, "Pokrovsk, in the Donetsk region" not the one on the Volga.
    """
    if len(named) < _TWO:
        return named
    out = list(named)
    for k, ((place, led, at, after), (wide, _, lead, _)) in enumerate(pairwise(named)):
        around = wide.found and wide.precision != _COUNTRY and (wide.precision or 0) >= _DISTRICT
        if not (lead - after <= 1 and around and place.found and not is_wide(place)):
            continue
        abroad = place.country != wide.country
        if not abroad and (place.admin1 == wide.admin1 or None in (place.admin1, wide.admin1)):
            continue
        here = atlas.in_province(place.words, wide.country, wide.admin1)
        if here is not None:
            out[k] = (here.said(place.words), led, at, after)
        elif (abroad and place.country not in atlas.countries) or not atlas.spelled_so(place):
            out[k] = (Place(place.words, None, place.words, country=wide.country), led, at, after)
    for k, (place, led, at, after) in enumerate(out):
        around_it = next(
            (p for p, _, lead, _ in out[k + 1 :] if lead - after <= _AROUND and p.found and p.admin1), None
        )
        if not place.found and around_it is not None and place.country in (None, around_it.country):
            within = replace(place, country=around_it.country, admin1=around_it.admin1)
            out[k] = (within, led, at, after)
    return out
