"""What linking leaves open, on an engine: questions in order of what hangs on them, and tolls if they go one way or the other."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from marsad.assess.policy import Policy
from marsad.link.cluster import UNSEEN
from marsad.link.doubt import Proposal, bonds, joinable
from marsad.link.stages import PLAUSIBLE
from marsad.link.weights import probability
from marsad.model.rows import canonical_json
from marsad.model.schema import TOLL
from marsad.model.schema_linking import PROPOSAL, RANGE
from marsad.pipeline.decided import Decided
from marsad.pipeline.likenesses import Blocks, likenesses
from marsad.pipeline.linking import Linking
from marsad.pipeline.weighing import Weighed, weighed
from marsad.stage import Engine

_HARM = ("killed", "injured", "killed_or_injured")
_Numbers = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Doubts:
    """Proposals, most urgent first in `priority`, and the range of each toll that they leave open."""

    proposals: pa.Table
    ranges: pa.Table


@dataclass(frozen=True, slots=True)
class About:
    """What is asked about: proposals on `proposals` alone, and ranges of `ranges`, incidents by id.

    `blocks` gives the blocks of tellings that the tables at hand do not hold whole.
    """

    proposals: Set[str]
    ranges: Set[str]
    blocks: Blocks


@dataclass(slots=True)
class _Open:
    """Tellings by the incident that they ended in, as far as the machine alone put them there."""

    incident: Mapping[str, str]
    sure: Mapping[str, str]
    plausible: Mapping[str, str]
    settled: Set[str]
    about: About | None = None

    def asked(self, *incidents: str) -> bool:
        """Tell whether proposals on one of these incidents are asked for."""
        return self.about is None or not self.about.proposals.isdisjoint(incidents)

    def ranged(self, incidents: Iterable[str]) -> set[str]:
        """Return the incidents of which ranges are asked for."""
        return {i for i in incidents if self.about is None or i in self.about.ranges}

    def parts(self) -> dict[str, set[str]]:
        """Return the incidents, reviewed ones left out, that sure links alone would leave in parts, with their parts."""
        found: dict[str, set[str]] = {}
        for telling, incident in self.incident.items():
            found.setdefault(incident, set()).add(self.sure[telling])
        return {incident: parts for incident, parts in found.items() if len(parts) > 1 and incident not in self.settled}

    def wholes(self) -> dict[str, str]:
        """Return for each incident that plausible links join to others the name of the whole."""
        head = {incident: incident for incident in self.incident.values()}

        def top(incident: str) -> str:
            while head[incident] != incident:
                incident = head[incident]
            return incident

        first: dict[str, str] = {}
        for telling, incident in sorted(self.incident.items()):
            met = top(first.setdefault(self.plausible[telling], incident))
            low, high = sorted((met, top(incident)))
            head[high] = low
        size: dict[str, int] = {}
        for incident in head:
            size[top(incident)] = size.get(top(incident), 0) + 1
        return {incident: top(incident) for incident in head if size[top(incident)] > 1}


def doubts(
    engine: Engine,
    linking: Linking,
    linked: pa.Table,
    found: Weighed,
    decided: Decided,
    policies: Sequence[str | Policy],
    about: About | None = None,
) -> Doubts:
    """Return what linking leaves open, all of it or `about` some incidents, whose doubts the tables hold whole.

    What people joined or parted is open no longer; nor are their incidents.
    """
    incident = _incidents_of(linking, found, decided)
    grouped = {row["telling_id"]: row for row in linking.grouped.to_pylist() if row["telling_id"] in incident}
    names = {t: i for t, i in incident.items() if t in grouped}
    sure, plausible = ({t: grouped[t][cut] for t in names} for cut in ("sure", "plausible"))
    left = _Open(names, sure, plausible, {incident[t] for t in names if t in decided.settled}, about)
    stakes = _stakes(found.assessed)
    proposals = _proposals(linking, left, incident, stakes)
    ranges = _ranges(engine, linking, linked, found, decided, policies, left)
    return Doubts(proposals, ranges)


def _incidents_of(linking: Linking, found: Weighed, decided: Decided) -> dict[str, str]:
    """Return the incident of each telling that nobody decided on."""
    of_claim = dict(
        zip(
            found.standing.column("claim_id").to_pylist(), found.standing.column("incident_id").to_pylist(), strict=True
        )
    )
    closed = {of_claim[c] for c in decided.pins if c in of_claim}
    closed |= {of_claim[pin[1:]] for pin in decided.pins.values() if pin[1:] in of_claim}
    ids = linking.telling.column("telling_id").to_pylist()
    return {t: of_claim[t] for t in ids if t in of_claim and of_claim[t] not in closed}


def _stakes(assessed: pa.Table) -> dict[str, int]:
    """Return the people of each incident's toll: the most that any policy counts as killed or hurt, all kinds together."""
    most: dict[tuple[str, str], int] = {}
    for row in flat_tolls(assessed).to_pylist():
        if row["category"] == "total" and row["measure"] in _HARM:
            number = next((n for n in (row["best"], row["high"], row["low"]) if n is not None), 0)
            key = row["incident_id"], row["measure"]
            most[key] = max(most.get(key, 0), number)
    out: dict[str, int] = {}
    for (incident, _), number in most.items():
        out[incident] = out.get(incident, 0) + number
    return out


