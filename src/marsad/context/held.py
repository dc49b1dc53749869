"""What an answer to "who held it" is made of: each source's word by a named rule, and what they say together."""

from dataclasses import dataclass
from datetime import date

from marsad.context.control import Withdrawn
from marsad.model.control import Control, ControlState


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """According to `source`, `party` held (fought for, besieged) the place on the day asked for, by `rule`, so `sure`.

    Rules, the strongest first:

    stated            it is said of that very day
    between           it is said of days before and after, and nothing else between: probably of that day too, fading
    carried-forward   it is said of an earlier day, and the source says nothing newer: fading
    carried-back      the party lost the place later, so it held it before: fading
    changing          the change lies between two days, the day asked for among them: as likely as days have passed
    larger-place      it is said of the larger place that this one lies in

    `since` is when it began, as (first, last) day, None where nothing tells. `evidence` are the statements that it
    follows from; `silent` how many days lie between the day asked for and the nearest of them. `overtaken` marks what
    another source's later change leaves behind: it is history, and contradicts nobody.
    """

    source: str
    party: str
    state: ControlState
    rule: str
    sure: float
    partial: bool
    since: tuple[date | None, date] | None
    evidence: tuple[Control, ...]
    silent: int
    overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who held `place_key` on `day`, as the sources have it, side by side.

    `verdict` is held, held in part, divided (several hold parts of it), shared (one source names several holders at once),
    disputed (sources name different holders), contested (they fight for it) or unknown; `besieged` is true where somebody
    stands round it. `shares` says for each party how sure it is that it held the place: sources that are each wrong by
    themselves, made to sum up to no more than 1. `withdrawn` are statements that count no more, with what took them back.
    """

    place_key: str
    day: date
    verdict: str
    besieged: bool
    shares: tuple[tuple[str, float], ...]
    holdings: tuple[Holding, ...]
    withdrawn: tuple[Withdrawn, ...]

    @property
    def party(self) -> str | None:
        """Who most probably held it, None where nobody is said to."""
        return self.shares[0][0] if self.shares else None

    @property
    def sure(self) -> float:
        """How sure that is, 0 where nobody is said to."""
        return self.shares[0][1] if self.shares else 0.0
