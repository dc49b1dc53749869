"""Readings of their own: footage, relief, arms, superlatives, beginnings and ends, allies, rule, sources, where a place lies."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marsad.extract.clauses import Clause, clause_of
from marsad.extract.found import Found, characters
from marsad.extract.frames import Frame, build, then
from marsad.extract.moments import moment
from marsad.extract.objects import Object, direction, places_of, setting
from marsad.extract.page import Page
from marsad.extract.whom import Whom, actor_in, names_in
from marsad.model import OriginKind, When
from marsad.text.context_words import Trigger
from marsad.text.dates import usable

_SOURCES = (OriginKind.MONITOR, OriginKind.ACTIVISTS, OriginKind.INTERNATIONAL, OriginKind.MEDICAL)
_NAMES = 3


def shows(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "a video posted by activists showed bodies": the medium, what it shows, and who spread it before the medium."""
    required, clause = then(page, k, trigger, after), clause_of(page, k, first, after)
    if required is None:
        return
    end = len(page.lines[k])
    found = build(page, k, trigger, clause, None, _place_near(page, k, clause.start, end), end=end)
    medium = page.slice(k, _noun_start(page, k, clause.start, first), after)
    spread = next((s.chain for s in page.voices[k] if clause.start <= s.first < required[0]), ())
    content = characters(page, k, required[1], end) if required[1] < end else None
    yield replace(found, content=content, chain=(*spread, _uncapital(medium)), actor=spread[0] if spread else None)


