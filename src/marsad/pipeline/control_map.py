"""The map of who held what, day by day, as GeoJSON: one feature for each place, or cell, and run of days."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from marsad.context.areas import AROUND_KM, RADIUS_KM, Area, Point, areas_of
from marsad.context.control import TOPICS
from marsad.context.control_rules import ControlRules, control_rules
from marsad.context.holding import Answer, held_on
from marsad.context.register import Register
from marsad.model import Wrong
from marsad.model.control import Control
from marsad.model.restricted import EVERYBODY
from marsad.pipeline.actors import register_of
from marsad.pipeline.control import Parties, controls_of, opened_gazetteer, refused_ids
from marsad.pipeline.map_units import Unit, cell_of, ground, province_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publication import publication_policy
from marsad.publish.control_page import control_page
from marsad.publish.policy import PublicationPolicy
from marsad.text.words import catalogue

_STEP = 7
"""Days after which an answer is looked at again although nobody spoke: it fades."""
_MOST_DAYS = 3_700
Runs = list[tuple[date, date, Answer]]

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of which something is said: where it is, and everything that stands of it."""

    key: str
    name: str
    name_ar: str | None
    facility: str | None
    country: str
    latitude: float
    longitude: float
    precision: int
    controls: tuple[Control, ...]


def control_map(
    observatory: Observatory,
    since: date | None = None,
    until: date | None = None,
    known_on: date | None = None,
    cells: int | None = None,
    provinces: bool = False,
    today: date | None = None,
) -> dict[str, Any]:
    """Return a FeatureCollection: each feature is a place (a point) with the days `from` to `to` on which one answer held.

    Properties are the verdict, the party that most probably held it, the shares of all, how unsure it is (0 to 1), whether
    it is besieged, the radius in kilometres to draw it at, and the sources. `cells` adds H3 cells of this resolution,
    `provinces` provinces, each for the days between two changes of any place in it; where no place lies, none is drawn.
    With `today` it is for the public: nothing of days within the embargo, nothing of reports that are restricted to a
    circle, no sensitive place, no place finer than the publication policy tells it, no area, and how many sources instead of
    their names. The member `days` holds the first and last day, for a slider. Raises Wrong where nothing is told, or for
    more than ten years.
    """
    policy = publication_policy(observatory)
    rows = _rows(observatory, known_on)
    if today is not None:
        last = today - policy.embargo_control
        hidden = _restricted(observatory)
        rows = [row for row in rows if row["day"] <= last and row["report_id"] not in hidden]
        rows = [row for row in rows if not policy.is_sensitive(_called(row))]
        until = last if until is None else min(until, last)
    places = list(_places(observatory, rows))
    days = _days(places, since, until)
    told = [(place, list(_runs(place, days))) for place in places]
    features = [f for place, runs in told for f in _place_features(place, runs, policy, public=today is not None)]
    if today is not None:
        cells, provinces = None, False  # an area of one place would tell where it lies
    for unit_of in ([cell_of(cells)] if cells is not None else []) + ([province_of()] if provinces else []):
        features += _areas(told, days, unit_of)
    countries = sorted({place.country for place in places if place.country})
    days_told = [d.isoformat() for d in days]
    return {"type": "FeatureCollection", "days": days_told, "countries": countries, "features": features}


def map_bytes(made: Mapping[str, Any]) -> bytes:
    """Return the map as it is written: sorted keys, no spaces, letters as they are."""
    return json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def map_page(observatory: Observatory, made: Mapping[str, Any]) -> bytes:
    """Return the map as a page with a slider of days, in English and Arabic, that asks no address for anything."""
    register = register_of(observatory)
    last = date.fromisoformat(made["days"][1])
    parties = {party for f in made["features"] for party in f["properties"]["shares"]}
    arabic = {f"party.{p}": named for p in parties if (named := _arabic(register, p, last))}
    words = {"en": dict(catalogue("context", "en")), "ar": {**catalogue("context", "ar"), **arabic}}
    return control_page(made, ground(made["countries"]), words, observatory.name)


def _arabic(register: Register, party: str, on: date) -> str | None:
    """Return what a party was called in Arabic on a day, a name of those days first; None where the register has none."""
    known = register.actors.get(party)
    names = known.names if known is not None else ()
    arabic = [name for name in names if "\u0600" <= name.words[:1] <= "\u06ff" and name.holds(on)]
    return min(arabic, key=lambda name: name.first is None and name.last is None).words if arabic else None


def _rows(observatory: Observatory, known_on: date | None) -> list[dict[str, Any]]:
    with observatory.derived(read_only=True) as derived:
        rows = derived.table("knowledge", topic=list(TOPICS)).to_pylist()
    placed = [r for r in rows if r["latitude"] is not None and (r["place_precision"] or 7) < 6]
    return [r for r in placed if known_on is None or r["recorded"] <= known_on]


def _restricted(observatory: Observatory) -> frozenset[str]:
    """Return the reports that a circle alone may see: nothing of them goes to the public."""
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        return frozenset(i for i, stands in reading.restrictions().items() if stands["circle"] != EVERYBODY)


def _called(row: Mapping[str, Any]) -> str:
    return f"{row['place_name']} {row['facility'] or ''} {row['place_words']}"


