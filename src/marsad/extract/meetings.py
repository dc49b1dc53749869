"""Meetings: who met whom, where and when, or is to; how talks ended."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from marsad.extract.building import Frame, build
from marsad.extract.clauses import Clause, clause_of, subject_of
from marsad.extract.found import Found, characters
from marsad.extract.objects import Object, places_of, setting
from marsad.extract.page import Page
from marsad.extract.places import place_from
from marsad.extract.whom import names_in, people_in
from marsad.model import Place
from marsad.text.context_words import Trigger

_AHEAD = 5
"""Words before talks among which stands the verb that holds them: "retomaron este lunes las conversaciones"."""


def meets(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "a delegation met the president in Sochi": somebody on each side, or talks held at a place or with somebody."""
    clause = _whole(page, k, clause_of(page, k, first, after))
    before, behind = people_in(page, k, *subject_of(page, clause)), people_in(page, k, after, clause.end)
    if not page.words.subject_first:
        before, behind = behind[:1], behind[1:]
    if not behind and (surname := _surname(page, k, after, clause.end)):
        behind = [surname]
    if not before:
        return
    place = _place(page, k, clause)
    if not behind and (trigger.act == "met" or place is None):
        return
    people = tuple(dict.fromkeys(name for name, _, _ in (*before, *behind)))
    found = build(page, k, trigger, clause, None, place)
    yield replace(found, actor=people[0], others=people[1:])


def _surname(page: Page, k: int, at: int, end: int) -> tuple[str, int, int] | None:
    """Return who is met by one name right behind the verb: "met Sale in Paris"."""
    titles = page.words.forms("attribution.titles")
    while at < end and page.lines[k][at].form in titles:
        at += 1
    if at >= end or not page.lines[k][at].capital or any(hit[2] <= at < hit[3] for hit in page.placed(k)):
        return None
    name = page.lines[k][at].bare
    return page.full_name(name) or name, at, at + 1


