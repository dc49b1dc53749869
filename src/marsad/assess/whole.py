"""A policy's figures for one measure, made to agree: the whole holds its parts, no part is larger than its whole."""

from collections.abc import Mapping
from dataclasses import replace

from marsad.assess.policies import Figure
from marsad.model import Category, Count, Step

_SIDES = (Category.CIVILIANS, Category.COMBATANTS)


def agreeing(figures: Mapping[Category, Figure]) -> dict[Category, Figure]:
    """Return the figures with the total widened to hold civilians and combatants, and every part kept within it.

    Each origin's own numbers agree already; but one that counts civilians alone and one that counts fighters alone give
    no total that holds both. So the highest total is at least the sum of the two lowest parts, and of best figures the
    parts' do not exceed the total's.
    """
    out = dict(figures)
    total = _holding(out[Category.TOTAL], out)
    out[Category.TOTAL] = total
    if total.count is None or total.count.high is None:
        return out
    for category, figure in figures.items():
        if category is not Category.TOTAL:
            out[category] = _within(figure, total.count)
    best = total.count.best
    if best is not None:
        for one, other in ((Category.COMBATANTS, Category.CIVILIANS), (Category.CIVILIANS, Category.COMBATANTS)):
            out |= _sharing(out, one, other, best)
    return out


def _holding(total: Figure, figures: Mapping[Category, Figure]) -> Figure:
    sides = [figures[c].count for c in _SIDES if c in figures]
    floor = sum(count.low for count in sides if count is not None)
    count = total.count
    if count is None or count.high is None or (floor <= count.high and (count.best is None or floor <= count.best)):
        return total
    best = None if count.best is None else max(count.best, floor)
    step = Step("arithmetic.total-holds-parts", {"low": floor}, (), (total.why,))
    return Figure(Count(count.low, best, max(count.high, floor)), total.standing, step)


def _within(figure: Figure, whole: Count) -> Figure:
    count, top = figure.count, whole.high
    if count is None or top is None:
        return figure
    high = top if count.high is None else min(count.high, top)
    ceiling = high if whole.best is None else min(high, max(whole.best, count.low))
    best = None if count.best is None else min(count.best, ceiling)
    if (best, high) == (count.best, count.high):
        return figure
    step = Step("arithmetic.within-total", {"high": high}, (), (figure.why,))
    return Figure(Count(min(count.low, high), best, high), figure.standing, step)


def _sharing(figures: Mapping[Category, Figure], one: Category, other: Category, best: int) -> dict[Category, Figure]:
    """Return the figure of `one` with its best figure lowered so that both sides' best figures fit into the total's."""
    mine, theirs = figures.get(one), figures.get(other)
    if mine is None or theirs is None or mine.count is None or theirs.count is None:
        return {}
    if mine.count.best is None or theirs.count.best is None or mine.count.best + theirs.count.best <= best:
        return {}
    count = replace(mine.count, best=max(mine.count.low, best - theirs.count.best))
    return {one: Figure(count, mine.standing, Step("arithmetic.within-total", {"high": count.high}, (), (mine.why,)))}
