"""Where it happened: the places that a sentence names, and the likeliest of them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from marsad.extract.atlas import Atlas
from marsad.extract.capitals import capital_at, capitals, speaks_of_capital
from marsad.extract.names import town
from marsad.extract.places_together import Placed, is_wide, set_in_wider, together
from marsad.extract.unlisted_places import HELD, end_of_name, town_of_country, unlisted_place
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.place_words import LONGEST_KIND, kind_before, kind_behind, may_be_kind_before, may_be_kind_behind
from marsad.text.tokens import Token

_TAKEN_REACH = 8
"""How many words behind "delivered" its "to" may stand: "delivered two bodies to"."""

_TAKEN_WORDS = 9
"""How many words from "to" on tell whither: "to the forensic division in the city of Idlib"."""

_TWO = 2
_HEADING = 10
"""Words and marks of a heading before its colon, at most."""

_WHOLE = 4
"""Words of a name that begins with one that is else looked past."""

_SKIPPED = 12
"""How many words and signs are looked past before a name at most."""

_NEAR, _COUNTRY = 2, 6
_SIGNS = frozenset("#\"“”«»'‘’")
"""Marks that may stand between a preposition and a name."""

_SETTING_OFF = frozenset(".:…-–—،,")


def place_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> Place | None:
    """Return the likeliest place of the event: a settlement after a strong preposition, then any, then a wider place.

    A village that the gazetteer does not know comes before the province that it lies in, behind a settlement that it does.
    """
    placed = placed_in(words, atlas, line, source)
    if not placed:
        return None
    theirs = [_of_speaker(words, line, at, after) for _, _, at, after in placed] if len(placed) > 1 else [False]
    found = [(place, strong) for (place, strong, _, _), of in zip(placed, theirs, strict=True) if all(theirs) or not of]
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
    return best


_TELLING = 8
"""Words between who speaks and the word of saying."""


def _of_speaker(words: Lexicon, line: Line, at: int, after: int) -> bool:
    """Tell whether a place, led to by token `at`, only says where somebody's office is who speaks.

    "Said the director of the hospital | of Abs", "told the mayor's office | of Thomazeau": where another place is told beside it,
    it happened there.
    """
    office = next((hit for hit in words.actors.find(line, at - _TELLING, at) if hit[2] == at), None)
    joint = words.tags.match(line, at)
    if office is None or not office[0].body or joint is None or joint[0] != "O" or at > office[2]:
        return False  # "aid workers in the camp of Yida said" are where it happened
    say, cue = words.section("attribution.say"), words.section("attribution.cue")
    behind = after + (after < len(line) and line[after].kind == "mark")
    if say.match(line, behind) is not None and behind == after:
        return True
    start = max(0, office[1] - _TELLING)
    ahead = [end for _, _, end in (*say.find(line, start, office[1]), *cue.find(line, start, office[1]))]
    return any(all(token.kind == "word" for token in line[end : office[1]]) for end in ahead)


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
    prefix = _prefix(words, line[at].form) if at < len(line) else ""
    hit = _named(words, atlas, line, source, at, prefix, named) or unlisted_place(words, atlas, line, source, at, named)
    return hit if hit or not prefix else _named(words, atlas, line, source, at, "", named)


def placed_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> list[Placed]:
    """Return every place as `places_in` does, each with the tokens that lead to it and name it."""
    before, prefixed = words.forms("places.before"), bool(words.place_prefixes)
    opens = bool(line) and _opens(line) and not words.numbers.opens(line[0].form)  # "Trente personnes" is no Trento
    if not (opens or prefixed) and line.forms.isdisjoint(before) and ":" not in line.forms:
        return []
    strong, skip = words.forms("places.strong"), words.forms("places.skip")
    sites = words.forms("places.sites")
    hits = words.actors.find(line)
    named = {k for hit in hits if not town(words, line, *hit[:2]) for k in range(hit[1], hit[2])}
    officed = {after for actor, _, after in hits if actor.body and not actor.public}
    spoken, says = _after_saying(words, line), words.section("attribution.say")
    capital = speaks_of_capital(words, line)
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
        prefix = _prefix(words, form) if prefixed and not leads else ""
        if not (leads or prefix or (at == 0 and opens)) or at < free or at in spoken or at in taken:
            continue
        k = at + 1 if leads else at
        whole = _whole_name(words, atlas, line, source, k, named) if leads else None
        reach = k if whole is not None else min(len(line), at + _SKIPPED)
        while (
            k < reach
            and whole is None
            and (
                line[k].form in _SIGNS
                or line[k].form.endswith(HELD)
                or (line[k].form in skip and not (line[k].capital and k > at + 1 and not _leads_on(words, line, k)))
                or (not line[k].name and atlas.country_of(line[k]))
            )
        ):
            k += 1
            if leads and k < reach and line[k].capital and line[k].form in skip:
                whole = _whole_name(
                    words, atlas, line, source, k, named
                )  # "en el departamento de | Norte de Santander"
        begins = k < len(line) and line[k].name
        joint = words.tags.match(line, at) if capital else None
        told = (
            capital and (leads or prefix) and (joint is None or joint[0] != "O")
        )  # "a district of the Somali capital"
        hit = _capital(words, atlas, line, source, at + leads, named) if told else None
        hit = hit or whole or (_named(words, atlas, line, source, k, prefix, named) if begins else None)
        if leads:
            hit = hit or _setting(words, atlas, line, k)
            hit = hit or (_within(words, atlas, line, source, k, named) if begins else None)
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
        if hit and not _is_of_water(words, line, *hit):
            hit = _town_of(words, atlas, line, source, *hit, named) or hit
            place, free = hit
            if leads and place.found and _only_near(words, line, at, k):
                place = replace(place, precision=max(place.precision or _NEAR, _NEAR))
            led = token.form in strong or bool(prefix) or (at > 0 and line[at - 1].form in sites)
            led = led and at not in officed  # "the health ministry | in Sanaa": whose ministry it is
            out.append((place, led, at, free))
    if not out:
        return out
    return together(words, atlas, line, [*out, *set_in_wider(words, atlas, line, source, out, named)])


def _whole_name(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the place whose name begins with a word that is else looked past: "in | Norte de Santander", not in Santander."""
    if at + 1 >= len(line) or not line[at].capital or line[at].form not in words.forms("places.skip"):
        return None
    for last in range(min(len(line), at + _WHOLE), at + 1, -1):
        if line[last - 1].capital and last - 1 not in named:
            name = source[line[at].start : line[last - 1].start] + line[last - 1].bare
            place, after = _of_kind(atlas, line, source, at, last, name)
            if place.found and after == last and atlas.spelled_so(place):
                return place.said(name), last
    return None


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
        hit = _named(words, atlas, line, source, at, "", named) if line[at].name and at not in named else None
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


