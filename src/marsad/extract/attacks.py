"""Attacks: by a verb or by a name, with who did it and where."""

from collections.abc import Iterator, Mapping

from marsad.extract.building import Frame, able, build, then
from marsad.extract.clauses import Clause, clause_of, is_noun, is_verb, light
from marsad.extract.found import Found
from marsad.extract.objects import Object, direction, objects_in, places_of, setting
from marsad.extract.page import Page
from marsad.extract.whom import Whom, actor_in
from marsad.model import ContextKind
from marsad.text.context_words import Trigger


def strikes(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read a verb of attack, active or passive: "jets bombed the market", "the town was shelled by the army"."""
    if not page.words.beside.plain(page.lines[k][first].form) or is_noun(page, k, first):
        return
    if then(page, k, trigger, after) is None:
        return
    clause = clause_of(page, k, first, after)
    passive = page.words.subject_first and any(
        page.lines[k][at].form in page.words.beside.forms("passive") and light(page, page.lines[k], at)
        for at in range(max(clause.start, first - 3), first)
    )
    if _named_otherwise(page, k, trigger, clause):
        return
    by = page.words.section("perpetrators.by").find(page.lines[k], after, clause.end)
    if passive:
        actor = actor_in(page, k, by[0][2], clause.end) if by else None
    elif page.words.subject_first:
        actor = actor_in(page, k, clause.start, clause.first)
    else:
        actor = actor_in(page, k, after, clause.end) or actor_in(page, k, clause.start, clause.first)
    if not able(trigger, actor) and not (passive and actor is None):
        return
    if trigger.close and (actor is None or actor.after < first):
        return
    found = _anywhere(page, k, clause, direct=after if not passive else None)
    if found is not None or (actor is not None and trigger.act != "attack"):
        yield build(page, k, trigger, clause, actor, found)


def _named_otherwise(page: Page, k: int, trigger: Trigger, clause: Clause) -> bool:
    """Tell whether a noun of the clause says better what "hit" it: "shelling hit the town" is read at "shelling"."""
    nouns = [h for h in page.hits(k) if h[0].kind is ContextKind.EVENT and h[0].frame == "noun"]
    return trigger.act == "attack" and any(clause.start <= first < clause.end for _, first, _ in nouns)


def named(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
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
    if clause.after < clause.end and line[clause.after].form in words.beside.forms("with"):
        other = actor_in(page, k, clause.after + 1, min(clause.end, clause.after + 8), fought=True)
        if other is not None:  # else "an attack with gas"
            return actor_in(page, k, clause.start, clause.first), (other.name,)
    by = words.section("perpetrators.by").find(line, clause.after, clause.end)
    for _, first, after in by:
        if any(_acts(page, k, at) for at in range(clause.after, first)):
            break  # "was condemned by": of another verb
        actor = actor_in(page, k, after, min(clause.end, after + 10))
        if actor is not None:
            return actor, ()
    genitive = words.beside.forms("genitive")
    whose = next((n for n in page.parties(k) if clause.after <= n.first <= clause.after + 2), None)
    if whose is not None and any(token.form in genitive for token in line[clause.after : whose.first]):
        return Whom(whose.name, whose.first, whose.after), ()
    near = [n for n in page.parties(k) if n.first >= clause.start and 0 <= clause.first - n.after <= 3]
    if near and not any(_acts(page, k, at) for at in range(near[-1].after, clause.first)):
        return Whom(near[-1].name, near[-1].first, near[-1].after), ()
    beside_it = clause.first - 1 if words.subject_first and not words.subject_behind else clause.after
    if (state := _adjective(page, k, beside_it)) is not None:
        return state, ()
    own = any(
        line[at].form in words.beside.forms("own") for at in range(max(clause.start, clause.first - 3), clause.first)
    )
    launch = words.beside.phrases("launches").find(line, clause.start, clause.first)
    if own or launch:
        return actor_in(page, k, clause.start, launch[0][1] if launch else clause.first), ()
    return None, ()


def _adjective(page: Page, k: int, at: int) -> Whom | None:
    """Return the state whose adjective stands beside a noun of attack: "Israeli shelling"; a country's name is where it was."""
    if not 0 <= at < len(page.lines[k]) or not (code := page.atlas.country_of(page.lines[k][at])):
        return None
    named = page.lines[k][at].text == page.atlas.country(code).name
    return None if named else Whom(page.atlas.government(code), at, at + 1)


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


ATTACKS: Mapping[str, Frame] = {"strikes": strikes, "noun": named}
