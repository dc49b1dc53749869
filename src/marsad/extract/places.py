"""Where it happened: the places that a sentence names, and the likeliest of them."""

from collections.abc import Iterator
from dataclasses import replace

from marsad.extract.atlas import Atlas
from marsad.extract.capitals import capitals, speaks_of_capital
from marsad.extract.named_places import (
    capital,
    hamlet,
    named_from,
    prefix_of,
    setting_of,
    town_of,
    whole_name,
    within,
)
from marsad.extract.names import town
from marsad.extract.places_together import Placed, is_wide, set_in_wider, together
from marsad.extract.seats import is_seat
from marsad.extract.unlisted_places import HELD, unlisted_place
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_TAKEN_REACH = 8
"""How many words behind "delivered" its "to" may stand: "delivered two bodies to"."""

_TAKEN_WORDS = 9
"""How many words from "to" on tell whither: "to the forensic division in the city of Idlib"."""

_TWO = 2
_HEADING = 10
"""Words and marks of a heading before its colon, at most."""

_SKIPPED = 12
"""How many words and signs are looked past before a name at most."""

_NEAR, _COUNTRY = 2, 6
_AROUND = (_NEAR, 3)
"""Precisions of a place that tells only about where another one is: near it, in its district."""
_SIGNS = frozenset("#\"“”«»'‘’")
"""Marks that may stand between a preposition and a name."""

_SETTING_OFF = frozenset(".:…-–—،,")


def place_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> Place | None:
    """Return the likeliest place of the event: a settlement after a strong preposition, then any, then a wider place.

    A village that the gazetteer does not know comes before the province that it lies in, behind a settlement that it does.
    Where somebody has his office, or a hospital stands, it did not happen: see `seat_in`.
    """
    placed = placed_in(words, atlas, line, source)
    if not placed:
        return None
    found = [(place, strong) for place, strong, at, after in placed if not is_seat(words, line, at, after)]
    if not found:
        return None
    best = min(enumerate(found), key=lambda item: (not item[1][1], _width(item[1][0]), item[0]))[1][0]
    province = _province_of(best, found)
    if province is not None:  # "in an area of Mustaba district, Hajjah province", the area's namesake being elsewhere
        best = next((place for place, _ in found if not is_wide(place) and _lies_in(place, province)), province)
    if (
        best.precision == _COUNTRY
    ):  # "l'attaque du village de Koulpen, dans le nord du Mali", "un immeuble de Dnipro, en Ukraine"
        state = capitals().get(best.country or "")  # "the Damascus government": a capital may be the state's name
        there = (
            place for place, _ in found if place.country == best.country and not is_wide(place) and place.name != state
        )
        unlisted = (place for place, _ in found if not place.found)
        return next(there, None) or next(unlisted, None) or _province_in(best, found) or best
    if not best.found:
        return _anchored(words, line, best, placed)
    nobody_knows = next((place for place, _ in found if not place.found), None)
    around = None
    if nobody_knows is not None and not is_wide(best):
        around = _anchored(words, line, nobody_knows, placed)
    return around if around is not None and around.place_id == best.place_id else best


def _anchored(words: Lexicon, line: Line, unlisted: Place, placed: list[Placed]) -> Place | None:
    """Return a place that no list has as what it lies in or near, with its own words: "the Salmani quarter of Benghazi".

    "The village of Shakhab north-west of Qataba" is near Qataba, "Bani Madi in Mustaba district" somewhere in the district. None
    of a quarter alone: it lies in the town that the report has told.
    """
    at, after = next((first, last) for place, _, first, last in placed if place is unlisted)
    quarters = words.forms("places.quarters")
    quarter = any(token.form in quarters for token in line[max(0, at - 1) : after + 1])
    for place, _, first, _ in placed:
        near = first > at and place.precision in _AROUND
        if place.found and not is_seat(words, line, first, after) and (near or (quarter and place.precision == 1)):
            return replace(place, words=unlisted.words)
    return None if quarter else unlisted


def seat_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> Place | None:
    """Return the first place that only tells where somebody's office or a hospital is; None if none does."""
    placed = placed_in(words, atlas, line, source)
    return next((place for place, _, at, after in placed if is_seat(words, line, at, after)), None)


