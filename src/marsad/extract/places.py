"""Where it happened: the places that a sentence names, and the likeliest of them."""

from dataclasses import replace

from marsad.extract.atlas import Atlas
from marsad.model import Place
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line

_NAME_WORDS = 4
_KIND_REACH = 2
_SETTLED = 3
"""Place precision up to which a place is a scene by itself; a province or a country is a setting."""


def is_wide(place: Place) -> bool:
    """Tell whether a place is a province, a country or not found: no scene by itself."""
    return place.precision is None or place.precision > _SETTLED


def place_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> Place | None:
    """Return the likeliest place of the event: a settlement after a strong preposition, then any, then a wider place."""
    found = places_in(words, atlas, line, source)
    if not found:
        return None
    return min(enumerate(found), key=lambda item: (not item[1][1], is_wide(item[1][0]), item[0]))[1][0]


def places_in(words: Lexicon, atlas: Atlas, line: Line, source: str) -> list[tuple[Place, bool]]:
    """Return every place the sentence names, with whether a strong preposition ("in") led to it."""
    before, strong, skip = (words.forms(f"places.{name}") for name in ("before", "strong", "skip"))
    named = {k for _, first, after in words.actors.find(line) for k in range(first, after)}
    out: list[tuple[Place, bool]] = []
    free = 0
    for at, token in enumerate(line):
        leads = token.form in before
        prefix = "" if leads else _prefix(words, token.form)
        if at < free or not (leads or prefix or (at == 0 and token.capital)):
            continue
        k = at + 1 if leads else at
        while k < len(line) and line[k].form in skip and not (line[k].capital and k > at + 1):
            k += 1
        hit = _named(words, atlas, line, source, k, prefix, named)
        if hit:
            out.append((hit[0], token.form in strong or bool(prefix)))
            free = hit[1]
    return out


def _prefix(words: Lexicon, form: str) -> str:
    """Return the preposition that a language writes onto a name ("بالرقة"), "" where there is none."""
    return next((p for p in words.data["places"]["prefixes"] if form.startswith(p) and len(form) > len(p) + 2), "")


def _named(
    words: Lexicon, atlas: Atlas, line: Line, source: str, at: int, prefix: str, named: set[int]
) -> tuple[Place, int] | None:
    """Return the place named from token `at` on, longest name first; an unknown capitalised name is an honest miss."""
    end = at
    while end < min(len(line), at + _NAME_WORDS) and end not in named and _may_name(words, line, end):
        end += 1
    for last in range(end, at, -1):
        name = source[line[at].start : line[last - 1].start] + line[last - 1].bare
        place = atlas.place(name[len(prefix) :] if prefix else name)
        if place.found and last < end and atlas.names_country(name):  # "Syria's Raqqa"
            return _named(words, atlas, line, source, last, "", named) or (replace(place, words=name), last)
        if place.found:
            return replace(place, words=name), last
        if atlas.names_country(name):
            return None
    if at < end and line[at].capital and _beside_kind(words, line, at, end):
        name = source[line[at].start : line[end - 1].end]
        return Place(name, None, name), end
    return None


def _beside_kind(words: Lexicon, line: Line, at: int, end: int) -> bool:
    """Tell whether a name stands beside a word for a kind of place: "the village of Nahla", "Nahla district"."""
    generic = words.forms("places.generic")
    before = any(token.form in generic for token in line[max(0, at - _KIND_REACH) : at])
    return before or (end < len(line) and line[end].form in generic)


def _may_name(words: Lexicon, line: Line, at: int) -> bool:
    """Tell whether a token may be part of a place's name: no weekday, no month, no word that is never one."""
    token, dates = line[at], words.data["dates"]
    if not token.name or token.form in dates["months"] or token.form in dates["weekdays"]:
        return False
    return token.form not in words.forms("places.not_places")
