"""A made-up stretch of Syria to lay lists over: a country, two provinces, four towns; and how they are laid."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch
from marsad.text.listed import Listed
from marsad.text.overlay import Laid, Overlay


def _site(place_id: str, name: str, name_ar: str, kind: str, point: tuple[float, float], people: int = 0) -> Site:
    precision = {"country": 6, "admin1": 4}.get(kind, 1)
    admin1 = {"iso:SY": None, "iso:IQ": None, "ne:2": "Wadi Sham", "gn:4": "Wadi Sham"}.get(place_id, "Ar Rumman")
    country = "IQ" if place_id in ("iso:IQ", "gn:3") else "SY"
    return Site(place_id, name, name_ar, country, admin1, *point, kind, people, precision, (name, name_ar))


SITES = (
    _site("iso:SY", "Syria", "سوريا", "country", (35.0, 38.5)),
    _site("iso:IQ", "Iraq", "العراق", "country", (33.0, 43.5)),
    _site("ne:1", "Ar Rumman", "محافظة الرمان", "admin1", (36.0, 38.9)),
    _site("ne:2", "Wadi Sham", "وادي شام", "admin1", (33.5, 36.5)),
    _site("gn:1", "Kafr Nuran", "كفر نوران", "city", (36.0, 38.0), 41_000),
    _site("gn:2", "Ash Shumeis", "الشميس", "city", (36.2, 38.4), 9_000),
    _site("gn:3", "Tell Lawza", "تل لوزة", "city", (36.3, 43.1), 1_700_000),
    _site("gn:4", "Hazm Sham", "حزم شام", "city", (33.6, 36.4), 2_000),
)
"""Nothing of it is true but the countries."""


def batch() -> pa.RecordBatch:
    """Return the gazetteer as a file holds it."""
    return gazetteer_batch(SITES, {"Syria": "SY", "Syrian": "SY", "سوريا": "SY", "Iraq": "IQ"})


def file(folder: Path) -> Path:
    """Write the gazetteer to a file in the folder; return its path."""
    write(folder / "shipped.arrow", batch())
    return folder / "shipped.arrow"


def write(path: Path, made: pa.RecordBatch) -> None:
    """Write a gazetteer to a file."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, made.schema) as writer:
        writer.write_batch(made)


def place(place_id: str, name: str, point: tuple[float, float] | None, **other: object) -> Listed:
    """Return a village in Syria as a list has it; what differs is named."""
    given: dict[str, object] = {"name_ar": None, "country": "SY", "kind": "village", "precision": 1, **other}
    names = (name, *given.pop("names", ()))  # type: ignore[misc]
    return Listed(f"made.csv line {place_id}", place_id, name, names=names, point=point, **given)  # type: ignore[arg-type]


def laid(*lists: Sequence[Listed]) -> tuple[Gazetteer, list[Laid], list[Rejection]]:
    """Return the gazetteer with these lists laid over it, what became of each, and what was rejected."""
    overlay = Overlay(Gazetteer(batch()), [listed for given in lists for listed in given])
    counts, rejected = [], []
    for given in lists:
        counts.append(Laid())
        rejected += list(overlay.lay(given, counts[-1]))
    return Gazetteer(overlay.batch({})), counts, rejected
