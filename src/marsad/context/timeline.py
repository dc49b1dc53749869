"""A timeline: what happened in a place, or what an actor did and said, day by day, with who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from marsad.context.register import Register
from marsad.context.scene import Here, Incident, Scene, Words, words_of
from marsad.context.who import Acting
from marsad.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Entry:
    """Between `first` and `last` something of `topic` happened, as `words` say; where not `dated`, the days are those of print.

    `act` and `party` are those of a statement; of an incident `act` is its code and `party` who is said to have done it.
    `low`, `best` and `high` are its toll, None for a statement and where nothing bounds it. `notes` name what a reader
    should know: withdrawn, refused, dated_elsewhere, kept, broken, planned, denied, reported, or a flag.
    """

    first: date
    last: date
    dated: bool
    topic: str
    act: str
    party: str | None
    others: tuple[str, ...]
    place: str | None
    toll: tuple[int | None, int | None, int | None] | None
    words: tuple[Words, ...]
    notes: tuple[str, ...]


def timeline(
    scene: Scene, here: Here | None, actor: str | None, first: date | None, last: date | None, topic: str | None = None
) -> list[Entry]:
    """Return what is told of a place, or of an actor, in the order of days; both ends included, None leaves one open.

    An actor is told of where it acts, is acted on or speaks, by the register: its parts with it. What was taken back or
    refused stays, and is noted as such.
    """
    notes = _notes(scene)
    whose = parts_of(scene.register, actor) if actor is not None else frozenset[str]()
    entries = [
        _entry(known, scene.who[known.knowledge_id], notes.get(known.knowledge_id, ()))
        for known in scene.told
        if (here is None or here.told_of(known))
        and (actor is None or scene.who[known.knowledge_id].everybody & whose)
        and (topic is None or known.topic == topic)
    ]
    if topic in (None, "incident"):
        entries += [
            _incident(incident, scene)
            for incident in scene.incidents
            if (here is None or here.holds(incident.place_key, incident.country))
            and (actor is None or incident.perpetrator in whose)
        ]
    found = [e for e in entries if (first is None or e.last >= first) and (last is None or e.first <= last)]
    return sorted(found, key=lambda e: (e.first, e.last, e.topic, e.act, e.words[0].key if e.words else ""))


def parts_of(register: Register, actor: str) -> frozenset[str]:
    """Return an actor's name and those of its parts."""
    return frozenset((actor, *(name for name in register.actors if register.whole(name) == actor)))


def _entry(known: Knowledge, acting: Acting, notes: tuple[str, ...]) -> Entry:
    printed = known.reported or known.recorded
    when = known.occurred
    stance = () if known.says else (("negated",) if known.polarity == "negated" else (known.stance.value,))
    hedged = ("reported",) if known.says and known.stance == "reported" else ()
    return Entry(
        when.start if when else printed,
        when.end if when else printed,
        when is not None,
        known.topic,
        known.act or known.topic,
        acting.party,
        acting.others,
        known.place.name if known.place else None,
        (known.low, known.value, known.high) if known.bound is not None else None,
        (words_of(known),),
        (*stance, *hedged, *notes, *known.flags),
    )


def _incident(incident: Incident, scene: Scene) -> Entry:
    printed = [w.published for _, w in incident.words if w.published]
    day = incident.first or min(printed, default=date.min)
    return Entry(
        day,
        incident.last or day,
        incident.first is not None,
        "incident",
        incident.code,
        incident.perpetrator,
        (),
        incident.place_name,
        incident.tolls.get("total"),
        tuple(w for _, w in incident.words),
        (incident.grade, *((scene.moved[incident.incident_id].why,) if incident.incident_id in scene.moved else ())),
    )


def _notes(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Return what a reader should know of each statement beside its flags."""
    out: dict[str, list[str]] = {}
    for key, note in _every_note(scene):
        out.setdefault(key, []).append(note)
    return {key: tuple(dict.fromkeys(notes)) for key, notes in out.items()}


def _every_note(scene: Scene) -> Iterator[tuple[str, str]]:
    for key, undone in scene.undone.items():
        yield key, "refused" if undone.by is None else "withdrawn"
    for pair in scene.misdated:
        yield pair.one, "dated_elsewhere"
        yield pair.other, "dated_elsewhere"
    for followed in scene.followed:
        yield followed.ahead, "kept" if followed.kept else "broken"
    codes = {i.incident_id: i.code for i in scene.incidents}
    for attached in scene.attached:
        yield attached.knowledge_id, f"about {codes.get(attached.incident_id, attached.incident_id)}"
