"""Claims to incidents, by joins: every step is linear in the claims, and no chain of near misses can merge two incidents.

A settlement and a day make a bucket. Claims dated to an interval go to the bucket inside it that shares a number, else
to the latest one. Two neighbouring days in one settlement are one incident only if they share a telling number and no
report tells them apart. Claims with a wider place join the incident that shares their number, day and country.
Copies follow what they copy and decide nothing. Running totals and background numbers go beside the main incident of
their report, where they are shown and never counted.
"""

from collections.abc import Mapping

from marsad.model.schema import EDGE, LINKED
from marsad.stage import Query, TableStage

_WEEK = " union all ".join(f"select {k} as k" for k in range(7))


def _bucketed(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that sort original claims into buckets and pair neighbouring buckets to be merged.

    Makes `{out}` (edges between buckets) and leaves `{out}_original`, `{out}_bucket` and `{out}_settled` for `linked`.
    """
    facet, report, copy = tables["facet"], tables["report"], tables["copy"]
    return [
        Query(
            f"""select f.*, c.leader, r.rank,
                       row_number() over (partition by f.report_id, f.signature order by f.start) as turn
                from {facet} f join {report} r on r.report_id = f.report_id
                               join {copy} c on c.report_id = f.report_id""",
            f"{out}_facet",
        ),
        Query(
            f"""select f.*, first_value(f.claim_id) over (
                           partition by f.leader, f.signature, f.turn order by f.rank, f.claim_id) as original
                from {out}_facet f""",
            f"{out}_original",
        ),
        Query(
            f"""select distinct report_id, place_key, country, admin1, reach,
                       coalesce(day_from, -1) as day_from, coalesce(day_to, -1) as day_to, figure, perpetrator, weapon
                from {out}_original where original = claim_id and counts = 1""",
            f"{out}_node",
        ),
        Query(
            f"""select distinct place_key, day_from as day, figure, report_id, country, admin1, perpetrator, weapon
                from {out}_node where reach = 1 and day_from = day_to and day_from >= 0""",
            f"{out}_exact",
        ),
        Query(f"select distinct place_key, day from {out}_exact", f"{out}_days"),
        *_attach_intervals(out),
        Query(
            f"""select e.place_key, e.day, e.figure, e.report_id, e.country, e.admin1, e.perpetrator, e.weapon
                from {out}_exact e
                union select n.place_key, a.day, n.figure, n.report_id, n.country, n.admin1, n.perpetrator, n.weapon
                from {out}_node n join {out}_attached a on a.place_key = n.place_key
                     and a.report_id = n.report_id and a.day_from = n.day_from and a.day_to = n.day_to
                where n.reach = 1""",
            f"{out}_settled",
        ),
        Query(
            f"""select a.place_key, a.day, b.day as next_day from
                (select distinct place_key, day, figure from {out}_settled where figure is not null) a
                join (select distinct place_key, day, figure from {out}_settled where figure is not null) b
                  on b.place_key = a.place_key and b.day = a.day + 1 and b.figure = a.figure
                group by a.place_key, a.day, b.day""",
            f"{out}_alike",
        ),
        Query(
            f"""select a.place_key, a.day from {out}_settled a join {out}_settled b
                  on b.place_key = a.place_key and b.day = a.day + 1 and b.report_id = a.report_id
                group by a.place_key, a.day""",
            f"{out}_apart",
        ),
        Query(
            f"""select concat(p.place_key, '#', cast(p.day as string)) as a,
                       concat(p.place_key, '#', cast(p.next_day as string)) as b
                from {out}_alike p left join {out}_apart q on q.place_key = p.place_key and q.day = p.day
                where q.day is null""",
            out,
        ),
    ]


def _attach_intervals(out: str) -> list[Query]:
    """Return the queries that put claims dated to an interval into a day: `{out}_attached`."""
    return [
        Query(
            f"""select distinct place_key, report_id, day_from, day_to from {out}_node
                where reach = 1 and not (day_from = day_to and day_from >= 0)""",
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
            f"""select l.place_key, l.report_id, l.day_from, l.day_to, coalesce(o.day, l.day_to) as day
                from {out}_loose l left join (
                    select *, row_number() over (partition by place_key, report_id, day_from, day_to
                                                 order by shared desc, day desc) as place from {out}_offers) o
                  on o.place_key = l.place_key and o.report_id = l.report_id
                 and o.day_from = l.day_from and o.day_to = l.day_to and o.place = 1""",
            f"{out}_attached",
        ),
    ]


BUCKETS = TableStage("buckets", "1", ("facet", "report", "copy"), EDGE, _bucketed)


def _linked(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give every claim its cluster; `bucket` is the prefix that BUCKETS left its tables under."""
    b, labels = tables["bucket"], tables["labels"]
    return [
        Query(
            f"""select s.place_key, s.day, coalesce(l.label, concat(s.place_key, '#', cast(s.day as string))) as cluster
                from (select distinct place_key, day from {b}_settled) s
                left join {labels} l on l.node = concat(s.place_key, '#', cast(s.day as string))""",
            f"{out}_bucket",
        ),
        *_attach_wider(b, out),
        Query(
            f"""select o.claim_id, case
                  when o.reach = 1 then coalesce(x.cluster, y.cluster)
                  else coalesce(w.cluster, concat('?', coalesce(o.country, ''), '/', coalesce(o.admin1, ''), '#',
                                                  cast(coalesce(o.day_to, -1) as string))) end as cluster
                from {b}_original o
                left join {out}_bucket x on x.place_key = o.place_key and x.day = o.day_from and o.day_from = o.day_to
                left join {b}_attached a on a.place_key = o.place_key and a.report_id = o.report_id
                     and a.day_from = coalesce(o.day_from, -1) and a.day_to = coalesce(o.day_to, -1)
                left join {out}_bucket y on y.place_key = a.place_key and y.day = a.day
                left join {out}_wide w on w.report_id = o.report_id and w.place_key = o.place_key
                     and w.day_from = coalesce(o.day_from, -1) and w.day_to = coalesce(o.day_to, -1)
                where o.original = o.claim_id and o.counts = 1""",
            f"{out}_own",
        ),
        Query(
            f"""select o.claim_id, w.cluster, case when o.original = o.claim_id then null else o.original end as of
                from {b}_original o join {out}_own w on w.claim_id = o.original where w.cluster is not null""",
            f"{out}_told",
        ),
        Query(
            f"""select report_id, cluster from (
                    select report_id, cluster, row_number() over (partition by report_id order by n desc, cluster) as place
                    from (select o.report_id, t.cluster, count(*) as n
                          from {out}_told t join {b}_original o on o.claim_id = t.claim_id
                          group by o.report_id, t.cluster) c) r
                where place = 1""",
            f"{out}_main",
        ),
        Query(
            f"""select claim_id, cluster, of from {out}_told
                union all
                select o.claim_id, m.cluster, case when o.original = o.claim_id then null else o.original end as of
                from {b}_original o join {out}_main m on m.report_id = o.report_id where o.counts = 0""",
            out,
        ),
    ]


def _attach_wider(b: str, out: str) -> list[Query]:
    """Return the queries that let claims with a wider place join an incident inside it: `{out}_wide`.

    A shared telling number on a shared day decides; without one, a lone incident of the same province, or country, and
    weapon on that day.
    """
    return [
        Query(
            f"""select distinct n.report_id, n.place_key, n.day_from, n.day_to, n.reach, n.country, n.admin1,
                       n.figure, n.weapon, n.day_from + k.k as day
                from {b}_node n cross join ({_WEEK}) k
                where n.reach > 1 and n.day_from >= 0 and n.day_from + k.k <= n.day_to""",
            f"{out}_loose",
        ),
        Query(
            f"""select distinct s.place_key, s.day, s.figure, s.country, s.admin1, s.weapon, x.cluster
                from {b}_settled s join {out}_bucket x on x.place_key = s.place_key and x.day = s.day""",
            f"{out}_inside",
        ),
        Query(
            f"""select n.report_id, n.place_key, n.day_from, n.day_to, i.cluster, count(distinct i.figure) as shared
                from {out}_loose n join {out}_inside i on i.figure = n.figure and i.day = n.day
                where (n.country is null or i.country is null or i.country = n.country)
                  and (n.reach <> 2 or n.admin1 is null or i.admin1 is null or i.admin1 = n.admin1)
                group by n.report_id, n.place_key, n.day_from, n.day_to, i.cluster""",
            f"{out}_shared",
        ),
        Query(
            f"""select n.report_id, n.place_key, n.day_from, n.day_to, min(i.cluster) as cluster,
                       count(distinct i.cluster) as clusters, max(case when i.weapon = n.weapon then 1 else 0 end) as alike
                from {out}_loose n join (select distinct cluster, day, country, admin1, weapon from {out}_inside) i
                  on i.country = n.country and i.day = n.day
                where n.reach = 3 or i.admin1 = n.admin1
                group by n.report_id, n.place_key, n.day_from, n.day_to""",
            f"{out}_only",
        ),
        Query(
            f"""select report_id, place_key, day_from, day_to, cluster from (
                    select u.*, row_number() over (partition by report_id, place_key, day_from, day_to
                                                   order by shared desc, cluster) as place from (
                        select report_id, place_key, day_from, day_to, cluster, shared from {out}_shared
                        union all
                        select report_id, place_key, day_from, day_to, cluster, 0 as shared from {out}_only
                        where clusters = 1 and alike = 1) u) t
                where place = 1""",
            f"{out}_wide",
        ),
    ]


LINKING = TableStage("linking", "1", ("bucket", "labels"), LINKED, _linked)
