"""What people do on the report page: accept, correct, reject, add, undo, join, part. Every way goes through the one decider."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from marsad.desk import edits
from marsad.desk.actor import Actor
from marsad.desk.decider import Edit, decide
from marsad.desk.pages.places import place_finder
from marsad.desk.pages.refusing import refusal
from marsad.desk.pages.report_pages import report_page
from marsad.desk.pages.restricted import report_for
from marsad.desk.pages.shell import language_of
from marsad.desk.pages.slots import Fields, changes, made, typed_slots
from marsad.desk.pages.stale_page import stale_page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.desk.stale import Stale
from marsad.desk.targets import Target, claim_target, incident_target
from marsad.model import Claim, DecisionKind, Wrong
from marsad.pipeline.deciding import Draft
from marsad.pipeline.views.index import readable_text
from marsad.pipeline.views.report_view import Card, as_left, kept_report, report_cards
from marsad.text.words import say

router = APIRouter(include_in_schema=False)
_Decide = Annotated[Actor, Depends(may(Action.DECIDE_CLAIM))]
_Build = Annotated[Actor, Depends(may(Action.DECIDE_INCIDENT))]
_Short = Annotated[str, Form(max_length=200)]
_SEEN_MOST = 2**62


@router.post("/reports/{report_id}/claims")
async def decide_claim(request: Request, report_id: str, actor: _Decide) -> Response:
    """Keep what somebody decided about a claim, or the claim that somebody adds; show the report again."""
    from starlette.concurrency import run_in_threadpool

    form = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    return await run_in_threadpool(_decided, request, report_id, actor, form)


@router.post("/reports/{report_id}/join")
def join(
    request: Request, report_id: str, actor: _Build, into: _Short, anchor: _Short = "", reason: _Short = ""
) -> Response:
    """Say that claims of this report speak of another incident: the one in focus, or all that speak of an incident."""
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    wanted = [anchor] if anchor else [c.anchor for c in report_cards(desk.observatory, report_id) if c.home]
    claims = [claim_target(desk, one) for one in dict.fromkeys(wanted)]
    home = incident_target(desk, into)
    said = reason or _because(request, actor, "join")
    edit = Edit(
        Action.DECIDE_INCIDENT,
        [*((claim, claim.version) for claim in claims), (home, home.version)],
        lambda targets: edits.moved(targets[:-1], targets[-1]),
        said,
        {"into": into, "reason": reason},
    )
    return _kept(request, actor, edit, f"/reports/{report_id}", report_id, {})


def _decided(request: Request, report_id: str, actor: Actor, form: Mapping[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    report_for(request, actor, report_id)
    act, typed = form.get("act", ""), typed_slots(form)
    anchor = form.get("anchor", "")
    try:
        report, _ = kept_report(desk.observatory, report_id)
        text = readable_text(desk.observatory, report) or ""
        card = next((c for c in report_cards(desk.observatory, report_id) if c.anchor == anchor), None)
        seen_as = _as_seen(desk, card, form)
        anchor, drafting = _wanted(desk, act, report_id, anchor, card, seen_as, typed, text)
        target = claim_target(desk, anchor)
        beside = [incident_target(desk, card.home.code)] if act == "apart" and card and card.home else []
        seen = int(form.get("version", "0") or 0) if form.get("version", "0").isdecimal() else 0
        edit = Edit(
            Action.DECIDE_INCIDENT if act == "apart" else Action.DECIDE_CLAIM,
            [(target, min(seen, _SEEN_MOST) if card else target.version), *((one, one.version) for one in beside)],
            drafting,
            typed["reason"].strip() or _because(request, actor, act),
            {**{k: v for k, v in form.items() if k != "csrf_token"}},
        )
    except Wrong as fault:
        return _refused(request, actor, report_id, form.get("anchor", ""), typed, fault)
    return _kept(
        request,
        actor,
        edit,
        f"/reports/{report_id}#claim-{form.get('n', '')[:6]}",
        report_id,
        {"typed": typed, "anchor": form.get("anchor", "")},
    )


def _wanted(
    desk: Desk,
    act: str,
    report_id: str,
    anchor: str,
    card: Card | None,
    seen_as: Claim | None,
    typed: Fields,
    text: str,
) -> tuple[str, Callable[[Sequence[Target]], list[Draft]]]:
    """Return the words that are decided on, and what is to be decided; raises Wrong for what nobody can want."""
    place = place_finder(desk.settings.gazetteer, desk.observatory, seen_as.place if seen_as else None)
    if act == "add":
        slots = made(typed, text, place)
        start, end, words = slots.pop("start"), slots.pop("end"), slots.pop("text")
        return f"{report_id}:{start}-{end}", lambda t: edits.addition(t[0], words, slots)
    if card is None:
        raise Wrong("claim", anchor, "is none of this report", "load the page again")
    if act in ("accept", "reject"):
        return anchor, lambda t: edits.judged(t[0], DecisionKind(act))
    if act == "correct":
        body = changes(typed, seen_as or card.shown, text, place)
        if not body:
            raise Wrong("correction", None, "changes nothing", "change a slot, or accept the claim as it is")
        return anchor, lambda t: edits.correction(t[0], body)
    if act == "undo":
        kinds = [k for k in ("correct", "accept", "reject", "add", "join", "apart") if k in card.decisions]
        newest = max(kinds, key=lambda k: card.decisions[k].recorded_at, default=None)
        if newest is None:
            raise Wrong("claim", anchor, "was not decided on", "there is nothing to take back")
        return anchor, lambda t: edits.undoing(t[0], DecisionKind(newest))
    if act == "apart" and card.home is not None:
        return anchor, lambda t: edits.parted(t[-1], [anchor], "")
    raise Wrong("act", act[:40], "is nothing that can be done here", "press one of the buttons of the page")


def _as_seen(desk: Desk, card: Card | None, form: Mapping[str, str]) -> Claim | None:
    """Return the claim as whoever filled the form in saw it: what somebody else corrected meanwhile is none of their changes.

    `based` is the version they saw first, where the form is sent again after a refusal; else `version` is it.
    """
    given = form.get("based") or form.get("version", "")
    if card is None or not given.isdecimal() or len(given) > 15:
        return card.shown if card else None
    then = claim_target(desk, card.anchor).at(int(given)).standing(DecisionKind.CORRECT)
    return as_left(card.claim, then[-1]) if then else card.claim


def _kept(
    request: Request, actor: Actor, edit: Edit, onward: str, report_id: str, again: Mapping[str, Any]
) -> Response:
    desk: Desk = request.app.state.desk
    try:
        decide(desk, actor, edit)
    except Stale as fault:
        return stale_page(request, actor, fault.body, onward)
    except Wrong as fault:
        if hasattr(fault, "status"):
            raise
        return _refused(request, actor, report_id, str(again.get("anchor", "")), again.get("typed"), fault)
    return RedirectResponse(onward, 303)


def _refused(request: Request, actor: Actor, report_id: str, anchor: str, typed: Any, fault: Wrong) -> Response:
    again = {"anchor": anchor, "slots": typed} if typed is not None else None
    return report_page(
        request, actor, report_id, status=422, trouble=refusal(fault, language_of(request, actor)), typed=again
    )


def _because(request: Request, actor: Actor, act: str) -> str:
    known = act if act in ("accept", "reject", "correct", "add", "undo", "join", "apart") else "correct"
    return say("desk", language_of(request, actor), f"because.{known}")
