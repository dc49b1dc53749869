"""What stands beside incidents as open data: every statement as a table, who held what as a table and as a map."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from marsad.publish.formats.tables import Column, Table
from marsad.publish.public import (
    PublicBound,
    PublicContext,
    PublicHeld,
    PublicHolding,
    PublicKnowledge,
    PublicParty,
    PublicPlace,
    PublicPoint,
    PublicRelease,
    PublicStance,
    PublicTopic,
)

_RADIUS_KM = {2: 10.0, 3: 25.0, 4: 75.0, 5: 100.0}
"""How large a point is drawn at least, by where_prec: no place is drawn finer than it is told."""

_COUNTRYWIDE = 6
"""UCDP's where_prec from which on a statement is of a country: no point of a map."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One statement beside incidents, with its place and the name of who acts."""

    knowledge: PublicKnowledge
    point: PublicPoint | None
    party: str | None
    others: str | None


@dataclass(frozen=True, slots=True)
class Hold:
    """One run of days of one place."""

    holding: PublicHolding
    point: PublicPoint
    shares: str
    statements: str


def remarks(release: PublicRelease) -> Iterator[Remark]:
    """Yield every statement beside incidents."""
    points = {point.id: point for point in release.context.points}
    names = named(release.context.parties)
    for one in release.context.knowledge:
        others = "; ".join(names.get(other, other) for other in one.others) or None
        point = None if one.point is None else points[one.point]
        yield Remark(one, point, None if one.party is None else names.get(one.party, one.party), others)


def holds(release: PublicRelease) -> Iterator[Hold]:
    """Yield every run of days on which somebody is said to have held a place."""
    points = {point.id: point for point in release.context.points}
    names = named(release.context.parties)
    for one in release.context.holdings:
        shares = "; ".join(f"{names.get(s.party, s.party)} {s.share:.2f}" for s in one.shares)
        yield Hold(one, points[one.point], shares, " ".join(one.statements))


def named(parties: tuple[PublicParty, ...]) -> dict[str, str]:
    """Return the name of each party by its public id."""
    return {str(party.id): str(party.name) for party in parties}


def control_geojson(context: PublicContext) -> bytes:
    """Return who held what as GeoJSON (RFC 7946): a feature for each place and run of days; `days` are a slider's ends."""
    data = {**control_collection(context)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def control_collection(context: PublicContext) -> dict[str, object]:
    """Return the collection of `control_geojson` as plain values."""
    points = {point.id: point for point in context.points}
    names = named(context.parties)
    features = [
        _feature(one, points[one.point], names) for one in context.holdings if placed(points[one.point]) is not None
    ]
    days = sorted({day for one in context.holdings for day in (one.first.isoformat(), one.last.isoformat())})
    return {"type": "FeatureCollection", "days": [*days[:1], *days[-1:]], "features": features}


def placed(point: PublicPoint) -> tuple[float, float] | None:
    """Return longitude and latitude of a place that belongs on a map; None for countries, and where it is not known."""
    if point.latitude is None or point.longitude is None or (point.precision or 9) >= _COUNTRYWIDE:
        return None
    return point.longitude, point.latitude


def as_place(point: PublicPoint) -> PublicPlace:
    """Return the place of a map that a point is."""
    at = point.latitude, point.longitude, point.precision
    return PublicPlace(point.name, point.name_ar, point.country, point.admin1, *at, None, False)


def _feature(one: PublicHolding, point: PublicPoint, names: dict[str, str]) -> dict[str, object]:
    properties = {
        "kind": "place",
        "name": f"{point.name} {one.facility}" if one.facility else str(point.name),
        "name_ar": point.name_ar and str(point.name_ar),
        "facility": one.facility and str(one.facility),
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "verdict": one.verdict.value.replace("_", " "),
        "party": names.get(one.shares[0].party, str(one.shares[0].party)) if one.shares else None,
        "shares": {names.get(s.party, str(s.party)): s.share for s in one.shares},
        "unsure": one.unsure,
        "besieged": one.besieged,
        "radius_km": _RADIUS_KM.get(point.precision or 5, 100.0),
        "statements": [str(key) for key in one.statements],
    }
    at = [point.longitude, point.latitude]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": properties}


_AT = (
    Column("place", "point.name", "text", "name of the place; empty where none is told"),
    Column("place_ar", "point.name_ar", "text", "name of the place in Arabic"),
    Column("admin1", "point.admin1", "text", "province"),
    Column("country", "point.country", "text", "country, ISO 3166-1 alpha-2"),
    Column("latitude", "point.latitude", "number", "degrees WGS 84, to a tenth at best"),
    Column("longitude", "point.longitude", "number", "degrees WGS 84, to a tenth at best"),
    Column("place_precision", "point.precision", "integer", "UCDP where_prec, 2 at best"),
)

CONTEXT: Table[Remark] = Table(
    "data/context.csv",
    "One row for each statement beside incidents: who is said to hold a place, who said, met and did what, who fled.",
    (
        Column("statement", "knowledge.id", "text", "public id of the statement"),
        Column("topic", "knowledge.topic", "term", "what it is about", PublicTopic),
        Column("act", "knowledge.act", "text", "what is said to have been done; empty for a number of people"),
        Column("party", "party", "text", "who is said to have done it; empty where that may not be told"),
        Column("others", "others", "text", "to whom, or with whom"),
        *_AT,
        Column("facility", "knowledge.facility", "text", "what of the place is meant; empty for the place itself"),
        Column("occurred_from", "knowledge.first", "date", "first day that it may be of; empty where none is told"),
        Column("occurred_to", "knowledge.last", "date", "last day that it may be of"),
        Column("published", "knowledge.published", "date", "day of publication"),
        Column("source", "knowledge.source", "text", "who says so; empty where only the outlet may be told"),
        Column("outlet", "knowledge.outlet", "text", "who printed it"),
        Column("address", "knowledge.address", "text", "where it was found"),
        Column("stance", "knowledge.stance", "term", "how the text stands to it", PublicStance),
        Column("low", "knowledge.low", "integer", "at least so many people, as far as the words bound it"),
        Column("value", "knowledge.value", "integer", "the number as said"),
        Column("high", "knowledge.high", "integer", "at most so many people, as far as the words bound it"),
        Column("bound", "knowledge.bound", "term", "how the words bound the number", PublicBound),
        Column("suppressed", "knowledge.suppressed", "boolean", "true where it would single out living people"),
        Column("words", "knowledge.words", "text", "the words it was read from, as printed"),
    ),
    remarks,
)

CONTROL: Table[Hold] = Table(
    "data/control.csv",
    "One row for each place and run of days on which public reports say that somebody held it. Shares are weights set by "
    "hand: they rank and fade, and are no measured chances.",
    (
        *_AT,
        Column("facility", "holding.facility", "text", "what of the place is meant; empty for the place itself"),
        Column("from", "holding.first", "date", "first day of the run"),
        Column("to", "holding.last", "date", "last day of the run"),
        Column("verdict", "holding.verdict", "term", "what the sources say together", PublicHeld),
        Column("shares", "shares", "text", "how much speaks for each holder, 0 to 1"),
        Column("unsure", "holding.unsure", "number", "0 to 1: how little the best answer is to be trusted"),
        Column("besieged", "holding.besieged", "boolean", "true where somebody is said to besiege it"),
        Column("statements", "statements", "text", "ids of the statements it rests on, in data/context.csv"),
    ),
    holds,
)
