"""The claims of one report to tellings: what it keeps apart stays apart, what can be one incident is one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.link.compare import AREAS, DISTRICT, DISTRICT_KM, kilometres_between
from marsad.link.weapons import with_kinds
from marsad.model import ClaimId, ReportId
from marsad.model.schema_linking import TELLING, TOLD
from marsad.model.telling import NAMESAKE, Figure, Telling, Trait
from marsad.stage import RowStage

UNPRINTED = 9_999_999
"""The rank of tellings whose day of print is not known: after all others. The rank of the others is their day of print, so
that no further report moves it."""

_PLAIN = tuple(name for name in TELLING.names if name not in ("figures", "traits", "claims"))
"""Columns of a telling that hold its fields as they are."""

_WIDE = 4
_COUNTRY = 6
_TELLING = 3
"""The smallest number that says something when two reports share it: every second one has a one or a two."""

_SAME_TOWN_KM = 10.0
"""Kilometres within which two places of one report can be one scene: the market and the hospital of a town."""

Facet = Mapping[str, Any]
"""A row of schema FACET, with its report's `rank` and `printed`."""


@dataclass(slots=True)
class _Scene:
    """Claims of one report that can be of one incident: the narrowest place and time of any of them."""

    facets: list[Facet] = field(default_factory=list)
    place: Facet | None = None
    time: Facet | None = None

    def takes(self, facet: Facet) -> bool:
        """Tell whether a claim can belong here. A place that nobody knows may lie in any other, if the numbers agree."""
        if not _times_meet(self.time, facet):
            return False
        return _places_meet(self.place, facet) or (self._perhaps(facet) and self._agrees(facet))

    def _perhaps(self, facet: Facet) -> bool:
        """Tell whether two places may be one: nobody knows one, or one is that of another sentence, in one country."""
        here = self.place
        if here is None:
            return False
        guessed = here["country"] == facet["country"] and bool(here["inferred"] or facet["inferred"])
        return guessed or facet["precision"] is None or here["precision"] is None

    def _agrees(self, facet: Facet) -> bool:
        wholes = {f["value"] for f in self.facets if f["measure"] == facet["measure"] and f["whole"]}
        return not facet["whole"] or not wholes or facet["value"] in wholes

    def fit(self, facet: Facet) -> tuple[bool, bool]:
        """Return how well a claim that can belong here does: on place, then on time."""
        place = self.place is not None and self.place["place_key"] == facet["place_key"]
        time = self.time is not None and _span(self.time) == _span(facet)
        return place, time

    def add(self, facet: Facet) -> None:
        self.facets.append(facet)
        if facet["place_key"] and (self.place is None or _far(facet) < _far(self.place)):
            self.place = facet
        if facet["day_from"] is not None and (self.time is None or _loose(facet) < _loose(self.time)):
            self.time = facet


def tellings_of(facets: Sequence[Facet]) -> Iterator[Telling]:
    """Yield the tellings that the facets of one report make, in the order in which each begins.

    Claims of places more than a town apart, or of times that do not meet, are of different incidents. Every other claim
    joins the scene that shares its place and time, else the last one that it can belong to.
    """
    scenes: list[_Scene] = []
    for facet in sorted(facets, key=lambda f: (f["start"], f["claim_id"])):
        open_to = [(scene.fit(facet), n) for n, scene in enumerate(scenes) if scene.takes(facet)]
        if open_to:
            scenes[max(open_to)[1]].add(facet)
        else:
            scenes.append(_Scene())
            scenes[-1].add(facet)
    home = _home(f for f in facets if f["country"])
    shared = _shared_names(scenes)
    for scene in scenes:
        yield _telling(scene, home, shared)


def _home(placed: Iterable[Facet]) -> Facet | None:
    """Return a place of the country in which most claims of a report lie, None where no claim has one, or two have as many.

    A village that no gazetteer knows lies where the rest of its report does: it is then compared with what is told of that
    country.
    """
    first: dict[str, Facet] = {}
    count: Counter[str] = Counter()
    for facet in placed:
        first.setdefault(facet["country"], facet)
        count[facet["country"]] += 1
    ranked = count.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return first[ranked[0][0]]


def _shared_names(scenes: Sequence[_Scene]) -> frozenset[str]:
    """Return the names that a report says of more than one scene: they tell none of them apart."""
    count = Counter(name for scene in scenes for name in {n for f in scene.facets for n in f["names"].split()})
    return frozenset(name for name, n in count.items() if n > 1)


def _telling(scene: _Scene, home: Facet | None, shared: frozenset[str]) -> Telling:
    first, place, time = scene.facets[0], scene.place or {}, scene.time or {}
    country = place.get("country")
    if country is None and place and place["latitude"] is None and home is not None:
        country = home["country"]
    traits = {
        Trait.ACTOR: frozenset(f["perpetrator"] for f in scene.facets if f["perpetrator"]),
        Trait.NAME: frozenset(name for f in scene.facets for name in f["names"].split() if name not in shared),
        Trait.NUMBER: frozenset(_numbers(scene.facets)),
        Trait.CALLED: frozenset(place["called"].split()) if place else frozenset(),
        Trait.WEAPON: frozenset(w for f in scene.facets if f["weapon"] for w in with_kinds(f["weapon"])),
    }
    return Telling(
        telling_id=first["claim_id"],
        report_id=ReportId(first["report_id"]),
        rank=first["rank"],
        printed=first["printed"],
        place_key=place.get("place_key", ""),
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        precision=place.get("precision"),
        country=country,
        admin1=place.get("admin1"),
        day_from=time.get("day_from"),
        day_to=time.get("day_to"),
        reckoned=bool(time.get("reckoned")),
        carried=bool(time.get("carried")),
        assumed=bool(time.get("assumed")),
        inferred=bool(place.get("inferred")),
        figures=_figures(scene.facets),
        traits={trait: values for trait, values in traits.items() if values},
        claims=tuple(ClaimId(f["claim_id"]) for f in scene.facets),
    )


