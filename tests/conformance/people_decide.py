"""Decisions of every kind that changes a table, made on the incidents of a small world: for engines to be held to."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain, count, islice
from typing import Any

import pyarrow as pa

from marsad.model import Decision, DecisionKind

AT = datetime(2031, 3, 1, tzinfo=UTC)


def decided(claims: pa.Table, tables: Mapping[str, pa.Table]) -> list[Decision]:
    """Return what a team might decide on these claims and the incidents that they come to, one thing a minute.

    Corrections, refusals and a claim nobody read; joins, one of them through another; incidents of their own; a review, a
    grade, something taken back, a decision on words that make no claim; and reports told apart and joined, against what the
    machine thinks of them and often enough that it learns.
    """
    row = {r["claim_id"]: r for r in claims.to_pylist()}
    incidents = [
        sorted((row[c] for c in members if row[c]["measure"] == "killed"), key=_place)
        for members in _members(tables["membership"]).values()
    ]
    several = sorted((i for i in incidents if len({c["report_id"] for c in i}) > 2), key=lambda i: _at(i[0]))
    single = sorted((i for i in incidents if i), key=lambda i: (len(i), _at(i[0])))
    minute = count()

    def said(at: str, kind: DecisionKind, version: int = 1, **body: Any) -> Decision:
        when = AT + timedelta(minutes=next(minute))
        return Decision(at, kind, version, body, "lynx", "a reason", when)

    def made() -> Iterator[Decision]:
        first, second, third, fourth, *_ = several
        yield said(_at(first[0]), DecisionKind.CORRECT, value=77, low=77, high=77)
        yield said(_at(first[1]), DecisionKind.CORRECT, value="many")
        yield said(_at(second[0]), DecisionKind.REJECT)
        yield said(_at(third[0]), DecisionKind.APART, name="market")
        yield said(_at(third[1]), DecisionKind.APART, name="market")
        yield said(_at(fourth[0]), DecisionKind.SETTLE, claims=[_at(c) for c in fourth[:-1]])
        yield said(_at(fourth[0]), DecisionKind.GRADE, grade="fair")
        lone, other, further, fourth_lone = (i[0] for i in single[:4])
        yield said(_at(lone), DecisionKind.JOIN, 1, **{"with": _at(other)})
        yield said(_at(other), DecisionKind.JOIN, 1, **{"with": _at(further)})
        yield said(_at(fourth_lone), DecisionKind.JOIN, 1, **{"with": _at(lone)})
        yield said(_at(fourth_lone), DecisionKind.JOIN, 2, undone=True)
        report = lone["report_id"]
        yield said(f"{report}:0-4", DecisionKind.ADD, measure="injured", text="four", value=4, low=4, high=4)
        yield said(f"{report}:9990-9999", DecisionKind.REJECT)
        pairs = [p for p in tables["pair"].to_pylist() if p["a"] in row and p["b"] in row]
        seen = {d for incident in (first, second, third, fourth) for c in incident for d in [_at(c)]}
        ranked = sorted((p for p in pairs if p["log_odds"] > -50), key=lambda p: (p["log_odds"], p["a"], p["b"]))
        clear = chain.from_iterable(zip(ranked, reversed(ranked), strict=True))
        for pair in islice(clear, 400):
            a, b = row[pair["a"]], row[pair["b"]]
            if _at(a) not in seen and a["measure"] == b["measure"] == "killed":
                seen.add(_at(a))
                kind, key = (DecisionKind.DIFFER, "from") if pair["log_odds"] > 0 else (DecisionKind.JOIN, "with")
                yield said(_at(a), kind, 1, **{key: _at(b)})

    return list(made())


def _members(membership: pa.Table) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for one in membership.sort_by([("incident_id", "ascending"), ("claim_id", "ascending")]).to_pylist():
        out.setdefault(one["incident_id"], []).append(one["claim_id"])
    return out


def _place(claim: Mapping[str, Any]) -> tuple[str, int]:
    return claim["report_id"], claim["start"]


def _at(claim: Mapping[str, Any]) -> str:
    return f"{claim['report_id']}:{claim['start']}-{claim['end']}"
