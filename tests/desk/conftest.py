"""Desks for tests: over a copy of an observatory that is made once, and served to a browser that is started once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_open import Desk, open_desk
from desk_world import Team, copied, small_observatory


@pytest.fixture(scope="session")
def twenty_incidents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_observatory(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def team(twenty_incidents: Path, tmp_path: Path) -> Iterator[Team]:
    made = Team(copied(twenty_incidents, tmp_path))
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve a desk for the tests of one file."""
    with open_desk(tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve a desk for one test, in which it may decide what it likes."""
    with open_desk(tmp_path_factory.mktemp("own")) as served:
        yield served
