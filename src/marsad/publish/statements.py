"""What each origin said, as it may be told: claims without their private ids, voices without their private names."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace

from marsad.model import Claim, ClaimId, Finding, Origin
from marsad.publish.policy import PublicationPolicy
from marsad.publish.public import (
    PublicBound,
    PublicCategory,
    PublicKind,
    PublicMeasure,
    PublicModality,
    PublicOrigin,
    PublicRole,
    PublicScope,
    PublicStatement,
    PublicStatus,
    PublicText,
    compose,
)
from marsad.publish.small_cells import category_of
from marsad.publish.voices import is_public, named, phrases, public_address

_NOT_YET = compose("")
"""Stands where an id will be: ids are made of everything else that is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """The statements in public order, the origins, and the way from private claims and names to them."""

    statements: tuple[PublicStatement, ...]
    origins: tuple[PublicOrigin, ...]
    of_claim: dict[ClaimId, PublicText]
    of_name: dict[str, PublicText]


def tell(code: str, findings: list[Finding], hidden: frozenset[ClaimId], policy: PublicationPolicy) -> Told:
    """Return the findings as public statements, the numbers of `hidden` claims kept back.

    Ids are digests of the incident's public code and of what is told; whatever is told twice alike gets "-2".
    """
    quotable = phrases(findings, hidden, policy)
    bare = [(f, _statement(f, f.claim.claim_id in hidden, quotable.get(f.claim.claim_id), policy)) for f in findings]
    voices: dict[Origin, list[tuple[Finding, PublicStatement]]] = defaultdict(list)
    for finding, statement in bare:
        voices[finding.fold.origin].append((finding, statement))
    origins = {origin: _origin(origin, [f for f, _ in own], policy) for origin, own in voices.items()}
    order = {
        origin: (digest(origins[origin]), sorted(public_order(s) for _, s in own)) for origin, own in voices.items()
    }
    ids: dict[Origin, PublicText] = {}
    taken: set[str] = set()
    for origin in sorted(voices, key=order.__getitem__):
        ids[origin] = fresh_id("o", [code, digest(origins[origin])], taken)
    placed = [(finding, replace(statement, origin=ids[finding.fold.origin])) for finding, statement in bare]
    placed.sort(key=lambda pair: public_order(pair[1]))
    placed = [(f, replace(statement, id=fresh_id("s", [code, digest(statement)], taken))) for f, statement in placed]
    return Told(
        statements=tuple(statement for _, statement in placed),
        origins=tuple(replace(origins[origin], id=ids[origin]) for origin in ids),
        of_claim={finding.claim.claim_id: statement.id for finding, statement in placed},
        of_name={origin.name: ids[origin] for origin in ids},
    )


_MEASURES = {measure: n for n, measure in enumerate(PublicMeasure)}
_CATEGORIES = {category: n for n, category in enumerate(PublicCategory)}


def public_order(statement: PublicStatement) -> tuple[str, int, int, str, str]:
    """Return what statements are sorted by: the day, what is counted, and nothing that is not told."""
    day = "9999-12-31" if statement.published is None else statement.published.isoformat()
    return day, _MEASURES[statement.measure], _CATEGORIES[statement.category], statement.role, digest(statement)


def digest(value: object) -> str:
    """Return a digest of a public value: the same for the same public content, and made of nothing else."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def _statement(
    finding: Finding, hidden: bool, quoted: tuple[PublicText, PublicText | None] | None, policy: PublicationPolicy
) -> PublicStatement:
    claim: Claim = finding.claim
    return PublicStatement(
        id=_NOT_YET,
        origin=_NOT_YET,
        outlet=compose(finding.outlet) if is_public(finding, policy) else None,
        published=finding.published,
        address=public_address(finding.address, policy),
        measure=PublicMeasure(claim.measure.value),
        category=PublicCategory(category_of(claim).value),
        status=PublicStatus(claim.status.value),
        value=None if hidden else claim.value,
        low=None if hidden else claim.low,
        high=None if hidden else claim.high,
        bound=PublicBound(claim.bound.value),
        modality=PublicModality(claim.modality.value),
        scope=PublicScope(claim.scope.value),
        role=PublicRole(finding.role.value),
        part=claim.subset_of is not None,
        derived=claim.derived,
        suppressed=hidden,
        words=None if quoted is None else quoted[0],
        quotation=None if quoted is None else quoted[1],
        evidence=compose(finding.evidence) if finding.evidence and is_public(finding, policy) else None,
    )


def _origin(origin: Origin, findings: list[Finding], policy: PublicationPolicy) -> PublicOrigin:
    by_name = named(origin, findings, policy)
    arabic = policy.public_names.get(origin.name) if by_name else None
    party = origin.party if origin.party in policy.public_names else None
    return PublicOrigin(
        id=_NOT_YET,
        name=compose(origin.name) if by_name else None,
        name_ar=None if arabic is None else compose(arabic),
        kind=PublicKind(origin.kind.value),
        party=None if party is None else compose(party),
    )


def fresh_id(letter: str, parts: list[str], taken: set[str]) -> PublicText:
    """Return an id that nothing else has: a digest of what is told, so that it leads back to nothing else."""
    name = letter + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]
    found, n = name, 1
    while found in taken:
        n += 1
        found = f"{name}-{n}"
    taken.add(found)
    return compose(found)