def _province_of(near: Place, found: list[tuple[Place, bool]]) -> Place | None:
    """Return the province that a town only tells the way to: "in Diyala province, 60 km north-east of Baghdad"."""
    if near.precision != _NEAR:
        return None
    wide = (place for place, _ in found if place.found and is_wide(place) and place.precision != _COUNTRY)
    return next((place for place in wide if (place.country, place.admin1) != (near.country, near.admin1)), None)


def _lies_in(place: Place, province: Place) -> bool:
    return place.found and (place.country, place.admin1) == (province.country, province.admin1)


def _province_in(country: Place, found: list[tuple[Place, bool]]) -> Place | None:
    """Return the province that is named beside its country: "a camp of Borno State, in the north-east of Nigeria"."""
    wide = (place for place, _ in found if place.found and is_wide(place) and place.precision != _COUNTRY)
    return next((place for place in wide if place.country == country.country), None)


def _width(place: Place) -> int:
    return 0 if not is_wide(place) else 1 if not place.found else 2


def places_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> list[tuple[Place, bool]]:
    """Return every place the sentence names, with whether a strong preposition ("in") led to it.

    Where somebody spoke is no place of the event: "told reporters in Geneva".
    """
    return [(place, strong) for place, strong, _, _ in placed_in(words, atlas, line, source)]


def place_from(words: Lexicon, atlas: Atlas, line: Line, source: str, at: int) -> tuple[Place, int] | None:
    """Return the place that is named from token `at` on, and the token after its name; None if none is."""
    near = words.actors.find(line, at - _SKIPPED, at + _SKIPPED)
    named = {k for _, first, after in near for k in range(first, after)}
    prefix = prefix_of(words, line[at].form) if at < len(line) else ""
    hit = named_from(words, atlas, line, source, at, prefix, named) or unlisted_place(
        words, atlas, line, source, at, named
    )
    return hit if hit or not prefix else named_from(words, atlas, line, source, at, "", named)


def placed_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> list[Placed]:
    """Return every place as `places_in` does, each with the tokens that lead to it and name it."""
    before, prefixed = words.forms("places.before"), bool(words.place_prefixes)
    opens = bool(line) and _opens(line) and not words.numbers.opens(line[0].form)  # "Trente personnes" is no Trento
    if not (opens or prefixed) and line.forms.isdisjoint(before) and ":" not in line.forms:
        return []
    strong = words.forms("places.strong")
    sites = words.forms("places.sites")
    hits = words.actors.find(line)
    named = {k for hit in hits if not town(words, line, *hit[:2]) for k in range(hit[1], hit[2])}
    officed = {after for actor, _, after in hits if actor.body and not actor.public}
    spoken, says = _after_saying(words, line), words.section("attribution.say")
    of_capital = speaks_of_capital(words, line)
    taken = _where_taken(words, line)
    out = list(_heading(words, atlas, line, source, named)) if ":" in line.forms else []
    free = out[-1][3] if out else 0
    near = range(len(line)) if prefixed else [k for k, token in enumerate(line) if token[3] in before]
    if opens and not prefixed and near[:1] != [0]:
        near = [0, *near]
    for at in near:
        token = line[at]
        form = token[3]
        leads = form in before
        prefix = prefix_of(words, form) if prefixed and not leads else ""
        if prefix and atlas.knows(token.bare):  # "حاكم لوغانسك": a name begins as a preposition does
            prefix = ""
        if not (leads or prefix or (at == 0 and opens)) or at < free or at in spoken or at in taken:
            continue
        k, whole = _past(words, atlas, line, source, at, named) if leads else _past_marks(words, atlas, line, at)
        begins = k < len(line) and line[k].name
        joint = words.tags.match(line, at) if of_capital else None
        # "a district of the Somali capital"
        told = of_capital and (leads or prefix) and (joint is None or joint[0] != "O")
        hit = capital(words, atlas, line, source, at + leads, named) if told else None
        hit = hit or whole or (named_from(words, atlas, line, source, k, prefix, named) if begins else None)
        if leads:
            hit = hit or setting_of(words, atlas, line, k)
            hit = hit or (within(words, atlas, line, source, k, named) if begins else None)
            hit = hit or (hamlet(words, atlas, line, source, k, named) if begins else None)
            hit = hit or (unlisted_place(words, atlas, line, source, k, named) if begins else None)
        elif (
            hit
            and at == 0
            and (
                _acts(line, *hit)
                or _begins_name(line, hit[1])
                or says.match(line, hit[1])
                or words.tags.match(line, 0)  # "Sale a 12 il bilancio": no town of Sale
            )
        ):
            continue
        if hit and not (
            _is_of_water(words, line, *hit)
            or _of_culprit(words, line, at, *hit)
            or _beside_water(words, line, at, hit[1])
        ):
            hit = town_of(words, atlas, line, source, *hit, named) or hit
            place, free = hit
            if leads and place.found and _only_near(words, line, at, k):
                place = replace(place, precision=max(place.precision or _NEAR, _NEAR))
            led = token.form in strong or bool(prefix) or (at > 0 and line[at - 1].form in sites)
            led = led and at not in officed  # "the health ministry | in Sanaa": whose ministry it is
            out.append((place, led, at, free))
    if not out:
        return out
    return together(words, atlas, line, [*out, *set_in_wider(words, atlas, line, source, out, named)])


