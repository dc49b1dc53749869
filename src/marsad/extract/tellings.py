"""Readings of their own: footage, relief, rule, arms, how a source knows, where a place lies."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marsad.extract.building import Frame, build, then
from marsad.extract.clauses import clause_of, subject_of
from marsad.extract.found import Found, characters
from marsad.extract.objects import Object, place_near, places_of
from marsad.extract.page import Page
from marsad.extract.whom import Whom, actor_in, names_in
from marsad.model import OriginKind
from marsad.text.context_words import Trigger

_SOURCES = (OriginKind.MONITOR, OriginKind.ACTIVISTS, OriginKind.INTERNATIONAL, OriginKind.MEDICAL)
_NAMES = 3
"""Words behind a comma within which the place is named that lies where the words before it say."""


def shows(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "a video posted by activists showed bodies": the medium, what it shows, and who spread it before the medium."""
    required, clause = then(page, k, trigger, after), clause_of(page, k, first, after)
    if required is None:
        return
    end = len(page.lines[k])
    found = build(page, k, trigger, clause, None, place_near(page, k, clause.start, end), end=end)
    medium = page.slice(k, _noun_start(page, k, clause.start, first), after)
    spread = next((s.chain for s in page.voices[k] if clause.start <= s.first < required[0]), ())
    content = characters(page, k, required[1], end) if required[1] < end else None
    yield replace(found, content=content, chain=(*spread, _uncapital(medium)), actor=spread[0] if spread else None)


def helps(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "Red Crescent workers recovered bodies": somebody whose work is help does it, or is kept from it."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    start, end = subject_of(page, clause)
    helper = _helper(page, k, start, clause.end if trigger.act in ("blocked", "suspended") else end)
    if required is None or helper is None:
        return
    blocker = actor_in(page, k, start, end) if trigger.act == "blocked" else None
    found = build(page, k, trigger, clause, blocker or helper, place_near(page, k, clause.start, clause.end))
    seen = page.words.beside.phrases("seen").find(page.lines[k], clause.start, first)
    others = (helper.name,) if blocker and blocker.name != helper.name else ()
    yield replace(found, others=others, seen=bool(seen))


def rules(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "they have imposed their own courts": a party rules where the sentence says."""
    clause, required = clause_of(page, k, first, after), then(page, k, trigger, after)
    actor = actor_in(page, k, *subject_of(page, clause)) if required else None
    if actor is None:
        return
    place = place_near(page, k, clause.start, clause.end)
    yield build(page, k, trigger, clause, actor, place)


def method(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the network, which gathers reports from volunteers": how a source comes to know."""
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
    who = actor_in(page, k, *subject_of(page, clause))
    named = names_in(page, k, *subject_of(page, clause)) if who is None or not who.armed else []
    who = Whom(*named[0]) if named else who
    found = build(page, k, trigger, clause, who, None)
    content = characters(page, k, after, goods[-1][2])
    others = tuple(n for n, _, _ in names_in(page, k, goods[-1][2], clause.end))
    yield replace(found, act=act, content=content, others=others)


def _helper(page: Page, k: int, start: int, end: int) -> Whom | None:
    line = page.lines[k]
    for actor, first, after in page.words.actors.find(line, start, end):
        if actor.public and actor.origin.kind in (OriginKind.MEDICAL, OriginKind.INTERNATIONAL, OriginKind.MONITOR):
            return Whom(actor.origin.name, first, after, armed=False)
    hits = page.words.beside.phrases("helpers").find(line, start, end)
    return Whom(page.slice(k, hits[0][1], hits[0][2]).lower(), *hits[0][1:], armed=False) if hits else None


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
    "rules": rules,
    "method": method,
    "lies": lies,
    "arms": arms,
}
