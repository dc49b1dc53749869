"""`marsad bag` and `marsad wacz`: evidence for others."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from marsad.cli.clock import clock, now
from marsad.cli.options import named
from marsad.cli.refusal import Command
from marsad.model import Collector
from marsad.pipeline.handover import export_wacz, hand_over
from marsad.pipeline.ledgering import TOOL
from marsad.pipeline.observatory import Observatory

_observatory = click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
_reports = click.argument("reports", metavar="[REPORT]…", nargs=-1)
_to = click.option("--to", required=True, metavar="WHOM", help="To whom it is handed over; kept in the ledger.")
_actor = click.option("--actor", default="archivist", show_default=True, help="Who hands it over: a pseudonym.")


@click.command(cls=Command, short_help="Hand evidence over, to be checked without marsad.")
@_observatory
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@_reports
@_to
@_actor
def bag(path: Path, target: Path, reports: Sequence[str], to: str, actor: str) -> None:
    """Write a hand-over (BagIt, RFC 8493) of some reports, or of all: their evidence, what the ledger says of them with the
    salts that open it, the hashes of the whole ledger, tokens of trusted time, and verify.py, which checks all of it with
    nothing but Python. Nothing of other reports is in it but their hashes. The hand-over itself is kept in the ledger.

    \b
    Examples:
      marsad bag obs/ handover/ 3fa9c1 77c102 --to "Registry of the court"
      python3 handover/verify.py

    Exit codes: 0 written, 2 refused (nothing is left behind).
    """
    by = Collector(named(actor, "--actor"), TOOL, clock())
    done = hand_over(Observatory.open(path), target, reports, named(to, "--to"), by, now(), os.urandom)
    click.echo(f"{target}: {done.reports:,} reports, {done.evidence:,} pieces of evidence; the ledger's root is")
    click.echo(f"{done.size}:{done.root}")
    click.echo(f"To check it: python3 {target / 'verify.py'}")


@click.command(cls=Command, short_help="Write reports as a web archive.")
@_observatory
@click.argument("target", metavar="FILE.wacz", type=click.Path(path_type=Path))
@_reports
@_to
@_actor
def wacz(path: Path, target: Path, reports: Sequence[str], to: str, actor: str) -> None:
    """Write some reports, or all, as a web archive (WACZ 1.1.1), which ReplayWeb.page opens. What a server answered is there with
    its headers; a report of which none are known is there as it was received.

    \b
    Examples:
      marsad wacz obs/ raqqa.wacz --to "The commission"
      marsad wacz obs/ one.wacz 5f0c1d3a9b7e2c44 --to "The commission"

    Exit codes: 0 written, 2 refused (nothing is left behind).
    """
    by = Collector(named(actor, "--actor"), TOOL, clock())
    count = export_wacz(Observatory.open(path), target, reports, named(to, "--to"), by, now(), os.urandom)
    click.echo(f"{target}: {count:,} reports.")
