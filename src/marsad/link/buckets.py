"""Claims sorted by place and day: the first half of linking, from single claims to groups that may be one incident.

A settlement and a day make a bucket. Claims dated to an interval go to the bucket inside it that shares a number, else
to the latest one. Two neighbouring days in one settlement are paired only if they share a telling number, no report
tells them apart, and no third day beside them shares it: a town that loses three people every day is not one incident.
Claims with a wider place stand by themselves, paired where they share a telling number, a day and a country.

The SQL is what DuckDB, Spark, PostgreSQL and SQLite all speak; where a name for a bucket is made, `||` makes it.
"""

from collections.abc import Mapping

from marsad.link.originals import originals
from marsad.model.schema import EDGE
from marsad.stage import Query, TableStage

WEEK = " union all ".join(f"select {k} as k" for k in range(7))
"""The days that an interval may reach on from its first, as a table k(k)."""

UNDATED = 0
"""Stands for a day that is not known; no day is below 1."""


def _text(number: str) -> str:
    return f"cast({number} as varchar(20))"


BUCKET = "place_key || '#' || " + _text("day")
_ALONE = f"'?' || report_id || '#' || place_key || '#' || {_text('day_from')} || '-' || {_text('day_to')}"
"""What a report's claims without a settlement go under: a name of their own."""


