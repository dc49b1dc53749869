"""A claim as one incident hears it: with who printed it, when, and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.model.claim import Claim
from marsad.model.ids import ClaimId, IncidentId, ReportId
from marsad.model.incident import Role
from marsad.model.origin import Fold, Origin, OriginKind
from marsad.model.rows import claim_of


@dataclass(frozen=True, slots=True)
class Heard:
    """`outlet` printed this claim on the day `published` (None where not known).

    `of` is the claim of another report whose words it copies, None if it copies none. `decided` is what a person
    decided on it, kind to body; empty where nobody did. `received` counts reports in the order in which they came in: the
    first claim that came in names the incident for good, whatever older report is found later. `wire` is the agency that
    its report credits, None for none, and `wire_rule` how that is known; `reworded` is the report that its report tells
    again with probability `likeness`, 1 where in the same words (as a cut or an edited copy does), None for none.
    """

    claim: Claim
    outlet: str
    published: date | None
    of: ClaimId | None
    decided: Mapping[str, Mapping[str, Any]]
    received: int = 0
    wire: str | None = None
    reworded: ReportId | None = None
    likeness: float = 0.0
    wire_rule: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A heard claim with its role in the incident, for the reason `rule`, and the origin whose statement it is."""

    heard: Heard
    role: Role
    rule: str
    fold: Fold


@dataclass(frozen=True, slots=True)
class Docket:
    """An incident ready to be assessed: who is said to have done it, with what, and its weighed claims, earliest first."""

    incident_id: IncidentId
    perpetrator: str | None
    weapon: str | None
    weighed: tuple[Weighed, ...]


def heard_of(row: Mapping[str, Any]) -> Heard:
    """Return the heard claim that a struct of a dossier holds."""
    decided = json.loads(row["decided"]) if row["decided"] else {}
    return Heard(
        claim_of(row),
        row["outlet"],
        row["published"],
        row["of"],
        decided,
        row["received"],
        row["wire"],
        row["reworded"],
        row["likeness"] or 0.0,
        row["wire_rule"],
    )


def docket_of(row: Mapping[str, Any]) -> Docket:
    """Return the docket that a row of schema DOCKET holds."""
    weighed = tuple(
        Weighed(
            heard_of(item),
            Role(item["role"]),
            # `rule` is a column of the claim too; the role's rule travels as `role_rule`
            item["role_rule"],
            Fold(
                ClaimId(item["claim_id"]),
                Origin(item["origin"], OriginKind(item["kind"]), item["party"]),
                item["fold_rule"],
                item["fold_of"],
                bool(item["copy"]),
                item["probability"],
            ),
        )
        for item in row["heard"]
    )
    return Docket(IncidentId(row["incident_id"]), row["perpetrator"], row["weapon"], weighed)
