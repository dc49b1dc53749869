"""The Arrow schema of every kind of row that passes between stages, written once."""

import pyarrow as pa

_STRINGS = pa.list_(pa.string())

_WHEN_AND_WHERE = (
    *("occurred_from", "occurred_to", "occurred_precision", "occurred_words", "occurred_carried", "occurred_against"),
    *("occurred_against_words", "place_words", "place_id", "place_name", "place_name_ar", "country", "admin1"),
    *("latitude", "longitude", "place_precision"),
)
"""Columns of a time and a place, alike in claims and in what stands beside them."""

TEXT = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("published", pa.date32()),
        pa.field("outlet", pa.string()),
        pa.field("lang", pa.string()),
        pa.field("kind", pa.string()),
    ]
)

CLAIM = pa.schema(
    [
        pa.field("claim_id", pa.string(), nullable=False),
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("measure", pa.string(), nullable=False),
        pa.field("value", pa.int64()),
        pa.field("low", pa.int64()),
        pa.field("high", pa.int64()),
        pa.field("bound", pa.string(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("group", pa.string()),
        pa.field("attribution", _STRINGS, nullable=False),
        pa.field("occurred_from", pa.date32()),
        pa.field("occurred_to", pa.date32()),
        pa.field("occurred_precision", pa.int64()),
        pa.field("occurred_words", pa.string()),
        pa.field("occurred_carried", pa.bool_()),
        pa.field("occurred_against", pa.date32()),
        pa.field("occurred_against_words", pa.string()),
        pa.field("place_words", pa.string()),
        pa.field("place_id", pa.string()),
        pa.field("place_name", pa.string()),
        pa.field("place_name_ar", pa.string()),
        pa.field("country", pa.string()),
        pa.field("admin1", pa.string()),
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
        pa.field("place_precision", pa.int64()),
        pa.field("perpetrator", pa.string()),
        pa.field("certainty", pa.string()),
        pa.field("weapon", pa.string()),
        pa.field("scope", pa.string(), nullable=False),
        pa.field("modality", pa.string(), nullable=False),
        pa.field("subset_of", pa.string()),
        pa.field("same_as", pa.string()),
        pa.field("relations", _STRINGS, nullable=False),
        pa.field("flags", _STRINGS, nullable=False),
        pa.field("derived", pa.bool_(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("names", _STRINGS, nullable=False),
    ]
)
"""What a report says of a number of people; a relation is written KIND:CLAIM."""

CONTEXT = pa.schema(
    [
        pa.field("context_id", pa.string(), nullable=False),
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("act", pa.string(), nullable=False),
        pa.field("actor", pa.string()),
        pa.field("others", _STRINGS, nullable=False),
        pa.field("content_start", pa.int64()),
        pa.field("content_end", pa.int64()),
        pa.field("extent", pa.string()),
        *(CLAIM.field(name) for name in _WHEN_AND_WHERE),
        pa.field("attribution", _STRINGS, nullable=False),
        pa.field("modality", pa.string(), nullable=False),
        pa.field("polarity", pa.string(), nullable=False),
        pa.field("weapon", pa.string()),
        pa.field("flags", _STRINGS, nullable=False),
        pa.field("relation", pa.string()),
        pa.field("target", pa.string()),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
    ]
)
"""What a report says beside counts of people; a context's target is another one of the same report."""

SKETCH = pa.schema([pa.field("report_id", pa.string(), nullable=False), pa.field("mark", pa.int64(), nullable=False)])
"""A report's sketch, by which copies are found: one negative mark of all its words, and the smallest hashes of its word
runs, which are never negative."""

COPY = pa.schema([pa.field("report_id", pa.string(), nullable=False), pa.field("leader", pa.string(), nullable=False)])
"""The earliest report with the same words, or of the same family; itself, if there is none."""

EDGE = pa.schema([pa.field("a", pa.string(), nullable=False), pa.field("b", pa.string(), nullable=False)])
"""Two things that belong together."""

FOLD = pa.schema(
    [
        pa.field("claim_id", pa.string(), nullable=False),
        pa.field("origin", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("party", pa.string()),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("of", pa.string()),
        pa.field("copy", pa.bool_(), nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
    ]
)

_HAND = [
    pa.field("turn", pa.int64(), nullable=False),
    pa.field("part", pa.string(), nullable=False),
    pa.field("name", pa.string(), nullable=False),
    pa.field("rule", pa.string(), nullable=False),
    pa.field("probability", pa.float64(), nullable=False),
]

LINEAGE = pa.schema([pa.field("claim_id", pa.string(), nullable=False), *_HAND])
"""Through whose hands the number of a claim went: who established it is turn 0, who printed it the last."""

CREDIT = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("wire", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
    ]
)
"""The agency that a report credits, and where it does: at most one of each report."""

REWORDED = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("leader", pa.string(), nullable=False),
        pa.field("probability", pa.float64(), nullable=False),
    ]
)
"""A report that tells an earlier one again in other words, with the probability that it does."""

INCIDENT = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("occurred_from", pa.date32()),
        pa.field("occurred_to", pa.date32()),
        pa.field("occurred_precision", pa.int64()),
        pa.field("place_words", pa.string()),
        pa.field("place_id", pa.string()),
        pa.field("place_name", pa.string()),
        pa.field("place_name_ar", pa.string()),
        pa.field("country", pa.string()),
        pa.field("admin1", pa.string()),
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
        pa.field("place_precision", pa.int64()),
        pa.field("perpetrator", pa.string()),
        pa.field("weapon", pa.string()),
    ]
)

MEMBERSHIP = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("claim_id", pa.string(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
    ]
)

TOLL = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("policy", pa.string(), nullable=False),
        pa.field("measure", pa.string(), nullable=False),
        pa.field("category", pa.string(), nullable=False),
        pa.field("low", pa.int64()),
        pa.field("best", pa.int64()),
        pa.field("high", pa.int64()),
        pa.field("standing", pa.string(), nullable=False),
        pa.field("origins", pa.int64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)
"""A toll; low, best and high are all null where nothing bounds the number; `why` is the explanation as JSON."""

GRADING = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("grade", pa.string(), nullable=False),
        pa.field("origins", pa.int64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)

REJECTION = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("stage", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("value", pa.string()),
    ]
)