def _places(observatory: Observatory, rows: Iterable[Mapping[str, Any]]) -> Iterator[_Place]:
    ordered = sorted(rows, key=lambda row: (row["place_key"], row["knowledge_id"]))
    parties = Parties(register_of(observatory), opened_gazetteer(observatory))
    controls = controls_of(ordered, parties)
    refused = refused_ids(observatory, controls)
    by_key: dict[str, list[Control]] = {}
    for control in controls:
        if control.knowledge_id not in refused:
            by_key.setdefault(control.place_key, []).append(control)
    for key, group in groupby(ordered, key=lambda row: row["place_key"]):
        first = next(group)
        if key in by_key:
            told = by_key[key]
            at = float(first["latitude"]), float(first["longitude"])
            named = told[0].place_name, first["place_name_ar"], first["facility"], first["country"] or ""
            yield _Place(key, *named, *at, first["place_precision"], tuple(told))


def _days(places: Sequence[_Place], since: date | None, until: date | None) -> tuple[date, date]:
    told = [day for place in places for c in place.controls for day in (c.first or c.last, c.last)]
    if not told:
        raise Wrong(
            "--map", None, "has nothing to show: no report tells who holds a place", "add reports and run first"
        )
    first, last = since or min(told), until or max(told)
    if last < first:
        raise Wrong("--to", last, f"lies before {first}", "name a later day")
    if (last - first).days > _MOST_DAYS:
        raise Wrong("--from", first, f"lies more than ten years before {last}", "name --from and --to")
    return first, last


def _runs(place: _Place, days: tuple[date, date]) -> Iterator[tuple[date, date, Answer]]:
    """Yield runs of days with one verdict and party; asked only on days on which the answer can change, and each week."""
    first, last = days
    rules: ControlRules = control_rules()
    turns = {first}
    for c in place.controls:
        for day in (c.first or c.last, c.last, c.last + timedelta(days=1)):
            if first < day <= last:
                turns.add(day)
    for n in range(_STEP, (last - first).days + 1, _STEP):
        turns.add(first + timedelta(days=n))
    ordered = sorted(turns)
    ends = [*(day - timedelta(days=1) for day in ordered[1:]), last]
    answers = (
        (day, end, held_on(place.controls, day, rules, place_key=place.key))
        for day, end in zip(ordered, ends, strict=True)
    )
    for _, group in groupby(answers, key=lambda item: _shown(item[2])):
        run = list(group)
        yield run[0][0], run[-1][1], run[0][2]


def _shown(answer: Answer) -> tuple[object, ...]:
    """Return what of an answer the map shows: sureness in tenths, so that fading makes a run a week and not a day."""
    return answer.verdict, answer.party, answer.besieged, tuple((p, round(s, 1)) for p, s in answer.shares)


def _place_features(
    place: _Place, runs: Iterable[tuple[date, date, Answer]], policy: PublicationPolicy, *, public: bool
) -> Iterator[Feature]:
    step = policy.place_steps[place.precision - 1] if public else 0.0
    at = [_rounded(place.longitude, step), _rounded(place.latitude, step)]
    for first, last, answer in runs:
        if answer.verdict == "unknown":
            continue
        sources = sorted({h.source for h in answer.holdings if not h.overtaken})
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": at},
            "properties": {
                "kind": "place",
                "name": place.name,
                "name_ar": place.name_ar,
                "facility": place.facility,
                "from": first.isoformat(),
                "to": last.isoformat(),
                "verdict": answer.verdict,
                "party": answer.party,
                "shares": dict(answer.shares),
                "unsure": round(1 - answer.sure, 2),
                "besieged": answer.besieged,
                "radius_km": AROUND_KM if place.facility == "countryside" else RADIUS_KM[place.precision],
                **({"sources": len(sources)} if public else {"sources": sources, "place_key": place.key}),
            },
        }


def _rounded(degrees: float, step: float) -> float:
    return round(round(degrees / step) * step, 4) if step else round(degrees, 4)


def _areas(
    told: Sequence[tuple[_Place, Runs]], days: tuple[date, date], unit_of: Callable[[float, float, str], Unit | None]
) -> Iterator[Feature]:
    """Yield the units in which places lie, a feature for each run of days between two changes of any of their places."""
    by_unit: dict[str, tuple[Unit, list[tuple[_Place, Runs]]]] = {}
    for place, runs in told:
        unit = unit_of(place.latitude, place.longitude, place.country)
        if unit is not None:
            by_unit.setdefault(unit.name, (unit, []))[1].append((place, runs))
    for name, (unit, inside) in sorted(by_unit.items()):
        turns = sorted({run[0] for _, runs in inside for run in runs})
        ends = [*(day - timedelta(days=1) for day in turns[1:]), days[1]]
        for first, last in zip(turns, ends, strict=True):
            points = [_point(place, runs, first) for place, runs in inside]
            for area in areas_of(points, lambda _point, name=name: name, unit.silent):  # type: ignore[misc]
                yield _area_feature(area, unit, first, last)


def _point(place: _Place, runs: Iterable[tuple[date, date, Answer]], day: date) -> Point:
    answer = next(a for first, last, a in runs if first <= day <= last)
    return Point(place.key, place.latitude, place.longitude, answer.shares)


def _area_feature(area: Area, unit: Unit, first: date, last: date) -> Feature:
    properties = {
        "kind": unit.kind,
        "unit": area.unit,
        "name": unit.called,
        "name_ar": unit.called_ar,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "party": area.party,
        "shares": dict(area.shares),
        "places": area.places,
        "disagreeing": area.disagreeing,
        "unsure": area.unsure,
    }
    return {"type": "Feature", "geometry": unit.geometry, "properties": properties}
