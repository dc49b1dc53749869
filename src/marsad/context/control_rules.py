"""How sure an answer about control is, rule by rule: data of resources/context/control.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from marsad.model.control import ControlState
from marsad.text.normal import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRules:
    """Weights from 0 to 1 for how a statement is put, half-lives in days, and how far a withdrawal reaches."""

    asserted: float
    hedged: float
    partial: float
    larger_town: float
    larger_province: float
    larger_country: float
    half_life: Mapping[ControlState, float]
    withdrawal_days: int
    stale_days: int
    standing: float

    def faded(self, state: ControlState, days: int) -> float:
        """Return the share that is left of a statement after so many days: half of it after the half-life of its state.

        >>> control_rules().faded(ControlState.HELD, 0)
        1.0
        """
        return float(0.5 ** (max(0, days) / self.half_life[state]))

    def between(self, state: ControlState, first: date, day: date, last: date) -> float:
        """Return how sure it is that what was so on `first` and on `last` was so on `day` between them.

        It is lost only if both neighbours fail: 1 - (1 - faded since the first) (1 - faded before the last). So it is
        lowest in the middle of a long silence and 1 at both ends.
        """
        since, until = self.faded(state, (day - first).days), self.faded(state, (last - day).days)
        return 1 - (1 - since) * (1 - until)


def is_government(words: str) -> bool:
    """Tell whether the words mean the forces of a government without naming it.

    >>> is_government("Government forces"), is_government("Islamic State")
    (True, False)
    """
    return fold(words).removeprefix("the ").strip() in _government()


@cache
def _government() -> frozenset[str]:
    return frozenset(fold(words) for words in _told()["generic"]["government"])


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((resources.files("marsad.resources") / "context" / "control.toml").read_text("utf-8"))


@cache
def control_rules() -> ControlRules:
    """Return the rules that marsad ships."""
    told = _told()
    half = told["half_life_days"]
    lives = {ControlState(name): float(days) for name, days in half.items()}
    lives[ControlState.RELIEVED] = lives[ControlState.BESIEGED]
    return ControlRules(**told["sure"], half_life=lives, **told["reading"])
