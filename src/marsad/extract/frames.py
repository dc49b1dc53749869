"""Frames: how a sentence is read around a trigger, to find who did it, to whom and where."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from marsad.extract.clauses import Clause, clause_of, is_noun, is_verb
from marsad.extract.found import Found, characters, stance_of
from marsad.extract.moments import moment
from marsad.extract.objects import Object, direction, objects_in, places_of, setting
from marsad.extract.page import Page
from marsad.extract.whom import Whom, actor_in
from marsad.model import ContextKind, Flag, When
from marsad.text.context_words import Trigger
from marsad.text.dates import usable

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


def does(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "fighters seized control of the city": who acts before, the places behind, one context for each of them."""
    clause = clause_of(page, k, first, after)
    if page.words.subject_first or _onto(page, k, after, after + 1):
        actor, behind = _subject(page, k, clause), after
    else:
        behind = _onto(page, k, after, clause.end) or _first_place(page, k, after, clause.end)
        actor = actor_in(page, k, after, behind) or _subject(page, k, clause)
    required = then(page, k, trigger, after)
    if required is None or not _able(trigger, actor):
        return
    end = clause.end if not trigger.then else max(required[0], behind)
    objects = objects_in(page, k, behind, end, unknown=actor is not None and actor.armed)
    for number, found in enumerate(objects):
        whole = number + 1 == len(objects) or not found.extent
        end = max(required[1], clause.end) if whole else found.after
        told = build(page, k, trigger, clause, actor, found, end=end)
        yield replace(told, when=_since_lost(page, k, clause, told.when)) if trigger.again else told


def _since_lost(page: Page, k: int, clause: Clause, when: When | None) -> When | None:
    """Return when what was lost was won back: at some time since its loss, if that is what the clause dates."""
    published = usable(page.report.published)
    lost = any(t.form in page.words.beside.forms("loss") for t in page.lines[k][clause.after : clause.end])
    if not lost or when is None or published is None or when.start > published:
        return when
    return When(when.start, published, When.precision_of((published - when.start).days + 1), when.words)


