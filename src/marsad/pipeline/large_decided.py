"""What people decided, laid over tables larger than memory: the same functions as in memory, over the few rows they concern.

A person decides on words of single reports. So the claims of those reports are taken out, laid over by `decided_on`, and put
back; all others stay where they are. What is held in memory grows with the decisions and not with the reports.
"""

from collections.abc import Sequence

import pyarrow as pa

from marsad.link.facets import FACETS
from marsad.link.tellings import telling_of
from marsad.link.weights import Weights, default_weights
from marsad.model import Decision, DecisionKind
from marsad.model.ids import content_id
from marsad.model.rows import canonical_json
from marsad.model.schema import CLAIM, REJECTION
from marsad.model.schema_linking import FACET, LINKED, PAIR, TELLING
from marsad.pipeline.corrected import ADDED, with_added
from marsad.pipeline.decided import Decided, decided_on, notes_of, pinned_over, reports_decided
from marsad.pipeline.linking import apart_rows, judged_between
from marsad.pipeline.taught import BESIDE_JUDGED, ENOUGH, learnt
from marsad.stage import LargeEngine, Query, shaped
from marsad.store.instants import instant

NOBODY = Decided(CLAIM.empty_table(), {}, {}, REJECTION.empty_table())
"""That nobody decided anything."""


