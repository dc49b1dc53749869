"""What the public record may hold, and nothing else: a private value has no field here to go to.

Written by hand, apart from the private model. Every word is a `PublicText`, which only `compose` makes; everything else
is a number, a day or a member of a closed list. Each field has its reason and its risk in resources/public_fields.toml.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SCHEMA = 1
"""The form of these models; a reader of record.json refuses a form it does not know."""

_JOINERS = "\u200c\u200d"
_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class PublicText(str):
    """Words that were composed for the public: one line, no control or direction marks, no longer than allowed."""

    __slots__ = ()

    def __new__(cls, *words: object) -> "PublicText":
        """Refuse: only `compose` makes public words, so that every way into the record can be read in one place."""
        raise TypeError(f"PublicText{words!r}: public words are made by compose(words, limit) and by nothing else")


def compose(words: str, limit: int = 120) -> PublicText:
    """Return the words as one public line of at most `limit` characters; a cut ends in an ellipsis.

    Control characters, direction overrides and other invisible marks go, as does all white space but single blanks.

    >>> compose("Raqqa\\n\\u202egnp.exe ")
    'Raqqa gnp.exe'
    >>> compose("one two three", limit=8)
    'one two…'
    """
    seen = "".join(_visible(letter) for letter in words[: limit * 4])
    line = " ".join(unicodedata.normalize("NFC", seen).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return str.__new__(PublicText, line)


def _visible(letter: str) -> str:
    if letter in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    return letter if letter in _JOINERS or unicodedata.category(letter) not in _DROPPED else ""


class PublicMeasure(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    BODIES_SEEN = "bodies_seen"


class PublicCategory(StrEnum):
    """Whom a number counts."""

    TOTAL = "total"
    CIVILIANS = "civilians"
    COMBATANTS = "combatants"
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    ELDERLY = "elderly"
    MEDICS = "medics"
    JOURNALISTS = "journalists"
    AID_WORKERS = "aid_workers"
    POLICE = "police"
    FAMILY = "family"


class PublicBound(StrEnum):
    """How the words bound the number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    RANGE = "range"
    FRACTION = "fraction"
    VAGUE = "vague"
    UNKNOWN = "unknown"
    NONE = "none"


class PublicStatus(StrEnum):
    """Whether the people counted were civilians, as far as the words say."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class PublicModality(StrEnum):
    """How the report stands to the number."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    DENIED = "denied"
    RETRACTED = "retracted"
    HYPOTHETICAL = "hypothetical"
    UNKNOWN = "unknown"


class PublicScope(StrEnum):
    """What the number is about: this incident, a running total, several incidents, another matter."""

    INCIDENT = "incident"
    CUMULATIVE = "cumulative"
    AGGREGATE = "aggregate"
    BACKGROUND = "background"


class PublicRole(StrEnum):
    """What the statement is to the toll."""

    COUNTED = "counted"
    COPY = "copy"
    SUPERSEDED = "superseded"
    CONTEXT = "context"


class PublicKind(StrEnum):
    """How an origin comes to know."""

    MONITOR = "monitor"
    MEDICAL = "medical"
    WITNESS = "witness"
    ACTIVISTS = "activists"
    INTERNATIONAL = "international"
    OFFICIAL = "official"
    PARTY = "party"
    MEDIA = "media"
    UNNAMED = "unnamed"


class PublicStanding(StrEnum):
    """Why a figure is what it is."""

    STATED = "stated"
    DERIVED = "derived"
    STATED_UNKNOWN = "stated_unknown"
    STATED_NONE = "stated_none"
    NOT_STATED = "not_stated"


