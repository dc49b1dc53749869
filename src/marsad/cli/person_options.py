"""Options that the commands about lists of victims share."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from marsad.collect.victim_files import COLUMNS
from marsad.model import Wrong

columns_option = click.option(
    "--column",
    "columns",
    metavar="[LIST:]WHAT=COLUMN",
    multiple=True,
    help=f"Which column holds what, where its name does not tell; “-” for none. WHAT is {', '.join(COLUMNS)}.",
)
scheme_option = click.option(
    "--scheme", default="ps", show_default=True, help="How identity numbers are checked: ps, il."
)
processes_option = click.option(
    "--processes", type=click.IntRange(1, 256), help="Processes that read names; all processors if not given."
)
lang_option = click.option(
    "--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language of the reasons."
)
decisions_option = click.option(
    "--decisions", type=click.Path(path_type=Path), help="A table of what people decided; always holds."
)


def columns_by_list(told: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Return what --column said: for each list (by name), and under "" for the others, which column holds what."""
    lists: dict[str, dict[str, str]] = {"": {}}
    for one in told:
        what, sign, column = one.partition("=")
        name, colon, rest = what.rpartition(":")
        if not sign or not column or not rest:
            raise Wrong(
                "--column", one, "is not WHAT=COLUMN", 'write --column name="full name" or --column ngo:name=victim'
            )
        lists.setdefault(name if colon else "", {})[rest] = column
    return {name: {**lists[""], **own} for name, own in lists.items()}


def steps() -> Callable[[str], None]:
    """Return what tells each step on a terminal's standard error, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _step: None
    return lambda step: click.echo(f"{step} …", err=True)
