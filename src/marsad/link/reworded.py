"""Which reports tell an earlier one again in other words: by the share of their outlines' marks, through joins alone.

A report is compared with the earliest bearers of its marks, if they were printed within WINDOW days before it. A paragraph of
background that an agency puts under every story was first printed longer ago than that, soon enough: its marks then count
neither for nor against anybody. Twins and families (link/copies.py) enter as one, so that another copy changes nothing.
"""

from collections.abc import Mapping

from marsad.model.schema import REWORDED
from marsad.stage import Query, TableStage

WINDOW = 14
"""Days within which a story is told again."""
LEAST_SHARED = 4
"""Marks in common below which nothing is said."""
PROBABILITY = ((0.75, 0.99), (0.5, 0.95))
"""How surely a report with at least this share of its marks in common tells the other again. Measured on made-up reports by
`python -m benchmarks.copies`: precision there is above these."""


def _reworded(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give reports the earlier one that they tell again. `report` needs a column `day`.

    Only leaders of families are compared: what copies the words of another report is that one's copy already.
    """
    outline, report, copy = tables["outline"], tables["report"], tables["copy"]
    # e0 makes a float of a number in SQL; as a decimal, engines turn it into floats that differ in the last digit.
    sure, fair = PROBABILITY
    return [
        Query(
            f"""select s.mark, r.rank, r.day from {outline} s join {copy} c on c.report_id = s.report_id
                join {report} r on r.report_id = s.report_id where c.leader = s.report_id and r.day is not null""",
            f"{out}_ranked",
        ),
        Query(f"select mark, min(rank) as leader from {out}_ranked group by mark", f"{out}_leader"),
        Query(
            f"""select s.mark, s.rank, l.leader from {out}_ranked s join {out}_leader l on l.mark = s.mark
                join {report} f on f.rank = l.leader where s.day - f.day <= {WINDOW}""",
            f"{out}_fresh",
        ),
        Query(f"select rank, count(*) as size from {out}_fresh group by rank", f"{out}_size"),
        Query(f"select distinct rank, leader from {out}_fresh where leader < rank", f"{out}_pair"),
        Query(
            f"""select p.rank, p.leader, count(*) as shared from {out}_pair p
                join {out}_fresh s on s.rank = p.rank
                join {out}_fresh l on l.rank = p.leader and l.mark = s.mark
                group by p.rank, p.leader""",
            f"{out}_shared",
        ),
        Query(
            f"""select b.report_id, r.report_id as leader, t.probability from (
                    select p.rank, p.leader,
                           case when p.shared >= z.size * {sure[0]} then {sure[1]}e0 else {fair[1]}e0 end as probability,
                           row_number() over (partition by p.rank order by p.shared desc, p.leader) as place
                    from {out}_shared p join {out}_size z on z.rank = p.rank
                    where p.shared >= {LEAST_SHARED} and p.shared >= z.size * {fair[0]}) t
                join {report} b on b.rank = t.rank join {report} r on r.rank = t.leader
                where t.place = 1""",
            out,
        ),
    ]


REWORDING = TableStage("reworded", "1", ("outline", "report", "copy"), REWORDED, _reworded)
