"""Arithmetic that an article spells out: sums ("23 in all"), shares ("a quarter of them, nine"), multiples ("twice as many as
the 20"), and days of the week beside their dates. What does not come out is returned; nothing else of a text is needed."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from marsad.extract.events_together import Number, summed
from marsad.extract.events_together import Sentence as Told
from marsad.extract.spoken_shares import bounded_shares
from marsad.model import Bound, Misreckoned, Text
from marsad.text.dates import dates_in
from marsad.text.lexicon import Lexicon, languages, lexicon
from marsad.text.numbers import Quantity, quantity_at
from marsad.text.phrases import Line
from marsad.text.sentences import sentences
from marsad.text.tokens import tokens

_MOST_PARTS = 6
"""Numbers of one sentence among which a sum is looked for: of more some always add up."""

_HUNDREDTHS = 100
_YEARS = range(1900, 2101)
_NEAR = 3
"""Words that may stand between a number and the phrase that calls it a sum: "23 people killed in all"."""

_BASE = 6
"""Words that may stand between "twice as many as" and the number it is said of."""

_SET_OFF = 20
"""Words that may stand between a share and the number that says it again: "two thirds of the 15 victims in Sabt, ten"."""

_PERCENT = 0.06
"""How far a percentage of a few people may be off: three of four are no 60 percent."""

_ROUNDED = 0.12
"""How far a spoken multiple may be off: 38 are called twice 20, 30 are not."""

_LOOSE = 0.2
"""How far off it may be where the words say "nearly" or "about"."""

_LISTS = frozenset(":-–—")
"""What a list of the parts of a number stands behind."""

_CLOSES = frozenset(",;:.)–—،؛")
_OPENS = frozenset(",(–—:،")
_PARTITIVE = frozenset({"of", "des", "sur", "de", "dei", "degli", "delle", "entre", "tra", "من", "among"})

_SENTENCES = 4
"""Sentences whose numbers may be the parts of a sum told behind them: rows of a chronicle, and "the three cost 15 lives"."""

_NOUN = 2
"""Words that say whom a number counts before a share says it again."""

_LIST_GAP = 5
"""Words and marks between two parts of a list at most: "four nurses of the ward and"."""

_LARGEST = 20_000
"""Characters of an article that are looked at."""


_AWAY = 0.5
"""How far a wrong sum of numbers told before it may be off: what is further away sums up something else."""


class _Number(NamedTuple):
    """An exact number of people in tokens first..after of a sentence."""

    first: int
    after: int
    value: int


def misreckoned(report: Text) -> list[Misreckoned]:
    """Return the sums, shares, multiples and weekdays of an article that do not come out, in the order of its text.

    Each is judged by the numbers that stand beside it, and left alone where more than one reading would do. [] in a language
    without words for them.

    >>> from datetime import date
    >>> text = Text("r", "In Sabt 14 people died and nine in Marj, 25 in all.", date(2020, 1, 1), None, "en")
    >>> [(found.text, found.rule, found.values["sum"]) for found in misreckoned(text)]
    [('25', 'sum', 23)]
    """
    words = _words(report.lang)
    if words is None or report.lang is None:
        return []
    known, out = lexicon(report.lang), list[Misreckoned]()
    told_before, earlier = list[list[_Number]](), list[Told]()
    for sentence in sentences(report.text[:_LARGEST]):
        line = known.counting_line(report.text, sentence.body, sentence.end)
        told = _Told(report, known, words, line)
        before = told_before[-1] if told_before else []
        out += [
            *told.sums([number for numbers in told_before for number in numbers]),
            *told.lists(),
            *told.parts(),
            *told.shares(before),
            *bounded_shares(told, before),
            *told.multiples(before),
            *told.weekdays(),
        ]
        numbers = [Number(*n) for n in sorted([*told.numbers, *told.least])]
        pieces = words["these"], [*words["no_people"], *((e,) for e in words["events"])], words["dead"]
        for whole, parts in summed(known, *pieces, Told(line, numbers), earlier):
            out.append(told.summed(whole, parts))
        earlier = [*earlier[1 - _SENTENCES :], Told(line, numbers)]
        told_before = [*told_before[1 - _SENTENCES :], sorted([*told.numbers, *told.least])]
    once = {(found.start, found.rule): found for found in reversed(out)}  # of two that say the same the first
    return sorted(once.values(), key=lambda found: found.start)


def sums_in(report: Text) -> list[tuple[int, int]]:
    """Return where an article sums up numbers that it tells: such a number is the toll of no single incident."""
    words = _words(report.lang)
    if words is None or report.lang is None:
        return []
    known, out, before = lexicon(report.lang), list[tuple[int, int]](), 0
    for sentence in sentences(report.text[:_LARGEST]):
        told = _Told(report, known, words, known.counting_line(report.text, sentence.body, sentence.end))
        for whole in told.wholes():
            parts = [n for n in [*told.numbers, *told.least] if n is not whole and n.value < whole.value]
            if len(parts) > 1 or (not parts and before > 1):
                out.append((told.line[whole.first].start, told.line[whole.after - 1].end))
        out += told.rounded()
        before += len(told.numbers) + len(told.least)
    return out


def exact_numbers(report: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Return the exact numbers that a sentence tells of people, with the character at which each begins; [] without words for
    its language."""
    words = _words(report.lang)
    if words is None or report.lang is None:
        return []
    told = _Told(report, lexicon(report.lang), words, lexicon(report.lang).counting_line(report.text, start, end))
    return [(n.value, told.line[n.first].start) for n in sorted([*told.numbers, *told.least])]


