"""What leaves the desk: made when it is fetched, from what its asker may see, and no cell that a spreadsheet would run."""

import shutil
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from marsad.desk.actor import Actor
from marsad.desk.hidden import hidden_from
from marsad.desk.services import Desk
from marsad.pipeline.corrections import write_corrections
from marsad.publish.formats.cells import cell, csv_bytes

FORMS = {"incidents": "incidents.csv", "tolls": "tolls.csv", "corrections": "corrections.zip"}
"""What can be asked for, and what the file is called."""

_INCIDENT = ("code", "occurred_from", "occurred_to", "place_name", "admin1", "country", "perpetrator", "weapon")
_TOLL = ("policy", "measure", "category", "low", "best", "high")


def exported(desk: Desk, actor: Actor, form: str) -> bytes:
    """Return the file that was asked for, without anything of which its asker is not to know."""
    hidden = hidden_from(desk, actor)
    if form == "corrections":
        return _corrections(desk, hidden.reports)
    incidents = [r for r in desk.derived.table("incident").to_pylist() if r["incident_id"] not in hidden.incidents]
    incidents.sort(key=lambda row: row["code"])
    if form == "incidents":
        grades = {row["incident_id"]: row["grade"] for row in desk.derived.table("grading").to_pylist()}
        rows = ([*(cell(r[n]) for n in _INCIDENT), cell(grades.get(r["incident_id"]))] for r in incidents)
        return csv_bytes((*_INCIDENT, "grade"), rows)
    codes = {row["incident_id"]: row["code"] for row in incidents}
    tolls = [t for t in desk.derived.table("toll").to_pylist() if t["incident_id"] in codes]
    tolls.sort(key=lambda t: (codes[t["incident_id"]], *(t[n] for n in _TOLL[:3])))
    return csv_bytes(("code", *_TOLL), ([cell(codes[t["incident_id"]]), *(cell(t[n]) for n in _TOLL)] for t in tolls))


def _corrections(desk: Desk, hidden: frozenset[str]) -> bytes:
    folder = Path(tempfile.mkdtemp(prefix="marsad-"))
    try:
        write_corrections(desk.observatory, folder / "marked", hidden)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
            for file in sorted((folder / "marked").iterdir()):
                zipped.write(file, file.name)
        return out.getvalue()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
