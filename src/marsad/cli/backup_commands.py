"""`marsad backup` and `marsad restore`: the whole observatory, in one encrypted file and back."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from marsad.cli.clock import clock, now, seconds
from marsad.cli.options import named
from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import Collector, Wrong
from marsad.pipeline.backup import SEALED_SUFFIX
from marsad.pipeline.backup import backup as back_up
from marsad.pipeline.backup import restore as bring_back
from marsad.pipeline.ledgering import TOOL
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.sources import KEEP_BACKUPS
from marsad.preserve.keys import checked_recipient


@click.command(cls=Command, short_help="Write everything into one encrypted file.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--to", multiple=True, metavar="RECIPIENT", help="Encrypt to this age key; to the recovery keys if not given."
)
@click.option("--plain", is_flag=True, help="Do not encrypt. Whoever finds the file reads everything.")
@click.option("--actor", default="archivist", show_default=True, help="Who makes it: a pseudonym.")
def backup(path: Path, target: Path, to: Sequence[str], plain: bool, actor: str) -> None:
    """Write everything kept into one file, encrypted to keys that this machine does not hold. Reports may be taken in
    meanwhile: the file shows one moment. What is derived is left out; `marsad run` makes it again.

    Sealed sources and the accounts of the desk go into a second file, FILE.sealed, and only there: keep it no longer than 30
    days, so that what was erased is gone from backups, too. Accounts are in no backup that is not encrypted; sessions in none.

    \b
    Examples:
      marsad backup obs/ /mnt/stick/obs-2026-11-26.marsad
      marsad backup obs/ obs.marsad --to age1…

    Exit codes: 0 written, 1 written, but some evidence could not be read, 2 refused (nothing is left behind).
    """
    if plain and to:
        raise Wrong("--plain", None, "contradicts --to", "give one of them")
    recipients = [] if plain else [checked_recipient(one) for one in to] or None
    begin = seconds()
    by = Collector(named(actor, "--actor"), TOOL, clock())
    made = back_up(Observatory.open(path), target, now(), os.urandom, progress, by, recipients)
    size, took = target.stat().st_size / 1e6, (seconds() - begin) / 60
    click.echo(f"{target}: {made.files:,} pieces of evidence, {size:,.1f} MB in {took:.1f} minutes; the root is")
    click.echo(f"{made.size}:{made.root}")
    secret = " and ".join(["sealed sources"] * made.sealed + ["the desk's accounts"] * made.accounts)
    if secret:
        click.echo(f"{target}{SEALED_SUFFIX}: {secret}; to be destroyed by {now() + KEEP_BACKUPS:%Y-%m-%d}.")
    for subject in made.damaged:
        click.echo(f"not in it, because it cannot be read: {subject}", err=True)
    if made.damaged:
        raise click.exceptions.Exit(1)


@click.command(cls=Command, short_help="Make an observatory anew from a backup.")
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("target", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="The file with the secret key; not for a plain backup.")
@click.option("--sealed", type=click.Path(path_type=Path), help="The second file: sealed sources, the desk's accounts.")
@click.option("--known", metavar="SIZE:ROOT", help="The root that you noted when the backup was made.")
def restore(source: Path, target: Path, key: Path | None, sealed: Path | None, known: str | None) -> None:
    """Make the observatory of a backup anew in a new folder. It is there when all evidence was hashed and the ledger's root,
    worked out anew from every leaf, is the one that the backup was made at; otherwise nothing is left behind.

    \b
    Example:
      marsad restore obs-2026-11-26.marsad obs/ --key recovery.key --known 120:3fa9…

    Exit codes: 0 restored, 1 restored, but something differs (each is named), 2 refused.
    """
    begin = seconds()
    root = None if known is None else known.rpartition(":")[2]
    made = bring_back(source, target, None if key is None else key_in(key), progress, root, sealed)
    click.echo(f"{target}: restored in {(seconds() - begin) / 60:.1f} minutes; the root is the same:")
    click.echo(f"{made.size}:{made.root}")
    for difference in made.differences:
        click.echo(str(difference))
    click.echo(f"Next: marsad run {target}")
    if made.differences:
        raise click.exceptions.Exit(1)


def key_in(path: Path) -> str:
    """Return the secret key in a file; raises Wrong, repeating nothing of it, where there is none."""
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise Wrong("--key", path, "cannot be read as a key", "name the file that `marsad keys make` wrote") from fault
    for line in lines:
        if line.strip().startswith("AGE-SECRET-KEY-"):
            return line.strip()
    raise Wrong("--key", path, "holds no secret key", "name the file that `marsad keys make` wrote")
