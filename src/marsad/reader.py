"""What a reader is: a report in, claims out, with a name and a version that say how they were read."""

from collections.abc import Iterable
from typing import Protocol

from marsad.model import Claim, Text
from marsad.model.rows import claim_row, text_of
from marsad.model.schema import CLAIM, TEXT
from marsad.stage import Rejection, RowStage

STAGE = "extract"
"""What reading is called as a stage, whoever reads."""


class Reader(Protocol):
    """Somebody who reads reports: rules, a parser, a model behind an endpoint.

    `name` says which, `version` changes with whatever may change a claim (rules, weights, prompt). `sends_to` is the
    host to which the words of a report go, None where they stay in this process: who wires readers asks before it
    hands over a report. Claims of a reader other than the rules carry its name and version as their `rule`.
    """

    @property
    def name(self) -> str:
        """What the reader is called."""

    @property
    def version(self) -> str:
        """What names this way of reading."""

    @property
    def sends_to(self) -> str | None:
        """The host that is sent the words of reports; None if none is."""

    def read(self, report: Text) -> Iterable[Claim | Rejection]:
        """Return the claims that a report makes, and a Rejection with its reason for whatever could not be read.

        The span of a claim is characters of `report.text`, and its id is `Claim.identity` of that span.
        """


def stage_of(reader: Reader) -> RowStage[Text, Claim]:
    """Return reading as a stage: an exception of the reader is one Rejection of that report, and stops nothing."""
    return RowStage(
        name=STAGE,
        version=reader.version,
        key="report_id",
        reads=TEXT,
        writes=CLAIM,
        read=text_of,
        function=reader.read,
        write=claim_row,
    )
