"""What was not recorded, as far as several lists allow to say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """In this stratum, between `low` and `high` persons died, recorded or not, with probability `level`.

    `recorded` is how many are on any list and is a floor: no estimate lies below it. `method` names model and version;
    figures from different methods are not interchangeable. Lists are origins, not outlets.
    """

    stratum: str
    method: str
    recorded: int
    low: float
    point: float
    high: float
    level: float = 0.95

    def __post_init__(self) -> None:
        if not 0 <= self.recorded <= self.low <= self.point <= self.high:
            raise ValueError(f"estimate for {self.stratum}: needs 0 <= recorded <= low <= point <= high")
        if not 0 < self.level < 1:
            raise ValueError(f"estimate for {self.stratum}: level {self.level} is not between 0 and 1")
