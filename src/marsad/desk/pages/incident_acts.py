"""What people do on the incident page: merge, split, move claims, mark them as told beside, grade, settle, sign off, undo."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from marsad.desk import edits
from marsad.desk.actor import Actor
from marsad.desk.decider import Drafting, Edit, decide
from marsad.desk.pages.incident_pages import ASPECTS, incident_page
from marsad.desk.pages.refusing import refusal
from marsad.desk.pages.restricted import incident_for
from marsad.desk.pages.shell import language_of
from marsad.desk.pages.stale_page import stale_page
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.seen_now import aspects_of
from marsad.desk.services import Desk
from marsad.desk.stale import Stale
from marsad.desk.targets import Target, claim_target, incident_target
from marsad.model import DecisionKind, Scope, Wrong
from marsad.pipeline.deciding import Draft
from marsad.text.words import say

router = APIRouter(include_in_schema=False)
_Grade = Annotated[Actor, Depends(may(Action.GRADE))]
_Build = Annotated[Actor, Depends(may(Action.DECIDE_INCIDENT))]

_MOST = 2**53
_SCHEMES = ("grade", "ohchr", "ibc")
_ACTIONS = {
    "merge": Action.DECIDE_INCIDENT,
    "split": Action.DECIDE_INCIDENT,
    "move": Action.DECIDE_INCIDENT,
    "settle": Action.DECIDE_INCIDENT,
    "scope": Action.DECIDE_CLAIM,
    "grade": Action.GRADE,
    "sign": Action.SIGN_OFF,
}
Wanted = tuple[Action, list[tuple[Target, int]], Drafting]


@router.post("/incidents/{code}")
async def act(request: Request, code: str, actor: _Grade) -> Response:
    """Keep what somebody decided about an incident; show it again."""
    form = await request.form()
    typed = {key: value for key, value in form.items() if isinstance(value, str)}
    claims = [value for value in form.getlist("claims") if isinstance(value, str)][:500]
    return await run_in_threadpool(_decided, request, code, actor, typed, claims)


@router.post("/links")
async def answer_link(request: Request, actor: _Build) -> Response:
    """Keep the answer to a doubtful link: its two claims are of one incident, or of two."""
    typed = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    return await run_in_threadpool(_linked, request, actor, typed)


def _decided(request: Request, code: str, actor: Actor, typed: dict[str, str], claims: list[str]) -> Response:
    desk: Desk = request.app.state.desk
    target = incident_for(request, actor, code)
    asked = typed.get("act", "")
    onward = f"/incidents/{target.name}"
    try:
        action, targets, drafting = _wanted(desk, target, asked, typed, claims)
        kept = {k: v for k, v in typed.items() if k not in ("csrf_token", "claims")} | (
            {"claims": ", ".join(claims)} if claims else {}
        )
        reason = typed.get("reason", "").strip() or _because(request, actor, asked)
        decide(desk, actor, Edit(action, targets, drafting, reason, kept))
    except Stale as fault:
        return stale_page(request, actor, fault.body, onward)
    except Wrong as fault:
        if hasattr(fault, "status"):
            raise
        return incident_page(
            request, actor, code, status=422, trouble=refusal(fault, language_of(request, actor)), typed=typed
        )
    return RedirectResponse(onward, 303)


def _wanted(desk: Desk, target: Target, asked: str, typed: dict[str, str], claims: list[str]) -> Wanted:
    seen = _version(typed.get("version", ""), target)
    here = (target, seen)
    if asked == "merge":
        return _ACTIONS[asked], [here, _other(desk, typed)], lambda t: edits.merged(t[0], t[1])
    if asked == "split":
        return _ACTIONS[asked], [here], lambda t: edits.parted(t[0], claims, typed.get("name", "")[:80])
    if asked == "move":
        _some(claims)
        moving = [(one, one.version) for one in (claim_target(desk, a) for a in claims)]
        # The incident is a target, too: what the page showed of its claims is what they are moved on.
        return _ACTIONS[asked], [here, *moving, _other(desk, typed)], lambda t: edits.moved(t[1:-1], t[-1])
    if asked == "scope":
        _some(claims)
        scope = Scope(typed["scope"]) if typed.get("scope") in set(Scope) else None
        if scope is None:
            raise Wrong("scope", typed.get("scope", "")[:40], "is none", f"choose one of {', '.join(Scope)}")
        marking = [(one, one.version) for one in (claim_target(desk, a) for a in claims)]
        return _ACTIONS[asked], [here, *marking], lambda t: _scoped(t[1:], scope)
    if asked == "settle":
        return _ACTIONS[asked], [here], lambda t: edits.settled(t[0])
    if asked == "grade":
        levels = {scheme: typed[scheme] for scheme in _SCHEMES if typed.get(scheme)}
        return _ACTIONS[asked], [here], lambda t: edits.graded(t[0], levels)
    if asked in {f"sign-{aspect}" for aspect in ASPECTS}:
        aspect = asked.removeprefix("sign-")
        shown = aspects_of(desk, target)[aspect]
        return _ACTIONS["sign"], [here], lambda t: edits.signed(t[0], aspect, shown)
    if asked.startswith("undo-") and asked[5:] in set(edits.ACTIONS):
        kind = DecisionKind(asked[5:])
        return edits.action_of(kind), [here], lambda t: edits.undoing(t[0], kind)
    raise Wrong("act", asked[:40], "is nothing that can be done here", "press one of the buttons of the page")


def _scoped(claims: Sequence[Target], scope: Scope) -> list[Draft]:
    return [draft for claim in claims for draft in edits.correction(claim, {"scope": scope.value})]


def _other(desk: Desk, typed: dict[str, str]) -> tuple[Target, int]:
    name = typed.get("into", "").strip()
    other = incident_target(desk, name)
    if not other.thing.there:
        raise Wrong("incident", name[:80], "is not in this observatory", "write its code as it stands on its page")
    return other, other.version


def _some(claims: list[str]) -> None:
    if not claims:
        raise Wrong("claims", None, "were not chosen", "tick the claims that you mean")


def _version(given: str, target: Target) -> int:
    return min(int(given), _MOST) if given.isdecimal() and len(given) < 17 else target.version


def _linked(request: Request, actor: Actor, typed: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    ours, theirs = (claim_target(desk, typed.get(side, "")) for side in ("ours", "theirs"))
    one = typed.get("answer") == "one"
    kind, key = (DecisionKind.JOIN, "with") if one else (DecisionKind.DIFFER, "from")
    edit = Edit(
        Action.DECIDE_INCIDENT,
        [(ours, ours.version), (theirs, theirs.version)],
        lambda t: [Draft(t[0].name, kind, {key: t[1].name})],
        typed.get("reason", "").strip() or _because(request, actor, "join" if one else "differ"),
        {k: v for k, v in typed.items() if k != "csrf_token"},
    )
    try:
        decide(desk, actor, edit)
    except Stale as fault:
        return stale_page(request, actor, fault.body, "/queue/links")
    return RedirectResponse("/queue/links", 303)


def _because(request: Request, actor: Actor, asked: str) -> str:
    key = {"merge": "join", "split": "apart", "move": "join", "scope": "correct"}.get(asked, asked)
    key = "sign" if key.startswith("sign-") else "undo" if key.startswith("undo-") else key
    known = ("join", "apart", "correct", "settle", "grade", "sign", "undo", "differ")
    return say("desk", language_of(request, actor), f"because.{key if key in known else 'settle'}")
