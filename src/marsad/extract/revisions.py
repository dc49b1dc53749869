"""Which numbers of a report replace which: "the toll rose from 63 to 95", "59 and not 62", "later raised the toll to 12"."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from marsad.extract.draft import Made, number_of, same_scene, same_voice, stands
from marsad.model import Claim, Modality, Relation, RelationKind

_NEAR = 4
"""How many counts of its own sentence away from an older number the newer one may stand."""

_MORE = "-more"
"""How the names of rules end that read people beside those told before: "cuatro internos más fallecieron"."""

_AGAIN = 32
"""Mentions of one number that are looked at; a report does not say one more often."""


def revised(made: Sequence[Made]) -> list[Made]:
    """Return the claims with those that replace another one tied to it, and the replaced ones taken back.

    A number whose words call it older is replaced by the nearest other one of its sentence, else by the last told before
    it, else by the next. A number that a toll rose or fell to replaces the last one told before of the same people, by the
    same voice, in the same scene. One that is replaced is `RETRACTED`, wherever the report says it again before that.
    """
    claims = [claim for _, claim in made]
    following = _next_standing(made)
    last: dict[Hashable, int] = {}
    said: dict[Hashable, list[int]] = {}
    for at, (draft, claim) in enumerate(made):
        if draft.older:
            newer = _beside(made, at)
            if newer is None:
                newer = next((k for k in (last.get(_whom(claim)), following[at]) if _replaces(claims, k, at)), None)
            if newer is not None:
                claims[newer] = _tied(claims[newer], claims[at])
        elif stands(claim) and claim.subset_of is None:
            before = last.get(_whom(claim))
            if (
                draft.change
                and before is not None
                and _replaces(claims, at, before)
                and _moved(claims, before, at, draft.change)
            ):
                claims[at] = _tied(claim, claims[before])
                for k in said[_figure(claims[before])][:_AGAIN]:
                    if same_voice(claims[k], claims[before]):
                        claims[k] = replace(claims[k], modality=Modality.RETRACTED)
            last[_whom(claim)] = at
            said.setdefault(_figure(claim), []).append(at)
    return [(draft, claim) for (draft, _), claim in zip(made, claims, strict=True)]


def _whom(claim: Claim) -> Hashable:
    return claim.measure, claim.status, claim.group


def _figure(claim: Claim) -> Hashable:
    return _whom(claim), number_of(claim)


def _next_standing(made: Sequence[Made]) -> list[int | None]:
    """Return, for each claim, the position of the next one of the same people that may replace it."""
    out: list[int | None] = [None] * len(made)
    following: dict[Hashable, int] = {}
    for at in range(len(made) - 1, -1, -1):
        draft, claim = made[at]
        out[at] = following.get(_whom(claim))
        if stands(claim) and not draft.older and claim.subset_of is None:
            following[_whom(claim)] = at
    return out


def _beside(made: Sequence[Made], at: int) -> int | None:
    """Return the nearest count of the same sentence that may have replaced an older number."""
    draft, claim = made[at]
    for k in (at + step for reach in range(1, _NEAR + 1) for step in (-reach, reach)):
        if not 0 <= k < len(made) or made[k][0].sentence != draft.sentence or made[k][0].older:
            continue
        if made[k][0].points_back or made[k][0].more or made[k][1].rule.endswith(_MORE):
            continue  # "three of the wounded died, which raises the dead from five to eight"; "four more died: from 14 to 18"
        other = made[k][1]
        alike = other.measure is claim.measure and other.group is claim.group
        if alike and number_of(other) not in (None, number_of(claim)) and other.modality is not Modality.DENIED:
            return k
    return None


def _replaces(claims: Sequence[Claim], newer: int | None, older: int) -> bool:
    """Tell whether one claim may be a later number of what another one counts.

    Tolls rise in the first hours; that one fell is believed of the same voice alone.
    """
    if newer is None:
        return False
    one, other = claims[newer], claims[older]
    told = number_of(one) is not None and number_of(other) is not None and number_of(one) != number_of(other)
    rose = (number_of(one) or 0) > (number_of(other) or 0)
    voices = same_voice(one, other) if rose else one.attribution[:1] == other.attribution[:1]
    return told and one.scope is other.scope and voices and same_scene(one, other)


def _moved(claims: Sequence[Claim], before: int, at: int, change: int) -> bool:
    """Tell whether the number went the way that the words say."""
    return ((number_of(claims[at]) or 0) - (number_of(claims[before]) or 0)) * change > 0


def _tied(newer: Claim, older: Claim) -> Claim:
    relation = Relation(RelationKind.UPDATES, older.claim_id)
    return newer if relation in newer.relations else replace(newer, relations=(*newer.relations, relation))
