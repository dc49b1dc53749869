"""`marsad derive`: very many reports, from Parquet to Parquet, on this machine or on Spark."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from marsad.assess.policies import chosen_policies
from marsad.assess.policy import Policy
from marsad.cli.refusal import Command
from marsad.cli.spark_options import spark_options, spark_settings
from marsad.model import Decision, Wrong
from marsad.pipeline.at_large import derive_at_large
from marsad.pipeline.channel_ties import ties_of
from marsad.pipeline.gazetteer import places_file
from marsad.pipeline.large_engines import ENGINES, Asked, large_engine, room_for
from marsad.pipeline.large_export import decisions_of, export, is_observatory
from marsad.pipeline.large_reading import CHUNK
from marsad.pipeline.methods import methods as observatory_methods
from marsad.pipeline.methods import methods_named
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.run import NO_TIES, Reader

_MEMORY = re.compile(r"[1-9]\d{0,5}(\.\d)?\s?[MGT]i?B", re.IGNORECASE)
_DOING = {
    "export": "Taking reports out of the vault",
    "read": "Reading reports",
    "ranks": "Putting reports in order",
    "copies": "Finding copies",
    "tellings": "Finding what tells of incidents",
    "pairs": "Comparing",
    "groups": "Linking",
    "weighing": "Weighing",
    "tolls": "Assessing",
    "doubts": "Finding what is doubtful",
    "rejections": "Counting what was refused",
    "done": "Done",
}


@click.command(cls=Command, short_help="Derive from Parquet to Parquet, at any size.")
@click.argument("reports", metavar="REPORTS")
@click.argument("out", metavar="OUT")
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="What runs the stages.")
@click.option(
    "--processes", type=click.IntRange(1, 256), help="Processes of the local engine; all processors if not given."
)
@click.option(
    "--memory",
    help="What joins of the local engine may hold in memory: 4GB. Half of the machine's, 2 to 6 GB, if not given.",
)
@spark_options
@click.option("--policy", "policies", multiple=True, help="Of the tolls; an observatory's own, else airwars and ucdp.")
@click.option("--chunk", type=click.IntRange(1), default=CHUNK, show_default=True, help="Reports kept at once.")
@click.option("--gazetteer", type=click.Path(path_type=Path), help="Another gazetteer than marsad's.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object.")
def derive(
    reports: str,
    out: str,
    engine: str,
    processes: int | None,
    memory: str | None,
    master: str | None,
    shuffles: int | None,
    conf: tuple[str, ...],
    policies: tuple[str, ...],
    chunk: int,
    gazetteer: Path | None,
    as_json: bool,
) -> None:
    """Read, link and assess the reports in a folder of Parquet files, or those of an observatory: claims, incidents and
    tolls come out as Parquet, the same on every engine.

    Memory stays bounded however many reports there are. It may be interrupted at any moment and started again: what was
    read stays read, each step of linking is kept, and the tables in OUT/tables change all at once. New files among
    REPORTS cost the reading of what is new. docs/cluster.md has a first cluster, and what columns REPORTS has. An
    observatory's reports are written to OUT/reports first; what people decided in it is laid over what comes out, and
    their questions are in OUT/tables/proposal.

    \b
    Examples:
      marsad derive world/reports out/
      marsad derive world/reports out/ --engine spark --master 'local[2]'
      marsad derive obs/ out/
      marsad derive hdfs:///reports hdfs:///out --engine spark --master yarn

    \b
    With --json: {"read", "reports", "claims", "incidents", "rejected", "derived"}.
    Exit codes: 0 done, 2 refused.
    """
    asked = Asked(engine, processes, memory, master, shuffles, spark_settings(engine, master, conf))
    if memory is not None and not _MEMORY.fullmatch(memory):
        raise Wrong("--memory", memory, "is no size", "write --memory 2GB")
    methods: Sequence[Policy] = chosen_policies(policies or ("airwars", "ucdp"))
    observatory = Observatory.open(Path(reports)) if is_observatory(Path(reports)) else None
    if "://" not in out:
        Path(out).mkdir(parents=True, exist_ok=True)
        reports, out = str(Path(reports).resolve()), str(Path(out).resolve())
    decisions: Sequence[Decision] = ()
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def progress(what: str, done: int, of: int) -> None:
            bar.update(task, description=_DOING[what], completed=done, total=of)

        if observatory is not None:
            gazetteer = places_file(observatory, gazetteer, _quiet)
            methods = methods_named(observatory, policies) if policies else observatory_methods(observatory)
            folder, lost = export(observatory, Path(out), progress)
            reports, decisions = str(folder), decisions_of(observatory)
            if lost:
                click.echo(f"{lost:,} reports could not be read: {out}/unreadable says why.", err=True)
        if "://" not in out:
            _room(Path(reports), Path(out))
        reader = Reader.over(gazetteer, NO_TIES if observatory is None else ties_of(observatory))
        with large_engine(asked, reports, out) as chosen:
            outcome = derive_at_large(chosen, reader, reports, out, methods, progress, chunk, decisions)
    if as_json:
        click.echo(json.dumps(asdict(outcome)))
        return
    if not outcome.derived:
        click.echo(f"Nothing is new. Incidents: {outcome.incidents:,}.")
        return
    click.echo(
        f"Reports read: {outcome.read:,} of {outcome.reports:,}; claims: {outcome.claims:,}; "
        f"rejected: {outcome.rejected:,}; incidents: {outcome.incidents:,}.\nTables: {out}/tables"
    )


def _room(reports: Path, out: Path) -> None:
    """Say what the disk has to hold; raises Wrong where it cannot."""
    room = room_for(reports, out)
    told = f"{room.reports:,} reports need about {_size(room.needed)} in {out}; {_size(room.free)} are free."
    click.echo(told, err=True)
    if room.needed > room.free:
        raise Wrong(str(out), _size(room.free), f"is less than the {_size(room.needed)} that this takes", "free some")


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 100_000_000 else f"{count / 1e6:.0f} MB"


@contextmanager
def _quiet(_name: str, _steps: int | None) -> Iterator[Callable[[], None]]:
    """Show nothing of lists of places that are laid over the gazetteer."""
    yield lambda: None
