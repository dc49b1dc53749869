"""How the contexts of one report stand to one another: the same event told twice, before, refined, contradicted."""

from collections.abc import Sequence
from dataclasses import replace

from marsad.model import Context, ContextKind, Flag, Tie, When

_GAINS, _LOSSES = "gained", "lost"


def tied(contexts: Sequence[Context]) -> list[Context]:
    """Return the contexts with their relations: each is tied to at most one other, the first that fits.

    A gain of one place by one party told twice is one event, if its times allow it; if they do not, both keep their times
    and are flagged. A loss comes before the gain told next of the same place. A beginning told loosely is refined by one
    told exactly.
    """
    return [_tied(context, n, contexts) for n, context in enumerate(contexts)]


def _tied(context: Context, n: int, contexts: Sequence[Context]) -> Context:
    for m, other in enumerate(contexts):
        if m == n:
            continue
        if m < n and _same(context, other):
            if _apart(context.occurred, other.occurred):
                return replace(context, flags=tuple(dict.fromkeys((*context.flags, Flag.YEAR_CONFLICTS))))
            return replace(context, relation=Tie.SAME_EVENT_AS, target=other.context_id)
        if m > n and context.act == _LOSSES and other.act == _GAINS and _one_place(context, other):
            if context.actor != other.actor and not _after(context.occurred, other.occurred):
                return replace(context, relation=Tie.BEFORE, target=other.context_id)
        if _refines(other, context):
            return replace(context, relation=Tie.REFINED_BY, target=other.context_id)
    return context


def _same(context: Context, other: Context) -> bool:
    """Tell whether two gains of a place by a party are one event by their words."""
    alike = context.kind is other.kind is ContextKind.CONTROL and context.act == other.act == _GAINS
    return (
        alike
        and context.actor == other.actor
        and not context.extent
        and not other.extent
        and _one_place(context, other)
    )


def _one_place(context: Context, other: Context) -> bool:
    mine, theirs = context.place, other.place
    return mine is not None and theirs is not None and mine.found and mine.place_id == theirs.place_id


def _apart(mine: When | None, theirs: When | None) -> bool:
    return mine is not None and theirs is not None and (mine.start > theirs.end or theirs.start > mine.end)


def _after(mine: When | None, theirs: When | None) -> bool:
    return mine is not None and theirs is not None and mine.start > theirs.end


def _refines(finer: Context, coarse: Context) -> bool:
    """Tell whether one beginning of a conflict tells the time of another one of that land more exactly."""
    if finer.kind is not ContextKind.CONFLICT or coarse.kind is not ContextKind.CONFLICT or finer.act != coarse.act:
        return False
    mine, theirs = finer.occurred, coarse.occurred
    if mine is None or theirs is None or mine.days >= theirs.days or _apart(mine, theirs):
        return False
    lands = {c.place.country for c in (finer, coarse) if c.place is not None}
    return len(lands) < 2
