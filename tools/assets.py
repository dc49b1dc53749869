"""Copies the few browser files that marsad serves out of node_modules, each one checked against assets.lock.json.

    python tools/assets.py            copy and check; fails on any file that is not the one in the lock
    python tools/assets.py --lock     write the lock anew after a version in package.json was changed on purpose

No bundler: a file is served as its author published it, beside its licence.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
FIX = "Run `npm ci --ignore-scripts` in the project folder, then try again"


class Entry(TypedDict):
    """One file: where it comes from, what it is called here, what it must be."""

    file: str
    package: str
    version: str
    licence: str
    source: str
    sha256: str


def _font(package: str, subset: str, weight: int) -> tuple[str, str, str]:
    name = f"{package}-{subset}-{weight}-normal.woff2"
    return f"@fontsource/{package}", f"files/{name}", f"fonts/{name}"


WANTED = [
    ("maplibre-gl", "dist/maplibre-gl.mjs", "maplibre/maplibre-gl.mjs"),
    ("maplibre-gl", "dist/maplibre-gl-worker.mjs", "maplibre/maplibre-gl-worker.mjs"),
    ("maplibre-gl", "dist/maplibre-gl.css", "maplibre/maplibre-gl.css"),
    ("maplibre-gl", "LICENSE.txt", "licences/maplibre-gl.txt"),
    ("htmx.org", "dist/htmx.min.js", "desk/htmx.min.js"),
    ("htmx.org", "LICENSE", "desk/htmx-licence.txt"),
    *(_font("ibm-plex-sans", subset, weight) for subset in ("latin", "latin-ext") for weight in (400, 600)),
    *(_font("ibm-plex-sans-arabic", "arabic", weight) for weight in (400, 600)),
    ("@fontsource/ibm-plex-sans", "LICENSE", "licences/ibm-plex-sans.txt"),
    ("@fontsource/ibm-plex-sans-arabic", "LICENSE", "licences/ibm-plex-sans-arabic.txt"),
]
"""Package, path inside it, path under assets/web/."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in lower-case hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def entries(modules: Path) -> list[Entry]:
    """Return what node_modules holds of every wanted file; stops with a message where one is missing."""
    found: list[Entry] = []
    for package, source, target in WANTED:
        path = modules / package / source
        if not path.is_file():
            raise SystemExit(f'{path}: a file that the record serves is not there. {FIX} (package "{package}").')
        about = json.loads((modules / package / "package.json").read_text("utf-8"))
        found.append(
            {
                "file": target,
                "package": package,
                "version": about["version"],
                "licence": about["license"],
                "source": source,
                "sha256": digest(path),
            }
        )
    return found


def differences(found: list[Entry], locked: list[Entry]) -> list[str]:
    """Return one sentence for every file that is not what the lock says."""
    want = {entry["file"]: entry for entry in locked}
    said = [f"{name}: the lock has no such file" for name in sorted({e["file"] for e in found} - set(want))]
    said += [
        f"{name}: the lock wants it, tools/assets.py does not"
        for name in sorted(set(want) - {e["file"] for e in found})
    ]
    for entry in found:
        lock = want.get(entry["file"], entry)
        for key in ("package", "version", "licence", "source", "sha256"):
            if entry[key] != lock[key]:
                said.append(f'{entry["file"]}: {key} is "{entry[key]}", the lock says "{lock[key]}"')
    return said


def copy(found: list[Entry], modules: Path, target: Path) -> int:
    """Write every file under `target` unless it is there already; return how many were written."""
    written = 0
    for entry in found:
        out = target / entry["file"]
        if out.is_file() and digest(out) == entry["sha256"]:
            continue
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_name(out.name + ".part")
        part.write_bytes((modules / entry["package"] / entry["source"]).read_bytes())
        part.replace(out)
        written += 1
    return written


def main(argv: list[str] | None = None) -> int:
    """Copy and check the browser files; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--modules", type=Path, default=ROOT / "node_modules")
    options.add_argument("--lock-file", type=Path, default=ROOT / "assets.lock.json")
    options.add_argument("--target", type=Path, default=ROOT / "src" / "marsad" / "assets" / "web")
    options.add_argument("--lock", action="store_true", help="write the lock from what npm installed")
    given = options.parse_args(argv)
    found = entries(given.modules)
    if given.lock:
        given.lock_file.write_text(json.dumps({"files": found}, indent=2) + "\n", "utf-8")
        print(f"assets: {given.lock_file.name} now names {len(found)} files. Read the difference before you commit it.")
    wrong = differences(found, json.loads(given.lock_file.read_text("utf-8"))["files"])
    if wrong:
        print("assets: what npm installed is not what assets.lock.json names:", *wrong, sep="\n  ", file=sys.stderr)
        print(f"{FIX}. If the version was changed on purpose: python tools/assets.py --lock", file=sys.stderr)
        return 2
    written = copy(found, given.modules, given.target)
    print(f"assets: {len(found)} browser files are in place ({written} written).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
