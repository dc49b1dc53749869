"""Who contradicts whom in one report, and who denies what another one says."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from marsad.extract.denials import DENIAL
from marsad.extract.draft import Made, same_scene, stands
from marsad.model import Bound, Claim, Measure, Modality, Relation, RelationKind, Scope, Status

_SPEAKERS = 16
"""Speakers of one report on one number that are set against one another."""

_DENIED = 32
"""Numbers of one measure that a denial is held against."""

_BOTH = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)


def disputed(made: Sequence[Made]) -> list[Made]:
    """Return the claims with contradictions and denials tied to what they are about.

    Two named speakers contradict each other where they count the same people in one scene and no number fits both; the
    later claim is tied to the earlier. Who says "none", or denies, denies what others say of these people, the outlet's own
    voice included. A denial without a number that is about nothing counted in the report is left out.
    """
    heard: dict[Hashable, dict[str, Claim]] = {}
    counted: dict[Measure, list[Claim]] = {}
    for _, claim in made:
        if stands(claim) and claim.bound is not Bound.NONE and claim.same_as is None:
            counted.setdefault(claim.measure, []).append(claim)
    out: list[Made] = []
    for draft, claim in made:
        relations = list(claim.relations)
        if _denies(claim):
            relations += [Relation(RelationKind.DENIES, t.claim_id) for t in _denied(claim, counted)]
            if claim.rule == DENIAL and not relations:
                continue
        elif stands(claim) and claim.attribution and not (draft.bodies or draft.more or claim.derived):
            others = heard.setdefault((claim.measure, claim.status, claim.group), {})
            if claim.same_as is None:
                against = [o for o in others.values() if _apart(o, claim) and same_scene(o, claim)]
                relations += [
                    Relation(RelationKind.CONTRADICTS, o.claim_id)
                    for o in against
                    if o.attribution[0] != claim.attribution[0]
                ]
            if len(others) < _SPEAKERS or claim.attribution[0] in others:
                others[claim.attribution[0]] = claim
        out.append(
            (draft, replace(claim, relations=tuple(relations)) if len(relations) > len(claim.relations) else claim)
        )
    return out


def _apart(one: Claim, other: Claim) -> bool:
    """Tell whether no number fits both: one ends before the other begins."""
    return any(
        low.high is not None and high.low is not None and low.high < high.low
        for low, high in ((one, other), (other, one))
    )


def _denies(claim: Claim) -> bool:
    denied = claim.modality is Modality.DENIED or (claim.bound is Bound.NONE and claim.modality is Modality.ASSERTED)
    return denied and bool(claim.attribution) and claim.scope is Scope.INCIDENT


def _denied(denial: Claim, counted: dict[Measure, list[Claim]]) -> list[Claim]:
    """Return what a denial is about: numbers of these people that somebody else gives, the same number where it names one."""
    measures = _BOTH if denial.measure is Measure.KILLED_OR_INJURED else (denial.measure,)
    told = [claim for measure in measures for claim in counted.get(measure, [])[:_DENIED]]
    return [claim for claim in told if _is_about(denial, claim)]


def _is_about(denial: Claim, claim: Claim) -> bool:
    speaker = claim.attribution[0] if claim.attribution else ""
    if speaker == denial.attribution[0] or not same_scene(denial, claim):
        return False
    if denial.status not in (Status.UNKNOWN, Status.MIXED, claim.status) or denial.group not in (None, claim.group):
        return False
    return not denial.value or denial.value == claim.value
