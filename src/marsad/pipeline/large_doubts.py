"""Proposals and ranges over tables larger than memory: what `doubts` makes of tables in memory, by names and in SQL.

Nothing is held but what people decided. Sums of log odds are made in a stage, exactly, since an engine adds in any order.
"""

from collections.abc import Sequence
from functools import partial

import pyarrow as pa

from marsad.assess.policy import Policy
from marsad.assess.stage import assessment
from marsad.link.cluster import UNSEEN
from marsad.link.components import components
from marsad.link.describe import WEIGHING
from marsad.link.doubt_stages import BESIDE, BONDING, EXPLAINING, NO_BLOCK, RANKING
from marsad.link.stages import PLAUSIBLE
from marsad.model.schema import INCIDENT
from marsad.model.schema_linking import PROPOSAL, RANGE, TELLING
from marsad.pipeline.decided import Decided
from marsad.pipeline.flattening import STANDINGS, TOLLS
from marsad.pipeline.weighing import DOCKETED, EARLIEST, HEARD_BY_CLUSTER
from marsad.stage import LargeEngine, Nest, Query, drive, shaped

_EDGE = 0.001
"""Log odds by which a sum of an engine's may differ from the exact one: bonds that much below the cut are not looked at."""

_TELLING = ", ".join(f't."{name}"' for name in TELLING.names)
_KEY = "policy, measure, category"


def doubted(engine: LargeEngine, decided: Decided, policies: Sequence[str | Policy]) -> None:
    """Make `proposal` and `range` of telling, claim_telling, block, pair, grouped, linked, membership and toll.

    What people joined or parted is open no longer; nor are their incidents.
    """
    _opened(engine, decided)
    _proposed(engine)
    _ranged(engine, policies)
    _forget(engine, "telling_at", "part_at", "stake")


def _names(values: Sequence[str], column: str) -> pa.Table:
    return pa.table({column: pa.array(sorted(set(values)), pa.string())})


def _opened(engine: LargeEngine, decided: Decided) -> None:
    """Make `telling_at` (the incident and the groups of each telling that is open), `part_at` and `stake`."""
    closed = [*decided.pins, *(pin[1:] for pin in decided.pins.values())]
    engine.register("closed_claim", _names(closed, "claim_id"))
    engine.register("settled_claim", _names([*decided.settled], "claim_id"))
    run = partial(_make, engine)
    run(
        "closed",
        "select distinct m.incident_id from membership m join closed_claim c on c.claim_id = m.claim_id",
    )
    run(
        "telling_at",
        """select t.telling_id, m.incident_id, g.sure, g.plausible from telling t
           join membership m on m.claim_id = t.telling_id left join closed c on c.incident_id = m.incident_id
           left join grouped g on g.telling_id = t.telling_id where c.incident_id is null""",
    )
    run(
        "settled",
        """select distinct t.incident_id from telling_at t join settled_claim s on s.claim_id = t.telling_id
           where t.sure is not null""",
    )
    run(
        "part_at",
        """select p.incident_id, p.parts from (
               select incident_id, count(distinct sure) as parts from telling_at where sure is not null
               group by incident_id having count(distinct sure) > 1) p
           left join settled s on s.incident_id = p.incident_id where s.incident_id is null""",
    )
    run(
        "stake",
        """select incident_id, sum(most) as stake from (
               select incident_id, measure, max(coalesce(best, high, low, 0)) as most from toll
               where category = 'total' and measure in ('killed', 'injured', 'killed_or_injured')
               group by incident_id, measure) m group by incident_id""",
    )
    _forget(engine, "closed_claim", "settled_claim", "closed", "settled")


