"""What an article asserts beyond its numbers: that nothing was worse, and that somebody confirms it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

from marsad.extract.atlas import Atlas
from marsad.extract.places import places_in
from marsad.model import Bound, Category, Confirmation, Place, Superlative, Text, When
from marsad.text.dates import dates_in
from marsad.text.gazetteer import Gazetteer
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.numbers import quantity_at
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence, sentences
from marsad.text.tokens import tokens

_REACH = 5
"""How many words before or behind "deadliest" the attack or the day may stand."""

_FAR = 40
"""How many words before "bloodiest" the attack may stand, which nothing else than an attack or a day is."""

_APART = 24
"""How many words may lie between "no attack" and "more lives"."""

_NAME = 3
"""Letters of the shortest name of a place."""

_NEXT = 3
"""How many words behind "worst" the attack may stand."""

_CLAUSE = re.compile(r"[,;.:!?\n،؛؟]")

_BEFORE = 4
"""How many words before it may take it back: "one of the", "not the"."""

_SEVERAL = 2
"""What "months" without a number is at least."""

_LONGEST = 36_500

Phrase = tuple[str, ...]


def superlatives_in(report: Text, gazetteer: Gazetteer) -> list[Superlative]:
    """Return what an article says was never worse, in the order of its text; [] in a language without words for it.

    "One of the deadliest" says nothing that can be checked and is left out.
    """
    words, found = _words(report.lang), list[Superlative]()
    if words is None or report.lang is None:
        return found
    known = lexicon(report.lang)
    lines = [(s, known.counting_line(report.text, s.body, s.end)) for s in sentences(report.text)]
    places = known.data["places"]
    atlas = Atlas(
        gazetteer,
        [line for _, line in lines],
        known.forms("attribution.not_names"),
        known.countries,
        places["home"],
        places["endings"],
    )
    for _, line in lines:
        forms = [token.form for token in line]
        for first, after in _superlative(words, forms):
            nothing = _stands(words.get("nothing", ()), forms[:first]) is not None
            if nothing and after < len(forms) and (forms[after],) in words.get("than", ()):
                # "Iraq had seen no attack deadlier | than the car bomb of Ramadi": its place is no place of the comparison
                ahead = known.counting_line(report.text, line[0].start, line[after - 1].end)
                said = _superlative_at(report, known, atlas, ahead, words, first, after)
                found.append(replace(said, clause=line[after].end))
            else:
                found.append(_superlative_at(report, known, atlas, line, words, first, after))
        found += _firsts(report, known, atlas, line, words)
        for first, after in _nothing_worse(words, forms):
            than = next((k for k in range(after, len(line)) if (forms[k],) in words.get("than", ())), len(line))
            ahead = known.counting_line(report.text, line[0].start, line[than - 1].end)
            said = _superlative_at(report, known, atlas, ahead, words, first, after)
            opens = _stands(words["since"], forms[:first])
            near = opens is not None and first - opens <= _BEFORE
            start = line[opens].start if near and opens is not None else said.start
            compared = said.compared
            if opens is not None and not near and compared is None:
                compared = line[opens].start, line[first].start
            place = said.place or (_place(known, atlas, line, report, 0, first) if opens is None else None)
            said = replace(said, start=start, text=report.text[start : said.end])
            found.append(replace(said, clause=line[than - 1].end, compared=compared, place=place))
    return found


def confirmations_in(report: Text) -> Iterator[Confirmation]:
    """Yield the sentences that say that somebody confirms something, in order, each with the words around it."""
    words = _words(report.lang)
    every = sentences(report.text) if words else []
    for k, sentence in enumerate(every):
        assert words is not None  # noqa: S101 - for the type checker
        forms = [token.form for token in tokens(report.text, sentence.body, sentence.end)]
        if forms[1:2] == [","] or forms[1:2] == ["،"]:
            forms = forms[1:]  # "Separately, two teachers were abducted": a turn of the text
        others = _without(words.get("apart", ()), forms)
        says = len(others) < len(forms) or _stands(words["confirm"], others) is not None
        if says and _stands(words["not_confirm"], others) is None and not _answered_no(report, every[k + 1 : k + 2]):
            text = report.text[sentence.start : sentence.end]
            near = report.text[every[max(0, k - 1)].start : every[min(len(every) - 1, k + 1)].end]
            press = _stands(words.get("press", ()), forms) is not None
            yield Confirmation(sentence.start, sentence.end, text, near, press)


_NAY = re.compile(r"\s*(?:no|non|لا|كلا)\s*[.,،]", re.IGNORECASE)


def _answered_no(report: Text, behind: Sequence[Sentence]) -> bool:
    """Tell whether the next sentence is a plain "No.": what went before was asked, not said."""
    return any(_NAY.match(report.text, sentence.body) for sentence in behind)


def _without(phrases: Sequence[Phrase], forms: Sequence[str]) -> list[str]:
    """Return words without those phrases: "did not rely on AFP" is no negation of what it confirms."""
    out, at = list[str](), 0
    while at < len(forms):
        after = _match(phrases, forms, at)
        out += [] if after else [forms[at]]
        at = after or at + 1
    return out


def additions_in(report: Text) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, number) where an article says "two more": people added to a toll told before.

    "Five of the wounded died" are more dead than before, too. Only numbers said exactly count; the language must be told.
    """
    if report.lang not in languages():
        return
    known, said = lexicon(report.lang), _words(report.lang) or {}
    for sentence in sentences(report.text):
        line = known.counting_line(report.text, sentence.body, sentence.end)
        at = 0
        while at < len(line):
            quantity = quantity_at(known, line, at)
            if quantity is None:
                at += 1
                continue
            leads = known.numbers.more.match(line, at) is not None or _found_since(said, line, at)
            behind = line[quantity.after].form if quantity.after < len(line) else ""
            if known.people.match(line, quantity.after) and quantity.after + 1 < len(line):
                further = line[quantity.after + 1].form  # "cuatro internos | más"
                behind = further if further in known.numbers.more_behind else behind
            exact = quantity.bound is Bound.EXACT and quantity.value and not quantity.article
            since = _match(said.get("of_wounded", ()), [token.form for token in line], quantity.after) is not None
            if exact and (leads or since or behind in known.numbers.more_behind):
                yield line[at].start, line[quantity.after - 1].end, quantity.value or 0
            at = max(at + 1, quantity.after)