_HEARD = [
    *CLAIM,
    pa.field("outlet", pa.string(), nullable=False),
    pa.field("published", pa.date32()),
    pa.field("of", pa.string()),
    pa.field("decided", pa.string()),
    pa.field("received", pa.int64(), nullable=False),
    pa.field("wire", pa.string()),
    pa.field("reworded", pa.string()),
    pa.field("likeness", pa.float64()),
    pa.field("wire_rule", pa.string()),
]
"""A claim with who printed it, when and as which report it came in, whose words it copies, and what a person decided
on it, as JSON."""

_STANDING = [
    pa.field("claim_id", pa.string(), nullable=False),
    pa.field("role", pa.string(), nullable=False),
    pa.field("role_rule", pa.string(), nullable=False),
    pa.field("origin", pa.string(), nullable=False),
    pa.field("kind", pa.string(), nullable=False),
    pa.field("party", pa.string()),
    pa.field("fold_rule", pa.string(), nullable=False),
    pa.field("fold_of", pa.string()),
    pa.field("copy", pa.bool_(), nullable=False),
    pa.field("probability", pa.float64(), nullable=False),
    pa.field("hands", pa.list_(pa.struct(_HAND)), nullable=False),
]

HEARD = pa.schema(_HEARD)

DOSSIER = pa.schema(
    [
        pa.field("cluster", pa.string(), nullable=False),
        pa.field("heard", pa.list_(pa.struct(_HEARD)), nullable=False),
    ]
)
"""Everything heard of one incident, earliest first."""

WEIGHED = pa.schema([*INCIDENT, pa.field("standing", pa.list_(pa.struct(_STANDING)), nullable=False)])
"""An incident with the role and origin of each of its claims."""

STANDING = pa.schema(_STANDING)
"""The role and the origin of one claim of an incident."""

WEIGHED_HEARD = pa.schema([*_HEARD, *_STANDING[1:]])

DOCKET = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("perpetrator", pa.string()),
        pa.field("weapon", pa.string()),
        pa.field("heard", pa.list_(pa.struct(list(WEIGHED_HEARD))), nullable=False),
    ]
)
"""An incident ready to be assessed: its claims with their roles and origins."""

ASSESSED = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("grade", pa.string(), nullable=False),
        pa.field("origins", pa.int64(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
        pa.field("tolls", pa.list_(pa.struct(list(TOLL))), nullable=False),
    ]
)
