"""What people decided, laid over what the machine read: claims corrected, refused, joined and told apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.link.facets import HARM
from marsad.model import Decision, DecisionKind
from marsad.model.rows import canonical_json
from marsad.model.schema import CLAIM, REJECTION
from marsad.pipeline.corrected import ADDED, IMPOSSIBLE, corrected, standing_on
from marsad.stage import Rejection

Row = dict[str, Any]
Judged = tuple[str, str, bool]
"""Two claims, and whether a person said that they are of one incident."""

_Kinds = Mapping[DecisionKind, Decision]


@dataclass(frozen=True, slots=True)
class Decided:
    """The claims as people left them, their decisions by claim, where they put them, and decisions that fit nothing.

    `pins` says "=claim" for a claim that speaks of another claim's incident and "+name" for one of an incident that a
    person named. `judged` are pairs of claims of which a person said whether they are of one incident; `settled` gives
    for each claim of a reviewed incident its first claim.
    """

    claims: pa.Table
    by_claim: Mapping[str, Mapping[str, Any]]
    pins: Mapping[str, str]
    rejections: pa.Table
    judged: tuple[Judged, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)

    @property
    def corrected(self) -> bool:
        """Whether any claim differs from what the machine read."""
        return any("correct" in kinds for kinds in self.by_claim.values())


def decided_on(claims: pa.Table, decisions: Iterable[Decision]) -> Decided:
    """Return what decisions make of the claims they are anchored to; the table of claims itself is left as it was read.

    A decision whose words make no claim any more, or that makes an impossible one, becomes a rejection, to be decided
    again. It is never dropped.
    """
    standing = standing_on(decisions)
    claims = _backed(claims, standing)
    if not standing:
        return Decided(claims, {}, {}, REJECTION.empty_table())
    reports = pa.array(sorted(_reports_of(standing)), pa.string())
    mask = pc.is_in(claims.column("report_id"), value_set=reports)
    rows = claims.filter(mask).to_pylist()
    laid = _Laid(rows)
    for anchor, kinds in sorted(standing.items()):
        laid.lay(anchor, kinds)
    every = pa.concat_tables([claims.filter(pc.invert(mask)), pa.Table.from_pylist(rows, schema=CLAIM)])
    rejections = pa.Table.from_pylist([r.row() for r in laid.rejections], schema=REJECTION)
    return Decided(every.sort_by("claim_id"), laid.by_claim, laid.pins, rejections, tuple(laid.judged), laid.settled)


def reports_decided(decisions: Iterable[Decision]) -> set[str]:
    """Return the reports whose claims decisions can change, or name."""
    return _reports_of(standing_on(decisions))


def _reports_of(standing: Mapping[str, _Kinds]) -> set[str]:
    told = [anchor for kinds in standing.values() for decision in kinds.values() for anchor in named_in(decision)]
    return {anchor.split(":")[0] for anchor in (*standing, *told)}


def notes_of(decided: Decided) -> pa.Table:
    """Return what was decided on each claim, as JSON: a table (claim_id, decided)."""
    notes = {claim: canonical_json(kinds) for claim, kinds in decided.by_claim.items()}
    columns = {"claim_id": pa.array(list(notes), pa.string()), "decided": pa.array(list(notes.values()), pa.string())}
    return pa.table(columns)


def _backed(claims: pa.Table, standing: Mapping[str, _Kinds]) -> pa.Table:
    """Return the claims without those that somebody added and nobody stands by (any more, or by that day)."""
    added = pc.equal(claims.column("rule"), ADDED)
    if not pc.any(added).as_py():
        return claims
    rows = claims.filter(added).to_pylist()
    backed = [r["claim_id"] for r in rows if DecisionKind.ADD in standing.get(_anchor(r), {})]
    return claims.filter(pc.or_(pc.invert(added), pc.is_in(claims.column("claim_id"), pa.array(backed, pa.string()))))


def _anchor(row: Row) -> str:
    return f"{row['report_id']}:{row['start']}-{row['end']}"


class _Laid:
    """Decisions as they are laid over rows of claims, which are changed in place."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.by_claim: dict[str, Mapping[str, Any]] = {}
        self.pins: dict[str, str] = {}
        self.judged: list[Judged] = []
        self.settled: dict[str, str] = {}
        self.rejections: list[Rejection] = []
        self._by_anchor: dict[str, list[Row]] = {}
        for row in rows:
            self._by_anchor.setdefault(_anchor(row), []).append(row)

    def lay(self, anchor: str, kinds: _Kinds) -> None:
        """Lay everything that was decided on these words over the claims that they make."""
        found = self._by_anchor.get(anchor, [])
        if not found:
            named = ", ".join(sorted(kinds))
            self._refuse(anchor, f"the decision to {named} finds no claim at these words any more: decide again")
        for row in found:
            self.by_claim[row["claim_id"]] = {
                kind.value: {**decision.body, "at": decision.recorded_at.isoformat()}
                for kind, decision in kinds.items()
            }
            if DecisionKind.ADD in kinds and row["rule"] != ADDED:  # by now the machine reads it, too: theirs holds
                self._correct(row, kinds[DecisionKind.ADD])
            if DecisionKind.CORRECT in kinds:
                self._correct(row, kinds[DecisionKind.CORRECT])
            self._pin(row, kinds)
            self._differ(row, kinds)
        if DecisionKind.SETTLE in kinds:
            self._settle(kinds[DecisionKind.SETTLE])

    def _correct(self, row: Row, decision: Decision) -> None:
        try:
            row.update(corrected(row, decision.body))
        except IMPOSSIBLE as fault:
            self._refuse(decision.anchor, f"the correction makes an impossible claim: {fault}")

    def _pin(self, row: Row, kinds: _Kinds) -> None:
        apart, join = kinds.get(DecisionKind.APART), kinds.get(DecisionKind.JOIN)
        if apart is not None and (join is None or apart.recorded_at >= join.recorded_at):
            self.pins[row["claim_id"]] = f"+{apart.body['name']}"
        elif join is not None:
            target = self._target(join, "with")
            if target is not None:
                self.pins[row["claim_id"]] = f"={target}"
                self.judged.append((row["claim_id"], target, True))

    def _differ(self, row: Row, kinds: _Kinds) -> None:
        differ = kinds.get(DecisionKind.DIFFER)
        target = None if differ is None else self._target(differ, "from")
        if target is not None:
            self.judged.append((row["claim_id"], target, False))

    def _settle(self, decision: Decision) -> None:
        found = [r["claim_id"] for anchor in named_in(decision) for r in self._by_anchor.get(anchor, [])]
        found = [claim for claim in found if claim not in self.settled]
        self.settled |= dict.fromkeys(found, min(found, default=""))

    def _target(self, decision: Decision, key: str) -> str | None:
        """Return the claim of an incident at the words that a decision names, None, and a refusal, if there is none."""
        words = str(decision.body[key])
        target = [r for r in self._by_anchor.get(words, []) if r["measure"] in HARM]
        if target:
            return str(target[0]["claim_id"])
        reason = f"the decision to {decision.kind} finds no claim of an incident at the other words: decide again"
        self._refuse(decision.anchor, reason, words)
        return None

    def _refuse(self, anchor: str, reason: str, value: str | None = None) -> None:
        self.rejections.append(Rejection(anchor, "decide", reason, value))


