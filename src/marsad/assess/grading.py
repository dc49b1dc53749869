"""How well an incident is attested, by Airwars' grading, each grade with the inputs that gave it.

Source: Airwars, grading of civilian harm: confirmed, fair, weak, contested, discounted; tried in the order below.
"""

from collections.abc import Sequence

from marsad.assess.voices import Voice, closed, voices_of
from marsad.model import Bound, Category, ClaimId, Grade, Measure, Modality, OriginKind, Role, Step
from marsad.model.heard import Docket, Weighed

_MEASURES = (Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED)


def independent(docket: Docket) -> list[str]:
    """Return the names of the origins whose numbers are counted, in order: the corroboration of an incident.

    Parties to the fighting are one voice together, under the first one's name, and only where nobody else speaks: so a
    further independent report never lowers the number.
    """
    counted = [w for w in docket.weighed if w.role is Role.COUNTED and _numbered(w)]
    neutral = {w.fold.origin.name for w in counted if w.fold.origin.kind is not OriginKind.PARTY}
    return sorted(neutral) or sorted({w.fold.origin.name for w in counted})[:1]


def _numbered(item: Weighed) -> bool:
    """Tell whether a claim says a number: that nobody knows is no corroboration."""
    return item.heard.claim.bound is not Bound.UNKNOWN


def grade_of(docket: Docket) -> tuple[Grade, Step]:
    """Return the incident's grade and why; a person's decision comes before every rule."""
    decided = decided_level(docket, "grade")
    if decided:
        level, claim = decided
        return Grade(level), Step("grade.decided", {"level": level}, (claim,))
    counted = [w for w in docket.weighed if w.role is Role.COUNTED and _numbered(w)]
    voices = [v for m in _MEASURES for v in voices_of(docket, m) if v.origin.kind is not OriginKind.PARTY]
    if voices and all(_nobody_but_fighters(v) for v in voices):
        return Grade.DISCOUNTED, Step("grade.discounted", {}, _ids(counted))
    rivals = _accused(counted)
    if len(rivals) > 1:
        return Grade.CONTESTED, Step("grade.contested", {"parties": ", ".join(sorted(rivals))}, _ids(counted))
    admitted = [w for w in counted if _admits(w, docket.perpetrator)]
    if admitted:
        return Grade.CONFIRMED, Step("grade.confirmed", {"party": docket.perpetrator}, _ids(admitted))
    credible = sorted({w.fold.origin.name for w in counted if w.fold.origin.kind is not OriginKind.PARTY})
    if len(credible) > 1 and (docket.perpetrator or docket.weapon):
        return Grade.FAIR, Step("grade.fair", {"n": len(credible), "origins": ", ".join(credible)}, _ids(counted))
    if len(credible) > 1:
        return Grade.WEAK, Step("grade.weak-no-action", {"n": len(credible)}, _ids(counted))
    return Grade.WEAK, Step("grade.weak", {"origin": credible[0] if credible else None}, _ids(counted))


def decided_level(docket: Docket, scheme: str) -> tuple[str, ClaimId] | None:
    """Return the level that a person decided on last for any claim of the incident, and that claim; None if nobody did.

    `scheme` is "grade" for Airwars' grades, else the scheme's name; `at` of a decision says when, in UTC.
    """
    decisions = [
        (str(w.heard.decided["grade"].get("at", "")), w.heard.claim.claim_id, str(w.heard.decided["grade"][scheme]))
        for w in docket.weighed
        if scheme in w.heard.decided.get("grade", {})
    ]
    if not decisions:
        return None
    _, claim, level = max(decisions)
    return level, claim


def _nobody_but_fighters(voice: Voice) -> bool:
    total, fighters = voice.said.get(Category.TOTAL), voice.said.get(Category.COMBATANTS)
    civilians = voice.said.get(Category.CIVILIANS)
    if total is None or fighters is None or (civilians is not None and closed(civilians).high):
        return False
    return closed(fighters).low >= (closed(total).high or 0) > 0


def _accused(counted: Sequence[Weighed]) -> set[str]:
    """Return the parties that different origins name; one origin naming two is its own doubt, not a contest."""
    by_party: dict[str, set[str]] = {}
    for item in counted:
        if item.heard.claim.perpetrator:
            by_party.setdefault(item.heard.claim.perpetrator, set()).add(item.fold.origin.name)
    if len(by_party) < 2:
        return set()
    speakers = set().union(*by_party.values())
    return set(by_party) if len(speakers) > 1 and not any(who == speakers for who in by_party.values()) else set()


def _admits(item: Weighed, perpetrator: str | None) -> bool:
    claim = item.heard.claim
    own = item.fold.origin.kind is OriginKind.PARTY and item.fold.origin.party == perpetrator is not None
    return own and claim.modality is Modality.ASSERTED and claim.status != "combatant" and bool(claim.low)


def _ids(items: Sequence[Weighed]) -> tuple[ClaimId, ...]:
    return tuple(w.heard.claim.claim_id for w in items)
