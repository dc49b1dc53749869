"""An article's numbers put where the article itself puts them: a place that the record knows, the day last spoken of.

A report is read cold, for the record has to stand by itself. An article that is only compared may be read with the record in
hand: a village that no gazetteer has, a town whose country goes without saying, "the attack" two sentences on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from marsad.extract.scenery import Scenery, scenery_of
from marsad.model import Claim, Measure, Place, Scope, Text, When
from marsad.text.dates import dates_in
from marsad.text.lexicon import languages, lexicon
from marsad.text.normal import fold
from marsad.text.sentences import Sentence, sentences
from marsad.text.sound import consonants
from marsad.text.tokens import tokens

_SETTLED = 3
"""Place precision up to which a place is a scene by itself."""

_LONGEST_NAME = 5
_FEWEST = 3
"""Consonants from which on a name in another spelling is known by its sound."""

_ALIKE = 0.7
"""How alike two spellings in one script must be, beside their sound."""

_MONTHLY = 4
"""The precision of a month: what is told of a town in a month may be one incident of it."""

_CARRIED = 3
"""Sentences over which a day is carried on."""

_MARK = re.compile(r"[,;:()–—،؛]")
_AND = frozenset({"and", "et", "y", "e", "ed", "و", "while", "tandis", "mientras", "mentre", "بينما"})

_ARTICLES = frozenset({"al", "el", "ar", "as", "ad", "ash", "at", "an", "az"})
_GLUED = ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف", "ك")


T = TypeVar("T")


class Known(NamedTuple):
    """The places of a record, by the words of their names and by the sound of single words."""

    places: tuple[Place, ...]
    names: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
    sounds: Mapping[str, tuple[tuple[str, int], ...]]


class Grounded(NamedTuple):
    """A claim of an article with the place and the day that the article means, and what it tells of the scene.

    `near` says that the words of its own sentence name the place. `named` are the record's places in that sentence, else in the
    last one before it that names any: whichever the reader took, one of them may be meant.
    """

    claim: Claim
    scenery: Scenery
    near: bool
    named: tuple[Place, ...] = ()


class _Told(NamedTuple):
    """One sentence: where it names places of the record, and days."""

    sentence: Sentence
    places: tuple[tuple[int, int], ...]
    days: tuple[tuple[int, When], ...]
    times: tuple[tuple[int, tuple[When, bool]], ...]
    scenery: Scenery


def known_places(places: Iterable[Place]) -> Known:
    """Return an index of these places by every name they have."""
    kept, names = tuple(places), dict[str, list[tuple[tuple[str, ...], int]]]()
    sounds = dict[str, list[tuple[str, int]]]()
    for k, place in enumerate(kept):
        for name in dict.fromkeys((place.words, place.name, place.name_ar or "")):
            words = _words_of(name)
            if not words or len("".join(words)) < _FEWEST:
                continue
            names.setdefault(words[0], []).append((words, k))
            bones = consonants(name)
            if len(words) == 1 and len(bones) >= _FEWEST:
                sounds.setdefault(bones, []).append((words[0], k))
    return Known(kept, {n: tuple(v) for n, v in names.items()}, {n: tuple(v) for n, v in sounds.items()})


def grounded(report: Text, claims: Sequence[Claim], known: Known) -> list[Grounded]:
    """Return the claims of an article, each with the place and the day that it is told of, in the order given.

    What the reader made out in the claim's own words stays. Where it made out no town, the record's place that the sentence
    names is taken, else the one last named; where no words told it the day, that of the sentence, else the last one named.
    """
    told = list(_told(report, known))
    return [_ground(claim, claims, told, known, report.text) for claim in claims]


def _ground(claim: Claim, claims: Sequence[Claim], told: Sequence[_Told], known: Known, text: str) -> Grounded:
    at = next((n for n, one in enumerate(told) if one.sentence.start <= claim.start < one.sentence.end), None)
    if at is None:
        return Grounded(claim, Scenery(), near=False)
    mine = told[at]
    inside = sorted((c.start, c.measure) for c in claims if mine.sentence.start <= c.start < mine.sentence.end)
    place, near, scenery = claim.place, True, mine.scenery
    settled = place is not None and place.found and place.precision is not None and place.precision <= _SETTLED
    own, _ = _nearest(mine.places, claim, inside, text)
    if settled and own is not None and place is not None:
        one_name = _words_of(known.places[own].words) == _words_of(place.words)
        if one_name or place.words not in text[mine.sentence.start : mine.sentence.end]:
            # Of towns of one name the record's is meant; and the town that the sentence names, not one carried into it.
            place = known.places[own]
    elif not settled:
        if own is None:
            before = [(one, one.places[-1][1]) for one in told[:at] if one.places]
            if before and _may_lie(known.places[before[-1][1]], place):
                place, near = known.places[before[-1][1]], False
                scenery = scenery.with_(before[-1][0].scenery)
        elif _may_lie(known.places[own], place) or (place is not None and not place.found and len(mine.places) > 1):
            place = known.places[own]
    when = claim.occurred
    loose = when is None or when.words is None
    time, straight = _nearest(mine.times, claim, inside, text)
    spans = time is not None and time[1]
    dated = [t for _, (t, running) in mine.times if t.precision == 1 and not running and _has_digits(t)]
    if (
        when is not None
        and when.words is not None
        and when.precision == 1
        and len(dated) == 1
        and not _has_digits(when)
    ):
        when = dated[0]  # "last Friday week, on 12 May": a date says it best
    if time is not None and not spans and (loose or (when is not None and when.precision > _MONTHLY)):
        when = time[0] if straight else when
    elif loose and time is None:
        carried = next((one for one in reversed(told[max(0, at - _CARRIED) : at]) if one.days), None)
        if carried is not None:
            when = carried.days[-1][1]
            scenery = scenery.with_(carried.scenery)
    scope = claim.scope
    single = when is not None and when.precision <= _MONTHLY and when.words is not None and place is not None
    if scope is not Scope.INCIDENT and single and not spans:
        scope = Scope.INCIDENT
    there = next((one.places for one in reversed(told[: at + 1]) if one.places), ())
    named = tuple(known.places[k] for _, k in there)
    return Grounded(replace(claim, place=place, occurred=when, scope=scope), scenery, near, named)


def _has_digits(when: When) -> bool:
    return any(char.isdigit() for char in when.words or "")


def _may_lie(found: Place, within: Place | None) -> bool:
    """Tell whether a place may be the one meant where the reader only knew a wider one, or a name."""
    if within is None or not within.found:
        return within is None or _words_of(within.words) == _words_of(found.words) or not within.words
    if within.country and found.country and within.country != found.country:
        return False
    return within.precision is None or within.precision >= _SETTLED or within.place_id == found.place_id


def _nearest(
    named: Sequence[tuple[int, T]], claim: Claim, counts: Sequence[tuple[int, Measure]], text: str
) -> tuple[T | None, bool]:
    """Return which of those that a sentence names goes with a number, and whether the way to it crosses no other one.

    The way is the longer for what stands between: marks, "and", another number of the same kind ("seven dead at Marj, a day
    after 22 were killed at Sabt").
    """
    found = [(*_way(at, claim, counts, text), k) for k, (at, _) in enumerate(named)]
    if not found:
        return None, True
    _, crossed, k = min(found)
    leads = all(named[k][0] < at for at, _ in counts)
    return named[k][1], leads or not crossed


def _way(at: int, claim: Claim, counts: Sequence[tuple[int, Measure]], text: str) -> tuple[int, bool]:
    first, last = sorted((at, claim.start))
    between = text[first:last]
    crossed = any(first < start < last and measure is claim.measure for start, measure in counts)
    marks = len(_MARK.findall(between))
    joined = sum(1 for token in tokens(between) if token.form in _AND)
    return last - first + 25 * marks + 20 * joined + 80 * crossed, crossed


def _told(report: Text, known: Known) -> Iterator[_Told]:
    words = lexicon(report.lang) if report.lang in languages() and report.lang is not None else None
    for sentence in sentences(report.text):
        text = report.text[sentence.body : sentence.end]
        leading = words.forms("places.before") | words.forms("places.skip") if words is not None else frozenset[str]()
        places = tuple(_places(report.text, sentence.body, sentence.end, known, leading))
        if not places and sentence.body > sentence.start:
            places = tuple(_places(report.text, sentence.start, sentence.body, known, leading))
        times = list[tuple[int, tuple[When, bool]]]()
        if words is not None and report.published is not None:
            line = words.counting_line(report.text, sentence.start, sentence.end)
            for found in dates_in(words, line, report.text, report.published):
                running = found.since or found.when.precision > _MONTHLY
                times.append((line[found.first].start, (found.when, running)))
        days = tuple((at, when) for at, (when, running) in times if not running)
        yield _Told(sentence, places, days, tuple(times), scenery_of(text))


def _places(text: str, start: int, end: int, known: Known, leading: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where a stretch of text names places of the record, and which.

    In a script without capitals a word that only sounds like one needs a word of `leading` before it, or a preposition that is
    written onto it: "مسلح" (armed) has the consonants of Mosul.
    """
    line = [
        (word, token)
        for token in tokens(text, start, end)
        if token.kind == "word"
        for word in fold(token.bare).split()
        if word not in _ARTICLES
    ]
    at = 0
    while at < len(line):
        word, token = line[at]
        at += 1
        if not token.name and token.text.islower():
            continue
        length, found = 0, -1
        for form in _forms(word):
            for words, k in known.names.get(form, ()):
                rest = tuple(w for w, _ in line[at : at - 1 + len(words)])
                if len(words) > length and rest == words[1:]:
                    length, found = len(words), k
        if not length:
            led = token.text[:1].isupper() or token.text.isascii() or at == 1 or line[at - 2][0] in leading
            for form in _forms(word) if led else _forms(word)[1:]:
                if not led and not form.isascii() and len(consonants(form)) <= _FEWEST:
                    continue  # three consonants are many a word: "أمام الفرن" is no Afrin
                opens = at == 1 and form.isascii()  # the first word of a sentence has its capital from that
                for spelled, k in () if opens else known.sounds.get(consonants(form), ()):
                    if not form.isascii() or not spelled.isascii() or _alike(form, spelled):
                        length, found = 1, k
        if length:
            yield token.start, found
            at += length - 1


def _alike(one: str, other: str) -> bool:
    return one[0] == other[0] and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _forms(word: str) -> list[str]:
    """Return a word as it stands, and without what Arabic writes together with it."""
    out = [word]
    if not word.isascii():
        out += [word[len(p) :] for p in _GLUED if word.startswith(p) and len(word) - len(p) >= _FEWEST]
    return out


def _words_of(name: str) -> tuple[str, ...]:
    words = [w for w in fold(name).split() if w not in _ARTICLES][:_LONGEST_NAME]
    return tuple(w[2:] if w.startswith("ال") and len(w) > _LONGEST_NAME - 1 else w for w in words)
