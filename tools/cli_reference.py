"""Write docs/cli.md from the commands' own help, so that the page cannot say what the program does not.

Run `make docs` after changing a command; a test compares.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from marsad.cli import main

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"

_HEAD = """\
# The command line

*Written by `make docs` from the commands' own help; do not edit by hand. What exit codes and JSON mean:
[exit-codes-and-json.md](exit-codes-and-json.md).*
"""


_PRINTER = """
import json, os, sys
import click
from marsad.cli import main

wanted = json.load(sys.stdin)
for name in main.list_commands(click.Context(main)):
    main.get_command(click.Context(main), name)  # imported once, for all of them
for command in wanted:
    print("\\0", end="", flush=True)
    child = os.fork()
    if not child:
        main([*command, "--help"], prog_name="marsad", standalone_mode=False)
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Prints the help of each command from a process of its own, because click remembers between calls; all that they import is
imported before they part."""


def reference() -> str:
    """Return the page: the help of `marsad` and of each of its commands, in the order of a day's work."""
    commands = list(_commands())
    run = [sys.executable, "-c", _PRINTER]
    given = json.dumps(commands).encode()
    # What a shell 100 columns wide shows.
    done = subprocess.run(run, input=given, capture_output=True, check=True, env={**os.environ, "COLUMNS": "100"})
    _, *said = done.stdout.decode().split("\0")
    return "\n".join([_HEAD, *map(_section, commands, said)])


def _commands() -> Iterator[list[str]]:
    yield []
    for name in main.list_commands(click.Context(main)):
        yield [name]
        command = main.get_command(click.Context(main), name)
        for part in command.list_commands(click.Context(command)) if isinstance(command, click.Group) else ():
            yield [name, part]


def _section(command: Sequence[str], said: str) -> str:
    lines = "\n".join(line.rstrip() for line in said.splitlines())
    return f"## {' '.join(['marsad', *command])}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parent.parent)} written\n")
