"""Sums over incidents under one policy: from all lowest to all highest, open where one is open."""

from collections.abc import Callable, Sequence

from marsad.publish.public import PublicCategory, PublicFigure, PublicIncident, PublicMeasure
from marsad.publish.sitrep.notes import Part
from marsad.publish.sitrep.voice import Ends

Kind = tuple[PublicMeasure, PublicCategory]
KILLED: Kind = (PublicMeasure.KILLED, PublicCategory.TOTAL)
CIVILIANS: Kind = (PublicMeasure.KILLED, PublicCategory.CIVILIANS)
COMBATANTS: Kind = (PublicMeasure.KILLED, PublicCategory.COMBATANTS)


def told(incident: PublicIncident, policy: str, kind: Kind = KILLED) -> PublicFigure | None:
    """Return the figure that this policy makes, None where there is none that says a number.

    "0 or more" says none: nothing bounds it.
    """
    for figure in incident.figures:
        if figure.policy == policy and (figure.measure, figure.category) == kind:
            known = not figure.suppressed and figure.low is not None and (figure.low > 0 or figure.high is not None)
            return figure if known else None
    return None


def parts_of(incidents: Sequence[PublicIncident], policy: str, kind: Kind = KILLED) -> list[Part]:
    """Return the incidents that have a figure of this kind, with it."""
    found = [(incident, told(incident, policy, kind)) for incident in incidents]
    return [(incident, figure) for incident, figure in found if figure is not None]


def summed(parts: Sequence[Part]) -> Ends:
    """Return the sums of low, best and high; best None where one has none, high None where one is open; all None of nothing."""
    figures = [figure for _, figure in parts if figure is not None]
    if not figures:
        return None, None, None
    lows, bests, highs = ([getattr(f, end) for f in figures] for end in ("low", "best", "high"))
    return sum(lows), _sum(bests), _sum(highs)


def civilians(incidents: Sequence[PublicIncident], policy: str) -> tuple[list[Part], Ends]:
    """Return the parts that are civilians, and how many of the killed may be: where nobody says, none to all of the dead."""
    parts = parts_of(incidents, policy, CIVILIANS)
    spoken = {str(incident.code) for incident, _ in parts}
    silent = [figure for incident, figure in parts_of(incidents, policy) if str(incident.code) not in spoken]
    low, best, high = summed(parts)
    if low is None:
        return parts, (None, None, None)
    rest = _sum([figure and figure.high for figure in silent])
    return parts, (low, best if not silent else None, None if high is None or rest is None else high + rest)


def grouped(
    incidents: Sequence[PublicIncident], key: Callable[[PublicIncident], str]
) -> list[tuple[str, list[PublicIncident]]]:
    """Return the incidents by a key, in the order in which keys first come."""
    out: dict[str, list[PublicIncident]] = {}
    for incident in incidents:
        out.setdefault(key(incident), []).append(incident)
    return list(out.items())


def _sum(numbers: Sequence[int | PublicFigure | None]) -> int | None:
    known = [number for number in numbers if isinstance(number, int)]
    return sum(known) if len(known) == len(numbers) else None
