"""What is taken, held or attacked: the places that stand as the object of a clause, and how much of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from marsad.extract.moments import opening_end
from marsad.extract.page import Page
from marsad.extract.places import place_from
from marsad.extract.places_together import is_wide
from marsad.model import Place
from marsad.text.phrases import Line
from marsad.text.tokens import Token

_UNKNOWN = 3
"""Words that marsad does not know which may stand before a place: "the long-contested border town of"."""
_REACH = 18
_LISTED = 16
_OWNED = 3
"""Words behind "Goma's" within which a part of the town is named ("southern suburbs")."""
"""Places of one list that are read."""


@dataclass(frozen=True, slots=True)
class Object:
    """Tokens first..after mean this place, or as much of it as `extent` says; `inferred` where it is named before."""

    place: Place
    first: int
    after: int
    extent: str | None = None
    inferred: bool = False


def objects_in(page: Page, k: int, at: int, end: int, *, unknown: bool = False) -> list[Object]:
    """Return the places that stand as objects from token `at` on: "the border towns of Goma, Bria and Bukavu".

    With `unknown`, a name that the gazetteer does not know, right there, is a place that was not found.
    """
    out: list[Object] = []
    line, beside = page.lines[k], page.words.beside
    extent, at = _extent(page, k, at, end)
    while len(out) < _LISTED:
        found = _object(page, k, at, end, extent) or (_unheard_of(page, k, at, end, extent) if unknown else None)
        if found is None:
            break
        out.append(found)
        at, extent = found.after, extent if found.extent else None
        inner = beside.phrases("including").find(line, at, min(end, at + 2))
        if inner:
            extent, at = _extent(page, k, inner[0][2], end)
            continue
        if at >= end or not (line[at].form in ",،" or line[at].form in beside.forms("joints")):
            break
        at += 1
        if at < end and line[at].form in beside.forms("joints"):
            at += 1
    return out


def _extent(page: Page, k: int, at: int, end: int) -> tuple[str | None, int]:
    """Return the words that say how much of a place is meant ("large parts of"), and the token behind them."""
    for first in range(at, min(at + 3, end)):
        hit = page.words.beside.phrases("partial").match(page.lines[k], first)
        if hit is not None and hit[1] <= end:
            return page.slice(k, first, hit[1]), hit[1]
        if page.lines[k][first].form not in page.words.data["articles"]:
            break
    return None, at


def _object(page: Page, k: int, at: int, end: int, extent: str | None) -> Object | None:
    line, beside = page.lines[k], page.words.beside
    kinds, facilities = page.words.forms("places.generic"), beside.forms("facilities")
    first, unknown, seen, facility = at, 0, extent is not None, None
    if at < end and line[at].form in beside.forms("it"):
        place = page.settlement(k, at)
        return Object(place, at, at + 1, extent, inferred=True) if place else None
    while at < min(end, first + _REACH):
        token = line[at]
        if token.form in beside.forms("lands"):
            country = page.country(k, at)
            return (
                Object(replace(country, words=page.slice(k, first, at + 1)), first, at + 1, extent, True)
                if country
                else None
            )
        if token.name and (token.capital or not token.text.isascii()):
            hit = place_from(page.words, page.atlas, line, page.report.text, at)
            if hit is not None and not _of_kind(page, line, hit[1]) and not _owns(line, hit[1], kinds | facilities):
                return Object(hit[0], at, hit[1], extent or facility)
        if token.form in kinds or token.form in facilities or token.form in beside.forms("kinds"):
            seen = True
            facility = page.slice(k, first, at + 1) if token.form in facilities else facility
        elif token.form in page.words.forms("places.before"):
            if not seen:
                return None
        elif token.kind == "mark" and token.form not in "“”\"«»'’":
            break
        elif not (token.form in page.words.forms("places.skip") or token.form in page.words.data["articles"]):
            unknown += 1
            if unknown > _UNKNOWN:
                break
        at += 1
    return _meant(page, k, first, end, extent) if seen else None


def _unheard_of(page: Page, k: int, at: int, end: int, extent: str | None) -> Object | None:
    """Return a name in capitals as a place that was not found: what an armed party took is one, if it is nobody."""
    line = page.lines[k]
    if at + 1 < end and line[at].form in page.words.forms("places.generic") and _bare_name(line[at + 1]):
        name = page.slice(
            k, at + 1, at + 2
        )  # "مدينة بابنوسة": in a script without capitals a word behind "town" is its name
        return Object(Place(name, None, name), at, at + 2, extent)
    after, particles = at, page.words.forms("attribution.particles")
    while after < min(end, at + 4) and line[after].text == line[after].bare:
        joins = at < after < end - 1 and line[after].form in particles and line[after + 1].capital
        if not line[after].capital and not joins:
            break
        after += 1
    if after == at or (after < end and line[after].capital) or _somebody(page, k, at, after):
        return None
    name = page.slice(k, at, after)
    return Object(Place(name, None, name), at, after, extent)


def _bare_name(token: Token) -> bool:
    """Tell whether a word may be a name in a script without capitals."""
    return token.name and not token.capital


def _somebody(page: Page, k: int, first: int, after: int) -> bool:
    """Tell whether a name is a party's, an actor's, a country's, a person's or a day's."""
    line, words = page.lines[k], page.words
    dates = words.data["dates"]
    titles = words.forms("attribution.titles")
    return (
        any(words.actors.match(line, at) or words.beside.parties.match(line, at) for at in range(first, after))
        or any(page.atlas.country_of(t) or t.form in titles for t in line[first:after])
        or any(t.form in dates["weekdays"] or t.form in dates["months"] for t in line[first:after])
        or page.full_name(line[after - 1].bare) not in (None, page.slice(k, first, after))
        or page.atlas.shouting
    )


