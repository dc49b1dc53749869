"""Arrow schemas of what a run keeps so that the next one need not begin anew: all derived, all made again at will."""

import pyarrow as pa

LEAD = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("mark", pa.int64(), nullable=False),
        pa.field("report_id", pa.string()),
    ]
)
"""A mark that many reports bear ("sketch" or "outline"), and the first of them that can be what others copy, null if none
can: whom a further bearer of it is compared with."""

NUMBERED = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("base", pa.string(), nullable=False),
        pa.field("turn", pa.string(), nullable=False),
    ]
)
"""What numbers incidents of one place and day: their common code, and what sorts them, the first to come in first."""

WEIGHT = pa.schema(
    [
        pa.field("side", pa.string(), nullable=False),
        pa.field("level", pa.string(), nullable=False),
        pa.field("log_odds", pa.float64(), nullable=False),
    ]
)
"""What a level of a side weighs in this project, where its own decisions taught it; no row while the shipped ones hold."""
