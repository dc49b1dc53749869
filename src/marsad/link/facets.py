"""A claim as linking sees it: where and when its incident lies, and what number it carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from marsad.link.reckoned import is_assumed, is_reckoned
from marsad.model import Bound, Claim, ClaimId, Flag, Measure, Modality, Place, ReportId, Scope, Status
from marsad.model.rows import claim_of
from marsad.model.schema import CLAIM
from marsad.model.schema_linking import FACET
from marsad.model.telling import NAMESAKE, UNLISTED
from marsad.stage import RowStage
from marsad.text.normal import bare, fold
from marsad.text.sound import consonants, sound
from marsad.text.tokens import form_of

HARM = frozenset(
    {
        Measure.KILLED,
        Measure.INJURED,
        Measure.KILLED_OR_INJURED,
        Measure.MISSING,
        Measure.ABDUCTED,
        Measure.DETAINED,
        Measure.BODIES_SEEN,
    }
)
"""Measures that make an incident; population and displacement are its setting."""

_DISTRICT = 3
"""The where_prec of a district: what is less is a town or its surroundings."""

_WIDE = 4
"""The where_prec from which a place is a province or more."""

_KINDS = frozenset(
    {"state", "province", "governorate", "district", "region", "department", "prefecture", "capital", "territory"}
)
"""What a list of provinces may add to their names."""

_ALIKE, _REMEMBERED = 0.6, 10_000
"""How alike two spellings of one name are (difflib, of 1), and how many pairs are kept at hand."""

_SHORTEST_NAME = 4
"""Letters of the shortest name that tells anything."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What of a claim decides which incident it speaks of; see schema FACET."""

    claim_id: ClaimId
    report_id: ReportId
    start: int
    spot: str
    signature: str
    measure: str
    group: str | None
    low: int | None
    value: int | None
    high: int | None
    whole: int
    place_key: str
    latitude: float | None
    longitude: float | None
    precision: int | None
    country: str | None
    admin1: str | None
    day_from: int | None
    day_to: int | None
    reckoned: int
    carried: int
    assumed: int
    inferred: int
    perpetrator: str | None
    weapon: str | None
    counts: int
    names: str
    called: str


def facet_of(claim: Claim) -> Iterator[Facet]:
    """Yield the claim's facet: one for a measure of harm, none for populations and the displaced."""
    if claim.measure not in HARM:
        return
    place = claim.place
    part = claim.derived or claim.subset_of is not None or claim.group is not None or claim.bound is Bound.FRACTION
    part = part or claim.modality is Modality.RETRACTED  # an old number that is named beside the new one sets no figure
    yield Facet(
        claim_id=claim.claim_id,
        report_id=claim.report_id,
        start=claim.start,
        spot=f"{claim.start}-{claim.end}:{claim.measure}",
        signature=_signature(claim),
        measure=claim.measure.value,
        group=claim.group.value if claim.group else None,
        low=claim.low,
        value=claim.value,
        high=claim.high,
        whole=int(not part),
        place_key="" if place is None else _key(place),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        precision=place.precision if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        day_from=claim.occurred.start.toordinal() if claim.occurred else None,
        day_to=claim.occurred.end.toordinal() if claim.occurred else None,
        reckoned=int(is_reckoned(claim.occurred)),
        carried=int(claim.occurred is not None and claim.occurred.carried),
        assumed=int(is_assumed(claim.occurred)),
        inferred=int(Flag.PLACE_INFERRED in claim.flags),
        perpetrator=claim.perpetrator,
        weapon=claim.weapon,
        counts=int(claim.scope is Scope.INCIDENT and claim.modality is not Modality.HYPOTHETICAL),
        names=" ".join(_names(claim)),
        called=" ".join(_called(place)),
    )


def _names(claim: Claim) -> Iterator[str]:
    """Yield the names beside a claim but those of who said it: a spokesman speaks of many incidents."""
    said = {form_of(word) for name in claim.attribution for word in name.replace("-", " ").split()}
    if claim.place is not None and not claim.place.place_id:
        for word in claim.place.words.split()[-1:]:  # "Tell Marj": a hundred villages are called Tell
            if len(word) >= _SHORTEST_NAME:
                yield f"{sound(word)}:{form_of(word)}"
    yield from (name for name in claim.names if name.partition(":")[2] not in said and " " not in name)


def _called(place: Place | None) -> list[str]:
    """Return the sounds of the names of a settled place, or of one that no gazetteer has: what another report may call it."""
    if place is None or (place.precision is not None and place.precision >= _WIDE):
        return []
    names = (place.words, place.name, place.name_ar or "") if place.found else (place.words,)
    return sorted({heard.replace(" ", "") for name in names if (heard := sound(name))} - {""})


def _key(place: Place) -> str:
    """Return by what a place is known: its id, marked where it is a town of its province's name: either may be meant."""
    if not place.place_id:
        return _unlisted(place.words)
    settled = place.precision is not None and place.precision < _DISTRICT
    namesake = settled and place.admin1 is not None and _is_namesake(place.name, place.admin1)
    return f"{place.place_id}{NAMESAKE}" if namesake else place.place_id


@lru_cache(maxsize=_REMEMBERED)
def _is_namesake(town: str, province: str) -> bool:
    """Tell whether a province is called after a town: "Kano State", "Al Hudaydah" after Hodeidah.

    >>> _is_namesake("Hodeidah", "Al Hudaydah"), _is_namesake("Boeing", "Bangui")
    (True, False)
    """
    plain = " ".join(word for word in fold(province).split() if word not in _KINDS) or fold(province)
    if fold(town) == plain:
        return True
    close = SequenceMatcher(None, bare(fold(town)), bare(plain)).ratio() >= _ALIKE
    return close and consonants(town) == consonants(plain)


def _unlisted(words: str) -> str:
    """Return by what a place is known that no gazetteer has: its sound, which Tamboul, Tambul and تمبول share."""
    return f"{UNLISTED}{sound(words)}"


def _signature(claim: Claim) -> str:
    """Return what the claim says, alike in a reworded copy; nothing in it hangs on the day from which a date is read."""
    stated = () if claim.derived else (claim.low, claim.high)
    side = claim.status if claim.status in (Status.CIVILIAN, Status.COMBATANT) else ""
    speaker = claim.attribution[0] if claim.attribution else ""
    words = " ".join(claim.text.lower().split())
    parts = (claim.measure, claim.value, *stated, claim.bound, side, claim.group, claim.modality, speaker, words)
    return "|".join(str(part) for part in parts)


def _row(facet: Facet) -> dict[str, Any]:
    return {name: getattr(facet, name) for name in FACET.names}  # asdict copies each value, and takes ten times as long


FACETS: RowStage[Claim, Facet] = RowStage("facets", "9", "claim_id", CLAIM, FACET, claim_of, facet_of, _row)
"""Facets as a stage."""