def _past(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[int, tuple[Place, int] | None]:
    """Return the token at which a name may begin that token `at` leads to, or the name that begins with what is looked past."""
    k, skip = at + 1, words.forms("places.skip")
    if k >= len(line) or (line[k].capital and line[k].form not in skip and not line[k].form.endswith(HELD)):
        return k, None
    whole = whole_name(words, atlas, line, source, k, named)
    reach = min(len(line), at + _SKIPPED)
    while k < reach and whole is None and _looked_past(words, atlas, line, at, k, leads=True):
        k += 1
        if k < reach and line[k].capital and line[k].form in skip:
            whole = whole_name(words, atlas, line, source, k, named)  # "en el departamento de | Norte de Santander"
    return k, whole


def _past_marks(words: Lexicon, atlas: Atlas, line: Line, at: int) -> tuple[int, None]:
    """Return the token at which a name may begin that opens a sentence or has its preposition written onto it."""
    k, reach = at, min(len(line), at + _SKIPPED)
    while k < reach and _looked_past(words, atlas, line, at, k, leads=False):
        k += 1
    return k, None


def _looked_past(words: Lexicon, atlas: Atlas, line: Line, at: int, k: int, *, leads: bool) -> bool:
    """Tell whether token `k` may stand between what leads to a name and the name: "in the northern town of"."""
    token = line[k]
    if token.form in _SIGNS or token.form.endswith(HELD):
        return True
    if token.form == "(" and leads and words.place_prefixes:  # "في بلدة (تسيت)"
        return True
    if token.form in words.forms("places.skip"):
        return not (token.capital and k > at + 1 and not _leads_on(words, line, k))
    return not token.name and atlas.country_of(token) is not None


def _heading(words: Lexicon, atlas: Atlas, line: Line, source: str, named: set[int]) -> Iterator[Placed]:
    """Yield the places that stand before a colon as the heading of what follows: "- Timbuktu, Lere: a raid on the base".

    One alone at the start of a line may be where somebody wrote, or who says so: "أنقرة: قالت وزارة الدفاع", "Kyiv: nine Russians
    killed". Where harm follows, and it is no capital, it is as likely where that befell: "Ménaka : 19 personnes tuées".
    """
    colon = next((k for k, token in enumerate(line[:_HEADING]) if token.form == ":"), 0)
    if not colon or words.section("attribution.say").find(line, 0, colon):
        return
    at, found = 0, list[tuple[Place, int, int]]()
    while at < colon:
        hit = named_from(words, atlas, line, source, at, "", named) if line[at].name and at not in named else None
        if hit is not None and hit[0].found and hit[0].precision != _COUNTRY and hit[1] <= colon:
            found.append((hit[0], at, hit[1]))
        at = max(at + 1, hit[1] if hit else 0)
    if len(found) == 1 and line[0].kind == "word" and found[0][1:] == (0, colon):
        told = found[0][0].name != capitals().get(found[0][0].country or "") and words.harm.find(line, colon)
        said = words.section("attribution.say").find(line, colon + 1, colon + 2)
        if told and not said:
            yield found[0][0], False, 0, colon
        return
    if len(found) < _TWO and line[0].kind == "word":
        return
    for place, first, after in found:  # of "Idlib, Ariha:" the last one is the nearest
        yield place, first == found[-1][1], first, after


def _leads_on(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether "of" stands behind a word for a kind of place, with a capital or not: "dans l'État de Borno"."""
    joint = words.tags.match(line, at + 1) if at + 1 < len(line) else None
    return joint is not None and joint[0] == "O"


def _is_of_water(words: Lexicon, line: Line, place: Place, after: int) -> bool:
    """Tell whether a country's name is a river's here: "on the Niger river" is in Mali as well."""
    named = after < len(line) and line[after].form in words.data["places"].get("waters", ())
    return named and place.precision == _COUNTRY


def _beside_water(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether a name is a river's, or a street's: "sur les bords du Dniepr", "on Petrovsky Street"."""
    banks, streets = words.forms("places.banks"), words.forms("places.streets")
    if line.forms.isdisjoint(banks) and line.forms.isdisjoint(streets):
        return False
    ahead = {token.form for token in line[max(0, at - 1) : after]}
    if not ahead.isdisjoint(banks) or (after < len(line) and line[after].form in streets):
        return True
    return any(token.form in streets for token in line[at:after])


def _of_culprit(words: Lexicon, line: Line, at: int, place: Place, after: int) -> bool:
    """Tell whether a country is only whose weapon it was, or who is accused: "in Pakistani air strikes", "acusan a Pakistán"."""
    if place.precision != _COUNTRY:
        return False
    accused = words.section("perpetrators.accused").find(line, max(0, at - _TWO), at + 1)
    return bool(accused) or words.weapons.match(line, after) is not None


def _opens(line: Line) -> bool:
    """Tell whether a sentence begins with a name: capitalised, or set off by a mark ("إدلب.. ")."""
    return line[0].capital or (len(line) > 1 and line[0].name and line[1].form in _SETTING_OFF)


def _after_saying(words: Lexicon, line: Line) -> set[int]:
    """Return the tokens that tell where somebody spoke: right behind a word of saying and whoever listened."""
    spoke, audience = words.forms("attribution.spoke"), words.forms("attribution.audience")
    out: set[int] = set()
    if line.forms.isdisjoint(spoke):
        return out
    for at, token in enumerate(line):
        if token.form in spoke:
            k = at + 1
            while k < len(line) and line[k].form in audience:
                k += 1
            out.add(k)
    return out


def _where_taken(words: Lexicon, line: Line) -> range:
    """Return the tokens that tell whither people were brought who had been harmed: "rushed to hospitals in Gaziantep"."""
    taken, toward = words.forms("places.taken"), words.forms("places.toward")
    if line.forms.isdisjoint(taken):
        return range(0)
    verb = next(k for k, token in enumerate(line) if token.form in taken)
    to = next((k for k in range(verb + 1, min(len(line), verb + _TAKEN_REACH)) if line[k].form in toward), None)
    if to is None:
        return range(0)
    return range(to, to + _TAKEN_WORDS)


def _only_near(words: Lexicon, line: Line, at: int, name: int) -> bool:
    """Tell whether the words before a name only say that it happened near it: "outside Raqqa", "south of Mosul"."""
    near, beside = words.forms("places.near"), words.forms("places.beside")
    return any(token.form in near for token in line[at:name]) or (at > 0 and line[at - 1].form in beside)


def _acts(line: Line, place: Place, after: int) -> bool:
    """Tell whether a country that opens a sentence acts in it: "Russia fired missiles" is no place, "Syria: nine dead" is."""
    return place.precision == _COUNTRY and after < len(line) and line[after].kind == "word"


def _begins_name(line: Line, after: int) -> bool:
    """Tell whether what opens a sentence goes on as a person's name: "George Sabra said", "Jordan Lane was there"."""
    return after < len(line) and line[after].kind == "word" and line[after].capital
