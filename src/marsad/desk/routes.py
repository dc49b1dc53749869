"""How a route names its action, and the check at the start that every route does."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute

from marsad.desk.actor import Actor, signed_in
from marsad.desk.allowed import Thing, authorize
from marsad.desk.roles import Action

OPEN = frozenset({
    *("/", "/sign-in", "/sign-out", "/welcome", "/health", "/static", "/assets"),
    *("/second-factor", "/second-factor/passkey", "/second-factor/passkey/options"),
})  # fmt: skip
"""Paths that name no action: what leads in and out, and files that are the same for everybody."""


def may(action: Action) -> Callable[..., Actor]:
    """Return the dependency by which a route names its action: `actor: Annotated[Actor, Depends(may(Action.GRADE))]`."""

    def allowed(request: Request, actor: Annotated[Actor, Depends(signed_in)]) -> Actor:
        authorize(actor, action, mode=request.app.state.desk.mode)
        request.state.action = action
        return actor

    allowed.marsad_action = action  # type: ignore[attr-defined]
    return allowed


def permit(request: Request, actor: Actor, thing: Thing) -> None:
    """Return where this person may do to this thing what the route is for; raises Refused, 404 for what is a secret."""
    authorize(actor, request.state.action, thing, request.app.state.desk.mode)


def action_of(route: APIRoute) -> Action | None:
    """Return the action that a route names, None if it names none."""
    for dependency in _all(route.dependant):
        found: Action | None = getattr(dependency.call, "marsad_action", None)
        if found is not None:
            return found
    return None


def check_routes(app: FastAPI) -> None:
    """Raise RuntimeError if any route names no action and does not lead in or out: a desk with such a one does not start."""
    bare = [f"{route.path}" for route in _flat(app.routes) if route.path not in OPEN and not _named(route)]
    if bare:
        raise RuntimeError(f"these routes name no action: {', '.join(bare)}; give each Depends(may(Action.…))")


def routes_of(app: FastAPI) -> list[APIRoute]:
    """Return every route of the desk that names its action or leads in or out; files apart."""
    return [route for route in _flat(app.routes) if isinstance(route, APIRoute)]


def _named(route: Any) -> bool:
    return isinstance(route, APIRoute) and action_of(route) is not None


def _flat(routes: Any) -> Iterator[Any]:
    for route in routes:
        inner = getattr(route, "original_router", None)  # a router within a router
        if inner is None:
            yield route
        else:
            yield from _flat(inner.routes)


def _all(dependant: Any) -> Iterator[Any]:
    for dependency in dependant.dependencies:
        yield dependency
        yield from _all(dependency)
