"""One incident under several policies at once: their figures, why they differ, how well it is attested, what cannot hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from marsad.assess.differences import Because, why_different
from marsad.assess.grades import Graded, grades_of
from marsad.assess.method import reckoned_docket
from marsad.assess.policies import POLICIES
from marsad.assess.policy import Policy
from marsad.assess.stage import tolls_of
from marsad.model import ClaimId, Incident, Toll
from marsad.model.heard import Docket
from marsad.pipeline.dockets import dockets
from marsad.pipeline.observatory import Observatory


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The incident's tolls under each policy, in the order in which the policies were named.

    `because` says for each policy but the first why it differs from the first, () where it does not. `clash` is the
    smallest set of claims of independent origins that cannot all hold, () where all can.
    """

    incident: Incident
    tolls: tuple[tuple[Policy, tuple[Toll, ...]], ...]
    because: tuple[tuple[Policy, tuple[Because, ...]], ...]
    grades: tuple[Graded, ...]
    clash: tuple[ClaimId, ...]
    docket: Docket

    @property
    def differs(self) -> bool:
        """Whether any policy differs from the first."""
        return any(reasons for _, reasons in self.because)


def side_by_side(
    observatory: Observatory, policies: Sequence[Policy], known_on: date | None = None, incident: str | None = None
) -> Iterator[SideBySide]:
    """Yield incidents, or the one called `incident`, under these policies, in order of code; as known on a day, if given."""
    for found, docket in dockets(observatory, known_on, incident):
        yield compared(found, docket, policies)


def compared(incident: Incident, docket: Docket, policies: Sequence[Policy]) -> SideBySide:
    """Return one incident under these policies."""
    first, *others = policies
    return SideBySide(
        incident,
        tuple((policy, tuple(tolls_of(docket, policy))) for policy in policies),
        tuple((policy, why_different(docket, first, policy)) for policy in others),
        tuple(grades_of(docket)),
        reckoned_docket(docket, POLICIES["words"]).clash,
        docket,
    )
