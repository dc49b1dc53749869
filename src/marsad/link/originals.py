"""Which claim's words a claim copies: by joins over the reports that reprint one another."""

from collections.abc import Mapping

from marsad.stage import Query


def originals(tables: Mapping[str, str], out: str) -> list[Query]:
    """Return the queries that give every claim the claim whose words it copies, itself if it copies none.

    In a report with the very words of another one, a claim copies the one in the same spot, whatever day its own date
    is read from. In a family it copies the first that says the same of the same place, if their days can be the same.
    `said` has the facets of the claims as they were read: what a person corrects, its copies still copy.
    """
    said, report, copy, twin = tables["said"], tables["report"], tables["copy"], tables["twin"]
    return [
        Query(
            f"""select f.*, c.leader, t.leader as twin, r.rank,
                       row_number() over (partition by f.report_id, f.signature, f.place_key order by f.start) as turn
                from {said} f join {report} r on r.report_id = f.report_id
                              join {copy} c on c.report_id = f.report_id join {twin} t on t.report_id = f.report_id""",
            f"{out}_said",
        ),
        Query(
            f"""select f.claim_id, f.report_id, f.spot, f.day_from, f.day_to,
                       first_value(f.claim_id) over (partition by f.leader, f.signature, f.place_key, f.turn
                                                     order by f.rank, f.claim_id) as original
                from {out}_said f where f.twin = f.report_id""",
            f"{out}_first",
        ),
        Query(
            f"""select f.claim_id, f.report_id, f.spot,
                       case when f.day_from > o.day_to or f.day_to < o.day_from then f.claim_id
                            else f.original end as original
                from {out}_first f join {out}_first o on o.claim_id = f.original""",
            f"{out}_led",
        ),
        Query(
            f"""select f.*, coalesce(l.original, t.original, f.claim_id) as original
                from {tables["facet"]} f left join {out}_led l on l.claim_id = f.claim_id
                left join {out}_said s on s.claim_id = f.claim_id
                left join {out}_led t on t.report_id = s.twin and t.spot = s.spot""",
            f"{out}_original",
        ),
    ]
