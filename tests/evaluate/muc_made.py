"""Texts and keys in the form of MUC-3 and MUC-4, made up for tests."""

from datetime import date
from pathlib import Path
from typing import Any

from marsad.model import Bound, Claim, Measure, Modality, Place, ReportId, Scope, Status, When

TEXTS = """
DEV-MUC3-9001 (TEST)

   LIMA, 3 JAN 90 (WIRE) -- [TEXT] FOUR FARMERS WERE KILLED YESTERDAY WHEN A BOMB
WENT OFF IN AYACUCHO.  SIX PEOPLE WERE WOUNDED.

   MEANWHILE, THREE GUERRILLAS WERE KILLED IN A CLASH WITH TROOPS IN BOLIVIA.


DEV-MUC3-9002 (TEST)

   BOGOTA, NO DATE (WIRE) -- [TEXT] THE COUNCIL MET.
"""


def key(
    text_id: str = "DEV-MUC3-9001",
    number: str = "1",
    day: str = "02 JAN 90",
    place: str = "PERU: AYACUCHO (CITY)",
    names: str = "-",
    numbers: str = '4: "FARMERS"',
    effects: str = 'DEATH: "FARMERS"',
    total: str = "-",
) -> str:
    """Return a template of 25 slots; a slot of several lines has them parted by a line end."""
    slots = {
        0: ("MESSAGE: ID", f"{text_id} (TEST)"),
        1: ("MESSAGE: TEMPLATE", number),
        2: ("INCIDENT: DATE", day),
        3: ("INCIDENT: LOCATION", place),
        4: ("INCIDENT: TYPE", "BOMBING"),
        18: ("HUM TGT: NAME", names),
        21: ("HUM TGT: NUMBER", numbers),
        23: ("HUM TGT: EFFECT OF INCIDENT", effects),
        24: ("HUM TGT: TOTAL NUMBER", total),
    }
    lines = []
    for n in range(25):
        name, value = slots.get(n, ("PHYS TGT: NUMBER", "-"))
        first, *more = value.split("\n")
        lines += [f"{n}.".ljust(4) + name.ljust(32) + first, *(" " * 36 + line for line in more)]
    return ";;; a comment\n" + "\n".join(lines) + "\n\n"


EMPTY = key("DEV-MUC3-9002", "*", "*", "*", "*", "*", "*", "*")


def muc_folder(path: Path) -> Path:
    """Write a folder of one part: two texts, one of them with a template."""
    (path / "dev").mkdir(parents=True)
    (path / "dev" / "dev-muc3-9001").write_text(TEXTS, "utf-8")
    keys = key(numbers='4: "FARMERS"\n6: "PEOPLE"', effects='DEATH: "FARMERS"\nINJURY: "PEOPLE"')
    (path / "dev" / "key-dev-9001").write_text(keys + EMPTY, "utf-8")
    return path


AYACUCHO = Place("AYACUCHO", "gn:1", "Ayacucho", None, "PE", None, -13.2, -74.2, 1)
LA_PAZ = Place("LA PAZ", "gn:2", "La Paz", None, "BO", None, -16.5, -68.1, 1)
DAY = When(date(1990, 1, 2), date(1990, 1, 2), 1)
"""The day of the template that `key` makes."""


def claim(number: int | None = 4, text: str = "FOUR FARMERS", **fields: Any) -> Claim:
    """Return a claim that this many were killed in an incident nobody places or dates, but for the fields given."""
    start = fields.pop("start", 0)
    report_id, measure = ReportId("r"), fields.pop("measure", Measure.KILLED)
    end = start + len(text)
    told: dict[str, Any] = {
        "claim_id": Claim.identity(report_id, start, end, measure),
        "report_id": report_id,
        "start": start,
        "end": end,
        "text": text,
        "measure": measure,
        "value": number,
        "low": number,
        "high": number,
        "bound": Bound.EXACT,
        "status": Status.UNKNOWN,
        "scope": Scope.INCIDENT,
        "modality": Modality.ASSERTED,
        "attribution": (),
        "derived": False,
        "rule": "passive",
        "score": 0.9,
    }
    nothing = ("group", "occurred", "place", "perpetrator", "weapon", "subset_of", "same_as")
    return Claim(**{**dict.fromkeys(nothing), **told, **fields})
