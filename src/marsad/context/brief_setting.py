"""The setting of a briefing: who holds the place and since when, who lives there, the tolls so far."""

from collections.abc import Iterator, Sequence
from datetime import date

from marsad.context.brief import Clause, Part, is_here, merged
from marsad.context.saying import Saying
from marsad.context.scene import Here, Incident, Scene, Words, words_of
from marsad.model import Measure, Scope, When
from marsad.model.knowledge import Knowledge

_HELD = frozenset({"gained", "holds", "declared_capital"})
_SUMS = tuple(m.value for m in (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.MISSING))


def control(scene: Scene, told: Sequence[Knowledge], here: Here, place: str, saying: Saying) -> Part:
    """Return who holds the place by the last that was told, since when, who lost it before, and who contradicts.

    A party holds it by its last gain or hold, unless it lost it later or another took it from it later.
    """
    items = [k for k in told if k.topic == "control" and k.says and here.told_of(k)]
    items.sort(key=lambda k: (_day(k), k.knowledge_id))
    holders = _holders(scene, items)
    clauses: list[Clause] = []
    for party, mine in holders.items():
        clauses += _holds(party, mine, place, saying)
    if len(holders) > 1:
        names = saying.names(sorted(holders))
        every = tuple(words_of(k) for mine in holders.values() for k in mine[-1:])
        clauses.append(Clause(saying.text("control.rivals", parties=names), every))
    clauses += _others(scene, items, holders, place, saying)
    for known in told:
        if known.topic == "governance" and known.says and here.told_of(known):
            ruler = scene.who[known.knowledge_id].party or known.source
            words = " ".join(known.text.split())
            clauses.append(
                Clause(saying.text("control.rules", party=saying.name(ruler), words=words), (words_of(known),))
            )
    if not clauses:
        clauses.append(Clause(saying.text("control.unknown", place=place)))
    return Part("control", merged(clauses))


def _holders(scene: Scene, items: Sequence[Knowledge]) -> dict[str, list[Knowledge]]:
    """Return who holds a place at the end, each with what was told of its hold, earliest first."""
    holders: dict[str, list[Knowledge]] = {}
    for known in items:
        party = scene.who[known.knowledge_id].party
        if party is None:
            continue
        if known.act in _HELD:
            if known.act == "gained":
                holders = {p: mine for p, mine in holders.items() if p == party or _later(mine[-1], known)}
            holders.setdefault(party, []).append(known)
        elif known.act == "lost" and party in holders and not _later(holders[party][-1], known):
            del holders[party]
    return holders


def _later(one: Knowledge, other: Knowledge) -> bool:
    """Tell whether what `one` tells is of a later time than `other`, as far as their times are told."""
    return _day(one) > _day(other)


def _day(known: Knowledge) -> date:
    return known.occurred.end if known.occurred else known.reported or known.recorded


def _holds(party: str, mine: Sequence[Knowledge], place: str, saying: Saying) -> Iterator[Clause]:
    words = tuple(words_of(k) for k in mine if k.act in ("gained", "holds"))
    since = min(
        (k.occurred for k in mine if k.act == "gained" and k.occurred), key=lambda w: (w.start, w.end), default=None
    )
    partial = all(k.extent for k in mine if k.act in ("gained", "holds")) and bool(words)
    name = saying.name(party)
    if partial:
        yield Clause(saying.text("control.holds_part", party=name, place=place, extent=mine[-1].extent or ""), words)
    elif since is not None:
        yield Clause(saying.text("control.holds_since", party=name, place=place, since=saying.when(since)), words)
    elif words:
        yield Clause(saying.text("control.holds", party=name, place=place), words)
    for known in mine:
        if known.act == "declared_capital":
            quoted = " ".join(known.text.split())
            yield Clause(saying.text("control.capital", party=name, words=quoted), (words_of(known),))


def _others(
    scene: Scene, items: Sequence[Knowledge], holders: dict[str, list[Knowledge]], place: str, saying: Saying
) -> Iterator[Clause]:
    for known in items:
        party = scene.who[known.knowledge_id].party
        if party is None or (known.act == "lost" and party in holders):
            continue
        if known.act == "lost":
            yield Clause(
                saying.text("control.lost", party=saying.name(party), when=saying.on(known.occurred)),
                (words_of(known),),
            )
        elif known.act == "besieges":
            yield Clause(saying.text("control.besieged", party=saying.name(party), place=place), (words_of(known),))
        elif known.act == "contested":
            names = saying.names([party, *scene.who[known.knowledge_id].others])
            yield Clause(saying.text("control.contested", parties=names, place=place), (words_of(known),))


def people(told: Sequence[Knowledge], here: Here, saying: Saying, on: date) -> Part:
    """Return how many lived and live in the place, and how many of them were driven there; empty where nobody tells."""
    clauses: list[Clause] = []
    mine = [k for k in told if here.told_of(k) and k.stance in ("asserted", "reported")]
    for known in sorted(mine, key=lambda k: (k.topic != "population", _day(k), k.start)):
        number = saying.said("people", known.value, known.low, known.high, known.bound, known.text)
        if known.topic == Measure.POPULATION.value:
            key = "before" if _before_war(known) else "now"
            when = saying.on(known.occurred) if known.occurred and known.occurred.end < on else ""
            clauses.append(Clause(saying.text(f"people.{key}", n=number, when=when), (words_of(known),)))
        elif known.topic == Measure.DISPLACED.value and known.scope is not Scope.CUMULATIVE:
            clauses.append(Clause(saying.text("people.displaced", n=number), (words_of(known),)))
    return Part("people", merged(clauses))


def _before_war(known: Knowledge) -> bool:
    """Tell whether a population is that of before the war: its time is open to the past and not carried to now."""
    return known.occurred is not None and known.reported is not None and known.occurred.end < known.reported


def totals(
    told: Sequence[Knowledge],
    here: Here,
    country: str,
    saying: Saying,
    on: date,
    incidents: Sequence[Incident],
) -> Part:
    """Return the running totals of the place and its country, as reports give them, and what is recorded here beside them."""
    clauses: list[Clause] = []
    for known in sorted(told, key=lambda k: (k.topic, k.reported or k.recorded, k.start)):
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
    mine = [i for i in incidents if is_here(i, here) and any(_by(w, on) for _, w in i.words)]
    if len(mine) > 1:
        lows, highs = (
            [i.tolls.get("total", (None,) * 3)[0] for i in mine],
            [i.tolls.get("total", (None,) * 3)[2] for i in mine],
        )
        high = None if any(n is None for n in highs) else sum(n or 0 for n in highs)
        number = saying.range("people", sum(n or 0 for n in lows), None, high)
        every = tuple(w for i in mine for key, w in i.words if key == "total")
        clauses.append(
            Clause(saying.text("totals.recorded", incidents=saying.number(len(mine)), place=here.name, n=number), every)
        )
    return Part("totals", merged(clauses))


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
