"""What each claim is to its incident: counted once, a copy, overtaken by the same origin, or told beside the toll."""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Any

from marsad.link.origins import folds
from marsad.model import (
    Bound,
    Claim,
    ClaimId,
    Fold,
    Hand,
    Measure,
    Modality,
    OriginKind,
    RelationKind,
    Role,
    Scope,
    Status,
)
from marsad.model.heard import Heard
from marsad.model.rows import hand_row

Standing = tuple[Role, str]
_Statement = tuple[str, Measure, str, str]
"""Who speaks, of what, about whom (status and group), and how (a number, a share, a vague word, that nobody knows): the
unit within which a later word replaces an earlier one."""

_HOW = {Bound.FRACTION: "share", Bound.VAGUE: "vague", Bound.UNKNOWN: "unknown"}


def weighed(heard: Sequence[Heard]) -> list[tuple[Heard, Standing, Fold]]:
    """Return the claims of one incident, which come earliest first, with their roles and origins.

    Of one origin's numbers for one statement the last to appear stands; of two that appeared on the same day the higher
    one, because tolls rise in the first hours. A number that reappears in a late reprint is not a revision, and what an
    origin takes back it no longer says. A share does not replace a number. Copies never change the outcome.
    """
    voices = folds(heard)
    accused = {item.claim.perpetrator for item in heard}
    roles: dict[ClaimId, Standing] = {}
    for item in heard:
        aside = _aside(item, voices[item.claim.claim_id], accused)
        if aside:
            roles[item.claim.claim_id] = aside
    roles |= _taken_back(heard, voices, roles)
    roles |= _misread(heard, voices, roles)
    roles |= _beside_larger(heard, voices, roles)
    for statement in _statements(heard, voices, roles).values():
        roles |= _settle(statement, voices)
    return [(item, roles[item.claim.claim_id], voices[item.claim.claim_id]) for item in heard]


def _aside(item: Heard, fold: Fold, accused: Set[str | None]) -> Standing | None:
    """Return the role of a claim that is never counted, None for one that may be."""
    claim = item.claim
    if "reject" in item.decided:
        return Role.REJECTED, "decided"
    if claim.scope is not Scope.INCIDENT:
        return Role.CONTEXT, {Scope.CUMULATIVE: "running-total", Scope.AGGREGATE: "several-incidents"}.get(
            claim.scope, "background"
        )
    if claim.measure is Measure.BODIES_SEEN:
        return Role.CONTEXT, "bodies-seen"
    if claim.modality in (Modality.HYPOTHETICAL, Modality.RETRACTED):
        return Role.CONTEXT, str(claim.modality)
    interested = fold.origin.kind is OriginKind.PARTY and (fold.origin.party is None or fold.origin.party in accused)
    if interested and (claim.bound is Bound.NONE or claim.modality is Modality.DENIED):
        return Role.CONTEXT, "denied-by-the-accused"
    if claim.modality is Modality.DENIED and claim.bound is not Bound.NONE:
        return Role.CONTEXT, "denied"
    return None


def _taken_back(
    heard: Sequence[Heard], voices: Mapping[ClaimId, Fold], roles: Mapping[ClaimId, Standing]
) -> dict[ClaimId, Standing]:
    """Return the claims of a number that its own origin withdraws or denies ("59 and not 62"), whenever they were printed.

    A number that only rose ("63, now 95") was never wrong: it is overtaken like any earlier one.
    """
    risen = _risen(heard)
    numbered = [
        (h.claim, (voices[h.claim.claim_id].origin.name, h.claim.measure, h.claim.value))
        for h in heard
        if h.claim.value and h.claim.scope is Scope.INCIDENT
    ]
    back = Modality.RETRACTED, Modality.DENIED
    withdrawn = {key for claim, key in numbered if claim.modality in back and claim.claim_id not in risen}
    gone = Role.CONTEXT, str(Modality.RETRACTED)
    return {claim.claim_id: gone for claim, key in numbered if key in withdrawn and claim.claim_id not in roles}


def _risen(heard: Sequence[Heard]) -> set[ClaimId]:
    """Return the claims whose number a higher one of the same report replaces."""
    claims = {item.claim.claim_id: item.claim for item in heard}
    return {
        relation.target
        for claim in claims.values()
        for relation in claim.relations
        if relation.kind is RelationKind.UPDATES
        and relation.target in claims
        and _size(claims[relation.target]) < _size(claim)
    }


