"""When something happened, as an interval of days with a precision."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class When:
    """It happened between `start` and `end`, both days included.

    `precision` is UCDP's: 1 the day, 2 within 2-6 days, 3 the week, 4 the month or 8-30 days, 5 up to a year or more.
    `words` are the words it was read from, None where no words tell it; `carried` is true where they stand in another
    sentence of the report. `against` is the day from which those words were counted ("on Tuesday", "two days later"),
    or up to which they run ("since March"), None where they name the day themselves; `against_words` are the words of
    the report that name that day, None where it is the day of publication.

    Raises ValueError if the end lies before the start, the precision is not 1-5, or words name a day that is not there.
    Source: UCDP GED codebook, date_prec.

    >>> When(date(2014, 11, 25), date(2014, 11, 25), 1, "Tuesday").days
    1
    """

    start: date
    end: date
    precision: int
    words: str | None = None
    carried: bool = False
    against: date | None = None
    against_words: str | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"interval {self.start}..{self.end}: ends before it starts")
        if not 1 <= self.precision <= 5:
            raise ValueError(f"date precision {self.precision}: UCDP knows 1 to 5")
        if self.against is None and self.against_words is not None:
            raise ValueError(f"time {self.words!r}: counted from {self.against_words!r}, but from no day")

    @property
    def days(self) -> int:
        """How many days the interval spans; 1 for a single day."""
        return (self.end - self.start).days + 1

    @staticmethod
    def precision_of(days: int) -> int:
        """Return the UCDP precision class of an interval this many days long.

        >>> [When.precision_of(n) for n in (1, 3, 7, 30, 365)]
        [1, 2, 3, 4, 5]
        """
        return 1 if days <= 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5
