"""What is at hand for one place: the reports that tell of it, read whole, and what elsewhere bears on them; nothing else.

Gathering everything that is known (`pipeline.scenes.scene_of`) takes seconds with a hundred thousand statements. A briefing
and a timeline of a place ask for little of it: what is told of the place, by reports that tell of it or of an incident
there; running totals of its country; what was denied, wherever; talks and outcomes that those statements may be about. Both
ways say the same of the place: a test holds them against each other, place by place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from marsad.context.follow import KEPT, OFF, is_ahead
from marsad.context.rounds import TALKS
from marsad.context.scene import Here, Scene
from marsad.model import Category, DecisionKind, Measure, Place, Report, ReportId, Wrong
from marsad.model.knowledge import Knowledge, knowledge_of, place_key
from marsad.model.rows import incident_of
from marsad.pipeline.actors import register_of
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.scenes import COUNTRY, here_of, incidents_of, place_named, put_together, same_name, scene_of
from marsad.store import knowledge_queries as asking
from marsad.store.derived import Derived
from marsad.text.gazetteer import Gazetteer

Rows = list[dict[str, Any]]


def place_scene(
    observatory: Observatory,
    words: str,
    policy: str,
    known_on: date | None = None,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> tuple[Here, Scene] | None:
    """Return the place that these words name and the scene around it; None where nothing knows such a place.

    `policy` is that of the tolls; `without` are reports, and `apart` incidents, by id, of which whoever asks is not to
    know. Of a country, and of a past day (`known_on`), everything is gathered: neither has little around it. Raises Wrong
    where nothing was derived yet.
    """
    if known_on is not None:
        return _whole(observatory, words, policy, known_on, without, apart)
    with observatory.derived(read_only=True) as derived:
        if not derived.count("reading"):
            raise Wrong(str(observatory.path), None, "has nothing derived yet", f"run `marsad run {observatory.path}`")
        here = _named(observatory, derived, words)
        if here is None:
            return None
        if not here.wide:
            return here, scene_around(observatory, derived, here, policy, without, apart)
    return _whole(observatory, words, policy, None, without, apart)


def scene_around(
    observatory: Observatory,
    derived: Derived,
    here: Here,
    policy: str,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> Scene:
    """Return the scene around a place that is known already; as `place_scene`."""
    return _Around(observatory, derived, here, policy, without, apart).scene()


def _whole(
    observatory: Observatory,
    words: str,
    policy: str,
    known_on: date | None,
    without: frozenset[str],
    apart: frozenset[str],
) -> tuple[Here, Scene] | None:
    scene = scene_of(observatory, policy, known_on, without, apart)
    here = place_named(observatory, scene, words)
    return None if here is None else (here, scene)


def _named(observatory: Observatory, derived: Derived, words: str) -> Here | None:
    gazetteer = Gazetteer.open(places_file(observatory))
    counts = Counter({row["country"]: row["n"] for row in derived.knowledge_counted(asking.per_country())})
    counts.update(derived.countries_of_incidents())
    place = gazetteer.resolve(words, sorted(counts, key=lambda code: (-counts[code], code)))
    if place.found and place.precision != COUNTRY and not _is_told(derived, place):
        place = _told_by_name(derived, words) or place
    elif not place.found:
        told = derived.table("knowledge", place_key=place_key(place)).to_pylist()
        own = knowledge_of(told[0]).place if told else None
        if own is None:
            return None
        place = own
    return here_of(gazetteer, place)


def _is_told(derived: Derived, place: Place) -> bool:
    key = place_key(place) or ""
    if derived.knowledge_found(asking.of_place(key).limit(1)).num_rows:
        return True
    return bool(_incidents_at(derived, {key}, named=place.place_id is not None))


def _incidents_at(derived: Derived, keys: Iterable[str], *, named: bool) -> Rows:
    """Return the rows of incidents at places with these keys; unless all are `named` by the gazetteer, also by their words."""
    wanted = sorted(keys)
    rows: Rows = derived.table("incident", place_id=wanted).to_pylist() if wanted else []
    if not named:
        unknown = derived.table("incident", place_id=None).to_pylist()
        rows += [row for row in unknown if place_key(incident_of(row).place) in set(wanted)]
    return rows


def _told_by_name(derived: Derived, words: str) -> Place | None:
    """Return the place that reports tell of by just this name, None where they tell of none."""
    named = [
        row["knowledge_id"]
        for row in derived.knowledge_counted(asking.names())
        if same_name(row["place_name"], row["place_name_ar"], words)
    ]
    first = min(named, default=None)
    return None if first is None else knowledge_of(derived.table("knowledge", knowledge_id=first).to_pylist()[0]).place


class _Around:
    """Gathers what bears on one place."""

    def __init__(
        self,
        observatory: Observatory,
        derived: Derived,
        here: Here,
        policy: str,
        without: frozenset[str],
        apart: frozenset[str],
    ) -> None:
        self._observatory, self._derived, self._here = observatory, derived, here
        self._policy, self._without, self._apart = policy, without, apart
        self._rows: dict[str, dict[str, Any]] = {}

    def scene(self) -> Scene:
        """Return the scene: statements of whole reports, so that who is meant in them is read as it was meant."""
        key = min(self._here.keys)
        at_home = _incidents_at(self._derived, self._here.keys, named=self._here.country_name is not None)
        mine = self._incident_rows(at_home)
        told = self._derived.knowledge_found(asking.of_place(key)).to_pylist()
        reports = {row["report_id"] for row in told} | {row["report_id"] for row in mine["claim"]}
        near = self._whole(reports)
        country = self._country_key()
        if country is not None:
            self._add(self._derived.knowledge_found(asking.sums_of(country)).to_pylist())
        self._whole(self._outcomes(near) | self._talks(near))
        self._add(self._derived.knowledge_found(asking.denials()).to_pylist())
        tables = self._incident_rows(self._incidents_about(near, mine["incident"]))
        return self._put_together(tables)

    def _whole(self, reports: Iterable[str]) -> list[Knowledge]:
        rows = self._derived.table("knowledge", report_id=sorted(reports)).to_pylist() if reports else []
        return [knowledge_of(row) for row in self._add(rows)]

    def _add(self, rows: Rows) -> Rows:
        shown = [row for row in rows if row["report_id"] not in self._without]
        self._rows |= {row["knowledge_id"]: row for row in shown}
        return shown

    def _country_key(self) -> str | None:
        here = self._here
        if here.country is None:
            return None
        gazetteer = Gazetteer.open(places_file(self._observatory))
        return gazetteer.resolve(gazetteer.country_name(here.country), (here.country,)).place_id

    def _outcomes(self, near: Sequence[Knowledge]) -> set[str]:
        """Return the reports that tell of something that may have come of what these statements promise."""
        topics = {known.topic for known in near if known.topic in KEPT and is_ahead(known)}
        return self._reports_of({topic: KEPT[topic] | OFF[topic] for topic in topics})

    def _talks(self, near: Sequence[Knowledge]) -> set[str]:
        """Return the reports that tell of talks, where these statements tell of any."""
        talks = any(known.topic == "meeting" and known.act in TALKS for known in near)
        return self._reports_of({"meeting": TALKS}) if talks else set()

    def _reports_of(self, acts: Mapping[str, frozenset[str]]) -> set[str]:
        if not acts:
            return set()
        return set(self._derived.knowledge_found(asking.of_acts(acts)).column("report_id").to_pylist())

    def _incidents_about(self, near: Sequence[Knowledge], mine: Rows) -> Rows:
        """Return the rows of the incidents that statements may be about: here, where their attacks were, in their reports."""
        events = [known for known in near if known.topic == "event" and known.place is not None]
        places = {known.place_key for known in events if known.place_key}
        reports = sorted({str(known.report_id) for known in near})
        found = {row["incident_id"]: row for row in mine}
        known_places = all(known.place is not None and known.place.found for known in events)
        found |= {row["incident_id"]: row for row in _incidents_at(self._derived, places, named=known_places)}
        if reports:
            claims = self._derived.table("claim", report_id=reports).column("claim_id").to_pylist()
            members = (
                self._derived.table("membership", claim_id=claims).column("incident_id").to_pylist() if claims else []
            )
            if members:
                rows = self._derived.table("incident", incident_id=sorted(set(members))).to_pylist()
                found |= {row["incident_id"]: row for row in rows}
        return list(found.values())

    def _incident_rows(self, incidents: Rows) -> dict[str, Rows]:
        ids = sorted(row["incident_id"] for row in incidents)
        if not ids:
            return {name: [] for name in ("incident", "membership", "claim", "fold", "toll", "grading")}
        members = self._derived.table("membership", incident_id=ids).to_pylist()
        claims = sorted({row["claim_id"] for row in members})
        tolls = self._derived.table("toll", incident_id=ids, policy=self._policy).to_pylist()
        return {
            "incident": incidents,
            "membership": members,
            "claim": self._derived.table("claim", claim_id=claims).to_pylist() if claims else [],
            "fold": self._derived.table("fold", claim_id=claims).to_pylist() if claims else [],
            "toll": [t for t in tolls if t["measure"] == Measure.KILLED or t["category"] == Category.TOTAL],
            "grading": self._derived.table("grading", incident_id=ids).to_pylist(),
        }

    def _put_together(self, tables: Mapping[str, Rows]) -> Scene:
        wanted = {row["report_id"] for row in (*self._rows.values(), *tables["claim"])}
        told = [knowledge_of(row) for _, row in sorted(self._rows.items())]
        with self._observatory.kept(read_only=True) as kept, kept.read() as reading:
            reports: dict[ReportId, Report] = {
                r.report_id: r for r in reading.reports_named(map(ReportId, wanted)) if r.report_id not in self._without
            }
            anchors = sorted({f"{k.report_id}:{k.start}-{k.end}" for k in told})
            decisions = sorted((d for _, d in reading.decisions_at(anchors)), key=lambda d: d.version)
        refused = {d.anchor: d.reason for d in decisions if d.kind is DecisionKind.REJECT}
        incidents = [i for i in incidents_of(tables, reports, self._policy) if i.incident_id not in self._apart]
        told = [known for known in told if known.report_id in reports]
        return put_together(told, incidents, refused, register_of(self._observatory))
