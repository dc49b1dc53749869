"""Through whose hands a number went into print: who established it, who relayed it, who printed it."""

from collections.abc import Iterator, Mapping, Sequence

from marsad.link.related import credit_rule
from marsad.link.speakers import outlet_origin, relayed_by, wire_origin
from marsad.model import ClaimId, Fold, Hand, Part
from marsad.model.heard import Heard
from marsad.text.tokens import form_of

_Hop = tuple[str, str, float]
"""A name, how it is known, how surely."""

_LONGEST = 8
"""Hands told of one claim: a chain of attribution longer than this is cut, its ends are kept."""


def lineage(heard: Sequence[Heard], folds: Mapping[ClaimId, Fold]) -> dict[ClaimId, tuple[Hand, ...]]:
    """Return, for each claim of an incident, the hands that its number went through, whoever established it first.

    After the origin come those whom the report names as having passed the number on, in that order; for a claim that
    follows one of another report, the outlet of that one; then the agency that the report credits; last the outlet
    that printed it. Nobody stands there twice in a row, nor in the middle who stands at an end.
    """
    outlets = {item.claim.claim_id: item for item in heard}
    return {item.claim.claim_id: _hands(item, folds[item.claim.claim_id], outlets) for item in heard}


def _hands(item: Heard, fold: Fold, items: Mapping[ClaimId, Heard]) -> tuple[Hand, ...]:
    ends = {form_of(fold.origin.name), form_of(item.outlet)}
    between: list[_Hop] = []
    for name, rule, sure in _relays(item, fold, items):
        form = form_of(name)
        if form not in ends:
            between.append((name, rule, sure))
            ends.add(form)
    between = between[: _LONGEST - 2]
    claim_id = item.claim.claim_id
    first = Hand(claim_id, 0, Part.ESTABLISHED, fold.origin.name, fold.rule, fold.probability)
    relays = [Hand(claim_id, n, Part.RELAYED, *hop) for n, hop in enumerate(between, 1)]
    return first, *relays, Hand(claim_id, len(relays) + 1, Part.PRINTED, item.outlet, "printed", 1.0)


def _relays(item: Heard, fold: Fold, items: Mapping[ClaimId, Heard]) -> Iterator[_Hop]:
    for name in item.claim.attribution[1:]:
        yield relayed_by(name), "named-relay", 1.0
    followed = items.get(fold.of) if fold.of is not None else None
    if followed is not None and followed.claim.report_id != item.claim.report_id:
        if followed.wire is not None:
            yield wire_origin(followed.wire).name, credit_rule(followed), fold.probability
        yield outlet_origin(followed.outlet).name, fold.rule, fold.probability
    if item.wire is not None:
        yield wire_origin(item.wire).name, credit_rule(item), 1.0
    house = outlet_origin(item.outlet).name
    yield house, "own-house", 1.0
