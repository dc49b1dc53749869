"""The original of a report: shown so that nothing in it can act, with its custody and whether its bytes are those received."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.allowed import Refused
from marsad.desk.pages.restricted import report_for
from marsad.desk.pages.shell import page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.model import Sha256
from marsad.pipeline.views.report_view import is_intact, kept_report, preserved

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_EVIDENCE))]

SHOWN_TEXT = 400_000
"""Bytes of a text that are shown; the rest can be downloaded."""

_TEXT = re.compile(r"(text/.*|message/rfc822|application/(json|xml|x-ndjson))(;.*)?")
_IMAGE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_CAGE = "default-src 'none'; {more}sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""What an original may do where it is shown: nothing. It has no origin, so it reads no cookie of the desk either."""


@router.get("/reports/{report_id}/evidence")
def evidence(request: Request, report_id: str, actor: _See) -> HTMLResponse:
    """Return the page of a report's evidence: original, fixity, chain of custody."""
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    report, _ = kept_report(desk.observatory, report_id)
    kept = preserved(desk.observatory, report)
    files = [(kept.sha256, kept.media_type, kept.size, "", kept.intact)]
    files += [(o.sha256, o.media_type, o.size, o.role, is_intact(desk.observatory, o.sha256)) for o in kept.originals]
    shown = [(sha256, media or "", size, role, intact, way_of(media)) for sha256, media, size, role, intact in files]
    return page(request, actor, "evidence.html", report=report, kept=kept, files=shown)


@router.get("/reports/{report_id}/evidence/{sha256}/shown")
def shown(request: Request, report_id: str, sha256: str, actor: _See) -> Response:
    """Return a piece of evidence to be looked at in a frame: text as text, a picture as a picture, nothing else."""
    data, media, _ = _piece(request, actor, report_id, sha256)
    way = way_of(media)
    if way == "text":
        text = data[:SHOWN_TEXT].decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
        return _caged(text.encode(), "text/plain; charset=utf-8", "")
    if way == "pixels":
        return _caged(data, str(media), "img-src 'self'; style-src 'unsafe-inline'; ")
    raise Refused("does not show this kind of file", 404)


@router.get("/reports/{report_id}/evidence/{sha256}/file")
def file(request: Request, report_id: str, sha256: str, actor: _See) -> Response:
    """Return a piece of evidence as a file to be kept, under its hash, whatever it is."""
    data, _, _ = _piece(request, actor, report_id, sha256)
    answer = _caged(data, "application/octet-stream", "")
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256}.bin"'
    return answer


def way_of(media: str | None) -> str:
    """Return how a kind of file is shown: "text", "pixels", or "none"."""
    if media is not None and _TEXT.fullmatch(media):
        return "text"
    return "pixels" if media in _IMAGE else "none"


def _piece(request: Request, actor: Actor, report_id: str, sha256: str) -> tuple[bytes, str | None, int]:
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    report, _ = kept_report(desk.observatory, report_id)
    kept = preserved(desk.observatory, report)
    known = {kept.sha256: (kept.media_type, kept.size)} | {o.sha256: (o.media_type, o.size) for o in kept.originals}
    if sha256 not in known:
        raise Refused("has nothing of this name", 404)
    media, size = known[sha256]
    return desk.observatory.vault.get(Sha256(sha256)), media, size


def _caged(data: bytes, media: str, more: str) -> Response:
    headers = {"Content-Security-Policy": _CAGE.format(more=more), "X-Frame-Options": "SAMEORIGIN"}
    return Response(data, media_type=media, headers=headers)
