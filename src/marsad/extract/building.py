"""A context put together from what a frame found in a clause."""

from collections.abc import Callable, Iterator

from marsad.extract.clauses import NOUNS, Clause
from marsad.extract.found import Found, characters, stance_of
from marsad.extract.moments import moment
from marsad.extract.objects import Object
from marsad.extract.page import Page
from marsad.extract.whom import Whom
from marsad.model import ContextKind, Flag
from marsad.text.context_words import Trigger

Frame = Callable[[Page, int, Trigger, int, int], Iterator[Found]]
"""Page, sentence, trigger, its first token, the token after it; yields what it tells, nothing where it tells nothing."""

_THEN = 14
"""Words within which the phrase must follow that a trigger asks for."""


def then(page: Page, k: int, trigger: Trigger, after: int) -> tuple[int, int] | None:
    """Return where the phrase stands that must follow a trigger; (after, after) where none must, None where none does."""
    if not trigger.then:
        return after, after
    forms = [token.form for token in page.lines[k][after : after + _THEN]]
    for at in range(len(forms)):
        for phrase in trigger.then:
            if tuple(forms[at : at + len(phrase)]) == phrase:
                return after + at, after + at + len(phrase)
    return None


def able(trigger: Trigger, actor: Whom | None) -> bool:
    """Tell whether an actor can do what a trigger says: a weak word ("captured") needs one who bears arms."""
    return not trigger.weak or (actor is not None and actor.armed)


def build(
    page: Page,
    k: int,
    trigger: Trigger,
    clause: Clause,
    actor: Whom | None,
    found: Object | None,
    *,
    start: int | None = None,
    end: int | None = None,
    others: tuple[str, ...] = (),
) -> Found:
    """Return what a clause tells, put together: time, stance and flags are read of the whole clause."""
    stance, polarity = stance_of(page, k, clause, near=trigger.frame == "noun", noun=trigger.frame in NOUNS)
    first = (clause.first if clause.shared else clause.start) if start is None else start
    if actor is not None and not clause.shared and first < clause.first:
        first = min(first, actor.first) if actor.first < clause.first else first
    begin, stop = characters(page, k, _past_light(page, k, first, clause.first), clause.end if end is None else end)
    flags: tuple[Flag, ...] = (Flag.PLACE_INFERRED,) if found is not None and found.inferred else ()
    flags += (Flag.ACTOR_INFERRED,) if actor is not None and actor.inferred else ()
    flags += (Flag.BROKEN_PARAGRAPH,) if "\n\n" in page.report.text[begin:stop] else ()
    return Found(
        trigger=trigger,
        sentence=k,
        at=clause.first,
        start=begin,
        end=stop,
        act=trigger.act,
        actor=actor.name if actor else None,
        others=others,
        extent=found.extent if found is not None and trigger.kind is ContextKind.CONTROL else None,
        when=moment(page, k, clause),
        place=found.place if found else None,
        stance=stance,
        polarity=polarity,
        flags=flags,
        score=0.9 if actor and found and not flags else 0.75,
    )


def _past_light(page: Page, k: int, first: int, trigger: int) -> int:
    """Return where the words of a clause begin, conjunctions and marks before them left out."""
    skip = page.words.beside.forms("joints") | page.words.beside.forms("breaks")
    while first < trigger and (page.lines[k][first].kind == "mark" or page.lines[k][first].form in skip):
        first += 1
    return first
