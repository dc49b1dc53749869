"""What tests of every room may import: values and reports to work with, kept beside the tests of the room they are of."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from server_of_our_own import OwnServer

    from marsad.store.places import Server

settings.register_profile(
    "marsad",
    deadline=None,  # how long things take is measured in benchmarks/, on a quiet machine
    derandomize="MARSAD_EXAMPLES" not in os.environ,  # the same examples every time; others by `make fuzz`
)
settings.load_profile("marsad")

gc.set_threshold(50_000, 20, 20)  # ten thousand tests stay to the end: looking through them again and again finds none

# Tests start marsad some hundred times: what was compiled is kept, wherever a shell says that it should not be.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks/ makes up reports
for room in (
    *("model", "store", "collect", "collect/web", "link", "pipeline", "readers", "text", "evaluate"),
    *("desk", "desk/pages"),
):
    sys.path.insert(0, str(Path(__file__).parent / room))


def pytest_collection_finish() -> None:
    """Leave out what was collected when memory is looked through for what is no longer used."""
    gc.freeze()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for all tests of a process: two that are driven at once would be in each other's way."""
    from desk_open import CHROMIUM, chromium

    if not CHROMIUM.exists():
        pytest.skip("no Chromium here: apt-get install chromium")
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def postgres() -> Iterator["OwnServer"]:
    """A PostgreSQL server of the session's own; tests that ask for it are skipped where none is installed."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    from server_of_our_own import ABSENT, own_server

    with own_server() as server:
        if server is None:
            pytest.skip(ABSENT)
        yield server


@pytest.fixture
def database(postgres: "OwnServer") -> Iterator["Server"]:
    """An empty database on it, whose own language sorts otherwise than code points do."""
    with postgres.database() as name:
        yield postgres.place(name)


@pytest.fixture(scope="session")
def laid_out(postgres: "OwnServer") -> Iterator[str]:
    """The name of a database with empty stores in it, to make others like it."""
    from marsad.store import postgres_stores

    with postgres.database() as name:
        with postgres_stores.administering(postgres.place(name)) as connection:
            postgres_stores.make(connection, postgres.place(name))
        yield name


@pytest.fixture
def stores(postgres: "OwnServer", laid_out: str) -> Iterator["Server"]:
    """A database with the empty stores of an observatory, emptied again afterwards; its tables are not to be altered."""
    yield postgres.place(laid_out)
    postgres.empty(laid_out)


@pytest.fixture
def own_stores(postgres: "OwnServer", laid_out: str) -> Iterator["Server"]:
    """The same in a database of the test's own, with which it may do anything."""
    with postgres.database(template=laid_out) as name:
        yield postgres.place(name)
