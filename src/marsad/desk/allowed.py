"""Who may do what: one pure function. It says no unless the table says yes."""

from dataclasses import dataclass

from marsad.desk.actor import Actor
from marsad.desk.roles import CHANGING, LOOKING, NOT_BY_AUTHOR, TABLE, WHILE_CLOSED, Action, Role
from marsad.desk.settings import Mode
from marsad.model import Wrong


class Refused(Wrong):
    """Somebody may not do this. `status` is 403, or 404 where even the existence of the object is a secret."""

    def __init__(self, rule: str, status: int = 403) -> None:
        super().__init__("desk", None, rule, "ask an admin if you need it")
        self.status = status


@dataclass(frozen=True, slots=True)
class Thing:
    """What an action is done to: `there` says whether it exists; who is not in all of its `groups` is not to know.

    `authors` made it; nobody signs off or approves what one has made. What is `settled` is changed by reviewers alone.
    """

    name: str = "desk"
    there: bool = True
    groups: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    settled: bool = False


DESK = Thing()
"""The desk as such: for actions that are done to nothing in particular."""


def authorize(actor: Actor, action: Action, thing: Thing = DESK, mode: Mode = Mode.OPEN) -> None:
    """Return where this person may do this to that thing; raise Refused where not. Says no unless the table says yes.

    A thing that is not there and one that is not for this person get the same answer.
    """
    if mode is Mode.CLOSED and not (action in WHILE_CLOSED and Role.ADMIN in actor.roles):
        raise Refused("is closed")
    if not actor.roles & TABLE.get(action, frozenset()):
        raise Refused("does not let you do this")
    if mode is Mode.READ_ONLY and action not in LOOKING:
        raise Refused("is read-only at present")
    if not thing.there or not thing.groups <= actor.groups:
        raise Refused("has nothing of this name", 404)
    if thing.settled and action in CHANGING and Role.REVIEWER not in actor.roles:
        raise Refused("lets reviewers alone change what is settled")
    if action in NOT_BY_AUTHOR and actor.id in thing.authors:
        raise Refused("asks for somebody other than the author")
