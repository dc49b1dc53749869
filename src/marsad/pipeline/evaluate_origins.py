"""A folder of marked claims, the origins behind each incident counted and judged. Needs no text: the marks are enough."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marsad.evaluate.origins import MarkedClaim, OriginCount, by_incident, marked_claims, origin_count
from marsad.link.origins import folds
from marsad.model import (
    Bound,
    Claim,
    ClaimId,
    Group,
    Measure,
    Modality,
    Place,
    ReportId,
    Scope,
    Status,
    Wrong,
)
from marsad.model.heard import Heard
from marsad.text.tokens import form_of
from marsad.text.wires import wire_of, wires

JUDGED = "independent_origins.json"
_FILES = (("reports.jsonl", "gold.jsonl"), ("facts.jsonl", "facts.jsonl"))
"""Where reports and their marks stand: in a folder of marked reports, and in one of facts without texts."""

_BOUNDS = {
    "exact": Bound.EXACT,
    "at_least": Bound.AT_LEAST,
    "more_than": Bound.MORE_THAN,
    "up_to": Bound.AT_MOST,
    "about": Bound.ABOUT,
    "vague": Bound.VAGUE,
}
_MODALITIES = {"retracted": Modality.RETRACTED, "denied": Modality.DENIED, "hypothetical": Modality.HYPOTHETICAL}


def evaluate_origins(
    folders: Sequence[Path], judged: Path | None = None, read: Mapping[str, str] | None = None
) -> list[OriginCount]:
    """Return, for each incident that the folders' marks tell of, the origins found and marked, in order of incidents.

    With `read`, the origins of what was read where a mark is, by cid: the origins that reading, linking and folding found.
    What was not read has none there. Without it, speakers and outlets are those of the marks.

    Each folder holds reports.jsonl and gold.jsonl, or facts.jsonl; incidents of one id are one. `judged` is a JSON file
    {incident: independent origins}; without it, independent_origins.json of the first folder that has one. Raises Wrong
    for a folder without marks, and for marks that are not in the form of docs/evaluating.md.
    """
    claims = [claim for folder in folders for claim in _claims(folder)]
    places = {i["id"]: i.get("place") for folder in folders for i in _json(folder / "incidents.json", [])}
    found = judged or next((folder / JUDGED for folder in folders if (folder / JUDGED).is_file()), None)
    truth: Mapping[str, Any] = _json(found, {}) if found else {}
    return [
        origin_count(
            incident, told, origins_of(told, places.get(incident)) if read is None else read, truth.get(incident)
        )
        for incident, told in sorted(by_incident(claims).items())
    ]


def origins_of(claims: Sequence[MarkedClaim], place: str | None) -> dict[str, str]:
    """Return the name of the origin that each marked claim of an incident is folded to, by its cid."""
    ids = {c.cid: _id(c) for c in claims}
    heard = [_heard(c, place, ids, claims) for c in claims]
    heard.sort(key=lambda h: (h.published or date.max, h.claim.report_id, h.claim.start))
    found = folds(heard)
    return {cid: found[claim_id].origin.name for cid, claim_id in ids.items()}


def _id(claim: MarkedClaim) -> ClaimId:
    return ClaimId(f"{claim.cid}")


def _heard(given: MarkedClaim, place: str | None, ids: Mapping[str, ClaimId], beside: Sequence[MarkedClaim]) -> Heard:
    number = given.low if given.low is not None else given.high
    order = [c.cid for c in beside].index(given.cid)
    text = given.cid
    claim = Claim(
        claim_id=ids[given.cid],
        report_id=ReportId(given.report),
        start=1000 * order,
        end=1000 * order + len(text),
        text=text,
        measure=Measure(given.category),
        value=None if given.qualifier == "vague" or number is None else number,
        low=given.low,
        high=given.high,
        bound=Bound.NONE if number == 0 else _BOUNDS.get(given.qualifier or "exact", Bound.EXACT),
        status=Status.UNKNOWN,
        group=Group(given.group) if given.group in set(Group) else None,
        attribution=given.attribution,
        occurred=None,
        place=Place(place, None, place) if place else None,
        perpetrator=None,
        weapon=None,
        scope=Scope.AGGREGATE if given.several else Scope.INCIDENT,
        modality=_MODALITIES.get(given.status, Modality.ASSERTED),
        subset_of=_whole(given, ids, beside),
        same_as=None,
        derived=False,
        rule="marked",
        score=1.0,
    )
    return Heard(claim, given.outlet, _day(given.published), None, {}, wire=_wire(given))


def _whole(given: MarkedClaim, ids: Mapping[str, ClaimId], beside: Sequence[MarkedClaim]) -> ClaimId | None:
    """Return the claim that this one is part of: as marked; where only a part is marked, the whole before it."""
    if given.part_of is not None:
        return ids.get(given.part_of)
    if not given.part:
        return None
    wholes = [c for c in beside if c.report == given.report and c.category == given.category and not c.part]
    at = beside.index(given)
    before = [c for c in wholes if beside.index(c) < at]
    return ids[(before or wholes)[-1].cid] if wholes else None


def _wire(given: MarkedClaim) -> str | None:
    if not given.wire:
        return wire_of(given.outlet) if "(" in given.outlet else None
    first = given.wire.partition("/")[0].partition("(")[0].strip()
    return wires().agencies.get(form_of(first), first)


def _day(published: str | None) -> date | None:
    """Return the last day that a date may mean which is known to the month or the year alone."""
    if not published:
        return None
    parts = [int(part) for part in published.split("-")]
    year, month, day = (*parts, 12, 28)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    return date(year, month, day)


def _claims(folder: Path) -> list[MarkedClaim]:
    for reports, marks in _FILES:
        if (folder / marks).is_file():
            try:
                return marked_claims(_lines(folder / reports), _lines(folder / marks))
            except (KeyError, TypeError) as fault:
                rule = f"is not in the form of a marked claim: {fault}"
                raise Wrong(str(folder / marks), None, rule, "docs/evaluating.md shows the form") from fault
    raise Wrong(str(folder), None, "holds no gold.jsonl and no facts.jsonl", "docs/evaluating.md shows the form")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, filter(str.strip, file))


def _json(path: Path, otherwise: Any) -> Any:
    return json.loads(path.read_text("utf-8")) if path.is_file() else otherwise
