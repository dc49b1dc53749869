"""Incidents: the list, the page of one as known now or on a past day, and its map."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from marsad.desk.actor import Actor
from marsad.desk.pages.places import country_names
from marsad.desk.pages.refusing import refusal
from marsad.desk.pages.restricted import hidden_codes, hidden_reports, incident_for
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.seen_now import signed_off
from marsad.desk.services import Desk
from marsad.desk.targets import Target
from marsad.model import Category, Claim, Decision, Grade, Measure, Scope, Toll, Wrong
from marsad.pipeline.views.growth_view import Grown, growth
from marsad.pipeline.views.incident_view import IncidentView, incident_view
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.land import land_around
from marsad.pipeline.views.queue_view import after_of, key_of
from marsad.publish.public import PublicIncident
from marsad.publish.site.graph import origin_graph
from marsad.publish.site.knowledge import knowledge_chart
from marsad.publish.site.land import Land, read_land
from marsad.publish.site.places_map import spots_of, static_map
from marsad.publish.site.speaker import Speaker
from marsad.publish.site.strip import claim_strip
from marsad.publish.site.strip_rows import legend_of, rows_of

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_INCIDENT))]
_Text = Annotated[str, Query(max_length=200)]
_PAGE = 50
_SHOWN_HISTORY = 100
ASPECTS = ("place", "toll", "attribution")


@router.get("/incidents")
def incidents(
    request: Request, actor: _See, country: _Text = "", grade: _Text = "", state: _Text = "", after: _Text = ""
) -> HTMLResponse:
    """Return the next page of incidents, those with the most people at stake first."""
    desk: Desk = request.app.state.desk
    chosen = {"country": country, "grade": grade, "state": state}
    where = {name: value for name, value in chosen.items() if value}
    hidden = hidden_codes(request, actor)
    with index_of(desk.observatory) as index:
        rows = index.incidents(where, _PAGE + 1, after_of(after or None))
        countries = sorted({row["country"] for row in index.table("area_row")})
    following = urlencode(where | {"after": key_of(rows[_PAGE - 1])}) if len(rows) > _PAGE else None
    model: dict[str, Any] = {
        "rows": [r for r in rows[:_PAGE] if r["code"] not in hidden],
        "chosen": chosen,
        "next_query": following,
    }
    names = country_names(desk.settings.gazetteer, desk.observatory, countries, language_of(request, actor))
    model |= {"countries": countries, "country_names": names, "grades": list(Grade), "states": ("open", "done")}
    return page(request, actor, "incidents.html", **model)


@router.get("/incidents/{code}")
def incident(request: Request, code: str, actor: _See, known_on: _Text = "") -> HTMLResponse:
    """Return the page of one incident, as known now or at the end of a past day."""
    return incident_page(request, actor, code, known_on=known_on)


def incident_page(
    request: Request, actor: Actor, code: str, *, known_on: str = "", status: int = 200, **model: Any
) -> HTMLResponse:
    """Return the page of one incident; `model` may hold `trouble`, what was refused, and `typed`, what was typed then."""
    desk: Desk = request.app.state.desk
    target = incident_for(request, actor, code)
    lang = language_of(request, actor)
    day, trouble = _day(known_on, lang)
    with_names, hidden = actor.may(Action.SEE_PEOPLE), hidden_reports(request, actor)
    try:
        view = incident_view(desk.observatory, target.name, day, names=with_names, hidden=hidden)
    except Wrong as fault:
        if day is None:
            raise
        view, trouble, day = (
            incident_view(desk.observatory, target.name, None, names=with_names, hidden=hidden),
            refusal(fault, lang),
            None,
        )
    now = view if day is None else incident_view(desk.observatory, target.name, None, names=with_names, hidden=hidden)
    speaker = Speaker(lang)
    shown = _model(desk, actor, target, view, speaker, past=day is not None)
    shown |= {"known_on": day, "days": now.days, "trouble": trouble, "typed": {}}
    return page(request, actor, "incident.html", status=status, **{**shown, **model})


@router.get("/incidents/{code}/map")
def incident_map(request: Request, code: str, actor: _See) -> HTMLResponse:
    """Return the map of one incident: a point where the place is known, else the area of which no more is known."""
    desk: Desk = request.app.state.desk
    target = incident_for(request, actor, code)
    view = incident_view(desk.observatory, target.name, None, names=False)
    lang = language_of(request, actor)
    drawn = Markup()
    if view.drawn is not None:
        land = _land(replace(view.drawn, statements=(), figures=(), origins=()))
        spots = spots_of([view.drawn], land)
        drawn = static_map(spots, land, Speaker(lang))
    precision = view.case.incident.place.precision if view.case.incident.place else None
    return page(request, actor, "incident_map.html", code=target.name, drawn=drawn, precision=precision)


@router.get("/incidents/{code}/growth")
def incident_growth(request: Request, code: str, actor: _See) -> HTMLResponse:
    """Return how the figures of one incident grew: everybody killed, under each policy, at the end of each day."""
    desk: Desk = request.app.state.desk
    target = incident_for(request, actor, code)
    days = growth(desk.observatory, target.name, hidden_reports(request, actor))
    rows = [(one, [_killed(one, policy) for policy in desk.observatory.policies]) for one in days]
    speaker = Speaker(language_of(request, actor))
    model: dict[str, Any] = {
        "code": target.name,
        "rows": rows[::-1],
        "policies": desk.observatory.policies,
        "t": speaker,
    }
    return page(request, actor, "incident_growth.html", **model)


def _killed(one: Grown, policy: str) -> Toll | None:
    wanted = (policy, Measure.KILLED, Category.TOTAL)
    return next((toll for toll in one.tolls if (toll.policy, toll.measure, toll.category) == wanted), None)


@lru_cache(maxsize=64)
def _land(bare: PublicIncident) -> Land:
    return read_land(land_around(bare))


def _model(
    desk: Desk, actor: Actor, target: Target, view: IncidentView, speaker: Speaker, *, past: bool
) -> dict[str, Any]:
    pictures: dict[str, Any] = {"strip": Markup(), "legend": (), "knowledge": Markup(), "graph": Markup()}
    if view.drawn is not None:
        pictures = {
            "strip": claim_strip(view.drawn, speaker),
            "legend": legend_of(rows_of(view.drawn)),
            "knowledge": knowledge_chart(view.drawn, speaker, view.last_day),
            "graph": origin_graph(view.drawn, speaker),
        }
    with desk.observatory.derived(read_only=True) as derived:
        ident = view.case.incident.incident_id
        doubts = [r for r in derived.table("proposal", incident_id=ident).to_pylist() if r["kind"] == "join"]
        others = {r["other"] for r in doubts}
        near = [r["code"] for r in derived.table("incident", incident_id=others).to_pylist()] if others else []
    history = [(seq, decision) for seq, decision in target.history][-_SHOWN_HISTORY:][::-1]
    return {
        **pictures,
        "t": speaker,
        "view": view,
        "case": view.case,
        "version": target.version,
        "signed": signed_off(desk, target),
        "aspects": ASPECTS,
        "own_work": actor.id in target.thing.authors,
        "settled": target.thing.settled,
        "history": history if actor.may(Action.SEE_HISTORY) else [],
        "undoable": _undoable(history),
        "behind": desk.follower.behind(),
        "near": near,
        "colour": _colour,
        "may_build": actor.may(Action.DECIDE_INCIDENT) and not past,
        "may_grade": actor.may(Action.GRADE) and not past,
        "may_sign": actor.may(Action.SIGN_OFF) and not past,
        "grades": list(Grade),
        "scopes": list(Scope),
    }


def _undoable(history: list[tuple[int, Decision]]) -> list[str]:
    """Return the kinds of decisions about the incident as a whole that stand, and so can be taken back."""
    newest: dict[tuple[str, str], Decision] = {}
    for _, decision in history:
        newest.setdefault((decision.anchor, decision.kind.value), decision)
    whole = ("grade", "settle", "sign-place", "sign-toll", "sign-attribution")
    return sorted({kind for (_, kind), d in newest.items() if kind in whole and not d.undone})


def _colour(claim: Claim) -> str:
    from marsad.desk.pages.claims_shown import colour_of

    return colour_of(claim)


def _day(asked: str, lang: str) -> tuple[date | None, str | None]:
    if not asked:
        return None, None
    with suppress(ValueError):
        return date.fromisoformat(asked), None
    return None, refusal(Wrong("day", asked[:40], "is no day", "write it as 2014-11-25"), lang)
