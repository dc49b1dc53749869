"""Connected components as a loop over queries: it yields SQL and is sent one small number back, on any engine."""

from collections.abc import Generator

from marsad.stage import Query, Rows


def components(edges: str, prefix: str) -> Generator[Query, Rows, str]:
    """Label every node of a graph with the smallest node it is connected to; return the table (node, label).

    `edges` names a table with text columns a and b; nodes without an edge do not appear. `prefix` begins the names of
    the tables it makes. Each round a node takes the smallest label among its neighbours and its label's label, so
    chains halve and stars end in two rounds.
    """
    links = f"{prefix}_links"
    yield Query(f"select a, b from {edges} union select b as a, a as b from {edges}", links)
    labels, turn = f"{prefix}_0", 0
    yield Query(f"select a as node, min(case when a < b then a else b end) as label from {links} group by a", labels)
    while True:
        turn += 1
        near, following = f"{prefix}_near_{turn}", f"{prefix}_{turn}"
        yield Query(
            f"""select l.a as node, min(n.label) as label
                from {links} l join {labels} n on n.node = l.b group by l.a""",
            near,
        )
        yield Query(
            f"""select m.node, case when j.label < m.label then j.label else m.label end as label
                from (select o.node, case when n.label < o.label then n.label else o.label end as label
                      from {labels} o join {near} n on n.node = o.node) m
                join {labels} j on j.node = m.label""",
            following,
        )
        [(moved,)] = yield Query(
            f"select count(*) from {labels} o join {following} n on n.node = o.node where n.label <> o.label"
        )
        labels = following
        if moved == 0:
            return labels