def _of_kind(page: Page, line: Line, after: int) -> bool:
    """Tell whether a supposed place only describes a kind of place: "the Old City of Homs" is not in Old."""
    if after + 1 >= len(line) or line[after].form not in page.words.forms("places.generic"):
        return False
    return line[after + 1].form in page.words.beside.forms("linking")


def _owns(line: Line, after: int, kinds: frozenset[str]) -> bool:
    """Tell whether a place only says whose something is ("Aleppo's suffering"); "Goma's airport" is in Goma."""
    owner = line[after - 1].text != line[after - 1].bare
    part = any(token.form in kinds or token.capital for token in line[after : after + _OWNED])
    return owner and not part


def _meant(page: Page, k: int, first: int, end: int, extent: str | None) -> Object | None:
    """Return the settlement that "the city" means, the country that "towns in the north" or "some of the territory" do."""
    line, beside = page.lines[k], page.words.beside
    for at in range(first, min(end, first + 6)):
        form = line[at].form
        if form in beside.forms("cities") or form in beside.forms("facilities"):
            place = page.settlement(k, first)
            if place is not None:
                part = extent or (page.slice(k, first, at + 1) if form in beside.forms("facilities") else None)
                return Object(replace(place, words=page.slice(k, first, at + 1)), first, at + 1, part, inferred=True)
        if form in beside.forms("stretches"):
            place = direction(page, k, at, end) or setting(page, k) or page.country(k, first)
            if place is not None:
                return Object(place, first, at + 1, extent or page.slice(k, first, at + 1), inferred=True)
    if extent is not None and (place := direction(page, k, first, end) or setting(page, k) or page.country(k, first)):
        return Object(place, first, first, extent, inferred=True)
    return None


def direction(page: Page, k: int, start: int, end: int) -> Place | None:
    """Return the country whose part is told by a direction: "in the north and east"; None where none is told so."""
    hits = page.words.beside.phrases("directions").find(page.lines[k], start, end)
    country = page.country(k, start) if hits else None
    return replace(country, words=page.slice(k, hits[0][1], hits[-1][2])) if country else None


def setting(page: Page, k: int) -> Place | None:
    """Return the place in the words that a sentence opens with: "In Iraq, …"; "the city" there means the last one."""
    close = opening_end(page.lines[k])
    if not close:
        return None
    inside = [p for p, _, _, after in page.placed(k) if after <= close]
    if inside:
        return inside[0]
    for at in range(close):
        if page.lines[k][at].form in page.words.beside.forms("cities"):
            return page.settlement(k, at)
    return None


def places_of(page: Page, k: int, start: int, end: int) -> Iterator[Object]:
    """Yield the places named anywhere in tokens start..end, settlements first."""
    inside = [hit for hit in page.placed(k) if hit[2] >= start and hit[3] <= end]
    for place, _, first, after in sorted(inside, key=lambda hit: (is_wide(hit[0]), hit[2])):
        yield Object(place, first, after)


def place_near(page: Page, k: int, start: int, end: int) -> Object | None:
    """Return a place named in tokens start..end, else a direction told there, else where the sentence says it is set."""
    inside = next(places_of(page, k, start, end), None)
    if inside is not None:
        return inside
    place = direction(page, k, start, end) or setting(page, k)
    return Object(place, start, start, inferred=True) if place else None
