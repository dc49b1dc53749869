"""The Arrow schema of every kind of row that passes between the stages of linking: facets, tellings, pairs, groups, doubts."""

import pyarrow as pa

_STRINGS = pa.list_(pa.string())

FACET = pa.schema(
    [
        pa.field("claim_id", pa.string(), nullable=False),
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("spot", pa.string(), nullable=False),
        pa.field("signature", pa.string(), nullable=False),
        pa.field("measure", pa.string(), nullable=False),
        pa.field("group", pa.string()),
        pa.field("low", pa.int64()),
        pa.field("value", pa.int64()),
        pa.field("high", pa.int64()),
        pa.field("whole", pa.int64(), nullable=False),
        pa.field("place_key", pa.string(), nullable=False),
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
        pa.field("precision", pa.int64()),
        pa.field("country", pa.string()),
        pa.field("admin1", pa.string()),
        pa.field("day_from", pa.int64()),
        pa.field("day_to", pa.int64()),
        pa.field("reckoned", pa.int64(), nullable=False),
        pa.field("carried", pa.int64(), nullable=False),
        pa.field("assumed", pa.int64(), nullable=False),
        pa.field("inferred", pa.int64(), nullable=False),
        pa.field("perpetrator", pa.string()),
        pa.field("weapon", pa.string()),
        pa.field("counts", pa.int64(), nullable=False),
        pa.field("names", pa.string(), nullable=False),
        pa.field("called", pa.string(), nullable=False),
    ]
)
"""A claim as linking sees it. Days count from the first of the year 1; `spot` is where in its report the claim stands and
what it measures; `signature` what it says, however a copy's date reads it; `whole` is 0 for a part of another number;
`place_key` names the place, "" where there is none; `reckoned` is 1 for a day counted from that of print, `carried` for
one that another sentence tells, `assumed` where no words tell it; `inferred` is 1 for a place that the claim's sentence does
not name; `counts` is 1 if the claim speaks of an incident; `names`
are the names said beside it, `called` the sounds of the names of its place, with blanks between them."""

TOLD = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field(
            "facets", pa.list_(pa.struct([*FACET, pa.field("rank", pa.int64()), pa.field("printed", pa.int64())]))
        ),
    ]
)
"""The claims of one report that speak of incidents, as facets, with the rank of the report and its day of print."""

TELLING = pa.schema(
    [
        pa.field("telling_id", pa.string(), nullable=False),
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("rank", pa.int64(), nullable=False),
        pa.field("printed", pa.int64()),
        pa.field("place_key", pa.string(), nullable=False),
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
        pa.field("precision", pa.int64()),
        pa.field("country", pa.string()),
        pa.field("admin1", pa.string()),
        pa.field("day_from", pa.int64()),
        pa.field("day_to", pa.int64()),
        pa.field("reckoned", pa.bool_(), nullable=False),
        pa.field("carried", pa.bool_(), nullable=False),
        pa.field("assumed", pa.bool_(), nullable=False),
        pa.field("inferred", pa.bool_(), nullable=False),
        pa.field("figures", _STRINGS, nullable=False),
        pa.field("traits", _STRINGS, nullable=False),
        pa.field("claims", _STRINGS, nullable=False),
    ]
)
"""What one report tells of one incident. A figure is "killed|low|stated|high", a trait "weapon|air strike"."""

BLOCK = pa.schema([pa.field("block", pa.string(), nullable=False), *TELLING])
"""A telling under each of the blocks in which it is compared with others."""

BLOCKED = pa.schema(
    [
        pa.field("block", pa.string(), nullable=False),
        pa.field("tellings", pa.list_(pa.struct([*TELLING])), nullable=False),
    ]
)
"""The tellings of one block."""

PAIR = pa.schema(
    [
        pa.field("a", pa.string(), nullable=False),
        pa.field("b", pa.string(), nullable=False),
        pa.field("report_a", pa.string(), nullable=False),
        pa.field("report_b", pa.string(), nullable=False),
        pa.field("log_odds", pa.float64(), nullable=False),
        pa.field("silent", pa.bool_(), nullable=False),
        pa.field("loose_a", pa.bool_(), nullable=False),
        pa.field("loose_b", pa.bool_(), nullable=False),
    ]
)
"""Two tellings, a before b, the natural logarithm of the odds that they are of one incident, and whether they are silent:
neither for nor against."""

KNOT = pa.schema(
    [
        pa.field("knot", pa.string(), nullable=False),
        pa.field("pairs", pa.list_(pa.struct([*PAIR])), nullable=False),
    ]
)
"""Tellings that plausible pairs hold together, with all pairs between them."""

GROUPED = pa.schema(
    [
        pa.field("telling_id", pa.string(), nullable=False),
        pa.field("sure", pa.string(), nullable=False),
        pa.field("cluster", pa.string(), nullable=False),
        pa.field("plausible", pa.string(), nullable=False),
    ]
)
"""A telling's group at three cuts, each within the next: joins that are sure, more likely than not, plausible."""

LINKED = pa.schema(
    [
        pa.field("claim_id", pa.string(), nullable=False),
        pa.field("cluster", pa.string(), nullable=False),
        pa.field("of", pa.string()),
    ]
)
"""Which cluster a claim falls into, and the claim whose words it copies, null if it copies none."""

PROPOSAL = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("other", pa.string(), nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
        pa.field("stake", pa.int64(), nullable=False),
        pa.field("priority", pa.float64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)
"""What a person should decide: whether an incident is one with another ("join"), or whether the reports from `other` (a
claim) on are about another incident ("part"). `probability` is that they are one, `stake` the dead and wounded who would
be counted otherwise, `priority` the stake times the doubt; `why` the likenesses of the strongest pair as JSON."""

RANGE = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("policy", pa.string(), nullable=False),
        pa.field("measure", pa.string(), nullable=False),
        pa.field("category", pa.string(), nullable=False),
        pa.field("parts", pa.int64(), nullable=False),
        pa.field("apart_low", pa.int64()),
        pa.field("apart_best", pa.int64()),
        pa.field("apart_high", pa.int64()),
        pa.field("others", _STRINGS, nullable=False),
        pa.field("together_low", pa.int64()),
        pa.field("together_best", pa.int64()),
        pa.field("together_high", pa.int64()),
    ]
)
"""What an incident's toll would be if every link that is not sure were undone (`parts` incidents, their tolls added up),
and if everything plausible were joined to it (one incident with `others`, and one toll for all of them)."""
