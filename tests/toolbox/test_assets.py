"""The browser files: pinned, checked, licensed, and never fetched from a place that a lock names."""

import json
from pathlib import Path
from typing import Any

import pytest
from loading import ROOT, tool

assets = tool("assets")
LOCK = json.loads((ROOT / "assets.lock.json").read_text("utf-8"))["files"]


def packages() -> dict[str, dict[str, Any]]:
    """Return the packages of package-lock.json by their folder."""
    found: dict[str, dict[str, Any]] = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    return found


def test_the_npm_lock_names_no_host() -> None:
    """Whoever installs takes the packages from his own registry; their checksums are what counts."""
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    for path, package in packages().items():
        assert path == "" or package["integrity"].startswith("sha512-"), path


def test_every_version_is_exact_and_the_same_in_all_three_files() -> None:
    """package.json, its lock and the lock of the files agree."""
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    exact = {**wanted["dependencies"], **wanted["devDependencies"]}
    for name, version in exact.items():
        assert packages()[f"node_modules/{name}"]["version"] == version
    for entry in LOCK:
        assert exact[entry["package"]] == entry["version"], entry["file"]


def test_every_file_has_a_licence_and_every_package_its_text() -> None:
    """Nothing is served whose licence is not served beside it."""
    assert {entry["licence"] for entry in LOCK} <= {"BSD-0-Clause", "BSD-3-Clause", "OFL-1.1"}
    assert {e["package"] for e in LOCK if "licence" in e["file"]} == {e["package"] for e in LOCK}


def test_only_the_locked_files_are_copied_and_a_second_run_copies_nothing(tmp_path: Path, capsys: Any) -> None:
    """The folder holds exactly what the lock names, byte for byte."""
    target = tmp_path / "web"
    assert assets.main(["--target", str(target)]) == 0
    found = {path.relative_to(target).as_posix(): assets.digest(path) for path in target.rglob("*") if path.is_file()}
    assert found == {entry["file"]: entry["sha256"] for entry in LOCK}
    capsys.readouterr()
    assert assets.main(["--target", str(target)]) == 0
    assert "(0 written)" in capsys.readouterr().out


def test_a_file_that_is_not_the_locked_one_stops_everything(tmp_path: Path, capsys: Any) -> None:
    """Another byte, another version: each is named, and nothing is copied."""
    lock = tmp_path / "lock.json"
    lock.write_text(
        json.dumps({"files": [{**LOCK[0], "sha256": "0" * 64}, {**LOCK[1], "version": "0.0.1"}, *LOCK[2:]]})
    )
    assert assets.main(["--lock-file", str(lock), "--target", str(tmp_path / "web")]) == 2
    said = capsys.readouterr().err
    assert f"{LOCK[0]['file']}: sha256 is" in said
    assert f"{LOCK[1]['file']}: version is" in said
    assert not (tmp_path / "web").exists()


def test_a_missing_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    """npm has not run yet."""
    with pytest.raises(SystemExit, match="npm ci"):
        assets.main(["--modules", str(tmp_path), "--target", str(tmp_path / "web")])