def flat_tolls(assessed: pa.Table) -> pa.Table:
    """Return the tolls of assessed incidents, a row each (schema TOLL)."""
    flat = assessed.column("tolls").combine_chunks().flatten()
    return pa.table({field.name: flat.field(field.name) for field in TOLL}).cast(TOLL)


def _proposals(linking: Linking, left: _Open, incident: Mapping[str, str], stakes: Mapping[str, int]) -> pa.Table:
    near = [
        (p["a"], p["b"], p["log_odds"])
        for p in linking.pair.to_pylist()
        if p["a"] in incident and p["b"] in incident and not p["silent"]
    ]
    made = list(joinable(bonds(near, incident, _sizes(incident.values()), UNSEEN), stakes, PLAUSIBLE))
    parts = left.parts()
    inside = {t: f"{i}/{left.sure[t]}" for t, i in left.incident.items() if i in parts}
    within = bonds(
        [p for p in near if p[0] in inside and p[1] in inside and incident[p[0]] == incident[p[1]]],
        inside,
        _sizes(inside.values()),
        UNSEEN,
    )
    weakest: dict[str, Proposal] = {}
    for (one, other), bond in sorted(within.items()):
        whole, part = one.split("/")[0], other.split("/")[1]
        doubt = Proposal(whole, "part", part, round(probability(bond.mean), 3), stakes.get(whole, 0), bond.strongest)
        if whole not in weakest or doubt.probability < weakest[whole].probability:
            weakest[whole] = doubt
    asked = [p for p in (*made, *weakest.values()) if left.asked(p.incident_id, p.other)]
    rows = _explained(linking, asked, None if left.about is None else left.about.blocks)
    order = [("priority", "descending"), ("incident_id", "ascending"), ("kind", "ascending"), ("other", "ascending")]
    return pa.Table.from_pylist(rows, schema=PROPOSAL).sort_by(order)


def _explained(linking: Linking, proposals: Sequence[Proposal], blocks: Blocks | None) -> list[dict[str, Any]]:
    names = ("incident_id", "kind", "other", "probability", "stake", "priority")
    told = likenesses(linking.telling, [p.pair for p in proposals], blocks)
    return [
        {**{name: getattr(p, name) for name in names}, "why": canonical_json(told[p.pair] | {"claims": list(p.pair)})}
        for p in proposals
    ]


