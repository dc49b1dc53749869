"""What incidents have in common, read of the sentences that tell of them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from marsad.context.breaks import Break, breaks
from marsad.context.patterns import KEYS, Pattern, Shape, pattern
from marsad.context.scene import Here, Incident, Scene
from marsad.context.taxonomy import finer_weapon, part_of_day_in, targets, targets_in, twice_in
from marsad.model import ReportId, Text, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.place_scenes import place_scene
from marsad.pipeline.scenes import scene_of
from marsad.text.language import language_of
from marsad.text.sentences import sentences

_SEED = 20141126
"""What the drawing of change points starts from: the same series gives the same answer."""


def patterns_of(
    observatory: Observatory,
    keys: Sequence[str],
    policy: str,
    place: str | None = None,
    actor: str | None = None,
    first: date | None = None,
    last: date | None = None,
    known_on: date | None = None,
) -> tuple[list[Shape], list[Pattern]]:
    """Return what reports tell of each incident, and its patterns by these keys; of a place, an actor, a time alone.

    Raises Wrong for a key that is none, a place or an actor that nobody knows, and days out of order.
    """
    for key in keys:
        if key not in KEYS:
            raise Wrong("--by", key, f"is none of {', '.join(KEYS)}", "name one of them")
    if first is not None and last is not None and last < first:
        raise Wrong("--to", last, f"lies before --from {first}", "put the days in order")
    here, scene = _gathered(observatory, policy, known_on, place)
    doer = _actor(observatory, scene, actor)
    chosen = [
        incident
        for incident in scene.incidents
        if (here is None or here.holds(incident.place_key, incident.country))
        and (doer is None or incident.perpetrator == doer)
        and (first is None or (incident.last is not None and incident.last >= first))
        and (last is None or (incident.first is not None and incident.first <= last))
    ]
    shapes = list(_shapes(observatory, scene, chosen))
    return shapes, [pattern(shapes, key) for key in keys]


def breaks_of(shapes: Sequence[Shape], unit: str, first: date | None = None, last: date | None = None) -> list[Break]:
    """Return when incidents became more or fewer, by "week" or "month"; raises Wrong where too few are dated."""
    days = sorted(s.day for s in shapes if s.day is not None)
    start, end = first or (days[0] if days else None), last or (days[-1] if days else None)
    if start is None or end is None:
        raise Wrong("series", None, "has no dated incident", "add reports that tell when")
    periods = list(_periods(start, end, unit))
    counts = [0] * len(periods)
    for day in days:
        at = bisect_right(periods, day) - 1
        if 0 <= at < len(counts):
            counts[at] += 1
    return breaks(periods, counts, _generator())


def _generator() -> object:
    import numpy

    return numpy.random.default_rng(_SEED)


def _periods(first: date, last: date, unit: str) -> Iterator[date]:
    day = first - timedelta(days=first.weekday()) if unit == "week" else first.replace(day=1)
    while day <= last:
        yield day
        day = day + timedelta(days=7) if unit == "week" else (day + timedelta(days=32)).replace(day=1)


def _gathered(
    observatory: Observatory, policy: str, known_on: date | None, place: str | None
) -> tuple[Here | None, Scene]:
    if place is None:
        return None, scene_of(observatory, policy, known_on)
    found = place_scene(observatory, place, policy, known_on)
    if found is None:
        raise Wrong("--place", place, "is no place that the gazetteer or a report knows", "see `marsad gazetteer find`")
    return found


def _actor(observatory: Observatory, scene: Scene, actor: str | None) -> str | None:
    if actor is None:
        return None
    meant = scene.register.meant(actor, act="event")
    if meant.actor is None:
        rule = f"may mean {', '.join(meant.among)}" if meant.among else "is nobody that the register knows"
        raise Wrong("--actor", actor, rule, f"see `marsad actors {observatory.path}`")
    return meant.actor.name


def _shapes(observatory: Observatory, scene: Scene, incidents: Sequence[Incident]) -> Iterator[Shape]:
    wanted = sorted({ReportId(r) for i in incidents for r in i.reports})
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        texts = {text.report_id: text for text in observatory.texts(reading.reports_named(wanted))}
    attacks: dict[str, list[tuple[str | None, int, int]]] = {}
    for known in scene.told:
        if known.topic == "event" and known.says:
            attacks.setdefault(known.report_id, []).append((known.place_key, known.start, known.end))
    for incident in incidents:
        yield _shape(incident, texts, attacks)


def _shape(
    incident: Incident, texts: Mapping[ReportId, Text], attacks: Mapping[str, Sequence[tuple[str | None, int, int]]]
) -> Shape:
    hit: list[str] = []
    weapon, hour, twice = incident.weapon, None, False
    for lang, sentence in _sentences(incident, texts, attacks):
        hit += targets_in(sentence, lang)
        twice = twice or twice_in(sentence, lang)
        hour = hour or part_of_day_in(sentence, lang)
        finer = finer_weapon(sentence, lang)
        weapon = finer or weapon
    known = targets()
    found = tuple(name for name in known if name in hit)
    responders = tuple(dict.fromkeys(r for name in found if (r := known[name].responder)))
    return Shape(incident.code, incident.first, incident.perpetrator, weapon, found, hour, twice or None, responders)


def _sentences(
    incident: Incident, texts: Mapping[ReportId, Text], attacks: Mapping[str, Sequence[tuple[str | None, int, int]]]
) -> Iterator[tuple[str, str]]:
    """Yield the sentences that tell of an incident, each once: those of its numbers, and of attacks on its place."""
    seen: set[tuple[str, int]] = set()
    points = [(w.report_id, w.start) for _, w in incident.words]
    points += [
        (r, start)
        for r in sorted(incident.reports)
        for key, start, _ in attacks.get(r, ())
        if key == incident.place_key
    ]
    for report, start in points:
        text = texts.get(ReportId(report))
        if text is None:
            continue
        spans = [(s.start, s.end) for s in sentences(text.text)]
        at = bisect_right(spans, (start, len(text.text))) - 1
        if at < 0 or (report, at) in seen:
            continue
        seen.add((report, at))
        yield text.lang or language_of(text.text), text.text[spans[at][0] : spans[at][1]]
