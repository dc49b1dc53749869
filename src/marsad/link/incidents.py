"""Tellings that belong together to incidents: which incident each claim speaks of, and whose words it copies.

Copies follow what they copy and decide nothing. Running totals and background numbers go beside the main incident of
their report, where they are shown and never counted.
"""

from collections.abc import Mapping

from marsad.link.originals import originals
from marsad.link.tellings import UNPRINTED
from marsad.model.schema import EDGE
from marsad.model.schema_linking import FACET, LINKED
from marsad.stage import Query, TableStage


def told(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that leave `{out}_original` (what each claim copies) and `{out}`: the claims that tell of incidents."""
    columns = ", ".join(f'o."{field.name}"' for field in FACET)
    return [
        *originals(tables, out),
        Query(
            f"""select {columns}, coalesce(r.day, {UNPRINTED}) as rank, r.day as printed
                from {out}_original o join {tables["report"]} r on r.report_id = o.report_id
                where o.original = o.claim_id and o.counts = 1""",
            out,
        ),
    ]


def _bonds(tables: Mapping[str, str], out: str) -> list[Query]:
    return [Query(f"select a, b from {tables['pair']} where log_odds > {tables['cut']}", out)]


BONDS = TableStage("bonds", "1", ("pair", "cut"), EDGE, _bonds)
"""The pairs that hold tellings together plausibly: `cut` is the least log odds, as a number."""


def knots(pair: str, labels: str, out: str) -> list[Query]:
    """Return the queries that put every pair inside a component under its name.

    One side after the other: asked at once, an engine may join the labels with one another first, and a component of 8,000
    has 64 million pairs of nodes.
    """
    rest = "p.a, p.b, p.report_a, p.report_b, p.log_odds, p.silent, p.loose_a, p.loose_b"
    return [
        Query(f"select l.label as knot, {rest} from {pair} p join {labels} l on l.node = p.a", f"{out}_ahead"),
        Query(
            f"select p.knot, {rest} from {out}_ahead p join {labels} m on m.node = p.b and m.label = p.knot",
            out,
        ),
    ]


def _linked(tables: Mapping[str, str], out: str) -> list[Query]:
    original, telling, grouped = tables["original"], tables["claim_telling"], tables["grouped"]
    of = "case when o.original = o.claim_id then null else o.original end"
    return [
        Query(
            f"""select t.claim_id, coalesce(g.cluster, t.telling_id) as cluster
                from {telling} t left join {grouped} g on g.telling_id = t.telling_id""",
            f"{out}_own",
        ),
        Query(
            f"""select o.claim_id, o.report_id, w.cluster, {of} as of
                from {original} o join {out}_own w on w.claim_id = o.original""",
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
                select o.claim_id, m.cluster, {of} as of
                from {original} o join {out}_main m on m.report_id = o.report_id
                left join {out}_told t on t.claim_id = o.claim_id where t.claim_id is null""",
            out,
        ),
    ]


LINKING = TableStage("linking", "2", ("original", "claim_telling", "grouped"), LINKED, _linked)
