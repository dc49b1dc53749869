"""Running totals and other aggregates that reports tell of, set against the incidents that are counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.bulletins import Bulletin, Increment, increments
from marsad.assess.overlap import Remainder, remainder
from marsad.assess.people import ends
from marsad.context.adding_up import Sum
from marsad.context.published import Anomaly, Published, anomalies
from marsad.model import Category, Claim, Count, Measure, Modality, Report, ReportId, Scope, Status
from marsad.model.rows import claim_of
from marsad.pipeline.known import State, state_of
from marsad.pipeline.observatory import Observatory

_CATEGORY = {Status.CIVILIAN: Category.CIVILIANS, Status.COMBATANT: Category.COMBATANTS}
_COUNTRY = 6
"""UCDP's where_prec of a country: a total of a finer place is not its country's."""

_ROW = "row"
_SCOPES = (Scope.CUMULATIVE.value, Scope.AGGREGATE.value)


@dataclass(frozen=True, slots=True)
class Told:
    """`speaker` gave one number for a time and a place, in the words of `claim`, printed on `published`.

    `incidents` are how many counted ones lie in that time and place; `found` is what the number leaves beside them. `then`
    is the same with those incidents alone that some report had told of by the day of print, `known_then` how many. `parts`
    are numbers of the same report that are part of it and add up to it, None where none do. The first day is None where the
    words do not say since when: then every incident up to the last day is set against it.
    """

    claim: Claim
    speaker: str
    published: date | None
    first: date | None
    last: date | None
    place: str | None
    category: Category
    incidents: int
    found: Remainder
    known_then: int
    then: Remainder
    parts: Sum | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The running total of one speaker for one place and kind of people, as it grew, with what is odd about it.

    That of a data set is the set's, whomever it credits from row to row.
    """

    speaker: str
    place: str | None
    category: Category
    grew: tuple[Increment, ...]
    anomalies: tuple[Anomaly, ...]


def totals(
    observatory: Observatory,
    policy: str,
    known_on: date | None = None,
    fighters: tuple[Fraction, Fraction] | None = None,
    background: Count | None = None,
) -> tuple[list[Told], list[Running]]:
    """Return every aggregate number of killed or injured that reports give, and how each speaker's running total grew.

    An aggregate is set against the incidents of its country (or place, if it names one that incidents lie in) and time.
    A number of one speaker is told once, as first printed; a town's total is no country's.
    """
    state = state_of(observatory, known_on)
    claims, reports, parts = _aggregates(observatory, known_on)
    columns = _Columns(state, policy)
    seen: set[tuple[Any, ...]] = set()
    told: list[Told] = []
    for claim in sorted(claims, key=lambda c: _printed(c, reports)):
        low, high = ends(claim)
        speaker = claim.attribution[0] if claim.attribution else reports[claim.report_id].outlet
        if low is None and high is None:
            continue
        first, last = _span(claim, reports[claim.report_id])
        place = _where(claim)
        category = _CATEGORY.get(claim.status, Category.TOTAL)
        number = claim.value if claim.value is not None else (low, high)
        key = speaker, claim.measure, category, number, place, first
        if key in seen:
            continue
        seen.add(key)
        printed = reports[claim.report_id].published
        counted = columns.counted(claim, category, first, last)
        known = columns.counted(claim, category, first, last, printed) if printed else counted
        whole = Count(low or 0, None, high)
        found = remainder(whole, counted, fighters, background)
        then = remainder(whole, known, fighters, background)
        sums = _adding_up(claim, parts.get(claim.claim_id, ()))
        told.append(
            Told(claim, speaker, printed, first, last, place, category, len(counted), found, len(known), then, sums)
        )
    return told, list(_running(told, reports))


def _printed(claim: Claim, reports: dict[ReportId, Report]) -> tuple[Any, ...]:
    """Return by what totals are told in order: day, report, and in a report "at least 553" ahead of its headline's 553."""
    return reports[claim.report_id].published or date.max, claim.report_id, claim.high is not None, claim.start


def _where(claim: Claim) -> str | None:
    """Return the place that a total is of: its country's code, with the name of a town or province before it."""
    if claim.place is None:
        return None
    country = claim.place.country
    finer = country is None or (claim.place.precision or _COUNTRY) < _COUNTRY
    return (f"{claim.place.name}, {country}" if country else claim.place.name) if finer else country


def _adding_up(whole: Claim, parts: Sequence[Claim]) -> Sum | None:
    """Return the sum of a number's parts where they make it; parts of several kinds, by sex and by year, do not."""
    counts = [(part.text, Count(part.low or 0, None, part.high)) for part in parts]
    made = Sum(name=whole.text, whole=Count(whole.low or 0, None, whole.high), parts=tuple(counts))
    exact = made.added.low == made.added.high == made.whole.low == made.whole.high
    return made if len(counts) > 1 and exact else None


