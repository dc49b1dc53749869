"""What an observatory knows around tolls, put together for a timeline or a briefing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from marsad.context.attach import Attached, Happened, attached
from marsad.context.baseline import is_baseline
from marsad.context.follow import followed
from marsad.context.moves import moved
from marsad.context.register import Register
from marsad.context.rounds import misdated
from marsad.context.scene import Ends, Here, Incident, Scene, Words
from marsad.context.who import acting
from marsad.context.withdrawn import undone
from marsad.model import Category, DecisionKind, Grade, Measure, Place, Report, ReportId, Role, Wrong
from marsad.model.knowledge import Knowledge, knowledge_of, place_key
from marsad.model.rows import incident_of
from marsad.pipeline.actors import register_of
from marsad.pipeline.again import derived_on
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.observatory import Observatory
from marsad.text.gazetteer import Gazetteer

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "membership": ("incident_id", "claim_id", "role"),
    "claim": (*("claim_id", "report_id", "start", "end", "text"), *("attribution", "measure", "status", "bound")),
    "fold": ("claim_id", "origin"),
    "toll": ("incident_id", "policy", "measure", "category", "low", "best", "high"),
    "grading": ("incident_id", "grade", "origins"),
}
"""What incidents are made of here, beside their own rows: little of it, for there may be a million claims."""
COUNTRY = 6
"""UCDP's where_prec of a whole country."""

_SPOKEN_OF = {"civilian": "civilians", "combatant": "combatants"}