class _Told:
    """One sentence with its numbers, those of dates, years and shares left out."""

    def __init__(self, report: Text, known: Lexicon, words: dict[str, Any], line: Line) -> None:
        self.report, self.words, self.line = report, words, line
        self.differing = known.forms("other_numbers.difference")
        self.forms = [token.form for token in line]
        self.dates = list(dates_in(known, line, report.text, report.published)) if report.published else []
        self.numbers, self.fractions = list[_Number](), list[tuple[Quantity, float]]()
        self.least, self.about, self.single = list[_Number](), list[Quantity](), list[_Number]()
        self.spoken = list[Quantity]()
        dated = {k for date in self.dates for k in range(date.first, date.after)}
        at = 0
        while at < len(line):
            said = None if at in dated else quantity_at(known, line, at)
            if said is None:
                at += 1
                continue
            share = self._share(said)
            if said.fraction is not None and not self._of_a_year(known, said):
                self.spoken.append(said)
            if share is not None:
                self.fractions.append((said, share))
            elif said.bound is Bound.AT_LEAST and said.value and not said.article and not self._of_time(said):
                self.least.append(_Number(at, said.after, said.value))
            elif said.bound is Bound.ABOUT and said.value:
                self.about.append(said)
            elif said.article and self._is_person(known, said):
                self.single.append(_Number(at, said.after, 1))
            elif said.bound is Bound.EXACT and said.value and not said.article and not self._of_time(said):
                self.numbers.append(_Number(at, said.after, said.value))
            at = max(at + 1, said.after)

    def _is_person(self, known: Lexicon, said: Quantity) -> bool:
        """Tell whether an article counts one person: "a cook", not "a family"."""
        noun = known.people.match(self.line, said.after)
        return noun is not None and self.forms[noun[1] - 1] not in known.numbers.households

    def _of_a_year(self, known: Lexicon, said: Quantity) -> bool:
        """Tell whether a share is one of a time: "the first half of the year"."""
        return any(form in known.data["dates"]["units"] for form in self.forms[said.after : said.after + _NEAR])

    def _share(self, said: Quantity) -> float | None:
        if said.fraction is not None:
            top, bottom, more = said.fraction
            return None if more else top / bottom
        percent = self.forms[said.after : said.after + 2]
        if said.value is not None and any(tuple(percent[: len(p)]) == p for p in self.words["percent"]):
            return said.value / _HUNDREDTHS if 0 < said.value < _HUNDREDTHS else None
        return None

    def _of_time(self, said: Quantity) -> bool:
        """Tell whether a number is a year, an age or a length of time: it counts nobody."""
        behind = self.forms[said.after] if said.after < len(self.forms) else ""
        nobody = (behind,) in self.words["no_people"] or behind in self.words["events"]
        return said.value in _YEARS or nobody

    def found_at(self, number: _Number | Quantity, rule: str, **values: int | str) -> Misreckoned:
        start, end = self.line[number.first].start, self.line[number.after - 1].end
        return Misreckoned(start, end, self.report.text[start:end], rule, values)

    def as_written(self, said: Quantity) -> str:
        """Return a quantity in the words of the article."""
        return self.report.text[self.line[said.first].start : self.line[said.after - 1].end]

    def summed(self, whole: Number, parts: Sequence[int]) -> Misreckoned:
        """Return the sum of several incidents that is not what they cost one by one."""
        listed = " + ".join(map(str, parts))
        return self.found_at(_Number(*whole), "sum", parts=listed, sum=sum(parts), told=whole.value)

    def sums(self, before: Sequence[_Number] = ()) -> Iterator[Misreckoned]:
        """Yield "23 in all" where no two or more numbers of the sentence make 23, and some number could be a part of it.

        Where the sentence has no other number, and says of what it sums up that it was told before ("the two attacks
        together"), the numbers `before` it are the parts.
        """
        for whole in self.wholes():
            parts = sorted(n for n in [*self.numbers, *self.least] if n is not whole and n.value > 1)
            if not parts and (self._of_those_before() or self._points(whole)):
                parts = list(before)
                if not _AWAY * sum(n.value for n in parts) <= whole.value <= sum(n.value for n in parts) / _AWAY:
                    continue
            if not 1 < len(parts) <= _MOST_PARTS or max(n.value for n in parts) >= whole.value:
                continue
            made = [c for k in range(2, len(parts) + 1) for c in combinations(parts, k)]
            if not any(sum(n.value for n in some) == whole.value for some in made):
                listed = " + ".join(str(n.value) for n in parts)
                yield self.found_at(whole, "sum", parts=listed, sum=sum(n.value for n in parts), told=whole.value)

    def wholes(self) -> list[_Number]:
        """Return the numbers that words call a sum: "23 in all"."""
        out: list[_Number] = []
        for at in range(len(self.forms)):
            behind, ahead = _match(self.words["in_all"], self.forms, at), _match(self.words["total_of"], self.forms, at)
            whole = None
            if ahead is not None:
                # "in all, 23 died" opens a sentence; within it the sum stands right behind: "in tutto 23"
                whole = next((n for n in self.numbers if ahead <= n.first <= ahead + (at == 0)), None)
            if whole is None and behind is not None:
                whole = next((n for n in reversed(self.numbers) if n.after <= at <= n.after + _NEAR), None)
            if whole is None:
                whole = next((n for n in self.numbers if n.after == at and self._points(n)), None)
            many = [n for n in self.numbers if n.value > 1]  # "one stretch of the front" is nobody
            if whole is None and len(many) == 1 and self._of_those_before():
                whole = many[0]
            if whole is not None and whole not in out:
                out.append(whole)
        return out

    def _points(self, number: _Number) -> bool:
        """Tell whether a number sums up the dead told before it: "the families of | those 15 dead"."""
        led = number.first > 0 and (self.forms[number.first - 1],) in self.words["pointing"]
        return led and number.after < len(self.forms) and (self.forms[number.after],) in self.words["dead"]

    def _of_those_before(self) -> bool:
        return any(_match(self.words["those"], self.forms, at) for at in range(len(self.forms)))

    def rounded(self) -> Iterator[tuple[int, int]]:
        """Yield where a round number sums up those behind it: "some fifty died: 17 in Sabt, 16 in Marj, 14 in Tell"."""
        for said in self.about:
            parts = [n for n in self.numbers if n.first >= said.after]
            made = sum(n.value for n in parts)
            if len(parts) > 1 and abs(made - (said.value or 0)) <= _LOOSE / 2 * made:
                yield self.line[said.first].start, self.line[said.after - 1].end

    def lists(self) -> Iterator[Misreckoned]:
        """Yield "seven people: four medics and five patients", where what a colon lists is more than the one number before it.

        Of bare numbers ("21 people: 13 and four"), each the toll of a place, the sum must be the number itself.
        """
        colon = next((k for k, form in enumerate(self.forms) if form in _LISTS and self._apart(k)), None)
        ahead = [] if colon is None else [n for n in self.numbers if n.after <= colon]
        parts = [] if colon is None else sorted(n for n in [*self.numbers, *self.single] if n.first > colon)
        if colon is None or len(ahead) != 1 or not 1 < len(parts) <= _MOST_PARTS:
            return
        if not self.differing.isdisjoint(self.forms[max(0, ahead[0].first - _NEAR) : ahead[0].first]):
            return  # "a difference of 48: 112 with the one, 64 with the other"
        whole, made = ahead[0].value, sum(n.value for n in parts)
        gaps = [self.forms[a.after : b.first] for a, b in pairwise(parts)]
        lists = all(
            len(gap) <= _LIST_GAP and gap and (gap[-1] in ",،" or (gap[-1],) in self.words["and"]) for gap in gaps
        )
        if not lists or any((form,) in self.words["of_them"] for gap in [*gaps, self._tail(parts[-1])] for form in gap):
            return
        bare = all(len(gap) == 1 for gap in gaps) and parts[-1].after >= len(self.forms) - 1
        if _AWAY * made <= whole <= made / _AWAY and (made > whole or (bare and made != whole)):
            listed = " + ".join(str(n.value) for n in parts)
            yield self.found_at(ahead[0], "sum", parts=listed, sum=made, told=whole)

    def parts(self) -> Iterator[Misreckoned]:
        """Yield "of the 15, nine were children and seven teachers": parts of one whole that share nobody and are more than it."""
        for k, whole in enumerate(self.numbers):
            parts = self.numbers[k + 1 : k + 1 + _MOST_PARTS]
            if not parts or not self._of_whole(whole, parts[0]):
                continue
            ends = [*(n.first for n in parts[1:]), len(self.forms)]
            gaps = [self.forms[n.after : min(end, n.after + _LIST_GAP + 1)] for n, end in zip(parts, ends, strict=True)]
            some = 1
            while some < len(parts) and self._goes_on(self.forms[parts[some - 1].after : parts[some].first]):
                some += 1
            people = [frozenset(self._people(gap)) for gap in gaps[:some]]
            made = sum(n.value for n in parts[:some])
            if some > 1 and made > whole.value and self._share_nobody(people):
                listed = " + ".join(str(n.value) for n in parts[:some])
                yield self.found_at(whole, "parts", parts=listed, sum=made, whole=whole.value)

    def _apart(self, at: int) -> bool:
        """Tell whether a mark stands for itself: a colon, or a dash with blanks about it."""
        if self.forms[at] == ":":
            return True
        before, behind = self.line[at - 1 : at], self.line[at + 1 : at + 2]
        return bool(before and behind) and before[0].end < self.line[at].start and self.line[at].end < behind[0].start

    def _of_whole(self, whole: _Number, part: _Number) -> bool:
        """Tell whether words say that what follows are some of a number: "of the 15 …, nine", "15, including nine"."""
        ahead, between = self.forms[max(0, whole.first - 2) : whole.first], self.forms[whole.after : part.first]
        opens = set(ahead) & _PARTITIVE and "," in between
        return bool(opens) or any(_match(self.words["among"], between, at) for at in range(len(between)))

    def _goes_on(self, gap: Sequence[str]) -> bool:
        joined = bool(gap) and (gap[-1] in ",،" or (gap[-1],) in self.words["and"])
        return joined and len(gap) <= _LIST_GAP

    def _people(self, gap: Sequence[str]) -> Iterator[str]:
        """Yield the words that say whom a part counts: those up to the next mark or "and"."""
        for form in gap:
            if form in _CLOSES or (form,) in self.words["and"]:
                return
            yield form

    def _share_nobody(self, people: Sequence[frozenset[str]]) -> bool:
        """Tell whether nobody can be of two of these: children and teachers are not, women and teachers may be one."""
        young = [bool(words & self._list("young")) for words in people]
        loose = [bool(words & self._list("anybody")) or not words for words in people]
        sexes = [bool(words & self._list("sexes")) for words in people]
        if any(loose) or sum(young) > 1 or len(set(people)) < len(people):
            return False
        return all(sexes[k] or young[k] for k in range(len(people))) or not any(sexes)

    def _list(self, name: str) -> frozenset[str]:
        return frozenset(form for phrase in self.words.get(name, ()) for form in phrase)

    def _tail(self, part: _Number) -> list[str]:
        return self.forms[part.after : part.after + _NEAR]

    def shares(self, before: Sequence[_Number]) -> Iterator[Misreckoned]:
        """Yield "a quarter of them, twelve, …" where twelve is no quarter of the whole that is told ahead of it."""
        for said, share in self.fractions:
            told = next((n for n in self.numbers if self._set_off(said, n) or self._again(n, said)), None)
            whole = None if told is None else self._whole(said, told, before)
            if told is None and (pair := self._some_of(said)) is not None:
                told, whole = pair[0], pair[1].value
            if told is None or whole is None:
                continue
            meant, hedged = share * whole, said.bound is not Bound.FRACTION or self._hedged(said.first)
            room = max(1.0, meant * (_LOOSE if hedged or said.fraction is not None else 0.02))
            if not hedged and meant == int(meant) and whole <= _HUNDREDTHS:
                room = 0.5  # of so few somebody counted: two thirds of 15 are ten
            few = said.fraction is None and not hedged and whole <= _HUNDREDTHS
            off = abs(told.value / whole - share) > _PERCENT if few else abs(told.value - meant) > room
            if off:
                yield self.found_at(
                    told, "share", share=self.as_written(said), whole=whole, meant=round(meant), told=told.value
                )

    def _some_of(self, share: Quantity) -> tuple[_Number, _Number] | None:
        """Return the numbers that a share between two commas says again: "two of the four who died, a third of them, were"."""
        if self.forms[share.first - 1] not in ",،" or share.first == 0:
            return None
        for few, many in pairwise(self.numbers):
            between = self.forms[few.after : many.first]
            apart = self.forms[many.after : share.first - 1]
            near = len(between) <= _NEAR and not _PARTITIVE.isdisjoint(between) and many.after < share.first
            if near and len(apart) <= _SET_OFF and not _CLOSES & set(apart):
                return few, many
        return None

    def _set_off(self, share: Quantity, number: _Number) -> bool:
        """Tell whether a number stands in apposition to a share: "a third of them, 12, were …", "a third (12)"."""
        gap = number.first - share.after
        if not 0 < gap <= _SET_OFF or self.forms[number.first - 1] not in _OPENS | {
            phrase[0] for phrase in self.words["or"] if len(phrase) == 1
        }:
            return False
        summed = _match(self.words["in_all"], self.forms, number.after) is not None
        return number.after >= len(self.forms) or self.forms[number.after] in _CLOSES or summed

    def _again(self, number: _Number, share: Quantity) -> bool:
        """Tell whether a share says a number again right behind it: "two, or 40 percent, were children"."""
        between = self.forms[number.after : share.first]
        named = next(
            (k for k, form in enumerate(between) if form in _OPENS or (form,) in self.words["or"]), len(between)
        )
        between = between[named:] if named <= _NOUN else between  # "three rescuers, or 60 percent of the dead"
        said_again = any((form,) in self.words["or"] for form in between) or "(" in between
        return said_again and all(form in _OPENS or (form,) in self.words["or"] for form in between)

    def _whole(self, share: Quantity, told: _Number, before: Sequence[_Number]) -> int | None:
        between = [n for n in self.numbers if share.after <= n.first < told.first]
        ahead = [n for n in self.numbers if n.after <= share.first and n is not told]
        for known in (between, ahead, before):
            if known:
                return known[0].value if len(known) == 1 else None
        return None

    def multiples(self, before: Sequence[_Number]) -> Iterator[Misreckoned]:
        """Yield "twice as many as the 31" where no number told ahead of it is."""
        for at in range(len(self.forms)):
            for phrase, times in self.words["times"]:
                after = at + len(phrase)
                if tuple(self.forms[at:after]) != phrase:
                    continue
                base = next((n for n in self.numbers if after <= n.first <= after + _BASE), None)
                tops = [n for n in self.numbers if n.after <= at] or list(before)
                hedge = _LOOSE if self._hedged(at) else _ROUNDED
                if base and tops and all(abs(n.value - times * base.value) > hedge * times * base.value for n in tops):
                    yield self.found_at(base, "times", times=str(times), base=base.value, told=tops[-1].value)
        for more, ahead in ((n, m) for m, n in pairwise(self.numbers)):
            yield from self._more_than(more, [ahead])
        if self.numbers and before:
            yield from self._more_than(self.numbers[0], list(before))

    def _more_than(self, more: _Number, tops: Sequence[_Number]) -> Iterator[Misreckoned]:
        """Yield "ten more than the 31" where the number ahead is not 41."""
        after = _match(self.words["more_than"], self.forms, more.after)
        base = None if after is None else next((n for n in self.numbers if after <= n.first <= after + 2), None)
        if base is not None and all(n.value != base.value + more.value for n in tops):
            yield self.found_at(base, "more", more=more.value, base=base.value, told=tops[-1].value)

    def _hedged(self, at: int) -> bool:
        return any((form,) in self.words["nearly"] for form in self.forms[max(0, at - 2) : at])

    def weekdays(self) -> Iterator[Misreckoned]:
        """Yield dates beside which another day of the week stands: "Thursday, 17 February 2025", which was a Monday."""
        for date in self.dates:
            if date.conflicts and date.when.precision == 1:
                start, end = self.line[date.first].start, self.line[date.after - 1].end
                yield Misreckoned(start, end, self.report.text[start:end], "weekday", {"day": str(date.when.start)})


def _match(phrases: Sequence[tuple[str, ...]], forms: Sequence[str], at: int) -> int | None:
    """Return the token after the longest phrase that stands at `at`."""
    return max((at + len(p) for p in phrases if tuple(forms[at : at + len(p)]) == p), default=None)


@cache
def _words(lang: str | None) -> dict[str, Any] | None:
    if lang not in languages():
        return None
    files = resources.files("marsad.resources")
    data = tomllib.loads((files / "reckoning.toml").read_text("utf-8")).get(lang)
    if data is None:
        return None
    spelled: Callable[[str], tuple[str, ...]] = lambda phrase: tuple(t.form for t in tokens(phrase))  # noqa: E731
    out: dict[str, Any] = {n: [spelled(p) for p in v] for n, v in data.items() if isinstance(v, list)}
    checking = tomllib.loads((files / "checking.toml").read_text("utf-8")).get(lang, {})
    out["events"] = {t.form for word in (*checking.get("attack", ()), *checking.get("day", ())) for t in tokens(word)}
    return out | {"times": [(spelled(phrase), times) for phrase, times in data["times"].items()]}
