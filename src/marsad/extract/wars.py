"""Wars as a whole: when they began and ended, who backs and who fights whom, what was the worst since when."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marsad.extract.building import Frame, build, then
from marsad.extract.clauses import Clause, clause_of, subject_of
from marsad.extract.found import Found, characters
from marsad.extract.moments import moment
from marsad.extract.objects import Object, place_near, places_of, setting
from marsad.extract.page import Page
from marsad.extract.whom import Whom, actor_in
from marsad.model import When
from marsad.text.context_words import Trigger
from marsad.text.dates import usable

_BACK = 60
"""Sentences in which the whole name of a coalition is looked for."""
_NAMES = 3
"""Words behind a trigger within which the other side is named."""


def worst(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the deadliest attack since …": since when nothing was as bad; without a since, "in years" or "of the war"."""
    line, clause = page.lines[k], clause_of(page, k, first, after)
    since = page.words.section("dates.since").find(line, after, min(len(line), after + 25))
    scope = page.words.beside.phrases("scopes").find(line, after, min(len(line), after + 12))
    if not since and not scope:
        return
    start = next((at for at in range(first - 1, max(-1, first - 4), -1) if page.words.tags.match(line, at)), first)
    end = clause_of(page, k, since[0][1], since[0][2]).end if since else max(clause.end, scope[0][2])
    found = build(page, k, trigger, clause, _doer(page, k, clause), place_near(page, k, clause.start, end))
    begin, stop = characters(page, k, start, end)
    yield replace(found, start=begin, end=stop, when=_since(page, k, clause, since[0][2], end) if since else found.when)


