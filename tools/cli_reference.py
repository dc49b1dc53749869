"""Write docs/cli.md from the commands' own help, so that the page cannot say what the program does not.

Run `make docs` after changing a command; a test compares.
"""

import sys
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
    # The settings of `main` itself, as a shell would give it: without them the page would miss `-h`.
    root = click.Context(main, info_name="marsad", terminal_width=100, **main.context_settings)
    parts = [_HEAD, _section("marsad", main.get_help(root))]
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        if command is not None:
            with click.Context(command, info_name=name, parent=root, terminal_width=100) as context:
                parts.append(_section(f"marsad {name}", command.get_help(context)))
    return "\n".join(parts)


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(PAGE.parent.parent)} written\n")
