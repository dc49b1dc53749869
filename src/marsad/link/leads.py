"""Whom a report's common marks lead to: the first bearer of each mark that many reports have.

A mark that few bear leads to the first of those few; of a paragraph of background that thousands of reports carry, the first
is written down, so that one more bearer need not look at them all.
"""

from collections.abc import Mapping

from marsad.model.schema_state import LEAD
from marsad.stage import Query, TableStage

MANY = 50
"""Bearers from which on (more than so many) the first is written down."""


def _leads(tables: Mapping[str, str], out: str) -> list[Query]:
    sketch, outline, report, copy = (tables[name] for name in ("sketch", "outline", "report", "copy"))
    return [
        Query(
            f"""select s.mark, min(r.rank) as rank from {sketch} s join {report} r on r.report_id = s.report_id
                where s.mark >= 0 group by s.mark having count(*) > {MANY}""",
            f"{out}_sketch",
        ),
        Query(
            f"""select s.mark, min(case when c.leader = s.report_id and r.day is not null then r.rank end) as rank
                from {outline} s join {report} r on r.report_id = s.report_id join {copy} c on c.report_id = s.report_id
                group by s.mark having count(*) > {MANY}""",
            f"{out}_outline",
        ),
        Query(
            f"""select 'sketch' as kind, l.mark, r.report_id from {out}_sketch l join {report} r on r.rank = l.rank
                union all
                select 'outline' as kind, l.mark, r.report_id from {out}_outline l
                left join {report} r on r.rank = l.rank""",
            out,
        ),
    ]


LEADING = TableStage("leads", "1", ("sketch", "outline", "report", "copy"), LEAD, _leads)
