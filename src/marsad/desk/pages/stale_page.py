"""Somebody else decided first: what was seen, what they made of it and what was typed, side by side. Nothing typed is lost."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from marsad.desk.actor import Actor
from marsad.desk.pages.shell import page

_OURS = frozenset({"csrf_token", "version", "based"})
_HIDDEN = ("anchor", "claim", "n", "act", "start", "end", "into", "with", "seen", "seen_into")
"""What the page sends along without anybody having typed it."""


def stale_page(request: Request, actor: Actor | None, body: Mapping[str, Any], back: str) -> Response:
    """Return the page, status 409: the three sides, and a form that sends what was typed again, on what stands now."""
    sent = {str(k): str(v) for k, v in dict(body.get("typed", {})).items() if k not in _OURS and v not in (None, "")}
    versions = dict(body.get("versions", {}))
    version = versions.get(sent.get("anchor", ""), max(versions.values(), default=0))
    first = dict(body.get("typed", {}))
    hidden = {"based": str(first.get("based") or first.get("version") or "")}
    hidden |= {name: sent.pop(name) for name in _HIDDEN if name in sent}
    model = {"body": body, "typed": sent, "hidden": hidden, "version": version, "back": back, "again": request.url.path}
    return page(request, actor, "stale_page.html", status=409, **model)