def _misread(
    heard: Sequence[Heard], voices: Mapping[ClaimId, Fold], roles: Mapping[ClaimId, Standing]
) -> dict[ClaimId, Standing]:
    """Return the claims that give an origin's whole toll to one side, against what the same origin says elsewhere.

    Copying changes facts: "95 people" of whom half were civilians becomes "95 fighters" in one outlet's hands.
    """
    totals: dict[tuple[str, Measure, int], set[str]] = {}
    sides: dict[tuple[str, Measure], set[Status]] = {}
    for item in heard:
        claim, origin = item.claim, voices[item.claim.claim_id].origin.name
        if claim.claim_id in roles or claim.group is not None or item.of is not None:
            continue
        if claim.status is Status.UNKNOWN and claim.subset_of is None and claim.value is not None:
            totals.setdefault((origin, claim.measure, claim.value), set()).add(claim.report_id)
        elif claim.low:
            sides.setdefault((origin, claim.measure), set()).add(claim.status)
    out: dict[ClaimId, Standing] = {}
    for item in heard:
        claim, origin = item.claim, voices[item.claim.claim_id].origin.name
        both = {Status.CIVILIAN, Status.COMBATANT} <= sides.get((origin, claim.measure), set())
        one_sided = claim.status in (Status.CIVILIAN, Status.COMBATANT) and claim.group is None
        told = totals.get((origin, claim.measure, claim.value or -1), set())
        if both and one_sided and claim.claim_id not in roles and told - {claim.report_id}:
            out[claim.claim_id] = Role.CONTEXT, "against-its-origin"
    return out


def _beside_larger(
    heard: Sequence[Heard], voices: Mapping[ClaimId, Fold], roles: Mapping[ClaimId, Standing]
) -> dict[ClaimId, Standing]:
    """Return the totals that stand beside a larger one of the same origin in the same report: parts, or older tolls."""
    largest: dict[tuple[str, str, Measure], int] = {}
    plain = [
        (h.claim, (h.claim.report_id, voices[h.claim.claim_id].origin.name, h.claim.measure))
        for h in heard
        if h.claim.claim_id not in roles
        and h.claim.status is Status.UNKNOWN
        and h.claim.group is None
        and h.claim.bound not in _HOW
    ]
    for claim, key in plain:
        largest[key] = max(largest.get(key, 0), _size(claim))
    return {
        claim.claim_id: (Role.CONTEXT, "beside-a-larger-number") for claim, key in plain if _size(claim) < largest[key]
    }


def _size(claim: Claim) -> int:
    """Return the number that the words give, the higher one where they give two."""
    return next((n for n in (claim.value, claim.high, claim.low) if n is not None), 0)


def _statements(
    heard: Sequence[Heard], voices: Mapping[ClaimId, Fold], roles: Mapping[ClaimId, Standing]
) -> dict[_Statement, list[Heard]]:
    out: dict[_Statement, list[Heard]] = {}
    for item in heard:
        claim = item.claim
        if claim.claim_id in roles:
            continue
        part = "part" if claim.subset_of is not None and claim.group is None and claim.status == "unknown" else ""
        about = f"{claim.status}|{claim.group}|{part}"
        how = _HOW.get(claim.bound, "number")
        out.setdefault((voices[claim.claim_id].origin.name, claim.measure, about, how), []).append(item)
    return out


def _settle(statement: Sequence[Heard], voices: Mapping[ClaimId, Fold]) -> dict[ClaimId, Standing]:
    """Return the roles within one origin's statement: the standing number is counted once, the rest follow it."""
    appeared: dict[tuple[int, int], date] = {}
    for item in statement:
        if item.of is None:
            appeared.setdefault(_figure(item.claim), item.published or date.min)
    if not appeared:
        return {item.claim.claim_id: (Role.COPY, voices[item.claim.claim_id].rule) for item in statement}
    stands = max(appeared, key=lambda figure: (appeared[figure], figure))
    out: dict[ClaimId, Standing] = {}
    counted = False
    for item in sorted(statement, key=lambda h: _worth(h, voices[h.claim.claim_id])):  # earliest first among equals
        claim = item.claim
        if _figure(claim) != stands:
            role = Role.COPY if item.of is not None else Role.SUPERSEDED
            out[claim.claim_id] = role, "copied-text" if item.of is not None else "said-something-later"
        elif not counted:
            out[claim.claim_id] = Role.COUNTED, "standing"
            counted = True
        else:
            out[claim.claim_id] = Role.COPY, "said-again" if claim.same_as else voices[claim.claim_id].rule
    return out


def _worth(item: Heard, fold: Fold) -> tuple[object, ...]:
    """Return what sorts claims of one number by how well they speak for it: named and careful before bare."""
    careful = {Bound.AT_LEAST: 0, Bound.MORE_THAN: 0, Bound.AT_MOST: 2, Bound.LESS_THAN: 2}.get(item.claim.bound, 1)
    return item.of is not None, fold.copy, fold.rule != "named", careful


def _figure(claim: Claim) -> tuple[int, int]:
    """Return what tells two numbers of one origin apart: the number as said, else its interval."""
    if claim.value is not None:
        return claim.value, claim.value
    return (-1 if claim.low is None else claim.low), (-1 if claim.high is None else claim.high)


def standing_row(heard: Heard, standing: Standing, fold: Fold, hands: Sequence[Hand]) -> dict[str, Any]:
    """Return one claim's standing, and through whose hands its number went, as a struct of schema WEIGHED."""
    return {
        "claim_id": heard.claim.claim_id,
        "role": standing[0].value,
        "role_rule": standing[1],
        "origin": fold.origin.name,
        "kind": fold.origin.kind.value,
        "party": fold.origin.party,
        "fold_rule": fold.rule,
        "fold_of": fold.of,
        "copy": fold.copy,
        "probability": fold.probability,
        "hands": [{name: value for name, value in hand_row(hand).items() if name != "claim_id"} for hand in hands],
    }
