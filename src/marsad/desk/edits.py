"""What people do at the desk, as drafts of decisions: each checked against the claim it is about before it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.desk.roles import Action
from marsad.desk.settings import EPOCH
from marsad.desk.targets import Target, anchor_of
from marsad.model import SIGNS, UNDONE, Decision, DecisionKind, Wrong, content_id
from marsad.model.schema import CLAIM
from marsad.pipeline.corrected import IMPOSSIBLE, added_claim, corrected, standing_on
from marsad.pipeline.deciding import Draft

ACTIONS: Mapping[DecisionKind, Action] = {
    **dict.fromkeys(SIGNS, Action.SIGN_OFF),
    **dict.fromkeys(
        (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.ADD), Action.DECIDE_CLAIM
    ),
    **dict.fromkeys(
        (DecisionKind.JOIN, DecisionKind.APART, DecisionKind.DIFFER, DecisionKind.SETTLE), Action.DECIDE_INCIDENT
    ),
    DecisionKind.GRADE: Action.GRADE,
    DecisionKind.PERSON: Action.MATCH_PERSON,
}
"""What somebody has to be allowed to do who decides so, or takes it back."""

ASPECTS = {
    "place": DecisionKind.SIGN_PLACE,
    "toll": DecisionKind.SIGN_TOLL,
    "attribution": DecisionKind.SIGN_ATTRIBUTION,
}
"""What of an incident is signed off."""

_OTHER = {DecisionKind.ACCEPT: DecisionKind.REJECT, DecisionKind.REJECT: DecisionKind.ACCEPT}


def action_of(kind: DecisionKind) -> Action:
    """Return what somebody has to be allowed to do who takes this kind of decision back.

    Raises Wrong for a kind that nobody decides at the desk: what the public is not told is decided at the console.
    """
    if kind not in ACTIONS:
        raise Wrong("decision", kind.value, "is not decided at the desk", "use `marsad decide` beside the observatory")
    return ACTIONS[kind]


def judged(claim: Target, kind: DecisionKind) -> list[Draft]:
    """Return the drafts by which a claim is accepted or rejected; the opposite, where it stands, is taken back with them.

    Raises Wrong where nobody reads a claim at these words.
    """
    _there(claim)
    taken_back = [Draft(claim.name, _OTHER[kind], {UNDONE: True})] if claim.standing(_OTHER[kind]) else []
    return [Draft(claim.name, kind, {}), *taken_back]


def correction(claim: Target, slots: Mapping[str, Any]) -> list[Draft]:
    """Return the draft by which slots of a claim become others, on top of what was corrected before; taken as accepted.

    Raises Wrong where no claim can be so.
    """
    _there(claim)
    standing = claim.standing(DecisionKind.CORRECT)
    body = {**(dict(standing[-1].body) if standing else {}), **slots}
    for row in claim.rows:
        try:
            corrected({name: row[name] for name in CLAIM.names}, body)
        except IMPOSSIBLE as fault:
            raise Wrong("claim", claim.name, f"cannot be so: {fault}", "correct the slots together") from fault
    return [Draft(claim.name, DecisionKind.CORRECT, body)]


def addition(claim: Target, words: str, slots: Mapping[str, Any]) -> list[Draft]:
    """Return the draft by which the words at this anchor make a claim; raises Wrong where they make none, or one is read."""
    if claim.rows or claim.standing(DecisionKind.ADD):
        raise Wrong("claim", claim.name, "is there already", "correct it")
    body = {**slots, "text": words}
    draft = Draft(claim.name, DecisionKind.ADD, body)
    try:
        added_claim(_decision(draft))
    except IMPOSSIBLE as fault:
        raise Wrong("claim", claim.name, f"cannot be so: {fault}", "say what happened to how many") from fault
    return [draft]


def moved(claims: Sequence[Target], into: Target) -> list[Draft]:
    """Return the drafts by which claims speak of the incident `into`; raises Wrong where it has no claim to be named by."""
    end = into.first_harm()
    if end is None:
        raise Wrong("incident", into.name, "has no claim that others could speak with", "name another incident")
    named = anchor_of(end)
    drafts = []
    for claim in claims:
        if claim.name in into.anchors:
            continue
        drafts.append(Draft(claim.name, DecisionKind.JOIN, {"with": named}))
        drafts += _without(claim.history, claim.name, DecisionKind.APART)
    if not drafts:
        raise Wrong("incident", into.name, "is of these claims already", "there is nothing to do")
    return drafts


def merged(one: Target, into: Target) -> list[Draft]:
    """Return the drafts by which every claim of one incident speaks of the other; raises Wrong for one and the same."""
    if set(one.anchors) & set(into.anchors):
        raise Wrong("incident", one.name, "is the same one", "name two incidents")
    end = into.first_harm()
    if end is None:
        raise Wrong("incident", into.name, "has no claim that others could speak with", "merge it the other way round")
    named, drafts = anchor_of(end), []
    for anchor in one.anchors:
        drafts.append(Draft(anchor, DecisionKind.JOIN, {"with": named}))
        drafts += _without(one.history, anchor, DecisionKind.APART)
    return drafts


def parted(incident: Target, anchors: Sequence[str], name: str) -> list[Draft]:
    """Return the drafts by which some claims of an incident become one of their own, called `name` among ourselves.

    Raises Wrong where they are none of its claims, or all of them.
    """
    chosen = list(dict.fromkeys(anchors))
    foreign = [anchor for anchor in chosen if anchor not in incident.anchors]
    if foreign or not chosen:
        raise Wrong("incident", incident.name, f"has no claim at {foreign or 'no words'}", "choose claims of it")
    if len(chosen) == len(incident.anchors):
        raise Wrong("incident", incident.name, "would be left with no claim", "leave one where it is")
    # Claims that share a name share the incident: the name is made one that nobody else can give by chance.
    own = f"{name.strip() or 'part'} ({content_id('part', incident.name, *sorted(chosen))[:8]})"
    drafts = []
    for anchor in chosen:
        drafts.append(Draft(anchor, DecisionKind.APART, {"name": own}))
        drafts += _without(incident.history, anchor, DecisionKind.JOIN)
    return drafts


def graded(incident: Target, levels: Mapping[str, str]) -> list[Draft]:
    """Return the draft by which an incident has these levels: by scheme, "grade" (Airwars), "ohchr", "ibc"."""
    _whole(incident)
    return [Draft(_own(incident, DecisionKind.GRADE), DecisionKind.GRADE, dict(levels))]


def settled(incident: Target) -> list[Draft]:
    """Return the draft by which an incident is reviewed: it takes up no claim by itself any more."""
    _whole(incident)
    return [Draft(_own(incident, DecisionKind.SETTLE), DecisionKind.SETTLE, {"claims": sorted(incident.anchors)})]


def signed(incident: Target, aspect: str, seen: Mapping[str, Any]) -> list[Draft]:
    """Return the draft by which somebody vouches for an aspect of an incident, as it is `seen` now."""
    _whole(incident)
    if aspect not in ASPECTS:
        raise Wrong("sign-off", aspect[:40], "is no aspect of an incident", f"give one of {', '.join(ASPECTS)}")
    kind = ASPECTS[aspect]
    return [Draft(_own(incident, kind), kind, {"seen": dict(seen)})]


def undoing(target: Target, kind: DecisionKind) -> list[Draft]:
    """Return the drafts by which what stands of this kind is taken back; raises Wrong where nothing does."""
    standing = [a for a, kinds in standing_on(target.decisions()).items() if kind in kinds and a in target.anchors]
    if not standing:
        raise Wrong("decision", kind.value, "does not stand here", "look at what was decided")
    return [Draft(anchor, kind, {UNDONE: True}) for anchor in standing]


def _there(claim: Target) -> None:
    if not claim.rows and not claim.standing(DecisionKind.ADD):
        raise Wrong("claim", claim.name, "is none: nobody reads one at these words", "add it")


def _whole(incident: Target) -> None:
    if not incident.anchors:
        raise Wrong("incident", incident.name, "has no claims", "look at it again")


def _own(incident: Target, kind: DecisionKind) -> str:
    """Return the words at which this kind is decided: where it stands, else the incident's first claim of harm."""
    standing = [d.anchor for d in incident.standing(kind) if d.anchor in incident.anchors]
    harm = incident.first_harm()
    return standing[-1] if standing else anchor_of(harm) if harm else incident.anchors[0]


def _without(history: Sequence[tuple[int, Decision]], anchor: str, kind: DecisionKind) -> list[Draft]:
    """Return the draft that takes back what stands of a kind at these words, none where nothing does."""
    latest = [d for _, d in history if d.anchor == anchor and d.kind is kind]
    return [Draft(anchor, kind, {UNDONE: True})] if latest and not latest[-1].undone else []


def _decision(draft: Draft) -> Decision:
    return Decision(draft.anchor, draft.kind, 1, draft.body, "-", "-", EPOCH)
