"""The pages: what each shows, in each language, put together from public models by templates."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from marsad.publish.errata import Erratum, Stood, added_in, errata_of, releases_of
from marsad.publish.history import gone_from, states_of
from marsad.publish.manifest import RECORD
from marsad.publish.public import (
    PublicCategory,
    PublicFigure,
    PublicGrade,
    PublicIncident,
    PublicKind,
    PublicMeasure,
    PublicOrigin,
    PublicRelease,
    PublicRole,
    PublicSaid,
    PublicStatement,
    PublicText,
)
from marsad.publish.site.breakdown import Part, bars, parts_of, statuses_of
from marsad.publish.site.coverage import coverage_of
from marsad.publish.site.curve import curve
from marsad.publish.site.feed import feed
from marsad.publish.site.graph import origin_graph
from marsad.publish.site.knowledge import knowledge_chart
from marsad.publish.site.land import Land
from marsad.publish.site.places_map import spots_of, static_map
from marsad.publish.site.speaker import Speaker
from marsad.publish.site.strip import claim_strip
from marsad.publish.site.strip_rows import apart_from, legend_of, rows_of
from marsad.publish.site.timeline import timeline
from marsad.publish.totals import leading_policy, policies_of, totals

LISTED = 30
"""Incidents that the overview lists; the rest stand in lists by month, so that no page grows without end."""

MISSING = "404.html"
"""The page that a host sends where nothing stands; most hosts know it by this name."""

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"
)
_MAP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)


Made = tuple[str, bytes]
Spread = Callable[[Callable[[int], Made], int], Iterator[Made]]
"""Calls a function with 0, 1, 2 … and yields what it makes in that order; where it does so is its own affair."""


def one_by_one(make: Callable[[int], Made], count: int) -> Iterator[Made]:
    """Make one after the other, here."""
    return map(make, range(count))


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file offered for download: its path in the release, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Past:
    """What releases said, worked out once: states by code, errata by release, releases with their days."""

    states: dict[str, list[PublicSaid]]
    errata: dict[int, list[Erratum]]
    stood: list[Stood]
    days: dict[int, date]
    added: dict[int, int]

    @staticmethod
    def of(release: PublicRelease) -> "Past":
        """Return the past of a release."""
        stood = releases_of(release)
        days = {one.number: one.published for one in stood}
        return Past(states_of(release), errata_of(release), stood, days, added_in(release))


@dataclass(frozen=True, slots=True)
class Site:
    """A release to be shown in these languages, the first one at the root, on this land, with these files to offer."""

    release: PublicRelease
    land: Land
    speakers: tuple[Speaker, ...]
    files: tuple[DataFile, ...]
    past: Past

    def pages(self, spread: Spread = one_by_one) -> Iterator[tuple[str, bytes]]:
        """Yield every page by its path in the release; `spread` makes the pages of incidents."""
        for n, speaker in enumerate(self.speakers):
            yield from _Tongue(self, speaker, "" if n == 0 else f"{speaker.lang}/").pages(spread)


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report on an incident's page: where it was printed, and what it says for one origin."""

    outlet: PublicText | None
    published: date | None
    address: PublicText | None
    statements: tuple[PublicStatement, ...]


@dataclass(frozen=True, slots=True)
class VoiceView:
    """An origin on an incident's page: the reports of what it said itself, and those that repeat it."""

    origin: PublicOrigin
    said: tuple[ReportView, ...]
    copies: tuple[ReportView, ...]


