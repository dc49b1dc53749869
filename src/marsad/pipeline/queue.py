"""The queue: what a person should decide next, with the words it hangs on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.link.weights import CROWD, Weights
from marsad.model import Claim, Wrong
from marsad.model.rows import claim_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.taught import weights_in


@dataclass(frozen=True, slots=True)
class Question:
    """Is incident `code` one with `other` (kind "join"), or do its reports tell of two (kind "part")?

    `other` is the code of the other incident, None for a part. `ours` and `theirs` are claims of the two tellings that
    raise the question most; `levels` how those compare, `crowd` among how many others they have to be told apart, `terms`
    what each likeness and the crowd add to the log odds, by the weights of this project. `probability` is that all is one
    incident, `stake` the people of the toll that hangs on it, `priority` the stake times the doubt.
    """

    kind: str
    incident_id: str
    code: str
    other: str | None
    probability: float
    stake: int
    priority: float
    ours: Claim
    theirs: Claim
    levels: Mapping[str, str]
    crowd: int
    terms: Mapping[str, float]


def queue_of(observatory: Observatory, most: int | None = None) -> list[Question]:
    """Return the questions that are open, those first on which the most people hang in the most doubt."""
    with observatory.derived(read_only=True) as derived:
        rows = sorted(
            derived.table("proposal").to_pylist(), key=lambda r: (-r["priority"], r["incident_id"], r["other"])
        )
        rows = rows[:most]
        told = [json.loads(row["why"]) for row in rows]
        weights = weights_in(derived.table("weight"))
        wanted = sorted({claim for why in told for claim in why["claims"]})
        claims = {row["claim_id"]: claim_of(row) for row in derived.table("claim", claim_id=wanted).to_pylist()}
        named = sorted({row["incident_id"] for row in rows} | {row["other"] for row in rows if row["kind"] == "join"})
        codes = {row["incident_id"]: row["code"] for row in derived.table("incident", incident_id=named).to_pylist()}
    return [_question(row, why, claims, codes, weights) for row, why in zip(rows, told, strict=True)]


def incident_words(observatory: Observatory, anchor: str) -> list[str]:
    """Return the words, as anchors, of every claim of the incident that the claim at `anchor` speaks of now.

    Raises Wrong where no claim at these words speaks of an incident.
    """
    report, _, span = anchor.partition(":")
    with observatory.derived(read_only=True) as derived:
        here = [row for row in derived.table("claim", report_id=report).to_pylist() if _span(row) == span]
        of = derived.table("membership", claim_id=[row["claim_id"] for row in here]).to_pylist()
        if not of:
            raise Wrong(
                "decision, anchor", anchor, "speaks of no incident", "`marsad why --json` prints the words that do"
            )
        members = derived.table("membership", incident_id=of[0]["incident_id"]).column("claim_id").to_pylist()
        claims = derived.table("claim", claim_id=members).to_pylist()
    return sorted({f"{row['report_id']}:{_span(row)}" for row in claims})


def _span(row: Mapping[str, Any]) -> str:
    return f"{row['start']}-{row['end']}"


def _question(
    row: Mapping[str, Any],
    why: Mapping[str, Any],
    claims: Mapping[str, Claim],
    codes: Mapping[str, str],
    weights: Weights,
) -> Question:
    levels = {name: level for name, level in why.items() if isinstance(level, str)}
    ours, theirs = (claims[claim] for claim in why["claims"])
    return Question(
        row["kind"],
        row["incident_id"],
        codes[row["incident_id"]],
        codes[row["other"]] if row["kind"] == "join" else None,
        row["probability"],
        row["stake"],
        row["priority"],
        ours,
        theirs,
        levels,
        why[CROWD],
        weights.terms(levels, why[CROWD]),
    )
