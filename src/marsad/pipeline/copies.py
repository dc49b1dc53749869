"""Which reports repeat one another, by their marks: the stages that find copies and reworded copies, wired to an engine."""

from collections.abc import Sequence
from datetime import date, datetime

import pyarrow as pa

from marsad.link.components import components
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.reworded import REWORDING
from marsad.model import Report, ReportId
from marsad.model.schema import COPY, REWORDED
from marsad.stage import Engine, drive, run_table
from marsad.store.instants import instant


def rank_key(report: Report) -> tuple[date, datetime, ReportId]:
    """Return what sorts reports, the earliest printed first; on one day as they were received."""
    return report.published or date.max, report.recorded_at, report.report_id


def turn_of(report: Report) -> str:
    """Return what sorts reports as text in the order in which they came in."""
    return "|".join((instant(report.recorded_at), str(report.published or date.max), report.report_id))


def copies_of(
    engine: Engine, reports: Sequence[Report], sketches: pa.Table, outlines: pa.Table
) -> tuple[pa.Table, pa.Table]:
    """Return the tables copy (schema COPY) and reworded (schema REWORDED) of these reports, and leave both registered.

    Also leaves `report`, the reports with their rank (earliest first: by day of print; on one day as they were received)
    and the order in which they came in, and `twin`.
    """
    register_reports(engine, reports)
    engine.register("sketch", sketches)
    engine.register("outline", outlines)
    copy = families(engine)
    reworded = run_table(REWORDING, engine, {"outline": "outline", "report": "report", "copy": "copy"}, "reworded")
    return copy.cast(COPY), reworded.cast(REWORDED)


def register_reports(engine: Engine, reports: Sequence[Report]) -> None:
    """Make the table `report` known: the reports with their rank and the order in which they came in."""
    ranked = sorted(reports, key=rank_key)
    arrival = sorted(reports, key=turn_of)
    received = {r.report_id: n for n, r in enumerate(arrival)}
    engine.register(
        "report",
        pa.table(
            {
                "report_id": pa.array([r.report_id for r in ranked], pa.string()),
                "rank": pa.array(range(len(ranked)), pa.int64()),
                "received": pa.array([received[r.report_id] for r in ranked], pa.int64()),
                "turn": pa.array([turn_of(r) for r in ranked], pa.string()),
                "outlet": pa.array([r.outlet for r in ranked], pa.string()),
                "published": pa.array([r.published for r in ranked], pa.date32()),
                "day": pa.array([r.published and r.published.toordinal() for r in ranked], pa.int64()),
            }
        ),
    )


def families(engine: Engine) -> pa.Table:
    """Return the table copy of the engine's reports and sketches; leaves `twin`, `near` and `copy`."""
    run_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")
    run_table(NEAR, engine, {"sketch": "sketch", "report": "report", "twin": "twin"}, "near")
    labels = drive(components("near", "family"), engine)
    return run_table(FAMILIES, engine, {"report": "report", "twin": "twin", "labels": labels}, "copy")
