"""Control: who took, holds, besieges or lost which places."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marsad.extract.building import Frame, able, build, then
from marsad.extract.clauses import Clause, clause_of
from marsad.extract.found import Found
from marsad.extract.objects import Object, objects_in, places_of
from marsad.extract.page import Page
from marsad.extract.whom import Whom, actor_in
from marsad.model import When
from marsad.text.context_words import Trigger
from marsad.text.dates import usable


def does(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "fighters seized control of the city": who acts before, the places behind, one context for each of them."""
    clause = clause_of(page, k, first, after)
    if page.words.subject_first or _onto(page, k, after, after + 1):
        actor, behind = actor_in(page, k, clause.start, clause.first), _past_time(page, k, after)
    else:
        behind = _onto(page, k, after, clause.end) or _first_place(page, k, after, clause.end)
        actor = actor_in(page, k, after, behind) or actor_in(page, k, clause.start, clause.first)
    if first and page.lines[k][first - 1].form in page.words.data["articles"]:
        return  # "le contrôle", "the hold"
    required = then(page, k, trigger, after)
    passive = trigger.helped and page.lines[k][first - 1].form in page.words.beside.forms("passive")
    if required is None or passive or not able(trigger, actor):
        return
    end = clause.end if not trigger.then else max(required[0], behind)
    objects = objects_in(page, k, behind, end, unknown=actor is not None and actor.armed)
    if not objects and not trigger.then and (whose := _before_relative(page, k, clause)):
        objects = [whose]
    for number, found in enumerate(objects):
        whole = number + 1 == len(objects) or not found.extent
        end = max(required[1], clause.end) if whole else found.after
        told = build(page, k, trigger, clause, actor, found, end=end)
        yield replace(told, when=_since_lost(page, k, clause, told.when)) if trigger.again else told


def _before_relative(page: Page, k: int, clause: Clause) -> Object | None:
    """Return the place that a relative clause is about: "Hodeidah, which the rebels have held"."""
    line, relative = page.lines[k], page.words.beside.forms("relative")
    if not clause.start or line[clause.start - 1].form not in relative:
        return None
    near = [hit for hit in page.placed(k) if 0 <= clause.start - 1 - hit[3] <= 1]
    return Object(near[-1][0], clause.start - 1, clause.start) if near else None


def _since_lost(page: Page, k: int, clause: Clause, when: When | None) -> When | None:
    """Return when what was lost was won back: at some time since its loss, if that is what the clause dates."""
    published = usable(page.report.published)
    lost = any(t.form in page.words.beside.forms("loss") for t in page.lines[k][clause.after : clause.end])
    if not lost or when is None or published is None or when.start > published:
        return when
    precision = When.precision_of((published - when.start).days + 1)
    return replace(when, end=published, precision=precision, against=published)


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
    if found is not None and able(trigger, actor):
        yield build(page, k, trigger, clause, actor, found, start=min(found.first, clause.start))


def drives(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "rebels drove the army out of the town", "broke the RSF siege of the town": who suffers between, the place behind."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    if required is None:
        return
    actor, driven = actor_in(page, k, clause.start, clause.first), actor_in(page, k, after, required[0], fought=True)
    needed = driven is not None or trigger.act == "siege_lifted"
    if actor is None or not needed or not able(trigger, actor):
        return
    for found in objects_in(page, k, required[1], clause.end, unknown=True)[:1]:
        yield build(page, k, trigger, clause, actor, found, others=(driven.name,) if driven else ())


def falls(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the first town to fall from government control": whose it was stands between, the place before."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    if required is None:
        return
    actor, found = actor_in(page, k, after, required[0], fought=True), _before(page, k, clause)
    actor = actor or _holder(page, k, after, page.slice(k, after, required[0]))
    if actor is not None and found is not None:
        yield build(page, k, trigger, clause, actor, found)


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


def _onto(page: Page, k: int, at: int, end: int) -> int:
    """Return the token behind the preposition that leads to an object ("على"), 0 where there is none."""
    forms = page.words.beside.forms("onto")
    return next((j + 1 for j in range(at, min(end, len(page.lines[k]))) if page.lines[k][j].form in forms), 0)


def _past_time(page: Page, k: int, after: int) -> int:
    """Return the token at which the object of a verb begins, behind a time and a preposition that leads to it.

    "se sont emparés jeudi de la ville", "entraron el miércoles en la ciudad".
    """
    line, articles = page.lines[k], page.words.data["articles"]
    at = after + (after < len(line) and line[after].form in articles)
    at = next((m.after for m in page.dates(k) if m.first in (after, at)), after)
    return at + (at < len(line) and line[at].form in page.words.beside.forms("onto"))


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


TAKINGS: Mapping[str, Frame] = {"does": does, "suffers": suffers, "drives": drives, "falls": falls, "held": held}
