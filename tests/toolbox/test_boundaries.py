"""The derived boundaries: shared edges stay shared, codes and names are kept, and a second run does nothing."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from loading import ROOT, tool

boundaries = tool("boundaries")
EDGE = [[1.0, y / 10] for y in range(11)]
"""A straight border between two provinces, with many points that simplifying may drop."""


def province(code: str, country: str, ring: list[list[float]]) -> dict[str, Any]:
    """Return a province as Natural Earth has it."""
    said = {"iso_3166_2": code, "iso_a2": country, "name": f"Province {code}", "name_ar": "محافظة", "admin": country}
    return {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Write a layer of three provinces in a row; the third has no country code."""
    west = province("SY-AA", "SY", [[0, 0], *EDGE, [0, 1], [0, 0]])
    east = province("SY-BB", "SY", [[1, 0], [2, 0], [2, 1], [1, 1], *EDGE[::-1][1:]])
    far = province("-99-X", "-1", [[2, 0], [3, 0], [3, 1], [2, 1], [2, 0]])
    path = tmp_path / "build.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [west, east, far]}))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Return the features of a derived file."""
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return found


def edges(feature: dict[str, Any]) -> set[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the edges of a feature, without direction."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [[(x, y) for x, y in ring] for part in parts for ring in part]
    return {(min(a, b), max(a, b)) for ring in rings for a, b in pairwise(ring)}


def test_neighbours_keep_one_border(layer: Path, tmp_path: Path) -> None:
    """Simplified together, they share their edge exactly, and have fewer points."""
    target = tmp_path / "out"
    assert boundaries.main(["--input", str(layer), "--target", str(target)]) == 0
    west, east = read(target / "SY.json")
    assert ((1.0, 0.0), (1.0, 1.0)) in edges(west) & edges(east)
    assert len(edges(west)) == 4


def test_codes_names_and_countries_are_kept(layer: Path, tmp_path: Path) -> None:
    """Each province under its country, areas without a code under ZZ, countries in English and Arabic."""
    target = tmp_path / "out"
    boundaries.main(["--input", str(layer), "--target", str(target)])
    assert [one["properties"] for one in read(target / "SY.json")] == [
        {"iso_3166_2": code, "name": f"Province {code}", "name_ar": "محافظة", "country": "SY"}
        for code in ("SY-AA", "SY-BB")
    ]
    assert [one["properties"]["country"] for one in read(target / "ZZ.json")] == ["ZZ"]
    names = {one["properties"]["country"]: one["properties"] for one in read(target / "countries.json")}
    assert (names["SY"]["name"], names["SY"]["name_ar"]) == ("Syria", "سوريا")


def test_a_second_run_does_nothing_and_another_input_does(layer: Path, tmp_path: Path, capsys: Any) -> None:
    """What was made from the same bytes is not made again."""
    given = ["--input", str(layer), "--target", str(tmp_path / "out")]
    boundaries.main(given)
    capsys.readouterr()
    boundaries.main(given)
    assert capsys.readouterr().out == "boundaries: in place.\n"
    layer.write_text(layer.read_text() + " ")
    boundaries.main(given)
    assert "derived" in capsys.readouterr().out


def test_without_the_layer_it_says_what_to_do(tmp_path: Path) -> None:
    """npm has not run yet."""
    with pytest.raises(SystemExit, match="npm ci"):
        boundaries.main(["--input", str(tmp_path / "none.json"), "--target", str(tmp_path / "out")])


def test_the_derived_world_is_small_and_whole() -> None:
    """Every country has a file, Syria its fourteen governorates, and all together stay below 8 MB."""
    folder = ROOT / "src" / "marsad" / "assets" / "boundaries"
    files = [path for path in folder.glob("*.json") if path.name != "SOURCE.json"]
    assert sum(path.stat().st_size for path in files) < 8_000_000
    assert len(files) > 230
    syria = {one["properties"]["iso_3166_2"] for one in read(folder / "SY.json")}
    assert {"SY-RA", "SY-HL", "SY-ID", "SY-DI", "SY-DY"} <= syria
    assert len(syria) >= 14
