"""A report opened for its context: its sentences, and what was named last before any word of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from marsad.extract.atlas import Atlas
from marsad.extract.cast import Speaker
from marsad.extract.names import located, states_in
from marsad.extract.persons import persons
from marsad.extract.places import place_from, placed_in
from marsad.extract.places_together import is_wide
from marsad.model import ContextKind, Place, Text
from marsad.text.context_words import Trigger
from marsad.text.dates import Mention as DateMention
from marsad.text.dates import dates_in
from marsad.text.lexicon import Lexicon
from marsad.text.phrases import Line
from marsad.text.sentences import Sentence

T = TypeVar("T")

Placed = tuple[Place, bool, int, int]
"""A place, whether a strong preposition led to it, and the tokens that lead to it and name it."""

_BACK = 12
"""Sentences that "it" or "the city" reaches back at most."""
_TRIGGERS = 16
"""Triggers of one sentence that are read: no sentence that anybody writes has more, and a hostile one costs no more."""
_FAR = 60
"""Sentences that a noun which only one party fits reaches back ("the jihadists")."""


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens first..after of a sentence name a party; `state` where it is a government or a coalition of them."""

    name: str
    first: int
    after: int
    state: bool = False
    jihadist: bool = False


def _ends(form: str, endings: Mapping[str, object]) -> bool:
    return "-" in form and form[form.rfind("-") :] in endings