def _proposed(engine: LargeEngine) -> None:
    """Make `proposal`."""
    run = partial(_make, engine)
    run(
        "near",
        """select p.a, p.b, p.log_odds, x.incident_id as of_a, y.incident_id as of_b, x.sure as sure_a, y.sure as sure_b
           from pair p join telling_at x on x.telling_id = p.a join telling_at y on y.telling_id = p.b
           where not p.silent""",
    )
    run("size", "select incident_id as name, count(*) as n from telling_at group by incident_id")
    run("apart_pair", "select a, b, log_odds, of_a as name_a, of_b as name_b from near where of_a <> of_b")
    _bonded(engine, "apart_pair", "size", "joint", PLAUSIBLE)
    name = "{0}.incident_id || '/' || {0}.sure"
    run(
        "part_size",
        f"""select {name.format("t")} as name, count(*) as n from telling_at t join part_at p on p.incident_id = t.incident_id
            where t.sure is not null group by {name.format("t")}""",
    )
    run(
        "within_pair",
        """select n.a, n.b, n.log_odds, n.of_a || '/' || n.sure_a as name_a, n.of_b || '/' || n.sure_b as name_b
           from near n join part_at p on p.incident_id = n.of_a where n.of_a = n.of_b and n.sure_a <> n.sure_b""",
    )
    _bonded(engine, "within_pair", "part_size", "within", None)
    run(
        "weakest",
        """select w.* from (
               select b.*, row_number() over (partition by substr(one, 1, position('/' in one) - 1)
                                              order by probability, one, other) as place from within b) w
           where place = 1""",
    )
    run(
        "asked",
        f"""select j.one as incident_id, 'join' as kind, j.other, j.probability,
                   least(coalesce(s.stake, 0), coalesce(t.stake, 0)) as stake, j.a, j.b
            from joint j left join stake s on s.incident_id = j.one left join stake t on t.incident_id = j.other
            where j.mean > {_float(PLAUSIBLE)}
            union all
            select w.incident_id, 'part' as kind, w.part as other, w.probability, coalesce(s.stake, 0) as stake, w.a, w.b
            from (select substr(one, 1, position('/' in one) - 1) as incident_id,
                         substr(other, position('/' in other) + 1) as part, probability, a, b from weakest) w
            left join stake s on s.incident_id = w.incident_id""",
    )
    _explained(engine)
    run(
        "unranked",
        """select p.incident_id, p.kind, p.other, p.probability, cast(p.stake as bigint) as stake, w.why
           from asked p join why w on w.a = p.a and w.b = p.b""",
    )
    engine.apply_to(RANKING, "unranked", "ranked")
    engine.run(Query(shaped("ranked", PROPOSAL), "proposal"))
    made = ("near", "size", "apart_pair", "part_size", "within_pair", "joint", "within", "weakest", "asked", "why")
    _forget(engine, *made, "unranked", "ranked", "ranked_refused")


def _bonded(engine: LargeEngine, pairs: str, sizes: str, out: str, floor: float | None) -> None:
    """Make `out` (BOND) of pairs (a, b, log_odds, name_a, name_b); those whose mean is surely below `floor` left out."""
    run = partial(_make, engine)
    mean = f"(sum(p.log_odds) + {_float(UNSEEN)} * (min(p.possible) - count(*))) / min(p.possible)"
    having = "" if floor is None else f" having {mean} > {_float(floor - _EDGE)}"
    run(
        f"{out}_scored",
        f"""select q.*, x.n * y.n as possible, q.one || '|' || q.other as bond from (
                select a, b, log_odds, least(name_a, name_b) as one, greatest(name_a, name_b) as other from {pairs}) q
            join {sizes} x on x.name = q.one join {sizes} y on y.name = q.other""",
    )
    run(f"{out}_held", f"select p.bond from {out}_scored p group by p.bond{having}")
    run(f"{out}_between", f"select p.* from {out}_scored p join {out}_held h on h.bond = p.bond")
    engine.apply_to(BONDING, f"{out}_between", out, Nest("bond", ("a", "b"), ("one", "other", "possible")))
    _forget(engine, f"{out}_scored", f"{out}_held", f"{out}_between", f"{out}_refused")


def _explained(engine: LargeEngine) -> None:
    """Make `why` (a, b, why) of the pairs of `asked`, each in the light of the last block that holds both."""
    run = partial(_make, engine)
    run("asked_pair", "select distinct a, b from asked")
    run(
        "asked_at",
        f"""select q.a, q.b, coalesce(max(y.block), '{NO_BLOCK}') as block from asked_pair q
            left join block x on x.telling_id = q.a
            left join block y on y.telling_id = q.b and y.block = x.block group by q.a, q.b""",
    )
    run(
        "lit",
        f"""select t.block, cast(null as string) as beside, {_TELLING} from block t
            join (select distinct block from asked_at) d on d.block = t.block
            union all
            select '{NO_BLOCK}' as block, cast(null as string) as beside, {_TELLING} from telling t
            join (select a as telling_id from asked_at where block = '{NO_BLOCK}'
                  union select b from asked_at where block = '{NO_BLOCK}') d on d.telling_id = t.telling_id
            union all
            select q.block, q.b as beside, {_TELLING} from asked_at q join telling t on t.telling_id = q.a""",
    )
    engine.apply_to(EXPLAINING, "lit", "why", Nest("block", ("rank", "telling_id", "beside")))
    _forget(engine, "asked_pair", "asked_at", "lit", "why_refused")


