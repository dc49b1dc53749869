"""What an observatory may tell beside incidents: its knowledge through the gate, and who held what by that alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.context.control import TOPICS as CONTROL
from marsad.context.control import control_of_row
from marsad.context.control_rules import is_government
from marsad.context.register_file import shipped
from marsad.context.who import acting
from marsad.context.withdrawn import undone
from marsad.model import DecisionKind
from marsad.model.control import Control
from marsad.model.knowledge import Knowledge, knowledge_of, knowledge_row
from marsad.model.restricted import EVERYBODY
from marsad.pipeline.control import Parties, opened_gazetteer
from marsad.pipeline.control_runs import runs_of
from marsad.pipeline.observatory import Observatory
from marsad.publish.cells import NOBODY_COUNTED, Crowds
from marsad.publish.disclose_context import (
    TOPICS,
    Held,
    Shown,
    Stated,
    disclose_holding,
    disclose_statement,
    last_day,
    with_ids,
)
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import (
    NO_CONTEXT,
    PublicContext,
    PublicHolding,
    PublicKnowledge,
    PublicText,
    PublicTopic,
)
from marsad.publish.statements import digest
from marsad.publish.voices import public_address

_SILENT = timedelta(days=30)
"""So long after the last word on any place the map goes on, fading; then it ends."""

Place = tuple[PublicText, PublicText | None]
"""A public place and what of it is meant."""


def public_context(
    observatory: Observatory,
    policy: PublicationPolicy,
    now: datetime,
    known_on: date | None = None,
    crowds: Crowds = NOBODY_COUNTED,
) -> PublicContext:
    """Return what may be told beside incidents at `now`, as known then or at the end of the day `known_on`.

    Reports that are restricted, private or refused are put aside first: they bear on nothing, not even on who is meant by a
    name or on who is said to have held a place. Names are resolved by the register that marsad ships, which is public.
    """
    told, addresses, total = _in_public(observatory, policy, known_on)
    if not total:
        return NO_CONTEXT
    names = {k.name: (k.name_ar, k.type) for k in shipped().actors.values()}
    pairs = [
        (known, shown)
        for known, stated in _stated(observatory, told, addresses)
        if (shown := disclose_statement(stated, policy, now, names, crowds)) is not None
    ]
    pairs = _worth_telling(pairs)
    pairs.sort(key=lambda pair: _order(pair[1]))
    knowledge = with_ids(shown for _, shown in pairs)
    last = last_day(PublicTopic.CONTROL, policy, now)
    holdings, until = _holdings([(k, one) for (k, _), one in zip(pairs, knowledge, strict=True)], last)
    points = {shown.point.id: shown.point for _, shown in pairs if shown.point is not None}
    parties = {party.id: party for _, shown in pairs for party in shown.parties}
    return PublicContext(
        points=tuple(points[key] for key in sorted(points)),
        parties=tuple(parties[key] for key in sorted(parties)),
        knowledge=tuple(knowledge),
        holdings=tuple(holdings),
        until=until,
        withheld=total - len(pairs),
    )


def _worth_telling(pairs: Iterable[tuple[Knowledge, Shown]]) -> list[tuple[Knowledge, Shown]]:
    """Return the statements without those that tell a reader nothing: that somebody not named spoke, and that somebody said
    what stands beside it as a statement of its own."""
    pairs = list(pairs)
    inner: dict[str, list[int]] = {}
    for known, shown in pairs:
        if shown.told.topic is not PublicTopic.STATEMENT:
            inner.setdefault(known.report_id, []).append(known.start)

    def empty(known: Knowledge, shown: Shown) -> bool:
        if shown.told.topic is not PublicTopic.STATEMENT:
            return False
        repeats = any(known.start <= at < known.end for at in inner.get(known.report_id, ()))
        return shown.told.party is None or (known.act == "said" and repeats)

    return [(known, shown) for known, shown in pairs if not empty(known, shown)]


def _in_public(
    observatory: Observatory, policy: PublicationPolicy, known_on: date | None
) -> tuple[list[Knowledge], Mapping[str, str | None], int]:
    """Return what public reports say that nobody refused, the addresses of these reports, and how much there is in all."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        hidden = {i for i, stands in reading.restrictions().items() if stands["circle"] != EVERYBODY}
        reports = {
            str(r.report_id): r.address
            for r in reading.reports(known_on=known_on)
            if str(r.report_id) not in hidden
            and (r.outlet in policy.public_names or public_address(r.address, policy) is not None)
        }
        decisions = sorted(reading.decisions(known_on=known_on), key=lambda d: d.version)
    refused = {d.anchor: d.reason for d in decisions if d.kind is DecisionKind.REJECT}
    with observatory.derived(read_only=True) as derived:
        table = derived.table("knowledge", topic=sorted(TOPICS))
    mine = table.filter(pc.is_in(table.column("report_id"), value_set=pa.array(sorted(reports), pa.string())))
    told = [knowledge_of(row) for row in mine.to_pylist()]
    gone = undone(told, refused)
    return [k for k in told if k.knowledge_id not in gone], reports, table.num_rows


