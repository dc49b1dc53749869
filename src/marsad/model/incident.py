"""An incident: a moment in time and space in which sources say that people were harmed."""

from dataclasses import dataclass
from enum import StrEnum

from marsad.model.ids import ClaimId, IncidentId
from marsad.model.place import Place
from marsad.model.when import When


class Role(StrEnum):
    """What a claim is to its incident."""

    COUNTED = "counted"
    COPY = "copy"
    """Words already counted elsewhere: a wire copy, a quotation, the second mention in one report."""
    SUPERSEDED = "superseded"
    """The same origin said something later."""
    CONTEXT = "context"
    """Told beside the toll and never added to it: bodies on a video, a denial by the accused, a refused claim."""
    REJECTED = "rejected"
    """A person decided that it does not hold."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Sources say that people were harmed at `place` in the time `when`.

    `code` is what people call it (RAQQA-2014-11-25); `incident_id` is made from the earliest claim and stays the same
    when later reports arrive. `place` and `when` are None where no claim tells.
    """

    incident_id: IncidentId
    code: str
    place: Place | None
    when: When | None
    perpetrator: str | None
    weapon: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """The claim speaks of this incident, in this role, for the reason `rule`."""

    incident_id: IncidentId
    claim_id: ClaimId
    role: Role
    rule: str