def helps(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "Red Crescent workers recovered bodies": somebody whose work is help does it, or is kept from it."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    helper = _helper(page, k, clause.start, clause.end if trigger.act in ("blocked", "suspended") else first)
    if required is None or helper is None:
        return
    blocker = actor_in(page, k, clause.start, first) if trigger.act == "blocked" else None
    found = build(page, k, trigger, clause, blocker or helper, _place_near(page, k, clause.start, clause.end))
    seen = page.words.beside.phrases("seen").find(page.lines[k], clause.start, first)
    others = (helper.name,) if blocker and blocker.name != helper.name else ()
    yield replace(found, others=others, seen=bool(seen))


def worst(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the deadliest attack since …": since when nothing was as bad; without a since, "in years" or "of the war"."""
    line, clause = page.lines[k], clause_of(page, k, first, after)
    since = page.words.section("dates.since").find(line, after, min(len(line), after + 25))
    scope = page.words.beside.phrases("scopes").find(line, after, min(len(line), after + 12))
    if not since and not scope:
        return
    start = next((at for at in range(first - 1, max(-1, first - 4), -1) if page.words.tags.match(line, at)), first)
    end = clause_of(page, k, since[0][1], since[0][2]).end if since else max(clause.end, scope[0][2])
    found = build(page, k, trigger, clause, _doer(page, k, clause), _place_near(page, k, clause.start, end))
    begin, stop = characters(page, k, start, end)
    yield replace(found, start=begin, end=stop, when=_since(page, k, clause, since[0][2], end) if since else found.when)


def began(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the uprising that began in March 2011": a war, a revolt or a truce begins or ends."""
    line, clause = page.lines[k], clause_of(page, k, first, after)
    wars = page.words.beside.phrases("truces" if trigger.act.startswith("truce") else "wars")
    start = clause.start
    inside = wars.find(line, start, first)
    if not inside and _points_back(page, k, start, first):
        inside = wars.find(line, 0, start)
        start = inside[-1][1] if inside and line[start - 1].form in page.words.beside.forms("relative") else start
    elif not inside and not page.words.subject_first:
        inside = wars.find(line, after, min(clause.end, after + 4))
    if not inside:
        return
    while start and start == inside[-1][1] and line[start - 1].form in page.words.data["articles"]:
        start -= 1
    found = build(page, k, trigger, clause, None, _land(page, k, clause, inside[-1][1]), start=start)
    yield replace(found, others=(page.slice(k, inside[-1][1], inside[-1][2]).lower(),))


def sides(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "Russia is an ally of Assad", "the US-led campaign against IS": one side before, the other behind."""
    clause = clause_of(page, k, first, after)
    other = _sided(page, k, after, clause.end)
    led = _led(page, k, clause.start, first)
    one = led or actor_in(page, k, clause.start, first)
    one = one if one is not None and one.armed else _state(page, k, clause.start, first) or one
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


def rules(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "they have imposed their own courts": a party rules where the sentence says."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    actor = actor_in(page, k, clause.start, first) if required else None
    if actor is None:
        return
    place = _place_near(page, k, clause.start, clause.end)
    yield build(page, k, trigger, clause, actor, place)


def method(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the group, which monitors the war through a network of sources": how a source comes to know."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    if required is None:
        return
    line = page.lines[k]
    known = [hit for hit in page.words.actors.find(line, 0, first) if hit[0].origin.kind in _SOURCES]
    if not known:
        return
    actor, start, _ = known[-1]
    while start and line[start - 1].form in page.words.data["articles"]:
        start -= 1
    end = max(clause.end, required[1])
    found = build(page, k, trigger, clause, Whom(actor.origin.name, start, start + 1), None, start=start, end=end)
    yield replace(found, content=characters(page, k, first, end), when=None, chain=())


def lies(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the town, located near the border": the place that lies there is the subject, before it or behind a comma."""
    line = page.lines[k]
    clause = clause_of(page, k, first, after)
    before = list(places_of(page, k, 0, first))
    comma = next((at for at in range(after, len(line)) if line[at].form in ",،"), len(line))
    behind = [hit for hit in page.placed(k) if comma <= hit[2] <= comma + _NAMES]
    subject = before[-1] if before else Object(behind[0][0], behind[0][2], behind[0][3]) if behind else None
    if subject is None or after >= comma:
        return
    start, end = min(subject.first, first), max(subject.after, comma if not before else clause.end)
    start = clause.start if not before else start
    found = build(page, k, trigger, clause, None, subject, start=start, end=end)
    beside = tuple(page.slice(k, at, at + 1) for at in range(after, comma) if line[at].capital)
    yield replace(found, others=beside, content=characters(page, k, after, comma), when=None, chain=())


def arms(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "delivery of missiles": what is handed over, and whether it was sought, promised, stopped or done."""
    line, beside = page.lines[k], page.words.beside
    clause = clause_of(page, k, first, after)
    goods = beside.phrases("arms").find(line, after, min(clause.end, after + 12))
    if not goods:
        return
    around = (max(0, clause.start), min(len(line), clause.end + 6))
    acts = {"arms_suspended": "suspended", "arms_sought": "sought", "arms_promised": "promised"}
    act = next((a for name, a in acts.items() if beside.phrases(name).find(line, *around)), trigger.act)
    who = actor_in(page, k, clause.start, first)
    named = names_in(page, k, clause.start, first) if who is None or not who.armed else []
    who = Whom(*named[0]) if named else who
    found = build(page, k, trigger, clause, who, None)
    content = characters(page, k, after, goods[-1][2])
    others = tuple(n for n, _, _ in names_in(page, k, goods[-1][2], clause.end))
    yield replace(found, act=act, content=content, others=others)


def _place_near(page: Page, k: int, start: int, end: int) -> Object | None:
    inside = next(places_of(page, k, start, end), None)
    if inside is not None:
        return inside
    place = direction(page, k, start, end) or setting(page, k)
    return Object(place, start, start, inferred=True) if place else None


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
    return When(first.start, last, When.precision_of((last - first.start).days + 1), first.words)


def _points_back(page: Page, k: int, start: int, first: int) -> bool:
    line, beside = page.lines[k], page.words.beside
    relative = bool(start) and line[start - 1].form in beside.forms("relative")
    return relative or any(line[at].form in beside.forms("it") for at in range(start, first))


def _helper(page: Page, k: int, start: int, end: int) -> Whom | None:
    line = page.lines[k]
    for actor, first, after in page.words.actors.find(line, start, end):
        if actor.public and actor.origin.kind in (OriginKind.MEDICAL, OriginKind.INTERNATIONAL, OriginKind.MONITOR):
            return Whom(actor.origin.name, first, after, armed=False)
    hits = page.words.beside.phrases("helpers").find(line, start, end)
    return Whom(page.slice(k, hits[0][1], hits[0][2]).lower(), *hits[0][1:], armed=False) if hits else None


def _led(page: Page, k: int, start: int, first: int) -> Whom | None:
    """Return the coalition that an adjective names: the party whose name begins with it ("US-led")."""
    for at in range(first - 1, max(start, first - 4) - 1, -1):
        form = page.lines[k][at].form
        if form.endswith(tuple(page.words.data["attribution"]["describing"])):
            known = {n.name for j in range(k + 1) for n in page.parties(j) if n.name.lower().startswith(form)}
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
        if page.lines[k][at].capital and (code := page.atlas.country_of(page.lines[k][at])):
            return Whom(page.atlas.government(code), at, at + 1)
    return None


def _noun_start(page: Page, k: int, start: int, first: int) -> int:
    line = page.lines[k]
    at = first
    while at > start and line[at - 1].kind == "word" and line[at - 1].form not in page.words.data["articles"]:
        at -= 1
    return at


def _uncapital(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


TELLINGS: Mapping[str, Frame] = {
    "shows": shows,
    "helps": helps,
    "worst": worst,
    "began": began,
    "sides": sides,
    "backed": backed,
    "rules": rules,
    "method": method,
    "lies": lies,
    "arms": arms,
}
