"""How figures changed between two days, incident by incident, and what made them change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.causes import Moment, Reason, causes
from marsad.model import Category, Measure, ReportId
from marsad.pipeline.known import State, state_of
from marsad.pipeline.observatory import Observatory

Ends = tuple[int | None, int | None, int | None]
_ENDS = ("low", "best", "high")
_COLUMNS = ("incident_id", "claim_id", "report_id", "role", "rule")


@dataclass(frozen=True, slots=True)
class Change:
    """Under its code the incident stood at `before` and stands at `after` (low, best, high); None: there was none of it.

    `occurred` is its last day, None where nobody told. `earlier` says that it happened before the first of the two days:
    what it adds is no death of the days between.
    """

    code: str
    incident_id: str
    occurred: date | None
    before: Ends | None
    after: Ends | None
    reasons: tuple[Reason, ...]
    earlier: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed, and the sums of low, best (low where there is none) and high on the two days.

    `within` and `earlier` split the change of the best sum into what happened between the days and what happened before.
    """

    changes: tuple[Change, ...]
    before: tuple[int, int, int]
    after: tuple[int, int, int]
    within: int
    earlier: int


def changes(
    observatory: Observatory,
    first: date,
    last: date | None,
    policy: str,
    measure: Measure = Measure.KILLED,
    category: Category = Category.TOTAL,
    policy_before: str | None = None,
) -> Changes:
    """Return what changed between the ends of two days (UTC); `last` of None is now.

    `policy_before` is the policy of the first day, if it was another one. Raises Wrong where nothing was known yet.
    """
    was, now = state_of(observatory, first), state_of(observatory, last)
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        upto = reading.decisions(known_on=last)
        anchors = {d.anchor for d in upto if d.recorded_at.date() > first}
    decided = _decided(observatory, anchors)

    def later(reports: set[str]) -> set[str]:
        with observatory.kept(read_only=True) as kept, kept.read() as reading:
            named = reading.reports_named(sorted(ReportId(r) for r in reports))
            return {str(r.report_id) for r in named if r.recorded_at.date() > first}

    return between(was, now, first, policy, measure, category, policy_before or policy, later, decided)


def between(
    was: State,
    now: State,
    first: date,
    policy: str,
    measure: Measure,
    category: Category,
    policy_before: str,
    later: Callable[[set[str]], set[str]],
    decided: set[str],
) -> Changes:
    """Return what changed between two states; `later` returns those of some reports that came in since
    the first, `decided` are claims decided on since."""
    olds, news = _figures(was, policy_before, measure, category), _figures(now, policy, measure, category)
    changed = _changed(olds, news)
    stood, stands = was.standing(_COLUMNS), now.standing(_COLUMNS)
    old, new = _standing(stood, changed), _standing(stands, changed)
    claims = {c for of in (old, new) for standing in of.values() for c in standing}
    home_then, mine = _homes(_of_claims(stood, claims)), _of_claims(stands, claims)
    home_now, fresh = _homes(mine), _fresh(mine, later)
    same_policy = policy == policy_before
    out = []
    rows_old, rows_new = _rows(olds, changed), _rows(news, changed)
    for incident in changed:
        row = rows_new.get(incident) or rows_old[incident]
        earlier = row["occurred_to"] is not None and row["occurred_to"] <= first
        reasons = causes(
            incident,
            Moment(old.get(incident, {}), home_then),
            Moment(new.get(incident, {}), home_now),
            fresh=fresh,
            decided=decided,
            occurred_earlier=earlier,
            policy_changed=not same_policy,
        )
        before, after = (_ends(rows.get(incident)) for rows in (rows_old, rows_new))
        out.append(Change(row["code"], incident, row["occurred_to"], before, after, tuple(reasons), earlier))
    out.sort(key=lambda c: (c.code, c.incident_id))
    moved = [(_best(c.after) - _best(c.before), c.earlier) for c in out]
    return Changes(
        tuple(out),
        _sums(olds),
        _sums(news),
        sum(n for n, earlier in moved if not earlier),
        sum(n for n, earlier in moved if earlier),
    )


