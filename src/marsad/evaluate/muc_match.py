"""Which claims of a reader tell of the incident of which template, and which facts of the key they get right.

A fact is a measure (killed or injured) and a number of people; a text that says it twice says one fact. Claims of
several incidents, running totals, earlier incidents, and denied, retracted and hypothetical claims are no facts, nor are
words without a number, nor "nobody". A fact of the key is right if a claim has one of its measures and one of its numbers.

Matched templates, after the "matched only" row of the conference's scorer, which leaves out templates that a system
missed and those it made up:

1. Claims of a text are parted into scenes: those with the same day and the same place are one.
2. A scene goes to the template it agrees with most, if with any. It agrees in a fact (2), in a place below the country
   (1), in a single day (1), in a word of a human target (1), and disagrees in the country (-1).
3. A template that got a scene is matched: its facts are right or missed, and what its scenes say beyond them is
   spurious. Facts of other templates and claims of other scenes are left out.

A template that is matched by a right number is found because it was read right, which flatters. So the same is done a
second time blind: a scene agrees in place, day and people alone, whatever its numbers.

Only templates with a death or an injury take part. An optional fact is right where it is read and not missed where it is
not. Neither right nor spurious are the sum of a template's facts, a part of a stated whole that the key does not list, and
less than a number that the key has for killed and injured together.

All facts, the pessimistic score, pools the facts of all templates of a text and takes every claim: the keys leave out
armed clashes, crime and old incidents by guideline, so what is spurious here is often right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.evaluate.guesses import as_said
from marsad.evaluate.muc_key import KeyFact, Template
from marsad.model import Bound, Claim, Modality, Place, Scope, When
from marsad.text.normal import fold

_MEASURES = {"killed": "killed", "bodies_seen": "killed", "injured": "injured"}
_SAID = (Modality.ASSERTED, Modality.REPORTED)
_NO_NUMBER = (Bound.VAGUE, Bound.UNKNOWN, Bound.NONE, Bound.FRACTION)
_SMALL = 3
"""Letters up to which a word of a target tells nothing."""

CountryOf = Callable[[str], str | None]
"""Returns the code of a country by its name, None if there is none of that name."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim of the reader as a fact: so many people killed or injured. `claim` is where it stands."""

    measure: str
    number: int
    claim: Claim

    @property
    def key(self) -> tuple[str, int]:
        """What makes two claims one fact."""
        return self.measure, self.number


def fact_of(claim: Claim) -> Fact | None:
    """Return the fact that a claim states, None if it states none."""
    measure = _MEASURES.get(claim.measure.value)
    if measure is None or claim.scope is not Scope.INCIDENT or claim.modality not in _SAID:
        return None
    if claim.bound in _NO_NUMBER:
        return None
    low, high = as_said(claim.bound.value, claim.derived, claim.value, claim.low, claim.high)
    number = high if low is None else low
    return Fact(measure, number, claim) if number else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of facts of the key and of the reader: `right` pairs them, `missed` and `spurious` have no partner."""

    right: tuple[tuple[KeyFact, Fact], ...]
    missed: tuple[KeyFact, ...]
    spurious: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A template that scenes of the reader were found to tell of, and what became of the facts of both."""

    template: Template
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, beside its key: templates that were matched, those that were not found, and all facts together.

    `blind` are the templates that were matched without a look at numbers. `beside` are the facts of scenes that no
    template of the key tells of.
    """

    text_id: str
    matched: tuple[Matched, ...]
    blind: tuple[Matched, ...]
    not_found: tuple[Template, ...]
    beside: tuple[Fact, ...]
    all_facts: Outcome


def match(text_id: str, found: Sequence[Template], claims: Iterable[Claim], country_of: CountryOf) -> Document:
    """Return which templates of a text the reader found, and which facts it got right."""
    facts = [fact for fact in map(fact_of, claims) if fact is not None]
    in_play = [template for template in found if template.facts]
    scenes = _scenes(facts)
    told, beside = _assign(scenes, in_play, country_of, numbers=2)
    blindly, _ = _assign(scenes, in_play, country_of, numbers=0)
    not_found = [template for n, template in enumerate(in_play) if n not in told]
    pooled = _outcome(in_play, facts)
    return Document(text_id, _judged(in_play, told), _judged(in_play, blindly), tuple(not_found), tuple(beside), pooled)


def _assign(
    scenes: Iterable[Sequence[Fact]], in_play: Sequence[Template], country_of: CountryOf, *, numbers: int
) -> tuple[Mapping[int, list[Fact]], list[Fact]]:
    """Return the facts told of each template, by its position, and those of no template; `numbers` is a fact's weight."""
    told: dict[int, list[Fact]] = defaultdict(list)
    beside: list[Fact] = []
    for scene in scenes:
        agreement = [_agreement(scene, template, country_of, numbers) for template in in_play]
        most = max(agreement, default=0)
        (told[agreement.index(most)] if most > 0 else beside).extend(scene)
    return told, beside


