"""A context being made: what a frame finds around a trigger."""

from dataclasses import dataclass

from marsad.extract.clauses import Clause
from marsad.extract.page import Page
from marsad.model import Flag, Place, Polarity, Stance, When
from marsad.text.context_words import Trigger

_NEAR = 4
"""Words before a noun that may say that it did not come about, or may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The trigger at token `at` of sentence `sentence` tells this; `start` and `end` count characters of the report.

    `chain` is who says it, None where the voices of its sentence tell; `act` may be narrower than the trigger's own. `seen`
    says that it could be seen in what an earlier sentence showed, `leads` of a statement that what is said follows.
    """

    trigger: Trigger
    sentence: int
    at: int
    start: int
    end: int
    act: str
    actor: str | None = None
    others: tuple[str, ...] = ()
    content: tuple[int, int] | None = None
    extent: str | None = None
    when: When | None = None
    place: Place | None = None
    chain: tuple[str, ...] | None = None
    stance: Stance = Stance.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    flags: tuple[Flag, ...] = ()
    score: float = 0.8
    seen: bool = False
    leads: bool = True


def characters(page: Page, k: int, first: int, after: int) -> tuple[int, int]:
    """Return the characters of the report that tokens first..after of sentence `k` span, marks at the end left out."""
    line = page.lines[k]
    while after > first + 1 and line[after - 1].form in ",.;:،؛":
        after -= 1
    return line[first].start, line[after - 1].end


def stance_of(page: Page, k: int, clause: Clause, *, near: bool = False, noun: bool = False) -> tuple[Stance, Polarity]:
    """Return how the words before a trigger stand to it: whether it was done, is planned, or did not come about.

    With `near` only the words right before it count: those of an attack by name, which farther ones are not about. A
    `noun` is never done by the word before it: "de", which makes a verb possible, only says of what there was a series.
    """
    line, beside = page.lines[k], page.words.beside
    start, first = clause.start, clause.first

    def said(name: str, reach: int = 12, end: int = first) -> bool:
        return bool(beside.phrases(name).find(line, max(start, end - (_NEAR if near else reach)), end))

    denies = said("negations", 6) and not _named(page, k, max(start, first - 6), first)
    polarity = Polarity.NEGATED if denies else Polarity.AFFIRMED
    if beside.phrases("denials").find(line, max(0, first - 14), first):
        return Stance.DENIED, polarity
    if said("seen", 8):
        return Stance.ASSERTED, polarity
    for name, stance in (("planned", Stance.PLANNED), ("expected", Stance.EXPECTED), ("possible", Stance.POSSIBLE)):
        if said(name, 8):
            return stance, polarity
    if beside.phrases("hedges").find(line, max(start - 3, 0), min(len(line), clause.after + 3)):
        return Stance.REPORTED, polarity
    bare = not noun and first > 0 and line[first - 1].form in beside.forms("to") and clause.start < first
    if bare and polarity is Polarity.AFFIRMED and not (said("achieved", 4) or said("ordinals", 8)):
        return Stance.POSSIBLE, polarity
    return Stance.ASSERTED, polarity


def _named(page: Page, k: int, start: int, first: int) -> bool:
    """Tell whether every "without" among these words is part of a name: Doctors Without Borders treat the wounded."""
    line, words = page.lines[k], page.words
    names = {at for _, begin, after in words.actors.find(line, 0, first) for at in range(begin, after)}
    return all(at in names for _, at, _ in words.beside.phrases("negations").find(line, start, first))
