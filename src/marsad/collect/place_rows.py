"""What rows of all lists of places have in common: names, points, countries and numbers, checked one by one."""

import csv
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marsad.model import Wrong
from marsad.stage import Rejection
from marsad.text.entry import Point
from marsad.text.listed import Listed, name_fault, shown

STAGE = "gazetteer"

MOST_NAMES = 500
"""Names of one place that are taken; a capital has 200 in GeoNames."""

_MOST_REJECTIONS = 10_000
_LARGEST_POPULATION = 2**31 - 1
_DELIMITERS = ",;\t"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")

Found = Listed | Rejection


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries that can be told: their codes, and the word or name to code.

    `only` is the one whose rows are wanted, or that of rows which name none; None where rows of all are.
    """

    codes: Collection[str]
    named: Callable[[str], str | None]
    only: str | None = None

    def of(self, value: str, where: str) -> str:
        """Return the code of a country given by code or name; raises Wrong for none, and for one nobody knows."""
        value = value.strip()
        if not value and self.only:
            return self.only
        code = value if value in self.codes else self.named(value)
        if code is None:
            remedy = "write its ISO code, such as SY, or give --country"
            raise Wrong(where, shown(value), "is no country that marsad knows", remedy)
        return code

    def unwanted(self, code: str) -> bool:
        """Return whether rows of this country are passed over, because another one's are wanted."""
        return self.only is not None and code != self.only


@dataclass(slots=True)
class Ids:
    """The ids of a list, each with the line on which it stands."""

    seen: dict[str, str] = field(default_factory=dict)

    def new(self, value: str, where: str) -> str:
        """Return the id; raises Wrong where it stands on an earlier line."""
        first = self.seen.setdefault(value, where)
        if first is not where:
            raise Wrong(where, shown(value), f"is the id of {first} already", "keep one of the two rows")
        return value


def name(value: str, where: str) -> str:
    """Return a name with single spaces; raises Wrong for what can be no name of a place."""
    tidy = value.strip(" ")
    fault = name_fault(tidy)
    if fault is not None:
        raise Wrong(where, shown(tidy), *fault)
    return " ".join(tidy.split())


def code(value: str, where: str, what: str) -> str:
    """Return an id or p-code; raises Wrong for what is none."""
    if not _CODE.fullmatch(value):
        rule = f"is no {what}: letters, digits, dots and dashes, 40 at most"
        raise Wrong(where, shown(value), rule, "correct it, or leave the row out")
    return value


def others(values: Iterable[str], where: str) -> tuple[list[str], list[Rejection]]:
    """Return the further names of a place that can be names, and a rejection for each that cannot; the place stands."""
    good: dict[str, None] = {}
    bad = []
    for value in values:
        if not value or value.isspace():
            continue
        if len(good) == MOST_NAMES:
            rule = f"is the first name beyond {MOST_NAMES}"
            bad.append(rejected(Wrong(where, shown(value), rule, "the first ones are taken; leave out the others")))
            break
        try:
            good[name(value, where)] = None
        except Wrong as wrong:
            bad.append(rejected(wrong, "; the place is taken without this name"))
    return list(good), bad


def point(latitude: str, longitude: str, where: str) -> Point:
    """Return a point in degrees; raises Wrong for what is no number or lies off the globe."""
    return _degrees(latitude, 90, f"{where}, latitude"), _degrees(longitude, 180, f"{where}, longitude")


def _degrees(value: str, most: int, where: str) -> float:
    try:
        found = float(value)
    except ValueError:
        raise Wrong(where, shown(value), "is no number of degrees", "write it as 35.95") from None
    if not math.isfinite(found) or abs(found) > most:
        remedy = "correct it; latitude stands before longitude"
        raise Wrong(where, shown(value), f"is not within -{most} to {most} degrees", remedy)
    return found


def people(value: str, where: str) -> int:
    """Return how many people live there, 0 where the cell is empty; raises Wrong for what is no such number."""
    if not value.strip():
        return 0
    if not (value.isascii() and value.isdigit()) or len(value) > 10 or int(value) > _LARGEST_POPULATION:
        raise Wrong(
            f"{where}, population", shown(value), "is no number of people", "write it in digits, or leave it out"
        )
    return int(value)


def rejected(wrong: Wrong, more: str = "") -> Rejection:
    """Return the rejection of the row that a Wrong is about."""
    value = None if wrong.value is None else str(wrong.value)
    return Rejection(wrong.subject, STAGE, str(wrong).removesuffix(".") + more + ".", value)


def within_reason(found: Iterable[Found | None], subject: str) -> Iterator[Found | None]:
    """Yield what was found; raises Wrong once more rows are rejected than a list of places has faults."""
    count = 0
    for item in found:
        if isinstance(item, Rejection):
            count += 1
            check_reason(count, item, subject)
        yield item


def check_reason(count: int, last: Rejection, subject: str) -> None:
    """Raise Wrong where so many rows were rejected that the file must be another kind of file; `last` is one of them."""
    if count > _MOST_REJECTIONS:
        said = last.reason.removesuffix(".")
        rule = f"has more than {_MOST_REJECTIONS:,} rows that cannot be read; the last: {said}"
        raise Wrong(subject, None, rule, "correct the file")


def cells(lines: Iterable[str], subject: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield (where, cells) for each row of a CSV table, its header first; separated by comma, semicolon or tab.

    Rows without a word are passed over. Raises Wrong where it is no CSV.
    """
    source = iter(lines)
    first = next(source, "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(_again(first, source), delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                yield f"{subject} line {reader.line_num}", row
    except csv.Error as fault:
        raise Wrong(f"{subject} line {reader.line_num}", None, f"is no CSV: {fault}", "export it again") from fault


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
