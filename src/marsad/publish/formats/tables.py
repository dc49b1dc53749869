"""The tables of a release, each described column by column; the codebook is made from the same descriptions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from marsad.publish.formats.cells import Value, cell, csv_bytes
from marsad.publish.public import (
    PublicBound,
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicKind,
    PublicMeasure,
    PublicModality,
    PublicOrigin,
    PublicRelease,
    PublicRole,
    PublicScope,
    PublicStanding,
    PublicStatement,
    PublicStatus,
)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, where its values are found in a row, what kind they are, what they mean.

    `values` is the closed list that they come from, None for open ones.
    """

    name: str
    path: str
    kind: str
    meaning: str
    values: type[StrEnum] | None = None

    def of(self, row: object) -> Value:
        """Return the value in this row; None as soon as something on the way there is None."""
        found: object = row
        for name in self.path.split("."):
            if found is None:
                return None
            found = getattr(found, name)
        assert found is None or isinstance(found, str | int | float | date)  # noqa: S101 - tables hold plain values
        return found


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A file of the release: one row for each of `rows`, in the order in which they come."""

    path: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[PublicRelease], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure of one incident."""

    incident: PublicIncident
    figure: PublicFigure


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement about one incident, and who made it."""

    incident: PublicIncident
    statement: PublicStatement
    origin: PublicOrigin


def counted(release: PublicRelease) -> Iterator[Counted]:
    """Yield every figure of every incident."""
    return (Counted(incident, figure) for incident in release.incidents for figure in incident.figures)


def spoken(release: PublicRelease) -> Iterator[Spoken]:
    """Yield every statement about every incident with its origin."""
    for incident in release.incidents:
        origins = {origin.id: origin for origin in incident.origins}
        for statement in incident.statements:
            yield Spoken(incident, statement, origins[statement.origin])


def table(which: Table[Row], release: PublicRelease) -> bytes:
    """Return the table as a CSV file."""
    rows = ([cell(column.of(row)) for column in which.columns] for row in which.rows(release))
    return csv_bytes((column.name for column in which.columns), rows)


_INCIDENT = (
    Column("incident", "incident.code", "text", "public code of the incident"),
    Column("occurred_from", "incident.occurred_from", "date", "first day on which it may have happened"),
    Column("occurred_to", "incident.occurred_to", "date", "last day on which it may have happened"),
    Column("date_precision", "incident.occurred_precision", "integer", "UCDP date_prec: 1 the day … 5 a year or more"),
    Column("place", "incident.place.name", "text", "name of the place; empty where not known or withheld"),
    Column("place_ar", "incident.place.name_ar", "text", "name of the place in Arabic"),
    Column("admin1", "incident.place.admin1", "text", "province"),
    Column("country", "incident.place.country", "text", "country, ISO 3166-1 alpha-2"),
    Column("latitude", "incident.place.latitude", "number", "degrees WGS 84, rounded to what is known"),
    Column("longitude", "incident.place.longitude", "number", "degrees WGS 84, rounded to what is known"),
    Column(
        "place_precision", "incident.place.precision", "integer", "UCDP where_prec; empty where the name is unknown"
    ),
    Column("place_coarsened", "incident.place.coarsened", "boolean", "true where more is known and kept back"),
    Column("perpetrator", "incident.perpetrator", "text", "who is said to have done it"),
    Column("perpetrator_ar", "incident.perpetrator_ar", "text", "who is said to have done it, in Arabic"),
    Column("weapon", "incident.weapon", "text", "with what, as reported"),
    Column("grade", "incident.grade", "term", "how well the incident is attested", PublicGrade),
    Column("incident_origins", "incident.origin_count", "integer", "independent origins whose numbers are counted"),
)

FIGURES: Table[Counted] = Table(
    "data/incidents.csv",
    "One row for each incident, counting policy, measure and category.",
    (
        *_INCIDENT,
        Column("policy", "figure.policy", "text", "counting policy"),
        Column("measure", "figure.measure", "term", "what happened to the people counted", PublicMeasure),
        Column("category", "figure.category", "term", "whom the figure counts", PublicCategory),
        Column("low", "figure.low", "integer", "at least so many; empty where nothing bounds the number"),
        Column(
            "best", "figure.best", "integer", "what the policy would print alone; empty where it has no such figure"
        ),
        Column("high", "figure.high", "integer", "at most so many; empty where nobody set an upper bound"),
        Column("standing", "figure.standing", "term", "why the figure is what it is", PublicStanding),
        Column("origins", "figure.origins", "integer", "independent origins behind this figure"),
        Column("suppressed", "figure.suppressed", "boolean", "true where it would single out living people"),
    ),
    counted,
)

STATEMENTS: Table[Spoken] = Table(
    "data/statements.csv",
    "One row for each statement: who said what, in what outlet, and whether it is counted.",
    (
        Column("incident", "incident.code", "text", "public code of the incident"),
        Column("statement", "statement.id", "text", "public id of the statement within the incident"),
        Column("origin", "origin.id", "text", "public id of the origin within the incident"),
        Column("origin_name", "origin.name", "text", "who said it; empty where only the kind may be told"),
        Column("origin_kind", "origin.kind", "term", "how the origin comes to know", PublicKind),
        Column("origin_party", "origin.party", "text", "the warring party that the origin speaks for"),
        Column("outlet", "statement.outlet", "text", "who printed it; empty where it is not public"),
        Column("published", "statement.published", "date", "day of publication"),
        Column("address", "statement.address", "text", "where it was found"),
        Column("measure", "statement.measure", "term", "what happened to the people counted", PublicMeasure),
        Column("category", "statement.category", "term", "whom the number counts", PublicCategory),
        Column("status", "statement.status", "term", "civilians or not, as far as the words say", PublicStatus),
        Column("value", "statement.value", "integer", "the number as said; empty for words such as dozens"),
        Column("low", "statement.low", "integer", "at least so many, as far as the words bound it"),
        Column("high", "statement.high", "integer", "at most so many, as far as the words bound it"),
        Column("bound", "statement.bound", "term", "how the words bound the number", PublicBound),
        Column("modality", "statement.modality", "term", "how the report stands to the number", PublicModality),
        Column("scope", "statement.scope", "term", "what the number is about", PublicScope),
        Column("role", "statement.role", "term", "what the statement is to the toll", PublicRole),
        Column("part", "statement.part", "boolean", "true where another number of the report holds these people"),
        Column(
            "derived", "statement.derived", "boolean", "true where the bounds are arithmetic with another statement"
        ),
        Column("suppressed", "statement.suppressed", "boolean", "true where it would single out living people"),
        Column("words", "statement.words", "text", "the counted phrase as printed"),
        Column("quotation", "statement.quotation", "text", "the sentence around it, at most one of each report"),
    ),
    spoken,
)
