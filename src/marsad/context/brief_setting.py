"""The setting of a briefing: who holds the place and since when, who lives there, the tolls so far."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from marsad.context.brief import Clause, Part, is_here, merged, national
from marsad.context.control import TOPICS, control_of
from marsad.context.control_rules import control_rules
from marsad.context.holding import Holding, held_on
from marsad.context.saying import Saying
from marsad.context.scene import Here, Incident, Scene, Words, words_of
from marsad.model import Measure, Scope, When
from marsad.model.control import Control, ControlState
from marsad.model.knowledge import Knowledge

_SILENT = 30
"""Days without a word of who holds a place, beyond which a briefing says so."""

_SUMS = tuple(m.value for m in (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.MISSING))


def control(scene: Scene, told: Sequence[Knowledge], here: Here, place: str, saying: Saying, on: date) -> Part:
    """Return who holds the place on that day, since when, who lost it before, who stands round it, and who contradicts.

    Who holds it is what `marsad.context.holding` answers, source by source; a guess over a silence says that it is one. What is
    told of something of it, an air base, is told apart.
    """
    mine = [k for k in told if k.topic in TOPICS]
    clauses = _control(scene, [k for k in mine if here.told_exactly(k)], place, saying, on)
    if here.wide:
        clauses += _towns(scene, [k for k in mine if not here.told_exactly(k)], here, saying, on)
    beside: dict[str, list[Knowledge]] = {}
    for known in mine:
        if known.facility is not None and here.told_beside(known):
            beside.setdefault(known.facility, []).append(known)
    for facility, mine in sorted(beside.items()):
        clauses += _control(scene, mine, saying.text("control.facility", place=place, facility=facility), saying, on)
    if not clauses:
        clauses.append(Clause(saying.sentence("control.unknown", place=place)))
    return Part("control", merged(clauses))


def _towns(scene: Scene, told: Sequence[Knowledge], here: Here, saying: Saying, on: date) -> list[Clause]:
    """Return who holds which town of a country: of each the first thing to say, in order of names."""
    towns: dict[tuple[str, str], list[Knowledge]] = {}
    for known in told:
        if here.told_of(known) and known.facility is None and known.place is not None and known.place_key is not None:
            towns.setdefault((_named(known, saying), known.place_key), []).append(known)
    return [
        clause for (name, _), mine in sorted(towns.items()) for clause in _control(scene, mine, name, saying, on)[:1]
    ]


def _control(scene: Scene, mine: Sequence[Knowledge], place: str, saying: Saying, on: date) -> list[Clause]:
    found = [c for k in mine if (c := control_of(k, lambda words, k=k: _party(scene, k, words))) is not None]  # type: ignore[misc]
    answer = held_on(found, on, control_rules())
    gone = {w.control.knowledge_id for w in answer.withdrawn}
    by_id = {k.knowledge_id: k for k in mine if k.knowledge_id not in gone}
    current = [h for h in answer.holdings if not h.overtaken]
    clauses: list[Clause] = []
    for party in dict.fromkeys(h.party for h in current if h.state is ControlState.HELD):
        clauses += _holds(party, [h for h in current if h.party == party], by_id, place, saying)
    if answer.verdict == "disputed":
        held = [h for h in current if h.state is ControlState.HELD]
        names = saying.names(sorted({h.party for h in held}))
        every = tuple(_control_words(c) for h in held for c in h.evidence[-1:])
        clauses.append(Clause(saying.sentence("control.rivals", parties=names), every))
    for state, key in ((ControlState.CONTESTED, "contested"), (ControlState.BESIEGED, "besieged")):
        round_it = [h for h in current if h.state is state]
        if round_it:
            names = saying.names(sorted({h.party for h in round_it}))
            words = tuple(_control_words(c) for h in round_it for c in h.evidence)
            clauses.append(Clause(saying.sentence(f"control.{key}", parties=names, party=names, place=place), words))
    holding = {h.party for h in current if h.state is ControlState.HELD}
    for known in by_id.values():
        party = _party(scene, known, known.party or "?")
        if known.act == "lost" and known.says and party not in holding:
            when = saying.on(known.occurred)
            clauses.append(
                Clause(saying.sentence("control.lost", party=saying.name(party), when=when), (words_of(known),))
            )
        elif known.topic == "governance" and known.says:
            words_said = " ".join(known.text.split())
            line = saying.sentence("control.rules", party=saying.name(party), words=words_said)
            clauses.append(Clause(line, (words_of(known),)))
    for withdrawn in answer.withdrawn:
        line = saying.sentence(
            "doubts.withdrawn", source=saying.name(withdrawn.control.source), words=withdrawn.control.text
        )
        clauses.append(Clause(line, (_control_words(withdrawn.control),)))
    return clauses


def _party(scene: Scene, known: Knowledge, words: str) -> str:
    return scene.who[known.knowledge_id].party or words


def _control_words(c: Control) -> Words:
    return Words(c.knowledge_id, c.report_id, c.start, c.start + len(c.text), c.text, c.source, c.outlet, c.reported)


def _holds(
    party: str, holdings: Sequence[Holding], by_id: Mapping[str, Knowledge], place: str, saying: Saying
) -> Iterator[Clause]:
    mine = [h for h in holdings if h.state is ControlState.HELD]
    evidence = list(dict.fromkeys(c for h in mine for c in h.evidence))
    # What a source said of the same hold before: the words that tell since when.
    began = [k for k in by_id.values() if k.act == "gained" and k.says and k.occurred and _same(k, party, mine)]
    since = min((k.occurred for k in began if k.occurred), key=lambda w: (w.start, w.end), default=None)
    words = tuple(dict.fromkeys((*(words_of(k) for k in began), *map(_control_words, evidence))))
    name = saying.name(party)
    extent = next((by_id[c.knowledge_id].extent for c in evidence if c.knowledge_id in by_id), None)
    if all(h.partial for h in mine):
        yield Clause(saying.sentence("control.holds_part", party=name, place=place, extent=extent or "?"), words)
    elif since is not None:
        yield Clause(saying.sentence("control.holds_since", party=name, place=place, since=saying.when(since)), words)
    else:
        yield Clause(saying.sentence("control.holds", party=name, place=place), words)
    silent = min(h.silent for h in mine)
    if silent > _SILENT:
        yield Clause(saying.sentence("control.silent", n=saying.counted("days", silent, "after")), words)
    for known in by_id.values():
        if known.act == "declared_capital" and known.says and known.party is not None:
            quoted = " ".join(known.text.split())
            yield Clause(saying.sentence("control.capital", party=name, words=quoted), (words_of(known),))


def _same(known: Knowledge, party: str, holdings: Sequence[Holding]) -> bool:
    """Tell whether a gain is where one of these holdings began."""
    when = known.occurred
    return when is not None and any(
        h.party == party and h.since is not None and (h.since[0] or h.since[1]) <= when.end and when.start <= h.since[1]
        for h in holdings
    )


def people(told: Sequence[Knowledge], before: frozenset[str], here: Here, saying: Saying, on: date) -> Part:
    """Return how many lived and live in the place, and how many of them were driven there; empty where nobody tells.

    `before` are the statements of how many lived there before the war.
    """
    clauses: list[Clause] = []
    mine = [k for k in told if here.told_exactly(k) and k.stance in ("asserted", "reported")]
    for known in sorted(mine, key=lambda k: (k.topic != "population", k.reported or k.recorded, k.start)):
        number = saying.said("people", known.value, known.low, known.high, known.bound, known.text)
        if known.topic == Measure.POPULATION.value:
            key = "before" if known.knowledge_id in before else "now"
            when = saying.on(known.occurred) if known.occurred and known.occurred.end < on else ""
            clauses.append(Clause(saying.sentence(f"people.{key}", n=number, when=when), (words_of(known),)))
        elif known.topic == Measure.DISPLACED.value and known.scope is not Scope.CUMULATIVE:
            clauses.append(Clause(saying.sentence("people.displaced", n=number), (words_of(known),)))
    return Part("people", merged(clauses))


def totals(
    told: Sequence[Knowledge],
    sums: Sequence[Knowledge],
    here: Here,
    country: str,
    saying: Saying,
    on: date,
    incidents: Sequence[Incident],
) -> Part:
    """Return the running totals of the place and its country, as reports give them, and what is recorded here beside them.

    `sums` are those of the whole country, as `national_sums` returns them.
    """
    clauses: list[Clause] = []
    for known in sorted({k.knowledge_id: k for k in (*told, *sums)}.values(), key=_of_topic):
        if known.topic == "conflict" and known.says and known.occurred and known.act in ("began", "ended"):
            war, when = saying.names(known.others) or saying.term("actor", "war"), saying.on(known.occurred)
            clauses.append(Clause(saying.sentence(f"totals.{known.act}", war=war, when=when), (words_of(known),)))
        if known.scope not in (Scope.CUMULATIVE, Scope.AGGREGATE) or known.place is None:
            continue
        if known.topic in _SUMS or known.topic == Measure.DISPLACED.value:
            number = saying.said("people", known.value, known.low, known.high, known.bound, known.text)
            where = country if known.place.precision == 6 else _named(known, saying)
            clauses.append(
                Clause(
                    saying.text(f"totals.{known.topic}", place=where, n=number, since=_since(known.occurred, saying)),
                    (words_of(known),),
                )
            )
    # A number of a whole country is a running total that linking took for an incident: it is not added to towns.
    mine = [i for i in incidents if is_here(i, here) and any(_by(w, on) for _, w in i.words)]
    mine = [i for i in mine if not here.wide or i.place_key not in here.keys]
    if len(mine) > 1:
        lows, highs = (
            [i.tolls.get("total", (None,) * 3)[0] for i in mine],
            [i.tolls.get("total", (None,) * 3)[2] for i in mine],
        )
        high = None if any(n is None for n in highs) else sum(n or 0 for n in highs)
        number = saying.range("people", sum(n or 0 for n in lows), None, high)
        every = tuple(w for i in mine for _, w in i.words)
        place = here.name_ar if saying.lang == "ar" and here.name_ar else here.name
        clauses.append(
            Clause(saying.sentence("totals.recorded", incidents=saying.number(len(mine)), place=place, n=number), every)
        )
    return Part("totals", merged(clauses))


def national_sums(scene: Scene, here: Here, on: date) -> list[Knowledge]:
    """Return the last running total of each source for the whole country, printed within the year before that day."""
    oldest, last = on - timedelta(days=366), dict[tuple[object, ...], Knowledge]()
    for known in sorted(scene.standing(), key=_of_topic):
        printed = known.reported or known.recorded
        if known.scope is Scope.CUMULATIVE and national(known, here) and oldest <= printed <= on:
            last[known.topic, known.source, known.status] = known
    return list(last.values())


def _of_topic(known: Knowledge) -> tuple[str, date, str, int]:
    return known.topic, known.reported or known.recorded, known.report_id, known.start


def _since(when: When | None, saying: Saying) -> str:
    if when is None or when.start == when.end:
        return ""
    return saying.text("totals.since", first=saying.day(when.start), last=saying.day(when.end))


def _named(known: Knowledge, saying: Saying) -> str:
    place = known.place
    if place is None:
        return "?"
    return place.name_ar if saying.lang == "ar" and place.name_ar else place.name


def _by(words: Words, on: date) -> bool:
    return words.published is None or words.published <= on
