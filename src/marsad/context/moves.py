"""How what parties say of an incident moves its grade: who admits it, who claims it, who denies it and names another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marsad.context.attach import Attached
from marsad.context.register import Register
from marsad.context.who import Acting
from marsad.model import Grade

_OWNS = frozenset({"admitted", "claimed", "apologised"})
"""Statements by which somebody says that he did it, where their words speak of his own deed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The incident's grade is `grade`, by the rule `why`, because of these statements.

    why: owned (who is accused says that he did it), rival (somebody else says so), disowned (who is accused denies it and
    accuses another, or took his own word back), denied (who is accused denies it, and the grade stays).
    """

    grade: Grade
    why: str
    by: tuple[str, ...]


def moved(
    grade: Grade,
    perpetrator: str | None,
    spoken: Sequence[Attached],
    who: Mapping[str, Acting],
    register: Register,
) -> Moved | None:
    """Return how statements about an incident move its grade, None where they do not bear on it.

    An incident is confirmed when a party accepts responsibility (Airwars), and contested when two do, or when the one
    accused says that it was another. A denial alone is no evidence and moves nothing; it is told beside the grade. A grade
    of discounted stays: whose dead they were is no matter of who did it. `spoken` are the statements about it that still
    stand; admissions with a number are claims, and have moved the grade before.
    """
    mine = list(spoken)
    owners = {a.party: a.knowledge_id for a in mine if a.act in _OWNS and a.owns and _fights(a.party, register)}
    denials = [a for a in mine if a.act == "denied" and perpetrator and _same(a.party, perpetrator, register)]
    accusing = [a for a in mine if a.act == "accused" and perpetrator and _same(a.party, perpetrator, register)]
    others = [a for a in accusing if any(not _same(o, perpetrator or "", register) for o in who[a.knowledge_id].others)]
    if grade is Grade.DISCOUNTED:
        return Moved(grade, "denied", _ids(denials)) if denials else None
    rivals = sorted(o for o in owners if perpetrator is None or not _same(o, perpetrator, register))
    own = sorted(o for o in owners if perpetrator is not None and _same(o, perpetrator, register))
    if rivals and (perpetrator is not None or len(rivals) > 1):
        return Moved(Grade.CONTESTED, "rival", tuple(sorted(owners[o] for o in rivals)))
    if denials and (others or own):
        return Moved(Grade.CONTESTED, "disowned", _ids([*denials, *others]))
    if own or rivals:
        return Moved(Grade.CONFIRMED, "owned", tuple(sorted(owners[o] for o in (*own, *rivals))))
    return Moved(grade, "denied", _ids(denials)) if denials else None


def _fights(party: str, register: Register) -> bool:
    known = register.actors.get(party)
    return known is None or known.armed


def _same(party: str, other: str, register: Register) -> bool:
    """Tell whether two names are one party, or one is part of the other."""
    if party == other:
        return True
    return any(
        name in register.actors and register.whole(name) == whole for name, whole in ((party, other), (other, party))
    )


def _ids(attached: Iterable[Attached]) -> tuple[str, ...]:
    return tuple(sorted(a.knowledge_id for a in attached))