class _Tongue:
    """The site in one language."""

    def __init__(self, site: Site, speaker: Speaker, folder: str) -> None:
        self.site, self.speaker, self.folder = site, speaker, folder
        self.leading = leading_policy(site.release) or ""
        self.provinces = {area.name: area.name_ar for area in site.land.areas if area.name_ar} if speaker.rtl else {}
        self.shared: dict[str, Any] = {
            "t": speaker,
            "release": site.release,
            "policies": policies_of(site.release),
            "leading": self.leading,
            "leading_name": speaker.term("policy_short", self.leading, fallback=self.leading),
        }

    def pages(self, spread: Spread) -> Iterator[tuple[str, bytes]]:
        yield self._page("index.html", "overview.html", **self._overview())
        for month, incidents in self._months().items():
            yield self._page(f"when/{_month_name(month)}.html", "month.html", month=month, incidents=incidents)
        yield from spread(self._of_incident, len(self.site.release.incidents))
        for code in gone_from(self.site.release):
            states = self.site.past.states[code]
            yield self._page(f"incident/{code}.html", "gone.html", code=code, states=states, days=self.site.past.days)
        yield self._page("methods.html", "methods.html", grades=list(PublicGrade), kinds=list(PublicKind))
        yield self._page("coverage.html", "coverage.html", **self._coverage())
        yield self._page("errata.html", "errata.html", **self._errata())
        yield self._page("said.html", "said.html", stood=self.site.past.stood)
        sums = [one.sha256 for one in self.site.files if one.path == RECORD]
        yield self._page("downloads.html", "downloads.html", files=self.site.files, record_sum=sums[0] if sums else "?")
        yield self._missing()
        yield f"{self.folder}feed.xml", feed(self.site.release, self.speaker)

    def _missing(self) -> tuple[str, bytes]:
        """The page for addresses at which nothing stands, in every language: a host knows one alone for all of them.

        It may be sent for an address in any folder, so its links begin at the root of the host.
        """
        tongues = [(s, "" if n == 0 else f"{s.lang}/") for n, s in enumerate(self.site.speakers)]
        ordered = sorted(tongues, key=lambda one: one[0] is not self.speaker)
        return self._page(MISSING, "missing.html", ordered=ordered, own=self.folder)

    def _of_incident(self, n: int) -> tuple[str, bytes]:
        incident = self.site.release.incidents[n]
        return self._page(f"incident/{incident.code}.html", "incident.html", **self._incident(incident))

    def _page(self, name: str, template: str, **view: Any) -> tuple[str, bytes]:
        deep = name.count("/")
        paths = {
            "here": name,
            "home": "../" * deep,
            "root": "../" * (deep + self.folder.count("/")),
            "tongues": [(s, "" if n == 0 else f"{s.lang}/") for n, s in enumerate(self.site.speakers)],
            "csp": _MAP_POLICY if template == "overview.html" and view.get("map") else _POLICY,
        }
        text = _templates().get_template(template).render({**self.shared, **paths, **view})
        return self.folder + name, text.encode()

    def _overview(self) -> dict[str, Any]:
        release, speaker = self.site.release, self.speaker
        spots = spots_of(release.incidents, self.site.land)
        newest = sorted(release.incidents, key=_latest_first)
        placed = sum(len(spot.incidents) for spot in spots)
        asked = [(PublicMeasure.KILLED, PublicCategory.TOTAL), (PublicMeasure.KILLED, PublicCategory.CIVILIANS)]
        asked += [(PublicMeasure.KILLED, PublicCategory.CHILDREN), (PublicMeasure.INJURED, PublicCategory.TOTAL)]
        found = [(key, {total.policy: total for total in totals(release, *key)}) for key in asked]
        return {
            "map": static_map(spots, self.site.land, speaker),
            "unplaced": len(release.incidents) - placed,
            "timeline": timeline(release.incidents, self.leading, speaker),
            "curve": curve(release.incidents, self.leading, speaker),
            "breakdowns": self._breakdowns(),
            "totals": [(key, by_policy) for key, by_policy in found if by_policy],
            "incidents": newest[:LISTED],
            "months": list(self._months()),
            "month_name": _month_name,
        }

    def _breakdowns(self) -> list[tuple[str, Markup]]:
        """The killed by groups, each as a picture; those of one group alone say nothing and are left out."""
        speaker, incidents = self.speaker, self.site.release.incidents
        arabic = {str(one.perpetrator): one.perpetrator_ar for one in incidents if one.perpetrator is not None}
        names: dict[str, Callable[[Part], str]] = {
            "perpetrator": lambda part: (
                speaker.own(part.name, arabic.get(part.name)) if part.name else speaker.plain("by.nobody")
            ),
            "weapon": lambda part: (
                speaker.term("weapon", part.name, fallback=part.name) if part.name else speaker.plain("by.no_weapon")
            ),
            "status": lambda part: speaker.term("category", part.name),
            "place": lambda part: (
                self.provinces.get(part.name, part.name) if part.name else speaker.plain("by.no_place")
            ),
        }
        groups = {
            "perpetrator": parts_of(incidents, self.leading, lambda one: one.perpetrator),
            "weapon": parts_of(incidents, self.leading, lambda one: one.weapon),
            "status": statuses_of(incidents, self.leading),
            "place": parts_of(incidents, self.leading, _province),
        }
        rest = speaker.plain("by.rest")
        made = [
            (key, bars(parts, names[key], rest, speaker, speaker.plain(f"by.{key}"))) for key, parts in groups.items()
        ]
        return [(key, picture) for key, picture in made if picture]

    def _coverage(self) -> dict[str, Any]:
        read = [str(one.value) for one in self.site.release.settings if one.key == "languages_read"]
        return {
            "seen": coverage_of(self.site.release, self.site.land),
            "names": self.provinces,
            "read": read[0] if read else None,
        }

    def _errata(self) -> dict[str, Any]:
        past, left, rows = self.site.past, LISTED, []
        for one in reversed(past.stood):
            found = past.errata.get(one.number, [])
            rows.append((one, found, found[:left]))
            left -= len(found[:left])
        return {"corrected": rows, "stood": past.stood, "added": past.added}

    def _months(self) -> Mapping[date | None, list[PublicIncident]]:
        """The incidents by month, latest first; nothing while the overview lists them all."""
        incidents = self.site.release.incidents
        months: dict[date | None, list[PublicIncident]] = defaultdict(list)
        for one in sorted(incidents, key=_latest_first) if len(incidents) > LISTED else ():
            months[None if one.occurred_from is None else one.occurred_from.replace(day=1)].append(one)
        return months

    def _incident(self, incident: PublicIncident) -> dict[str, Any]:
        origins = {origin.id: origin for origin in incident.origins}
        return {
            "incident": incident,
            "origins": origins,
            "statements": {one.id: one for one in incident.statements},
            "rows": _toll_rows(incident, self.shared["policies"]),
            "strip": claim_strip(incident, self.speaker),
            "legend": legend_of(rows_of(incident)),
            "knowledge": knowledge_chart(incident, self.speaker, self.site.release.as_known_on),
            "graph": origin_graph(incident, self.speaker),
            "apart": _beside(incident),
            "voices": _voices(incident),
            "lead_figure": _leading(incident, self.leading),
            "states": self.site.past.states.get(incident.code, []),
            "days": self.site.past.days,
        }


