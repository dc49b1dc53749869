"""Who is asking: a person who has signed in, and the dependency by which a route learns who that is."""

from dataclasses import dataclass

from fastapi import Request

from marsad.desk.roles import TABLE, Action, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `id` is the pseudonym that the ledger keeps, `name` what somebody signs in with; `language` is en or ar."""

    id: str
    name: str
    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()
    language: str = "en"

    def may(self, action: Action) -> bool:
        """Tell whether a role of this person allows the action at all: for pages that show what can be done."""
        return bool(self.roles & TABLE.get(action, frozenset()))


class NotSignedIn(Exception):
    """Nobody is signed in, or not far enough: pages lead to `where`, the API answers 401."""

    def __init__(self, where: str = "/sign-in") -> None:
        super().__init__("nobody is signed in")
        self.where = where


def signed_in(request: Request) -> Actor:
    """Return who has signed in, with a second factor where one is asked for; raises NotSignedIn."""
    actor: Actor = request.app.state.desk.sessions.actor(request)
    return actor
