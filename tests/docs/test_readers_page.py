"""The page about readers says what the program does."""

import doctest
import re
from pathlib import Path

from marsad.pipeline.reader_settings import reader_settings
from marsad.pipeline.readers import READERS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "readers.md"


def test_the_example_of_a_reader_of_ones_own_runs() -> None:
    """Every line of it, as it stands on the page."""
    outcome = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert outcome.attempted > 10
    assert outcome.failed == 0


def test_the_settings_of_the_page_are_settings(tmp_path: Path) -> None:
    """Each of them is known and means what its comment says."""
    block = re.search(r"(    public = .*?)\n\n[^ ]", PAGE.read_text("utf-8"), re.DOTALL)
    assert block is not None
    file = tmp_path / "marsad.toml"
    file.write_text("\n".join(line.removeprefix("    ") for line in block[1].splitlines()), "utf-8")
    settings = reader_settings(file)
    assert settings.endpoint is not None
    assert settings.endpoint.here
    assert settings.protected == {"ward four"}
    assert not settings.allow_sending


def test_every_reader_is_on_the_page() -> None:
    """The table has a row for each."""
    page = PAGE.read_text("utf-8")
    assert all(f"| `{name}` |" in page for name in READERS)
