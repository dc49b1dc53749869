"""The Arrow schema of what is true in a simulated world: incidents, how each report came about, who said which number."""

import pyarrow as pa

TRUE_INCIDENT = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("country", pa.string(), nullable=False),
        pa.field("place_id", pa.string(), nullable=False),
        pa.field("place_name", pa.string(), nullable=False),
        pa.field("occurred", pa.date32(), nullable=False),
        pa.field("weapon", pa.string(), nullable=False),
        pa.field("side", pa.string(), nullable=False),
        *(
            pa.field(n, pa.int64(), nullable=False)
            for n in ("killed", "civilians", "fighters", "children", "women", "injured")
        ),
        pa.field("fabricated", pa.bool_(), nullable=False),
        pa.field("told", pa.bool_(), nullable=False),
    ]
)
"""What happened: so many killed, civilians and fighters among them, the rest of unknown status. `fabricated`: nothing
happened, somebody says so. `told`: at least one report speaks of it."""

TRUE_REPORT = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("how", pa.string(), nullable=False),
        pa.field("of", pa.string()),
        pa.field("incidents", pa.list_(pa.string()), nullable=False),
    ]
)
"""How a report came about: told (first), verbatim, cut, reworded, paraphrase or translation `of` another one, or nothing."""

TRUE_CLAIM = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("origin", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("lie", pa.bool_(), nullable=False),
        pa.field("what", pa.string(), nullable=False),
        pa.field("low", pa.int64()),
        pa.field("high", pa.int64()),
    ]
)
"""Who established a number that a report prints: `kind` is exact, least, range, up, down, retract or deny; `what` is killed,
civilians, children, women or injured."""
