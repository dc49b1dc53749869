"""Whatever works row by row works in other processes, too: every stage, and all that is bound to it, can be sent there."""

import importlib
import pickle
import pkgutil

import pytest

import marsad
from marsad.stage import RowStage

ROOMS = ("extract", "link", "assess", "context", "names", "pipeline")


def stages() -> dict[str, RowStage]:  # type: ignore[type-arg]
    """Return every stage that a module of these rooms holds under a name, by module and name."""
    found = {}
    for room in ROOMS:
        package = importlib.import_module(f"{marsad.__name__}.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, RowStage):
                    found[f"{value.name} of {value.reads.names[0]}"] = value
                    found.setdefault(name, value)
    return found


STAGES = stages()


def test_all_stages_are_looked_at() -> None:
    """Those of reading, linking, assessing and knowing are among them."""
    assert {"OUTLINING", "SKETCHING", "CREDITS", "BLOCKS", "GROUPS", "WEIGHING", "KNOWING_CONTEXTS"} <= set(STAGES)


@pytest.mark.parametrize("name", sorted(STAGES))
def test_a_stage_travels(name: str) -> None:
    """Packed and unpacked it is the stage that it was: a function without a name of its own could not be found again."""
    there = pickle.loads(pickle.dumps(STAGES[name]))  # noqa: S301 - our own bytes
    assert (there.name, there.version, there.key) == (STAGES[name].name, STAGES[name].version, STAGES[name].key)
    assert there.function == STAGES[name].function
