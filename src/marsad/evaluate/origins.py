"""How well independent origins are counted: for each incident of a marked folder, the count found against the one marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DEATHS = "killed"


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A person marked: in `report`, which `outlet` printed on `published` (ISO 8601, perhaps a year alone, or None),
    `attribution` (the speaker first, whoever relayed it after) says that between `low` and `high` people were `category`.

    `attribution` is empty for the outlet's own voice, `wire` the agency whose story the report is, None for none known.
    `origin` is whom the person takes the number from: the speaker by his one name, else the agency, else the outlet.
    `part` marks a number that is part of another one of the report; `several` one that is given for several incidents.
    """

    cid: str
    report: str
    outlet: str
    published: str | None
    lang: str | None
    attribution: tuple[str, ...]
    wire: str | None
    category: str
    low: int | None
    high: int | None
    qualifier: str | None
    group: str | None
    status: str
    part: bool
    part_of: str | None
    several: bool
    origin: str
    incident: str


@dataclass(frozen=True, slots=True)
class OriginCount:
    """For one incident: how many origins stand behind its dead, as found and as marked, and the names of both.

    `independent` is how many a person counted as independent, None where nobody judged that; `marked` is how many the
    marks name, where two names of one body and an outlet that copies another one are two.
    """

    incident: str
    reports: int
    found: tuple[str, ...]
    marked: tuple[str, ...]
    independent: int | None


@dataclass(frozen=True, slots=True)
class OriginScore:
    """Over `incidents` of them: the share whose count is exactly right (0 to 1), and the mean absolute error (origins).

    Both None where there is nothing to judge.
    """

    incidents: int
    exact: float | None
    error: float | None


def marked_claims(reports: Iterable[Mapping[str, Any]], marks: Iterable[Mapping[str, Any]]) -> list[MarkedClaim]:
    """Return the claims about incidents that marks hold, in order; a claim about several incidents once for each.

    `reports` are lines with id, outlet, agency, published, lang; `marks` lines with report_id (or id) and claims, as
    docs/evaluating.md has them. Running totals and background are no claims about incidents.
    """
    known = {line["id"]: line for line in reports}
    out: list[MarkedClaim] = []
    for line in marks:
        report = known[line.get("report_id") or line["id"]]
        for claim in line["claims"]:
            incidents = claim["incident"] if isinstance(claim["incident"], list) else [claim["incident"]]
            for incident in incidents:
                if incident and ":" not in incident and claim.get("scope", "incident") in ("incident", "aggregate"):
                    out.append(_marked(report, claim, incident, several=len(incidents) > 1))
    return out


def _marked(report: Mapping[str, Any], claim: Mapping[str, Any], incident: str, *, several: bool) -> MarkedClaim:
    """Return a claim as marked; what marks may leave out is read as not said."""
    speaker, wire = claim.get("attribution"), report.get("agency")
    return MarkedClaim(
        cid=claim.get("cid") or f"{report['id']}.{claim.get('start')}-{claim.get('end')}",
        report=report["id"],
        outlet=report["outlet"],
        published=report["published"],
        lang=report.get("lang"),
        attribution=(speaker, *claim.get("via", ())) if speaker else (),
        wire=wire,
        category=claim["category"],
        low=claim["low"],
        high=claim["high"],
        qualifier=claim.get("qualifier") or "exact",
        group=claim.get("group"),
        status=claim.get("status") or "asserted",
        part=bool(claim.get("subset") or claim.get("subset_of")),
        part_of=claim.get("subset_of"),
        several=several,
        origin=claim.get("origin") or speaker or wire or report["outlet"],
        incident=incident,
    )


def by_incident(claims: Iterable[MarkedClaim]) -> dict[str, list[MarkedClaim]]:
    """Return the claims of each incident."""
    out: dict[str, list[MarkedClaim]] = {}
    for claim in claims:
        out.setdefault(claim.incident, []).append(claim)
    return out


def that_count(claims: Sequence[MarkedClaim]) -> list[MarkedClaim]:
    """Return the claims by whose origins an incident is judged: whole numbers of dead for it alone; all if there are none."""
    deaths = [c for c in claims if c.category == DEATHS and not c.part and not c.several]
    return deaths or list(claims)


def origin_count(
    incident: str, claims: Sequence[MarkedClaim], found: Mapping[str, str], independent: int | None = None
) -> OriginCount:
    """Return the count of one incident; `found` gives the origin that marsad takes each claim's number from, by its cid.

    A claim that `found` lacks was not read, and has no origin. Whoever says that nobody knows how many corroborates nothing:
    such claims count in the marks alone.
    """
    counted = that_count(claims)
    told = [c for c in counted if c.low is not None or c.high is not None] or counted
    return OriginCount(
        incident,
        len({c.report for c in claims}),
        tuple(sorted({found[c.cid] for c in told if c.cid in found})),
        tuple(sorted({c.origin for c in counted})),
        independent,
    )


def score_origins(counts: Iterable[OriginCount], *, against_marks: bool = False) -> OriginScore:
    """Return how many counts are exactly right and by how much they are off, as against what a person judged.

    With `against_marks`, as against the number of names in the marks.

    >>> score_origins([OriginCount("I", 2, ("A",), ("A", "B"), 1)])
    OriginScore(incidents=1, exact=1.0, error=0.0)
    >>> score_origins([OriginCount("I", 2, ("A",), ("A", "B"), 1)], against_marks=True).error
    1.0
    """
    judged = [(len(c.found), len(c.marked) if against_marks else c.independent) for c in counts]
    errors = [abs(found - right) for found, right in judged if right is not None]
    if not errors:
        return OriginScore(0, None, None)
    return OriginScore(len(errors), sum(e == 0 for e in errors) / len(errors), sum(errors) / len(errors))