def suffers(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "it was overrun by the rebels", "the town fell to them": the place before, who acts behind."""
    clause = clause_of(page, k, first, after)
    required = then(page, k, trigger, after)
    if required is None:
        return
    actor = actor_in(page, k, required[1], clause.end)
    if page.words.subject_first or required[0] == after:
        found = _before(page, k, clause)
    else:
        found = next(iter(objects_in(page, k, after, required[0])), None)
    if found is not None and _able(trigger, actor):
        yield build(page, k, trigger, clause, actor, found, start=min(found.first, clause.start))


def drives(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "rebels drove the army out of the town": who acts before, who is driven out between, the place behind."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    if required is None or required[0] == after:
        return
    actor, driven = _subject(page, k, clause), actor_in(page, k, after, required[0], fought=True)
    if actor is None or driven is None or not _able(trigger, actor):
        return
    for found in objects_in(page, k, required[1], clause.end)[:1]:
        yield build(page, k, trigger, clause, actor, found, others=(driven.name,))


def falls(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the first town to fall from government control": whose it was stands between, the place before."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    if required is None:
        return
    actor, found = actor_in(page, k, after, required[0], fought=True), _before(page, k, clause)
    actor = actor or _holder(page, k, after, page.slice(k, after, required[0]))
    if actor is not None and found is not None:
        yield build(page, k, trigger, clause, actor, found)


def strikes(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read a verb of attack, active or passive: "jets bombed the market", "the town was shelled by the army"."""
    if not page.words.beside.plain(page.lines[k][first].form) or is_noun(page, k, first):
        return
    clause = clause_of(page, k, first, after)
    passive = page.words.subject_first and any(
        page.lines[k][at].form in page.words.beside.forms("passive")
        for at in range(max(clause.start, first - 3), first)
    )
    if _named_otherwise(page, k, trigger, clause):
        return
    by = page.words.section("perpetrators.by").find(page.lines[k], after, clause.end)
    if passive:
        actor = actor_in(page, k, by[0][2], clause.end) if by else None
    elif page.words.subject_first:
        actor = _subject(page, k, clause)
    else:
        actor = actor_in(page, k, after, clause.end) or _subject(page, k, clause)
    if not _able(trigger, actor) and not (passive and actor is None):
        return
    if trigger.close and (actor is None or actor.after < first):
        return
    found = _anywhere(page, k, clause, direct=after if not passive else None)
    if found is not None or (actor is not None and trigger.act != "attack"):
        yield build(page, k, trigger, clause, actor, found)


def _named_otherwise(page: Page, k: int, trigger: Trigger, clause: Clause) -> bool:
    """Tell whether a noun of the clause says better what "hit" it: "shelling hit the town" is read at "shelling"."""
    nouns = [
        h for h in page.words.beside.hits(page.lines[k]) if h[0].kind is ContextKind.EVENT and h[0].frame == "noun"
    ]
    return trigger.act == "attack" and any(clause.start <= first < clause.end for _, first, _ in nouns)


def names(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read a noun of attack: "shelling of the town by the army", "its air strikes against …"; who or where must be told."""
    line = page.lines[k]
    if sum(token.form in '“”"«»' for token in line[:first]) % 2:
        return  # within a quotation, a matter spoken of
    if after < len(line) and line[after].form in page.words.beside.forms("heads"):
        return
    clause = clause_of(page, k, first, after)
    actor, others = _agent(page, k, clause)
    verbs = [at for at in range(clause.start, first) if _acts(page, k, at)]
    start = clause.start
    if verbs and actor is not None and actor.first >= after:
        start = _phrase_start(page, k, first, verbs[-1])
        clause = Clause(start, first, after, clause.end, shared=False)
    found = _anywhere(page, k, clause, direct=None)
    told = actor is not None or (found is not None and not found.inferred)
    if told and not (actor is not None and trigger.weak and not actor.armed):
        yield build(page, k, trigger, clause, actor, found, others=others)


def held(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "rebel-held towns in the north": who holds is the word's beginning, what is held stands behind it."""
    clause = clause_of(page, k, first, after)
    clause = Clause(first, first, after, clause.end, shared=False)
    holder = page.lines[k][first].text.rpartition("-")[0]
    actor = _holder(page, k, first, holder)
    found = next(iter(objects_in(page, k, after, clause.end)), None)
    if found is not None and actor is not None:
        yield build(page, k, trigger, clause, actor, found)


def _holder(page: Page, k: int, first: int, words: str) -> Whom | None:
    line = page.words.line(words)
    party = page.words.beside.parties.match(line, 0)
    if party is not None:
        return Whom(party[0].name, first, first + 1)
    actor = page.words.actors.match(line, 0)
    if actor is not None and actor[0].origin.party:
        return Whom(actor[0].origin.party, first, first + 1)
    if line and line[0].form in page.words.beside.forms("government") and page.atlas.countries:
        return Whom(page.atlas.government(page.atlas.countries[0]), first, first + 1)
    if line and (code := page.atlas.country_of(line[0])):
        return Whom(page.atlas.government(code), first, first + 1)
    meant = page.before(k, first)
    if line and line[0].form in page.words.beside.forms("holders"):
        return Whom(meant or words, first, first + 1, inferred=meant is not None)
    return None


def _able(trigger: Trigger, actor: Whom | None) -> bool:
    """Tell whether an actor can do what a trigger says: a weak word ("captured") needs one who bears arms."""
    return actor is None and not trigger.weak if actor is None else actor.armed or not trigger.weak


def _subject(page: Page, k: int, clause: Clause) -> Whom | None:
    return actor_in(page, k, clause.start, clause.first)


def _onto(page: Page, k: int, at: int, end: int) -> int:
    """Return the token behind the preposition that leads to an object ("على"), 0 where there is none."""
    forms = page.words.beside.forms("onto")
    return next((j + 1 for j in range(at, min(end, len(page.lines[k]))) if page.lines[k][j].form in forms), 0)


def _first_place(page: Page, k: int, at: int, end: int) -> int:
    kinds = page.words.forms("places.generic")
    near = next((j for j in range(at, end) if page.lines[k][j].form in kinds), end)
    return min([near, *(first for _, _, first, _ in page.placed(k) if at <= first < end)])


def _before(page: Page, k: int, clause: Clause) -> Object | None:
    """Return the place that is the subject of a clause: named in it, or what "it" and "the city" mean."""
    inside = list(places_of(page, k, clause.start, clause.first))
    if inside:
        return inside[0]
    line, beside = page.lines[k], page.words.beside
    for at in range(clause.start, clause.first):
        if line[at].form in beside.forms("it") or line[at].form in beside.forms("cities"):
            place = page.settlement(k, at)
            return Object(place, at, at + 1, inferred=True) if place else None
    if clause.start and line[clause.start - 1].form in beside.forms("relative"):
        place = page.settlement(k, clause.start)
        return Object(place, clause.start - 1, clause.start, inferred=True) if place else None
    return None


def _anywhere(page: Page, k: int, clause: Clause, direct: int | None) -> Object | None:
    """Return where a clause says it happened: its object, a place in it, a direction, or what its sentence opens with."""
    if direct is not None and (straight := objects_in(page, k, direct, clause.end)):
        return straight[0]
    behind = next(places_of(page, k, clause.after, clause.end), None)
    if behind is not None:
        return behind
    place = direction(page, k, clause.after, clause.end)
    if place is not None:
        return Object(place, clause.after, clause.after)
    before = next(places_of(page, k, clause.start, clause.first), None)
    if before is not None:
        return before
    opening = setting(page, k)
    return Object(opening, clause.first, clause.first, inferred=True) if opening else None


def _agent(page: Page, k: int, clause: Clause) -> tuple[Whom | None, tuple[str, ...]]:
    """Return who is behind an act named by a noun, and whom it sets against whom: "clashes between A and B"."""
    line, words = page.lines[k], page.words
    between = words.beside.phrases("between").find(line, clause.after, clause.end)
    if between:
        return _sides(page, k, between[0][2], clause.end)
    by = words.section("perpetrators.by").find(line, clause.after, clause.end)
    for _, _, after in by:
        actor = actor_in(page, k, after, min(clause.end, after + 10))
        if actor is not None:
            return actor, ()
    near = [n for n in page.parties(k) if n.first >= clause.start and 0 <= clause.first - n.after <= 3]
    if near and not any(_acts(page, k, at) for at in range(near[-1].after, clause.first)):
        return Whom(near[-1].name, near[-1].first, near[-1].after), ()
    own = any(
        line[at].form in words.beside.forms("own") for at in range(max(clause.start, clause.first - 3), clause.first)
    )
    launch = words.beside.phrases("launches").find(line, clause.start, clause.first)
    if own or launch:
        return actor_in(page, k, clause.start, launch[0][1] if launch else clause.first), ()
    return None, ()


def _sides(page: Page, k: int, start: int, end: int) -> tuple[Whom | None, tuple[str, ...]]:
    joints = page.words.beside.forms("joints")
    both = [n for n in page.parties(k) if n.first >= start and n.after <= end]
    if len(both) > 1:
        return Whom(both[0].name, both[0].first, both[0].after), (both[1].name,)
    middle = next((at for at in range(start, end) if page.lines[k][at].form in joints), end)
    one, other = actor_in(page, k, start, middle), actor_in(page, k, middle, end)
    return one, (other.name,) if other else ()


def _acts(page: Page, k: int, at: int) -> bool:
    """Tell whether a word is a verb other than one of being: "lost", not "was"."""
    tag = page.words.tags.match(page.lines[k], at)
    return is_verb(page, page.lines[k], at) and not (tag is not None and tag[0] == "B")


def _phrase_start(page: Page, k: int, first: int, verb: int) -> int:
    """Return where the phrase of a noun begins: at its article, else right before its adjectives."""
    articles = page.words.data["articles"]
    for at in range(first - 1, max(verb, first - 5), -1):
        if page.lines[k][at].form in articles:
            return at
    return first


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
    stance, polarity = stance_of(page, k, clause, near=trigger.frame == "noun")
    first = (clause.first if clause.shared else clause.start) if start is None else start
    if actor is not None and not clause.shared and first < clause.first:
        first = min(first, actor.first) if actor.first < clause.first else first
    begin, stop = characters(page, k, _past_light(page, k, first, clause.first), clause.end if end is None else end)
    flags = (Flag.PLACE_INFERRED,) if found is not None and found.inferred else ()
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


FRAMES: Mapping[str, Frame] = {
    "does": does,
    "suffers": suffers,
    "falls": falls,
    "drives": drives,
    "strikes": strikes,
    "noun": names,
    "held": held,
}
