"""What there is to look at, as JSON: the queue, reports, claims, incidents, and who decided what."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from marsad.desk.actor import Actor
from marsad.desk.allowed import Thing
from marsad.desk.hidden import Hidden, hidden_from
from marsad.desk.roles import Action
from marsad.desk.routes import may, permit
from marsad.desk.seen_now import signed_off
from marsad.desk.services import Desk
from marsad.desk.states import State, claim_state, incident_state
from marsad.desk.targets import Target, anchor_of, claim_target, incident_target, report_thing
from marsad.model import Decision, ReportId, Sha256
from marsad.pipeline.custody import chain
from marsad.pipeline.views.index import index_of
from marsad.pipeline.views.queue_view import Doubt, doubts_page
from marsad.store.instants import instant

router = APIRouter(prefix="/api", tags=["looking"])
_Name = Annotated[str, Path(max_length=200)]
_Most = Annotated[int, Query(ge=1, le=500)]

SEALED_OFF = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": 'attachment; filename="original"',
}
"""Headers of an original: whatever it is, a browser keeps it apart and runs nothing of it."""


class Question(BaseModel):
    """A doubtful link: is `incident` one with `other`, or, of kind part, two?"""

    kind: str
    incident: str
    other: str | None
    probability: float
    stake: int
    ours: str
    theirs: str


class Returned(BaseModel):
    """A decision whose words make no such claim any more: it has to be made again."""

    anchor: str
    reason: str


class Queue(BaseModel):
    """What a person should decide next, most at stake first; `behind` decisions are not in the figures yet."""

    questions: list[Question]
    returned: list[Returned]
    behind: int


class Claim(BaseModel):
    """A claim as people left it; `version` is what a decision on it has to have seen."""

    anchor: str
    version: int
    state: dict[str, Any]
    incidents: list[str]


class Report(BaseModel):
    """A report: its text, and the claims it makes."""

    id: str
    outlet: str
    published: str | None
    language: str | None
    text: str
    claims: list[Claim]


class Incident(BaseModel):
    """An incident: figures by policy, what people decided, and who signed which aspect off."""

    code: str
    version: int
    settled: bool
    place: str | None
    occurred: list[str | None]
    perpetrator: str | None
    grade: str | None
    tolls: list[dict[str, Any]]
    claims: list[str]
    state: dict[str, Any]
    signed: dict[str, Any]


class Listed(BaseModel):
    """An incident in a list."""

    code: str
    place: str | None
    occurred: list[str | None]


class Past(BaseModel):
    """A decision that was made, by a pseudonym."""

    at: str
    by: str
    kind: str
    anchor: str
    body: dict[str, Any]
    reason: str


class Original(BaseModel):
    """A file that the report was taken out of or came with, what was done with it, and whether it is still what it was."""

    sha256: str
    role: str
    size: int
    intact: bool
    custody: list[dict[str, Any]]


@router.get("/queue")
def queue(request: Request, actor: Annotated[Actor, Depends(may(Action.SEE_QUEUE))], most: _Most = 50) -> Queue:
    """Return the doubtful links and the decisions that have to be made again."""
    desk: Desk = request.app.state.desk
    hidden = hidden_from(desk, actor)
    questions: list[Question] = []
    with index_of(desk.observatory) as index:
        after: str | None = None
        while len(questions) < most:
            doubts, after = doubts_page(desk.observatory, index, actor.language, after, most)
            questions += [_question(one) for one in doubts if not {one.code, one.other} & hidden.codes]
            if after is None:
                break
    rows = desk.derived.table("rejection", stage="decide").to_pylist()
    returned = [
        Returned(anchor=row["record_id"], reason=row["reason"])
        for row in rows
        if row["record_id"].partition(":")[0] not in hidden.reports
    ]
    return Queue(questions=questions[:most], returned=returned[:most], behind=desk.follower.behind())


@router.get("/reports/{report_id}")
def report(request: Request, report_id: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_REPORT))]) -> Report:
    """Return a report with its claims."""
    desk: Desk = request.app.state.desk
    permit(request, actor, report_thing(desk, report_id))
    with desk.kept.read() as reading:
        found = reading.report(ReportId(report_id))
        made = [decision for _, decision in reading.decisions_in(report_id)]
    assert found is not None  # noqa: S101 - permitted above
    [text] = desk.observatory.texts([found])
    hidden = hidden_from(desk, actor)
    rows = desk.derived.table("claim", report_id=report_id).to_pylist()
    anchors = sorted({anchor_of(row) for row in rows} | {d.anchor for d in made}, key=_place)
    return Report(
        id=report_id,
        outlet=found.outlet,
        published=found.published.isoformat() if found.published else None,
        language=found.lang,
        text=text.text,
        claims=[_claim(desk, claim_target(desk, anchor), hidden) for anchor in anchors],
    )


@router.get("/claims/{anchor}")
def claim(request: Request, anchor: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_REPORT))]) -> Claim:
    """Return the claim at these words, as people left it, with its version."""
    desk: Desk = request.app.state.desk
    target = claim_target(desk, anchor)
    permit(request, actor, target.thing)
    return _claim(desk, target, hidden_from(desk, actor))


@router.get("/claims/{anchor}/history")
def history_of_claim(
    request: Request, anchor: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_HISTORY))]
) -> list[Past]:
    """Return every decision that touches these words, also those taken back."""
    desk: Desk = request.app.state.desk
    target = claim_target(desk, anchor)
    permit(request, actor, target.thing)
    return _past(desk, actor, target)


@router.get("/reports/{report_id}/originals")
def originals(
    request: Request, report_id: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_EVIDENCE))]
) -> list[Original]:
    """Return the evidence of a report, with custody and fixity."""
    desk: Desk = request.app.state.desk
    permit(request, actor, report_thing(desk, report_id))
    out = []
    with desk.kept.read() as reading:
        for sha256, role in _evidence(reading, report_id).items():
            size = reading.evidence_sizes([sha256])[sha256]
            told = [
                {"at": instant(e.at), "act": e.act.value, "by": e.actor, "tool": e.tool} for e in chain(reading, sha256)
            ]
            intact = _intact(desk, sha256)
            out.append(Original(sha256=sha256, role=role, size=size, intact=intact, custody=told))
    return out


@router.get("/reports/{report_id}/originals/{sha256}", response_class=Response)
def original(
    request: Request, report_id: _Name, sha256: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_EVIDENCE))]
) -> Response:
    """Return the bytes of a piece of a report's evidence, to be saved; no browser shows them."""
    desk: Desk = request.app.state.desk
    permit(request, actor, report_thing(desk, report_id))
    with desk.kept.read() as reading:
        known = Sha256(sha256) in _evidence(reading, report_id)
    permit(request, actor, Thing(sha256, there=known))
    return Response(
        desk.observatory.vault.get(Sha256(sha256)), media_type="application/octet-stream", headers=SEALED_OFF
    )


