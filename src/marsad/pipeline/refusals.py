"""What was refused, and why: in quarantine with its original, or with nothing to keep."""

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.model import Sha256
from marsad.store.collecting import Collecting
from marsad.store.kept import Reading


@dataclass(frozen=True, slots=True)
class Refusal:
    """At the time `at` (UTC), `name` came through `channel` and was refused for this `reason`.

    Its original is kept as `evidence`; None where there was none, as with an address that does not answer.
    """

    at: str
    channel: str
    name: str
    reason: str
    evidence: Sha256 | None

    def told(self) -> dict[str, str | None]:
        """Return it as an object of JSON."""
        fields = {"at": self.at, "channel": self.channel, "refused": self.name, "reason": self.reason}
        return {**fields, "evidence": self.evidence}


def refusals_of(reading: Reading, state: Collecting) -> Iterator[Refusal]:
    """Yield everything that was refused, oldest first."""
    found = [
        Refusal(row["recorded_at"], row["channel"], row["name"], row["reason"], Sha256(row["evidence"]))
        for row in reading.quarantined()
    ]
    found += [Refusal(row["at"], row["channel"], row["name"], row["reason"], None) for row in state.refusals()]
    yield from sorted(found, key=lambda one: one.at)
