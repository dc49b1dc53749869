"""A number of people that a sentence states, and what the numbers of one sentence tell of one another."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from marsad.extract.chunks import Chunk
from marsad.model import Bound, Measure, Status
from marsad.text.lexicon import People
from marsad.text.numbers import Quantity
from marsad.text.phrases import Line

_LIKEWISE_REACH = 6
"""How many words may stand between the dead and the hurt of one people: "killed six soldiers | and injured | four"."""
_REPLACED = 0.8


class Mention(NamedTuple):
    """One number of people in a sentence: tokens first..after say it, `measure` is what befell them.

    `parent` is the index of the mention of the same sentence that contains these people ("including six children").
    `points_back` is true where the words point at a toll told before ("of the dead"), `older` where they tell the number
    only as what a newer one of the sentence has replaced ("up from 63").
    """

    first: int
    after: int
    quantity: Quantity
    people: People | None
    measure: Measure
    rule: str
    score: float
    parent: int | None
    points_back: bool
    older: bool = False


def in_order(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions in the order of the sentence, parts still pointing at their wholes."""
    order = sorted(range(len(mentions)), key=lambda k: mentions[k].first)
    place = {k: n for n, k in enumerate(order)}
    return [m._replace(parent=None if m.parent is None else place[m.parent]) for m in (mentions[k] for k in order)]


def mixed(mentions: list[Mention]) -> list[Mention]:
    """Return the counts with a toll made mixed whose parts are civilians and fighters: "16 dead: ten civilians, six soldiers"."""
    parts: dict[int, set[Status]] = {}
    for mention in mentions:
        if mention.parent is not None and mention.people is not None:
            parts.setdefault(mention.parent, set()).add(mention.people.status)
    for at, kinds in parts.items():
        people = mentions[at].people or People(Status.UNKNOWN, None)
        if people.status is Status.UNKNOWN and {Status.CIVILIAN, Status.COMBATANT} <= kinds:
            mentions[at] = mentions[at]._replace(people=replace(people, status=Status.MIXED))
    for at, mention in enumerate(mentions):
        whole = mentions[mention.parent].people if mention.parent is not None else None
        if whole is None or whole.status not in (Status.CIVILIAN, Status.COMBATANT):
            continue
        people = mention.people or People(Status.UNKNOWN, None)
        if people.status is Status.UNKNOWN:  # "87 civilian casualties (29 killed and 58 injured)"
            mentions[at] = mention._replace(people=replace(people, status=whole.status))
    return mentions


def likewise(line: Line, mentions: list[Mention]) -> list[Mention]:
    """Return mentions with bare numbers of the hurt of the kind of the dead before them: "killed six soldiers, wounding four"."""
    whole: Mention | None = None
    for at, mention in enumerate(mentions):
        if mention.parent is not None or mention.points_back or mention.older:
            continue
        if (
            whole is not None
            and whole.people is not None
            and mention.people is None
            and mention.quantity.bound
            is not Bound.VAGUE  # "100 civilians were killed and hundreds injured": whoever was there
            and {whole.measure, mention.measure} == {Measure.KILLED, Measure.INJURED}
            and whole.people.status in (Status.COMBATANT, Status.CIVILIAN)
            and mention.first - whole.after <= _LIKEWISE_REACH
            and not any(token.form in ".;:" for token in line[whole.after : mention.first])
        ):
            mentions[at] = mention._replace(people=People(whole.people.status, None))
        whole = mentions[at]
    return mentions


def replaced(chunk: Chunk, newer: Mention) -> Mention:
    """Return the older number that a newer one replaced, of the same people."""
    quantity = chunk.quantity or newer.quantity
    people = chunk.people or newer.people
    return Mention(
        quantity.first, chunk.after, quantity, people, newer.measure, "replaced", _REPLACED, None, False, older=True
    )


def specific(people: People | None) -> bool:
    """Tell whether a noun says more than that they were people."""
    return people is not None and (people.status is not Status.UNKNOWN or people.group is not None)


def status_before(mentions: Sequence[Mention]) -> Status:
    """Return whom "others" adds to: those counted last in the sentence."""
    before = next((m.people for m in reversed(mentions) if m.parent is None and m.people is not None), None)
    return before.status if before is not None else Status.UNKNOWN
