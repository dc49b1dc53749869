"""All figures of MUC-3 and MUC-4: by part of the corpus and over all parts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marsad.evaluate.figures import Figure, f1, precision, recall, share
from marsad.evaluate.muc_key import KeyFact, Template
from marsad.evaluate.muc_match import CountryOf, Document, Fact, Outcome, country_right, day_right, place_right
from marsad.evaluate.reading import Scores
from marsad.evaluate.resample import intervals
from marsad.evaluate.tally import Tally
from marsad.model import Place, When

SETS = ("matched", "blind", "all")
KINDS = ("killed", "injured", "one", "several", "named")
SLOTS = ("day", "days", "place", "wider_place", "country")
_ROWS = [*SETS, *(f"{name}.{kind}" for name in SETS for kind in KINDS)]

FIGURES: Mapping[str, Figure] = {
    **{
        f"{row}.{name}": make(row)
        for row in _ROWS
        for name, make in (("precision", precision), ("recall", recall), ("f1", f1))
    },
    **{f"{slot}.right": share(slot, "right", "right", "wrong", "not_given") for slot in SLOTS},
    "templates.found": share("templates", "found", "found", "not_found"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The texts of one part of the corpus (dev, tst1), as read."""

    name: str
    documents: Sequence[Document]


def judge_muc(parts: Sequence[Part], country_of: CountryOf) -> dict[str, Scores]:
    """Return the scores over all parts (`"all"`) and of each."""
    tallies = {part.name: [tally_of(document, country_of) for document in part.documents] for part in parts}
    pooled = [tally for each in tallies.values() for tally in each]
    return {name: _score(each) for name, each in {"all": pooled, **(tallies if len(tallies) > 1 else {})}.items()}


def _score(tallies: Sequence[Tally]) -> Scores:
    total: Tally = Counter()
    for tally in tallies:
        total.update(tally)
    return Scores(total, {name: figure(total) for name, figure in FIGURES.items()}, intervals(tallies, FIGURES))


def tally_of(document: Document, country_of: CountryOf) -> Tally:
    """Return what a text adds to every figure."""
    tally: Tally = Counter()
    tally["texts", "all"] += 1
    tally["templates", "found"] += len(document.matched)
    tally["templates", "not_found"] += len(document.not_found)
    _add(tally, "all", document.all_facts)
    for matched in document.blind:
        _add(tally, "blind", matched.outcome)
    for matched in document.matched:
        _add(tally, "matched", matched.outcome)
        for _, fact in matched.outcome.right:
            _add_when(tally, fact.claim.occurred, matched.template)
            _add_where(tally, fact.claim.place, matched.template, country_of)
    return tally


def _add_when(tally: Tally, when: When | None, template: Template) -> None:
    """The days of a right fact: where the key names a single day, and where it names any."""
    single = any(first == last for first, last in template.days)
    _add_slot(tally, "day", single, day_right(when, template, single=True) if when else None)
    _add_slot(tally, "days", bool(template.days), day_right(when, template) if when else None)


def _add_where(tally: Tally, place: Place | None, template: Template, country_of: CountryOf) -> None:
    """The place of a right fact: the innermost or a wider one where the key names more than a country; the country."""
    inner = any(len(parts) > 1 for parts in template.places)
    for slot, wider in (("place", False), ("wider_place", True)):
        _add_slot(tally, slot, inner, place_right(place, template, wider=wider) if place else None)
    outer = any(country_of(parts[0]) for parts in template.places)
    _add_slot(tally, "country", outer, country_right(place, template, country_of) if place else None)


def _add_slot(tally: Tally, slot: str, asked: bool, right: bool | None) -> None:
    if asked:
        tally[slot, "not_given" if right is None else "right" if right else "wrong"] += 1


def _add(tally: Tally, name: str, outcome: Outcome) -> None:
    for key, fact in outcome.right:
        _add_each(tally, name, "right", _kinds(key, fact))
    for key in outcome.missed:
        _add_each(tally, name, "missed", _kinds(key, None))
    for fact in outcome.spurious:
        _add_each(tally, name, "spurious", _kinds(None, fact))


def _add_each(tally: Tally, name: str, part: str, kinds: Iterator[str]) -> None:
    tally[name, part] += 1
    for kind in kinds:
        tally[f"{name}.{kind}", part] += 1


def _kinds(key: KeyFact | None, fact: Fact | None) -> Iterator[str]:
    measures = {fact.measure} if fact else key.measures if key else frozenset[str]()
    numbers = {fact.number} if fact else key.numbers if key else frozenset[int]()
    yield min(measures, key=("killed", "injured").index)
    yield "one" if min(numbers) == 1 else "several"
    if key is not None and key.named:
        yield "named"
