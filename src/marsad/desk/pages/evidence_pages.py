"""The original of a report: shown so that nothing in it can act, with its custody and whether its bytes are those received."""

import re
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import HTMLResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.allowed import Refused
from marsad.desk.drawn import parser_of
from marsad.desk.pages.refusing import rule_said
from marsad.desk.pages.restricted import report_for
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.model import Sha256, Wrong
from marsad.pipeline.views.report_view import is_intact, kept_report, preserved

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_EVIDENCE))]

SHOWN_TEXT = 400_000
"""Bytes of a text that are shown; the rest can be downloaded."""

_TEXT = re.compile(r"(text/.*|message/rfc822|application/(json|xml|x-ndjson))(;.*)?")
_AT_ONCE = 5
"""Pages of a PDF shown on one page of the desk."""
_CAGE = "default-src 'none'; {more}sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""What an original may do where it is shown: nothing. It has no origin, so it reads no cookie of the desk either."""


@dataclass(frozen=True, slots=True)
class File:
    """A piece of evidence on the page: `way` is how it is shown ("text", "pixels", "none"), `role` "" for the report itself.

    `intact` is None where the bytes cannot be read. Of what is drawn, `shown` are the numbers of the pages on this page of
    the desk, `pages` how many there are; `trouble` says why it cannot be drawn.
    """

    sha256: str
    media: str
    size: int
    role: str
    intact: bool | None
    way: str
    shown: tuple[int, ...] = ()
    pages: int = 0
    trouble: str = ""


@router.get("/reports/{report_id}/evidence")
def evidence(
    request: Request, report_id: str, actor: _See, at: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    """Return the page of a report's evidence: original, fixity, chain of custody; of drawn ones the pages from `at`."""
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    report, _ = kept_report(desk.observatory, report_id)
    kept = preserved(desk.observatory, report)
    files = [File(kept.sha256, kept.media_type or "", kept.size, "", kept.intact, way_of(kept.media_type))]
    for o in kept.originals:
        intact = is_intact(desk.observatory, o.sha256)
        files.append(File(o.sha256, o.media_type or "", o.size, o.role, intact, way_of(o.media_type)))
    lang = language_of(request, actor)
    drawn = [_looked_at(desk, one, at, lang) if one.intact and one.way == "pixels" else one for one in files]
    return page(request, actor, "evidence.html", report=report, kept=kept, files=drawn, at=at, step=_AT_ONCE)


def _looked_at(desk: Desk, one: File, at: int, lang: str) -> File:
    """Return a file with the pages that are shown of it; one that cannot be drawn says why."""
    try:
        pages = desk.drawer.draw(one.sha256, desk.observatory.vault.get(Sha256(one.sha256)), one.media).pages
    except Wrong as fault:
        return replace(one, trouble=rule_said(fault.rule, lang))
    first = min(at, pages)
    return replace(one, pages=pages, shown=tuple(range(first, min(pages, first + _AT_ONCE - 1) + 1)))


@router.get("/reports/{report_id}/evidence/{sha256}/shown")
def shown(request: Request, report_id: str, sha256: str, actor: _See) -> Response:
    """Return a piece of evidence that is text to be looked at in a frame: as text, whatever it is; nothing else."""
    data, media, _ = _piece(request, actor, report_id, sha256)
    if way_of(media) != "text":
        raise Refused("does not show this kind of file", 404)
    text = data[:SHOWN_TEXT].decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    return _caged(text.encode(), "text/plain; charset=utf-8", "")


@router.get("/reports/{report_id}/evidence/{sha256}/pages/{number}")
def drawn_page(
    request: Request, report_id: str, sha256: str, number: Annotated[int, Path(ge=1, le=100_000)], actor: _See
) -> Response:
    """Return a page of a piece of evidence, or a picture (page 1), as pixels that were drawn here."""
    data, media, _ = _piece(request, actor, report_id, sha256)
    try:
        drawing = request.app.state.desk.drawer.draw(sha256, data, media, number)
    except Wrong as fault:
        raise Refused(f"does not draw this: it {fault.rule}", 415) from fault
    return _caged(drawing.png, "image/png", "")


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
    return "pixels" if parser_of(media) else "none"


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
