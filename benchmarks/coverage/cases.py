"""Real lists whose size is known: all that a list names, estimated from the other lists alone (Binette & Steorts
2022), and Kosovo.
"""

import json
from pathlib import Path

from marsad.estimate import CaptureTable

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "mse"
"""Tables kept beside the repository (see docs/estimating-latent-classes.md for their sources); none of them, no
cases.
"""

NAMES = ("uk_2013_5lists", "netherlands_5lists", "australia_4lists", "kosovo_1999", "neworleans_5lists")
CARE = ("Diabetes", "Congenital")
KOSOVO_TRUTH = 10_401
"""Killed or missing by the near-census of the Kosovo Memory Book."""


def cases(folder: Path = FOLDER, least: int = 30) -> list[tuple[str, CaptureTable, int]]:
    """Name, table and truth of every case with at least `least` persons on at least three other lists."""
    tables: dict[str, CaptureTable] = {}
    for name in NAMES:
        if (folder / f"{name}.json").is_file():
            found = json.loads((folder / f"{name}.json").read_text("utf-8"))
            rows = {row["pattern"]: row["count"] for row in found["patterns"]}
            tables[name] = CaptureTable.from_patterns(found["lists"], rows)
    if (folder / "care1_data.json").is_file():
        found = json.loads((folder / "care1_data.json").read_text("utf-8"))
        for name in CARE:
            rows = found[name]
            tables[name.lower()] = CaptureTable.from_patterns("ABCDE"[: len(next(iter(rows)))], rows)
    out = [("kosovo whole", tables["kosovo_1999"], KOSOVO_TRUTH)] if "kosovo_1999" in tables else []
    for name, table in tables.items():
        for at, one in enumerate(table.lists):
            part = table.within(one)
            if part.n >= least and part.n_lists >= 3:
                out.append((f"{name.split('_')[0]} | {one}", part, int(table.listed[at])))
    return out
