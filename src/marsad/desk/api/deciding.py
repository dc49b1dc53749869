"""Decisions on claims and incidents, as JSON: one way in, `decider.decide`, whatever is decided."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from marsad.desk import edits
from marsad.desk.actor import Actor
from marsad.desk.decider import LONGEST_REASON, Edit, decide
from marsad.desk.roles import Action
from marsad.desk.routes import may, permit
from marsad.desk.seen_now import aspects_of
from marsad.desk.services import Desk
from marsad.desk.targets import Target, claim_target, incident_target, report_thing
from marsad.model import DecisionKind
from marsad.pipeline.anchors import Words

router = APIRouter(prefix="/api", tags=["decisions"])

Name = Annotated[str, Path(max_length=200)]
Once = Annotated[str | None, Header(alias="Idempotency-Key", max_length=100, pattern=r"^[\x21-\x7e]+$")]
_Version = Annotated[int, Field(ge=0, le=2**53, description="The version you saw")]
_Anchor = Annotated[str, Field(max_length=100)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    seen: _Version = 0


class Judgement(_Asked):
    """Accept, reject or correct a claim; `slots` are those that change."""

    kind: Literal["accept", "reject", "correct"]
    slots: dict[str, Any] = Field(default={}, max_length=40)


class Addition(_Asked):
    """Characters `start` to `end` of the report make a claim that nobody read."""

    start: int = Field(ge=0, le=2**31)
    end: int = Field(ge=1, le=2**31)
    slots: dict[str, Any] = Field(max_length=40)


class Move(_Asked):
    """These claims speak of the incident `into`, seen at `seen_into`; `seen` is the version of the claim in the address."""

    into: str = Field(max_length=200)
    seen_into: _Version = 0


class Merge(_Asked):
    """The incident is one with `into`, seen at `seen_into`."""

    into: str = Field(max_length=200)
    seen_into: _Version = 0


class Split(_Asked):
    """The claims at these words speak of an incident of their own."""

    claims: list[_Anchor] = Field(min_length=1, max_length=200)
    name: str = Field(default="", max_length=80)


class Grading(_Asked):
    """Levels by scheme; a scheme that is left out is not graded by a person."""

    grade: str | None = Field(default=None, max_length=40)
    ohchr: str | None = Field(default=None, max_length=40)
    ibc: str | None = Field(default=None, max_length=40)


class Signing(_Asked):
    """An aspect of the incident is vouched for."""

    aspect: Literal["place", "toll", "attribution"]


class Undoing(_Asked):
    """What stands of this kind is taken back."""

    kind: DecisionKind = Field(strict=False)


class Told(BaseModel):
    """A decision that was made."""

    anchor: str
    kind: str
    body: dict[str, Any]


class Answer(BaseModel):
    """What was decided, and the version there is now; `new` is false where it had been sent before."""

    version: int
    decisions: list[Told]
    new: bool


@router.post("/claims/{anchor}/judgement")
def judge(
    request: Request,
    anchor: Name,
    asked: Judgement,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_CLAIM))],
    once: Once = None,
) -> Answer:
    """Accept, reject or correct the claim at these words."""

    def drafting(targets: Sequence[Target]) -> list[Any]:
        if asked.kind == "correct":
            return edits.correction(targets[0], asked.slots)
        return edits.judged(targets[0], DecisionKind(asked.kind))

    desk = _desk(request)
    return _decide(desk, actor, Action.DECIDE_CLAIM, [(claim_target(desk, anchor), asked.seen)], drafting, asked, once)


@router.post("/reports/{report_id}/claims")
def add(
    request: Request,
    report_id: Name,
    asked: Addition,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_CLAIM))],
    once: Once = None,
) -> Answer:
    """Add a claim that nobody read."""
    desk = _desk(request)
    permit(request, actor, report_thing(desk, report_id))
    anchor = f"{report_id}:{asked.start}-{asked.end}"
    with desk.kept.read() as reading:
        words = Words(reading.report, desk.observatory.vault).at(anchor)
    targets = [(claim_target(desk, anchor), asked.seen)]
    return _decide(
        desk, actor, Action.DECIDE_CLAIM, targets, lambda t: edits.addition(t[0], words, asked.slots), asked, once
    )


@router.post("/claims/{anchor}/move")
def move(
    request: Request,
    anchor: Name,
    asked: Move,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_INCIDENT))],
    once: Once = None,
) -> Answer:
    """Say that a claim speaks of another incident."""
    desk = _desk(request)
    targets = [(claim_target(desk, anchor), asked.seen), (incident_target(desk, asked.into), asked.seen_into)]
    return _decide(desk, actor, Action.DECIDE_INCIDENT, targets, lambda t: edits.moved(t[:1], t[1]), asked, once)


@router.post("/claims/{anchor}/undo")
def undo_on_claim(
    request: Request,
    anchor: Name,
    asked: Undoing,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_CLAIM))],
    once: Once = None,
) -> Answer:
    """Take back what was decided on a claim: a decision like any other."""
    desk = _desk(request)
    targets = [(claim_target(desk, anchor), asked.seen)]
    action = edits.action_of(asked.kind)
    return _decide(desk, actor, action, targets, lambda t: edits.undoing(t[0], asked.kind), asked, once)


@router.post("/incidents/{name}/merge")
def merge(
    request: Request,
    name: Name,
    asked: Merge,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_INCIDENT))],
    once: Once = None,
) -> Answer:
    """Say that an incident is one with another."""
    desk = _desk(request)
    targets = [(incident_target(desk, name), asked.seen), (incident_target(desk, asked.into), asked.seen_into)]
    return _decide(desk, actor, Action.DECIDE_INCIDENT, targets, lambda t: edits.merged(t[0], t[1]), asked, once)


@router.post("/incidents/{name}/split")
def split(
    request: Request,
    name: Name,
    asked: Split,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_INCIDENT))],
    once: Once = None,
) -> Answer:
    """Say that some claims of an incident speak of one of their own."""
    desk = _desk(request)
    targets = [(incident_target(desk, name), asked.seen)]
    return _decide(
        desk,
        actor,
        Action.DECIDE_INCIDENT,
        targets,
        lambda t: edits.parted(t[0], asked.claims, asked.name),
        asked,
        once,
    )


@router.post("/incidents/{name}/settle")
def settle(
    request: Request,
    name: Name,
    asked: _Asked,
    actor: Annotated[Actor, Depends(may(Action.DECIDE_INCIDENT))],
    once: Once = None,
) -> Answer:
    """Say that an incident is reviewed: it takes up no report by itself any more, and only reviewers change it."""
    desk = _desk(request)
    targets = [(incident_target(desk, name), asked.seen)]
    return _decide(desk, actor, Action.DECIDE_INCIDENT, targets, lambda t: edits.settled(t[0]), asked, once)


@router.post("/incidents/{name}/grade")
def grade(
    request: Request,
    name: Name,
    asked: Grading,
    actor: Annotated[Actor, Depends(may(Action.GRADE))],
    once: Once = None,
) -> Answer:
    """Grade an incident."""
    desk = _desk(request)
    levels = {s: level for s in ("grade", "ohchr", "ibc") if (level := getattr(asked, s)) is not None}
    targets = [(incident_target(desk, name), asked.seen)]
    return _decide(desk, actor, Action.GRADE, targets, lambda t: edits.graded(t[0], levels), asked, once)


@router.post("/incidents/{name}/sign")
def sign(
    request: Request,
    name: Name,
    asked: Signing,
    actor: Annotated[Actor, Depends(may(Action.SIGN_OFF))],
    once: Once = None,
) -> Answer:
    """Vouch for an aspect of an incident that others worked on."""
    desk = _desk(request)
    target = incident_target(desk, name)
    seen = aspects_of(desk, target)[asked.aspect] if target.thing.there else {}
    targets = [(target, asked.seen)]
    return _decide(desk, actor, Action.SIGN_OFF, targets, lambda t: edits.signed(t[0], asked.aspect, seen), asked, once)


@router.post("/incidents/{name}/undo")
def undo_on_incident(
    request: Request,
    name: Name,
    asked: Undoing,
    actor: Annotated[Actor, Depends(may(Action.GRADE))],
    once: Once = None,
) -> Answer:
    """Take back what was decided on an incident: its grade, a sign-off, that it is settled."""
    desk = _desk(request)
    targets = [(incident_target(desk, name), asked.seen)]
    action = edits.action_of(asked.kind)
    return _decide(desk, actor, action, targets, lambda t: edits.undoing(t[0], asked.kind), asked, once)


def _decide(
    desk: Desk,
    actor: Actor,
    action: Action,
    targets: Sequence[tuple[Target, int]],
    drafting: Any,
    asked: BaseModel,
    once: str | None,
) -> Answer:
    typed = asked.model_dump(mode="json")
    return Answer(**decide(desk, actor, Edit(action, targets, drafting, typed["reason"], typed, once)))


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk
