"""`marsad custody`: what was done with a piece of evidence, from the moment it came in."""

import json
from pathlib import Path

import click

from marsad.cli.refusal import Command
from marsad.model import Custody
from marsad.pipeline.custody import chain
from marsad.pipeline.handover import chosen
from marsad.pipeline.observatory import Observatory
from marsad.store.preserving_rows import custody_row


@click.command(cls=Command, short_help="Show what was done with evidence, from the moment it came in.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("report", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each event.")
def custody(path: Path, report: str | None, as_json: bool) -> None:
    """List the chain of custody of a report's evidence, or, without a report, what was done with everything at once:
    fixity checks, hand-overs, backups, drills, and clocks set back.

    \b
    Examples:
      marsad custody obs/ 5f0c1d3a9b7e2c44
      marsad custody obs/ --json

    Exit codes: 0 listed, 2 refused.
    """
    with Observatory.open(path).kept(read_only=True) as kept, kept.read() as reading:
        evidence = None if report is None else chosen(reading, [report])[0].evidence
        for event in chain(reading, evidence):
            click.echo(json.dumps(custody_row(event), ensure_ascii=False) if as_json else _line(event))


def _line(event: Custody) -> str:
    offset = "clock not measured" if event.clock.offset is None else f"clock {event.clock.offset:+} s"
    detail = "; ".join(f"{name} {value}" for name, value in event.detail.items() if name not in ("headers", "report"))
    at = event.at.isoformat(sep=" ", timespec="seconds")
    return f"{at}  {event.act.value} by {event.actor} with {event.tool} ({offset}); {detail}"