def began(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the uprising that began in March 2011": a war, a revolt or a truce begins or ends."""
    line, clause = page.lines[k], clause_of(page, k, first, after)
    if then(page, k, trigger, after) is None:
        return
    wars = page.words.beside.phrases("truces" if trigger.act.startswith("truce") else "wars")
    start = clause.start
    inside = wars.find(line, start, first)
    if not inside and _points_back(page, k, start, first):
        inside = wars.find(line, 0, start)
        start = inside[-1][1] if inside and line[start - 1].form in page.words.beside.forms("relative") else start
    elif not inside and not page.words.subject_first:
        inside = wars.find(line, after, min(clause.end, after + 4))
    heads = page.words.beside.forms("heads")
    if not inside or any(token.form in heads for token in line[inside[-1][2] : inside[-1][2] + 1]):
        return  # a truce deal, truce talks
    while start and start == inside[-1][1] and line[start - 1].form in page.words.data["articles"]:
        start -= 1
    found = build(page, k, trigger, clause, None, _land(page, k, clause, inside[-1][1]), start=start)
    noun = page.slice(k, inside[-1][1], inside[-1][2]).lower()
    yield replace(found, others=(noun,), when=moment(page, k, clause, opening=False))


def sides(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "Russia is an ally of Assad", "the US-led campaign against IS": one side before, the other behind."""
    clause = clause_of(page, k, first, after)
    start, end = subject_of(page, clause)
    led = _led(page, k, clause.start, first)
    one = led or actor_in(page, k, start, end)
    one = one if one is not None and one.armed else _state(page, k, start, end) or one
    behind = after if page.words.subject_first or one is None else one.after
    other = _sided(page, k, behind, clause.end)
    if one is None or other is None or one.name == other.name:
        return
    start = led.first if led else clause.start
    found = build(page, k, trigger, clause, one, _stage(page, k, clause, {one.first, other.first}), start=start)
    yield replace(found, others=(other.name,))


def backed(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "rebels backed by Rwanda": who backs stands behind, whom he backs before."""
    clause = clause_of(page, k, first, after)
    start = clause.start
    while start and clause.start - start < _NAMES + 1 and page.lines[k][start - 1].form not in ".;:":
        start -= 1
    one, other = _sided(page, k, after, clause.end), actor_in(page, k, start, first)
    if one is None or other is None or one.name == other.name:
        return
    found = build(page, k, trigger, clause, one, _stage(page, k, clause, {one.first, other.first}), start=other.first)
    yield replace(found, others=(other.name,))


def _land(page: Page, k: int, clause: Clause, noun: int) -> Object | None:
    """Return the land of a war: named in its clause or by an adjective ("the Syrian conflict"), else the report's own."""
    inside = next(places_of(page, k, clause.start, clause.end), None)
    if inside is not None:
        return inside
    line, atlas = page.lines[k], page.atlas
    named = next((at for at in range(max(0, noun - 2), noun) if atlas.country_of(line[at])), None)
    code = atlas.country_of(line[named]) if named is not None else atlas.countries[0] if atlas.countries else None
    if code is None:
        return None
    words = line[named].text if named is not None else atlas.country(code).words
    return Object(replace(atlas.country(code), words=words), clause.first, clause.first, inferred=named is None)


def _stage(page: Page, k: int, clause: Clause, sides: set[int]) -> Object | None:
    """Return where one side backs or fights the other: a place in the clause that is no side, or what the sentence opens with."""
    inside = next((o for o in places_of(page, k, clause.start, clause.end) if o.after - 1 not in sides), None)
    opening = setting(page, k)
    return inside or (Object(opening, clause.first, clause.first, inferred=True) if opening else None)


def _doer(page: Page, k: int, clause: Clause) -> Whom | None:
    by = page.words.section("perpetrators.by").find(page.lines[k], clause.after, clause.end)
    return actor_in(page, k, by[0][2], clause.end) if by else None


def _since(page: Page, k: int, clause: Clause, at: int, end: int) -> When | None:
    """Return the time since which nothing was as bad, until the event itself or the day of publication."""
    first = next((m.when for m in page.dates(k) if at <= m.first < end), None)
    own = moment(page, k, Clause(clause.start, clause.first, clause.after, min(clause.end, at), shared=False))
    last = own.end if own is not None else usable(page.report.published)
    if first is None or last is None or last < first.start:
        return None
    return replace(first, end=last, precision=When.precision_of((last - first.start).days + 1))


def _points_back(page: Page, k: int, start: int, first: int) -> bool:
    line, beside = page.lines[k], page.words.beside
    relative = bool(start) and line[start - 1].form in beside.forms("relative")
    return relative or any(line[at].form in beside.forms("it") for at in range(start, first))


def _led(page: Page, k: int, start: int, first: int) -> Whom | None:
    """Return the coalition that an adjective names: the party whose name begins with it ("US-led")."""
    for at in range(first - 1, max(start, first - 4) - 1, -1):
        form = page.lines[k][at].form
        if form.endswith(tuple(page.words.data["attribution"]["describing"])):
            known = {
                n.name
                for j in range(max(0, k - _BACK), k + 1)
                for n in page.parties(j)
                if n.name.lower().startswith(form)
            }
            return Whom(min(known), at, at + 1) if known else Whom(page.slice(k, at, at + 1), at, at + 1)
    return None


def _sided(page: Page, k: int, start: int, end: int) -> Whom | None:
    """Return the party, state or person that is backed or fought, named first behind the trigger."""
    party = next((n for n in page.parties(k) if n.first >= start and n.after <= end), None)
    if party is not None and party.first - start <= _NAMES:
        return Whom(party.name, party.first, party.after)
    return (
        _state(page, k, start, min(end, start + _NAMES))
        or actor_in(page, k, start, min(end, start + 2 * _NAMES))
        or _surname(page, k, start, min(end, start + _NAMES))
    )


def _surname(page: Page, k: int, start: int, end: int) -> Whom | None:
    """Return a person named by one word: a statesman whom everybody knows, or one named in full before."""
    at = next((at for at in range(start, end) if page.lines[k][at].capital), None)
    if at is None:
        return None
    name = page.lines[k][at].bare
    return Whom(page.full_name(name) or name, at, at + 1, armed=False)


def _state(page: Page, k: int, start: int, end: int) -> Whom | None:
    for at in range(start, end):
        if page.lines[k][at].name and (code := page.atlas.country_of(page.lines[k][at])):
            return Whom(page.atlas.government(code), at, at + 1)
    return None


WARS: Mapping[str, Frame] = {"worst": worst, "began": began, "sides": sides, "backed": backed}