@router.get("/incidents")
def incidents(
    request: Request,
    actor: Annotated[Actor, Depends(may(Action.SEE_INCIDENT))],
    after: Annotated[str, Query(max_length=200)] = "",
    most: _Most = 100,
) -> list[Listed]:
    """Return the incidents by code, those after the code `after`."""
    desk: Desk = request.app.state.desk
    hidden = hidden_from(desk, actor)
    shown: list[Listed] = []
    with index_of(desk.observatory) as index:
        while len(shown) < most and (rows := index.after_code(after, most)):
            after = rows[-1]["code"]
            shown += [_listed(row) for row in rows if row["code"] not in hidden.codes]
    return shown[:most]


@router.get("/incidents/{name}")
def incident(request: Request, name: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_INCIDENT))]) -> Incident:
    """Return an incident, with the version that a decision on it has to have seen."""
    desk: Desk = request.app.state.desk
    target = incident_target(desk, name)
    permit(request, actor, target.thing)
    [row] = desk.derived.table("incident", code=target.name).to_pylist()[:1]
    tolls = desk.derived.table("toll", incident_id=row["incident_id"]).to_pylist()
    grades = desk.derived.table("grading", incident_id=row["incident_id"]).to_pylist()
    hidden = hidden_from(desk, actor)
    names = ("policy", "measure", "category", "low", "best", "high")
    return Incident(
        code=target.name,
        version=target.version,
        settled=target.thing.settled,
        place=row["place_name"],
        occurred=_days(row),
        perpetrator=row["perpetrator"],
        grade=grades[0]["grade"] if grades else None,
        tolls=[{n: toll[n] for n in names} for toll in tolls],
        claims=list(target.anchors),
        state=_json(incident_state(d for d in target.decisions() if not hidden.touches(d))),
        signed=signed_off(desk, target),
    )


