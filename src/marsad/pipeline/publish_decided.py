"""What people decided since the last release, by incident, as far as it may be told."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from marsad.model import Case, Decision, DecisionKind
from marsad.publish.history import Decided
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import PublicCause, PublicText, compose
from marsad.publish.ruling import NO_RULING, Ruling, ruling_of
from marsad.publish.voices import reachable

PUBLIC = "public:"
"""A decision's reason that begins so is written for the public; every other reason is private."""

_CAUSES = {
    DecisionKind.REJECT: PublicCause.REFUSED,
    DecisionKind.CORRECT: PublicCause.CORRECTED,
    DecisionKind.JOIN: PublicCause.REGROUPED,
    DecisionKind.APART: PublicCause.REGROUPED,
    DecisionKind.DIFFER: PublicCause.REGROUPED,
    DecisionKind.SETTLE: PublicCause.REVIEWED,
    DecisionKind.GRADE: PublicCause.REVIEWED,
}
_LONGEST = 300


def by_anchor(decisions: Iterable[Decision], after: datetime | None, upto: datetime) -> Mapping[str, list[Decision]]:
    """Return the decisions made after one release and not after another, by the words that they are about."""
    out: dict[str, list[Decision]] = {}
    for one in decisions:
        if (after is None or one.recorded_at > after) and one.recorded_at <= upto:
            out.setdefault(one.anchor, []).append(one)
    return out


def decided_on(case: Case, decisions: Mapping[str, list[Decision]], policy: PublicationPolicy) -> Decided | None:
    """Return what was decided about the claims of a case; None where nothing was.

    The note is the latest reason that was written for the public, unless it names a sensitive place or a way to reach
    somebody.
    """
    anchors = [f"{f.claim.report_id}:{f.claim.start}-{f.claim.end}" for f in case.findings] if decisions else []
    found = sorted((d for anchor in anchors for d in decisions.get(anchor, [])), key=lambda d: d.recorded_at)
    if not found:
        return None
    causes = frozenset(_CAUSES[one.kind] for one in found if one.kind in _CAUSES)
    notes = [note for one in found if (note := public_note(one.reason, policy)) is not None]
    return Decided(causes, notes[-1] if notes else None)


def public_note(reason: str, policy: PublicationPolicy) -> PublicText | None:
    """Return what a reason says to the public; None where it is not written for it, or says what may not be told."""
    start, words = reason[: len(PUBLIC)].casefold(), reason[len(PUBLIC) :].strip()
    if start != PUBLIC or not words or policy.is_sensitive(words) or reachable(words):
        return None
    return compose(words, _LONGEST)


def rulings(decisions: Iterable[Decision]) -> Mapping[str, list[Decision]]:
    """Return the decisions about what is told of an incident, by the words that they are about."""
    out: dict[str, list[Decision]] = {}
    for one in decisions:
        if one.kind in (DecisionKind.WITHHOLD, DecisionKind.LOOSEN):
            out.setdefault(one.anchor, []).append(one)
    return out


def ruling_on(case: Case, ruled: Mapping[str, list[Decision]]) -> Ruling:
    """Return what holds for telling a case, after everything that was decided about any of its claims."""
    if not ruled:
        return NO_RULING
    anchors = dict.fromkeys(f"{f.claim.report_id}:{f.claim.start}-{f.claim.end}" for f in case.findings)
    found = [one for anchor in anchors for one in ruled.get(anchor, [])]
    return ruling_of(sorted(found, key=lambda one: one.recorded_at)) if found else NO_RULING
