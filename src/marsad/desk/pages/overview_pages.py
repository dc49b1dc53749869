"""The overview: how far reports have come, where nobody reports from, how origins behave, how far reviewers agree."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from marsad.desk.actor import Actor
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.pipeline.views.coverage import coverage_map, covered
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.overview_view import overview

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_OVERVIEW))]
_QUIET = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of the funnel, its reports, and its share of what arrived in hundredths."""

    step: str
    n: int
    share: int


@router.get("/overview")
def show(request: Request, actor: _See) -> HTMLResponse:
    """Return the overview."""
    desk: Desk = request.app.state.desk
    with index_of(desk.observatory) as index:
        view = overview(desk.observatory, index)
    top = max((n for _, n in view.funnel), default=0) or 1
    bars = [Bar(step, n, round(100 * n / top)) for step, n in view.funnel]
    model: dict[str, Any] = {"view": view, "bars": bars, "behind": desk.follower.behind()}
    model["named"] = actor.may(Action.SEE_PEOPLE)
    return page(request, actor, "overview.html", **model)


@router.get("/overview/map")
def where(request: Request, actor: _See) -> HTMLResponse:
    """Return the map of where reports speak of, and of where nobody reports from."""
    desk: Desk = request.app.state.desk
    with index_of(desk.observatory) as index:
        rows = tuple(tuple(sorted(row.items())) for row in index.table("area_row"))
    drawn, silent = _drawn(rows, language_of(request, actor))
    return page(request, actor, "overview_map.html", drawn=drawn, silent=silent)


@lru_cache(maxsize=16)
def _drawn(rows: tuple[tuple[tuple[str, Any], ...], ...], lang: str) -> tuple[Markup, tuple[str, ...]]:
    areas = covered([dict(row) for row in rows], _QUIET)
    return coverage_map(areas, lang), tuple(
        a.name_ar if lang == "ar" and a.name_ar else a.name for a in areas if a.silent
    )
