"""A place that somebody typed, looked up in the gazetteer: its slots as a decision keeps them."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from pathlib import Path

from marsad.model import Place, Wrong
from marsad.pipeline.assets import gazetteer_path
from marsad.pipeline.gazetteer import fresh_places_file
from marsad.pipeline.observatory import Observatory
from marsad.text.gazetteer import Gazetteer

Slots = dict[str, object]


def place_finder(given: Path | None, observatory: Observatory, near: Place | None) -> Callable[[str], Slots]:
    """Return what makes slots of a place of the words that somebody typed for it.

    A name that several places have is taken in the country of `near`, where the claim was before. A name that the
    gazetteer does not know is kept as words, without a point: "not found" is an answer.
    """

    def find(words: str) -> Slots:
        path = fresh_places_file(observatory, given) or given or gazetteer_path()
        found = _gazetteer(path, path.stat().st_mtime_ns).candidates(words)
        home = near.country if near else None
        best = min(found, key=lambda entry: (entry.country != home, -entry.population, entry.place_id), default=None)
        if best is None:
            return {"words": words, "place_id": None, "name": words}
        return {f.name: value for f in fields(Place) if (value := getattr(best.place(words), f.name)) is not None}

    return find


def country_names(given: Path | None, observatory: Observatory, codes: Iterable[str], lang: str) -> dict[str, str]:
    """Return what countries are called in a language, by code (ISO 3166-1); the code itself where nobody knows."""
    path = fresh_places_file(observatory, given) or given or gazetteer_path()
    if not path.exists():
        return {}
    gazetteer = _gazetteer(path, path.stat().st_mtime_ns)
    return {code: _country(gazetteer, code, lang) for code in codes}


def _country(gazetteer: Gazetteer, code: str, lang: str) -> str:
    name = gazetteer.country_name(code)
    return (gazetteer.resolve(name).name_ar if lang == "ar" and name != code else None) or name


@cache
def _gazetteer(path: Path, _made: int) -> Gazetteer:
    try:
        return Gazetteer.open(path)
    except OSError as fault:
        raise Wrong(str(path), None, "cannot be read", "build it with tools/gazetteer.py") from fault
