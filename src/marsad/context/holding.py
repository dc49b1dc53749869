"""Who held a place on a day: what each source says, the rule by which it follows, and how sure that is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from marsad.context.control import Withdrawn, standing
from marsad.context.control_rules import ControlRules
from marsad.model.control import Control, ControlState


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """According to `source`, `party` held (fought for, besieged) the place on the day asked for, by `rule`, so `sure`.

    Rules, the strongest first:

    stated            it is said of that very day
    between           it is said of days before and after, and nothing else between: probably of that day too, fading
    carried-forward   it is said of an earlier day, and the source says nothing newer: fading
    carried-back      the party lost the place later, so it held it before: fading
    changing          the change lies between two days, the day asked for among them: as likely as days have passed
    larger-place      it is said of the larger place that this one lies in

    `since` is when it began, as (first, last) day, None where nothing tells. `evidence` are the statements that it
    follows from; `silent` how many days lie between the day asked for and the nearest of them. `overtaken` marks what
    another source's later change leaves behind: it is history, and contradicts nobody.
    """

    source: str
    party: str
    state: ControlState
    rule: str
    sure: float
    partial: bool
    since: tuple[date | None, date] | None
    evidence: tuple[Control, ...]
    silent: int
    overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who held `place_key` on `day`, as the sources have it, side by side.

    `verdict` is held, held in part, divided (several hold parts of it), shared (one source names several holders at once),
    disputed (sources name different holders), contested (they fight for it) or unknown; `besieged` is true where somebody
    stands round it. `shares` says for each party how sure it is that it held the place: sources that are each wrong by
    themselves, made to sum up to no more than 1. `withdrawn` are statements that count no more, with what took them back.
    """

    place_key: str
    day: date
    verdict: str
    besieged: bool
    shares: tuple[tuple[str, float], ...]
    holdings: tuple[Holding, ...]
    withdrawn: tuple[Withdrawn, ...]

    @property
    def party(self) -> str | None:
        """Who most probably held it, None where nobody is said to."""
        return self.shares[0][0] if self.shares else None

    @property
    def sure(self) -> float:
        """How sure that is, 0 where nobody is said to."""
        return self.shares[0][1] if self.shares else 0.0


Larger = Sequence[tuple[float, Sequence[Control]]]
"""Statements about the larger places that a place lies in, the smallest first, each with how much they say of it."""


def held_on(
    controls: Iterable[Control],
    day: date,
    rules: ControlRules,
    larger: Larger = (),
    refused: Mapping[str, str] | None = None,
    place_key: str = "",
) -> Answer:
    """Return who held the place on the day, from statements in any order; the same statements give the same answer.

    Where nobody says anything of the place itself, statements about the larger places around it are asked, weakened.
    """
    stand, gone = standing(controls, rules, refused)
    found = sorted(_every_source(stand, day, rules), key=_strength)
    if not any(h.state is ControlState.HELD and h.sure >= rules.standing for h in found):
        for weight, around in larger:
            beyond = list(_every_source(standing(around, rules, refused)[0], day, rules))
            inherited = [_inherited(h, weight) for h in beyond if h.state is ControlState.HELD and not h.partial]
            if inherited:
                found = sorted([*found, *inherited], key=_strength)
                break
    ends = _ends(stand, day)
    found = [_overtaken(holding, ends, rules) for holding in found]
    return _answer(place_key, day, found, gone, rules)


def _strength(holding: Holding) -> tuple[float, str, str, str]:
    return -holding.sure, holding.party, holding.source, holding.state.value


def _every_source(stand: Sequence[Control], day: date, rules: ControlRules) -> Iterator[Holding]:
    by_source: dict[str, list[Control]] = {}
    for control in stand:
        by_source.setdefault(control.source, []).append(control)
    for source, told in by_source.items():
        for party in sorted({c.party for c in told}):
            yield from _of_party(source, party, told, day, rules)


@dataclass(frozen=True, slots=True)
class _Point:
    """Of one party: it is so (or not) between two days, or became so on one of them."""

    first: date | None
    last: date
    holds: bool
    change: bool
    control: Control


def _of_party(source: str, party: str, told: Sequence[Control], day: date, rules: ControlRules) -> Iterator[Holding]:
    mine = [c for c in told if c.party == party]
    states = {c.state for c in mine}
    if states & {ControlState.HELD, ControlState.LOST}:
        points = list(_points(party, told, mine, ControlState.HELD))
        yield from filter(None, [_placed(source, party, points, day, ControlState.HELD, rules)])
    for state in states & {ControlState.CONTESTED, ControlState.BESIEGED}:
        points = list(_points(party, told, mine, state))
        yield from filter(None, [_placed(source, party, points, day, state, rules)])


