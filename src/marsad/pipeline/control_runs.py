"""Who held a place from day to day: runs of days on which the sources say the same together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from marsad.context.control_rules import ControlRules, control_rules
from marsad.context.holding import Answer, held_on
from marsad.model.control import Control

_STEP = 7
"""Days after which an answer is looked at again although nobody spoke: it fades."""

_BEFORE, _AFTER = 8, 4
"""Statements of each source that are read before and after a day, as the question about a single day reads them."""


def runs_of(
    controls: Sequence[Control], days: tuple[date, date], place_key: str = ""
) -> Iterator[tuple[date, date, Answer]]:
    """Yield runs of days with one verdict and party, both ends included, for a place of which these statements stand.

    It is asked only on days on which the answer can change, and each week; of each source only the statements nearest to the
    day are read, so that a place told of ten thousand times takes no more for each day than one told of ten times.
    """
    first, last = days
    rules: ControlRules = control_rules()
    turns = {first}
    for c in controls:
        for day in (c.first or c.last, c.last, c.last + timedelta(days=1)):
            if first < day <= last:
                turns.add(day)
    for n in range(_STEP, (last - first).days + 1, _STEP):
        turns.add(first + timedelta(days=n))
    ordered = sorted(turns)
    ends = [*(day - timedelta(days=1) for day in ordered[1:]), last]
    near = _Near(controls)
    answers = (
        (day, end, held_on(near.of(day), day, rules, place_key=place_key))
        for day, end in zip(ordered, ends, strict=True)
    )
    for _, group in groupby(answers, key=lambda item: _shown(item[2])):
        run = list(group)
        yield run[0][0], run[-1][1], run[0][2]


class _Near:
    """The statements of each source in order, of which those around a day are found."""

    def __init__(self, controls: Iterable[Control]) -> None:
        self._by_source: dict[str, list[Control]] = {}
        for control in sorted(controls, key=lambda c: c.order):
            self._by_source.setdefault(control.source, []).append(control)
        self._days = {source: [c.last for c in told] for source, told in self._by_source.items()}

    def of(self, day: date) -> list[Control]:
        """Return, of each source, the statements up to the day and those after it that are read."""
        out: list[Control] = []
        for source, told in self._by_source.items():
            at = bisect_right(self._days[source], day)
            # All of the day itself, whatever their number, and the last before it.
            start = min(bisect_left(self._days[source], day), max(0, at - _BEFORE))
            out += told[start : at + _AFTER]
        return out


def _shown(answer: Answer) -> tuple[object, ...]:
    """Return what of an answer is shown: sureness in tenths, so that fading makes a run a week and not a day."""
    return answer.verdict, answer.party, answer.besieged, tuple((p, round(s, 1)) for p, s in answer.shares)
