"""Before a report is entered: which incidents it may be about, and why. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from marsad.collect.incoming import Incoming
from marsad.link.cluster import UNSEEN
from marsad.link.compare import BACK_DAYS, GAP_DAYS, compared, earliest, is_silent
from marsad.link.facets import facet_of
from marsad.link.light import around
from marsad.link.pairs import candidates
from marsad.link.tellings import UNPRINTED, telling_of, tellings_of
from marsad.link.weights import Weights, probability
from marsad.model import Claim
from marsad.model.telling import Telling
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.reading import read_reports
from marsad.pipeline.taught import weights_in
from marsad.store.derived import Derived

_NEW = "new"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident that a telling may be of: the probability, and the strongest pair's levels and their log odds.

    `tellings` is how many reports of the incident were compared.
    """

    incident_id: str
    code: str
    probability: float
    tellings: int
    levels: Mapping[str, str]
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report tells of one incident, by its claims, and the incidents that it may be, likeliest first."""

    claims: tuple[Claim, ...]
    candidates: tuple[Candidate, ...]


def candidates_of(observatory: Observatory, incoming: Incoming, most: int = 5) -> list[Asked]:
    """Return for each incident that a report tells of the known incidents that it may be, likeliest first.

    Only incidents of the same country and time are looked at, so the cost does not grow with what is stored.
    """
    [read] = read_reports([(_NEW, incoming)], 1)
    claims = {c.claim_id: c for c in read.claims}
    printed = incoming.published.toordinal() if incoming.published else None
    facets = [
        {**asdict(f), "rank": UNPRINTED if printed is None else printed, "printed": printed}
        for c in read.claims
        for f in facet_of(c)
        if f.counts
    ]
    out = []
    with observatory.derived(read_only=True) as derived:
        for telling in tellings_of(facets):
            found = candidates_among(derived, telling, weights_in(derived.table("weight")))
            out.append(Asked(tuple(claims[c] for c in telling.claims), tuple(found[:most])))
    return out


def candidates_among(derived: Derived, telling: Telling, weights: Weights) -> list[Candidate]:
    """Return the stored incidents that a telling may be of, likeliest first."""
    near = list(map(telling_of, derived.tellings_near(telling.country, _first(telling), _last(telling)).to_pylist()))
    near = [t for t in near if t.telling_id != telling.telling_id]
    incident = _incidents(derived, near)
    light = around([*near, telling])
    scored: dict[str, list[tuple[float, bool, dict[str, str], int]]] = {}
    for a, b in candidates([*near, telling]):
        if telling.telling_id not in (a.telling_id, b.telling_id):
            continue
        crowd = light.crowd_of(a, b)
        other = a if b.telling_id == telling.telling_id else b
        levels = compared(a, b, light)
        log_odds = weights.score(levels, crowd)
        silent = log_odds < 0 and is_silent(levels)
        if other.telling_id in incident:
            scored.setdefault(incident[other.telling_id], []).append((log_odds, silent, levels, crowd))
    size: dict[str, int] = {}
    for name in incident.values():
        size[name] = size.get(name, 0) + 1
    codes = {row["incident_id"]: row["code"] for row in derived.table("incident", incident_id=list(scored)).to_pylist()}
    found = [_candidate(name, codes[name], told, size[name], weights) for name, told in scored.items() if name in codes]
    return sorted(found, key=lambda c: (-c.probability, c.code))


def _candidate(
    name: str, code: str, told: Sequence[tuple[float, bool, dict[str, str], int]], size: int, weights: Weights
) -> Candidate:
    loud = [log_odds for log_odds, silent, _, _ in told if not silent]
    unseen = size - len(told)
    counted = len(loud) + unseen
    mean = (sum(loud) + unseen * UNSEEN) / counted if counted else max(t[0] for t in told)
    _, _, levels, crowd = max(told, key=lambda t: t[0])
    return Candidate(name, code, round(probability(mean), 3), len(told), levels, weights.terms(levels, crowd))


def _incidents(derived: Derived, tellings: Sequence[Telling]) -> dict[str, str]:
    """Return the incident of each telling, by its first claim."""
    rows = derived.table("membership", claim_id=[t.telling_id for t in tellings]).to_pylist()
    return {row["claim_id"]: row["incident_id"] for row in rows}


def _first(telling: Telling) -> int | None:
    first = earliest(telling)
    return None if first is None else first - GAP_DAYS


def _last(telling: Telling) -> int | None:
    return None if telling.day_to is None else telling.day_to + GAP_DAYS + BACK_DAYS
