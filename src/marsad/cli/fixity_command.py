"""`marsad fixity`: hash the vault anew, on a schedule."""

import json
import os
from datetime import timedelta
from pathlib import Path

import click

from marsad.cli.clock import clock, now, seconds
from marsad.cli.options import named
from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import Collector
from marsad.pipeline.fixity import check
from marsad.pipeline.ledgering import TOOL
from marsad.pipeline.observatory import Observatory

_MIB = 1024 * 1024


@click.command(cls=Command, short_help="Hash all evidence anew, on a schedule.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option(
    "--every",
    type=click.IntRange(min=0),
    default=0,
    metavar="DAYS",
    help="Do nothing if done within so many days.",
)
@click.option(
    "--at-most", type=click.IntRange(min=1), metavar="MIB", help="Stop after so many MiB; the next call goes on."
)
@click.option("--actor", default="watch", show_default=True, help="Who has it done: a pseudonym.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def fixity(path: Path, every: int, at_most: int | None, actor: str, as_json: bool) -> None:
    """Read every piece of evidence from the disk and compare it with the SHA-256 under which it was received.

    Interrupted, it goes on where it was. A complete pass is kept in the ledger with its numbers, so that years later it can be
    shown when the evidence was last whole. For a timer: `marsad fixity obs/ --every 30 --at-most 20000`.

    \b
    With --json: {"complete", "files", "bytes", "differences", "seconds"}.
    Exit codes: 0 nothing differs, 1 something differs, 2 refused.
    """
    begin = seconds()
    by = Collector(named(actor, "--actor"), TOOL, clock())
    limit = None if at_most is None else at_most * _MIB
    done = check(Observatory.open(path), by, now, os.urandom, progress, timedelta(days=every), limit)
    took = seconds() - begin
    state = done.state
    differences = () if state is None else state.differences
    if as_json:
        files, size = (0, 0) if state is None else (state.files, state.bytes)
        told = {"complete": done.complete, "files": files, "bytes": size, "differences": list(differences)}
        click.echo(json.dumps({**told, "seconds": round(took, 3)}, ensure_ascii=False))
    elif state is None:
        click.echo(f"{path}: nothing to do; all evidence was hashed on {done.last:%Y-%m-%d}.")
    else:
        for line in (*differences, *(str(one) for one in done.found if one.harmless)):
            click.echo(line)
        what = "hashed" if done.complete else "hashed so far; the next call goes on"
        click.echo(
            f"{path}: {state.files:,} pieces of evidence, {state.bytes / _MIB:,.1f} MiB {what}; {len(differences):,} differ."
        )
    if differences:
        raise click.exceptions.Exit(1)
