"""How figures read in a terminal: ranges with an en dash, "?" for what nobody knows."""

from collections.abc import Sequence

from marsad.model import Category, Count, Incident, Measure, Toll


def count(value: Count | None) -> str:
    """Return low–best–high, low–high where there is no best figure, and "?" where nothing bounds the number.

    >>> count(Count(95, 95, 95)), count(Count(48, None, 95)), count(None)
    ('95–95–95', '48–95', '?')
    """
    if value is None:
        return "?"
    ends = [value.low, *([] if value.best is None else [value.best]), "?" if value.high is None else value.high]
    return "–".join(f"{n:,}" if isinstance(n, int) else n for n in ends)


def toll_of(tolls: Sequence[Toll], policy: str, measure: Measure, category: Category) -> Toll | None:
    """Return the toll of one policy, measure and category, None if there is none."""
    wanted = (policy, measure, category)
    return next((t for t in tolls if (t.policy, t.measure, t.category) == wanted), None)


def when(incident: Incident) -> str:
    """Return the day of an incident, the first and last where it is an interval, "?" if nobody told.

    >>> from datetime import date
    >>> from marsad.model import When
    >>> when(Incident("i", "X", None, None, None, None))
    '?'
    >>> when(Incident("i", "X", None, When(date(2014, 11, 29), date(2014, 12, 2), 2), None, None))
    '2014-11-29/12-02'
    """
    if incident.when is None:
        return "?"
    start, end = incident.when.start, incident.when.end
    shared = 0 if start.year != end.year else 5 if start.month != end.month else 8
    return start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()[shared:]}"


def place(incident: Incident) -> str:
    """Return what the place is called, with a question mark if the gazetteer does not know it."""
    if incident.place is None:
        return "?"
    return incident.place.name if incident.place.found else f"{incident.place.words} ?"