class People:
    """What people decided about reports that are derived at large; `decided` is known once `laid` was called."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self.decisions = list(decisions)
        self.decided = NOBODY
        self.added = CLAIM.empty_table()
        self._before = CLAIM.empty_table()

    @property
    def stamp(self) -> str:
        """What names these decisions: other decisions have another stamp; "" where there are none."""
        told = [(d.anchor, d.kind.value, d.version, dict(d.body), instant(d.recorded_at)) for d in self.decisions]
        return content_id("decisions", *sorted(map(canonical_json, told))) if told else ""

    def laid(self, engine: LargeEngine) -> None:
        """Make `claim` of `read_claim`, claims as people left them, where anybody decided; leaves `decided_report`."""
        reports = sorted(reports_decided(self.decisions))
        engine.register("decided_report", pa.table({"report_id": pa.array(reports, pa.string())}))
        if not reports:
            return
        engine.run(
            Query("select c.* from read_claim c join decided_report d on d.report_id = c.report_id", "claim_few")
        )
        self._before = with_added(_few(engine, "claim_few", CLAIM), self.decisions)
        self.decided = decided_on(self._before, self.decisions)
        self.added = self._before.filter(pa.compute.equal(self._before.column("rule"), ADDED))
        engine.register("claim_laid", self.decided.claims)
        engine.run(Query(_replaced("read_claim", "claim_laid", CLAIM), "claim"))
        for name in ("claim_few", "claim_laid"):
            engine.drop(name)

    def said(self, engine: LargeEngine) -> str:
        """Return the table of facets as they were read, corrections left out; reads `facet`, those of `claim`."""
        if not self.decided.corrected:
            return "facet"
        engine.register("claim_before", self._before)
        engine.apply_to(FACETS, "claim_before", "facet_before")
        engine.run(Query(_replaced("facet", "facet_before", FACET), "said"))
        for name in ("claim_before", "facet_before", "facet_before_refused"):
            engine.drop(name)
        return "said"

    def weights(self, engine: LargeEngine) -> tuple[Weights, pa.Table]:
        """Return the weights that people's judgements teach, and the pairs they told apart (PAIR).

        Reads telling, claim_telling, block and report.
        """
        judged = self.decided.judged
        if not judged:
            return default_weights(), PAIR.empty_table()
        claims = sorted({claim for one, other, _ in judged for claim in (one, other)})
        engine.register("judged_claim", pa.table({"claim_id": pa.array(claims, pa.string())}))
        engine.run(
            Query(
                """select t.* from telling t join (
                       select distinct c.telling_id from claim_telling c join judged_claim j on j.claim_id = c.claim_id
                   ) j on j.telling_id = t.telling_id""",
                "judged_telling",
            )
        )
        tellings = _few(engine, "judged_telling", TELLING)
        for name in ("judged_claim", "judged_telling"):
            engine.drop(name)
        between = judged_between(tellings, judged)
        return self._learnt(engine, between), apart_rows(tellings, between)

    def _learnt(self, engine: LargeEngine, between: dict[tuple[str, str], bool]) -> Weights:
        last = max(d.recorded_at for d in self.decisions if d.kind in (DecisionKind.JOIN, DecisionKind.DIFFER))
        if len(between) < ENOUGH:
            return default_weights()
        firsts, seconds = zip(*sorted(between), strict=True)
        engine.register(
            "judged_pair", pa.table({"a": pa.array(firsts, pa.string()), "b": pa.array(seconds, pa.string())})
        )
        engine.run(Query(BESIDE_JUDGED, "beside_judged"))
        engine.run(
            Query(
                f"""select t.* from telling t join beside_judged b on b.telling_id = t.telling_id
                    join report r on r.report_id = t.report_id
                    where substr(r.turn, 1, position('|' in r.turn) - 1) <= '{instant(last)}'""",
                "beside_telling",
            )
        )
        rows = [telling_of(row) for row in _few(engine, "beside_telling", TELLING).to_pylist()]
        for name in ("judged_pair", "beside_judged", "beside_telling"):
            engine.drop(name)
        return learnt(rows, between, default_weights())

    def pinned(self, engine: LargeEngine) -> None:
        """Put people's joins and partings into the links (LINKED) that are known as `linked`."""
        decided = self.decided
        named = {*decided.pins, *(pin[1:] for pin in decided.pins.values()), *decided.settled}
        if not named:
            return
        engine.register("pinned_claim", pa.table({"claim_id": pa.array(sorted(named), pa.string())}))
        engine.run(Query("select l.* from linked l join pinned_claim p on p.claim_id = l.claim_id", "linked_few"))
        engine.register("pin", pinned_over(_few(engine, "linked_few", LINKED), decided))
        moved = "case when p.pinned then p.cluster else q.cluster end"
        engine.run(
            Query(
                f"""select l.claim_id, coalesce({moved}, p.home, q.home, l.cluster) as cluster, l."of" from linked l
                    left join pin p on p.claim_id = l.claim_id left join pin q on q.claim_id = l."of" """,
                "linked_moved",
            )
        )
        engine.run(Query(shaped("linked_moved", LINKED), "linked"))
        for name in ("pinned_claim", "linked_few", "pin", "linked_moved"):
            engine.drop(name)

    def heard(self, engine: LargeEngine) -> None:
        """Make `decided` (claim_id, decided) known: what people decided on each claim, as JSON."""
        engine.register("decided", notes_of(self.decided))

    def parted(self, engine: LargeEngine, apart: pa.Table) -> None:
        """Put what people told `apart` among the pairs that are known as `pair`: it is never to be linked."""
        if not apart.num_rows:
            return
        engine.register("apart", apart)
        columns = ", ".join(f"{{0}}.{name}" for name in PAIR.names)
        engine.run(
            Query(
                f"""select {columns.format("p")} from pair p left join apart d on d.a = p.a and d.b = p.b
                    where d.a is null union all select {columns.format("a")} from apart a""",
                "pair_parted",
            )
        )
        engine.run(Query(shaped("pair_parted", PAIR), "pair"))
        for name in ("apart", "pair_parted"):
            engine.drop(name)


def _replaced(table: str, few: str, schema: pa.Schema) -> str:
    """Return the SQL of a table in which the rows of reports decided on are those of another table."""
    columns = ", ".join(f'{{0}}."{name}"' for name in schema.names)
    return f"""select {columns.format("t")} from {table} t
               left join decided_report d on d.report_id = t.report_id where d.report_id is null
               union all select {columns.format("f")} from {few} f"""


def _few(engine: LargeEngine, name: str, schema: pa.Schema) -> pa.Table:
    return engine.table(name).select(schema.names).cast(schema)
