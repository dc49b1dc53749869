"""Connected components as a loop over queries: it yields SQL and is sent one small number back, on any engine.

Source: Zhang, Azad, Buluç, Parallel algorithms for finding connected components using linear algebra (2020), FastSV.
"""

from collections.abc import Generator

from marsad.stage import Query, Rows


def components(edges: str, prefix: str) -> Generator[Query, Rows, str]:
    """Label every node of a graph with the smallest node it is connected to; return the table (node, label).

    `edges` names a table with text columns a and b; nodes without an edge do not appear. `prefix` begins the names of
    the tables it makes. Each round a node takes its label's label and the smallest such among its neighbours, and hands
    that on to its label, so that whole groups move at once: two thousand nodes in a row, in whatever order, are labelled
    in about a dozen rounds, a star in two.
    """
    links = f"{prefix}_links"
    yield Query(f"select a, b from {edges} union select b as a, a as b from {edges}", links)
    labels, turn = f"{prefix}_0", 0
    yield Query(f"select a as node, min(case when a < b then a else b end) as label from {links} group by a", labels)
    while True:
        turn += 1
        grand, near, following = f"{prefix}_grand_{turn}", f"{prefix}_near_{turn}", f"{prefix}_{turn}"
        yield Query(
            f"select o.node, o.label, j.label as grand from {labels} o join {labels} j on j.node = o.label", grand
        )
        yield Query(
            f"select l.a as node, min(g.grand) as low from {links} l join {grand} g on g.node = l.b group by l.a", near
        )
        yield Query(
            f"""select node, min(label) as label from (
                    select node, grand as label from {grand}
                    union all select node, low as label from {near}
                    union all select g.label as node, n.low as label from {grand} g join {near} n on n.node = g.node
                ) reached group by node""",
            following,
        )
        [(moved,)] = yield Query(
            f"select count(*) from {labels} o join {following} n on n.node = o.node where n.label <> o.label"
        )
        labels = following
        if moved == 0:
            return labels