def visits(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "the minister visited Russia": somebody named goes to a country or a place."""
    clause = _whole(page, k, clause_of(page, k, first, after))
    before = people_in(page, k, *subject_of(page, clause))
    straight = place_from(page.words, page.atlas, page.lines[k], page.report.text, after)
    place = (
        Object(straight[0], after, straight[1]) if straight else next(places_of(page, k, after - 1, clause.end), None)
    )
    place = place or _country(page, k, after, clause.end) or _seat(page, k, after)
    if not before or place is None:
        return
    host = (page.atlas.government(place.place.country),) if place.place.country and place.place.precision == 6 else ()
    who = before[-1] if page.words.subject_first else before[0]
    yield replace(build(page, k, trigger, clause, None, place), actor=who[0], others=host)


def talks(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "talks on a truce were held in Geneva and collapsed"."""
    line, beside = page.lines[k], page.words.beside
    ahead = max(0, first - _AHEAD)  # "hosted ceasefire talks"; in Arabic the verb comes first
    held = beside.phrases("held_talks").find(line, ahead, min(len(line), after + 14))
    ended = beside.phrases("without_agreement").find(line, after, min(len(line), after + 25))
    agreed = beside.phrases("agreed").find(line, after, min(len(line), after + 25))
    off = beside.phrases("called_off").find(line, ahead, min(len(line), after + 14))
    later = beside.phrases("put_off").find(line, ahead, min(len(line), after + 14))
    if not (held or ended or agreed or off or later):
        return
    clause = clause_of(page, k, first, after)
    last = max(hit[2] for hit in (*held, *ended, *agreed, *off, *later))
    clause = Clause(clause.start, first, after, max(clause.end, last), clause.shared)
    act = "ended_without_agreement" if ended else "agreed" if agreed else "held_talks"
    act = "cancelled" if off else "postponed" if later else act
    people = [n for n, a, b in names_in(page, k, clause.start, clause.end) if not _name_of_talks(page, k, a, b, first)]
    people += [broker for at in range(clause.start, first) if (broker := _broker(page, k, at))]
    where = next((o for hit in (*held, *off) for o in places_of(page, k, hit[2], clause.end)), None)
    found = build(page, k, trigger, clause, None, where or _place(page, k, clause))
    end = characters(page, k, clause.start, max(clause.end, last))[1]
    unique = tuple(dict.fromkeys(n.partition(" in ")[0] if n[:1].islower() else n for n in people))
    yield replace(found, act=act, end=end, actor=unique[0] if unique else None, others=unique[1:])


def _name_of_talks(page: Page, k: int, start: int, after: int, talks_at: int) -> bool:
    """Tell whether a name is that of the talks themselves: "the Geneva II | talks", a place and a number."""
    last = page.lines[k][after - 1].text
    counted = last.isdecimal() or (last.isupper() and set(last) <= set("IVX"))
    return counted and after > start + 1 and 0 <= talks_at - after <= 2


def calls_off(page: Page, k: int, trigger: Trigger, first: int, after: int) -> Iterator[Found]:
    """Read "a meeting in Sochi was cancelled": of meetings named so, those alone that were called off or put off."""
    yield from (found for found in talks(page, k, trigger, first, after) if found.act in ("cancelled", "postponed"))


def _whole(page: Page, k: int, clause: Clause) -> Clause:
    """Return the clause with an apposition before its verb: "a former governor, Omar al-Sale, has met"."""
    line = page.lines[k]
    at = clause.start
    while at and line[at - 1].form in ",،":
        at -= 1
        while at and line[at - 1].kind == "word" and line[at - 1].form not in page.words.beside.forms("breaks"):
            at -= 1
    return Clause(at, clause.first, clause.after, clause.end, clause.shared)


def _broker(page: Page, k: int, at: int) -> str | None:
    """Return who brokered talks by an adjective: "UN-brokered"."""
    token = page.lines[k][at]
    name, _, ending = token.text.rpartition("-")
    if not name or ending.lower() not in page.words.beside.forms("brokered"):
        return None
    line = page.words.line(name)
    actor = page.words.actors.match(line, 0)
    code = page.atlas.country_of(line[0]) if line else None
    return actor[0].origin.name if actor else page.atlas.government(code) if code else name


def _place(page: Page, k: int, clause: Clause) -> Object | None:
    """Return where a meeting is: a place in its clause, else the country whose ministry or palace is the host."""
    line, beside = page.lines[k], page.words.beside
    inside = next(places_of(page, k, clause.after, clause.end), None)
    if inside is None and not page.words.subject_first:
        inside = next(places_of(page, k, clause.start, clause.first), None)
    if inside is not None:
        return inside
    if (opening := setting(page, k)) is not None:
        return Object(opening, clause.first, clause.first, inferred=True)
    seats = beside.phrases("seats").find(line, clause.after, clause.end)
    if seats:
        _, at, after = seats[0]
        code = page.atlas.country_of(line[at - 1]) if at else None
        if code:
            country: Place = replace(page.atlas.country(code), words=page.slice(k, at - 1, after))
            return Object(country, at - 1, after, inferred=True)
    return None


def _seat(page: Page, k: int, at: int) -> Object | None:
    """Return the capital right behind a verb of going that elsewhere stands for its government: "visited Damascus"."""
    line = page.lines[k]
    if at >= len(line) or not line[at].capital:
        return None
    place = page.atlas.place(line[at].bare)
    return Object(place, at, at + 1) if place.found else None


def _country(page: Page, k: int, at: int, end: int) -> Object | None:
    for j in range(at, min(end, at + 6)):
        code = page.atlas.country_of(page.lines[k][j]) if page.lines[k][j].name else None
        if code:
            return Object(replace(page.atlas.country(code), words=page.lines[k][j].text), j, j + 1)
    return None


MEETINGS: Mapping[str, Frame] = {"meets": meets, "visits": visits, "talks": talks, "calls_off": calls_off}
