"""Kept values to rows and back, and what of a row the ledger seals: everything but its number."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from marsad.model import (
    Decision,
    DecisionKind,
    Evidence,
    ListKind,
    PlaceList,
    Release,
    Report,
    ReportId,
    Sha256,
)
from marsad.model.restricted import Restriction
from marsad.model.rows import canonical_json
from marsad.store import preserving_rows
from marsad.store.instants import instant

Row = dict[str, Any]

EVERY_COUNTRY = "*"
"""What a row holds for a list of places that is read for every country."""


def evidence_row(evidence: Evidence) -> Row:
    """Return the evidence as a row, without its number in the ledger."""
    return {
        "sha256": evidence.sha256,
        "size": evidence.size,
        "media_type": evidence.media_type,
        "sha3_512": evidence.sha3_512,
    }


def report_row(report: Report, intake_key: str) -> Row:
    """Return the report as a row, without its number in the ledger; `intake_key` is the name it was sent under."""
    return {
        "report_id": report.report_id,
        "evidence": report.evidence,
        "outlet": report.outlet,
        "published": None if report.published is None else report.published.isoformat(),
        "lang": report.lang,
        "address": report.address,
        "recorded_at": instant(report.recorded_at),
        "intake_key": intake_key,
    }


def report_of(row: Mapping[str, Any]) -> Report:
    """Return the report that a row holds."""
    return Report(
        ReportId(row["report_id"]),
        Sha256(row["evidence"]),
        row["outlet"],
        None if row["published"] is None else date.fromisoformat(row["published"]),
        row["lang"],
        row["address"],
        datetime.fromisoformat(row["recorded_at"]),
    )


def decision_row(decision: Decision) -> Row:
    """Return the decision as a row, without its number in the ledger."""
    return {
        "anchor": decision.anchor,
        "kind": decision.kind.value,
        "version": decision.version,
        "body": canonical_json(dict(decision.body)),
        "actor": decision.actor,
        "reason": decision.reason,
        "recorded_at": instant(decision.recorded_at),
    }


def decision_of(row: Mapping[str, Any]) -> Decision:
    """Return the decision that a row holds."""
    return Decision(
        row["anchor"],
        DecisionKind(row["kind"]),
        row["version"],
        json.loads(row["body"]),
        row["actor"],
        row["reason"],
        datetime.fromisoformat(row["recorded_at"]),
    )


def release_row(release: Release) -> Row:
    """Return the release as a row, without its number in the ledger."""
    return {
        "number": release.number,
        "manifest": release.manifest,
        "policy": release.policy,
        "as_known_on": release.as_known_on,
        "tree_size": release.tree_size,
        "root": release.root,
        "recorded_at": instant(release.recorded_at),
    }


def release_of(row: Mapping[str, Any]) -> Release:
    """Return the release that a row holds."""
    return Release(
        row["number"],
        Sha256(row["manifest"]),
        row["policy"],
        row["as_known_on"],
        row["tree_size"],
        Sha256(row["root"]),
        datetime.fromisoformat(row["recorded_at"]),
    )


def place_list_row(given: PlaceList) -> Row:
    """Return the list of places as a row, without its number in the ledger."""
    return {
        "evidence": given.evidence,
        "kind": given.kind.value,
        "name": given.name,
        "country": given.country or EVERY_COUNTRY,
        "version": given.version,
        "used": int(given.used),
        "recorded_at": instant(given.recorded_at),
    }


def place_list_of(row: Mapping[str, Any]) -> PlaceList:
    """Return the list of places that a row holds."""
    return PlaceList(
        Sha256(row["evidence"]),
        ListKind(row["kind"]),
        row["name"],
        None if row["country"] == EVERY_COUNTRY else row["country"],
        row["version"],
        bool(row["used"]),
        datetime.fromisoformat(row["recorded_at"]),
    )


def restriction_row(given: Restriction) -> Row:
    """Return the restriction as a row, without its number in the ledger."""
    return {**asdict(given), "recorded_at": instant(given.recorded_at)}


def restriction_of(row: Mapping[str, Any]) -> Restriction:
    """Return the restriction that a row holds."""
    at = datetime.fromisoformat(row["recorded_at"])
    return Restriction(ReportId(row["report_id"]), row["version"], row["circle"], row["actor"], row["reason"], at)


SUBJECTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "evidence": lambda row: str(row["sha256"]),
    "report": lambda row: str(row["report_id"]),
    "decision": lambda row: f"{row['anchor']} {row['kind']} {row['version']}",
    "release": lambda row: str(row["number"]),
    "place_list": lambda row: f"{row['evidence']} {row['country']} {row['version']}",
    "original": lambda row: f"{row['report_id']} {row['evidence']}",
    "quarantine": lambda row: f"{row['evidence']} {row['name']}",
    "restriction": lambda row: f"{row['report_id']} {row['version']}",
    **preserving_rows.SUBJECTS,
}
"""What the ledger calls a kept thing, by its kind; the kinds are the kept tables."""
