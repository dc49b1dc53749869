"""What the public record may hold, and nothing else: a private value has no field here to go to.

Written by hand, apart from the private model. Every word is a `PublicText`, which only `compose` makes; everything else
is a number, a day or a member of a closed list. Each field has its reason and its risk in resources/public_fields.toml.
"""

from dataclasses import dataclass
from datetime import date

from marsad.publish.public_lists import (
    SAFE_CODE,
    PublicBound,
    PublicCategory,
    PublicCause,
    PublicGrade,
    PublicKind,
    PublicMeasure,
    PublicModality,
    PublicReason,
    PublicRole,
    PublicScope,
    PublicStanding,
    PublicStatus,
    PublicText,
    PublicVerdict,
    compose,
)

__all__ = [
    "SAFE_CODE",
    "SCHEMA",
    "PublicBound",
    "PublicCategory",
    "PublicCause",
    "PublicEarlier",
    "PublicFigure",
    "PublicGrade",
    "PublicIncident",
    "PublicKind",
    "PublicMeasure",
    "PublicMethod",
    "PublicMethodRule",
    "PublicModality",
    "PublicOrigin",
    "PublicPlace",
    "PublicReason",
    "PublicRelease",
    "PublicReview",
    "PublicRole",
    "PublicRules",
    "PublicSaid",
    "PublicSaidFigure",
    "PublicScope",
    "PublicSetting",
    "PublicStanding",
    "PublicStatement",
    "PublicStatus",
    "PublicStep",
    "PublicText",
    "PublicValue",
    "PublicVerdict",
    "PublicWithheld",
    "compose",
]

SCHEMA = 3
"""The form of these models; a reader of record.json refuses a form it does not know."""


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """It happened here, as finely as it is known and may be told.

    Latitude and longitude (degrees WGS 84) are rounded to what `precision` (UCDP where_prec; None: the gazetteer does
    not know the name) supports. `cell` is an H3 cell ("h3:…") of which no more is told than that it happened there; the
    point is then its middle. `coarsened` says that more is known and is kept back.
    """

    name: PublicText | None
    name_ar: PublicText | None
    country: PublicText | None
    admin1: PublicText | None
    latitude: float | None
    longitude: float | None
    precision: int | None
    cell: PublicText | None
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
    `words` is the counted phrase, `quotation` the sentence around it, `evidence` the SHA-256 of the report's bytes; None unless
    a public outlet printed them.
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
    evidence: PublicText | None


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
    `first_told` is the number of the release that told it first, `since` of the one from which on it stands as it is.
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
    first_told: int
    since: int


@dataclass(frozen=True, slots=True)
class PublicSaidFigure:
    """A figure as an earlier release told it; all three ends are None where it gave none, or where it is kept back now.

    `withdrawn` says that the numbers were told and are kept back since.
    """

    policy: PublicText
    measure: PublicMeasure
    category: PublicCategory
    low: int | None
    best: int | None
    high: int | None
    standing: PublicStanding
    suppressed: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PublicSaid:
    """Of the incident `code`, the releases from `first` to the one before `until` told these figures.

    `causes` say why release `until` told something else, `origins` whose numbers were new then (those told by name), and
    `note` is what people wrote about it for the public.
    """

    code: PublicText
    first: int
    until: int
    occurred_from: date | None
    occurred_to: date | None
    grade: PublicGrade
    origin_count: int
    figures: tuple[PublicSaidFigure, ...]
    causes: tuple[PublicCause, ...]
    origins: tuple[PublicText, ...]
    note: PublicText | None


@dataclass(frozen=True, slots=True)
class PublicEarlier:
    """Release `number` was published then, with this manifest (SHA-256 in hex), and told these sums of the killed."""

    number: int
    published: date
    as_known_on: date
    manifest: PublicText
    incidents: int
    withheld: int
    policy: PublicText
    software: PublicText
    totals: tuple[PublicSaidFigure, ...]


@dataclass(frozen=True, slots=True)
class PublicMethodRule:
    """A counting method goes by this rule; `source` says where it is published, `example` what it does."""

    key: PublicText
    value: PublicText
    source: PublicText
    example: PublicText


@dataclass(frozen=True, slots=True)
class PublicMethod:
    """A counting method in use: its name and version, and every rule of it."""

    name: PublicText
    version: PublicText
    title: PublicText
    about: PublicText
    rules: tuple[PublicMethodRule, ...]


@dataclass(frozen=True, slots=True)
class PublicSetting:
    """The observatory works with this setting; `key` has a sentence in the catalogue, `value` fills its gap."""

    key: PublicText
    value: PublicText


@dataclass(frozen=True, slots=True)
class PublicWithheld:
    """So many incidents are known and not shown, for this reason."""

    reason: PublicReason
    count: int


@dataclass(frozen=True, slots=True)
class PublicReview:
    """On the day `reviewed`, `words` that `outlet` printed at `address` were held against the record: `verdict`.

    They are about the incident of that code; None where the record knows of none, or where only the article's own numbers
    were compared.
    """

    words: PublicText
    outlet: PublicText
    address: PublicText
    published: date | None
    lang: PublicText | None
    verdict: PublicVerdict
    incident: PublicText | None
    reviewed: date


@dataclass(frozen=True, slots=True)
class PublicRules:
    """What the publication policy kept back, in numbers: the pages say it to the reader.

    Hours from the end of the day of an incident, and of one at a medical or rescue site; the smallest number of living
    people that is told, and by which it must change before another is told; how many inhabitants a told place has at
    least; the longest quotation in characters.
    """

    embargo_hours: int
    embargo_rescue_hours: int
    least_living: int
    least_change: int
    least_population: int
    longest_quotation: int


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """What the observatory published under this number: frozen, followed by the next number and never changed.

    `as_known_on` is the last day whose reports were considered, `published` the day of publication (UTC), `policy` the
    publication policy's version and digest, `software` the program's version. `methods` and `settings` are what it was made
    with; `earlier` are the releases before it, the first first, and `history` is all that they told otherwise. `untold`
    counts incidents that earlier releases told and of which nothing may be said any more. `reviews` are claims of others that
    were checked.
    """

    schema: int
    number: int
    observatory: PublicText
    as_known_on: date
    published: date
    policy: PublicText
    software: PublicText
    rules: PublicRules
    methods: tuple[PublicMethod, ...]
    settings: tuple[PublicSetting, ...]
    earlier: tuple[PublicEarlier, ...]
    untold: int
    incidents: tuple[PublicIncident, ...]
    withheld: tuple[PublicWithheld, ...]
    reviews: tuple[PublicReview, ...]
    history: tuple[PublicSaid, ...]
