"""Knowledge around tolls: one statement of one report, with who says it, of where, of when, and when it became known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from marsad.model.claim import Bound, Scope
from marsad.model.context import Polarity, Stance
from marsad.model.ids import ReportId
from marsad.model.place import Place
from marsad.model.rows import place_of, place_row, when_of, when_row
from marsad.model.schema import CONTEXT
from marsad.model.when import When

KNOWLEDGE = pa.schema(
    [
        pa.field("knowledge_id", pa.string(), nullable=False),
        *(CONTEXT.field(name) for name in ("report_id", "start", "end", "text")),
        pa.field("sentence", pa.string()),
        pa.field("topic", pa.string(), nullable=False),
        pa.field("act", pa.string()),
        pa.field("party", pa.string()),
        *(CONTEXT.field(name) for name in ("others", "content_start", "content_end", "extent")),
        pa.field("facility", pa.string()),
        pa.field("place_key", pa.string()),
        pa.field("day", pa.date32(), nullable=False),
        *(f for f in CONTEXT if f.name.startswith(("occurred_", "place_")) or f.name in ("country", "admin1")),
        *(CONTEXT.field(name) for name in ("latitude", "longitude")),
        pa.field("source", pa.string(), nullable=False),
        pa.field("outlet", pa.string(), nullable=False),
        pa.field("chain", pa.list_(pa.string()), nullable=False),
        pa.field("reported", pa.date32()),
        pa.field("recorded", pa.date32(), nullable=False),
        pa.field("stance", pa.string(), nullable=False),
        pa.field("polarity", pa.string(), nullable=False),
        pa.field("value", pa.int64()),
        pa.field("low", pa.int64()),
        pa.field("high", pa.int64()),
        pa.field("bound", pa.string()),
        pa.field("scope", pa.string()),
        pa.field("status", pa.string()),
        *(CONTEXT.field(name) for name in ("weapon", "flags", "relation", "target", "rule", "score")),
    ]
)
"""A row of the derived table `knowledge`: a context, or a number that is no incident's toll, with what its report adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """`source` says, in the words `text` of a report that `outlet` printed on `reported`, something of `topic`.

    `knowledge_id` is the id of the context or claim it was made of. `topic` is a ContextKind or, of a number of people, its
    Measure; `act` is the context's, None for a number. `sentence` is where a number stands, None for a context, whose own
    words say what it tells. `facility` is what of the place is meant ("air base"), None for the place itself. `source` is who
    establishes it: the first of the `chain` of attribution, else the agency that the report credits, else the outlet.
    `recorded` is the UTC day on which the observatory learned of it. `value`, `low`, `high`, `bound`, `scope` and `status`
    are those of a number, None for a context. `stance` and `polarity` say how the text stands to it. Everything else is as
    in Context and Claim.
    """

    knowledge_id: str
    report_id: ReportId
    start: int
    end: int
    text: str
    sentence: str | None
    topic: str
    act: str | None
    party: str | None
    others: tuple[str, ...]
    content: tuple[int, int] | None
    extent: str | None
    place: Place | None
    facility: str | None
    occurred: When | None
    source: str
    outlet: str
    chain: tuple[str, ...]
    reported: date | None
    recorded: date
    stance: Stance
    polarity: Polarity
    value: int | None
    low: int | None
    high: int | None
    bound: Bound | None
    scope: Scope | None
    status: str | None
    weapon: str | None
    flags: tuple[str, ...]
    relation: str | None
    target: str | None
    rule: str
    score: float

    @property
    def place_key(self) -> str | None:
        """What names the place, or the facility beside it, in questions; None where no place is told."""
        return place_key(self.place, self.facility)

    @property
    def day(self) -> date:
        """The last day that it is of: of what it tells, else that of print, else that on which it came in."""
        if self.occurred is not None:
            return self.occurred.end
        return self.reported or self.recorded

    @property
    def says(self) -> bool:
        """Whether it tells that something is or was so: affirmed, and neither planned, possible nor denied."""
        return self.polarity is Polarity.AFFIRMED and self.stance in (Stance.ASSERTED, Stance.REPORTED)


def place_key(place: Place | None, facility: str | None = None) -> str | None:
    """Return the gazetteer's id of a place, its words in small letters where it has none; behind a slash the facility.

    >>> place_key(Place("Tal Ahmar", None, "Tal Ahmar"), "air base"), place_key(None)
    ('tal ahmar/air base', None)
    """
    if place is None:
        return None
    key = place.place_id or " ".join(place.words.casefold().split())
    return f"{key}/{facility}" if facility else key


def knowledge_row(known: Knowledge) -> dict[str, Any]:
    """Return the knowledge as a row of schema KNOWLEDGE."""
    row = {name: getattr(known, name) for name in KNOWLEDGE.names if name in _PLAIN}
    first, after = known.content or (None, None)
    return {
        **row,
        **when_row(known.occurred),
        **place_row(known.place),
        "place_key": known.place_key,
        "day": known.day,
        "others": list(known.others),
        "content_start": first,
        "content_end": after,
        "chain": list(known.chain),
        "flags": list(known.flags),
        "stance": known.stance.value,
        "polarity": known.polarity.value,
        "bound": known.bound and known.bound.value,
        "scope": known.scope and known.scope.value,
    }


def knowledge_of(row: Mapping[str, Any]) -> Knowledge:
    """Return the knowledge that a row of schema KNOWLEDGE holds; raises ValueError where it is impossible."""
    plain = {name: row[name] for name in _PLAIN}
    return Knowledge(
        **{
            **plain,
            "others": tuple(row["others"]),
            "content": None if row["content_start"] is None else (row["content_start"], row["content_end"]),
            "place": place_of(row),
            "occurred": when_of(row),
            "chain": tuple(row["chain"]),
            "flags": tuple(row["flags"]),
            "stance": Stance(row["stance"]),
            "polarity": Polarity(row["polarity"]),
            "bound": None if row["bound"] is None else Bound(row["bound"]),
            "scope": None if row["scope"] is None else Scope(row["scope"]),
        }
    )


_PLAIN = (
    *("knowledge_id", "report_id", "start", "end", "text", "sentence", "topic", "act", "party", "extent"),
    *("facility", "source", "outlet"),
    *("reported", "recorded", "value", "low", "high", "status", "weapon", "relation", "target", "rule", "score"),
)
