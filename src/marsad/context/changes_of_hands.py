"""When a place changed hands: every change that a source tells of, joined across sources, and those that only follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from marsad.context.control_rules import ControlRules
from marsad.context.holding import held_on
from marsad.model.control import Control, ControlState


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Between `first` and `last`, `party` took, lost, or freed the place, as `sources` say.

    `first` is None where nothing tells since when. `told` is false where nobody tells of the change: one party held the
    place on the first day, another on the last, so it changed hands between.
    """

    place_key: str
    place_name: str
    party: str
    state: ControlState
    first: date | None
    last: date
    partial: bool
    sources: tuple[str, ...]
    evidence: tuple[Control, ...]
    told: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """`party` is said to hold the place on `first`, and last on `last`; between them others may have."""

    party: str
    first: date
    last: date
    sources: tuple[str, ...]


def changes_of_hands(stand: Sequence[Control]) -> list[Change]:
    """Return the changes of one place in order of days; statements of one change by several sources are one.

    Two statements are of one change where party and state are the same and their days meet.
    """
    told = [c for c in stand if c.change]
    joined: list[list[Control]] = []
    for control in sorted(told, key=lambda c: (c.party, c.state.value, c.first or c.last, c.order)):
        last = joined[-1] if joined else []
        same = last and (last[0].party, last[0].state, last[0].partial) == (
            control.party,
            control.state,
            control.partial,
        )
        if same and (control.first or control.last) <= min(c.last for c in last):
            last.append(control)
        else:
            joined.append([control])
    found = [_change(group) for group in joined]
    return sorted([*found, *_untold(stand, found)], key=lambda c: (c.last, c.first or date.min, c.party, c.state.value))


def _change(group: Sequence[Control], told: bool = True) -> Change:
    firsts = [c.first for c in group if c.first is not None]
    first = max(firsts, default=None)
    last = min(c.last for c in group)
    return Change(
        place_key=group[0].place_key,
        place_name=group[0].place_name,
        party=group[0].party,
        state=group[0].state,
        first=first,
        last=last,
        partial=group[0].partial,
        sources=tuple(sorted({c.source for c in group})),
        evidence=tuple(group),
        told=told,
    )


def _untold(stand: Sequence[Control], found: Iterable[Change]) -> Iterable[Change]:
    """Yield changes that only follow: a source has one holder on one day, another on a later one, and tells of no change."""
    known = list(found)
    by_source: dict[str, list[Control]] = {}
    for control in stand:
        if control.state is ControlState.HELD and not control.partial:
            by_source.setdefault(control.source, []).append(control)
    for source, told in sorted(by_source.items()):
        for earlier, later in pairwise(told):
            if earlier.party == later.party or later.change or earlier.report_id == later.report_id:
                continue
            if any(
                k.party == later.party
                and k.state is ControlState.HELD
                and k.last <= later.last
                and (k.first or k.last) >= earlier.last
                for k in known
            ):
                continue
            change = Change(
                place_key=later.place_key,
                place_name=later.place_name,
                party=later.party,
                state=ControlState.HELD,
                first=earlier.last,
                last=later.first or later.last,
                partial=False,
                sources=(source,),
                evidence=(earlier, later),
                told=False,
            )
            known.append(change)
            yield change


def spans(stand: Iterable[Control]) -> list[Span]:
    """Return for each party that is said to hold the place the first and the last day of which it is said."""
    out: dict[str, list[Control]] = {}
    for control in stand:
        if control.state is ControlState.HELD and not control.denies:
            out.setdefault(control.party, []).append(control)
    return [
        Span(
            party,
            min(c.first or c.last for c in told),
            max(c.last for c in told),
            tuple(sorted({c.source for c in told})),
        )
        for party, told in sorted(out.items(), key=lambda item: (min(c.first or c.last for c in item[1]), item[0]))
    ]


def turning_days(
    stand: Iterable[Control], rules: ControlRules, days: Iterable[date]
) -> list[tuple[date, str | None, str]]:
    """Return the days, of those given, on which the answer differs from the day before: day, party, verdict."""
    told = list(stand)
    out: list[tuple[date, str | None, str]] = []
    for day in sorted(days):
        answer = held_on(told, day, rules)
        if not out or out[-1][1:] != (answer.party, answer.verdict):
            out.append((day, answer.party, answer.verdict))
    return out
