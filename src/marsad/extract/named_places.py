"""The place that is named from one token on: by the gazetteer, by its kind, by its country, by the town that it lies in."""

from itertools import takewhile

from marsad.extract.atlas import Atlas
from marsad.extract.capitals import capital_at
from marsad.extract.places_together import is_wide
from marsad.extract.topic_weights import is_common
from marsad.extract.unlisted_places import end_of_name, town_of_country, unlisted_place
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.place_words import LONGEST_KIND, kind_before, kind_behind, may_be_kind_before, may_be_kind_behind
from marsad.text.tokens import Token

_COUNTRY = 6
_WHOLE = 4
"""Words of a name that begins with one that is else looked past."""


def whole_name(
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


def _is_river(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a name alone is a river's: "across the Nile from Khartoum" is not in the state of River Nile."""
    if line[at].form not in words.forms("places.rivers"):
        return False
    return at + 1 == len(line) or not may_be_kind_behind(line[at + 1].text)


def prefix_of(words: Lexicon, form: str) -> str:
    """Return the preposition that a language writes onto a name ("بالرقة"), "" where there is none."""
    prefixes = words.place_prefixes
    if not form.startswith(prefixes):
        return ""
    return next((p for p in prefixes if form.startswith(p) and len(form) > len(p) + 2), "")


def named_from(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, prefix: str, named: set[int]
) -> tuple[Place, int] | None:
    """Return the place named from token `at` on, longest name first."""
    end = end_of_name(words, line, at, named)
    for last in range(end, at, -1):
        name = source[line[at].start : line[last - 1].start] + line[last - 1].bare
        if last == at + 1 and (_describes(words, line, at) or _is_river(words, line, at)):
            continue
        place, after = _of_kind(atlas, line, source, at, last, name[len(prefix) :] if prefix else name)
        if place.found and last < end and atlas.names_country(name):  # "Syria's Raqqa"
            town = named_from(words, atlas, line, source, last, "", named) or town_of_country(
                words, atlas, line, at, end
            )
            return town or (place.said(name), last)
        if place.found and after == last and _begins_another(words, atlas, line, source, at, last, end):
            continue
        if place.found:
            return place.said(name) if after == last else place, after
        if atlas.names_country(name):
            return None
    return None


def _begins_another(words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, last: int, end: int) -> bool:
    """Tell whether a word that is a small place's name only begins a name that no list has: "in | Khwaja Kinti".

    The next word is as large, without a mark, and neither a place nor a word for a kind of place.
    """
    if last != at + 1 or last >= end or not line[last].capital or line[at].bare != line[at].text:
        return False
    if line[last].form in words.forms("places.skip") or may_be_kind_behind(line[last].text):
        return False
    return not atlas.knows(line[at].text) and not atlas.place(source[line[last].start : line[end - 1].end]).found


def hamlet(words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]) -> tuple[Place, int] | None:
    """Return the small place right behind a word for its kind or "near", in a script without capitals: "قرب الوشكة".

    Its name is no word that reports of any matter use.
    """
    led = words.forms("places.hamlets")
    if not led or at == 0 or line[at - 1].form not in led or at in named or is_common(words.lang, line[at].form):
        return None
    place = atlas.hamlet(source[line[at].start : line[at].end])
    return (place, at + 1) if place.found and not is_wide(place) else None


def town_of(
    words: Lexicon, atlas: Atlas, line: Line, source: str, place: Place, after: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the town that stands behind where it lies and a word for its kind: "in the Myanmar city of Sittwe", "in the Ituri
    village of Kasanzi"."""
    if not is_wide(place) or after + 2 >= len(line) or line[after].form not in words.forms("places.generic"):
        return None
    if line[after + 1].form not in words.forms("places.skip") or not line[after + 2].name:
        return None
    hit = named_from(words, atlas, line, source, after + 2, "", named)
    return hit or unlisted_place(words, atlas, line, source, after + 2, named)


def capital(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]
) -> tuple[Place, int] | None:
    """Return the capital that is told by its country, by its name where that follows: "in the Yemeni capital, Sanaa"."""
    told = capital_at(words, atlas, line, at)
    if told is None:
        return None
    behind = told[1] + (told[1] < len(line) and line[told[1]].form in (",", "،"))
    by_name = behind < len(line) and line[behind].name and named_from(words, atlas, line, source, behind, "", named)
    there = by_name and by_name[0].country == told[0].country and by_name[0].precision != _COUNTRY
    return by_name if by_name and there else told


def setting_of(words: Lexicon, atlas: Atlas, line: Line, at: int) -> tuple[Place, int] | None:
    """Return the country whose towns or soil are named by an adjective: "Ukrainian cities"."""
    if at + 1 >= len(line) or line[at + 1].form not in words.forms("places.settings"):
        return None
    code = atlas.country_of(line[at])
    return (atlas.country(code).said(line[at].text), at + 2) if code else None


def within(words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, named: set[int]) -> tuple[Place, int] | None:
    """Return the town behind a comma in which a name lies that the gazetteer does not know: "in Qasr Sayyid, Aleppo"."""
    end = end_of_name(words, line, at, named)
    if end == at or end + 1 >= len(line) or line[end].form not in (",", "،") or not line[end + 1].name:
        return None
    hit = named_from(words, atlas, line, source, end + 1, "", named)
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