def _province(incident: PublicIncident) -> str | None:
    place = incident.place
    return None if place is None else place.admin1 or place.country


def figure_of(incident: PublicIncident, policy: str, category: str) -> PublicFigure | None:
    """Return the figure of all killed, or of the civilians among them, under a policy; None if there is none."""
    for figure in incident.figures:
        if figure.policy == policy and figure.measure is PublicMeasure.KILLED and figure.category == category:
            return figure
    return None


def _leading(incident: PublicIncident, policy: str) -> PublicFigure | None:
    return figure_of(incident, policy, PublicCategory.TOTAL)


def _toll_rows(
    incident: PublicIncident, policies: Sequence[str]
) -> list[tuple[tuple[PublicMeasure, PublicCategory], list[PublicFigure | None]]]:
    by_key: dict[tuple[PublicMeasure, PublicCategory], dict[str, PublicFigure]] = defaultdict(dict)
    for figure in incident.figures:
        by_key[figure.measure, figure.category][figure.policy] = figure
    measures, categories = list(PublicMeasure), list(PublicCategory)
    keys = sorted(by_key, key=lambda key: (measures.index(key[0]), categories.index(key[1])))
    return [(key, [by_key[key].get(policy) for policy in policies]) for key in keys]


def _voices(incident: PublicIncident) -> list[VoiceView]:
    said: dict[str, list[PublicStatement]] = defaultdict(list)
    for one in incident.statements:
        said[one.origin].append(one)
    views = [
        VoiceView(
            origin,
            _reports(one for one in said[origin.id] if one.role is not PublicRole.COPY),
            _reports(one for one in said[origin.id] if one.role is PublicRole.COPY),
        )
        for origin in incident.origins
    ]
    return sorted(views, key=lambda view: (-len(view.said) - len(view.copies), view.origin.id))


def _reports(statements: Iterable[PublicStatement]) -> tuple[ReportView, ...]:
    groups: dict[tuple[PublicText | None, date | None, PublicText | None], list[PublicStatement]] = defaultdict(list)
    for one in statements:
        groups[one.outlet, one.published, one.address].append(one)
    return tuple(ReportView(*key, tuple(found)) for key, found in groups.items())


def _beside(incident: PublicIncident) -> list[list[PublicStatement]]:
    """What was told beside the toll, the same number from several origins together."""
    groups: dict[object, list[PublicStatement]] = defaultdict(list)
    for one in apart_from(incident):
        groups[one.value, one.low, one.high, one.bound, one.measure, one.category, one.scope].append(one)
    return list(groups.values())


def _latest_first(incident: PublicIncident) -> tuple[bool, int, str]:
    day = incident.occurred_from
    return day is None, 0 if day is None else -day.toordinal(), incident.code


def _month_name(month: date | None) -> str:
    return "undated" if month is None else f"{month:%Y-%m}"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("marsad.publish.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["figure_of"] = figure_of
    return made
