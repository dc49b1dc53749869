"""What became of what was promised, planned or asked for: the first later report that tells of it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from marsad.context.who import Acting
from marsad.model import Polarity, Stance
from marsad.model.knowledge import Knowledge

KEPT: Mapping[str, frozenset[str]] = {
    "arms_transfer": frozenset({"delivered"}),
    "meeting": frozenset({"met", "held_talks", "visited", "agreed", "ended_without_agreement"}),
    "relief": frozenset({"delivered", "evacuated", "treated"}),
    "conflict": frozenset({"truce_began"}),
}
OFF: Mapping[str, frozenset[str]] = {
    "arms_transfer": frozenset({"suspended", "seized"}),
    "meeting": frozenset({"cancelled", "postponed"}),
    "relief": frozenset({"blocked", "suspended"}),
    "conflict": frozenset({"truce_broken"}),
}
"""Acts that say that something came about, and that it did not, by topic."""

_AHEAD = (Stance.PLANNED, Stance.EXPECTED, Stance.POSSIBLE)
_ASKED = frozenset({"promised", "sought", "truce_agreed"})
_MOST = 500
"""Later statements of one actor that are looked at for what came of a promise."""

LONGEST = timedelta(days=366)
"""How long after a promise something is still taken for its outcome."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What the statement `ahead` promised, planned or asked for is told of by `outcome`, `days` later; it was `kept`, or not."""

    ahead: str
    outcome: str
    kept: bool
    days: int


def followed(told: Iterable[Knowledge], who: Mapping[str, Acting]) -> list[Followed]:
    """Return what became of each promise, plan and request, in order of their ids; nothing for those of which none tells.

    The outcome is of the same topic, was told later, within a year, and is told as fact; somebody acts in both, of arms the
    same thing is spoken of, and where both name a place it is one. The first such report counts.
    """
    told = list(told)
    by_topic: dict[str, list[Knowledge]] = {}
    for known in told:
        done = KEPT.get(known.topic, frozenset()) | OFF.get(known.topic, frozenset())
        if known.act in done and known.says:
            by_topic.setdefault(known.topic, []).append(known)
    by_actor: dict[tuple[str, str], list[Knowledge]] = {}
    for topic, items in by_topic.items():
        for known in sorted(items, key=lambda k: (_told(k), k.knowledge_id)):
            for name in _people(known, who):
                by_actor.setdefault((topic, name), []).append(known)
    out = []
    for known in told:
        if known.topic in KEPT and is_ahead(known):
            outcome = _outcome(known, by_actor, who)
            if outcome is not None:
                kept = outcome.act in KEPT[known.topic]
                days = (_told(outcome) - _told(known)).days
                out.append(Followed(known.knowledge_id, outcome.knowledge_id, kept, days))
    return sorted(out, key=lambda f: (f.ahead, f.outcome))


def is_ahead(known: Knowledge) -> bool:
    """Tell whether a statement speaks of what is still to come: planned, expected, promised or asked for."""
    return known.polarity is Polarity.AFFIRMED and (known.stance in _AHEAD or known.act in _ASKED)


def _told(known: Knowledge) -> date:
    return known.reported or known.recorded


def _people(known: Knowledge, who: Mapping[str, Acting]) -> frozenset[str]:
    acting = who[known.knowledge_id]
    return frozenset(filter(None, (acting.party, *acting.others)))


def _outcome(
    ahead: Knowledge, by_actor: Mapping[tuple[str, str], list[Knowledge]], who: Mapping[str, Acting]
) -> Knowledge | None:
    first: Knowledge | None = None
    for name in sorted(_people(ahead, who)):
        later = by_actor.get((ahead.topic, name), [])
        begin = bisect_right(later, _told(ahead), key=_told)
        for known in later[begin : begin + _MOST]:
            if _told(known) > _told(ahead) + LONGEST:
                break
            if _tells_of(known, ahead):
                first = (
                    known
                    if first is None or (_told(known), known.knowledge_id) < (_told(first), first.knowledge_id)
                    else first
                )
                break
    return first


def _tells_of(known: Knowledge, ahead: Knowledge) -> bool:
    if known.report_id == ahead.report_id or _told(known) <= _told(ahead):
        return False
    if known.occurred and ahead.reported and known.occurred.end < ahead.reported:
        return False
    if known.place and ahead.place and known.place_key != ahead.place_key:
        wide = 6 in (known.place.precision, ahead.place.precision) and known.place.country == ahead.place.country
        if not wide:
            return False
    return known.topic != "arms_transfer" or bool(_thing(known) & _thing(ahead))


def _thing(known: Knowledge) -> frozenset[str]:
    """Return the words for what is delivered."""
    if known.content is None:
        return frozenset()
    start, end = known.content[0] - known.start, known.content[1] - known.start
    words = known.text[max(0, start) : max(0, end)] if 0 <= start < len(known.text) else known.text
    return frozenset(word.rstrip("s") for word in re.findall(r"[^\W_]{3,}(?:-\d+)?", words.casefold()))
