"""What parties say of an incident: the row that ties a statement to it."""

import pyarrow as pa

SPOKEN = pa.schema(
    [
        pa.field("incident_id", pa.string(), nullable=False),
        pa.field("knowledge_id", pa.string(), nullable=False),
        pa.field("act", pa.string(), nullable=False),
        pa.field("party", pa.string(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
        pa.field("effect", pa.string()),
    ]
)
"""The statement `knowledge_id`, an `act` by `party`, is about the incident, as `why` tells; `effect` is the rule by which it
moves the grade (owned, rival, disowned), "denied" where it stands beside it, null where it bears on nothing."""
