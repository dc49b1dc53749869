"""Around the tolls: a page for each place and each actor, every clause linked to the words it rests on."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from marsad.context.brief import numbered
from marsad.context.register import Known, Register
from marsad.context.scene import Scene
from marsad.context.timeline import Entry, timeline
from marsad.desk.actor import Actor
from marsad.desk.hidden import hidden_from
from marsad.desk.pages.shell import language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.model import Wrong
from marsad.pipeline.actors import register_of
from marsad.pipeline.briefs import brief_of
from marsad.pipeline.place_scenes import actor_scene, place_scene
from marsad.pipeline.told_most import told_most

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_REPORT))]
_Text = Annotated[str, Query(max_length=200)]
_LISTED, _ENTRIES = 120, 200
_NO_DAY = date(1970, 1, 1)
"""Of a place of which no dated report tells: nothing was printed by then."""


@router.get("/setting")
def setting(request: Request, actor: _See) -> HTMLResponse:
    """Return the places and the actors that reports tell of, those told of most first."""
    desk: Desk = request.app.state.desk
    hidden, register, lang = hidden_from(desk, actor), register_of(desk.observatory), language_of(request, actor)
    found = told_most(desk.observatory, register, hidden.reports, hidden.incidents)
    actors = [(called(register, name, lang), name, n) for name, n in found.actors[:_LISTED]]
    return page(request, actor, "setting.html", places=found.places[:_LISTED], arabic=found.arabic, actors=actors)


@router.get("/setting/place")
def place(request: Request, actor: _See, name: _Text = "", on: _Text = "") -> HTMLResponse:
    """Return what there is to know of a place on a day: its briefing, and everything told of it day by day."""
    desk: Desk = request.app.state.desk
    lang, policy, hidden = language_of(request, actor), desk.observatory.policy(None), hidden_from(desk, actor)
    gathered = (
        place_scene(desk.observatory, name, policy, None, hidden.reports, hidden.incidents) if name.strip() else None
    )
    if gathered is None:
        raise Wrong("place", name[:80], "is no place that a report or the gazetteer knows", "choose one of the list")
    here, scene = gathered
    entries = timeline(scene, here, None, None, None)
    day = _day(on) or max(
        (words.published for entry in entries for words in entry.words if words.published), default=_NO_DAY
    )
    saying, title, parts = brief_of(desk.observatory, name, day, lang, policy, gathered=gathered)
    model: dict[str, Any] = {"title": title, "parts": parts, "numbers": numbered(parts), "saying": saying}
    shown, left = _latest(entries)
    return page(
        request,
        actor,
        "setting_place.html",
        name=name,
        on=day,
        entries=shown,
        left=left,
        scene=scene,
        arabic=_arabic(scene),
        **model,
    )


@router.get("/setting/actor")
def who(request: Request, actor: _See, name: _Text = "") -> HTMLResponse:
    """Return who an actor is by the register, and what it did, suffered and said, day by day."""
    desk: Desk = request.app.state.desk
    hidden, register, lang = hidden_from(desk, actor), register_of(desk.observatory), language_of(request, actor)
    meant = register.meant(name)
    if meant.actor is None:
        rule = f"may mean {', '.join(meant.among)}" if meant.among else "is nobody that the register knows"
        raise Wrong("actor", name[:80], rule, "choose one of the list")
    known: Known = meant.actor
    policy = desk.observatory.policy(None)
    scene = actor_scene(desk.observatory, known.name, policy, hidden.reports, hidden.incidents)
    shown, left = _latest(timeline(scene, None, known.name, None, None))
    return page(
        request, actor, "setting_actor.html", known=known, title=called(scene.register, known.name, lang), entries=shown,
        left=left, scene=scene, arabic=_arabic(scene), members=scene.register.members(known.name),
    )  # fmt: skip


def called(register: Register, name: str, lang: str) -> str:
    """Return what an actor is called in a language; its own name where the register has no other."""
    known = register.actors.get(name)
    return known.name_ar if lang == "ar" and known is not None and known.name_ar else name


def _arabic(scene: Scene) -> dict[str, str | None]:
    """Return what places are called in Arabic, by their name."""
    told = {k.place.name: k.place.name_ar for k in scene.told if k.place is not None}
    return {i.place_name: i.place_name_ar for i in scene.incidents if i.place_name} | told


def _latest(entries: list[Entry]) -> tuple[list[Entry], int]:
    """Return the latest entries, the newest first, and how many there are before them."""
    return list(reversed(entries[-_ENTRIES:])), max(0, len(entries) - _ENTRIES)


def _day(words: str) -> date | None:
    """Return the day that somebody typed, None for no day; raises Wrong for anything else."""
    if not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError as fault:
        raise Wrong("day", words[:40], "is no day", "write it as 2014-11-26") from fault
