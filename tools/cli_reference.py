"""Write docs/cli.md from the commands' own help, so that the page cannot say what the program does not.

Run `make docs` after changing a command; a test compares.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from marsad.cli import main

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"

_HEAD = """\
# The command line

*Written by `make docs` from the commands' own help; do not edit by hand. What exit codes and JSON mean:
[exit-codes-and-json.md](exit-codes-and-json.md).*
"""


def reference() -> str:
    """Return the page: the help of `marsad` and of each of its commands, in the order of a day's work."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    yield _section("marsad")
    for name in main.list_commands(click.Context(main)):
        yield _section("marsad", name)
        command = main.get_command(click.Context(main), name)
        for part in command.list_commands(click.Context(command)) if isinstance(command, click.Group) else ():
            yield _section("marsad", name, part)


def _section(*command: str) -> str:
    """Return what a shell 100 columns wide shows; a process of its own, because click remembers between calls."""
    run = [sys.executable, "-c", "from marsad.cli import main; main(prog_name='marsad')", *command[1:], "--help"]
    said = subprocess.run(run, capture_output=True, check=True, env={**os.environ, "COLUMNS": "100"}).stdout.decode()
    lines = "\n".join(line.rstrip() for line in said.splitlines())
    return f"## {' '.join(command)}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parent.parent)} written\n")