def _prefix(words: Lexicon, form: str) -> str:
    """Return the preposition that a language writes onto a name ("بالرقة"), "" where there is none."""
    prefixes = words.place_prefixes
    if not form.startswith(prefixes):
        return ""
    return next((p for p in prefixes if form.startswith(p) and len(form) > len(p) + 2), "")


def _named(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, prefix: str, named: set[int]
) -> tuple[Place, int] | None:
    """Return the place named from token `at` on, longest name first."""
    end = end_of_name(words, line, at, named)
    for last in range(end, at, -1):
        name = source[line[at].start : line[last - 1].start] + line[last - 1].bare
        if last == at + 1 and _describes(words, line, at):
            continue
        place, after = _of_kind(atlas, line, source, at, last, name[len(prefix) :] if prefix else name)
        if place.found and last < end and atlas.names_country(name):  # "Syria's Raqqa"
            town = _named(words, atlas, line, source, last, "", named) or town_of_country(words, atlas, line, at, end)
            return town or (place.said(name), last)
        if place.found:
            return place.said(name) if after == last else place, after
        if atlas.names_country(name):
            return None
    return None


def _town_of(
    words: Lexicon, atlas: Atlas, line: Line, source: str, place: Place, after: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the town that stands behind where it lies and a word for its kind: "in the Myanmar city of Sittwe", "in the Ituri
    village of Kasanzi"."""
    if not is_wide(place) or after + 2 >= len(line) or line[after].form not in words.forms("places.generic"):
        return None
    if line[after + 1].form not in words.forms("places.skip") or not line[after + 2].name:
        return None
    hit = _named(words, atlas, line, source, after + 2, "", named)
    return hit or unlisted_place(words, atlas, line, source, after + 2, named)


def _capital(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the capital that is told by its country, by its name where that follows: "in the Yemeni capital, Sanaa"."""
    told = capital_at(words, atlas, line, at)
    if told is None:
        return None
    behind = told[1] + (told[1] < len(line) and line[told[1]].form in (",", "،"))
    by_name = behind < len(line) and line[behind].name and _named(words, atlas, line, source, behind, "", named)
    there = by_name and by_name[0].country == told[0].country and by_name[0].precision != _COUNTRY
    return by_name if by_name and there else told


def _acts(line: Line, place: Place, after: int) -> bool:
    """Tell whether a country that opens a sentence acts in it: "Russia fired missiles" is no place, "Syria: nine dead" is."""
    return place.precision == _COUNTRY and after < len(line) and line[after].kind == "word"


def _begins_name(line: Line, after: int) -> bool:
    """Tell whether what opens a sentence goes on as a person's name: "George Sabra said", "Jordan Lane was there"."""
    return after < len(line) and line[after].kind == "word" and line[after].capital


def _setting(words: Lexicon, atlas: Atlas, line: Line, at: int) -> tuple[Place, int] | None:
    """Return the country whose towns or soil are named by an adjective: "Ukrainian cities"."""
    if at + 1 >= len(line) or line[at + 1].form not in words.forms("places.settings"):
        return None
    code = atlas.country_of(line[at])
    return (atlas.country(code).said(line[at].text), at + 2) if code else None


def _within(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the town behind a comma in which a name lies that the gazetteer does not know: "in Qasr Sayyid, Aleppo"."""
    end = end_of_name(words, line, at, named)
    if end == at or end + 1 >= len(line) or line[end].form not in (",", "،") or not line[end + 1].name:
        return None
    hit = _named(words, atlas, line, source, end + 1, "", named)
    if hit is None or is_wide(hit[0]) or words.section("attribution.say").match(line, hit[1]):
        return None
    return hit


def _of_kind(atlas: Atlas, line: Line, source: str, at: int, last: int, name: str) -> tuple[Place, int]:
    """Return the place that line[at:last] names, and the token after it: "Raqqa province" is the province.

    The word for a kind may stand before the name ("province of Idlib", "محافظة إدلب") or behind it.
    """
    after = last
    if after < len(line) and _is_word(line[after]) and may_be_kind_behind(line[after].text):
        after += kind_behind([t.text for t in takewhile(_is_word, line[last : last + LONGEST_KIND])])
    if after > last:
        place = atlas.place(f"{name} {source[line[last].start : line[after - 1].end]}")
        if place.found:
            return place.said(source[line[at].start : line[after - 1].end]), after
    first = at
    if first > 0 and _is_word(line[first - 1]) and may_be_kind_before(line[first - 1].text):
        ahead = [t.text for t in takewhile(_is_word, reversed(line[max(0, at - LONGEST_KIND) : at]))]
        first -= kind_before(ahead[::-1])
    if first < at:
        place = atlas.place(f"{source[line[first].start : line[at].start]}{name}")
        if place.found:
            return place.said(name), last
    return atlas.place(name), last


def _is_word(token: Token) -> bool:
    return token.kind == "word"


def _describes(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether an abbreviation of a country only says whose something is: "US special forces", "a UK drone"."""
    token = line[at]
    if not (token.text.isupper() or "." in token.text) or at + 1 >= len(line):
        return False
    behind = line[at + 1]
    return behind.kind == "word" and not behind.capital and behind.form not in words.forms("places.before")
