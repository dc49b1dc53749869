"""Incidents with their tolls and nothing else: what a table or a map needs, without the texts behind it."""

import json
from collections.abc import Iterator
from datetime import date

from marsad.model import Case, Grade, Step
from marsad.model.rows import incident_of, toll_of
from marsad.pipeline.again import derived_on
from marsad.pipeline.observatory import Observatory


def summaries(observatory: Observatory, known_on: date | None = None) -> Iterator[Case]:
    """Yield every incident as a case without findings, latest first; with `known_on` as of the end of that day."""
    if known_on is not None:
        found = derived_on(observatory, known_on)
        tables = {name: found[name].to_pylist() for name in ("incident", "toll", "grading")}
    else:
        with observatory.derived(read_only=True) as derived:
            tables = {name: derived.table(name).to_pylist() for name in ("incident", "toll", "grading")}
    tolls: dict[str, list[dict[str, object]]] = {}
    for row in tables["toll"]:
        tolls.setdefault(row["incident_id"], []).append(row)
    grades = {row["incident_id"]: row for row in tables["grading"]}
    for row in sorted(tables["incident"], key=lambda r: (str(r["occurred_from"] or ""), r["code"]), reverse=True):
        grade = grades[row["incident_id"]]
        yield Case(
            incident_of(row),
            (),
            tuple(toll_of(t) for t in tolls.get(row["incident_id"], [])),
            Grade(grade["grade"]),
            grade["origins"],
            Step.from_json(json.loads(grade["why"])),
        )