@dataclass
class Page:
    """What is read of one report. What a sentence names is found when it is first asked for, and kept."""

    words: Lexicon
    atlas: Atlas
    report: Text
    sentences: Sequence[Sentence]
    lines: Sequence[Line]
    voices: Sequence[Sequence[Speaker]]
    _hits: dict[int, list[tuple[Trigger, int, int]]] = field(default_factory=dict)
    _dates: dict[int, list[DateMention]] = field(default_factory=dict)
    _led_to: dict[int, list[Placed]] = field(default_factory=dict)
    _placed: dict[int, list[Placed]] = field(default_factory=dict)
    _parties: dict[int, list[Named]] = field(default_factory=dict)
    _people: dict[str, str] | None = None

    def hits(self, k: int) -> list[tuple[Trigger, int, int]]:
        """Return the triggers of sentence `k` with their first tokens and the tokens after them, in order; not more than 16."""
        if k not in self._hits:
            self._hits[k] = self.words.beside.hits(self.lines[k])[:_TRIGGERS]
        return self._hits[k]

    def dates(self, k: int) -> list[DateMention]:
        """Return the times that sentence `k` names."""
        if k not in self._dates:
            self._dates[k] = dates_in(self.words, self.lines[k], self.report.text, self.report.published)
        return self._dates[k]

    def placed(self, k: int) -> list[Placed]:
        """Return the places that sentence `k` names, in order, also where no preposition leads to one named before."""
        if k not in self._placed:
            parties = {at for n in self.parties(k) for at in range(n.first, n.after)}
            found = (hit for hit in (*self._led(k), *self._again(k)) if hit[3] - 1 not in parties)
            self._placed[k] = sorted(filter(partial(self._stands, k), found), key=lambda hit: hit[2])
        return self._placed[k]

    def _stands(self, k: int, hit: Placed) -> bool:
        """Tell whether a place is no part of a longer name: the White House is not in White."""
        line, (_, strong, _, after) = self.lines[k], hit
        dates = self.words.data["dates"]
        longer = after < len(line) and line[after].capital and line[after].form not in dates["weekdays"]
        return strong or not longer or self.atlas.shouting or line[after - 1].text != line[after - 1].bare

    def _led(self, k: int) -> list[Placed]:
        if k not in self._led_to:
            self._led_to[k] = placed_in(self.words, self.atlas, self.lines[k], self.report.text)
        return self._led_to[k]

    def _again(self, k: int) -> Iterator[Placed]:
        """Yield the settlements in sentence `k` that no preposition of place leads to.

        Those named before, by one word, as subject or object, those behind "to", "entered" or "rebel-held", and those taken.
        """
        known = {
            place.words: place
            for j in range(max(0, k - _BACK), k + 1)
            for place, *_ in self._led(j)
            if place.found and not is_wide(place) and " " not in place.words
        }
        taken = {at for _, _, first, after in self._led(k) for at in range(first, after)}
        line, leads, endings = self.lines[k], self.words.beside.forms("leads"), self.words.beside.endings
        for at, token in enumerate(line):
            if at in taken or token.kind != "word":
                continue
            if token.text in known:
                yield known[token.text], False, at, at + 1
            elif at and token.capital and (line[at - 1].form in leads or _ends(line[at - 1].form, endings)):
                if line[at - 1].form in leads and (token.form in self._persons(k) or self._cued(line, at)):
                    continue
                hit = place_from(self.words, self.atlas, line, self.report.text, at)
                if hit is not None and not is_wide(hit[0]):
                    yield hit[0], False, at, hit[1]
        for trigger, _, after in self.hits(k):
            if trigger.kind is ContextKind.CONTROL and not trigger.then and after < len(line) and after not in taken:
                hit = place_from(self.words, self.atlas, line, self.report.text, after) if line[after].capital else None
                if hit is not None and not is_wide(hit[0]) and line[after].text not in known:
                    yield hit[0], False, after, hit[1]

    def _persons(self, k: int) -> frozenset[str]:
        """Return the words that persons of sentence `k` are called by, and surnames told before."""
        line = self.lines[k]
        here = {t.form for first, after in persons(self.words, line, 0, len(line)) for t in line[first:after]}
        return frozenset(here | {t.form for t in line if t.capital and self.full_name(t.bare)})

    def _cued(self, line: Line, at: int) -> bool:
        """Tell whether "to" belongs to a cue of saying: "according to Aleppo's mayor" leads nowhere."""
        cues = self.words.section("attribution.cue").find(line, max(0, at - 4), at)
        return any(after == at for _, _, after in cues)

    def parties(self, k: int) -> list[Named]:
        """Return the parties that sentence `k` names, in order, the longer name where two overlap."""
        if k not in self._parties:
            every = sorted(self._named(k), key=lambda n: (n.first, -n.after))
            out: list[Named] = []
            for named in every:
                if not out or named.first >= out[-1].after:
                    out.append(named)
            self._parties[k] = out
        return self._parties[k]

    def _named(self, k: int) -> Iterator[Named]:
        line, words, beside, atlas = self.lines[k], self.words, self.words.beside, self.atlas
        for party, first, after in beside.parties.find(line):
            shouted = atlas.shouting and after - first == 1 and line[first].text.isupper()
            seated = party.state and first > 0 and line[first - 1].form in words.forms("places.strong")  # "in Moscow"
            if not shouted and not seated:
                yield Named(party.name, first, after, party.state, party.jihadist)
        for actor, first, after in words.actors.find(line):
            if actor.origin.party and actor.public and not located(words, line, first):
                name = actor.origin.party
                state = name.startswith("Government") or name.endswith("coalition")
                yield Named(name, first, after, state, name in beside.jihadists)
        states = states_in(words, atlas, line, 0, len(line))
        for code, first, after in states:
            yield Named(atlas.government(code), first, after, state=True)
        generic = (*words.section("perpetrators.generic_state").find(line), *beside.phrases("state").find(line))
        whose = {first for _, first, _ in states}  # "l'aviazione israeliana" is not the own one
        generic = tuple(hit for hit in generic if whose.isdisjoint(range(hit[1], hit[2])))
        own = self._own_government(k) if generic else None
        for _, first, after in generic:
            if own and not (first and line[first - 1].form.endswith(tuple(beside.forms("contrary")))):
                yield Named(own, first, after, state=True)

    def _own_government(self, k: int) -> str | None:
        """Return whose "the army" is: the government of where sentence `k` is set, else of the country most spoken of."""
        here = next((p.country for p, *_ in self._led(k) if p.country and not is_wide(p)), None)
        country = here or (self.atlas.countries[0] if self.atlas.countries else None)
        return self.atlas.government(country) if country else None

    def before(self, k: int, at: int, *, armed: bool = True, jihadist: bool = False) -> str | None:
        """Return the party named last before token `at` of sentence `k`; with `armed`, no government and no coalition.

        With `jihadist` it is one that goes by that word, and may have been named long before.
        """

        def last(j: int, end: int) -> str | None:
            named = [n for n in self.parties(j) if n.after <= end and not (armed and n.state)]
            named = [n for n in named if n.jihadist] if jihadist else named
            return named[-1].name if named else None

        return self._back(k, at, last, _FAR if jihadist else _BACK)

    def settlement(self, k: int, at: int) -> Place | None:
        """Return the settlement that "the city" at token `at` of sentence `k` means.

        Of those that the nearest sentence names, the one that the report has named most often, the last one among equals.
        """

        def last(j: int, end: int) -> Place | None:
            found = [p for p, _, _, after in self.placed(j) if after <= end and p.found and not is_wide(p)]
            if len({p.place_id for p in found}) < 2:
                return found[-1] if found else None
            often = self._often(k)
            return max(enumerate(found), key=lambda hit: (often[hit[1].place_id], hit[0]))[1]

        return self._back(k, at, last)

    def _often(self, k: int) -> Counter[str | None]:
        """Return how often the headline and the sentences up to `k` that "the city" reaches back to name each place."""
        near = (0, *range(max(1, k - _BACK), k + 1))
        return Counter(place.place_id for j in near for place, *_ in self.placed(j))

    def country(self, k: int, at: int) -> Place | None:
        """Return the country that the report was in last before token `at` of sentence `k`: what "the country" means."""

        def last(j: int, end: int) -> Place | None:
            found = [p for p, strong, _, after in self.placed(j) if after <= end and strong and p.country]
            return found[-1] if found else None

        near = self._back(k, at, last, 2)
        code = near.country if near else self.atlas.countries[0] if self.atlas.countries else None
        return self.atlas.country(code) if code else None

    def _back(self, k: int, at: int, last: Callable[[int, int], T | None], reach: int = _BACK) -> T | None:
        for j in range(k, max(-1, k - reach - 1), -1):
            found = last(j, at if j == k else len(self.lines[j]))
            if found is not None:
                return found
        return None

    def state(self, name: str) -> str | None:
        """Return the government of the country that a name of several words is ("the United States"), None if it is none."""
        if not self.atlas.names_country(name):
            return None
        code = self.atlas.place(name).country
        return self.atlas.government(code) if code else None

    def full_name(self, surname: str) -> str | None:
        """Return the whole name of a person by the surname alone, as the report gave it first; None if it never did."""
        if self._people is None:
            self._people = {}
            for line in self.lines:
                for first, after in persons(self.words, line, 0, len(line)):
                    name = " ".join(t.text for t in line[first : after - 1]) + " " + line[after - 1].bare
                    last = line[after - 1].bare
                    for short in (last, last.rpartition("-")[2]):
                        self._people.setdefault(short, name)
        return self._people.get(surname)

    def slice(self, k: int, first: int, after: int) -> str:
        """Return the words of tokens first..after of sentence `k`, as the report writes them, spaces made single."""
        line = self.lines[k]
        return " ".join(self.report.text[line[first].start : line[after - 1].end].split()) if first < after else ""
