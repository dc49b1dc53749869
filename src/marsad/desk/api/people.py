"""Who is one person: what people decide about pairs of victim records."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from marsad.desk.actor import Actor
from marsad.desk.api.deciding import Answer, Once
from marsad.desk.decider import LONGEST_REASON, Edit, decide
from marsad.desk.roles import Action
from marsad.desk.routes import may
from marsad.desk.services import Desk
from marsad.desk.targets import Target, pair_target
from marsad.model import DecisionKind
from marsad.pipeline.deciding import Draft
from marsad.pipeline.person_decisions import standing_pairs

router = APIRouter(prefix="/api/people", tags=["people"])
_Record = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=2, max_length=2)]


class Match(BaseModel):
    """Two victim records, each [list, record id], are the same person, different persons, or nobody can tell."""

    model_config = ConfigDict(extra="forbid")
    a: _Record
    b: _Record
    says: Literal["same", "different", "unsure"]
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    seen: int = Field(default=0, ge=0, le=2**53)


class Pair(BaseModel):
    """What stands of a pair of records."""

    a: list[str]
    b: list[str]
    says: str
    by: str
    reason: str


@router.get("/matches")
def matches(request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_PEOPLE))]) -> list[Pair]:
    """Return what was decided about pairs of victim records."""
    del actor
    desk: Desk = request.app.state.desk
    with desk.kept.read() as reading:
        found = standing_pairs(reading)
    return [Pair(**dict(d.body), by=d.actor, reason=d.reason) for d in found]  # type: ignore[arg-type]


@router.post("/matches")
def match(
    request: Request,
    asked: Match,
    actor: Annotated[Actor, Depends(may(Action.MATCH_PERSON))],
    once: Once = None,
) -> Answer:
    """Decide about a pair of victim records."""
    desk: Desk = request.app.state.desk
    target = pair_target(desk, (asked.a[0], asked.a[1]), (asked.b[0], asked.b[1]))
    typed = asked.model_dump(mode="json")
    body: dict[str, Any] = {"a": asked.a, "b": asked.b, "says": asked.says}

    def drafting(targets: Sequence[Target]) -> list[Draft]:
        return [Draft(targets[0].name, DecisionKind.PERSON, body)]

    edit = Edit(Action.MATCH_PERSON, [(target, asked.seen)], drafting, asked.reason, typed, once)
    return Answer(**decide(desk, actor, edit))
