"""Marks, guesses and folders of marked reports, made up for tests."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from marsad.evaluate.guesses import Guess
from marsad.evaluate.marks import Decoy, Mark, Marked
from marsad.evaluate.pairs import Compared, compare

TEXT = "x" * 400


def mark(start: int, end: int, number: int | None = 5, category: str = "killed", **fields: Any) -> Mark:
    """Return a mark of this number, of unknown victims, in the outlet's own voice, but for the fields given."""
    return replace(Mark(start, end, number, number, category, "unknown", None), **fields)


def guess(start: int, end: int, number: int | None = 5, category: str = "killed", **fields: Any) -> Guess:
    """Return a guess of this number, of unknown victims, in the outlet's own voice, but for the fields given."""
    return replace(Guess(start, end, number, number, category, "unknown", None), **fields)


def report(
    marks: Sequence[Mark] = (),
    *,
    name: str = "r",
    lang: str = "en",
    decoys: Sequence[Decoy] = (),
    hard: str | None = None,
) -> Marked:
    """Return a marked report of meaningless text."""
    return Marked(name, lang, TEXT, tuple(marks), tuple(decoys), hard)


def compared(marks: Sequence[Mark], guesses: Sequence[Guess], **fields: Any) -> Compared:
    """Return a report with these marks beside these guesses."""
    return compare(report(marks, **fields), guesses)


MARKET = (
    "Shells hit the market of Raqqa on Tuesday, killing 12 people, the Clinic of Nahr said. More than 30 were injured."
)
TRUCE = "The truce held. Nobody fired, and the mayor, aged 62, opened 3 schools."
RAID = "قتل 7 مدنيين في غارة على الرقة يوم الثلاثاء، وقال المرصد إن 20 آخرين أصيبوا."

Claimed = tuple[str, int | None, int | None, str, str, str | None]
"""Words, low, high, category, victim type, speaker."""

FOLDER: dict[str, tuple[str, str, list[Claimed]]] = {
    "market": (
        "en",
        MARKET,
        [
            ("12 people", 12, 12, "killed", "unknown", "Clinic of Nahr"),
            ("More than 30", 30, None, "injured", "unknown", None),
        ],
    ),
    "truce": ("en", TRUCE, []),
    "raid": (
        "ar",
        RAID,
        [
            ("7 مدنيين", 7, 7, "killed", "civilian", None),
            ("20 آخرين", 20, 20, "injured", "unknown", "المرصد"),
        ],
    ),
}


def marked_line(name: str) -> dict[str, Any]:
    """Return the line of gold.jsonl of a report of FOLDER."""
    _, text, claims = FOLDER[name]
    marks = []
    for words, low, high, category, victim_type, speaker in claims:
        start = text.index(words)
        told = {"category": category, "victim_type": victim_type, "attribution": speaker}
        marks.append({"start": start, "end": start + len(words), "text": words, "low": low, "high": high, **told})
    return {"report_id": name, "claims": marks, "decoys": [], "hard_negative": "ages" if name == "truce" else False}


def write_lines(path: Path, lines: Sequence[Any]) -> Path:
    """Write a file of JSON lines."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def marked_folder(path: Path) -> Path:
    """Write the folder FOLDER: three reports, four claims, in two languages."""
    path.mkdir()
    reports = [
        {"id": name, "text": text, "lang": lang, "published": "2014-11-26", "outlet": "The Harbour Daily"}
        for name, (lang, text, _) in FOLDER.items()
    ]
    write_lines(path / "reports.jsonl", reports)
    write_lines(path / "gold.jsonl", [marked_line(name) for name in FOLDER])
    (path / "source_aliases.json").write_text(json.dumps({"Nahr Clinic": ["clinic of nahr"]}), "utf-8")
    return path
