"""`marsad simulate`: a world whose truth is known, and what would be reported of it."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from marsad.cli.refusal import Command
from marsad.pipeline.simulating import FORMS, Asked
from marsad.pipeline.simulating import simulate as make
from marsad.simulate.words import LANGUAGES


@click.command(cls=Command, short_help="Make up a world and its reports, truth known.")
@click.argument("out", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--incidents", type=click.IntRange(1), default=1_000, show_default=True, help="Incidents that happen.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same world.")
@click.option("--languages", default=",".join(LANGUAGES), show_default=True, help="Languages of the reports.")
@click.option("--sources", type=click.IntRange(4, 5000), default=400, show_default=True, help="Outlets that print.")
@click.option("--format", "form", type=click.Choice(FORMS), default="jsonl", show_default=True, help="Of all files.")
@click.option("--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that write.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as one JSON object.")
def simulate(
    out: Path, incidents: int, seed: int, languages: str, sources: int, form: str, processes: int, as_json: bool
) -> None:
    """Make up incidents in real places, voices that know of them late, too high, too low or lie, and outlets that print
    and copy each other in several languages. Nothing in it is true; what would be is in DIR/truth.

    About four reports an incident come into DIR/reports. Files of lines of JSON are for `marsad add`, Parquet for
    `marsad derive`. `marsad evaluate simulated` holds what marsad made of them against the truth.

    \b
    Examples:
      marsad simulate world/ --incidents 1000 --seed 7
      marsad simulate big/ --incidents 250000 --format parquet --processes 2
      marsad simulate plain/ --languages ar --sources 20

    \b
    With --json: {"incidents", "reports", "claims"}.
    Exit codes: 0 made, 2 refused.
    """
    console = Console(file=sys.stderr)
    columns = (TextColumn("Making up reports"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        asked = Asked(incidents, seed, tuple(languages.replace(" ", "").split(",")), sources)
        made = make(asked, out, form, processes, lambda done, of: bar.update(task, completed=done, total=of))
    if as_json:
        click.echo(json.dumps(asdict(made)))
        return
    click.echo(f"{out}: incidents: {made.incidents:,}; reports: {made.reports:,}; claims: {made.claims:,}.")
    click.echo(f"Next: marsad add obs/ {out}/reports" if form == "jsonl" else f"Next: marsad derive {out}/reports OUT")
