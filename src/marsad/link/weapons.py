"""Which weapon is a kind of which: who tells of an air strike may mean the drone of another report."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files


def with_kinds(weapon: str) -> Iterator[str]:
    """Yield a weapon, and what it is a kind of (resources/weapons.toml).

    >>> list(with_kinds("drone strike")), list(with_kinds("gunfire"))
    (['drone strike', 'air strike'], ['gunfire'])
    """
    yield weapon
    kind = _kinds().get(weapon)
    if kind is not None:
        yield kind


@cache
def _kinds() -> Mapping[str, str]:
    data = tomllib.loads(files("marsad.resources").joinpath("weapons.toml").read_text(encoding="utf-8"))
    return {entry["name"]: entry["kind_of"] for entry in data["weapon"] if "kind_of" in entry}
