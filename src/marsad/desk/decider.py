"""The one way to decide at the desk: allowed, made on what was seen, kept once, or refused with the three sides shown."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marsad.desk.actor import Actor
from marsad.desk.allowed import authorize
from marsad.desk.edits import ACTIONS
from marsad.desk.hidden import hidden_from
from marsad.desk.roles import Action
from marsad.desk.services import Desk
from marsad.desk.settings import EPOCH
from marsad.desk.stale import Stale
from marsad.desk.states import State, claim_state, incident_state, three_way
from marsad.desk.targets import Target, again
from marsad.model import Conflict, Decision, Wrong
from marsad.model.rows import canonical_json
from marsad.pipeline.deciding import Draft, Overtaken
from marsad.pipeline.service import WriteService
from marsad.store.instants import instant

LONGEST_REASON = 2000

Drafting = Callable[[Sequence[Target]], list[Draft]]
"""What somebody wants to do to some targets, as drafts."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Somebody saw each of the `targets` at the version beside it, and wants what `drafting` makes of them, for this reason.

    `action` is what they have to be allowed to do. `typed` is everything that was typed, as it was: it is returned where
    the edit is refused. `once` is a key under which an edit is kept once, however often it is sent; None gives it none.
    """

    action: Action
    targets: Sequence[tuple[Target, int]]
    drafting: Drafting
    reason: str
    typed: Mapping[str, Any]
    once: str | None = None


def decide(desk: Desk, actor: Actor, edit: Edit) -> dict[str, Any]:
    """Keep what somebody decided; return {"version", "decisions", "new"}.

    Raises Refused where they may not, Stale with the three sides where somebody else was quicker, Wrong where it cannot be
    so. Nothing is kept then. Sent again, it is recognised, and answered as before.
    """
    for target, _ in edit.targets:
        authorize(actor, edit.action, target.thing, desk.mode)
    if not edit.reason.strip() or len(edit.reason) > LONGEST_REASON:
        raise Wrong("reason", None, f"has to be 1 to {LONGEST_REASON} characters", "say why: others will read it")
    asked = _digest(edit)
    known = _answered(desk, actor, edit, asked)
    if known is not None:
        return known
    based = [target.at(version) for target, version in edit.targets]
    drafts = edit.drafting(based)
    for action in {ACTIONS[draft.kind] for draft in drafts}:
        for target in based:
            authorize(actor, action, target.thing, desk.mode)
    service = WriteService(desk.kept, desk.observatory.vault, desk.settings.random_bytes)
    seen = [target.seen(version) for target, version in edit.targets]
    try:
        made = service.decide_together(drafts, desk.touched, seen, actor.id, edit.reason, desk.settings.now())
    except Overtaken as fault:
        raise Stale(_sides(desk, actor, edit, drafts)) from fault
    with desk.kept.read() as reading:
        version = desk.touched.version(reading, based[0].anchors)
    told = [{"anchor": d.anchor, "kind": d.kind.value, "body": dict(d.body)} for d in made.decisions]
    answer = {"version": version, "decisions": told, "new": made.new}
    _remember(desk, actor, edit, asked, answer)
    if made.new:
        desk.follower.nudge()
    return answer


def _sides(desk: Desk, actor: Actor, edit: Edit, drafts: Sequence[Draft]) -> dict[str, Any]:
    """Return what a refused edit is answered with: of each target base, theirs and yours; who decided; and what was typed."""
    fields, since, hidden = [], list[dict[str, Any]](), hidden_from(desk, actor)
    for old, version in edit.targets:
        now = again(desk, old)
        based = [d for d in old.decisions(version) if not hidden.touches(d)]
        mine = [Decision(d.anchor, d.kind, 1, d.body, "you", edit.reason, EPOCH) for d in drafts]
        mine = [d for d in mine if old.kind == "incident" or d.anchor == old.name]
        theirs = [d for d in now.decisions() if not hidden.touches(d)]
        sides = (_state(old, based), _state(now, theirs), _state(old, [*based, *mine]))
        fields += [{"target": old.name, **row} for row in three_way(*sides, _state(replace(old, rows=()), mine))]
        since += [
            {"by": d.actor, "at": instant(d.recorded_at), "kind": d.kind.value, "anchor": d.anchor, "reason": d.reason}
            for seq, d in now.history
            if seq > version and not hidden.touches(d)
        ]
    versions = {old.name: _version(desk, old) for old, _ in edit.targets}
    said = "somebody else decided first; nothing of yours was kept yet"
    return {"error": said, "versions": versions, "since": since, "fields": fields, "typed": dict(edit.typed)}


def _version(desk: Desk, target: Target) -> int:
    with desk.kept.read() as reading:
        return desk.touched.version(reading, target.anchors)


def _state(target: Target, decisions: Sequence[Decision]) -> State:
    if target.kind == "incident":
        return incident_state(decisions)
    if target.kind == "pair":
        return {"says": decisions[-1].body.get("says")} if decisions else {}
    read = target.rows[0] if target.rows else None
    return claim_state(read, [d for d in decisions if d.anchor == target.name])


def _digest(edit: Edit) -> str:
    seen = [[target.kind, target.name, version] for target, version in edit.targets]
    told = canonical_json([edit.action.value, seen, edit.reason, json.dumps(edit.typed, sort_keys=True, default=str)])
    return hashlib.sha256(told.encode()).hexdigest()


def _answered(desk: Desk, actor: Actor, edit: Edit, asked: str) -> dict[str, Any] | None:
    """Return what was answered to this key before, None if nothing; raises Conflict where it was used for something else."""
    if edit.once is None:
        return None
    with desk.store.read() as reading:
        row = reading.row("answered", by=actor.id, once=edit.once)
    if row is None:
        return None
    if row["asked"] != asked:
        raise Conflict("Idempotency-Key", None, "was used for something else", "use a new key for each edit")
    answer: dict[str, Any] = json.loads(row["answer"])
    return {**answer, "new": False}


def _remember(desk: Desk, actor: Actor, edit: Edit, asked: str, answer: Mapping[str, Any]) -> None:
    """Keep the answer under its key. Killed before, the same edit is recognised by what it says."""
    if edit.once is None:
        return
    now = instant(desk.settings.now())
    with desk.store.write() as writing:
        if writing.row("answered", by=actor.id, once=edit.once) is None:
            told = json.dumps(answer, default=str)
            writing.add("answered", by=actor.id, once=edit.once, asked=asked, answer=told, at=now)
