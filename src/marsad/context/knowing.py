"""From what reports say to knowledge: contexts, and numbers that are no incident's toll, each with who says so and since when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from marsad.context.facilities import facility_beside
from marsad.model import Claim, Context, ContextKind, Measure, Modality, Polarity, Scope, Stance
from marsad.model.knowledge import KNOWLEDGE, Knowledge, knowledge_row
from marsad.model.rows import claim_of, context_of
from marsad.model.schema import CLAIM, CONTEXT
from marsad.stage import RowStage

STAGE, VERSION = "knowledge", "1"

PRINTED = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string()),
        pa.field("reported", pa.date32()),
        pa.field("recorded", pa.date32(), nullable=False),
        pa.field("wire", pa.string()),
    ]
)
"""What a report adds to everything it says: who printed it, when, when it came in, and the agency that it credits."""

_BESIDE = [field for field in PRINTED if field.name != "report_id"]

SENTENCE = pa.field("sentence", pa.string())
"""The sentence in which a number stands; of a table, its row."""

_FINE = 3
"""The coarsest place, by UCDP's where_prec, whose facility is meant where one stands beside its name."""

_ANYWAY = frozenset({Measure.DISPLACED, Measure.POPULATION})
"""Numbers that are knowledge whatever their scope; of others, only sums outside single incidents are."""

_STANCES: Mapping[Modality, tuple[Stance, Polarity]] = {
    Modality.ASSERTED: (Stance.ASSERTED, Polarity.AFFIRMED),
    Modality.REPORTED: (Stance.REPORTED, Polarity.AFFIRMED),
    Modality.DENIED: (Stance.DENIED, Polarity.NEGATED),
    Modality.RETRACTED: (Stance.ASSERTED, Polarity.NEGATED),
    Modality.HYPOTHETICAL: (Stance.POSSIBLE, Polarity.AFFIRMED),
    Modality.UNKNOWN: (Stance.UNKNOWN, Polarity.AFFIRMED),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """The report was printed by `outlet` on `reported`, came in on `recorded`, and credits the agency `wire`, if any."""

    outlet: str
    reported: date | None
    recorded: date
    wire: str | None = None

    def source(self, chain: tuple[str, ...]) -> str:
        """Return who establishes what this chain of attribution says: its first, else the agency, else the outlet."""
        return chain[0] if chain else self.wire or self.outlet


def known_by_context(told: tuple[Context, Printed]) -> Iterator[Knowledge]:
    """Yield the knowledge that a context is, with what its report adds."""
    context, printed = told
    yield Knowledge(
        knowledge_id=context.context_id,
        report_id=context.report_id,
        start=context.start,
        end=context.end,
        text=context.text,
        sentence=None,
        topic=context.kind.value,
        act=context.act,
        party=context.actor,
        others=context.others,
        content=context.content,
        extent=context.extent,
        place=context.place,
        facility=_facility(context),
        occurred=context.occurred,
        source=printed.source(context.attribution),
        outlet=printed.outlet,
        chain=context.attribution,
        reported=printed.reported,
        recorded=printed.recorded,
        stance=context.modality,
        polarity=context.polarity,
        value=None,
        low=None,
        high=None,
        bound=None,
        scope=None,
        status=None,
        weapon=context.weapon,
        flags=tuple(flag.value for flag in context.flags),
        relation=context.relation and context.relation.value,
        target=context.target,
        rule=context.rule,
        score=context.score,
    )


def _facility(context: Context) -> str | None:
    """Return what of its place a control means; other kinds tell of the place."""
    if context.kind is not ContextKind.CONTROL or context.place is None or (context.place.precision or 1) > _FINE:
        return None  # "a base in northern Syria" is no base of Syria's
    return facility_beside(context.text, context.place.words)


def known_by_number(told: tuple[Claim, Printed, str | None]) -> Iterator[Knowledge]:
    """Yield the knowledge that a number of people is: a population, people displaced, or a sum outside single incidents.

    The toll of an incident yields nothing: it is known as that, and nowhere twice.
    """
    claim, printed, sentence = told
    if claim.measure not in _ANYWAY and claim.scope not in (Scope.CUMULATIVE, Scope.AGGREGATE):
        return
    stance, polarity = _STANCES[claim.modality]
    yield Knowledge(
        knowledge_id=claim.claim_id,
        report_id=claim.report_id,
        start=claim.start,
        end=claim.end,
        text=claim.text,
        sentence=sentence,
        topic=claim.measure.value,
        act=None,
        party=claim.perpetrator,
        others=(),
        content=None,
        extent=None,
        place=claim.place,
        facility=None,
        occurred=claim.occurred,
        source=printed.source(claim.attribution),
        outlet=printed.outlet,
        chain=claim.attribution,
        reported=printed.reported,
        recorded=printed.recorded,
        stance=stance,
        polarity=polarity,
        value=claim.value,
        low=claim.low,
        high=claim.high,
        bound=claim.bound,
        scope=claim.scope,
        status=claim.status.value,
        weapon=claim.weapon,
        flags=tuple(flag.value for flag in claim.flags),
        relation=claim.relations[0].kind.value if claim.relations else None,
        target=claim.relations[0].target if claim.relations else None,
        rule=claim.rule,
        score=claim.score,
    )


def _printed(row: Mapping[str, Any]) -> Printed:
    return Printed(row["outlet"] or "?", row["reported"], row["recorded"], row["wire"])


# Named, not lambdas: a stage travels to other processes, and a lambda cannot.
def _context_read(row: Mapping[str, Any]) -> tuple[Context, Printed]:
    return context_of(row), _printed(row)


def _claim_read(row: Mapping[str, Any]) -> tuple[Claim, Printed, str | None]:
    return claim_of(row), _printed(row), row["sentence"]


KNOWING_CONTEXTS: RowStage[tuple[Context, Printed], Knowledge] = RowStage(
    name=STAGE,
    version=VERSION,
    key="context_id",
    reads=pa.schema([*CONTEXT, *_BESIDE]),
    writes=KNOWLEDGE,
    read=_context_read,
    function=known_by_context,
    write=knowledge_row,
)
KNOWING_NUMBERS: RowStage[tuple[Claim, Printed, str | None], Knowledge] = RowStage(
    name=STAGE,
    version=VERSION,
    key="claim_id",
    reads=pa.schema([*CLAIM, *_BESIDE, SENTENCE]),
    writes=KNOWLEDGE,
    read=_claim_read,
    function=known_by_number,
    write=knowledge_row,
)
