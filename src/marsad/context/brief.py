"""A briefing: the paragraph a reporter needs of a place on a day, each clause with the words it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.context.saying import Saying
from marsad.context.scene import Ends, Here, Incident, Scene, Words, words_of
from marsad.model.knowledge import Knowledge

WINDOW = 14
"""Days before the day asked for within which something is news: incidents, statements, meetings."""

_MOST = 40
"""Clauses of one section: a briefing is read by people."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of a briefing and the words it rests on, none where it says that nothing is known."""

    text: str
    words: tuple[Words, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so, each once."""
        return tuple(dict.fromkeys(w.said_by for w in self.words))


@dataclass(frozen=True, slots=True)
class Part:
    """The clauses of one section, in order; `key` names it."""

    key: str
    clauses: tuple[Clause, ...]


def near(scene: Scene, here: Here, on: date, days: int = WINDOW) -> list[Knowledge]:
    """Return what still stands, was printed by that day, and is told of this place or by a report that tells of it.

    What no place is told of counts where its report tells of this place, and is not older than `days`.
    """
    standing = [k for k in scene.standing() if _printed(k) <= on]
    about = {str(k.report_id) for k in standing if here.told_of(k) or here.told_beside(k)}
    about |= {r for i in scene.incidents if is_here(i, here) for r in i.reports}
    oldest = on - timedelta(days=days)
    return [
        k
        for k in standing
        if here.told_of(k)
        or here.told_beside(k)
        or (k.report_id in about and (_printed(k) >= oldest or national(k, here)))
    ]


def is_here(incident: Incident, here: Here) -> bool:
    """Tell whether an incident happened in the place."""
    return here.holds(incident.place_key, incident.country)


def happened(scene: Scene, here: Here, on: date, saying: Saying, days: int = WINDOW) -> Part:
    """Return what happened in the place in the days before, latest first, with tolls, who is said to have done it, who denies."""
    oldest = on - timedelta(days=days)
    mine = [i for i in scene.incidents if is_here(i, here) and any(_by(w, on) for _, w in i.words)]
    recent = [i for i in mine if i.first is None or (i.first <= on and (i.last or i.first) >= oldest)]
    recent.sort(key=lambda i: (i.first is not None, i.last or date.min, i.code), reverse=True)
    clauses: list[Clause] = []
    for incident in recent[: _MOST // 4]:
        clauses += _incident(scene, incident, here, on, saying)
    if len(recent) > 1:
        every = tuple(w for i in recent for key, w in i.words[:1] if key == "total")
        clauses.append(
            Clause(saying.sentence("happened.more", n=saying.number(days), incidents=saying.number(len(recent))), every)
        )
    if not recent:
        clauses.append(Clause(saying.sentence("happened.none", n=saying.number(days))))
    return Part("happened", tuple(clauses))


def _incident(scene: Scene, incident: Incident, here: Here, on: date, saying: Saying) -> Iterator[Clause]:
    said = {key: tuple(w for k, w in incident.words if k == key and _by(w, on)) for key in dict(incident.words)}
    place = (
        incident.place_name_ar if saying.lang == "ar" and incident.place_name_ar else incident.place_name or here.name
    )
    party = saying.text("happened.by", party=saying.name(incident.perpetrator)) if incident.perpetrator else ""
    weapon = saying.term("weapon", incident.weapon or "none")
    toll = _people(saying, incident.tolls.get("total", (None,) * 3))
    gaps = {"weapon": weapon, "party": party, "toll": toll, "place": place}
    first, last = incident.first, incident.last
    if first is None or last is None:
        text = saying.sentence("happened.undated", **gaps)
    elif first == last:
        text = saying.sentence("happened.dated", day=saying.day(first), **gaps)
    else:
        text = saying.sentence("happened.span", first=saying.day(first), last=saying.day(last), **gaps)
    yield Clause(text, said.get("total", ()) or tuple(w for _, w in incident.words if _by(w, on)))
    for key in ("civilians", "combatants"):
        if key in incident.unknown:
            high = incident.tolls.get(key, (None,) * 3)[2]
            if high is not None:
                yield Clause(saying.sentence(f"happened.unknown_{key}", n=saying.number(high)), said.get(key, ()))
        elif said.get(key):
            yield Clause(
                saying.text(f"happened.{key}", toll=_people(saying, incident.tolls.get(key, (None,) * 3))), said[key]
            )
    if said.get("injured"):
        yield Clause(saying.sentence("happened.injured", toll=_people(saying, incident.injured)), said["injured"])
    yield from _spoken(scene, incident, on, saying)
    yield Clause(
        saying.sentence(
            "happened.grade", grade=saying.term("grade", incident.grade), n=saying.counted("origins", incident.origins)
        ),
        tuple(w for _, w in incident.words if _by(w, on)),
    )


def _spoken(scene: Scene, incident: Incident, on: date, saying: Saying) -> Iterator[Clause]:
    """Yield who denies the incident and who says that he did it."""
    known = scene.by_id()
    for attached in scene.attached:
        statement = known.get(attached.knowledge_id)
        if attached.incident_id != incident.incident_id or statement is None or _printed(statement) > on:
            continue
        if statement.knowledge_id in scene.undone:
            continue
        key = {"denied": "denied_by", "admitted": "admitted_by", "claimed": "admitted_by", "apologised": "admitted_by"}
        if attached.act in key and (attached.act == "denied" or attached.owns):
            text = saying.sentence(f"happened.{key[attached.act]}", party=saying.name(attached.party))
            yield Clause(text, (words_of(statement),))


def merged(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return the clauses, those that say the same made one that rests on all their words; no more than 40."""
    once: dict[str, tuple[Words, ...]] = {}
    for clause in clauses:
        once[clause.text] = (
            *once.get(clause.text, ()),
            *(w for w in clause.words if w not in once.get(clause.text, ())),
        )
    return tuple(Clause(text, words) for text, words in list(once.items())[:_MOST])


def numbered(parts: Sequence[Part]) -> dict[Words, int]:
    """Return a number, from 1 on, for all words that the clauses rest on, in the order in which they are read."""
    found: dict[Words, int] = {}
    for part in parts:
        for clause in part.clauses:
            for words in clause.words:
                found.setdefault(words, len(found) + 1)
    return found


def _people(saying: Saying, ends: Ends) -> str:
    return saying.range("people", *ends)


def _printed(known: Knowledge) -> date:
    return known.reported or known.recorded


def _by(words: Words, on: date) -> bool:
    return words.published is None or words.published <= on


def national(known: Knowledge, here: Here) -> bool:
    """Tell whether something is told of the whole country."""
    return known.place is not None and known.place.precision == 6 and known.place.country == here.country
