"""A desk for a test, over a copy of an observatory that is made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_world import Team, copied, small_observatory


@pytest.fixture(scope="session")
def twenty_incidents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_observatory(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def team(twenty_incidents: Path, tmp_path: Path) -> Iterator[Team]:
    made = Team(copied(twenty_incidents, tmp_path))
    yield made
    made.close()
