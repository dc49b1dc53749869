"""Rulings and agreements: what a court or the United Nations decides, and what parties sign."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marsad.extract.building import Frame, build, then
from marsad.extract.clauses import clause_of, subject_of
from marsad.extract.found import Found, characters
from marsad.extract.objects import place_near, places_of
from marsad.extract.page import Page
from marsad.extract.whom import Whom, people_in
from marsad.text.context_words import Trigger

_BODY_REACH = 12
"""Words before a ruling, or behind it where the verb comes first, within which the body stands that makes it."""


def decides(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the Security Council adopted a resolution on convoys": a body that can rule, and what it rules."""
    required = then(page, k, trigger, after)
    if required is None:
        return
    clause = clause_of(page, k, first, after)
    line, bodies = page.lines[k], page.words.beside.phrases("courts")
    hits = bodies.find(line, max(0, first - _BODY_REACH), first)
    if not hits and not page.words.subject_first:
        hits = bodies.find(line, after, min(len(line), after + _BODY_REACH))
    if not hits:
        return
    _, start, stop = hits[-1] if hits[-1][1] < first else hits[0]
    body = Whom(page.slice(k, start, stop), start, stop, armed=False)
    end = max(clause.end, required[1])
    inside = next(places_of(page, k, required[1], end), None)
    found = build(page, k, trigger, clause, body, inside, start=min(start, clause.start), end=end)
    words = characters(page, k, after, end)
    sentenced = [name for name, _, _ in people_in(page, k, after, end) if name != body.name]
    yield replace(found, others=tuple(dict.fromkeys(sentenced)), content=words if words[0] < words[1] else None)


def signs(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the army and rebels signed a truce in Homs": those who agree, two or more, or one with another behind."""
    required = then(page, k, trigger, after)
    if required is None:
        return
    clause = clause_of(page, k, first, after)
    people = [*_together(page, k, *subject_of(page, clause)), *_together(page, k, required[1], clause.end)]
    names = tuple(dict.fromkeys(name for name, *_ in sorted(people, key=lambda p: p[1])))
    if not names:
        return
    end = max(clause.end, required[1])
    place = next(places_of(page, k, required[1], end), None) or place_near(page, k, clause.start, end)
    found = build(page, k, trigger, clause, None, place, end=end)
    yield replace(found, actor=names[0], others=names[1:])


def _together(page: Page, k: int, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return who is named: parties, those who bear arms by a plain word ("rebels", "the opposition"), then people, each once."""
    line = page.lines[k]
    out = [(n.name, n.first, n.after) for n in page.parties(k) if start <= n.first and n.after <= end]
    hits = page.words.beside.phrases("bearers").find(line, start, end)
    more = [(_plain(page, k, a, b), a, b) for _, a, b in hits] + list(people_in(page, k, start, end))
    for name, first, after in more:
        if all(after <= a or first >= b for _, a, b in out):
            out.append((name, first, after))
    return out


def _plain(page: Page, k: int, first: int, after: int) -> str:
    """Return a plain word for people without an "and" that is written onto it."""
    said = page.slice(k, first, after).lower()
    return said[1:] if page.words.prefixes and said.startswith("و") and not said.startswith("وو") else said


RULINGS: Mapping[str, Frame] = {"decides": decides, "signs": signs}
