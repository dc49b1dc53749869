"""docs/cli.md says what the commands say."""

import re
import runpy
from pathlib import Path

import click
import pytest

from marsad.cli import main

_TOOL = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "cli_reference.py"))
PAGE: Path = _TOOL["PAGE"]
COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.long
def test_the_page_is_what_the_commands_say() -> None:
    """The reference on disk equals the one written from the help; if not, run `make docs`."""
    assert PAGE.read_text("utf-8") == _TOOL["reference"]()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_shows_an_example(name: str) -> None:
    """Every command's help holds an example that begins with its own name, and says what its exit codes mean."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    text = command.help or ""
    assert re.search(rf"marsad {name} ", text)
    assert "Exit codes:" in text


def test_every_command_is_on_the_json_and_exit_codes_page() -> None:
    """The page on exit codes and JSON names every command."""
    page = Path(PAGE.parent / "exit-codes-and-json.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"marsad {name}" not in page] == []