def _ranged(engine: LargeEngine, policies: Sequence[str | Policy]) -> None:
    """Make `range`: tolls if all that is not sure were undone, and if all that is plausible were joined."""
    run = partial(_make, engine)
    run(
        "whole_edge",
        """select distinct m.low as a, t.incident_id as b from telling_at t
           join (select plausible, min(incident_id) as low from telling_at where plausible is not null
                 group by plausible) m on m.plausible = t.plausible where t.incident_id <> m.low""",
    )
    labels = drive(components("whole_edge", "whole"), engine)
    run("whole_at", f"select node as incident_id, label as whole from {labels}")
    run(
        "wanted",
        """select i.incident_id, coalesce(p.parts, 1) as parts, coalesce(w.whole, i.incident_id) as whole
           from (select incident_id from part_at union select incident_id from whole_at) i
           left join part_at p on p.incident_id = i.incident_id left join whole_at w on w.incident_id = i.incident_id""",
    )
    run(
        "claim_part",
        """select c.claim_id, t.incident_id || '/' || t.sure as name from telling_at t
           join part_at p on p.incident_id = t.incident_id join claim_telling c on c.telling_id = t.telling_id
           where t.sure is not null""",
    )
    run(
        "claim_whole",
        "select m.claim_id, w.whole as name from membership m join whole_at w on w.incident_id = m.incident_id",
    )
    for names, out in (("claim_part", "toll_apart"), ("claim_whole", "toll_together")):
        _tolls_if(engine, names, policies, out)
    sums = ", ".join(f"case when count(*) = count({n}) then sum({n}) end as {n}" for n in ("low", "best", "high"))
    run(
        "sum_apart",
        f"""select incident_id, {_KEY}, {sums} from (
                select substr(cluster, 1, position('/' in cluster) - 1) as incident_id, {_KEY}, low, best, high
                from toll_apart) t group by incident_id, {_KEY}""",
    )
    engine.apply_to(BESIDE, "wanted", "beside", Nest("whole", ("incident_id",)))
    on = " and ".join(f"{{0}}.{name} = t.{name}" for name in _KEY.split(", "))
    run(
        "ranges",
        f"""select t.incident_id, t.policy, t.measure, t.category, w.parts,
                   a.low as apart_low, a.best as apart_best, a.high as apart_high, b.others,
                   g.low as together_low, g.best as together_best, g.high as together_high
            from toll t join wanted w on w.incident_id = t.incident_id join beside b on b.incident_id = t.incident_id
            left join sum_apart a on a.incident_id = t.incident_id and {on.format("a")}
            left join toll_together g on g.cluster = w.whole and {on.format("g")}""",
    )
    engine.run(Query(shaped("ranges", RANGE), "range"))
    _forget(engine, "whole_edge", labels, "whole_at", "wanted", "claim_part", "claim_whole", "toll_apart")
    _forget(engine, "toll_together", "sum_apart", "beside", "beside_refused", "ranges")


def _tolls_if(engine: LargeEngine, names: str, policies: Sequence[str | Policy], out: str) -> None:
    """Make `out` (cluster, policy, measure, category, low, best, high): tolls if claims were linked as `names` says.

    Copies of a claim go along with it.
    """
    run = partial(_make, engine)
    run(
        "linked_if",
        f"""select * from (
                select l.claim_id, coalesce(p.name, q.name) as cluster, l."of" from linked l
                left join {names} p on p.claim_id = l.claim_id left join {names} q on q.claim_id = l."of") l
            where cluster is not null""",
    )
    run("heard_if", HEARD_BY_CLUSTER.replace("linked_now", "linked_if"))
    engine.apply_to(WEIGHING, "heard_if", "weighed_if", Nest("cluster", EARLIEST))
    engine.apply_to(STANDINGS, "weighed_if", "standing_if")
    run("described_if", shaped("weighed_if", INCIDENT))
    docketed = DOCKETED.replace("standing s", "standing_if s").replace("heard h", "heard_if h")
    head = "s.incident_id, i.perpetrator as of_perpetrator, i.weapon as of_weapon"
    run("docket_if", f"select {head}, {docketed} join described_if i on i.incident_id = s.incident_id")
    nest = Nest("incident_id", EARLIEST, ("of_perpetrator", "of_weapon"))
    engine.apply_to(assessment(policies), "docket_if", "assessed_if", nest)
    engine.apply_to(TOLLS, "assessed_if", "flat_if")
    run(
        out,
        """select k.cluster, f.policy, f.measure, f.category, f.low, f.best, f.high from flat_if f join (
               select distinct s.incident_id, l.cluster from standing_if s join linked_if l on l.claim_id = s.claim_id) k
           on k.incident_id = f.incident_id""",
    )
    stages = ("weighed_if", "standing_if", "assessed_if", "flat_if")
    _forget(engine, *stages, *(f"{s}_refused" for s in stages), "linked_if", "heard_if", "described_if", "docket_if")


def _make(engine: LargeEngine, table: str, sql: str) -> None:
    engine.run(Query(sql, table))


def _float(value: float) -> str:
    """Return a number as every engine's floating-point literal: as a decimal it would differ in the last digit."""
    return f"{value!r}e0"


def _forget(engine: LargeEngine, *names: str) -> None:
    for name in names:
        engine.drop(name)
