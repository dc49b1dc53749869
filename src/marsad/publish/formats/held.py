"""What of a release a file holds: the figure it takes, and a count of everything that it leaves out."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from marsad.publish.formats.described import Loss
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicRelease,
    PublicStanding,
)

Kind = tuple[PublicMeasure, PublicCategory]
KILLED: Kind = (PublicMeasure.KILLED, PublicCategory.TOTAL)
CIVILIANS: Kind = (PublicMeasure.KILLED, PublicCategory.CIVILIANS)
COMBATANTS: Kind = (PublicMeasure.KILLED, PublicCategory.COMBATANTS)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one incident under the policy that a file is filled from; None where it has none of them."""

    incident: PublicIncident
    policy: str | None
    by_kind: dict[Kind, PublicFigure]

    def told(self, kind: Kind) -> PublicFigure | None:
        """Return the figure if it says a number: None where nobody told, nothing bounds it, or it is kept back."""
        found = self.by_kind.get(kind)
        return None if found is None or found.suppressed or found.low is None else found


def figures_of(incident: PublicIncident, policies: Sequence[str]) -> Figures:
    """Return the figures under the first of these policies that the incident is counted under."""
    there = {str(figure.policy) for figure in incident.figures}
    policy = next((one for one in policies if one in there), None)
    mine = {(f.measure, f.category): f for f in incident.figures if f.policy == policy}
    return Figures(incident, policy, mine)


def fighters_seen(figures: Figures) -> bool:
    """Return whether anybody says that fighters were, or may have been, among the dead."""
    found = figures.told(COMBATANTS)
    said = (PublicStanding.STATED, PublicStanding.STATED_UNKNOWN)
    return found is not None and found.standing in said and found.high != 0


Holds = Callable[[Figures, PublicFigure], bool | str]
"""Says whether a file holds a figure: True, or the reason why it does not, or not wholly."""


def losses(
    release: PublicRelease, policies: Sequence[str], left_out: Iterable[tuple[str, str]], holds: Holds
) -> list[Loss]:
    """Return what a file leaves out: incidents (code, reason), and figures by policy, measure and category."""
    out = dict(left_out)
    lost: Counter[tuple[str, str]] = Counter()
    for reason in out.values():
        lost[reason, "incidents"] += 1
    for incident in release.incidents:
        mine = figures_of(incident, policies)
        for figure in incident.figures:
            why = _reason(mine, figure, out.get(incident.code), holds)
            if why is not None:
                lost[why, f"{figure.policy} {figure.measure} {figure.category}"] += 1
        lost["statements", "statements"] += len(incident.statements)
    return [Loss(key, which, count) for (key, which), count in sorted(lost.items()) if count]


def _reason(mine: Figures, figure: PublicFigure, left_out: str | None, holds: Holds) -> str | None:
    if figure.suppressed:
        return "suppressed"
    if left_out is not None:
        return "incident"
    if figure.policy != mine.policy:
        return "policy"
    if figure.low is None:
        return None
    held = holds(mine, figure)
    return None if held is True else str(held)