def _figures(state: State, policy: str, measure: Measure, category: Category) -> pa.Table:
    incidents = state.incidents(("incident_id", "code", "occurred_to"))
    tolls = state.tolls(policy, measure.value, category.value)
    ends = {n: pa.nulls(incidents.num_rows, pa.int64()) if tolls is None else tolls.column(n) for n in _ENDS}
    kept = {name: incidents.column(name) for name in ("incident_id", "code", "occurred_to")}
    return pa.table({**kept, **ends})


def _changed(olds: pa.Table, news: pa.Table) -> list[str]:
    """Return the incidents whose figure, or whose being there, is not what it was, without looking at each in Python."""
    ids_old, ids_new = (t.column("incident_id").combine_chunks() for t in (olds, news))
    same = ids_old.equals(ids_new)  # mostly so from one day to the next, and then nobody needs to be looked up
    at = pa.array(range(len(ids_new)), pa.int32()) if same else pc.index_in(ids_new, value_set=ids_old)
    differs = pc.is_null(at)
    for name in _ENDS:
        was = olds.column(name).combine_chunks().take(at)
        now = news.column(name).combine_chunks()
        equal = pc.or_(pc.fill_null(pc.equal(was, now), False), pc.and_(pc.is_null(was), pc.is_null(now)))
        differs = pc.or_(differs, pc.invert(equal))
    untold = pc.and_(pc.is_null(at), pc.is_null(news.column("low").combine_chunks()))
    found = set(ids_new.filter(pc.and_(differs, pc.invert(untold))).to_pylist())
    if same:
        return sorted(found)
    gone = pc.and_(
        pc.is_null(pc.index_in(ids_old, value_set=ids_new)), pc.is_valid(olds.column("low").combine_chunks())
    )
    return sorted(found | set(ids_old.filter(gone).to_pylist()))


def _rows(figures: pa.Table, incidents: list[str]) -> dict[str, dict[str, Any]]:
    mask = pc.is_in(figures.column("incident_id"), value_set=pa.array(incidents, pa.string()))
    return {row["incident_id"]: row for row in figures.filter(mask).to_pylist()}


def _standing(table: pa.Table, incidents: list[str]) -> dict[str, dict[str, tuple[str, str]]]:
    mask = pc.is_in(table.column("incident_id"), value_set=pa.array(incidents, pa.string()))
    out: dict[str, dict[str, tuple[str, str]]] = {}
    for row in table.filter(mask).to_pylist():
        out.setdefault(row["incident_id"], {})[row["claim_id"]] = row["role"], row["rule"]
    return out


def _homes(table: pa.Table) -> dict[str, str]:
    return dict(zip(*(table.column(n).to_pylist() for n in ("claim_id", "incident_id")), strict=True))


def _of_claims(table: pa.Table, claims: set[str]) -> pa.Table:
    return table.filter(pc.is_in(table.column("claim_id"), value_set=pa.array(sorted(claims), pa.string())))


def _fresh(table: pa.Table, later: Callable[[set[str]], set[str]]) -> set[str]:
    claims, reports = (table.column(n).to_pylist() for n in ("claim_id", "report_id"))
    new = later(set(reports))
    return {claim for claim, report in zip(claims, reports, strict=True) if report in new}


def _decided(observatory: Observatory, anchors: set[str]) -> set[str]:
    """Return the claims at these words."""
    reports = {anchor.split(":")[0] for anchor in anchors}
    if not reports:
        return set()
    with observatory.derived(read_only=True) as derived:
        rows = derived.table("claim", report_id=reports).to_pylist()
    return {r["claim_id"] for r in rows if f"{r['report_id']}:{r['start']}-{r['end']}" in anchors}


def _ends(row: dict[str, Any] | None) -> Ends | None:
    return None if row is None else (row["low"], row["best"], row["high"])


def _best(ends: Ends | None) -> int:
    return 0 if ends is None else next((n for n in (ends[1], ends[0]) if n is not None), 0)


def _sums(figures: pa.Table) -> tuple[int, int, int]:
    best = pc.coalesce(figures.column("best"), figures.column("low"))
    high = pc.coalesce(figures.column("high"), figures.column("low"))
    low, middle, most = (pc.sum(column).as_py() or 0 for column in (figures.column("low"), best, high))
    return low, middle, most
