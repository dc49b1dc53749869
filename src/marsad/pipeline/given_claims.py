"""Claims as a person marked them, in place of those that were read: what linking does when reading made no error.

A mark says how many, of whom and in whose words, not where and when. Those come from the claim that was read from the
same words, or from the nearest one that was read in the report; without any, nothing is known of them. Where somebody
wrote down where and when the marked incidents were, that can be given too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from marsad.evaluate.linked_marks import LinkedMark
from marsad.model import Bound, Claim, ClaimId, Group, Measure, Modality, Place, ReportId, Scope, Status, When
from marsad.model.ids import content_id

_SCOPES = {"stock": Scope.BACKGROUND}
_BOUNDS = {"up_to": Bound.AT_MOST, "nearly": Bound.ABOUT}
_STATUSES = {"superseded": Modality.RETRACTED}

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Known:
    """Where and when an incident was, None where nobody wrote it down."""

    place: Place | None
    day: When | None


def known_of(fields: Mapping[str, Any]) -> Known:
    """Return what an entry of incidents.json says: {"id", "date", "place", "lat", "lon"}, whatever it leaves out."""
    latitude, longitude, words = fields.get("lat"), fields.get("lon"), str(fields.get("place") or fields.get("id"))
    place = None
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        key = f"given:{latitude},{longitude}"
        place = Place(words, key, words, latitude=float(latitude), longitude=float(longitude), precision=1)
    try:
        day = date.fromisoformat(str(fields.get("date")))
    except ValueError:
        return Known(place, None)
    return Known(place, When(day, day, 1))


def given_claims(
    report_id: ReportId, marks: Sequence[LinkedMark], read: Sequence[Claim], known: Mapping[str, Known] | None = None
) -> Iterator[tuple[str, Claim]]:
    """Yield each mark of a report as a claim, under the mark's cid; `read` are the claims that were read in it.

    `known` says of incidents where and when they were. A mark without a span stands where its place in the list would
    have it.
    """
    at = 0
    for mark in marks:
        start, end = (at, at + 1) if mark.start is None or mark.end is None else (mark.start, mark.end)
        at = end + 1
        claim = _claim(report_id, mark, start, end, _nearest(start, end, read))
        told = (known or {}).get(mark.incident or "")
        yield (
            mark.cid,
            replace(claim, place=told.place or claim.place, occurred=told.day or claim.occurred) if told else claim,
        )


def _nearest(start: int, end: int, read: Sequence[Claim]) -> Claim | None:
    """Return the claim that shares most characters with a span, else the one that is the fewest away from it."""
    return max(read, key=lambda c: (min(end, c.end) - max(start, c.start), -c.start), default=None)


def _claim(report_id: ReportId, mark: LinkedMark, start: int, end: int, near: Claim | None) -> Claim:
    return Claim(
        claim_id=ClaimId(content_id("given", report_id, mark.cid)),
        report_id=report_id,
        start=start,
        end=end,
        text="-" * (end - start),
        measure=Measure(mark.category),
        value=mark.number,
        low=mark.low,
        high=mark.high,
        bound=_BOUNDS.get(mark.qualifier) or _one_of(Bound, mark.qualifier) or Bound.EXACT,
        status=Status(mark.victim_type),
        group=_one_of(Group, mark.group),
        attribution=mark.attribution,
        occurred=near.occurred if near else None,
        place=near.place if near else None,
        perpetrator=near.perpetrator if near else None,
        weapon=near.weapon if near else None,
        scope=_SCOPES.get(mark.scope) or _one_of(Scope, mark.scope) or Scope.BACKGROUND,
        modality=_STATUSES.get(mark.status) or _one_of(Modality, mark.status) or Modality.ASSERTED,
        # Facets ask only whether a claim is a part; of which one, a mark without a span cannot say.
        subset_of=ClaimId("whole") if mark.part else None,
        same_as=None,
        derived=False,
        rule="given",
        score=1.0,
        names=near.names if near else (),
    )


def _one_of(words: type[Word], word: str | None) -> Word | None:
    return words(word) if word in set(words) else None
