"""`marsad publish`: what may be told, as pages and open data."""

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.options import as_known_on
from marsad.cli.progress import progress
from marsad.cli.refusal import Command


@click.command(cls=Command, short_help="Publish a site and open data.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@as_known_on
@click.option("--json", "as_json", is_flag=True, help="Print what was published as one JSON object.")
def publish(path: Path, out: Path, known_on: date | None, as_json: bool) -> None:
    """Publish everything that may be told into the folder OUT: a site that needs no server, tables, map data, checksums.

    Each publication is a numbered release, kept for ever in the observatory. OUT is replaced all at once if it holds a
    release, and must be new or empty otherwise. Incidents that may not be told yet are counted with the reason.

    A report's outlet is named, and a sentence quoted, only if the report has a public web address, or the outlet is
    listed in marsad.toml: public = ["Radio Raqqa"].

    \b
    Examples:
      marsad publish obs/ record/
      marsad publish obs/ record/ --as-known-on 2014-11-30

    \b
    With --json: {"number", "out", "incidents", "withheld", "files", "manifest", "new"}.
    Exit codes: 0 published, 2 refused (nothing is changed).
    """
    from marsad.pipeline.publish import publish as publish_record

    done = publish_record(path, out, now(), os.urandom, known_on, progress)
    if as_json:
        click.echo(json.dumps({**asdict(done), "out": str(done.out)}))
        return
    again = "" if done.new else ", as published before"
    click.echo(
        f"Release {done.number}{again}: {done.incidents:,} incidents shown, {done.withheld:,} withheld; {done.files:,} files."
    )
    click.echo(f"Look at it: marsad serve {out}\nCheck it:   marsad verify {out}")
