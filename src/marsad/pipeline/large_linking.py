"""Claims to incidents and tolls over tables larger than memory: the stages of `derive`, each by the names of its tables.

What people decided is laid over them by `People`; what linking leaves open for people is made in `large_doubts`.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from marsad.assess.policy import Policy
from marsad.assess.stage import assessment
from marsad.link.components import components
from marsad.link.copies import FAMILIES, NEAR, TWINS
from marsad.link.describe import WEIGHING
from marsad.link.facets import FACETS
from marsad.link.incidents import BONDS, LINKING, knots, told
from marsad.link.leads import LEADING
from marsad.link.reworded import REWORDING
from marsad.link.stages import BLOCKS, GROUPS, PLAUSIBLE, pairing
from marsad.link.tellings import TELLINGS
from marsad.model.schema import FOLD, GRADING, INCIDENT, MEMBERSHIP, REJECTION
from marsad.model.schema_state import NUMBERED
from marsad.pipeline.flattening import CLAIMS, HANDS, STANDINGS, TOLLS
from marsad.pipeline.large_decided import People
from marsad.pipeline.taught import weight_rows
from marsad.pipeline.weighing import DOCKETED, EARLIEST, HEARD_BY_CLUSTER, NUMBERED_BY_TURN
from marsad.stage import LargeEngine, Nest, Query, drive, make_table, shaped

REPORT = pa.schema(
    [
        pa.field("report_id", pa.string()),
        pa.field("rank", pa.int64()),
        pa.field("received", pa.int64()),
        pa.field("turn", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("day", pa.int64()),
    ]
)
"""A report with its rank (earliest printed first), its place in the order of arrival, and its day as a number."""


def ranked(engine: LargeEngine) -> None:
    """Make `report` of `arrived`: ranks are counted within a day, on top of all days before, so that no sort is of all."""
    engine.run(
        Query(
            """select report_id, min(outlet) as outlet, min(published) as published, min(recorded_at) as recorded,
                      coalesce(cast(min(published) as string), '9999-12-31') as printed
               from arrived group by report_id""",
            "once",
        )
    )
    days = engine.run(Query("select printed, count(*) as n from once group by printed order by printed"))
    first, starts = 0, []
    for printed, count in days:
        starts.append((printed, first, None if printed == "9999-12-31" else date.fromisoformat(printed).toordinal()))
        first += count
    engine.register("starts", _table(starts, {"printed": pa.string(), "first": pa.int64(), "day": pa.int64()}))
    arrivals = engine.run(Query("select substr(recorded, 1, 10) as d, count(*) as n from once group by 1 order by 1"))
    first, came = 0, []
    for day, count in arrivals:
        came.append((day, first))
        first += count
    engine.register("came", _table(came, {"arrival": pa.string(), "before": pa.int64()}))
    engine.run(
        Query(
            """select o.report_id, o.outlet, o.published, s.day,
                      s.first + row_number() over (partition by o.printed order by o.recorded, o.report_id) - 1 as rank,
                      c.before + row_number() over (partition by substr(o.recorded, 1, 10)
                                                    order by o.recorded, o.printed, o.report_id) - 1 as received,
                      o.recorded || '|' || o.printed || '|' || o.report_id as turn
               from once o join starts s on s.printed = o.printed
               join came c on c.arrival = substr(o.recorded, 1, 10)""",
            "ranks",
        )
    )
    engine.run(Query(shaped("ranks", REPORT), "report"))
    _forget(engine, "once", "starts", "came", "ranks")


def _table(rows: Sequence[Sequence[object]], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table({n: pa.array(list(c), k) for (n, k), c in zip(kinds.items(), columns, strict=True)})


def copied(engine: LargeEngine) -> None:
    """Make `twin`, `copy`, `reworded` and `lead` of `report`, `sketch` and `outline`."""
    make_table(TWINS, engine, {"sketch": "sketch", "report": "report"}, "twin")
    make_table(NEAR, engine, {"sketch": "sketch", "report": "report", "twin": "twin"}, "near")
    labels = drive(components("near", "family"), engine)
    make_table(FAMILIES, engine, {"report": "report", "twin": "twin", "labels": labels}, "copy")
    make_table(REWORDING, engine, {"outline": "outline", "report": "report", "copy": "copy"}, "reworded")
    make_table(LEADING, engine, {name: name for name in LEADING.reads}, "lead")
    _forget(engine, "near", labels)


def telling(engine: LargeEngine, people: People) -> None:
    """Make `original` (what each claim copies), `telling`, `claim_telling` and their rejections of `claim` and copies."""
    engine.apply_to(FACETS, "claim", "facet")
    names = {"said": people.said(engine), "report": "report", "copy": "copy", "twin": "twin", "facet": "facet"}
    queries = told(names, "told")
    for query in queries:
        engine.run(query)
    engine.apply_to(TELLINGS, "told", "telling", Nest("report_id", ("start", "claim_id")))
    engine.apply_to(CLAIMS, "telling", "claim_telling")
    engine.run(Query("select claim_id, report_id, original, counts from told_original", "original"))
    _refusals(engine, ("facet", "telling"), "telling_bad")
    _forget(engine, "facet", "said", *(q.table for q in queries if q.table))


def paired(engine: LargeEngine, people: People) -> None:
    """Make `block` and `pair` of `telling`: the scored pairs of tellings that share a block; and `weight`."""
    engine.apply_to(BLOCKS, "telling", "block")
    weights, apart = people.weights(engine)
    engine.apply_to(pairing(weights), "block", "pair", Nest("block", ("rank", "telling_id"), least=2))
    people.parted(engine, apart)
    engine.register("weight", weight_rows(weights))
    _refusals(engine, ("block", "pair"), "pair_bad")


def grouped(engine: LargeEngine, people: People) -> None:
    """Make `grouped` and `linked` of `pair`, `original` and `claim_telling`."""
    make_table(BONDS, engine, {"pair": "pair", "cut": str(PLAUSIBLE)}, "bond")
    labels = drive(components("bond", "knotted"), engine)
    for query in knots("pair", labels, "knot"):
        engine.run(query)
    engine.apply_to(GROUPS, "knot", "grouped", Nest("knot", ("a", "b")))
    names = {"original": "original", "claim_telling": "claim_telling", "grouped": "grouped"}
    make_table(LINKING, engine, names, "linked")
    people.pinned(engine)
    _refusals(engine, ("grouped",), "group_bad")
    _forget(engine, "bond", labels, "knot_ahead", "knot")


def heard(engine: LargeEngine, people: People) -> None:
    """Make `heard`: every claim that speaks of an incident with all that is asked about it."""
    people.heard(engine)
    engine.run(Query(HEARD_BY_CLUSTER.replace("linked_now", "linked"), "heard"))


def weighed(engine: LargeEngine) -> None:
    """Make `incident` (codes not yet told apart) and `standing` of `heard`."""
    engine.apply_to(WEIGHING, "heard", "weighed", Nest("cluster", EARLIEST))
    engine.apply_to(STANDINGS, "weighed", "standing")
    engine.run(Query(shaped("weighed", INCIDENT), "described"))
    _refusals(engine, ("weighed",), "weigh_bad")
    _forget(engine, "weighed")


def assessed(engine: LargeEngine, policies: Sequence[str | Policy]) -> None:
    """Make incident, numbered, membership, fold, lineage, toll, grading of `described`, `standing` and `heard`.

    An incident that cannot be assessed is a rejection, and in no other table.
    """
    head = "s.incident_id, i.perpetrator as of_perpetrator, i.weapon as of_weapon"
    engine.run(Query(f"select {head}, {DOCKETED} join described i on i.incident_id = s.incident_id", "docket"))
    nest = Nest("incident_id", EARLIEST, ("of_perpetrator", "of_weapon"))
    engine.apply_to(assessment(policies), "docket", "assessed", nest)
    _forget(engine, "docket")
    engine.run(Query("select incident_id, code from described", "coded"))
    engine.run(
        Query(f"select n.* from ({NUMBERED_BY_TURN}) n join assessed a on a.incident_id = n.incident_id", "turns")
    )
    engine.run(Query(shaped("turns", NUMBERED), "numbered"))
    codes = """(select incident_id, base, row_number() over (partition by base order by turn, incident_id) as k
                from numbered)"""
    columns = ", ".join(f'd."{name}"' for name in INCIDENT.names if name != "code")
    engine.run(
        Query(
            f"""select {columns}, case when n.k = 1 then n.base else n.base || '-' || cast(n.k as string) end as code
                from described d join {codes} n on n.incident_id = d.incident_id""",
            "told_apart",
        )
    )
    engine.run(Query(shaped("told_apart", INCIDENT), "incident"))
    engine.run(Query("select s.* from standing s join assessed a on a.incident_id = s.incident_id", "stands"))
    engine.run(
        Query(shaped("(select incident_id, claim_id, role, role_rule as rule from stands) s", MEMBERSHIP), "membership")
    )
    fold = 'select claim_id, origin, kind, party, fold_rule as rule, fold_of as "of", copy, probability from stands'
    engine.run(Query(shaped(f"({fold}) s", FOLD), "fold"))
    engine.apply_to(HANDS, "stands", "lineage")
    engine.apply_to(TOLLS, "assessed", "toll")
    engine.run(Query(shaped("assessed", GRADING), "grading"))
    _refusals(engine, ("assessed", "lineage", "toll"), "assess_bad")
    _forget(engine, "coded", "turns", "told_apart", "stands", "assessed")


def rejected(engine: LargeEngine, people: People) -> None:
    """Make `rejection` of what every stage refused, reading included, and of decisions that fit nothing."""
    engine.register("decide_bad", people.decided.rejections)
    parts = ("decide_bad", "read_bad", "telling_bad", "pair_bad", "group_bad", "weigh_bad", "assess_bad")
    union = " union all ".join(f"select record_id, stage, reason, value from {name}" for name in parts)
    engine.run(Query(shaped(f"({union}) r", REJECTION), "rejection"))


def _refusals(engine: LargeEngine, stages: Sequence[str], out: str) -> None:
    union = " union all ".join(f"select record_id, stage, reason, value from {name}_refused" for name in stages)
    engine.run(Query(shaped(f"({union}) r", REJECTION), out))
    _forget(engine, *(f"{name}_refused" for name in stages))


def _forget(engine: LargeEngine, *names: str) -> None:
    for name in names:
        engine.drop(name)