def _figures(facets: Sequence[Facet]) -> dict[str, Figure]:
    """Return for each measure the largest number that is no part of another one; parts alone set no figure."""
    out: dict[str, Figure] = {}
    size: dict[str, int] = {}
    for facet in facets:
        number = next((n for n in (facet["value"], facet["low"], facet["high"]) if n is not None), None)
        if facet["whole"] and number is not None and number > size.get(facet["measure"], -1):
            size[facet["measure"]] = number
            out[facet["measure"]] = facet["low"], facet["value"], facet["high"]
    return out


def _numbers(facets: Sequence[Facet]) -> Iterator[str]:
    for facet in facets:
        if facet["value"] is not None and facet["value"] >= _TELLING:
            yield f"{facet['measure']}|{facet['group'] or ''}|{facet['value']}"


def _places_meet(a: Facet | None, b: Facet) -> bool:
    if a is None or not b["place_key"] or a["place_key"] == b["place_key"]:
        return True
    if a["country"] and b["country"] and a["country"] != b["country"]:
        return False
    wide = [f for f in (a, b) if f["precision"] is not None and f["precision"] >= _WIDE]
    if wide:
        provinces = {f["admin1"] for f in (a, b) if f["admin1"] and (f["precision"] or 0) < _COUNTRY}
        return len(provinces) <= 1
    apart = kilometres_between(a["latitude"], a["longitude"], b["latitude"], b["longitude"])
    near = apart is not None and apart <= _SAME_TOWN_KM
    return near or _may_lie_in(a, b) or _may_lie_in(b, a)


def _may_lie_in(a: Facet, b: Facet) -> bool:
    """Tell whether a place may lie in what another one names: the land near a town, a district, a province by its town's name."""
    if a["country"] != b["country"]:
        return False
    same = a["admin1"] is not None and a["admin1"] == b["admin1"]
    if same and b["place_key"].endswith(NAMESAKE):
        return True
    reach = DISTRICT_KM if same and b["precision"] == DISTRICT else AREAS.get(b["precision"] or 0, 0.0)
    apart = kilometres_between(a["latitude"], a["longitude"], b["latitude"], b["longitude"])
    return apart is not None and apart <= reach


def _times_meet(a: Facet | None, b: Facet) -> bool:
    if a is None or b["day_from"] is None:
        return True
    return bool(a["day_from"] <= b["day_to"] and b["day_from"] <= a["day_to"])


def _width(facet: Facet) -> int:
    return facet["precision"] or _WIDE - 1


def _far(facet: Facet) -> tuple[int, int]:
    """Return how wide a place is, and of two as wide that beside the number before that of another sentence."""
    return _width(facet), facet["inferred"]


def _days(facet: Facet) -> int:
    return int(facet["day_to"] - facet["day_from"])


def _loose(facet: Facet) -> tuple[int, int]:
    """Return how wide a time is, and of two as wide that beside the number before that of another sentence."""
    return _days(facet), facet["carried"]


def _span(facet: Facet) -> tuple[int | None, int | None]:
    return facet["day_from"], facet["day_to"]


def telling_row(telling: Telling) -> dict[str, Any]:
    """Return a telling as a row of schema TELLING."""
    row: dict[str, Any] = {name: getattr(telling, name) for name in _PLAIN}
    numbers = sorted(telling.figures.items())
    row["figures"] = ["|".join([m, *("" if n is None else str(n) for n in figure)]) for m, figure in numbers]
    row["traits"] = sorted(f"{trait}|{value}" for trait, values in telling.traits.items() for value in values)
    row["claims"] = list(telling.claims)
    return row


def telling_of(row: Mapping[str, Any]) -> Telling:
    """Return the telling that a row of schema TELLING holds."""
    figures: dict[str, Figure] = {}
    for text in row["figures"]:
        measure, *numbers = text.split("|")
        low, best, high = (int(n) if n else None for n in numbers)
        figures[measure] = low, best, high
    traits: dict[Trait, set[str]] = {}
    for text in row["traits"]:
        trait, value = text.split("|", 1)
        traits.setdefault(Trait(trait), set()).add(value)
    plain = {name: row[name] for name in _PLAIN}
    sets = {trait: frozenset(values) for trait, values in traits.items()}
    return Telling(**plain, figures=figures, traits=sets, claims=tuple(map(ClaimId, row["claims"])))


def _told(row: Mapping[str, Any]) -> Sequence[Facet]:
    facets: Sequence[Facet] = row["facets"]
    return facets


TELLINGS: RowStage[Sequence[Facet], Telling] = RowStage(
    "tellings", "8", "report_id", TOLD, TELLING, _told, tellings_of, telling_row
)
"""Tellings as a stage."""
