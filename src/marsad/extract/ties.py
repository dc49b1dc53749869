"""How the contexts of one report stand to one another: the same event told twice, before, refined, contradicted."""

from collections.abc import Sequence
from dataclasses import replace

from marsad.model import Context, ContextKind, Flag, Tie, When

_GAINED, _LOST = "gained", "lost"
_COMPARED = 20
"""The most exact beginnings of a report that looser ones are compared with."""


def tied(contexts: Sequence[Context]) -> list[Context]:
    """Return the contexts with their relations: each is tied to at most one other.

    A gain of one place by one party told twice is one event, if its times allow it; if they do not, both keep their times
    and the later one is flagged. A loss comes before the next gain of the same place by another. A beginning told loosely
    is refined by one told exactly. Linear in the number of contexts.
    """
    out = list(contexts)
    first: dict[tuple[str, str | None], Context] = {}
    for n, context in enumerate(contexts):
        where = _gained(context)
        if where is None or context.extent:
            continue
        earlier = first.setdefault((where, context.actor), context)
        if earlier is not context:
            out[n] = _again(context, earlier)
    later: dict[str, Context] = {}
    for n in range(len(contexts) - 1, -1, -1):
        context, place = contexts[n], contexts[n].place
        follows = later.get(place.place_id or "") if place is not None else None
        if context.act == _LOST and follows is not None and _may_follow(context, follows):
            out[n] = replace(out[n], relation=Tie.BEFORE, target=follows.context_id)
        if where := _gained(context):
            later[where] = context
    return _refined(out)


def _gained(context: Context) -> str | None:
    """Return the id of the place that a context says was gained; None if it says no such thing."""
    gained = context.kind is ContextKind.CONTROL and context.act == _GAINED
    return context.place.place_id if gained and context.place is not None else None


def _again(context: Context, earlier: Context) -> Context:
    if _apart(context.occurred, earlier.occurred):
        return replace(context, flags=tuple(dict.fromkeys((*context.flags, Flag.YEAR_CONFLICTS))))
    return replace(context, relation=Tie.SAME_EVENT_AS, target=earlier.context_id)


def _may_follow(lost: Context, gained: Context) -> bool:
    """Tell whether a gain may be what came after a loss: by another party, and not before it."""
    mine, theirs = lost.occurred, gained.occurred
    in_order = mine is None or theirs is None or mine.start <= theirs.end
    return lost.kind is ContextKind.CONTROL and lost.actor != gained.actor and in_order


def _refined(contexts: Sequence[Context]) -> list[Context]:
    wars = [c for c in contexts if c.kind is ContextKind.CONFLICT and c.occurred is not None]
    finest = sorted(wars, key=lambda c: c.occurred.days if c.occurred else 0)[:_COMPARED]
    out = []
    for context in contexts:
        finer = next((c for c in finest if _refines(c, context)), None)
        out.append(replace(context, relation=Tie.REFINED_BY, target=finer.context_id) if finer else context)
    return out


def _apart(mine: When | None, theirs: When | None) -> bool:
    return mine is not None and theirs is not None and (mine.start > theirs.end or theirs.start > mine.end)


def _refines(finer: Context, coarse: Context) -> bool:
    """Tell whether one beginning of a conflict tells the time of another one of that land more exactly."""
    if finer.kind is not ContextKind.CONFLICT or coarse.kind is not ContextKind.CONFLICT or finer.act != coarse.act:
        return False
    mine, theirs = finer.occurred, coarse.occurred
    if mine is None or theirs is None or mine.days >= theirs.days or _apart(mine, theirs):
        return False
    lands = {c.place.country for c in (finer, coarse) if c.place is not None}
    return len(lands) < 2