class PublicGrade(StrEnum):
    """How well an incident is attested."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class PublicReason(StrEnum):
    """Why an incident is not shown."""

    EMBARGO = "embargo"
    """It is too recent: rescue may be under way."""
    TIME_UNKNOWN = "time_unknown"
    """Nobody says when it was, so nobody can say that it is not too recent."""
    REFUSED = "refused"
    """People refused every claim about it."""


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """It happened here, as finely as it is known and may be told.

    Latitude and longitude (degrees WGS 84) are rounded to what `precision` (UCDP where_prec; None: the gazetteer does
    not know the name) supports. `coarsened` says that more is known and is kept back.
    """

    name: PublicText | None
    name_ar: PublicText | None
    country: PublicText | None
    admin1: PublicText | None
    latitude: float | None
    longitude: float | None
    precision: int | None
    coarsened: bool


@dataclass(frozen=True, slots=True)
class PublicOrigin:
    """Somebody established numbers of his own. `name` is None where only the kind may be told."""

    id: PublicText
    name: PublicText | None
    name_ar: PublicText | None
    kind: PublicKind
    party: PublicText | None


@dataclass(frozen=True, slots=True)
class PublicStatement:
    """`origin` said, in what `outlet` published on that day, that between low and high people were killed (or hurt, …).

    `value` is the number as said. `part` marks people already within another number of the same report. `suppressed`
    says that the number is withheld because it would single out living people; then value, low and high are None.
    `words` is the counted phrase, `quotation` the sentence around it; both None unless a public outlet printed them.
    """

    id: PublicText
    origin: PublicText
    outlet: PublicText | None
    published: date | None
    address: PublicText | None
    measure: PublicMeasure
    category: PublicCategory
    status: PublicStatus
    value: int | None
    low: int | None
    high: int | None
    bound: PublicBound
    modality: PublicModality
    scope: PublicScope
    role: PublicRole
    part: bool
    derived: bool
    suppressed: bool
    words: PublicText | None
    quotation: PublicText | None


@dataclass(frozen=True, slots=True)
class PublicValue:
    """What fills one gap of an explanation: a number, a day, a term of a closed list, origins, or public words.

    `words_ar` are the same words in Arabic where they are known. Nothing is filled where the value may not be told.
    """

    name: PublicText
    number: int | None
    day: date | None
    term: PublicText | None
    origins: tuple[PublicText, ...]
    words: PublicText | None
    words_ar: PublicText | None


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One step of an explanation: the key of a sentence, what fills its gaps, the statements and steps it rests on."""

    key: PublicText
    values: tuple[PublicValue, ...]
    statements: tuple[PublicText, ...]
    steps: tuple["PublicStep", ...]


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """Under `policy`, between low and high people of `category` were killed (or hurt, …); `best` if the policy has one.

    low, best and high are None where nothing bounds the number, and where `suppressed`; high alone is None where nobody
    set an upper bound.
    """

    policy: PublicText
    measure: PublicMeasure
    category: PublicCategory
    low: int | None
    best: int | None
    high: int | None
    standing: PublicStanding
    origins: int
    suppressed: bool
    why: PublicStep | None


@dataclass(frozen=True, slots=True)
class PublicIncident:
    """Sources say that people were harmed here, then; what each said, and what is made of it.

    `code` is its public name and makes its address. `refused` counts claims that people refused; they are not shown.
    """

    code: PublicText
    occurred_from: date | None
    occurred_to: date | None
    occurred_precision: int | None
    place: PublicPlace | None
    perpetrator: PublicText | None
    perpetrator_ar: PublicText | None
    weapon: PublicText | None
    grade: PublicGrade
    why_grade: PublicStep
    origin_count: int
    refused: int
    origins: tuple[PublicOrigin, ...]
    statements: tuple[PublicStatement, ...]
    figures: tuple[PublicFigure, ...]


@dataclass(frozen=True, slots=True)
class PublicWithheld:
    """So many incidents are known and not shown, for this reason."""

    reason: PublicReason
    count: int


@dataclass(frozen=True, slots=True)
class PublicRules:
    """What the publication policy kept back, in numbers: the pages say it to the reader.

    Hours from the end of the day of an incident; the smallest number of living people that is told; the longest
    quotation in characters.
    """

    embargo_hours: int
    least_living: int
    longest_quotation: int


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """What the observatory published under this number: frozen, followed by the next number and never changed.

    `as_known_on` is the last day whose reports were considered, `published` the day of publication (UTC), `policy` the
    publication policy's version and digest, `software` the program's version.
    """

    schema: int
    number: int
    observatory: PublicText
    as_known_on: date
    published: date
    policy: PublicText
    software: PublicText
    rules: PublicRules
    incidents: tuple[PublicIncident, ...]
    withheld: tuple[PublicWithheld, ...]


SAFE_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,78}[A-Z0-9])?")
"""What a public code looks like: it becomes a file name and part of an address."""
