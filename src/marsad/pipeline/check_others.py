"""Whose number it is that an article gives of an incident: the toll of another one, or a total over a longer time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from marsad.assess.voices import category_of
from marsad.link.tellings import telling_of
from marsad.model import Bound, Category, Claim, ClaimId, Measure, Scope
from marsad.model.rows import claim_of
from marsad.model.telling import Telling
from marsad.store.derived import Derived

_OTHER_DAYS, _TELLING = 60, 5
"""Within how many days another incident may be the one whose toll an article gives, and from which number on."""

_FAR, _FEW, _NO_DAY = 15, 20, 400
"""A number from which on it is no chance that an incident far away has it, too; incidents that are looked at for it; how far off
in days one counts that has no day."""

_SMALL = 20_000
"""Incidents up to which a number is looked for in all of them."""

_RUNNING, _LONG = 20, 14
"""From which number on it is known again as a total, and over how many days that runs."""

Total = tuple[Claim, str]
"""A running total of the record and its origin."""


def _code(derived: Derived, claim: str) -> str | None:
    rows = derived.table("membership", claim_id=[claim]).to_pylist()
    if not rows:
        return None
    found = derived.table("incident", incident_id=[rows[0]["incident_id"]]).to_pylist()
    return str(found[0]["code"]) if found else None


def others_of(
    derived: Derived, telling: Telling, claims: Sequence[Claim], meant: str | None
) -> dict[ClaimId, tuple[str, str, str]]:
    """Return for each claim another incident of the time whose toll its number is, who says so, and where it was."""
    wanted = {c.value for c in claims if c.bound is Bound.EXACT and c.value is not None and c.value >= _TELLING}
    if not wanted or meant is None:
        return {}
    first = None if telling.day_from is None else telling.day_from - _OTHER_DAYS
    last = None if telling.day_to is None else telling.day_to + _OTHER_DAYS
    found: dict[tuple[str, int], tuple[str, str, str]] = {}
    for other in map(telling_of, derived.tellings_near(telling.country, first, last).to_pylist()):
        for measure, figure in other.figures.items():
            if figure[1] in wanted:
                code = _code(derived, other.telling_id)
                if code is not None and code != meant:
                    found.setdefault((measure, figure[1] or 0), (code, *_told_by(derived, other.telling_id)))
    out = {
        c.claim_id: found[c.measure, c.value]
        for c in claims
        if c.value is not None and (c.measure, c.value) in found and category_of(c) is Category.TOTAL
    }
    far = [c for c in claims if c.claim_id not in out and c.value in wanted and (c.value or 0) >= _FAR]
    return out | _farther(derived, [c for c in far if c.group is None and c.subset_of is None], telling, meant)


def _farther(
    derived: Derived, claims: Sequence[Claim], telling: Telling, meant: str
) -> dict[ClaimId, tuple[str, str, str]]:
    """Return for each claim the incident of any country and time whose toll its number is, the nearest in time."""
    if not claims:
        return {}
    rows = derived.table(
        "claim", value=[c.value for c in claims if c.value], measure=[Measure.KILLED.value]
    ).to_pylist()
    rows = [r for r in rows if r["scope"] == Scope.INCIDENT and r["group"] is None and r["subset_of"] is None]
    day = date.fromordinal(telling.day_from) if telling.day_from is not None else None
    rows.sort(key=lambda r: abs((r["occurred_from"] - day).days) if day and r["occurred_from"] else _NO_DAY)
    out: dict[ClaimId, tuple[str, str, str]] = {}
    for claim in claims:
        mine = [r["claim_id"] for r in rows if r["value"] == claim.value and claim.measure is Measure.KILLED][:_FEW]
        codes = ((one, code) for one in mine if (code := _code(derived, one)) is not None and code != meant)
        one, code = next(codes, ("", ""))
        if code:
            out[claim.claim_id] = (code, *_told_by(derived, one))
    return out


def totals_of(derived: Derived, claims: Sequence[Claim]) -> dict[ClaimId, Total]:
    """Return for each claim of one day the total over a longer time whose number it is."""
    out: dict[ClaimId, Total] = {}
    for claim in claims:
        if claim.value is None or claim.value < _RUNNING or claim.occurred is None or claim.occurred.precision > 1:
            continue
        rows = derived.table("claim", value=[claim.value], measure=[claim.measure.value]).to_pylist()
        totals = [row for row in rows if row["scope"] in (Scope.CUMULATIVE, Scope.AGGREGATE) and _is_long(row)]
        if totals:
            out[claim.claim_id] = claim_of(totals[0]), _origin(derived, totals[0]["claim_id"])
    return out


def _is_long(row: Mapping[str, Any]) -> bool:
    first, last = row["occurred_from"], row["occurred_to"]
    return first is not None and last is not None and (last - first).days >= _LONG


def _told_by(derived: Derived, claim: str) -> tuple[str, str]:
    """Return the origin of a claim and the place that it names, "" where it names none."""
    rows = derived.table("claim", claim_id=[claim]).to_pylist()
    return _origin(derived, claim), str(rows[0]["place_words"] or "") if rows else ""


def _origin(derived: Derived, claim: str) -> str:
    rows = derived.table("fold", claim_id=[claim]).to_pylist()
    return str(rows[0]["origin"]) if rows else ""
