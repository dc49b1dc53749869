"""`marsad source`: who sends reports, sealed."""

import os
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.options import named
from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.sources import Sources, sources

_observatory = click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
_source = click.argument("source_id", metavar="PSEUDONYM")
_reason = click.option("--reason", required=True, help="Why; kept in the ledger. Not a word about the person.")


@click.group(short_help="Seal who sends reports; open or erase it.")
def source() -> None:
    """Keep the identity and contact of sources so that this machine cannot read them: they are sealed to the keys of
    readers and to the team's recovery key, none of which is here.

    \b
    Examples:
      marsad source seal obs/ lynx-7 < contact.txt
      marsad source open obs/ lynx-7 --key reader.key --reader falcon --reason "to ask about the date"
      marsad source erase obs/ lynx-7 --actor falcon --reason "asked for"

    Exit codes: 0 done, 2 refused.
    """


@source.command("seal", cls=Command, short_help="Seal what comes in on standard input.")
@_observatory
@click.argument("source_id", metavar="PSEUDONYM|-")
def seal(path: Path, source_id: str) -> None:
    """Seal what comes in on standard input as the identity and contact of a source, who is called PSEUDONYM from
    then on. With -, seal many: lines {"source": "lynx-7", "contact": …}. The words pass through a process of their
    own, which ends at once."""
    observatory = Observatory.open(path)
    with observatory.kept() as kept:
        service = Sources(observatory, kept, os.urandom)
        made = service.seal_lines(now()) if source_id == "-" else [service.seal(source_id, now())]
    for one in made[:10]:
        click.echo(f"{one.source_id}: sealed to {len(one.recipients)} keys")
    if len(made) > 10:
        click.echo(f"… {len(made):,} in all")


@source.command("open", cls=Command, short_help="Print what is sealed, after the ledger says so.")
@_observatory
@_source
@click.option("--key", required=True, type=click.Path(path_type=Path), help="The file with the reader's secret key.")
@click.option("--reader", required=True, help="The reader: the pseudonym under which the key is trusted.")
@_reason
def open_(path: Path, source_id: str, key: Path, reader: str, reason: str) -> None:
    """Print the identity and contact of a source. First the ledger gets an entry that says who opens it, and why,
    which nobody can take back."""
    if not key.is_file():
        raise Wrong("--key", key, "is not a file", "name the file with the reader's secret key")
    observatory = Observatory.open(path)
    with observatory.kept() as kept:
        Sources(observatory, kept, os.urandom).open(source_id, key, named(reader, "--reader"), reason, now())


@source.command("erase", cls=Command, short_help="Destroy what is sealed; the ledger stays whole.")
@_observatory
@_source
@click.option("--actor", required=True, help="Who has it erased: a pseudonym.")
@_reason
def erase(path: Path, source_id: str, actor: str, reason: str) -> None:
    """Destroy the sealed bytes of a source with their keys and salts. The ledger still verifies, and says that there
    was something and that it was erased. The answer names the day by which backups of it are to be gone, too."""
    observatory = Observatory.open(path)
    with observatory.kept() as kept:
        done = Sources(observatory, kept, os.urandom).erase(source_id, named(actor, "--actor"), reason, now())
    click.echo(f"{source_id}: erased. Destroy every backup (.sealed) made until today by {done.complete:%Y-%m-%d}.")


@source.command("list", cls=Command, short_help="List sealed sources.")
@_observatory
def list_(path: Path) -> None:
    """List the pseudonyms of sealed sources, since when, and which are erased."""
    with Observatory.open(path).kept(read_only=True) as kept, kept.read() as reading:
        for one, erased in sources(reading):
            state = f"erased {erased.recorded_at:%Y-%m-%d}" if erased else f"sealed to {len(one.recipients)} keys"
            click.echo(f"{one.source_id}  {one.recorded_at:%Y-%m-%d}  {state}")
