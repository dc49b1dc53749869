"""A case: one incident with everything that bears on it, ready to be explained or disclosed. Private."""

from dataclasses import dataclass
from datetime import date

from marsad.model.claim import Claim, Measure
from marsad.model.ids import Sha256
from marsad.model.incident import Incident, Role
from marsad.model.origin import Fold, Hand
from marsad.model.toll import Category, Grade, Step, Toll


@dataclass(frozen=True, slots=True)
class Finding:
    """This claim bears on the incident in this role, and is this origin's statement.

    `hands` are those through which its number went, from whoever established it to whoever printed it.
    `outlet`, `published` and `address` are those of the report it stands in (None where not known); `sentence` is the
    one sentence of that report around the claim, as received, at most 400 characters. `evidence` names the report's bytes.
    """

    claim: Claim
    fold: Fold
    role: Role
    rule: str
    outlet: str
    published: date | None
    address: str | None
    sentence: str
    hands: tuple[Hand, ...] = ()
    evidence: Sha256 | None = None


Ends = tuple[int | None, int | None, int | None]
"""Low, best and high, None where nothing bounds the number."""


@dataclass(frozen=True, slots=True)
class LinkRange:
    """What a toll would be if doubtful links went the other way.

    `apart` are the tolls of the `parts` incidents added up that sure links alone would leave; `together` is the one toll
    of this incident and `others` (codes) if everything plausible were one. All three ends are None where nothing changes.
    """

    policy: str
    measure: Measure
    category: Category
    parts: int
    apart: Ends
    others: tuple[str, ...]
    together: Ends


@dataclass(frozen=True, slots=True)
class Case:
    """One incident, the findings that bear on it (earliest first), its tolls under every policy, and its grade.

    `origins` counts the independent origins whose numbers are counted; `why_grade` explains the grade. `ranges` say what
    its tolls would be if links were otherwise; empty where no link is in doubt.
    """

    incident: Incident
    findings: tuple[Finding, ...]
    tolls: tuple[Toll, ...]
    grade: Grade
    origins: int
    why_grade: Step
    ranges: tuple[LinkRange, ...] = ()
