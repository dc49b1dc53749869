"""The queue and the search: what to read next, what was found, what is in doubt, and views that somebody saved."""

from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.pages.places import country_names
from marsad.desk.pages.restricted import hidden_codes, hidden_reports, without_codes
from marsad.desk.pages.shell import LANGUAGE_COOKIE, first_page, language_of, page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.secrets_of import token
from marsad.desk.services import Desk
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.queue_view import doubts_page, queue_page, search_page
from marsad.store.instants import instant
from marsad.store.search import SearchStore

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_QUEUE))]
_Save = Annotated[Actor, Depends(may(Action.SAVE_VIEW))]
_Text = Annotated[str, Query(max_length=400)]
_Typed = Annotated[str, Form(max_length=400)]

STATES = ("open", "done", "none", "copy")
_LISTED = 200
"""Outlets and countries offered in a filter."""
_MOST_VIEWS = 40


@router.get("/")
def home(request: Request) -> Response:
    """Lead to the first page that whoever has signed in may see."""
    return RedirectResponse(first_page(request.app.state.desk.sessions.actor(request)), 303)


@router.get("/queue")
def queue(
    request: Request,
    actor: _See,
    state: _Text = "open",
    country: _Text = "",
    outlet: _Text = "",
    lang: _Text = "",
    after: _Text = "",
) -> HTMLResponse:
    """Return the next page of reports to be read."""
    desk: Desk = request.app.state.desk
    chosen = {"state": state if state in STATES else "open", "country": country, "outlet": outlet, "lang": lang}
    where = {name: value for name, value in chosen.items() if value}
    with index_of(desk.observatory) as index:
        listed = queue_page(index, where, after or None, hidden_reports(request, actor))
        listed = without_codes(listed, hidden_codes(request, actor))
        model = {**_offered(request, actor, index), **_counts(index)}
    kept = {name: value for name, value in where.items() if (name, value) != ("state", "open")}
    model |= {"listed": listed, "chosen": chosen, "kept_query": urlencode(kept), "views": _views(desk, actor)}
    model |= {"next_query": urlencode(kept | {"after": listed.after}) if listed.after else None, "paged": bool(after)}
    return page(request, actor, "queue.html", states=STATES, tab="reports", **model)


@router.get("/queue/links")
def links(request: Request, actor: _See, after: _Text = "") -> HTMLResponse:
    """Return the next page of doubtful links."""
    desk: Desk = request.app.state.desk
    with index_of(desk.observatory) as index:
        doubts, following = doubts_page(desk.observatory, index, language_of(request, actor), after or None)
    hidden = hidden_codes(request, actor)
    doubts = [doubt for doubt in doubts if not {doubt.code, doubt.other} & hidden]
    model: dict[str, Any] = {
        "doubts": doubts,
        "next_query": urlencode({"after": following}) if following else None,
        "tab": "links",
    }
    return page(request, actor, "links.html", may_decide=actor.may(Action.DECIDE_INCIDENT), **model)


@router.get("/queue/again")
def again(request: Request, actor: _See) -> HTMLResponse:
    """Return decisions whose words make no claim any more, or an impossible one: they wait to be taken again."""
    desk: Desk = request.app.state.desk
    hidden = hidden_reports(request, actor)
    with desk.observatory.derived(read_only=True) as derived:
        rows = derived.table("rejection", stage="decide").to_pylist()
    rows = [row for row in rows if row["record_id"].partition(":")[0] not in hidden]
    return page(request, actor, "again.html", rows=rows[:500], tab="again")


@router.get("/search")
def search(
    request: Request,
    actor: _See,
    q: _Text = "",
    country: _Text = "",
    outlet: _Text = "",
    lang: _Text = "",
    before: _Text = "",
) -> HTMLResponse:
    """Return the reports that hold all these words, and the incidents whose code begins so."""
    desk: Desk = request.app.state.desk
    where = {name: value for name, value in (("country", country), ("outlet", outlet), ("lang", lang)) if value}
    number = int(before) if before.isdecimal() and len(before) < 18 else None
    with index_of(desk.observatory) as index:
        listed = search_page(desk.observatory, index, q, where, number, hidden_reports(request, actor))
        hidden = hidden_codes(request, actor)
        listed = without_codes(listed, hidden)
        codes = index.codes(q.strip(), 10) if len(q.strip()) > 2 else []
        codes = [row for row in codes if row["code"] not in hidden]
        offered = _offered(request, actor, index)
    following = urlencode({"q": q, **where, "before": listed.after}) if listed.after else None
    chosen = {"country": country, "outlet": outlet, "lang": lang}
    model = {"listed": listed, "codes": codes, "asked": q, "next_query": following, "chosen": chosen, **offered}
    return page(request, actor, "search.html", **model)


@router.post("/views")
def save_view(request: Request, actor: _Save, name: _Typed, query: _Typed = "") -> Response:
    """Save what the queue shows under a name of one's own."""
    desk: Desk = request.app.state.desk
    named = " ".join(name.split())[:80]
    with desk.store.write() as writing:
        held = list(writing.rows("view", account_id=actor.id))
        if named and len(held) < _MOST_VIEWS and not any(row["name"] == named for row in held):
            made = {"view_id": token(desk.settings.random_bytes), "account_id": actor.id, "name": named, "query": query}
            writing.add("view", **made, made_at=instant(desk.settings.now()))
    return RedirectResponse(f"/queue?{query}" if query else "/queue", 303)


@router.post("/views/forget")
def forget_view(request: Request, actor: _Save, view: _Typed) -> Response:
    """Forget a view of one's own."""
    desk: Desk = request.app.state.desk
    with desk.store.write() as writing:
        writing.remove("view", view_id=view, account_id=actor.id)
    return RedirectResponse("/queue", 303)


@router.post("/language")
def language(
    actor: Annotated[Actor, Depends(may(Action.OWN_ACCOUNT))], lang: _Typed, to: _Typed = "/queue"
) -> Response:
    """Show the desk in another language in this browser, and go back to where somebody was."""
    del actor
    inside = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    answer = RedirectResponse(to if inside else "/queue", 303)
    if lang in ("en", "ar"):
        answer.set_cookie(LANGUAGE_COOKIE, lang, max_age=31_536_000, path="/", httponly=True, samesite="strict")
    return answer


def _offered(request: Request, actor: Actor, index: SearchStore) -> dict[str, Any]:
    desk: Desk = request.app.state.desk
    countries = sorted({row["country"] for row in index.table("area_row")})[:_LISTED]
    outlets = sorted((row["outlet"] for row in index.table("outlet_row")), key=str.casefold)
    return {
        "countries": countries,
        "country_names": country_names(
            desk.settings.gazetteer, desk.observatory, countries, language_of(request, actor)
        ),
        "outlets": _first(outlets),
        "langs": ("ar", "en", "es", "fr", "he", "ru", "tr", "uk"),
    }


def _counts(index: SearchStore) -> dict[str, Any]:
    return {"counts": index.state_counts()}


def _views(desk: Desk, actor: Actor) -> list[dict[str, Any]]:
    with desk.store.read() as reading:
        return sorted(reading.rows("view", account_id=actor.id), key=lambda row: str(row["name"]))


def _first(names: Iterable[str]) -> list[str]:
    return list(names)[:_LISTED]
