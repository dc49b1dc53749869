"""Which reports repeat one another, by their marks: the stages that find copies and reworded copies, wired to an engine."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from marsad.link.components import components
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.reworded import REWORDING
from marsad.model import Report
from marsad.model.schema import COPY, REWORDED
from marsad.stage import Engine, drive, run_table


def copies_of(
    engine: Engine, reports: Sequence[Report], sketches: pa.Table, outlines: pa.Table
) -> tuple[pa.Table, pa.Table]:
    """Return the tables copy (schema COPY) and reworded (schema REWORDED) of these reports, and leave both registered.

    Also leaves `report`, the reports with their rank (earliest first: by day of print; on one day as they were received)
    and the order in which they came in, and `twin`.
    """
    ranked = sorted(reports, key=lambda r: (r.published or date.max, r.recorded_at, r.report_id))
    arrival = sorted(reports, key=lambda r: (r.recorded_at, r.published or date.max, r.report_id))
    received = {r.report_id: n for n, r in enumerate(arrival)}
    engine.register(
        "report",
        pa.table(
            {
                "report_id": pa.array([r.report_id for r in ranked], pa.string()),
                "rank": pa.array(range(len(ranked)), pa.int64()),
                "received": pa.array([received[r.report_id] for r in ranked], pa.int64()),
                "outlet": pa.array([r.outlet for r in ranked], pa.string()),
                "published": pa.array([r.published for r in ranked], pa.date32()),
                "day": pa.array([r.published and r.published.toordinal() for r in ranked], pa.int64()),
            }
        ),
    )
    engine.register("sketch", sketches)
    engine.register("outline", outlines)
    run_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")
    run_table(NEAR, engine, {"sketch": "sketch", "report": "report", "twin": "twin"}, "near")
    labels = drive(components("near", "family"), engine)
    copy = run_table(FAMILIES, engine, {"report": "report", "twin": "twin", "labels": labels}, "copy")
    reworded = run_table(REWORDING, engine, {"outline": "outline", "report": "report", "copy": "copy"}, "reworded")
    return copy.cast(COPY), reworded.cast(REWORDED)