def scene_of(
    observatory: Observatory,
    policy: str,
    known_on: date | None = None,
    without: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> Scene:
    """Return the scene of an observatory: of now, or as it was known at the end of a past day.

    `policy` is that of the tolls. `without` are reports, and `apart` incidents, by id, of which whoever asks is not to know.
    Raises Wrong where nothing was derived yet.
    """
    with observatory.kept(read_only=True) as kept, kept.read() as reading:
        reports = {r.report_id: r for r in reading.reports(known_on=known_on) if r.report_id not in without}
        decisions = list(reading.decisions(known_on=known_on))
    register = register_of(observatory)
    with observatory.derived(read_only=True) as derived:
        if not derived.count("reading"):
            raise Wrong(str(observatory.path), None, "has nothing derived yet", f"run `marsad run {observatory.path}`")
        rows = derived.table("knowledge").to_pylist()
        tables = {name: derived.table(name) for name in ("incident", *COLUMNS)} if known_on is None else {}
    if known_on is not None:
        tables = derived_on(observatory, known_on)
    told = [knowledge_of(row) for row in rows if row["report_id"] in reports]
    refused = {d.anchor: d.reason for d in sorted(decisions, key=lambda d: d.version) if d.kind is DecisionKind.REJECT}
    incidents = [i for i in incidents_of(needed(tables, policy), reports, policy) if i.incident_id not in apart]
    return put_together(told, incidents, refused, register)


def needed(tables: Mapping[str, pa.Table], policy: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that incidents are made of under a policy: counted claims, and what is said of them."""
    member = tables["membership"].filter(pc.equal(tables["membership"].column("role"), Role.COUNTED.value))
    toll = tables["toll"].filter(pc.equal(tables["toll"].column("policy"), policy))
    counted = member.column("claim_id").combine_chunks()
    kept = {"membership": member, "toll": toll, "grading": tables["grading"]} | {
        name: tables[name].filter(pc.is_in(tables[name].column("claim_id"), value_set=counted))
        for name in ("claim", "fold")
    }
    rows = {name: table.select(COLUMNS[name]).to_pylist() for name, table in kept.items()}
    return {"incident": tables["incident"].to_pylist(), **rows}


def put_together(
    told: Sequence[Knowledge], incidents: Sequence[Incident], refused: Mapping[str, str], register: Register
) -> Scene:
    """Return the scene of statements and incidents: who acts in them, what is undone, and what hangs together."""
    who = acting(told, register)
    gone = undone(told, refused)
    standing = [known for known in told if known.knowledge_id not in gone]
    happened = [
        Happened(i.incident_id, i.place_key, i.country, i.first, i.last, i.perpetrator, i.reports) for i in incidents
    ]
    spoken = attached(standing, who, happened)
    about: dict[str, list[Attached]] = {}
    for statement in spoken:
        about.setdefault(statement.incident_id, []).append(statement)
    moves = {
        i.incident_id: move
        for i in incidents
        if (move := moved(Grade(i.grade), i.perpetrator, about.get(i.incident_id, ()), who, register)) is not None
    }
    return Scene(
        register, told, who, gone, incidents,
        misdated(standing, who), followed(standing, who), spoken, moves, _before_war(told),
    )  # fmt: skip


def _before_war(told: Sequence[Knowledge]) -> frozenset[str]:
    """Return the numbers of inhabitants that their sentences say are those of before the war."""
    out = set()
    for known in told:
        if known.topic == Measure.POPULATION and known.sentence:
            at = known.sentence.find(known.text)
            if at >= 0 and is_baseline(known.sentence, at):
                out.add(known.knowledge_id)
    return frozenset(out)


def place_named(observatory: Observatory, scene: Scene, words: str) -> Here | None:
    """Return the place that these words name, None where neither reports nor the gazetteer know one.

    Where the gazetteer's choice is told of nowhere, and reports tell of another place by just this name, that one is meant.
    """
    gazetteer = Gazetteer.open(places_file(observatory))
    countries = _countries(scene)
    place = gazetteer.resolve(words, countries)
    key = place_key(place)
    if place.found and place.precision != COUNTRY and not _is_told(scene, key):
        own = next((k.place for k in scene.told if k.place and same_name(k.place.name, k.place.name_ar, words)), None)
        place, key = (place, key) if own is None else (own, place_key(own))
    if place.found:
        return here_of(gazetteer, place)
    told = [k for k in scene.told if k.place_key == key]
    if not told or told[0].place is None:
        return None
    return here_of(gazetteer, told[0].place)


def here_of(gazetteer: Gazetteer, place: Place) -> Here:
    """Return a place as questions are put to it, with what the gazetteer calls its country; one it lacks by its words."""
    key = frozenset([place_key(place) or ""])
    if not place.found:
        return Here(key, place.name, place.name_ar, place.country, None)
    wide = place.precision == COUNTRY
    name = gazetteer.country_name(place.country) if wide and place.country else place.name
    country = gazetteer.country_name(place.country) if place.country else None
    land = gazetteer.resolve(country).name_ar if country else None
    return Here(key, name, place.name_ar, place.country, country, wide, land)


def _is_told(scene: Scene, key: str | None) -> bool:
    return any(i.place_key == key for i in scene.incidents) or any(
        (k.place_key or "").partition("/")[0] == key for k in scene.told
    )


def same_name(name: str | None, name_ar: str | None, words: str) -> bool:
    """Tell whether a place is called just so, in either language."""
    return " ".join(words.split()).casefold() in ((name or "").casefold(), (name_ar or "").casefold())


def _countries(scene: Scene) -> list[str]:
    """Return the countries that reports tell of, the one told of most first."""
    counts: dict[str, int] = {}
    for known in scene.told:
        if known.place and known.place.country:
            counts[known.place.country] = counts.get(known.place.country, 0) + 1
    for incident in scene.incidents:
        if incident.country:
            counts[incident.country] = counts.get(incident.country, 0) + 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def incidents_of(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], reports: Mapping[ReportId, Report], policy: str
) -> list[Incident]:
    """Return the incidents with their tolls under a policy and the words of their counted claims, by code."""
    claims = {row["claim_id"]: row for row in tables["claim"]}
    origins = {row["claim_id"]: row["origin"] for row in tables["fold"]}
    members: dict[str, list[Mapping[str, Any]]] = {}
    for row in tables["membership"]:
        members.setdefault(row["incident_id"], []).append(row)
    tolls: dict[str, dict[str, Mapping[str, Any]]] = {}
    injured: dict[str, Ends] = {}
    for row in tables["toll"]:
        if row["policy"] == policy and row["measure"] == Measure.KILLED:
            tolls.setdefault(row["incident_id"], {})[row["category"]] = row
        elif (row["policy"], row["measure"], row["category"]) == (policy, Measure.INJURED, Category.TOTAL):
            injured[row["incident_id"]] = (row["low"], row["best"], row["high"])
    grades = {row["incident_id"]: row for row in tables["grading"]}
    out = []
    for row in tables["incident"]:
        key, mine = row["incident_id"], members.get(row["incident_id"], [])
        counted = [claims[m["claim_id"]] for m in mine if m["claim_id"] in claims and m["role"] == Role.COUNTED]
        counted = [c for c in counted if c["report_id"] in reports]
        found = sorted(counted, key=lambda c: (str(reports[c["report_id"]].published), c["report_id"], c["start"]))
        words = [(_category(c), _words(c, reports[c["report_id"]], origins.get(c["claim_id"]))) for c in found]
        by = tolls.get(key, {})
        unknown = {c["status"] for c in found if c["bound"] == "unknown" and c["measure"] == "killed"}
        incident = incident_of(row)
        place = incident.place
        out.append(
            Incident(
                key,
                row["code"],
                row["occurred_from"],
                row["occurred_to"],
                place_key(place),
                place.name if place else None,
                place.name_ar if place else None,
                row["country"],
                row["admin1"],
                row["perpetrator"],
                row["weapon"],
                grades[key]["grade"],
                grades[key]["origins"],
                {category: (t["low"], t["best"], t["high"]) for category, t in by.items()},
                frozenset(_SPOKEN_OF[s] for s in unknown if s in _SPOKEN_OF),
                injured.get(key, (None, None, None)),
                words,
                frozenset(c["report_id"] for c in found),
            )
        )
    return sorted(out, key=lambda i: i.code)


def _category(row: Mapping[str, Any]) -> str:
    if row["measure"] == "injured":
        return "injured"
    if row["measure"] != "killed":
        return str(row["measure"])
    return _SPOKEN_OF.get(row["status"], "total")


def _words(row: Mapping[str, Any], report: Report, origin: str | None) -> Words:
    said_by = origin or (row["attribution"][0] if row["attribution"] else report.outlet)
    claim, where = row["claim_id"], (row["report_id"], row["start"], row["end"])
    return Words(claim, *where, row["text"], said_by, report.outlet, report.published)


def statements_of(
    scene: Scene, *, topic: str | None = None, act: str | None = None, party: str | None = None
) -> list[Knowledge]:
    """Return what is told of a topic, by an act, by or with a party; everything where nothing is named."""
    return [
        known
        for known in scene.told
        if (topic is None or known.topic == topic)
        and (act is None or known.act == act)
        and (party is None or party in scene.who[known.knowledge_id].everybody)
    ]
