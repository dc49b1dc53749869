"""Who is said to hold a place."""

from dataclasses import dataclass

from marsad.model.ids import ClaimId
from marsad.model.place import Place
from marsad.model.when import When


@dataclass(frozen=True, slots=True)
class Control:
    """According to the claim, `party` held `place` during `when`; conflicting statements stand side by side.

    `state` is one of held, lost, besieged, contested.
    """

    place: Place
    party: str
    when: When
    state: str
    claim_id: ClaimId

    def __post_init__(self) -> None:
        if self.state not in ("held", "lost", "besieged", "contested"):
            raise ValueError(
                f"control of {self.place.name}: state {self.state!r} is not held, lost, besieged, contested"
            )
