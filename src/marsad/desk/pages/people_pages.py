"""People: pairs of victim records that may be one person, with the features behind each chance; families; one person."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.desk.actor import Actor
from marsad.desk.decider import Edit, decide
from marsad.desk.pages.shell import language_of, page
from marsad.desk.pages.stale_page import stale_page
from marsad.desk.roles import Action, Role
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.desk.stale import Stale
from marsad.desk.targets import Target, pair_target
from marsad.model import DecisionKind, Wrong
from marsad.pipeline.deciding import Draft
from marsad.pipeline.views.people_view import Pair, pair_key, pairs_after, people_view
from marsad.text.words import say

router = APIRouter(include_in_schema=False)
_See = Annotated[Actor, Depends(may(Action.SEE_PEOPLE))]
_Match = Annotated[Actor, Depends(may(Action.MATCH_PERSON))]
_Text = Annotated[str, Query(max_length=200)]
_Key = Annotated[str, Query(max_length=1000)]
_Typed = Annotated[str, Form(max_length=2000)]
_PAGE = 25
_MOST = 2**53
_SHOWN = ("open", "decided", "sure", "all")


@router.get("/people")
def people(request: Request, actor: _See, shown: _Text = "open", after: _Key = "") -> HTMLResponse:
    """Return pairs that may be one person, the most doubtful first."""
    desk: Desk = request.app.state.desk
    view = people_view(desk.observatory, names=may_read_names(actor))
    chosen = shown if shown in _SHOWN else "open"
    pairs = [pair for pair in view.pairs if _is(pair, chosen)]
    rest = pairs_after(pairs, after)
    counts = {one: sum(_is(pair, one) for pair in view.pairs) for one in _SHOWN}
    with desk.kept.read() as reading:
        part = rest[:_PAGE]
        versions = {pair.anchor: desk.touched.version(reading, [pair.anchor]) for pair in part}
    following = urlencode({"shown": chosen, "after": pair_key(part[-1])}) if len(rest) > _PAGE else None
    model: dict[str, Any] = {
        "view": view,
        "pairs": part,
        "versions": versions,
        "next_query": following,
        "counts": counts,
    }
    return page(
        request, actor, "people.html", chosen=chosen, kinds=_SHOWN, may_match=actor.may(Action.MATCH_PERSON), **model
    )


@router.get("/people/families")
def families(request: Request, actor: _See) -> HTMLResponse:
    """Return families: people of one name who died together, or whom a list puts together."""
    view = people_view(request.app.state.desk.observatory, names=may_read_names(actor))
    return page(request, actor, "families.html", families=view.families[:300])


@router.get("/people/{person}")
def person(request: Request, actor: _See, person: str) -> HTMLResponse:
    """Return the records of one person, and what is in doubt of them."""
    view = people_view(request.app.state.desk.observatory, names=may_read_names(actor))
    records = [one for one in view.records.values() if one.person == person]
    if not records:
        raise Wrong("person", person[:80], "is not on any list here", "look among the people")
    keys = {one.key for one in records}
    pairs = [pair for pair in view.pairs if pair.a.key in keys or pair.b.key in keys]
    return page(request, actor, "person.html", records=records, pairs=pairs, person=person)


@router.post("/people/pairs")
def match(
    request: Request,
    actor: _Match,
    a_list: _Typed,
    a_record: _Typed,
    b_list: _Typed,
    b_record: _Typed,
    says: _Typed,
    reason: _Typed = "",
    version: _Typed = "0",
    back: _Typed = "",
) -> Response:
    """Keep what somebody says of a pair: the same person, two persons, or not sure."""
    desk: Desk = request.app.state.desk
    if says not in ("same", "different", "unsure"):
        raise Wrong("people", says[:40], "is no answer", "say same, different or unsure")
    a, b = (a_list, a_record), (b_list, b_record)
    target = pair_target(desk, a, b)

    def drafting(targets: Sequence[Target]) -> list[Draft]:
        return [Draft(targets[0].name, DecisionKind.PERSON, {"a": list(a), "b": list(b), "says": says})]

    seen = min(int(version), _MOST) if version.isdecimal() and len(version) < 17 else target.version
    why = reason.strip() or say("desk", language_of(request, actor), f"because.{says}")
    typed = {
        "a_list": a_list,
        "a_record": a_record,
        "b_list": b_list,
        "b_record": b_record,
        "says": says,
        "reason": reason,
    }
    onward = f"/people?shown={back}" if back in _SHOWN else "/people"
    try:
        decide(desk, actor, Edit(Action.MATCH_PERSON, [(target, seen)], drafting, why, typed))
    except Stale as fault:
        return stale_page(request, actor, fault.body, onward)
    return RedirectResponse(onward, 303)


def may_read_names(actor: Actor) -> bool:
    """Tell whether somebody may read the names of minors and of people who may be alive: who matches or guards them."""
    return actor.may(Action.MATCH_PERSON) or Role.SAFETY_LEAD in actor.roles


def _is(pair: Pair, shown: str) -> bool:
    if shown == "all":
        return True
    if shown == "decided":
        return pair.decision is not None
    return pair.decision is None and (pair.zone == "sure") == (shown == "sure")
