"""Who spoke of an incident, as one cell tells it: the reports that stand in public, and the origins counted."""

from dataclasses import dataclass

from marsad.publish.public import PublicIncident, PublicRole


@dataclass(frozen=True, slots=True)
class Voices:
    """`reports` are (outlet, day), day empty where not known; `origins` are names, or kinds where only those are told."""

    reports: tuple[tuple[str, str], ...]
    origins: tuple[str, ...]


def voices_of(incident: PublicIncident) -> Voices:
    """Return who spoke of the incident, each once, in the order of the record. Semicolons part them, so none stays in a name."""
    reports: dict[tuple[str, str], None] = {}
    told = {origin.id: origin for origin in incident.origins}
    counted: dict[str, None] = {}
    for statement in incident.statements:
        if statement.outlet is not None:
            day = "" if statement.published is None else statement.published.isoformat()
            reports[_plain(statement.outlet), day] = None
        if statement.role is PublicRole.COUNTED:
            origin = told[statement.origin]
            counted[_plain(origin.name or f"[{origin.kind}]")] = None
    return Voices(tuple(reports), tuple(counted))


def _plain(name: str) -> str:
    return " ".join(name.replace(";", ",").split())
