"""A dossier to an incident: what it is called, where, when, by whom, with what, and the standing of its claims."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marsad.link.weigh import standing_row, weighed
from marsad.model import Claim, ClaimId, Incident, IncidentId, Place, Scope, When, content_id
from marsad.model.heard import Heard, heard_of
from marsad.model.rows import incident_row
from marsad.model.schema import DOSSIER, WEIGHED
from marsad.stage import RowStage
from marsad.text.normal import fold


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything heard of one incident, earliest first."""

    cluster: str
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """An incident, with the standing of each of its claims as rows."""

    incident: Incident
    standing: tuple[dict[str, Any], ...]


def weighing_of(dossier: Dossier) -> Iterator[Weighing]:
    """Yield the incident of a dossier; none if it holds no claim that speaks of an incident."""
    rows = weighed(dossier.heard)
    originals = [h for h, _, _ in rows if h.of is None and h.claim.scope is Scope.INCIDENT]
    if originals:
        standing = tuple(standing_row(heard, role, voice) for heard, role, voice in rows)
        founder = min(originals, key=lambda h: (h.received, h.claim.start, h.claim.claim_id))
        yield Weighing(_incident([h.claim for h in originals], founder.claim.claim_id), standing)


def _incident(claims: Sequence[Claim], founding: ClaimId) -> Incident:
    place, when = _place(claims), _when(claims)
    return Incident(
        IncidentId(content_id("incident", founding)),
        code_of(place, when),
        place,
        when,
        _most([c.perpetrator for c in claims]),
        _most([c.weapon for c in claims]),
    )


def code_of(place: Place | None, when: When | None) -> str:
    """Return what people call an incident: its place and first day, RAQQA-2014-11-25.

    >>> code_of(None, None)
    'UNPLACED-UNDATED'
    """
    name = re.sub(r"[^A-Z0-9]+", "-", fold(place.name).upper()).strip("-") if place else ""
    if not name and place:
        name = f"PLACE-{content_id(place.name, length=4).upper()}"
    return f"{name or 'UNPLACED'}-{when.end if when else 'UNDATED'}"


def _place(claims: Sequence[Claim]) -> Place | None:
    """Return the place named most precisely, by most claims, first; the words stay with the claims."""
    places = [c.place for c in claims if c.place]
    if not places:
        return None
    finest = min((p.precision or 8) for p in places)
    fine = [p for p in places if (p.precision or 8) == finest]
    counts = Counter(p.place_id or p.words for p in fine)
    best = max(fine, key=lambda p: counts[p.place_id or p.words])
    return replace(best, words=best.name)


def _when(claims: Sequence[Claim]) -> When | None:
    """Return the interval that most of the claims with the sharpest date give."""
    times = [c.occurred for c in claims if c.occurred]
    if not times:
        return None
    finest = min(t.precision for t in times)
    spans = Counter((t.start, t.end) for t in times if t.precision == finest)
    top = max(spans.values())
    start, end = min(span for span, n in spans.items() if n == top)
    return When(start, end, finest)


def _most(values: Sequence[str | None]) -> str | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _dossier_of(row: Mapping[str, Any]) -> Dossier:
    return Dossier(row["cluster"], tuple(heard_of(item) for item in row["heard"]))


def _weighing_row(weighing: Weighing) -> dict[str, Any]:
    return {**incident_row(weighing.incident), "standing": list(weighing.standing)}


WEIGHING: RowStage[Dossier, Weighing] = RowStage(
    "weigh", "2", "cluster", DOSSIER, WEIGHED, _dossier_of, weighing_of, _weighing_row
)
"""Weighing as a stage."""
