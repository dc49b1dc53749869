"""Which reports reprint one another: twins have the same words, families share at least half of their marks.

A report is compared with the earliest bearers of its marks alone, so the work grows with the number of marks and not
with the square of a wire story's outlets. Twins enter the comparison as one, so that another copy changes nothing.

A run of words first printed long before is background that an agency puts under every story: two reports that share it and
little else are no copies.
"""

from collections.abc import Mapping

from marsad.model.schema import COPY, EDGE
from marsad.stage import Query, TableStage

WINDOW = 14
"""Days after which a run of words is background, and counts neither for nor against anybody."""

NEARLY_ALL = 0.9
"""The share of all its marks, old or not, from which a report is a copy at any time."""

SLICES = 16
"""Parts in which the marks that two reports share are counted, so that a million reports need no more memory than 2 GB."""

LEAST = 6
"""Marks of its own day that a report of many marks must share: the few that background leaves prove nothing."""


def _twins(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give every report the earliest one with the same words.

    An outlet that prints the same words on another day is not copying itself: "two were killed in Duma on Tuesday" is
    news each time. Whoever else prints them copies the latest such report before him. `report` needs the columns
    report_id, outlet, published and rank (earliest first).
    """
    sketch, report = tables["sketch"], tables["report"]
    return [
        Query(
            f"""select s.mark, r.report_id, r.outlet, r.published, r.rank
                from {sketch} s join {report} r on r.report_id = s.report_id where s.mark < 0""",
            f"{out}_words",
        ),
        Query(
            f"""select w.mark, min(w.rank) as rank
                from {out}_words w
                join (select mark, min(rank) as rank from {out}_words group by mark) e on e.mark = w.mark
                join {out}_words f on f.rank = e.rank and f.mark = e.mark
                where w.outlet = f.outlet group by w.mark, w.published""",
            f"{out}_founder",
        ),
        Query(
            f"""select w.report_id, w.rank, max(f.rank) as leader
                from {out}_words w join {out}_founder f on f.mark = w.mark and f.rank <= w.rank
                group by w.report_id, w.rank""",
            f"{out}_led",
        ),
        Query(
            f"""select r.report_id, coalesce(t.report_id, r.report_id) as leader
                from {report} r left join {out}_led l on l.rank = r.rank left join {report} t on t.rank = l.leader""",
            out,
        ),
    ]


TWINS = TableStage("twins", "1", ("sketch", "report"), COPY, _twins)


def _near(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that pair each report with the one before it that shares most of its marks, and half at least."""
    sketch, report, twin = tables["sketch"], tables["report"], tables["twin"]
    shared = " union all ".join(f"select * from {out}_shared{k}" for k in range(SLICES))
    return [
        Query(
            f"""select s.mark, r.rank, r.day from {sketch} s join {twin} t on t.report_id = s.report_id
                join {report} r on r.report_id = s.report_id where t.leader = s.report_id and s.mark >= 0""",
            f"{out}_ranked",
        ),
        Query(f"select mark, min(rank) as leader from {out}_ranked group by mark", f"{out}_leader"),
        Query(
            f"""select s.mark, s.rank, l.leader, case when s.day - f.day > {WINDOW} then 0 else 1 end as fresh
                from {out}_ranked s join {out}_leader l on l.mark = s.mark join {report} f on f.rank = l.leader""",
            f"{out}_led",
        ),
        Query(f"select rank, count(*) as size, sum(fresh) as fresh from {out}_led group by rank", f"{out}_size"),
        Query(f"select distinct rank, leader from {out}_led where leader < rank", f"{out}_pair"),
        Query(
            f"""select r.mark, r.rank from {out}_ranked r
                join (select distinct leader from {out}_pair) l on l.leader = r.rank""",
            f"{out}_leading",
        ),
        *(
            Query(
                f"""select p.rank, p.leader, count(*) as shared, sum(s.fresh) as fresh
                    from (select * from {out}_pair where rank % {SLICES} = {k}) p
                    join (select * from {out}_led where rank % {SLICES} = {k}) s on s.rank = p.rank
                    join {out}_leading l on l.rank = p.leader and l.mark = s.mark
                    group by p.rank, p.leader""",
                f"{out}_shared{k}",
            )
            for k in range(SLICES)
        ),
        Query(
            f"""select b.report_id as a, r.report_id as b from (
                    select p.rank, p.leader,
                           row_number() over (partition by p.rank order by p.shared desc, p.leader) as place
                    from ({shared}) p join {out}_size z on z.rank = p.rank
                    where p.shared >= {NEARLY_ALL} * z.size
                       or (p.fresh * 2 >= z.fresh and (p.fresh >= {LEAST} or p.fresh * 2 >= z.size))) t
                join {report} b on b.rank = t.rank join {report} r on r.rank = t.leader
                where t.place = 1""",
            out,
        ),
    ]


NEAR = TableStage("near", "2", ("sketch", "report", "twin"), EDGE, _near)


def _families(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give every report the earliest of its family, itself where it has no family."""
    report, twin, labels = tables["report"], tables["twin"], tables["labels"]
    return [
        Query(
            f"""select t.report_id, r.rank, coalesce(l.label, t.leader) as family
                from {twin} t join {report} r on r.report_id = t.report_id
                left join {labels} l on l.node = t.leader""",
            f"{out}_member",
        ),
        Query(f"select family, min(rank) as rank from {out}_member group by family", f"{out}_first"),
        Query(
            f"""select m.report_id, r.report_id as leader from {out}_member m
                join {out}_first f on f.family = m.family join {report} r on r.rank = f.rank""",
            out,
        ),
    ]


FAMILIES = TableStage("families", "1", ("report", "twin", "labels"), COPY, _families)
