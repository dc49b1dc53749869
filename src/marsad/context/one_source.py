"""What one source says of a party and a place on a day: the statements around that day, and the rule by which it follows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from marsad.context.control_rules import ControlRules
from marsad.context.held import Holding
from marsad.model.control import Control, ControlState


def every_source(stand: Sequence[Control], day: date, rules: ControlRules) -> Iterator[Holding]:
    """Yield what each source by itself says of each party on the day; nothing where it says nothing."""
    by_source: dict[str, list[Control]] = {}
    for control in stand:
        by_source.setdefault(control.source, []).append(control)
    for source, told in by_source.items():
        holder = _holder_before(told, day)
        for party in sorted({c.party for c in told}):
            yield from _of_party(source, party, told, day, rules, holder)


class _Point(NamedTuple):
    """Of one party: it is so (or not) between two days, or became so on one of them. Made by the thousand: no dataclass."""

    first: date | None
    last: date
    holds: bool
    change: bool
    control: Control


def _of_party(
    source: str, party: str, told: Sequence[Control], day: date, rules: ControlRules, holder: Control | None
) -> Iterator[Holding]:
    mine = [c for c in told if c.party == party]
    states = {c.state for c in mine}
    if states & {ControlState.HELD, ControlState.LOST} and not _left_to(holder, party, mine, day):
        points = list(_points(party, told, mine, ControlState.HELD))
        yield from filter(None, [_placed(source, party, points, day, ControlState.HELD, rules)])
    for state in states & {ControlState.CONTESTED, ControlState.BESIEGED}:
        points = list(_points(party, told, mine, state))
        yield from filter(None, [_placed(source, party, points, day, state, rules)])


def _holder_before(told: Sequence[Control], day: date) -> Control | None:
    """Return the last statement up to the day by which somebody held, or took, the whole place; None where there is none."""
    full = [c for c in told if c.state is ControlState.HELD and not c.partial and _is_before(c, day)]
    return max(full, key=_last_word, default=None)


def _left_to(holder: Control | None, party: str, mine: Sequence[Control], day: date) -> bool:
    """Tell whether another held the whole place and the party's own statements say nothing of it since, or of the day.

    Then nothing follows for the party. Most parties of most sources are such, and need no points.
    """
    if holder is None or holder.party == party:
        return False
    last = _last_word(holder)
    for c in mine:
        since = _is_before(c, day) and _last_word(c) > last
        began = (
            c.change if c.first is None else c.first <= day
        )  # what was so since nobody knows when says nothing of before
        around = began and c.last >= day
        if since or around or c.report_id == holder.report_id:
            return False
    return True


def _is_before(control: Control, day: date) -> bool:
    return control.last < day or (control.last == day and control.change)


def _last_word(control: Control) -> tuple[date, bool, tuple[date, date, str]]:
    return control.last, control.change, control.order


def _points(party: str, told: Sequence[Control], mine: Sequence[Control], state: ControlState) -> Iterator[_Point]:
    """Yield what one source's statements say of one party and state: what makes it so, and what ends it.

    Who takes the whole of a place ends the holding of all others, unless the same report says that they hold it with him, or
    parts of it.
    """
    joint: set[tuple[str, date | None]] | None = None
    for c in told:
        own = c.party == party
        if own and c.state is state:
            yield _Point(c.first, c.last, True, c.change, c)
        elif state is ControlState.HELD:
            if own and c.state is ControlState.LOST:
                yield _Point(c.first, c.last, c.partial, c.change, c)
            elif not own and c.state is ControlState.HELD and not c.partial:
                if joint is None:
                    joint = {(m.report_id, None if m.partial else m.last) for m in mine if m.state is ControlState.HELD}
                if (c.report_id, c.last) in joint or (c.report_id, None) in joint:
                    continue
                yield _Point(c.first, c.last, False, c.change, c)
        elif state is ControlState.BESIEGED and (
            c.state is ControlState.RELIEVED or (own and c.state is ControlState.HELD)
        ):
            yield _Point(c.first, c.last, False, True, c)
        elif state is ControlState.CONTESTED and c.state is ControlState.HELD and not c.partial:
            yield _Point(c.first, c.last, False, c.change, c)


def _placed(
    source: str, party: str, points: Sequence[_Point], day: date, state: ControlState, rules: ControlRules
) -> Holding | None:
    """Return what the points around a day say of it, None where nothing says that it was so."""
    covering, within, before, after = _around(points, day)
    if covering:
        now = max(covering, key=_latest)
        return _holding(source, party, state, "stated", 1.0, [now], points, day, rules) if now.holds else None
    if within and (before is None or before.holds != within[0].holds):
        return _changing(source, party, points, before, min(within, key=_earliest_last), day, state, rules)
    if before is not None and before.holds:
        if after is None or (not after.holds and not after.change):
            share = rules.faded(state, (day - before.last).days)
            return _holding(source, party, state, "carried-forward", share, [before], points, day, rules)
        share = rules.between(state, before.last, day, after.first or after.last)
        return _holding(source, party, state, "between", share, [before, after], points, day, rules)
    losing = after is not None and after.change and not after.holds and after.control.party == party
    if before is None and losing and after is not None and state is ControlState.HELD:
        share = rules.faded(ControlState.LOST, ((after.first or after.last) - day).days)
        return _holding(source, party, state, "carried-back", share, [after], points, day, rules)
    return None


def _around(points: Sequence[_Point], day: date) -> tuple[list[_Point], list[_Point], _Point | None, _Point | None]:
    """Return the points that are of the day, the changes that lie before or after it, the last before and the first after it.

    In one pass: this is asked for every source, party and state of a place that hundreds may speak of.
    """
    covering: list[_Point] = []
    within: list[_Point] = []
    before: _Point | None = None
    after: _Point | None = None
    for p in points:
        first, last, _, change, _ = p
        if (first == last == day) if change else (first is not None and first <= day <= last):
            covering.append(p)
        if last < day or (last == day and change):
            if before is None or last > before.last or (last == before.last and _latest(p) > _latest(before)):
                before = p
        elif change and last > day and (first is None or first <= day):
            within.append(p)
        if first is not None and first > day:
            early = after is None or first < (after.first or after.last)
            if after is None or early or _earliest(p) < _earliest(after):
                after = p
    return covering, within, before, after


def _changing(
    source: str,
    party: str,
    points: Sequence[_Point],
    before: _Point | None,
    change: _Point,
    day: date,
    state: ControlState,
    rules: ControlRules,
) -> Holding | None:
    """Return what a change says of a day that it may lie before or after: the share of its days that have passed."""
    first = change.first or (before.last if before is not None else None)
    if first is None:
        return None  # nothing tells since when
    passed = ((day - first).days + 1) / ((change.last - first).days + 1)
    share = passed if change.holds else 1 - passed
    if before is None and not change.holds and change.control.party != party:
        return None  # that another took it does not say that this party held it
    return _holding(source, party, state, "changing", share, [p for p in (before, change) if p], points, day, rules)


def _latest(point: _Point) -> tuple[date, bool, tuple[date, date, str]]:
    return point.last, point.change, point.control.order


def _earliest(point: _Point) -> tuple[date, bool, tuple[date, date, str]]:
    return point.first or point.last, not point.change, point.control.order


def _earliest_last(point: _Point) -> tuple[date, tuple[date, date, str]]:
    return point.last, point.control.order


def _holding(
    source: str,
    party: str,
    state: ControlState,
    rule: str,
    share: float,
    on: Sequence[_Point],
    points: Sequence[_Point],
    day: date,
    rules: ControlRules,
) -> Holding | None:
    said = [p for p in on if p.holds] or list(on)
    weight = min(rules.hedged if p.control.hedged else rules.asserted for p in said)
    partial = all(p.control.partial for p in said)
    sure = round(weight * share, 4)
    if sure <= 0:
        return None
    silent = min(max((day - p.last).days, ((p.first or p.last) - day).days, 0) for p in on)
    return Holding(
        source=source,
        party=party,
        state=state,
        rule=rule,
        sure=sure,
        partial=partial,
        since=_since(points, on[0]) if on[0].holds else None,
        evidence=tuple(p.control for p in on),
        silent=silent,
    )


def _since(points: Iterable[_Point], of: _Point) -> tuple[date | None, date] | None:
    """Return when the unbroken holding began that this point is part of: its first change, or the first day of which a
    source says that it held since; None where neither is told."""
    ordered = sorted((p for p in points if _latest(p) <= _latest(of)), key=_latest, reverse=True)
    began = None
    for point in ordered:
        if not point.holds:
            break
        if point.change or (point.first is not None and point.first < point.last):
            began = point
    if began is None:
        return None
    return (began.first, began.last) if began.change else (None, began.first or began.last)
