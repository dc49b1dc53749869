"""What the tests of the desk's pages share: one browser, and a desk for each file of tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from desk_open import CHROMIUM, Desk, chromium, open_desk


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium once."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium here: apt-get install chromium")
    with chromium() as started:
        yield started


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
