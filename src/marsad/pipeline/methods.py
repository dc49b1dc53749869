"""The policies of an observatory: those that marsad ships, and its own, written in TOML in its folder policies/."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from marsad.assess.policies import POLICIES
from marsad.assess.policy import Policy, policy_of
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory

FOLDER = "policies"
"""Where in an observatory's folder its own policies lie, NAME.toml each."""

MOST = 64_000
"""Bytes of the largest file of a policy that is read."""


def methods(observatory: Observatory) -> tuple[Policy, ...]:
    """Return the policies that the observatory's settings name, in their order; raises Wrong for one that there is none of."""
    return methods_named(observatory, observatory.policies)


def methods_named(observatory: Observatory, names: Sequence[str]) -> tuple[Policy, ...]:
    """Return these policies, shipped or the observatory's own; raises Wrong, listing what there is, for another name."""
    return tuple(_method(observatory.path / FOLDER, name) for name in names)


def read_method(path: Path, known: Mapping[str, Policy] = POLICIES) -> Policy:
    """Return the policy in a TOML file; raises Wrong, naming file and rule, for what is none."""
    try:
        if path.stat().st_size > MOST:
            raise Wrong(str(path), path.stat().st_size, f"is larger than {MOST} bytes", "write the rules alone")
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise Wrong(str(path), None, f"cannot be read: {fault.strerror}", "check name and permissions") from fault
    except ValueError as fault:
        raise Wrong(str(path), None, f"is not TOML ({fault})", "docs/assessing.md shows a policy") from fault
    return policy_of(told, path.name, known)


def _method(folder: Path, name: str) -> Policy:
    if name in POLICIES:
        return POLICIES[name]
    own = sorted(path.stem for path in folder.glob("*.toml")) if folder.is_dir() else []
    if name not in own:
        known = ", ".join((*POLICIES, *own))
        raise Wrong("policy", name, f"is not one of {known}", f"name one of them, or write {FOLDER}/{name}.toml")
    found = read_method(folder / f"{name}.toml")
    if found.name != name:
        raise Wrong(f"{FOLDER}/{name}.toml, name", found.name, "is not the name of the file", f'write name = "{name}"')
    return found
