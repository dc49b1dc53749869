"""Names that a report says beside a count, of which no list knows anything: a village, a hospital, a victim.

Two reports that share a rare one within days tell of one incident, whatever else they leave open (decision 46).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from tomllib import loads

from marsad.extract.atlas import Atlas
from marsad.model import Text
from marsad.text.lexicon import Lexicon, lexicon
from marsad.text.organs import names_a_kind
from marsad.text.phrases import Line
from marsad.text.sound import sound
from marsad.text.tokens import Token, form_of, tokens
from marsad.text.writing import writing

_MOST = 16
"""Names beside one count that are kept, the first ones: a list of forty victims tells no more."""

_FAR = 2
"""Sentences without a count before and behind one, whose names are still beside it."""

_SHORTEST = 4
"""Letters of the shortest name that tells anything."""

_LONGEST_NAME = 40
"""Letters of the longest word that is taken for a name."""

_LONGEST = 40_000
"""Characters of a report up to which names are looked for: a longer one is a digest of many."""

_REMEMBERED = 65_536
"""Words of which is kept whether they may be names."""

_CAPITALS = 0.6
"""Share of capitalised words from which capitals tell nothing about names: a title."""


class Beside:
    """The names of one report; `counting` tells where in each sentence that counts people its counts begin, in order."""

    def __init__(
        self, words: Lexicon, atlas: Atlas, report: Text, lines: Sequence[Line], counting: Mapping[int, Sequence[int]]
    ) -> None:
        self._words, self._atlas, self._lines, self._counting = words, atlas, lines, counting
        self._text, self._outlet = report.text[:_LONGEST], _forms(report.outlet or "")
        self._of: dict[int, list[tuple[str, int]]] = {}
        self._sites = _sites(words.lang)
        self._about: dict[int, list[str]] = {}
        self._shared: dict[int, Mapping[int, list[str]]] = {}

    def names(self, index: int, start: int) -> tuple[str, ...]:
        """Return the names beside the count that begins at character `start` of the text, in sentence `index`.

        Of its own sentence those that are nearer to it than to another count ("22 in Djangi, seven in Lodza"); all of the
        sentences about it that count nobody.
        """
        if start > _LONGEST:
            return ()
        found = [*self._nearest(index).get(start, ()), *self._around(index)]
        return tuple(dict.fromkeys(found))[:_MOST] if found else ()

    def _around(self, index: int) -> list[str]:
        """Return the names of the sentences about a sentence that count nobody."""
        if index not in self._about:
            counting, last = self._counting, len(self._lines)
            out: list[str] = []
            for step in (-1, 1):
                k = index + step
                while 0 <= k < last and abs(k - index) <= _FAR and not counting.get(k):
                    out += [name for name, _ in self._said(k)]
                    k += step
            self._about[index] = out
        return self._about[index]

    def _nearest(self, index: int) -> Mapping[int, list[str]]:
        """Return the names of a sentence by the count to which each is nearest, the earlier one of two as near."""
        if index not in self._shared:
            starts, out = self._counting.get(index, ()), dict[int, list[str]]()
            for name, at in self._said(index):
                k = bisect_left(starts, at)
                near = min(starts[max(0, k - 1) : k + 1], key=lambda start: abs(start - at))
                out.setdefault(near, []).append(name)
            self._shared[index] = out
        return self._shared[index]

    def _said(self, k: int) -> list[tuple[str, int]]:
        if k not in self._of:
            line = self._lines[k]
            hits = self._sited(line) if self._sites else self._capitalised(line)
            self._of[k] = [(name, line[at].start) for at in hits for name in self._names(line, at)]
        return self._of[k]

    def _names(self, line: Line, at: int) -> Iterator[str]:
        """Yield the name that a word is, and what it is with the word of the same name beside it: Buq Aralle is Buqaralle."""
        word = line[at].bare
        short = self._sites and len(word) < _SHORTEST
        name = "" if short else self._name(word)
        if name:
            yield name
        elif not short:
            return
        whole = ""
        if self._sites:
            whole = word + line[at + 1].bare if at + 1 < len(line) and line[at + 1].name else ""
        elif at and line[at - 1].capital and line[at - 1].name and self._begins_name(line[at - 1]):
            whole = line[at - 1].bare + word
        if _SHORTEST < len(whole) <= _LONGEST_NAME and (joined := _spoken(whole)):
            yield joined

    def _capitalised(self, line: Line) -> list[int]:
        """Return the words with a capital that are never written small; the first word only where it stands elsewhere, too."""
        capitals = [at for at, token in enumerate(line) if token.capital]
        if line.shouts or len(capitals) > _CAPITALS * len(line):
            return []
        text, out = self._text, list[int]()
        for at in capitals:
            token = line[at]
            if at in line.marked or not self._may_be(token):
                continue
            bare = token.bare
            if bare.lower() not in text and (at or f" {bare}" in text):
                out.append(at)
        return out

    def _begins_name(self, token: Token) -> bool:
        """Tell whether a word with a capital may begin a name: never written small, and no "In" of a start."""
        return token.form not in self._words.forms("places.before") and f" {token.bare.lower()} " not in self._text

    def _sited(self, line: Line) -> list[int]:
        """Return, in a script without capitals, the words behind "hospital", "market", "village"."""
        return [
            at
            for at in range(1, len(line))
            if line[at - 1].form.removeprefix("ال") in self._sites
            and line[at].name
            and at not in line.marked
            and (self._may_be(line[at]) or len(line[at].bare) == _SHORTEST - 1)  # بوق عرالي
        ]

    def _may_be(self, token: Token) -> bool:
        if len(token.text) > _LONGEST_NAME or token.form in self._outlet:
            return False
        return _may_name(self._words.lang, token.text, token.form)

    def _name(self, word: str) -> str:
        """Return a name as it sounds and as it is spelled, "" for a large place that the gazetteer has: many reports name it."""
        known = _spoken(word)
        return "" if not known or self._atlas.country_named(word) or self._atlas.is_large(word) else known


@lru_cache(maxsize=_REMEMBERED)
def _spoken(word: str) -> str:
    """Return a word as it sounds and as it is spelled, "" if so much is called by it that it says nothing."""
    key = sound(word)
    return f"{key}:{form_of(word)}" if key and key not in _common() else ""


@lru_cache(maxsize=_REMEMBERED)
def _may_name(lang: str, text: str, form: str) -> bool:
    """Return whether a word may name something: no abbreviation, no month, number or country, nothing that is often said."""
    words = lexicon(lang)
    dates = words.data["dates"]
    if text.isupper() or len(writing().bare(text)) < _SHORTEST or form in _nations() or names_a_kind(text):
        return False
    if form in dates["months"] or form in dates["weekdays"] or words.numbers.opens(form):
        return False
    return not any(
        form in words.forms(name) for name in ("places.not_places", "attribution.not_names", "places.generic")
    )


@lru_cache(maxsize=1024)
def _forms(outlet: str) -> frozenset[str]:
    return frozenset(token.form for token in tokens(outlet))


@cache
def _nations() -> frozenset[str]:
    """Return the words of which countries are called: "Republic" names no village."""
    data = loads((resources.files("marsad.resources") / "formats" / "countries.toml").read_text("utf-8"))
    named = (part for row in data.values() if isinstance(row, dict) for entry in row.values() for part in entry)
    return frozenset(t.form for name in named if isinstance(name, str) for t in tokens(name) if t.kind == "word")


@cache
def _naming() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return loads((resources.files("marsad.resources") / "naming.toml").read_text("utf-8"))


@cache
def _common() -> frozenset[str]:
    """Return the sounds of words that so much is called by that to share one says nothing."""
    common = _naming()["common"]
    return frozenset(sound(word) for word in (*common["places"], *common["given"]))


@cache
def _sites(lang: str) -> frozenset[str]:
    """Return the words of a language without capitals behind which the name of a place stands."""
    return frozenset(form_of(word) for word in _naming().get(lang, {}).get("sites", ()))
