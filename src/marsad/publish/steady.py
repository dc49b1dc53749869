"""What may change from one release to the next: so that no difference between two of them singles out the living.

A place that was masked stays masked as it was. A number of living people is told anew only if it differs by enough from
every earlier number told of the same people; else what was told is told again. What neither can be told anew nor again is
withheld, and so is what private reports say anew of the living in an incident that was told already.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from marsad.publish.cells import overlap
from marsad.publish.history import FigureKey, states_of
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicPlace,
    PublicRelease,
    PublicSaidFigure,
    PublicStatement,
    PublicStep,
    PublicText,
    compose,
)
from marsad.publish.statements import digest, fresh_id

LIVING = frozenset(
    (
        PublicMeasure.INJURED,
        PublicMeasure.MISSING,
        PublicMeasure.DETAINED,
        PublicMeasure.ABDUCTED,
        PublicMeasure.DISPLACED,
        PublicMeasure.KILLED_OR_INJURED,
    )
)
"""Measures whose numbers hold people who are alive."""

_ENDS = ("low", "best", "high")
Told = PublicFigure | PublicSaidFigure


@dataclass(frozen=True, slots=True)
class Limits:
    """A number differs by `change` from every earlier one or is not told anew; `least` people are the fewest that are told."""

    change: int
    least: int


def steadied(fresh: PublicRelease, before: PublicRelease | None) -> PublicRelease:
    """Return the release with what may not change left as it was told before; as it is where nothing was."""
    if before is None:
        return fresh
    limits = Limits(fresh.rules.least_change, fresh.rules.least_living)
    told = {str(one.code): one for one in before.incidents}
    past = states_of(before)
    steady = []
    for one in fresh.incidents:
        old = told.get(one.code)
        if old is not None:
            states = [figure for state in past.get(one.code, ()) for figure in state.figures]
            one = _steady(one, old, [*states, *old.figures], limits)
        steady.append(one)
    return replace(fresh, incidents=tuple(steady))


def _steady(new: PublicIncident, old: PublicIncident, earlier: Iterable[Told], limits: Limits) -> PublicIncident:
    by_key: dict[FigureKey, list[Told]] = {}
    for figure in earlier:
        by_key.setdefault(_key(figure), []).append(figure)
    last = {_key(figure): figure for figure in old.figures}
    figures = [_figure(one, by_key, last.get(_key(one)), limits) for one in new.figures]
    statements = [_statement(one, old) for one in new.statements]
    shaken = {one.measure for one, was in zip(statements, new.statements, strict=True) if one is not was}
    shaken |= {one.measure for one, was in zip(figures, new.figures, strict=True) if one is not was}
    figures = [replace(one, why=None) if one.measure in shaken else one for one in figures]
    names = {one.id: name for one, name in zip(new.statements, _ids(new, statements), strict=True)}
    return replace(
        new,
        place=_place(new.place, old.place),
        figures=tuple(one if one.why is None else replace(one, why=_renamed(one.why, names)) for one in figures),
        statements=tuple(replace(one, id=names[one.id]) for one in statements),
        why_grade=_renamed(new.why_grade, names),
    )


def _ids(new: PublicIncident, statements: list[PublicStatement]) -> list[PublicText]:
    """Return the statements' ids; one whose number was taken from it gets another, since the old was made of the number."""
    taken = {str(one.id) for one in new.statements}
    out = []
    for one, was in zip(statements, new.statements, strict=True):
        bare = digest(replace(one, id=compose("")))
        out.append(one.id if one is was else fresh_id("s", [new.code, bare], taken))
    return out


def _renamed(step: PublicStep, names: Mapping[PublicText, PublicText]) -> PublicStep:
    statements = tuple(names[one] for one in step.statements)
    return replace(step, statements=statements, steps=tuple(_renamed(one, names) for one in step.steps))


def _figure(
    new: PublicFigure, earlier: Mapping[FigureKey, list[Told]], last: PublicFigure | None, limits: Limits
) -> PublicFigure:
    past = earlier.get(_key(new), [])
    if new.measure not in LIVING or last is None:
        return new
    taken_back = any(isinstance(one, PublicSaidFigure) and one.withdrawn for one in past)
    follows = all(_may_follow(getattr(new, end), past, end, limits) for end in _ENDS)
    if (new.suppressed and taken_back) or (follows and not taken_back and not _splits(new, earlier, limits)):
        return new
    again = replace(new, low=last.low, best=last.best, high=last.high, standing=last.standing, origins=last.origins)
    small = any(n is not None and 0 < n < limits.least for n in (last.low, last.best, last.high))
    if last.suppressed or taken_back or small:
        return replace(again, low=None, best=None, high=None, suppressed=True, why=None)
    return replace(again, suppressed=False, why=None)


def _may_follow(number: int | None, past: Iterable[Told], end: str, limits: Limits) -> bool:
    """Whether this end of a figure may be told after these."""
    for one in past:
        was = getattr(one, end)
        if number is None or was is None:
            hidden = one.suppressed and number is not None and number < limits.change + limits.least
            vanished = number is None and was is not None and was < limits.change + limits.least
            if hidden or vanished:
                return False
        elif number != was and abs(number - was) < limits.change:
            return False
    return True


def _splits(new: PublicFigure, earlier: Mapping[FigureKey, list[Told]], limits: Limits) -> bool:
    """Whether the number and one told earlier of its whole, or of a part, leave a few people between them."""
    for (policy, measure, category), figures in earlier.items():
        whole = PublicCategory.TOTAL in (category, new.category)
        if (policy, measure) != (new.policy, new.measure) or category == new.category or not whole:
            continue
        for one in figures:
            pairs = [(getattr(new, end), getattr(one, end)) for end in _ENDS]
            if any(a is not None and b is not None and 0 < abs(a - b) < limits.least for a, b in pairs):
                return True
    return False


def _statement(new: PublicStatement, old: PublicIncident) -> PublicStatement:
    """Return the statement, without its number where it is new, counts the living, and no public report makes it.

    What private reports say of an incident is told once, when the incident is; later numbers go into figures, which have a
    memory. A statement has none: told, gone and told again with one more it would single somebody out.
    """
    if new.measure not in LIVING or new.outlet is not None or new.suppressed:
        return new
    if any(one.id == new.id and not one.suppressed for one in old.statements):
        return new
    return replace(new, value=None, low=None, high=None, suppressed=True, words=None, quotation=None)


def _place(new: PublicPlace | None, old: PublicPlace | None) -> PublicPlace | None:
    """Return the place as it was masked, where it was and the new telling would only be finer."""
    if new is None or old is None or not old.coarsened or new == old:
        return new
    if old.cell is not None and new.cell is not None:
        return old if overlap(old.cell, new.cell) else new
    same_area = (old.country, old.admin1) == (new.country, new.admin1)
    finer = (new.precision or 7) <= (old.precision or 7) and old.cell is None and new.coarsened
    return old if same_area and finer else new


def _key(figure: Told) -> FigureKey:
    return figure.policy, figure.measure, figure.category
