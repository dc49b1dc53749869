"""`marsad corrections`: what reviewers decided, for teaching and judging readers."""

from pathlib import Path

import click

from marsad.cli.refusal import Command
from marsad.pipeline.corrections import write_corrections
from marsad.pipeline.observatory import Observatory


@click.command(cls=Command, short_help="Export what reviewers corrected as marks.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--partly", is_flag=True, help="Also reports of which not every claim was judged.")
def corrections(path: Path, out: Path, partly: bool) -> None:
    """Write every report whose claims people judged, one and all, into the new folder OUT: its text, and what they
    say its claims are. That is the form that `marsad evaluate reading` reads. The texts are the outlets' own: mind
    their licence before you pass them on.

    \b
    Examples:
      marsad corrections obs/ marked/
      marsad evaluate reading marked/

    Exit codes: 0 written, 2 refused.
    """
    done = write_corrections(Observatory.open(path), out, partly=partly)
    click.echo(
        f"{done.reports} reports: {done.marks} claims marked, {done.decoys} rejected. Next: marsad evaluate reading {out}"
    )
    if done.unfinished:
        said = "are among them" if partly else "are left out (--partly takes them)"
        click.echo(f"{done.unfinished} reports of which not every claim was judged {said}.")
