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

    `copy` is true where counting the claim would count somebody else's words again. `probability` is how surely it is this
    origin's, above 0 and up to 1: 1 for a speaker whom the report names, less where an unmarked number or a reworded text
    is traced to somebody.

    Raises ValueError for a probability outside that.
    """

    claim_id: ClaimId
    origin: Origin
    rule: str
    of: ClaimId | None
    copy: bool
    probability: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.probability <= 1:
            raise ValueError(f"claim {self.claim_id}: probability {self.probability} is not above 0 and up to 1")


class Part(StrEnum):
    """What somebody did with a number on its way into print."""

    ESTABLISHED = "established"
    RELAYED = "relayed"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Hand:
    """On its way into print the number of this claim went through `name`, who established, relayed or printed it.

    `turn` counts from 0, whoever established it, to whoever printed it. `rule` says how that is known, `probability` how
    surely, as in `Fold`.
    """

    claim_id: ClaimId
    turn: int
    part: Part
    name: str
    rule: str
    probability: float