def _bucketed(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that sort original claims into buckets and pair the buckets to be merged.

    Makes `{out}` (edges between buckets) and leaves `{out}_original`, `{out}_node`, `{out}_attached`, `{out}_settled`
    and `{out}_wide` for LINKING.
    """
    return [
        *originals(tables, out),
        Query(
            f"""select distinct report_id, place_key, country, admin1, reach, coalesce(day_from, {UNDATED}) as day_from,
                       coalesce(day_to, {UNDATED}) as day_to, figure, perpetrator, weapon
                from {out}_original where original = claim_id and counts = 1""",
            f"{out}_node",
        ),
        Query(
            f"""select distinct place_key, day_from as day, figure, report_id, country, admin1, weapon
                from {out}_node where reach = 1 and day_from = day_to and day_from > {UNDATED}""",
            f"{out}_exact",
        ),
        Query(f"select distinct place_key, day from {out}_exact", f"{out}_days"),
        *_attach_intervals(out),
        Query(
            f"""select place_key, day, figure, report_id, country, admin1, weapon from {out}_exact
                union select n.place_key, a.day, n.figure, n.report_id, n.country, n.admin1, n.weapon
                from {out}_node n join {out}_attached a on a.place_key = n.place_key
                     and a.report_id = n.report_id and a.day_from = n.day_from and a.day_to = n.day_to
                where n.reach = 1""",
            f"{out}_settled",
        ),
        *_neighbours(out),
        *_wide(out),
        Query(
            f"""select a.place_key || '#' || {_text("a.day")} as a, a.place_key || '#' || {_text("a.next_day")} as b
                from {out}_adjacent a
                union select place_key || '#' || {_text("day")}, place_key || '#' || {_text("first_day")} from {out}_drift
                union select node, hub from {out}_same""",
            out,
        ),
    ]


def _attach_intervals(out: str) -> list[Query]:
    """Return the queries that put claims dated to an interval into a day: `{out}_attached`."""
    return [
        Query(
            f"""select distinct place_key, report_id, day_from, day_to from {out}_node
                where reach = 1 and not (day_from = day_to and day_from > {UNDATED})""",
            f"{out}_loose",
        ),
        Query(
            f"""select l.place_key, l.report_id, l.day_from, l.day_to, d.day, count(distinct e.figure) as shared
                from {out}_loose l
                join {out}_days d on d.place_key = l.place_key and d.day >= l.day_from and d.day <= l.day_to
                left join {out}_node n on n.place_key = l.place_key and n.report_id = l.report_id
                     and n.day_from = l.day_from and n.day_to = l.day_to
                left join {out}_exact e on e.place_key = d.place_key and e.day = d.day and e.figure = n.figure
                group by l.place_key, l.report_id, l.day_from, l.day_to, d.day""",
            f"{out}_offers",
        ),
        Query(
            f"""select l.place_key, l.report_id, l.day_from, l.day_to, coalesce(o.day, l.day_to) as day,
                       case when o.day is null then 1 else 0 end as afloat
                from {out}_loose l left join (
                    select place_key, report_id, day_from, day_to, day,
                           row_number() over (partition by place_key, report_id, day_from, day_to
                                              order by shared desc, day desc) as place from {out}_offers) o
                  on o.place_key = l.place_key and o.report_id = l.report_id
                 and o.day_from = l.day_from and o.day_to = l.day_to and o.place = 1""",
            f"{out}_attached",
        ),
    ]


def _neighbours(out: str) -> list[Query]:
    """Return the queries that pair days of one settlement which are one incident: `{out}_adjacent` and `{out}_drift`.

    `drift` is for claims whose interval holds no dated claim: those that share a number join the first whose last day
    their interval holds, and only a first one, so that a daily toll does not run together.
    """
    return [
        Query(f"select distinct place_key, day, figure from {out}_settled where figure is not null", f"{out}_telling"),
        Query(
            f"""select a.place_key, a.figure, a.day, a.day + 1 as next_day from {out}_telling a
                join {out}_telling b on b.place_key = a.place_key and b.figure = a.figure and b.day = a.day + 1""",
            f"{out}_alike",
        ),
        Query(
            f"""select a.place_key, a.day from {out}_settled a join {out}_settled b
                  on b.place_key = a.place_key and b.day = a.day + 1 and b.report_id = a.report_id
                group by a.place_key, a.day""",
            f"{out}_apart",
        ),
        Query(
            f"""select distinct p.place_key, p.day, p.next_day from {out}_alike p
                left join {out}_apart q on q.place_key = p.place_key and q.day = p.day
                left join {out}_alike e on e.place_key = p.place_key and e.figure = p.figure and e.next_day = p.day
                left join {out}_alike l on l.place_key = p.place_key and l.figure = p.figure and l.day = p.next_day
                where q.day is null and e.day is null and l.day is null""",
            f"{out}_joined",
        ),
        Query(
            f"""select p.place_key, p.day, p.next_day from {out}_joined p
                left join {out}_joined e on e.place_key = p.place_key and e.next_day = p.day
                where e.day is null""",
            f"{out}_adjacent",
        ),
        Query(
            f"""select distinct n.place_key, n.figure, n.day_from, n.day_to
                from {out}_node n join {out}_attached a on a.place_key = n.place_key and a.report_id = n.report_id
                     and a.day_from = n.day_from and a.day_to = n.day_to
                where n.reach = 1 and a.afloat = 1 and n.figure is not null and n.day_from > {UNDATED}""",
            f"{out}_afloat",
        ),
        Query(
            f"""select a.place_key, a.figure, a.day_to as day, min(b.day_to) as first_day
                from {out}_afloat a cross join ({WEEK}) k
                join {out}_afloat b on b.place_key = a.place_key and b.figure = a.figure and b.day_to = a.day_from + k.k
                where a.day_from + k.k <= a.day_to group by a.place_key, a.figure, a.day_to""",
            f"{out}_back",
        ),
        Query(
            f"""select distinct d.place_key, d.day, d.first_day from {out}_back d
                join {out}_back f on f.place_key = d.place_key and f.figure = d.figure and f.day = d.first_day
                left join {out}_back g on g.place_key = d.place_key and g.day = d.first_day and g.first_day < g.day
                where d.first_day < d.day and f.first_day = f.day and g.day is null""",
            f"{out}_drift",
        ),
    ]


def _wide(out: str) -> list[Query]:
    """Return the queries that name what claims without a settlement go under, and pair those that share a number.

    One without a country joins those of the one country that share its number. Claims of one day from a place of one name
    belong together although the gazetteer does not know it.
    """
    return [
        Query(
            f"""select distinct {_ALONE} as node, report_id, place_key, country, admin1, reach, day_from, day_to,
                       figure, weapon from {out}_node where reach > 1""",
            f"{out}_wide",
        ),
        Query(
            f"""select w.node, h.hub from {out}_wide w join (
                    select coalesce(country, '') as country, day_to, figure, min(node) as hub from {out}_wide
                    where figure is not null and day_to > {UNDATED}
                    group by coalesce(country, ''), day_to, figure) h
                  on h.country = coalesce(w.country, '') and h.day_to = w.day_to and h.figure = w.figure
                where w.node <> h.hub
                union
                select w.node, h.hub from {out}_wide w join (
                    select day_to, figure, min(node) as hub from {out}_wide
                    where figure is not null and day_to > {UNDATED} and country is not null
                    group by day_to, figure having min(country) = max(country)) h
                  on h.day_to = w.day_to and h.figure = w.figure
                where w.country is null
                union
                select w.node, h.hub from {out}_wide w join (
                    select place_key, day_to, min(node) as hub from {out}_wide
                    where place_key like '~%' and day_to > {UNDATED} group by place_key, day_to) h
                  on h.place_key = w.place_key and h.day_to = w.day_to
                where w.node <> h.hub""",
            f"{out}_same",
        ),
    ]


BUCKETS = TableStage("buckets", "1", ("facet", "said", "report", "copy", "twin"), EDGE, _bucketed)
