"""Reports that are for some eyes alone: said in the ledger, and, on a team's server, kept to by the server itself."""

from datetime import datetime

from marsad.model import ReportId, Wrong
from marsad.model.restricted import EVERYBODY, Restriction, checked_circle
from marsad.pipeline.ledgering import append
from marsad.preserve.ledger import RandomBytes
from marsad.store.kept import Kept
from marsad.store.kept_rows import restriction_of, restriction_row


def restrict(
    kept: Kept, report_id: ReportId, circle: str, actor: str, reason: str, now: datetime, random_bytes: RandomBytes
) -> Restriction:
    """Keep that a report is for this circle alone from now on, or (`EVERYBODY`) for all again; return what was kept.

    What stands already is not said again. Raises Wrong for a report that is not kept, or not to be seen by who asks.
    """
    checked_circle(circle)
    for part, value in (("--actor", actor), ("--reason", reason)):
        if not value.strip():
            raise Wrong(part, value, "is empty", "say who restricts it, by pseudonym, and why")
    with kept.write() as writing:
        if writing.report(report_id) is None:
            raise Wrong("report", report_id, "is not kept here", "take its id from `marsad why` or `marsad add --json`")
        stood = writing.restrictions().get(report_id)
        version = 0 if stood is None else int(stood["version"])
        made = Restriction(report_id, version + 1, circle, actor, reason, now)
        if (EVERYBODY if stood is None else stood["circle"]) == circle:
            return made if stood is None else restriction_of(stood)
        append(writing, [("restriction", restriction_row(made))], actor, now, random_bytes)
    return made
