"""Gathers what is at hand for one place or one actor: reports that tell of it, read whole, and what bears on them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from marsad.context.follow import KEPT, OFF, is_ahead
from marsad.context.register import Register
from marsad.context.rounds import TALKS
from marsad.context.scene import Here, Scene
from marsad.model import DecisionKind, Report, ReportId, Role
from marsad.model.knowledge import Knowledge, knowledge_of, place_key
from marsad.model.rows import incident_of
from marsad.pipeline.actors import register_of
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.scenes import COLUMNS, incidents_of, needed, put_together
from marsad.store import knowledge_queries as asking
from marsad.store.derived import Derived
from marsad.store.derived_tables import SCHEMAS
from marsad.text.gazetteer import Gazetteer

_AT_ONCE = 500
"""Texts that one question names."""

Rows = list[dict[str, Any]]


def words_in(column: str, text: str) -> list[str]:
    """Return the words for parties in a text of a column: of `party` the one, of lists (others, chain) each."""
    return [text] if column == "party" else [str(one) for one in json.loads(text)]


def incidents_at(derived: Derived, keys: Iterable[str], *, named: bool) -> Rows:
    """Return the rows of incidents at places with these keys; unless all are `named` by the gazetteer, also by their words."""
    wanted = sorted(keys)
    rows: Rows = derived.table("incident", place_id=wanted).to_pylist() if wanted else []
    if not named:
        unknown = derived.table("incident", place_id=None).to_pylist()
        rows += [row for row in unknown if place_key(incident_of(row).place) in set(wanted)]
    return rows


class Around:
    """Gathers statements and incidents of whole reports, and what elsewhere bears on them."""

    def __init__(
        self,
        observatory: Observatory,
        derived: Derived,
        policy: str,
        without: frozenset[str],
        apart: frozenset[str],
    ) -> None:
        self._observatory, self._derived = observatory, derived
        self._policy, self._without, self._apart = policy, without, apart
        self._rows: dict[str, dict[str, Any]] = {}

    def place(self, here: Here) -> Scene:
        """Return the scene of a place: reports that tell of it, of something of it, or of an incident there."""
        told = [row for key in here.keys for row in self._found(asking.of_place(key))]
        at_home = incidents_at(self._derived, here.keys, named=here.country_name is not None)
        country = self._country_key(here)
        if country is not None:
            self._add(self._found(asking.sums_of(country)))
        return self._scene({row["report_id"] for row in told}, at_home)

    def actor(self, register: Register, whose: frozenset[str]) -> Scene:
        """Return the scene of an actor under the names `whose`: reports with words that may mean it, incidents laid to it."""
        reports: set[str] = set()
        for column in ("party", "others", "chain"):
            texts = (row["text"] for row in self._derived.knowledge_counted(asking.texts_of(column)))
            meant = [
                text for text in texts if any(register.may_mean(words) & whose for words in words_in(column, text))
            ]
            for start in range(0, len(meant), _AT_ONCE):
                question = asking.with_text(column, meant[start : start + _AT_ONCE])
                reports.update(row["report_id"] for row in self._derived.knowledge_counted(question))
        blamed = self._derived.table("incident", perpetrator=sorted(whose)).to_pylist()
        return self._scene(reports, blamed)

    def _scene(self, reports: set[str], incidents: Rows) -> Scene:
        """Return the scene of these reports, read whole: who is meant in a statement is read from what stands before it."""
        mine = self._incident_rows(incidents)
        near = self._whole(reports | {row["report_id"] for row in mine["claim"]})
        self._whole(self._outcomes(near) | self._talks(near))
        self._add(self._found(asking.denials()))
        return self._put_together(self._incident_rows(self._incidents_about(near, mine["incident"])))

    def _found(self, question: Any) -> Rows:
        rows: Rows = self._derived.knowledge_found(question).to_pylist()
        return rows

    def _whole(self, reports: Iterable[str]) -> list[Knowledge]:
        rows = self._derived.table("knowledge", report_id=sorted(reports)).to_pylist() if reports else []
        return [knowledge_of(row) for row in self._add(rows)]

    def _add(self, rows: Rows) -> Rows:
        shown = [row for row in rows if row["report_id"] not in self._without]
        self._rows |= {row["knowledge_id"]: row for row in shown}
        return shown

    def _country_key(self, here: Here) -> str | None:
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
        found |= {row["incident_id"]: row for row in incidents_at(self._derived, places, named=known_places)}
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
            return {name: [] for name in ("incident", *COLUMNS)}
        member = self._derived.table("membership", incident_id=ids, role=Role.COUNTED.value)
        claims = member.column("claim_id").to_pylist()
        tables = {
            "incident": pa.Table.from_pylist(incidents, schema=SCHEMAS["incident"]),
            "membership": member,
            "toll": self._derived.table("toll", incident_id=ids, policy=self._policy),
            "grading": self._derived.table("grading", incident_id=ids),
        } | {name: self._derived.table(name, claim_id=claims) for name in ("claim", "fold")}
        return needed(tables, self._policy)

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
