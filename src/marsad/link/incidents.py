"""Buckets to incidents: every step is linear in the claims, and no chain of near misses can merge two incidents.

Claims with a wider place join by number: the one incident that shares their number, day and country, else one another; a
claim without a number joins the lone incident of its province, or country, with its weapon. Copies follow what they
copy and decide nothing. Running totals and background numbers go beside the main incident of their report, where they
are shown and never counted.
"""

from collections.abc import Mapping

from marsad.link.buckets import BUCKET, UNDATED, WEEK
from marsad.model.schema import LINKED
from marsad.stage import Query, TableStage


def _linked(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give every claim its cluster; `bucket` is the prefix that BUCKETS left its tables under."""
    b, labels = tables["bucket"], tables["labels"]
    return [
        Query(
            f"""select s.place_key, s.day, coalesce(l.label, s.name) as cluster
                from (select distinct place_key, day, {BUCKET} as name from {b}_settled) s
                left join {labels} l on l.node = s.name""",
            f"{out}_bucket",
        ),
        *_attach_wider(b, labels, out),
        Query(
            f"""select o.claim_id, coalesce(x.cluster, y.cluster, w.cluster) as cluster
                from {b}_original o
                left join {out}_bucket x on o.reach = 1 and x.place_key = o.place_key
                     and x.day = o.day_from and o.day_from = o.day_to
                left join {b}_attached a on o.reach = 1 and a.place_key = o.place_key and a.report_id = o.report_id
                     and a.day_from = coalesce(o.day_from, {UNDATED}) and a.day_to = coalesce(o.day_to, {UNDATED})
                left join {out}_bucket y on y.place_key = a.place_key and y.day = a.day
                left join {out}_placed w on o.reach > 1 and w.report_id = o.report_id and w.place_key = o.place_key
                     and w.day_from = coalesce(o.day_from, {UNDATED}) and w.day_to = coalesce(o.day_to, {UNDATED})
                where o.original = o.claim_id and o.counts = 1""",
            f"{out}_own",
        ),
        Query(
            f"""select o.claim_id, o.report_id, w.cluster, case when o.original = o.claim_id then null else o.original end as of
                from {b}_original o join {out}_own w on w.claim_id = o.original""",
            f"{out}_told",
        ),
        Query(
            f"""select report_id, cluster from (
                    select report_id, cluster,
                           row_number() over (partition by report_id order by n desc, cluster) as place
                    from (select report_id, cluster, count(*) as n from {out}_told group by report_id, cluster) c) r
                where place = 1""",
            f"{out}_main",
        ),
        Query(
            f"""select claim_id, cluster, of from {out}_told
                union all
                select o.claim_id, m.cluster, case when o.original = o.claim_id then null else o.original end as of
                from {b}_original o join {out}_main m on m.report_id = o.report_id
                left join {out}_told t on t.claim_id = o.claim_id where t.claim_id is null""",
            out,
        ),
    ]


def _attach_wider(b: str, labels: str, out: str) -> list[Query]:
    """Return the queries that let claims with a wider place join an incident inside it: `{out}_placed`.

    A shared telling number on a shared day decides, where one incident alone shares most; without one, a lone incident
    of the same province, or country, and weapon on that day. Claims that share a number with one that joined follow it.
    """
    unit = "report_id, place_key, day_from, day_to"
    return [
        Query(
            f"""select distinct n.*, n.day_from + k.k as day from {b}_wide n cross join ({WEEK}) k
                where n.day_from > {UNDATED} and n.day_from + k.k <= n.day_to""",
            f"{out}_loose",
        ),
        Query(
            f"""select distinct s.day, s.figure, s.country, s.admin1, s.weapon, x.cluster
                from {b}_settled s join {out}_bucket x on x.place_key = s.place_key and x.day = s.day""",
            f"{out}_inside",
        ),
        Query(
            f"""select n.report_id, n.place_key, n.day_from, n.day_to, n.node, i.cluster, count(distinct i.figure) as shared
                from {out}_loose n join {out}_inside i on i.figure = n.figure and i.day = n.day
                where (n.country is null or i.country is null or i.country = n.country)
                  and (n.reach <> 2 or n.admin1 is null or i.admin1 is null or i.admin1 = n.admin1)
                group by n.report_id, n.place_key, n.day_from, n.day_to, n.node, i.cluster""",
            f"{out}_shared",
        ),
        Query(
            f"""select {unit}, node, min(cluster) as cluster, max(shared) as shared from (
                    select s.*, max(shared) over (partition by {unit}) as most from {out}_shared s) t
                where shared = most group by {unit}, node having count(*) = 1""",
            f"{out}_numbered",
        ),
        *_lone(out, unit),
        Query(
            f"""select node, cluster from (
                    select coalesce(l.label, n.node) as node, n.cluster,
                           row_number() over (partition by coalesce(l.label, n.node)
                                              order by n.shared desc, n.cluster) as place
                    from {out}_numbered n left join {labels} l on l.node = n.node) t where place = 1""",
            f"{out}_led",
        ),
        Query(
            f"""select distinct n.report_id, n.place_key, n.day_from, n.day_to,
                       coalesce(u.cluster, f.cluster, o.cluster, l.label, n.node) as cluster
                from {b}_wide n left join {labels} l on l.node = n.node
                left join {out}_led f on f.node = coalesce(l.label, n.node)
                left join {out}_numbered u on u.report_id = n.report_id and u.place_key = n.place_key
                     and u.day_from = n.day_from and u.day_to = n.day_to
                left join {out}_only o on o.report_id = n.report_id and o.place_key = n.place_key
                     and o.day_from = n.day_from and o.day_to = n.day_to""",
            f"{out}_placed",
        ),
    ]


def _lone(out: str, unit: str) -> list[Query]:
    """Return the queries that find, for wider claims, the one incident of their province or country with their weapon."""
    ends = "min(cluster) as first_one, max(cluster) as last_one"
    return [
        Query(
            f"""select day, country, '' as admin1, {ends} from {out}_inside where country is not null group by day, country
                union all
                select day, country, admin1, {ends} from {out}_inside
                where country is not null and admin1 is not null group by day, country, admin1""",
            f"{out}_area",
        ),
        Query(
            f"""select n.report_id, n.place_key, n.day_from, n.day_to, min(a.first_one) as cluster
                from (select distinct {unit}, day, country,
                             case when reach = 3 then '' else admin1 end as admin1 from {out}_loose where reach <= 3) n
                join {out}_area a on a.day = n.day and a.country = n.country and a.admin1 = n.admin1
                group by n.report_id, n.place_key, n.day_from, n.day_to
                having min(a.first_one) = max(a.last_one)""",
            f"{out}_alone",
        ),
        Query(
            f"""select distinct a.report_id, a.place_key, a.day_from, a.day_to, a.cluster from {out}_alone a
                join {out}_loose n on n.report_id = a.report_id and n.place_key = a.place_key
                     and n.day_from = a.day_from and n.day_to = a.day_to
                join {out}_inside i on i.cluster = a.cluster and i.day = n.day and i.weapon = n.weapon""",
            f"{out}_only",
        ),
    ]


LINKING = TableStage("linking", "1", ("bucket", "labels"), LINKED, _linked)
