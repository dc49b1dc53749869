"""`marsad validate`: is a file what it says it is?"""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from marsad.cli.refusal import Command
from marsad.pipeline.validating import FORMATS, faults_in, recognised


@click.command(cls=Command, short_help="Check a file against the rules of its format.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(FORMATS), help="What it should be; told by its header if not given.")
@click.option("--most", type=click.IntRange(1), default=100, show_default=True, help="Faults that are listed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each fault, and all of them.")
def validate(path: Path, form: str | None, most: int, as_json: bool) -> None:
    """Check a file, cell by cell and rule by rule, against the format of others that it is in, and name every row, column
    and value that breaks a rule, and the rule. It need not be one of ours.

    \b
    Examples:
      marsad validate record/data/ucdp-ged.csv
      marsad validate GEDEvent_v25_1.csv --as ucdp-ged --most 20
      marsad validate theirs.csv --as acled --json

    \b
    With --json, each line is {"row", "column", "value", "rule"}; rows count from 1, the header being one, and row 0 is the
    whole file.
    Exit codes: 0 nothing found, 1 faults found, 2 the file cannot be read, or its format is not known.
    """
    form = form or recognised(path)
    tally: Counter[str] = Counter()
    for n, fault in enumerate(faults_in(path, form)):
        tally[fault.column or "rows"] += 1
        if as_json:
            click.echo(json.dumps(asdict(fault), ensure_ascii=False))
        elif n < most:
            click.echo(str(fault))
    click.echo(_summary(path, form, tally, most), err=as_json)
    if tally:
        raise click.exceptions.Exit(1)


def _summary(path: Path, form: str, tally: Counter[str], most: int) -> str:
    if not tally:
        return f"{path}: {form}, nothing found."
    often = ", ".join(f"{column} {n:,}" for column, n in tally.most_common(5))
    listed = f", the first {most:,} listed" if tally.total() > most else ""
    return f"{path}: {form}, {tally.total():,} faults{listed}. Most in: {often}."