def _aggregates(
    observatory: Observatory, known_on: date | None
) -> tuple[list[Claim], dict[ReportId, Report], dict[str, list[Claim]]]:
    """Return the aggregates that stand by themselves, the reports, and the parts of each by the id of the whole."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports = {r.report_id: r for r in reading.reports(known_on=known_on)}
    with observatory.derived(read_only=True) as derived:
        rows = [row for scope in _SCOPES for row in derived.table("claim", scope=scope).to_pylist()]
    measures = (Measure.KILLED, Measure.INJURED)
    found = [claim_of(row) for row in rows if row["report_id"] in reports]
    standing = (Modality.ASSERTED, Modality.REPORTED)
    fine = [c for c in found if c.measure in measures and c.group is None and c.modality in standing]
    parts: dict[str, list[Claim]] = {}
    for part in sorted((c for c in fine if c.subset_of is not None), key=lambda c: c.start):
        parts.setdefault(str(part.subset_of), []).append(part)
    return [c for c in fine if c.subset_of is None], reports, parts


def _span(claim: Claim, report: Report) -> tuple[date | None, date | None]:
    """Return the first and the last day of a total: those it names; else everything up to the day of print."""
    when = claim.occurred
    if when is None or when.start == when.end:
        return None, when.end if when is not None else report.published
    return when.start, when.end


class _Columns:
    """The incidents of a state with their tolls, looked through once for each aggregate."""

    def __init__(self, state: State, policy: str) -> None:
        self._incidents = state.incidents()
        self._state, self._policy = state, policy
        self._tolls: dict[tuple[str, str], pa.Table | None] = {}

    def counted(
        self, claim: Claim, category: Category, first: date | None, last: date | None, by: date | None = None
    ) -> list[Count]:
        """Return the tolls of the incidents that lie in the aggregate's place and time; with `by`, told of by that day."""
        key = claim.measure.value, category.value
        if key not in self._tolls:
            self._tolls[key] = self._state.tolls(self._policy, *key)
        tolls = self._tolls[key]
        if tolls is None:
            return []
        mask = pc.is_valid(tolls.column("low"))
        table = self._incidents
        if claim.place is not None and claim.place.country:
            mask = pc.and_(mask, pc.fill_null(pc.equal(table.column("country"), claim.place.country), False))
            finer = (claim.place.precision or _COUNTRY) < _COUNTRY
            if finer:
                mask = pc.and_(mask, pc.fill_null(pc.equal(table.column("admin1"), claim.place.admin1 or ""), False))
            if finer and (claim.place.precision or _COUNTRY) <= 2:
                mask = pc.and_(mask, pc.fill_null(pc.equal(table.column("place"), claim.place.name), False))
        if first is not None:
            mask = pc.and_(mask, pc.fill_null(pc.greater_equal(table.column("occurred_from"), pa.scalar(first)), False))
        if last is not None:
            mask = pc.and_(mask, pc.fill_null(pc.less_equal(table.column("occurred_to"), pa.scalar(last)), False))
        if by is not None:
            mask = pc.and_(mask, pc.fill_null(pc.less_equal(table.column("reported"), pa.scalar(by)), True))
        rows = tolls.select(["low", "best", "high"]).filter(mask)
        return [Count(r["low"], r["best"], r["high"]) for r in rows.to_pylist()]


def _running(told: Sequence[Told], reports: dict[ReportId, Report]) -> Iterator[Running]:
    """Yield the running totals of which a speaker gave more than one, as they grew."""
    of_day = {
        (t.claim.report_id, t.category): t.claim
        for t in told
        if t.claim.rule == _ROW and t.claim.scope is Scope.AGGREGATE and t.claim.measure is Measure.KILLED
    }
    by_series: dict[tuple[str, str | None, Category], dict[date, Published]] = {}
    for item in told:
        claim = item.claim
        number = claim.value if claim.value is not None else claim.low
        if (
            claim.scope is not Scope.CUMULATIVE
            or item.last is None
            or number is None
            or claim.measure is not Measure.KILLED
        ):
            continue
        row = claim.rule == _ROW
        speaker = reports[claim.report_id].outlet if row else item.speaker
        beside = of_day.get((claim.report_id, item.category)) if row else None
        days = beside.occurred.days if beside is not None and beside.occurred is not None else 1
        point = Published(
            day=item.last,
            total=number,
            of_day=None if beside is None else beside.value,
            covers=days,
            label=item.speaker if row else None,
        )
        by_series.setdefault((speaker, item.place, item.category), {})[item.last] = point
    for (speaker, place, category), series in sorted(by_series.items(), key=str):
        if len(series) > 1:
            bulletins = [Bulletin(p.day, p.total, p.of_day) for p in series.values()]
            yield Running(
                speaker, place, category, tuple(increments(bulletins)), tuple(anomalies(list(series.values())))
            )
