"""Where files are: those built from packages (gazetteer, boundaries, what a browser needs), and an observatory's settings."""

from importlib import resources
from pathlib import Path

from marsad.model import Wrong

SETTINGS = "marsad.toml"
"""The file of an observatory in which a team writes what it has settled."""


def asset(name: str) -> Path:
    """Return the path of a built file or folder; raises Wrong, with the command that builds it, where it is missing."""
    path = Path(str(resources.files("marsad") / "assets" / name))
    if not path.exists():
        raise Wrong(f"assets/{name}", None, "was not built", "run `make setup` in the project's folder")
    return path


def gazetteer_path() -> Path:
    """Return the path of the gazetteer."""
    return asset("gazetteer.arrow")