@router.get("/incidents/{name}/history")
def history_of_incident(
    request: Request, name: _Name, actor: Annotated[Actor, Depends(may(Action.SEE_HISTORY))]
) -> list[Past]:
    """Return every decision that touches a claim of the incident, also those taken back."""
    desk: Desk = request.app.state.desk
    target = incident_target(desk, name)
    permit(request, actor, target.thing)
    return _past(desk, actor, target)


def _question(one: Doubt) -> Question:
    return Question(
        kind=one.kind,
        incident=one.code,
        other=one.other,
        probability=one.probability,
        stake=one.stake,
        ours=one.ours[0],
        theirs=one.theirs[0],
    )


def _listed(row: Mapping[str, Any]) -> Listed:
    return Listed(code=row["code"], place=row["place"], occurred=[row["occurred_from"], row["occurred_to"]])


def _claim(desk: Desk, target: Target, hidden: Hidden) -> Claim:
    ids = [row["claim_id"] for row in target.rows]
    of = desk.derived.table("membership", claim_id=ids).column("incident_id").to_pylist() if ids else []
    codes = sorted(row["code"] for row in desk.derived.table("incident", incident_id=of).to_pylist()) if of else []
    mine = [d for d in target.decisions() if d.anchor == target.name and not hidden.touches(d)]
    state = claim_state(target.rows[0] if target.rows else None, mine)
    shown = [code for code in codes if code not in hidden.codes]
    return Claim(anchor=target.name, version=target.version, state=_json(state), incidents=shown)


def _past(desk: Desk, actor: Actor, target: Target) -> list[Past]:
    """Return the history of a target, without decisions about, or naming, something of which this person is not to know."""
    hidden = hidden_from(desk, actor)
    return [_told(d) for _, d in target.history if not hidden.touches(d)]


def _told(d: Decision) -> Past:
    return Past(
        at=instant(d.recorded_at), by=d.actor, kind=d.kind.value, anchor=d.anchor, body=dict(d.body), reason=d.reason
    )


def _evidence(reading: Any, report_id: str) -> dict[Sha256, str]:
    """Return the hashes of a report's evidence, each with its role."""
    found = reading.report(ReportId(report_id))
    out = {found.evidence: "text"} if found else {}
    return out | {Sha256(row["evidence"]): row["role"] for row in reading.originals([ReportId(report_id)])}


def _intact(desk: Desk, sha256: Sha256) -> bool:
    try:
        desk.observatory.vault.get(sha256)
    except (ValueError, OSError):
        return False
    return True


def _days(row: dict[str, Any]) -> list[str | None]:
    return [row[name].isoformat() if row[name] else None for name in ("occurred_from", "occurred_to")]


def _place(anchor: str) -> tuple[int, int]:
    start, _, end = anchor.partition(":")[2].partition("-")
    return int(start), int(end)


def _json(state: State) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(state, default=_iso))
    return told


def _iso(value: Any) -> Any:
    if isinstance(value, Iterable):
        return list(value)
    return str(value)
