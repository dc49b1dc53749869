"""Which reports reprint one another: families of texts that share at least half of their marks."""

from collections.abc import Mapping

from marsad.model.schema import COPY, EDGE
from marsad.stage import Query, TableStage


def _near(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that pair each report with the earliest report that shares half of its marks.

    Every mark has one leader, the earliest report that bears it, so the work grows with the number of marks and not
    with the square of a wire story's outlets. `report` needs columns report_id and rank (earliest first).
    """
    sketch, report = tables["sketch"], tables["report"]
    return [
        Query(
            f"select s.report_id, s.mark, r.rank from {sketch} s join {report} r on r.report_id = s.report_id",
            f"{out}_ranked",
        ),
        Query(f"select mark, min(rank) as leader from {out}_ranked group by mark", f"{out}_leader"),
        Query(f"select report_id, count(*) as size from {sketch} group by report_id", f"{out}_size"),
        Query(
            f"""select s.report_id, s.rank, l.leader, count(*) as shared
                from {out}_ranked s join {out}_leader l on l.mark = s.mark
                where l.leader < s.rank group by s.report_id, s.rank, l.leader""",
            f"{out}_shared",
        ),
        Query(
            f"""select t.report_id as a, r.report_id as b from (
                    select p.report_id, p.leader,
                           row_number() over (partition by p.report_id order by p.shared desc, p.leader) as place
                    from {out}_shared p join {out}_size z on z.report_id = p.report_id
                    where p.shared * 2 >= z.size) t
                join {report} r on r.rank = t.leader
                where t.place = 1""",
            out,
        ),
    ]


NEAR = TableStage("near", "1", ("sketch", "report"), EDGE, _near)


def _families(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give every report its family's leader, itself where it has no family."""
    report, labels = tables["report"], tables["labels"]
    return [
        Query(
            f"""select r.report_id, coalesce(l.label, r.report_id) as leader
                from {report} r left join {labels} l on l.node = r.report_id""",
            out,
        )
    ]


FAMILIES = TableStage("families", "1", ("report", "labels"), COPY, _families)
