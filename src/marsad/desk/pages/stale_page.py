"""Somebody else decided first: what was seen, what they made of it and what was typed, side by side. Nothing typed is lost."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from marsad.desk.actor import Actor
from marsad.desk.pages.shell import page

_OURS = frozenset({"csrf_token", "version", "start", "end"})


def stale_page(request: Request, actor: Actor, body: Mapping[str, Any], back: str) -> Response:
    """Return the page, status 409: the three sides, and a form that sends what was typed again, on what stands now."""
    typed = {str(k): str(v) for k, v in dict(body.get("typed", {})).items() if k not in _OURS and v not in (None, "")}
    model = {"body": body, "typed": typed, "back": back, "again": request.url.path}
    return page(request, actor, "stale_page.html", status=409, **model)
