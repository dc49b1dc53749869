"""Who established a number, as against who printed it."""

from dataclasses import dataclass
from enum import StrEnum

from marsad.model.ids import ClaimId


class OriginKind(StrEnum):
    """How somebody comes to know a toll."""

    MONITOR = "monitor"
    """An organisation that counts: a rights monitor, a local documentation network."""
    MEDICAL = "medical"
    WITNESS = "witness"
    ACTIVISTS = "activists"
    INTERNATIONAL = "international"
    """The UN, the ICRC and their agencies."""
    OFFICIAL = "official"
    PARTY = "party"
    """A party to the fighting, its army or its ministry."""
    MEDIA = "media"
    """An outlet's own reporting, no other source being named."""
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Origin:
    """`name` established numbers of its own. However many outlets print them, it is one voice.

    `party` is the warring party it speaks for (a name as perpetrators are named), None for everybody else.
    """

    name: str
    kind: OriginKind
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """The claim is a statement of `origin`, for the reason `rule`; `of` is the claim it follows, if it follows one.

    `copy` is true where counting the claim would count somebody else's words again.
    """

    claim_id: ClaimId
    origin: Origin
    rule: str
    of: ClaimId | None
    copy: bool
