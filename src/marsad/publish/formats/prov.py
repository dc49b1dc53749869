"""Where each figure comes from, as PROV-JSON: reports, what was said in them and by whom, the policy, the program.

One document a line, one line an incident; each figure in it is an entity of its own that leads to all it rests on.
"""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from marsad.publish.public import (
    PublicFigure,
    PublicIncident,
    PublicRelease,
    PublicRole,
    PublicStatement,
    PublicStep,
)

PREFIXES = {"prov": "http://www.w3.org/ns/prov#", "rec": "urn:marsad:record:", "marsad": "urn:marsad:terms:"}
Json = dict[str, Any]


def prov_lines(release: PublicRelease) -> bytes:
    """Return the provenance of every incident of a release, one PROV-JSON document a line, in its order.

    Source: PROV-JSON, W3C member submission of 24 April 2013; terms of PROV-O.
    """
    out = io.BytesIO()  # joining would hold every line twice
    for incident in release.incidents:
        out.write(_line(provenance(release, incident)))
    return out.getvalue()


def _line(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def provenance(release: PublicRelease, incident: PublicIncident) -> Json:
    """Return the provenance of one incident's figures as a PROV-JSON document: public fields alone.

    A statement was quoted from its report and is attributed to its origin; a figure was derived from the statements it
    rests on, by an assessment that used a policy and was made by the program; a release revises the one before it.
    """
    document = _Document(incident)
    software = document.agent("software", {"prov:type": "prov:SoftwareAgent", "marsad:version": str(release.software)})
    for statement in incident.statements:
        document.statement(statement)
    for figure in incident.figures:
        document.figure(figure, software, release)
    if incident.refused:
        people = document.agent("people", {"prov:type": "prov:Person"})
        act = document.add(
            "activity", "decisions", {"prov:type": "marsad:decision", "marsad:refused": incident.refused}
        )
        document.tie("wasAssociatedWith", {"prov:activity": act, "prov:agent": people})
    return document.made


class _Document:
    """One document while it is made."""

    def __init__(self, incident: PublicIncident) -> None:
        self.made: Json = {"prefix": dict(PREFIXES)}
        self._incident = incident
        self._origins = {origin.id: origin for origin in incident.origins}
        self._ties = 0

    def add(self, kind: str, name: str, told: Mapping[str, Any]) -> str:
        """Add an entity, an activity or an agent under a name within the incident; return how it is called."""
        called = f"rec:{self._incident.code}/{name}"
        self.made.setdefault(kind, {})[called] = {key: value for key, value in told.items() if value is not None}
        return called

    def agent(self, name: str, told: Mapping[str, Any]) -> str:
        return self.add("agent", name, told)

    def tie(self, kind: str, told: Mapping[str, str]) -> None:
        """Add a relation."""
        self._ties += 1
        self.made.setdefault(kind, {})[f"_:r{self._ties}"] = dict(told)

    def statement(self, one: PublicStatement) -> None:
        """Add a statement, its origin, and the report it stands in where that may be named."""
        origin = self._origins[one.origin]
        who = self.agent(
            f"origin/{origin.id}",
            {
                "prov:type": "prov:Person" if origin.kind in ("witness", "unnamed") else "prov:Organization",
                "prov:label": None if origin.name is None else str(origin.name),
                "marsad:kind": origin.kind.value,
            },
        )
        said = self.add(
            "entity",
            f"statement/{one.id}",
            {
                "prov:type": "marsad:statement",
                "prov:value": None if one.words is None else str(one.words),
                "marsad:measure": one.measure.value,
                "marsad:category": one.category.value,
                "marsad:low": one.low,
                "marsad:high": one.high,
                "marsad:role": one.role.value,
                "marsad:modality": one.modality.value,
            },
        )
        self.tie("wasAttributedTo", {"prov:entity": said, "prov:agent": who})
        if one.outlet is None:
            return
        report = self.add(
            "entity",
            f"report/{one.evidence or one.id}",
            {
                "prov:type": "marsad:report",
                "prov:label": str(one.outlet),
                "marsad:published": None if one.published is None else one.published.isoformat(),
                "prov:location": None if one.address is None else str(one.address),
                "marsad:sha256": None if one.evidence is None else str(one.evidence),
            },
        )
        quoted = "prov:PrimarySource" if one.words is None else "prov:Quotation"
        self.tie("wasDerivedFrom", {"prov:generatedEntity": said, "prov:usedEntity": report, "prov:type": quoted})

    def figure(self, figure: PublicFigure, software: str, release: PublicRelease) -> None:
        """Add a figure, the assessment that made it, and what it rests on."""
        name = f"{figure.policy}/{figure.measure}/{figure.category}"
        made = self.add(
            "entity",
            f"figure/{name}",
            {
                "prov:type": "marsad:figure",
                "marsad:low": figure.low,
                "marsad:best": figure.best,
                "marsad:high": figure.high,
                "marsad:standing": figure.standing.value,
                "marsad:suppressed": figure.suppressed or None,
                "marsad:release": release.number,
                "marsad:asKnownOn": release.as_known_on.isoformat(),
            },
        )
        method = next((one for one in release.methods if one.name == figure.policy), None)
        version = None if method is None else str(method.version)
        plan = {"prov:type": "prov:Plan", "prov:label": str(figure.policy), "marsad:version": version}
        policy = self.add("entity", f"policy/{figure.policy}", plan)
        act = self.add("activity", f"assess/{name}", {"prov:type": "marsad:assessment"})
        self.tie("wasGeneratedBy", {"prov:entity": made, "prov:activity": act})
        self.tie("wasAssociatedWith", {"prov:activity": act, "prov:agent": software, "prov:plan": policy})
        for said in rests_on(self._incident, figure):
            used = f"rec:{self._incident.code}/statement/{said}"
            self.tie("wasDerivedFrom", {"prov:generatedEntity": made, "prov:usedEntity": used, "prov:activity": act})


def rests_on(incident: PublicIncident, figure: PublicFigure) -> list[str]:
    """Return the ids of the statements that a figure rests on: those its explanation names, else the counted ones of its kind."""
    named = dict.fromkeys(_named(figure.why)) if figure.why is not None else {}
    if named:
        return [str(one.id) for one in incident.statements if one.id in named]
    return [
        str(one.id)
        for one in incident.statements
        if one.role is PublicRole.COUNTED and (one.measure, one.category) == (figure.measure, figure.category)
    ]


def _named(step: PublicStep) -> Iterator[str]:
    yield from step.statements
    for below in step.steps:
        yield from _named(below)