def named_in(decision: Decision) -> list[str]:
    """Return the words, as anchors, that a decision names beside its own."""
    return named_by(decision.body)


def named_by(body: Mapping[str, Any]) -> list[str]:
    """Return the words, as anchors, that the body of a decision names."""
    claims = body.get("claims", [])
    ends = [str(body[key]) for key in ("with", "from") if key in body]
    return [*ends, *map(str, claims if isinstance(claims, list) else [])]


def pinned(linked: pa.Table, decided: Decided) -> pa.Table:
    """Return the links (schema LINKED) with people's joins and partings in place of the machine's; copies go along.

    A reviewed incident keeps its claims and takes up no other: what linking would add stands beside it, as a proposal.
    """
    if not decided.pins and not decided.settled:
        return linked
    ids, clusters, sources = (linked.column(name).to_pylist() for name in ("claim_id", "cluster", "of"))
    clusters = [
        f"!{home}" if (home := decided.settled.get(claim) or decided.settled.get(source)) else cluster
        for claim, cluster, source in zip(ids, clusters, sources, strict=True)
    ]
    machine = dict(zip(ids, clusters, strict=True))
    moved = [
        _end(claim if claim in decided.pins else source, machine, decided.pins) or cluster
        for claim, cluster, source in zip(ids, clusters, sources, strict=True)
    ]
    return linked.set_column(linked.schema.get_field_index("cluster"), "cluster", pa.array(moved, pa.string()))


def pinned_over(linked: pa.Table, decided: Decided) -> pa.Table:
    """Return what `pinned` does to single claims, as a table: claim_id, whether it is pinned, cluster and home.

    `linked` holds at least the claims that pins and reviewed incidents name. A claim that is pinned goes to `cluster`, a copy
    of it, too, unless it is pinned itself; null says that the pin leads nowhere. Where no pin leads, `home` is the reviewed
    incident of the claim and of its copies.
    """
    rows = linked.to_pylist()
    home = {claim: f"!{first}" for claim, first in decided.settled.items()}
    machine = {r["claim_id"]: home.get(r["claim_id"]) or home.get(r["of"]) or r["cluster"] for r in rows}
    names = sorted({*decided.pins, *home})
    return pa.table(
        {
            "claim_id": pa.array(names, pa.string()),
            "pinned": pa.array([name in decided.pins for name in names], pa.bool_()),
            "cluster": pa.array([_end(name, machine, decided.pins) for name in names], pa.string()),
            "home": pa.array([home.get(name) for name in names], pa.string()),
        }
    )


def _end(claim: str | None, machine: Mapping[str, str], pins: Mapping[str, str]) -> str | None:
    """Follow joins to the incident that they end in, None where nobody pinned; a circle of joins is one incident."""
    if claim is None or claim not in pins:
        return None
    at, seen = claim, list[str]()
    while at in pins and at not in seen:
        seen.append(at)
        pin = pins[at]
        if pin[0] == "+":
            return pin
        at = pin[1:]
    return machine.get(min(seen[seen.index(at) :]) if at in seen else at)