def _found_since(said: Mapping[str, Any], line: Line, at: int) -> bool:
    """Tell whether people are told that were found since a toll was given: "après la découverte de | trois corps"."""
    forms = [token.form for token in line[max(0, at - _BEFORE) : at]]
    return any(tuple(forms[-len(phrase) :]) == phrase for phrase in said.get("found", ()))


def _superlative(words: Mapping[str, Any], forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the words that rank something (first, after): "deadliest" near an attack or a day, "the heaviest … loss of life"."""
    at = 0
    while at < len(forms):
        strong, weak, high = (_match(words.get(name, ()), forms, at) for name in ("most", "weak", "high"))
        after = strong or weak or high
        if after is None:
            at += 1
            continue
        toll = None
        if high is not None:  # "the heaviest loss of life", "le bilan le plus lourd"
            behind = _stands(words.get("toll", ()), forms[high : high + _REACH])
            toll = behind if behind is not None else _stands(words.get("toll", ()), forms[max(0, at - _BEFORE) : at])
            if behind is not None:
                after = max(after, _match(words["toll"], forms, high + behind) or after)
        # "The raid …, in which 55 died, was the bloodiest": who says "bloodiest" has named long before what it was.
        near = forms[max(0, at - _FAR) if strong else at : after + (_REACH if strong else _NEXT)]
        what = toll is not None or ((strong or weak) and _stands([*words["attack"], *words["day"]], near) is not None)
        if not what and weak and (after == len(forms) or (forms[after],) in words.get("of_what", ())):
            what = _stands([*words["attack"], *words["day"]], forms[max(0, at - _FAR) : at]) is not None
        taken_back = _stands(words["among"], forms[max(0, at - _BEFORE) : at + 2]) is not None
        if what and not taken_back:
            yield at, after
        at = after


def _firsts(report: Text, known: Lexicon, atlas: Atlas, line: Line, words: Mapping[str, Any]) -> Iterator[Superlative]:
    """Yield "the first attack on the town since March": nothing between may have been one. Only with a time to look through."""
    forms = [token.form for token in line]
    free = 0
    for at in range(len(forms)):
        after = _match(words.get("first", ()), forms, at) if at >= free else None
        free = after or free
        what = None if after is None else _match(words["attack"], forms, after)
        if what is None or _stands(words["among"], forms[max(0, at - _BEFORE) : at]) is not None:
            continue
        said = _superlative_at(report, known, atlas, line, words, at, what)
        if said.since is not None and (said.place is not None or said.here):
            yield replace(said, first=True, rank=1)


def _nothing_worse(words: Mapping[str, Any], forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield "no attack has claimed more lives", "such a toll had not been seen", at most once."""
    nothing, worse = _stands(words.get("nothing", ()), forms), _stands(words.get("worse", ()), forms)
    if nothing is None:
        nothing = _no_attack(words, forms)
    if nothing is None or worse is None or _stands(words["most"], forms) is not None:
        return
    ends = (_match(words[name], forms, at) or at for name, at in (("nothing", nothing), ("worse", worse)))
    if abs(nothing - worse) <= _APART:
        yield min(nothing, worse), max(ends)


def _no_attack(words: Mapping[str, Any], forms: Sequence[str]) -> int | None:
    """Return where "no" leads to an attack within a few words: "no Russian strike this year"."""
    for at, form in enumerate(forms):
        if (form,) in words.get("no", ()) and _stands(words["attack"], forms[at + 1 : at + 1 + _NEXT]) is not None:
            return at
    return None


def _superlative_at(
    report: Text, known: Lexicon, atlas: Atlas, line: Line, words: Mapping[str, Any], first: int, after: int
) -> Superlative:
    forms = [token.form for token in line]
    rank = max((words["ranks"].get(form, 1) for form in forms[max(0, first - 2) : first + 1]), default=1)
    behind = forms[after : after + _REACH]
    of_day = any(_stands(words["day"], near) is not None for near in (behind, forms[max(0, first - 2) : after]))
    of_day = of_day and _stands(words["attack"], behind) is None
    since, whole = _since(report, known, line, words, after)
    start, end = line[first].start, line[min(len(line), after + _REACH) - 1].end
    stop = _CLAUSE.search(report.text, line[after - 1].end)
    clause = stop.start() if stop else len(report.text)
    lead = _stands(words["since"], forms[after:])
    until = len(line) if lead is None else after + lead
    compared = None if lead is None or line[until].start >= clause else (line[until].start, _compared(report, clause))
    begin = after
    if compared is None and (told := _inverted(words, forms, first, after)) is not None:
        begin = told[1]  # "Not since the bomb in Afrin had an attack in Syria cost as many lives"
        compared = line[told[0]].start, line[told[1]].start
    one = _stands(words.get("the_one", ()), forms[begin:until])
    place = _place(known, atlas, line, report, begin, until if one is None else begin + one)
    return Superlative(
        start,
        end,
        report.text[start:end],
        of_day,
        rank,
        since,
        place,
        here=place is None and _stands(words.get("here", ()), forms[after:] if lead is not None else forms) is not None,
        still=whole or _stands(words.get("still", ()), forms[max(0, first - _BEFORE) : first]) is not None,
        clause=clause,
        countries=_region(forms[after:until]),
        of=_counted(words, forms[first : after + 2]),
        compared=compared,
        named=() if place is not None else tuple(_unknown(line, after, until, clause)),
    )


def _inverted(words: Mapping[str, Any], forms: Sequence[str], first: int, after: int) -> tuple[int, int] | None:
    """Return the words, between "not since" and "had", that say since when; None where no sentence is turned round so."""
    since = _stands(words["since"], forms[first : first + 3])
    had = None if since is None else _stands(words.get("had", ()), forms[first + since : after])
    return None if since is None or had is None else (first + since, first + since + had)


_WHEN = re.compile(r"\s*[,،]?\s*(?:when|quand|lorsque|cuando|quando|عندما|حين)\b")
_ENDING = re.compile(r"[.;!?\n؛؟]")


def _compared(report: Text, clause: int) -> int:
    """Return where the words end that say since when: behind "since January" also "when eight people were shot in Machala"."""
    if _WHEN.match(report.text, clause) is None:
        return clause
    end = _ENDING.search(report.text, clause)
    return end.start() if end else len(report.text)


def _unknown(line: Line, after: int, until: int, clause: int) -> Iterator[str]:
    """Yield the names behind a superlative that no list of places tells: "the deadliest raid in Sabt"."""
    for token in line[after:until]:
        if token.start >= clause:
            return
        if token.kind == "word" and token.capital and len(token.text) >= _NAME:
            yield token.bare


def _counted(words: Mapping[str, Any], forms: Sequence[str]) -> Category:
    """Return whom a superlative counts: "the most children killed"."""
    groups = {"children": Category.CHILDREN, "women": Category.WOMEN, "journalists": Category.JOURNALISTS}
    found = (of for name, of in groups.items() if _stands(words.get(name, ()), forms) is not None)
    return next(found, Category.TOTAL)


def _region(forms: Sequence[str]) -> frozenset[str]:
    """Return the countries of the region that words name, none where they name none."""
    found = (countries for phrase, countries in _regions() if _stands([phrase], forms) is not None)
    return next(found, frozenset())


def _since(report: Text, known: Lexicon, line: Line, words: Mapping[str, Any], after: int) -> tuple[When | None, bool]:
    """Return the time that a superlative is said of, None for all time, or where the words give no day; and whether it is a time
    to its end ("of 2024"), not one up to what is told ("since March")."""
    forms, day = [token.form for token in line], report.published
    if day is None or _stands(words["ever"], forms[after:]) is not None:
        return None, False
    lead = _stands(words["since"], forms[after:])
    opens = _stands(words["since"], forms[:after])
    if lead is None and opens is not None and _stands(words.get("nothing", ()), forms[:after]) is not None:
        told = next((d for d in dates_in(known, line, report.text, day) if opens < d.first < after), None)
        if told is not None:  # "Since January no attack has killed more"
            return When(told.when.start, day, 5, told.when.words), False
    for date in dates_in(known, line, report.text, day):
        behind = lead is not None and date.first >= after + lead
        if date.since or behind or (date.first > after and date.when.precision == 5):
            whole = not (date.since or behind)
            return When(date.when.start, day, 5, date.when.words), whole
    for at in range(after, len(forms)):
        if forms[at] in words["units"]:
            number = _number(known, line, max(after, at - 2), at) or _SEVERAL
            days = min(_LONGEST, number * words["units"][forms[at]])
            if _stands(words["within"], forms[max(after, at - 3) : at]) is not None:
                return When(day - timedelta(days=days), day, When.precision_of(days), None), False
    return None, False


def _number(known: Lexicon, line: Line, first: int, at: int) -> int | None:
    """Return the number right before a unit: "in two years"."""
    for k in range(first, at):
        quantity = quantity_at(known, line, k)
        if quantity is not None and quantity.value and quantity.after <= at:
            return quantity.value
    return None


def _place(known: Lexicon, atlas: Atlas, line: Line, report: Text, after: int, until: int) -> Place | None:
    """Return the first place named behind a superlative: "had an attack in Syria cost as many lives as the one near Sukhna"."""
    if after >= until:
        return None
    tail = known.counting_line(report.text, line[after].start, line[until - 1].end)
    return next((place for place, _ in places_in(known, atlas, tail, report.text) if place.found), None)


def _match(phrases: Sequence[Phrase], forms: Sequence[str], at: int) -> int | None:
    """Return the token after the longest phrase that stands at `at`."""
    ends = [at + len(p) for p in phrases if tuple(forms[at : at + len(p)]) == p]
    return max(ends, default=None)


def _stands(phrases: Sequence[Phrase], forms: Sequence[str]) -> int | None:
    """Return where the first of the phrases stands, None where none does."""
    return next((at for at in range(len(forms)) if _match(phrases, forms, at)), None)


@cache
def _regions() -> Sequence[tuple[Phrase, frozenset[str]]]:
    data = tomllib.loads((resources.files("marsad.resources") / "regions.toml").read_text("utf-8"))
    return [
        (tuple(t.form for t in tokens(phrase)), frozenset(one["countries"]))
        for one in data["region"]
        for phrase in one["words"]
    ]


@cache
def _words(lang: str | None) -> Mapping[str, Any] | None:
    if lang not in languages():
        return None
    data = tomllib.loads((resources.files("marsad.resources") / "checking.toml").read_text("utf-8")).get(lang)
    if data is None:
        return None
    spelled = {n: [tuple(t.form for t in tokens(p)) for p in v] for n, v in data.items() if isinstance(v, list)}
    numbers = {
        n: {next(t.form for t in tokens(w)): k for w, k in v.items()} for n, v in data.items() if isinstance(v, dict)
    }
    return spelled | numbers
