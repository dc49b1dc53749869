"""What the claim strip shows: for each thing counted, every origin with its numbers, and every policy's figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from marsad.publish.public import (
    PublicBound,
    PublicCategory,
    PublicFigure,
    PublicIncident,
    PublicMeasure,
    PublicModality,
    PublicOrigin,
    PublicRole,
    PublicScope,
    PublicStanding,
    PublicStatement,
    PublicText,
)

_MEASURES = {measure: n for n, measure in enumerate(PublicMeasure)}
_CATEGORIES = {category: n for n, category in enumerate(PublicCategory)}


@dataclass(frozen=True, slots=True)
class Lane:
    """One origin on one row: its numbers that count or are shown beside, and how often each was reprinted."""

    origin: PublicOrigin
    marks: tuple[PublicStatement, ...]
    copies: tuple[PublicStatement, ...]

    @property
    def chief(self) -> PublicStatement:
        """The number that stands for the origin: one that counts, the latest of them."""
        counted = [mark for mark in self.marks if mark.role is PublicRole.COUNTED]
        return (counted or list(self.marks) or list(self.copies))[-1]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing counted: every origin that spoke of it and every policy's figure for it."""

    measure: PublicMeasure
    category: PublicCategory
    lanes: tuple[Lane, ...]
    figures: tuple[PublicFigure, ...]

    @property
    def colour(self) -> str:
        """The name of the row's colour."""
        if self.category in (PublicCategory.CIVILIANS, PublicCategory.COMBATANTS):
            return self.category.value
        return "injured" if self.measure is PublicMeasure.INJURED else "killed" if self._deadly else "other"

    @property
    def _deadly(self) -> bool:
        return self.measure in (PublicMeasure.KILLED, PublicMeasure.KILLED_OR_INJURED)

    @property
    def points(self) -> list[int]:
        """Every number on the row that somebody gave, and where ranges begin."""
        said = [n for lane in self.lanes for s in (*lane.marks, *lane.copies) for n in (s.value, s.low)]
        made = [n for figure in self.figures for n in (figure.low, figure.best)]
        return [n for n in said + made if n is not None]

    @property
    def reaches(self) -> list[int]:
        """Every number on the row to which a range reaches."""
        said = [s.high for lane in self.lanes for s in (*lane.marks, *lane.copies)]
        return [n for n in [*said, *(figure.high for figure in self.figures)] if n is not None]


def rows_of(incident: PublicIncident) -> list[Row]:
    """Return the rows of the incident's strip, the dead before the hurt and a whole before its parts."""
    said: dict[tuple[PublicMeasure, PublicCategory], list[PublicStatement]] = defaultdict(list)
    made: dict[tuple[PublicMeasure, PublicCategory], list[PublicFigure]] = defaultdict(list)
    for statement in incident.statements:
        unplaced = statement.part and statement.category is PublicCategory.TOTAL
        if statement.scope is PublicScope.INCIDENT and not unplaced:
            said[statement.measure, statement.category].append(statement)
    for figure in incident.figures:
        made[figure.measure, figure.category].append(figure)
    order = sorted({*said, *made}, key=lambda key: (_MEASURES[key[0]], _CATEGORIES[key[1]]))
    origins = {origin.id: origin for origin in incident.origins}
    rows = [Row(*key, tuple(_lanes(said[key], origins)), tuple(made[key])) for key in order]
    return [row for row in rows if row.lanes or any(f.standing is not PublicStanding.NOT_STATED for f in row.figures)]


def legend_of(rows: Iterable[Row]) -> list[str]:
    """Return which signs the rows use, in the order in which the legend explains them."""
    marks = [mark for row in rows for lane in row.lanes for mark in lane.marks]
    placed = [mark for mark in marks if not is_unplaced(mark)]
    figures = [figure for row in rows for figure in row.figures]
    used = {
        "dot": any(mark.value is not None and not is_hollow(mark) for mark in placed),
        "whisker": any(mark.bound in (PublicBound.AT_LEAST, PublicBound.MORE_THAN) for mark in placed),
        "span": any(mark.value is None for mark in placed),
        "hollow": any(is_hollow(mark) for mark in placed),
        "old": any(mark.role is PublicRole.SUPERSEDED for mark in placed),
        "copies": any(lane.copies for row in rows for lane in row.lanes),
        "band": any(figure.low is not None for figure in figures),
        "unknown": any(is_unplaced(mark) and not mark.suppressed for mark in marks),
        "slot": any(figure.low is None for figure in figures) or any(mark.suppressed for mark in marks),
    }
    return [name for name, true in used.items() if true]


def apart_from(incident: PublicIncident) -> list[PublicStatement]:
    """Return the statements about running totals and other matters, which no figure of the incident holds."""
    return [s for s in incident.statements if s.scope is not PublicScope.INCIDENT and s.role is not PublicRole.COPY]


def is_hollow(statement: PublicStatement) -> bool:
    """Whether the statement is shown without being counted: denied, withdrawn, told beside."""
    if statement.modality in (PublicModality.DENIED, PublicModality.RETRACTED, PublicModality.HYPOTHETICAL):
        return True
    return statement.role is PublicRole.CONTEXT


def is_struck(statement: PublicStatement) -> bool:
    """Whether the number no longer stands: withdrawn, or followed by another of the same origin."""
    return statement.modality is PublicModality.RETRACTED or statement.role is PublicRole.SUPERSEDED


def is_unplaced(statement: PublicStatement) -> bool:
    """Whether the statement has no place on an axis: it says that nobody knows, or its number is withheld."""
    return statement.suppressed or statement.bound is PublicBound.UNKNOWN or not _numbers(statement)


def _numbers(statement: PublicStatement) -> list[int]:
    return [n for n in (statement.value, statement.low, statement.high) if n is not None]


def _lanes(statements: list[PublicStatement], origins: dict[PublicText, PublicOrigin]) -> list[Lane]:
    """Return a lane for each origin; what it said twice in the same way is drawn once."""
    marks: dict[PublicText, dict[object, PublicStatement]] = defaultdict(dict)
    copies: dict[PublicText, list[PublicStatement]] = defaultdict(list)
    for one in statements:
        if one.role is PublicRole.COPY:
            copies[one.origin].append(one)
        else:
            said = (one.value, one.low, one.high, one.bound, one.role, one.modality, one.suppressed)
            marks[one.origin].setdefault(said, one)
    lanes = [Lane(origins[one], tuple(marks[one].values()), tuple(copies[one])) for one in {**marks, **copies}]
    return sorted(lanes, key=_height)


def _height(lane: Lane) -> tuple[bool, bool, int, str]:
    numbers = _numbers(lane.chief)
    first = lane.chief.value if lane.chief.value is not None else min(numbers, default=0)
    return is_unplaced(lane.chief), is_hollow(lane.chief), first, lane.origin.id
