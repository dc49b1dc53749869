"""A run that begins where the last one ended: what a few new reports and decisions touch is derived anew, all else stands.

Derived is a function of kept; this is the same function, asked only where its outcome can differ. Step by step the store
is put right, and each step hands on what it changed: who copies whom, tellings, pairs, groups, clusters, incidents, doubts.
Where too much is touched, or cannot be told, TooMuch is raised, and everything is derived anew (docs/decisions/0024).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyarrow as pa

from marsad.assess.policy import Policy
from marsad.link.copies import TWINS
from marsad.link.tellings import telling_of
from marsad.model import Decision, Report, ReportId
from marsad.model.telling import Telling
from marsad.pipeline.copies import register_reports
from marsad.pipeline.decided import Decided, decided_on, pinned
from marsad.pipeline.derive import known_when_judged, register_claims
from marsad.pipeline.linking import clusters, judged_between, tellings_told
from marsad.pipeline.renew_copies import TooMuch, Words, renew_copies
from marsad.pipeline.renew_decided import Ties, judges, reports_of
from marsad.pipeline.renew_groups import renew_groups
from marsad.pipeline.renew_incidents import renew_incidents, scope_of
from marsad.pipeline.renew_pairs import renew_pairs
from marsad.pipeline.taught import ENOUGH, weights_in
from marsad.stage import Engine, run_table
from marsad.store.derived import Derived
from marsad.store.kept import Reading

__all__ = ["TooMuch", "renew"]

_OF_ROWS = ("facets", "tellings", "blocks", "pairs", "groups")
"""Stages whose rejections nobody expects: with one of them, everything is derived anew."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Reports with what they tell: which of their claims were decided on, and their tellings."""

    decided: Decided
    tellings: pa.Table


def renew(
    engine: Engine,
    derived: Derived,
    reading: Reading,
    fresh: Collection[str],
    decisions: Sequence[Decision],
    since: int,
    policies: Sequence[str | Policy],
) -> None:
    """Put right in the store what these reports touch, and the decisions from number `since` on; in its write().

    The reports are read already. Raises TooMuch, with the store half right, where everything has to be derived anew.
    """
    if derived.table("rejection", stage=_OF_ROWS).num_rows:
        raise TooMuch
    ties, new = Ties.of(decisions), decisions[since:]
    words = Words(derived, reading, set(fresh))
    members, changed = renew_copies(engine, words)
    spoken = {report for decision in new for report in reports_of(decision)}
    spoken |= {report for decision in ties.on({*spoken, *fresh}) for report in reports_of(decision)}
    reports = ties.closed(derived, members | spoken)
    told = _told(engine, derived, reading, ties, reports)
    anchors = [decision.anchor for decision in ties.on(reports)]
    derived.renew("rejection", told.decided.rejections, stage="decide", record_id=anchors)
    stored = derived.table("telling", report_id=list(reports))
    derived.exchange("telling", stored, told.tellings)
    then, now = (_by_id(table) for table in (stored, told.tellings))
    changes = {i: (then.get(i), now.get(i)) for i in then.keys() | now.keys() if then.get(i) != now.get(i)}
    _same_weights(derived, reading, ties, decisions, since, [t for pair in changes.values() for t in pair if t])
    weights = weights_in(derived.table("weight"))
    rescored = renew_pairs(derived, changes, judged_between(told.tellings, told.decided.judged), weights)
    regrouped = renew_groups(derived, rescored.ends, then.keys() - now.keys())
    elsewhere = [t for t, (was, is_now) in regrouped.items() if was["cluster"] != is_now["cluster"]]
    of = derived.table("telling", telling_id=elsewhere).column("report_id").to_pylist()
    further = ties.closed(derived, {*reports, *of})
    if further != reports:
        told = _told(engine, derived, reading, ties, further)
    moved, touched = _relinked(engine, derived, told, changed | spoken)
    tellings = [*rescored.touched, *rescored.ends, *regrouped]
    touched |= set(derived.table("linked", claim_id=tellings).column("cluster").to_pylist())
    scope = scope_of(derived, touched, moved)
    renew_incidents(engine, derived, reading, ties, scope, moved, policies, weights)


def _told(engine: Engine, derived: Derived, reading: Reading, ties: Ties, reports: Collection[str]) -> _Told:
    """Return what these reports tell, families whole and decisions with all that they tie; leaves it on the engine."""
    named = list(reports)
    claims = derived.table("claim", report_id=named)
    decided = decided_on(claims, ties.on(named))
    register_reports(engine, list(reading.reports_named(map(ReportId, named))))
    engine.register("sketch", derived.table("sketch", report_id=named))
    engine.register("copy", derived.table("copy", report_id=named))
    run_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")
    bad = register_claims(engine, claims, decided)
    tellings, refused = tellings_told(engine)
    if bad.num_rows or refused.num_rows:
        raise TooMuch
    return _Told(decided, tellings)


def _relinked(engine: Engine, derived: Derived, told: _Told, changed: Collection[str]) -> tuple[set[str], set[str]]:
    """Put right which cluster each claim of these reports falls into.

    Returns the claims that fell elsewhere, and the clusters that they left or came to or in which a claim of a report
    `changed` is.
    """
    ids = told.tellings.column("telling_id").to_pylist()
    machine = clusters(engine, told.tellings, derived.table("grouped", telling_id=ids))
    linked = pinned(machine, told.decided)
    claims = told.decided.claims.select(["claim_id", "report_id"]).to_pylist()
    old = derived.table("linked", claim_id=[row["claim_id"] for row in claims])
    derived.exchange("linked", old, linked)
    then, now = ({row["claim_id"]: row for row in table.to_pylist()} for table in (old, linked))
    moved = {c for c in then.keys() | now.keys() if then.get(c) != now.get(c)}
    mine = moved | {row["claim_id"] for row in claims if row["report_id"] in changed}
    return moved, {str(of[c]["cluster"]) for of in (then, now) for c in mine if c in of}


def _by_id(tellings: pa.Table) -> dict[str, Telling]:
    return {row["telling_id"]: telling_of(row) for row in tellings.to_pylist()}


def _same_weights(
    derived: Derived,
    reading: Reading,
    ties: Ties,
    decisions: Sequence[Decision],
    since: int,
    changed: Sequence[Telling],
) -> None:
    """Raise TooMuch where what people judged would teach other weights than those at hand: they touch every pair."""
    judgements = [decision for decision in decisions if judges(decision)]
    if not any(judges(d) for d in decisions[since:]):
        named: list[Report] = list(reading.reports_named({ReportId(t.report_id) for t in changed}))
        if not judgements or not known_when_judged(named, judgements):
            return
    if not derived.count("weight") and len(judgements) < ENOUGH:
        reports = list(ties.tied({report for decision in judgements for report in reports_of(decision)}))
        decided = decided_on(derived.table("claim", report_id=reports), ties.on(reports))
        if len(decided.judged) < ENOUGH:
            return
    raise TooMuch