def _stated(
    observatory: Observatory, told: Sequence[Knowledge], addresses: Mapping[str, str | None]
) -> Iterable[tuple[Knowledge, Stated]]:
    who = acting(told, shipped())
    parties = Parties(shipped(), opened_gazetteer(observatory)) if told else None
    for known in told:
        mine = who[known.knowledge_id]
        party = mine.party
        if known.topic in CONTROL and known.party is not None and parties is not None:
            party = parties.name(_row(known))
        if party is not None and is_government(party):
            party = party.casefold()  # a description, whatever letter its sentence begins with
        yield known, Stated(known, addresses[known.report_id], party, mine.others)


def _row(known: Knowledge) -> dict[str, Any]:
    return {
        "party": known.party,
        "country": known.place.country if known.place else None,
        "occurred_to": known.occurred.end if known.occurred else None,
        "reported": known.reported,
        "recorded": known.recorded,
    }


def _order(shown: Shown) -> tuple[str, str, str]:
    told = shown.told
    day = told.last or told.published
    return "9999-12-31" if day is None else day.isoformat(), told.topic.value, digest(told)


def _holdings(told: Iterable[tuple[Knowledge, PublicKnowledge]], last: date) -> tuple[list[PublicHolding], date | None]:
    """Return who held each place in runs of days, by what was told alone, and the last day of which that is said."""
    by_place: dict[Place, list[Control]] = {}
    names: dict[str, PublicText] = {}
    ids: dict[str, PublicText] = {}
    for known, one in told:
        if one.point is None or one.party is None or known.topic not in CONTROL:
            continue
        control = _control(known, one)
        if control is not None and control.last <= last:
            by_place.setdefault((one.point, one.facility), []).append(control)
            names[control.party] = one.party
            ids[known.knowledge_id] = one.id
    if not by_place:
        return [], None
    until = min(last, max(c.last for controls in by_place.values() for c in controls) + _SILENT)
    out = []
    for (point, facility), controls in sorted(by_place.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        first = min(c.first or c.last for c in controls)
        for begun, ended, answer in runs_of(controls, (min(first, until), until)):
            by = sorted({ids[c.knowledge_id] for h in answer.holdings if not h.overtaken for c in h.evidence})
            held = Held(point, begun, ended, answer.verdict, answer.shares, 1 - answer.sure, answer.besieged, [*by])
            shown = disclose_holding(held, point, facility, names, last)
            if shown is not None:
                out.append(shown)
    return out, until


def _control(known: Knowledge, one: PublicKnowledge) -> Control | None:
    """Return what the statement says of control, of the party as it is told: the same words are the same party."""
    control = control_of_row({**knowledge_row(known), "party": str(one.party)})
    return None if control is None else replace(control, source=str(one.source or known.outlet))
