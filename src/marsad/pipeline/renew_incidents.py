"""Which incidents, tolls and doubts are others once some claims fell into other clusters, or changed: those weighed anew."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from marsad.assess.policy import Policy
from marsad.link.stages import PLAUSIBLE
from marsad.link.weights import Weights
from marsad.model import ReportId, content_id
from marsad.model.schema import INCIDENT, REJECTION
from marsad.pipeline.copies import register_reports
from marsad.pipeline.decided import Decided, decided_on
from marsad.pipeline.derive import Tables, register_claims, weighed_tables
from marsad.pipeline.doubts import About, Doubts, doubts
from marsad.pipeline.linking import Linking
from marsad.pipeline.renew_decided import Ties
from marsad.pipeline.renew_pairs import block_of
from marsad.pipeline.weighing import Weighed, coded, weighed
from marsad.stage import Engine
from marsad.store.derived import Derived
from marsad.store.kept import Reading


@dataclass(frozen=True, slots=True)
class Scope:
    """Clusters to weigh anew: `touched` changed; `whole` are they and what plausible links join to them; `all` also those
    that a pair leads to from the touched ones."""

    touched: Set[str]
    whole: Set[str]
    all: Set[str]


def scope_of(derived: Derived, touched: Set[str], claims: Collection[str]) -> Scope:
    """Return what to weigh anew: `claims` are those whose cluster changed; links are stored as they are now, incidents as
    they were."""
    old = _incidents(derived, [*_claims_in(derived, touched), *claims])
    ranges = derived.table("range", incident_id=list(old)).column("others").to_pylist()
    others = {incident for of in ranges for incident in of}
    members = derived.table("membership", incident_id=list(others | old)).column("claim_id").to_pylist()
    whole = _wholes(derived, touched | _clusters(derived, members))
    tellings = _tellings(derived, touched).column("telling_id").to_pylist()
    near: set[str] = set()
    for end, other in (("a", "b"), ("b", "a")):
        pairs = derived.table("pair", **{end: tellings})
        loud = pc.and_(pc.greater(pairs.column("log_odds"), PLAUSIBLE), pc.invert(pairs.column("silent")))
        near |= set(pairs.filter(loud).column(other).to_pylist())
    return Scope(touched, whole, whole | _clusters(derived, near))


def renew_incidents(
    engine: Engine,
    derived: Derived,
    reading: Reading,
    ties: Ties,
    scope: Scope,
    moved: Collection[str],
    policies: Sequence[str | Policy],
    weights: Weights,
) -> None:
    """Weigh, assess and doubt the clusters of a scope anew, and put what comes of it in place of what was.

    `moved` are the claims whose cluster changed.
    """
    linked = derived.table("linked", cluster=list(scope.all))
    claims = linked.column("claim_id").to_pylist()
    members = derived.table("membership", claim_id=[*claims, *moved]).to_pylist()
    then = {row["claim_id"]: row["incident_id"] for row in members}
    decided = _registered(engine, derived, reading, ties, claims)
    found = weighed(engine, linked, decided, policies)
    linking = _linking(derived, scope, linked, weights)
    now = dict(zip(*(found.standing.column(name).to_pylist() for name in ("claim_id", "incident_id")), strict=True))
    cluster = dict(zip(claims, linked.column("cluster").to_pylist(), strict=True))

    def incidents(clusters: Set[str]) -> set[str]:
        """Return the incidents that claims of these clusters were in, and are in."""
        here = [c for c in {*claims, *moved} if c not in cluster or cluster[c] in clusters]
        return {of[c] for of in (then, now) for c in here if c in of}

    asked, ranged = incidents(scope.touched), incidents(scope.whole)
    about = About(asked, ranged, lambda names: {name: block_of(derived, name) for name in names})
    doubt = doubts(engine, linking, linked, found, decided, policies, about)
    _put_weighed(derived, found, [*claims, *moved], {*then.values(), *now.values()})
    _put_doubts(derived, doubt, asked, ranged)
    made = [content_id("incident", claim) for claim in (*claims, *moved)]
    bad = found.rejections
    for stage, ids in (("weigh", list(scope.all)), ("assess", made)):
        rows = bad.filter(pc.equal(bad.column("stage"), stage)) if bad.num_rows else REJECTION.empty_table()
        derived.renew("rejection", rows, stage=stage, record_id=ids)


def _registered(engine: Engine, derived: Derived, reading: Reading, ties: Ties, claims: Sequence[str]) -> Decided:
    """Make known what weighing reads of these claims: their reports, credits and copies, and what was decided on them."""
    reports = set(derived.table("claim", claim_id=claims).column("report_id").to_pylist())
    tied = list(ties.tied(reports))
    table = derived.table("claim", report_id=tied)
    decided = decided_on(table, ties.on(tied))
    register_claims(engine, table, decided)
    register_reports(engine, list(reading.reports_named(map(ReportId, tied))))
    for name in ("credit", "copy", "reworded"):
        engine.register(name, derived.table(name, report_id=tied))
    return decided


def _linking(derived: Derived, scope: Scope, linked: pa.Table, weights: Weights) -> Linking:
    """Return what linking made, as far as the scope goes."""
    telling = _tellings(derived, scope.all)
    ids = telling.column("telling_id").to_pylist()
    pair = derived.table("pair", a=ids)
    pair = pair.filter(pc.is_in(pair.column("b"), pa.array(ids, pa.string())))
    grouped = derived.table("grouped", telling_id=ids)
    return Linking(linked, telling, pair, grouped, REJECTION.empty_table(), weights)


def _put_weighed(derived: Derived, found: Weighed, claims: Sequence[str], incidents: Set[str]) -> None:
    tables: Tables = weighed_tables(found)
    for name in ("fold", "lineage", "membership"):
        derived.renew(name, tables[name], claim_id=claims)
    for name in ("toll", "grading"):
        derived.renew(name, tables[name], incident_id=list(incidents))
    bases = set(found.numbered.column("base").to_pylist())
    bases |= set(derived.table("numbered", incident_id=list(incidents)).column("base").to_pylist())
    derived.renew("numbered", found.numbered, incident_id=list(incidents))
    numbered = derived.table("numbered", base=list(bases))
    rest = set(numbered.column("incident_id").to_pylist()) - set(found.incidents.column("incident_id").to_pylist())
    stored = derived.table("incident", incident_id=list(rest))
    every = pa.concat_tables([found.incidents.cast(INCIDENT), stored])
    derived.renew("incident", coded(every, numbered), incident_id=list(incidents | rest))


def _put_doubts(derived: Derived, doubt: Doubts, asked: Set[str], ranged: Set[str]) -> None:
    mine, theirs = (derived.table("proposal", **{end: list(asked)}).to_pylist() for end in ("incident_id", "other"))
    rows = {(row["incident_id"], row["kind"], row["other"]): row for row in (*mine, *theirs)}
    old = pa.Table.from_pylist(list(rows.values()), schema=doubt.proposals.schema)
    derived.exchange("proposal", old, doubt.proposals)
    derived.renew("range", doubt.ranges, incident_id=list(ranged))


def _wholes(derived: Derived, clusters: Set[str]) -> set[str]:
    """Return the clusters with all that plausible links join to them, directly or through others."""
    seen, new = set[str](), set(clusters)
    while new:
        seen |= new
        tellings = _tellings(derived, new).column("telling_id").to_pylist()
        names = derived.table("grouped", telling_id=tellings).column("plausible").to_pylist()
        joined = derived.table("grouped", plausible=names).column("telling_id").to_pylist()
        new = _clusters(derived, joined) - seen
    return seen


def _tellings(derived: Derived, clusters: Iterable[str]) -> pa.Table:
    return derived.table("telling", telling_id=_claims_in(derived, clusters))


def _claims_in(derived: Derived, clusters: Iterable[str]) -> list[str]:
    claims: list[str] = derived.table("linked", cluster=list(clusters)).column("claim_id").to_pylist()
    return claims


def _clusters(derived: Derived, claims: Iterable[str]) -> set[str]:
    return set(derived.table("linked", claim_id=list(claims)).column("cluster").to_pylist())


def _incidents(derived: Derived, claims: Iterable[str]) -> set[str]:
    return set(derived.table("membership", claim_id=list(claims)).column("incident_id").to_pylist())
