"""What no longer stands: taken back by who said it, or refused by a person; kept, with the trace of what undid it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from marsad.model import Polarity, Stance
from marsad.model.knowledge import Knowledge

_ELSEWHERE = ("control", "governance")
"""Topics whose withdrawals are told where they are weighed: marsad.context.control."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A statement no longer stands: `by` is the statement that takes it back, None where a person refused it, saying `reason`."""

    by: str | None
    reason: str | None = None


def undone(told: Iterable[Knowledge], refused: Mapping[str, str]) -> dict[str, Undone]:
    """Return which of these statements no longer stand, by id, and what undid each.

    `refused` gives a person's reason for each anchor "report_id:start-end" that was refused. A statement is taken back where
    its own source (or outlet, in its own voice) says later, or on the same day, that the same was not so: topic, act and
    place are the same, the party too where both name one, and times do not exclude each other. What others deny is no
    withdrawal. Who was believed before stands again by itself, because nothing is ever replaced. In which order reports
    came in changes nothing.
    """
    told = list(told)
    out = {k.knowledge_id: Undone(None, refused[anchor]) for k in told if (anchor := anchor_of(k)) in refused}
    back: dict[tuple[object, ...], list[Knowledge]] = {}
    for known in told:
        if _denies(known) and known.knowledge_id not in out and known.topic not in _ELSEWHERE:
            for voice in _voices(known):
                back.setdefault((known.topic, known.act, known.place_key, voice), []).append(known)
    if not back:
        return out
    for known in told:
        if not known.says or known.knowledge_id in out:
            continue
        found = [b for v in _voices(known) for b in back.get((known.topic, known.act, known.place_key, v), ())]
        found = [b for b in found if _takes_back(b, known)]
        if found:
            first = min(found, key=lambda b: (b.reported or date.max, b.knowledge_id))
            out[known.knowledge_id] = Undone(first.knowledge_id)
    return out


def _denies(known: Knowledge) -> bool:
    return known.polarity is Polarity.NEGATED or known.stance is Stance.DENIED


def anchor_of(known: Knowledge) -> str:
    """Return the words a statement stands in, as decisions name them."""
    return f"{known.report_id}:{known.start}-{known.end}"


def _voices(known: Knowledge) -> frozenset[str]:
    return frozenset((known.source, known.outlet)) if not known.chain else frozenset((known.source,))


def _takes_back(back: Knowledge, known: Knowledge) -> bool:
    if back.report_id == known.report_id:
        return False
    if back.party and known.party and back.party != known.party:
        return False
    if back.reported and known.reported and known.reported > back.reported:
        return False
    one, other = back.occurred, known.occurred
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)