def _sizes(names: Iterable[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for name in names:
        out[name] = out.get(name, 0) + 1
    return out


def _ranges(
    engine: Engine,
    linking: Linking,
    linked: pa.Table,
    found: Weighed,
    decided: Decided,
    policies: Sequence[str | Policy],
    left: _Open,
) -> pa.Table:
    parts, wholes = left.parts(), left.wholes()
    wanted = left.ranged({*parts, *wholes})
    parts = {i: of for i, of in parts.items() if i in wanted}
    wholes = {i: whole for i, whole in wholes.items() if whole in {wholes[w] for w in wanted if w in wholes}}
    if not parts and not wholes:
        return RANGE.empty_table()
    of_claim = dict(
        zip(
            found.standing.column("claim_id").to_pylist(), found.standing.column("incident_id").to_pylist(), strict=True
        )
    )
    part = {
        claim: f"{left.incident[row['telling_id']]}/{left.sure[row['telling_id']]}"
        for row in linking.telling.select(["telling_id", "claims"]).to_pylist()
        if left.incident.get(row["telling_id"]) in parts
        for claim in row["claims"]
    }
    apart = _tolls_of(engine, linked, decided, policies, part)
    whole = {claim: wholes[i] for claim, i in of_claim.items() if i in wholes}
    together = _tolls_of(engine, linked, decided, policies, whole)
    members: dict[str, list[str]] = {}
    for incident, name in sorted(wholes.items()):
        members.setdefault(name, []).append(incident)
    split: dict[str, list[dict[tuple[str, str, str], _Numbers]]] = {}
    for name, tolls in apart.items():
        split.setdefault(name.split("/")[0], []).append(tolls)
    rows = []
    for toll in flat_tolls(found.assessed).to_pylist():
        incident, key = toll["incident_id"], (toll["policy"], toll["measure"], toll["category"])
        if incident not in wanted:
            continue
        mine = [n for tolls in split.get(incident, ()) if (n := tolls.get(key))]
        joined = together.get(wholes.get(incident, ""), {}).get(key, (None, None, None))
        others = [o for o in members.get(wholes.get(incident, ""), ()) if o != incident]
        summed = _sum(mine) if incident in parts else (None, None, None)
        rows.append(
            {
                "incident_id": incident,
                **dict(zip(("policy", "measure", "category"), key, strict=True)),
                "parts": len(parts.get(incident, {incident})),
                **dict(zip(("apart_low", "apart_best", "apart_high"), summed, strict=True)),
                "others": others,
                **dict(zip(("together_low", "together_best", "together_high"), joined, strict=True)),
            }
        )
    keys = [(k, "ascending") for k in ("incident_id", "policy", "measure", "category")]
    return pa.Table.from_pylist(rows, schema=RANGE).sort_by(keys)


def _tolls_of(
    engine: Engine, linked: pa.Table, decided: Decided, policies: Sequence[str | Policy], cluster: Mapping[str, str]
) -> dict[str, dict[tuple[str, str, str], _Numbers]]:
    """Return the tolls by cluster if these claims, and the copies of them, were linked so."""
    rows = [
        {"claim_id": row["claim_id"], "cluster": name, "of": row["of"]}
        for row in linked.to_pylist()
        if (name := cluster.get(row["claim_id"]) or cluster.get(row["of"] or ""))
    ]
    if not rows:
        return {}
    other = weighed(engine, pa.Table.from_pylist(rows, schema=linked.schema), decided, policies)
    named = {row["claim_id"]: row["cluster"] for row in rows}
    cluster_of: dict[str, str] = {}
    for row in other.standing.select(["claim_id", "incident_id"]).to_pylist():
        cluster_of[row["incident_id"]] = named[row["claim_id"]]
    out: dict[str, dict[tuple[str, str, str], _Numbers]] = {}
    for toll in flat_tolls(other.assessed).to_pylist():
        key = toll["policy"], toll["measure"], toll["category"]
        out.setdefault(cluster_of[toll["incident_id"]], {})[key] = toll["low"], toll["best"], toll["high"]
    return out


def _sum(numbers: Sequence[_Numbers]) -> _Numbers:
    """Return the sums; None where one of them has none."""
    columns = list(zip(*numbers, strict=True)) or [(None,)] * 3
    low, best, high = (None if None in column else sum(n for n in column if n is not None) for column in columns)
    return low, best, high