def _points(party: str, told: Sequence[Control], mine: Sequence[Control], state: ControlState) -> Iterator[_Point]:
    """Yield what one source's statements say of one party and state: what makes it so, and what ends it.

    Who takes the whole of a place ends the holding of all others, unless the same report says that they hold it with him, or
    parts of it.
    """
    joint = {(m.report_id, None if m.partial else m.last) for m in mine if m.state is ControlState.HELD}
    for c in told:
        own = c.party == party
        if own and c.state is state:
            yield _Point(c.first, c.last, True, c.change, c)
        elif state is ControlState.HELD:
            if own and c.state is ControlState.LOST:
                yield _Point(c.first, c.last, c.partial, c.change, c)
            elif (
                not own
                and c.state is ControlState.HELD
                and not c.partial
                and not joint & {(c.report_id, c.last), (c.report_id, None)}
            ):
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
    covering = [p for p in points if not p.change and p.first is not None and p.first <= day <= p.last]
    covering += [p for p in points if p.change and p.first == p.last == day]
    if covering:
        now = max(covering, key=_latest)
        return _holding(source, party, state, "stated", 1.0, [now], points, day, rules) if now.holds else None
    before = max((p for p in points if p.last < day or (p.last == day and p.change)), key=_latest, default=None)
    after = min((p for p in points if p.first is not None and p.first > day), key=_earliest, default=None)
    within = [p for p in points if p.change and p.last > day and (p.first is None or p.first <= day)]
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


def _inherited(holding: Holding, weight: float) -> Holding:
    return replace(holding, rule="larger-place", sure=round(holding.sure * weight, 4))


def _ends(stand: Iterable[Control], day: date) -> list[Control]:
    """Return, the newest first, what may end a holding by that day: of each source, party and kind the newest alone."""
    newest: dict[tuple[str, str, ControlState, bool], Control] = {}
    for c in stand:
        telling = c.state is ControlState.HELD or (c.state is ControlState.LOST and not c.denies)
        if telling and not c.partial and c.last <= day:
            kind = c.source, c.party, c.state, c.change
            kept = newest.get(kind)
            newest[kind] = c if kept is None or _began(kept) < _began(c) else kept
    return sorted(newest.values(), key=_began, reverse=True)


def _began(control: Control) -> date:
    return control.first or control.last


def _overtaken(holding: Holding, ends: Iterable[Control], rules: ControlRules) -> Holding:
    """Return the holding, marked if another source ends it: by a change since the last word of it, up to that day, or by
    naming another holder so long after that word that both may have been right."""
    if holding.rule not in ("carried-forward", "larger-place") or holding.state is not ControlState.HELD:
        return holding
    said = max(c.last for c in holding.evidence)
    stale = said + timedelta(days=rules.stale_days)
    for c in ends:
        if _began(c) <= said:
            return holding
        against = (c.party != holding.party) is (c.state is ControlState.HELD)
        if against and c.source != holding.source and (c.change or _began(c) > stale):
            return replace(holding, overtaken=True)
    return holding


def _answer(
    place_key: str, day: date, found: Sequence[Holding], gone: Sequence[Withdrawn], rules: ControlRules
) -> Answer:
    alive = [h for h in found if not h.overtaken and h.sure >= rules.standing]
    holders = [h for h in alive if h.state is ControlState.HELD]
    shares = _shares(holders, rules)
    by_source = [{h.party for h in holders if h.source == source} for source in {h.source for h in holders}]
    whole = {h.party for h in holders if not h.partial}
    if not holders:
        verdict = "contested" if any(h.state is ControlState.CONTESTED for h in alive) else "unknown"
    elif any(h.state is ControlState.CONTESTED and h.rule == "stated" for h in alive):
        verdict = "contested"
    elif len({h.party for h in holders}) == 1:
        verdict = "held" if whole else "held in part"
    elif len(whole) <= 1:
        verdict = "divided"
    else:
        verdict = "shared" if all(len(parties) > 1 for parties in by_source) else "disputed"
    return Answer(
        place_key=place_key,
        day=day,
        verdict=verdict,
        besieged=any(h.state is ControlState.BESIEGED for h in alive),
        shares=shares,
        holdings=tuple(found),
        withdrawn=tuple(gone),
    )


def _shares(holders: Iterable[Holding], rules: ControlRules) -> tuple[tuple[str, float], ...]:
    best: dict[tuple[str, str], float] = {}
    for h in holders:
        sure = h.sure * (rules.partial if h.partial else 1.0)
        best[h.party, h.source] = max(sure, best.get((h.party, h.source), 0.0))
    missed: dict[str, float] = {}
    for (party, _), sure in sorted(best.items()):
        missed[party] = missed.get(party, 1.0) * (1 - sure)
    shares = {party: min(0.99, 1 - share) for party, share in missed.items()}
    total = max(1.0, sum(shares.values()))
    return tuple(sorted(((p, round(s / total, 4)) for p, s in shares.items()), key=lambda item: (-item[1], item[0])))