def _judged(in_play: Sequence[Template], told: Mapping[int, Sequence[Fact]]) -> tuple[Matched, ...]:
    chosen = ((in_play[n], told[n]) for n in sorted(told))
    return tuple(Matched(t, _outcome([t], facts)) for t, facts in chosen)


def _scenes(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Return the facts in lists of one day and one place each."""
    scenes: dict[tuple[object, object], list[Fact]] = {}
    for fact in facts:
        when, place = fact.claim.occurred, fact.claim.place
        day = (when.start, when.end) if when else None
        where = (place.place_id or fold(place.words)) if place else None
        scenes.setdefault((day, where), []).append(fact)
    return list(scenes.values())


def _agreement(scene: Sequence[Fact], template: Template, country_of: CountryOf, numbers: int) -> int:
    """Return in how much a scene and a template agree: above 0 if the scene may tell of that incident."""
    claim = scene[0].claim
    abroad = claim.place is not None and country_right(claim.place, template, country_of) is False
    fact = any(_fits(fact, key) for fact in scene for key in template.facts)
    place = claim.place is not None and place_right(claim.place, template) is True
    day = claim.occurred is not None and day_right(claim.occurred, template, single=True) is True
    return numbers * fact + place + day + _same_people(scene, template) - abroad


def _same_people(scene: Sequence[Fact], template: Template) -> bool:
    targets = {word for key in template.facts for target in key.targets for word in fold(target).split()}
    words = {word for fact in scene for word in fold(fact.claim.text).split()}
    return any(len(word) > _SMALL for word in targets & words)


def _fits(fact: Fact, key: KeyFact) -> bool:
    return fact.measure in key.measures and fact.number in key.numbers


def _outcome(told_of: Sequence[Template], facts: Sequence[Fact]) -> Outcome:
    """Return what became of the facts of these templates and of the reader's."""
    keys = list(_distinct(key for template in told_of for key in template.facts if key.numbers).values())
    said: dict[tuple[str, int], Fact] = {}
    for each in facts:
        said.setdefault(each.key, each)
    right = [
        (key, fact) for key in keys if (fact := next((f for f in said.values() if _fits(f, key)), None)) is not None
    ]
    missed = [key for key in keys if not key.optional and not _read(key, said.values())]
    beyond = [fact for fact in said.values() if not any(_fits(fact, key) for key in keys)]
    return Outcome(tuple(right), tuple(missed), tuple(fact for fact in beyond if not _may_be(fact, told_of)))


def _read(key: KeyFact, said: Iterable[Fact]) -> bool:
    return any(_fits(fact, key) for fact in said)


def _may_be(fact: Fact, told_of: Iterable[Template]) -> bool:
    """Tell whether a fact that the key does not have may be right all the same."""
    if fact.claim.subset_of is not None:
        return True
    return any(fact.key in template.totals or fact.number < template.mixed for template in told_of)


def _distinct(keys: Iterable[KeyFact]) -> Mapping[object, KeyFact]:
    """Return one of the facts that say the same, one that is not optional where there is one."""
    out: dict[object, KeyFact] = {}
    for key in keys:
        same = (key.measures, key.numbers)
        if same not in out or (out[same].optional and not key.optional):
            out[same] = key
    return out


def day_right(when: When, template: Template, *, single: bool = False) -> bool | None:
    """Tell whether a claim's days are those of the key, None where the key has none (or, with `single`, no single day).

    A single day has to be that day. Where the key has an interval, or "on or before" a day, the claim's days have to
    lie within it.
    """
    days = [(first, last) for first, last in template.days if not single or first == last]
    if not days:
        return None
    return any((first is None or first <= when.start) and when.end <= last for first, last in days)


def place_right(place: Place, template: Template, *, wider: bool = False) -> bool | None:
    """Tell whether a claim's place is the innermost place of the key, None where the key names but a country.

    With `wider`, the place may be any that the key names below the country.
    """
    wanted = {fold(name) for parts in template.places for name in (parts[1:] if wider else parts[1:][-1:])}
    if not wanted:
        return None
    return bool(wanted & {fold(place.name), fold(place.words)})


def country_right(place: Place, template: Template, country_of: CountryOf) -> bool | None:
    """Tell whether a claim's place lies in a country of the key, None where either country is not known."""
    wanted = {country_of(parts[0]) for parts in template.places} - {None}
    return place.country in wanted if wanted and place.country is not None else None
