"""What checking an article finds: one verdict on some words of it, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from marsad.model.claim import Measure
from marsad.model.place import Place
from marsad.model.toll import Category, Step
from marsad.model.when import When


class Verdict(StrEnum):
    """How words of an article stand to the record, or to one another."""

    AGREES = "agrees"
    """Somebody in the record says so."""
    DIFFERS = "differs"
    """The record has other numbers: of this source, or of everybody."""
    UNKNOWN = "unknown"
    """The record knows nothing of the incident, or nobody in it counted these people. That makes nothing false."""
    DOES_NOT_ADD_UP = "does_not_add_up"
    """Numbers of the article contradict one another."""
    WRONG_DATE = "wrong_date"
    """Everybody in the record puts the incident on another day."""
    NO_CONFIRMATION = "no_confirmation"
    """Whoever is said to confirm a number only repeated somebody else's."""
    SUPERLATIVE_HOLDS = "superlative_holds"
    """As far as the record reaches."""
    SUPERLATIVE_FAILS = "superlative_fails"
    """The record has incidents that surpass it."""
    SUPERLATIVE_UNSURE = "superlative_unsure"
    """The record's numbers leave it open, or the record does not reach so far back."""


@dataclass(frozen=True, slots=True)
class Review:
    """On the day `reviewed` these words of an article, printed by `outlet` at `address`, stood so to the record.

    `measure` is what its number counts, None where that is not one thing. `incident` are words of the incident that they
    are about, as "report_id:start-end", none where the record knows of no such incident.
    """

    text: str
    verdict: Verdict
    measure: Measure | None
    incident: tuple[str, ...]
    outlet: str | None
    address: str | None
    published: date | None
    lang: str | None
    reviewed: date


FAULTS = frozenset(
    {
        Verdict.DIFFERS,
        Verdict.DOES_NOT_ADD_UP,
        Verdict.WRONG_DATE,
        Verdict.NO_CONFIRMATION,
        Verdict.SUPERLATIVE_FAILS,
    }
)
"""Verdicts that an editor should act on."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The characters start..end of an article, `text`, and how they stand; `why` explains it, its claims in the record named.

    `incident` is the code of the record's incident that they are about, None where none is known.
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    why: tuple[Step, ...]
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Superlative:
    """The words start..end say that no attack (no day, where `of_day`) killed more, `rank` - 1 aside.

    `since` is the time that it is said of, None where it is said of as far as memory goes; `place` is where, None where the
    words name no place. `here` says that it is said of the incident's own place ("the town has seen"), `still` that nothing
    since was worse either ("remains"). `clause` is where the clause ends of which the words are. `countries` are those of the
    region that it is said of, none where it names none. `of` is whom it counts; `compared` where the words name what the time is
    counted from ("since the bombing of …"), None where they do not. `first` says that there was none at all before. `named` are
    names behind it that no list of places has.
    """

    start: int
    end: int
    text: str
    of_day: bool
    rank: int
    since: When | None
    place: Place | None
    here: bool = False
    still: bool = False
    clause: int = 0
    countries: frozenset[str] = frozenset()
    of: Category = Category.TOTAL
    compared: tuple[int, int] | None = None
    first: bool = False
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A sentence, the characters start..end of an article, says that somebody confirms a number.

    `near` are the words from the sentence before it to the one behind it. `press` says that it speaks of outlets as such.
    """

    start: int
    end: int
    text: str
    near: str = ""
    press: bool = False


@dataclass(frozen=True, slots=True)
class Misreckoned:
    """The words start..end of an article say the outcome of a reckoning that does not come out.

    `rule` says which: "sum" of the numbers beside it, "share" of a whole, "times" or "more" than another number, "weekday" of
    a date. `values` are what was reckoned: numbers of people, and words of the article.
    """

    start: int
    end: int
    text: str
    rule: str
    values: Mapping[str, int | str]
