"""Deciding together: several decisions as one, made on a version that somebody saw, and refused where it has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marsad.model import Conflict, Decision, DecisionKind, Wrong
from marsad.pipeline.anchors import Words, checked_body, parsed
from marsad.pipeline.decided import named_by
from marsad.pipeline.ledgering import append
from marsad.pipeline.touched import Touched
from marsad.preserve.ledger import RandomBytes
from marsad.preserve.vaults import AnyVault
from marsad.store import kept_rows as rows
from marsad.store.kept import Kept, Writing

MOST = 500
"""Decisions that one edit may consist of."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to decide on the words at `anchor`."""

    anchor: str
    kind: DecisionKind
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody saw what these `anchors` make up at this `version` (as Touched counts it)."""

    anchors: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Made:
    """The decisions that stand now, and whether they are `new`: sent again, they are recognised."""

    decisions: tuple[Decision, ...]
    new: bool


class Overtaken(Conflict):
    """Somebody else decided meanwhile: what was seen at `seen.version` is at `version` by now. Nothing was changed."""

    def __init__(self, seen: Seen, version: int) -> None:
        rule = f"was seen at version {seen.version} and is at {version} by now"
        super().__init__("decision", None, rule, "look at what was decided, and decide again")
        self.seen, self.version = seen, version


def decide_together(
    kept: Kept,
    vault: AnyVault,
    random_bytes: RandomBytes,
    touched: Touched,
    drafts: Sequence[Draft],
    *,
    seen: Sequence[Seen],
    actor: str,
    reason: str,
    now: datetime,
) -> Made:
    """Keep these decisions in one commit, or none of them.

    Raises Overtaken if something of what was seen has changed, unless by this very edit; Wrong where words or bodies are
    impossible, where two drafts are of one kind on the same words, and for an empty actor or reason.
    """
    if not 1 <= len(drafts) <= MOST:
        raise Wrong("decision", len(drafts), f"is not between 1 and {MOST} decisions", "decide in smaller parts")
    if len({(d.anchor, d.kind) for d in drafts}) < len(drafts):
        raise Wrong("decision", None, "says two things of one kind about the same words", "say one")
    for part, value in (("actor", actor), ("reason", reason)):
        if not value.strip():
            raise Wrong(f"decision, {part}", value, "is empty", "say who decided, by pseudonym, and why")
    checked = [Draft(d.anchor, d.kind, checked_body(d.kind, d.body)) for d in drafts]
    _words_hold(checked, kept, vault)
    with kept.write() as writing:
        overtaken = [one for one in seen if touched.version(writing, one.anchors) != one.version]
        if overtaken:
            mine = _already(writing, touched, checked, seen, actor, reason)
            if mine is not None:
                return Made(mine, new=False)
            raise Overtaken(overtaken[0], touched.version(writing, overtaken[0].anchors))
        made = [_next(draft, writing, actor, reason, now) for draft in checked]
        append(writing, [("decision", rows.decision_row(one)) for one in made], actor, now, random_bytes)
    return Made(tuple(made), new=True)


def _next(draft: Draft, writing: Writing, actor: str, reason: str, now: datetime) -> Decision:
    standing = writing.standing_decision(draft.anchor, draft.kind)
    version = 1 if standing is None else standing.version + 1
    return Decision(draft.anchor, draft.kind, version, draft.body, actor, reason, now)


def _words_hold(drafts: Sequence[Draft], kept: Kept, vault: AnyVault) -> None:
    """Raise Wrong unless drafts, and what they name and quote, point at words that stand there.

    Before anybody is kept from writing: reports and their words never change.
    """
    with kept.read() as reading:
        words = Words(reading.report, vault)
        for draft in drafts:
            if draft.kind is DecisionKind.PERSON:  # a pair of records, not words of a report
                continue
            here = words.at(draft.anchor)
            for other in named_by(draft.body):
                words.at(other)
            if "text" not in draft.body:
                continue
            if draft.kind is DecisionKind.CORRECT:
                report, start, end = parsed(draft.anchor)
                here = words.at(f"{report}:{draft.body.get('start', start)}-{draft.body.get('end', end)}")
            if draft.body["text"] != here:
                told = str(draft.body["text"])[:80]
                raise Wrong("decision, text", told, "does not stand at these words", "mark them again")


def _already(
    writing: Writing, touched: Touched, drafts: Sequence[Draft], seen: Sequence[Seen], actor: str, reason: str
) -> tuple[Decision, ...] | None:
    """Return the decisions that this very edit made when it was sent before, None if it never was, or others followed."""
    anchors = sorted({anchor for one in seen for anchor in one.anchors} | {d.anchor for d in drafts})
    since = max(one.version for one in seen)
    after = [decision for seq, decision in touched.history(writing, anchors) if seq > since]
    told = [(d.anchor, d.kind, dict(d.body), d.actor, d.reason) for d in after[: len(drafts)]]
    wanted = [(d.anchor, d.kind, dict(d.body), actor, reason) for d in drafts]
    return tuple(after[: len(drafts)]) if told == wanted else None
