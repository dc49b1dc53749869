"""`marsad timestamp` and `marsad witness`: the ledger's root in the hands of others."""

import os
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.refusal import Command, Refused
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.timestamps import anchor, attest, token_differences
from marsad.pipeline.witness import witness as witnessed
from marsad.preserve.authority import Authority, OpenTimestamps, Rfc3161


@click.command(cls=Command, short_help="Have the ledger's root attested by an authority.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--tsa", metavar="URL", help="A time-stamping authority (RFC 3161).")
@click.option("--roots", type=click.Path(path_type=Path), help="Its root certificates, in PEM; needed with --tsa.")
@click.option("--calendar", metavar="URL", help="A calendar of OpenTimestamps.")
def timestamp(path: Path, tsa: str | None, roots: Path | None, calendar: str | None) -> None:
    """Note the ledger's root of the day, and have it attested. Only a hash is sent, never a word of what is kept.

    Without a network, or without an authority, the root is noted all the same; the next call asks about all that
    wait. Run it once a day. A token says: at this time the ledger was this one; nothing before it can be changed
    unseen. With --roots alone, the tokens there are are checked against the authority's certificate.

    \b
    Examples:
      marsad timestamp obs/ --tsa https://freetsa.org/tsr --roots freetsa.pem
      marsad timestamp obs/
      marsad timestamp obs/ --roots freetsa.pem

    Exit codes: 0 attested or noted, 1 a token does not hold, 2 refused.
    """
    authorities = _authorities(tsa, roots, calendar)
    with Observatory.open(path).kept() as kept:
        if roots is not None and not authorities:
            with kept.read() as reading:
                found = list(token_differences(reading, _pem(roots)))
            for difference in found:
                click.echo(str(difference))
            click.echo(f"{path}: {len(found):,} tokens do not hold." if found else f"{path}: every token holds.")
            if found:
                raise click.exceptions.Exit(1)
            return
        made = anchor(kept, now(), os.urandom)
        if made is not None:
            click.echo(f"noted: root {made.root} at {made.tree_size:,} leaves, {made.day}")
        for authority in authorities:
            done = attest(kept, authority, now(), os.urandom)
            for one, told in done.new:
                click.echo(f"attested by {authority.name}: {one.tree_size:,} leaves, {told}")
            if done.waiting:
                click.echo(f"{authority.name} does not answer ({done.why}); {done.waiting:,} roots wait.", err=True)


def _authorities(tsa: str | None, roots: Path | None, calendar: str | None) -> list[Authority]:
    out: list[Authority] = []
    if tsa is not None:
        if roots is None:
            raise Wrong("--tsa", tsa, "is an authority whose answers nobody could check", "give --roots FILE.pem, too")
        out.append(Rfc3161(tsa, _pem(roots)))
    if calendar is not None:
        out.append(OpenTimestamps(calendar))
    return out


def _pem(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Wrong("--roots", path, f"cannot be read: {fault.strerror}", "name a file in PEM") from fault


@click.command(cls=Command, short_help="Bring a witness' copy of the ledger's hashes up to date.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("file", metavar="WITNESS_FILE", type=click.Path(path_type=Path))
def witness(path: Path, file: Path) -> None:
    """Check that the ledger is still the one that the witness saw, and add to the witness' file what is new.

    The file holds one hash a leaf and nothing else: it tells nobody what is kept. Keep it with somebody else, on a
    stick or a machine of a partner: whoever rewrites the ledger as a whole cannot rewrite it, and `marsad verify
    obs/ --known FILE` names the first entry that differs.

    \b
    Example:
      marsad witness obs/ /media/partner/raqqa.witness

    Exit codes: 0 the same ledger, 2 refused: it was rewritten, or the file is none of a witness.
    """
    try:
        done = witnessed(Observatory.open(path), file)
    except Wrong as wrong:
        raise Refused(str(wrong)) from wrong
    click.echo(f"{done.size}:{done.root}  ({done.new:,} new)")
