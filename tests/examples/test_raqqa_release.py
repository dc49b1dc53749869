"""The release of the Raqqa example, byte for byte: what researchers would download.

The files in expected/release/ were read line by line by a person when they last changed; to change them, publish the
example as below, read the difference, and copy them.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from marsad.collect.files import gather
from marsad.collect.particulars import Particulars
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publish import publish
from marsad.pipeline.run import run
from marsad.pipeline.service import WriteService

EXAMPLE = Path(__file__).parents[2] / "examples" / "raqqa"
GOLDEN = EXAMPLE / "expected" / "release"
NOW = datetime(2014, 12, 8, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open data of the example's first release."""
    folder = tmp_path_factory.mktemp("release")
    observatory = Observatory.init(folder / "obs", "Raqqa, November 2014", NOW)
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, bytes)
        list(service.receive_all(gather(EXAMPLE / "reports", Particulars()), lambda: NOW))
    run(observatory, processes=1)
    publish(observatory.path, folder / "record", NOW, bytes)
    return folder / "record" / "data"


@pytest.mark.long
@pytest.mark.parametrize("name", ["incidents.csv", "statements.csv", "incidents.geojson"])
def test_the_release_is_the_one_expected(data: Path, name: str) -> None:
    """The same reports give the same files."""
    assert (data / name).read_text("utf-8") == (GOLDEN / name).read_text("utf-8")
