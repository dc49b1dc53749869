"""`marsad run`: extract, link, assess."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from marsad.cli.refusal import Command
from marsad.cli.spark_options import spark_options, spark_settings
from marsad.pipeline.large_engines import ENGINES, Asked, run_engine
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import run as run_pipeline

_DOING = {
    "turn": "Waiting for another run of this observatory",
    "places": "Laying lists of places over the gazetteer",
    "read": "Reading reports",
    "link": "Linking and assessing",
}


@click.command(cls=Command, short_help="Extract, link and assess what is new.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--processes", type=click.IntRange(1, 256), help="Processes that read; all processors if not given.")
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="What runs the stages.")
@spark_options
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object.")
def run(
    path: Path,
    processes: int | None,
    engine: str,
    master: str | None,
    shuffles: int | None,
    conf: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read the reports that are new, link their claims to incidents, and work out the tolls.

    It may be interrupted at any moment and started again: what was read stays read, and tolls change all at once.
    When nothing is new it does nothing. While another run of the observatory is under way, it waits for that one.

    With --engine spark the same stages run on Spark and give the same rows (docs/cluster.md); for more reports than a
    machine's memory holds there is `marsad derive`.

    \b
    Examples:
      marsad run obs/
      marsad run obs/ --engine spark --master 'local[2]'

    \b
    With --json: {"read", "claims", "rejected", "incidents", "derived"}.
    Exit codes: 0 done, 2 refused.
    """
    observatory = Observatory.open(path)
    asked = Asked(engine, processes, master=master, shuffles=shuffles, settings=spark_settings(engine, master, conf))
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(_DOING[what], total=of)
            bar.update(tasks[what], completed=done)

        outcome = run_pipeline(observatory, progress, processes, opened=partial(run_engine, asked))
    if as_json:
        click.echo(json.dumps(asdict(outcome)))
        return
    if not outcome.read and not outcome.derived:
        click.echo(f"Nothing is new. Incidents: {outcome.incidents:,}.")
        return
    refused = f"; rejected: {outcome.rejected:,} (marsad rejections {path})" if outcome.rejected else ""
    click.echo(
        f"Reports read: {outcome.read:,}; claims: {outcome.claims:,}{refused}; incidents: {outcome.incidents:,}.\n"
        f"Next: marsad incidents {path}"
    )
