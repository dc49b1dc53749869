"""`marsad evaluate simulated`: what was made of a simulated world, against its truth."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from marsad.cli.refusal import Command
from marsad.cli.scores_shown import share, table
from marsad.evaluate.simulated import Simulated
from marsad.pipeline.evaluate_simulated import evaluate_simulated


@click.command(cls=Command, name="simulated", short_help="Score what was made of a simulated world.")
@click.argument("made", metavar="OBSERVATORY|OUT", type=click.Path(path_type=Path))
@click.argument("truth", metavar="TRUTH", type=click.Path(path_type=Path))
@click.option("--policy", default="ucdp", show_default=True, help="Whose tolls are judged.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def simulated(made: Path, truth: Path, policy: str, as_json: bool) -> None:
    """Hold incidents, tolls, origins and copies against the truth of a simulated world: how many of the incidents that
    reports tell of were found, how far the tolls are off, how often low to high holds the truth, how many origins and
    copies were recognised.

    What sources say is biased, late and sometimes a lie: a toll may be far from the truth without an error of marsad's.

    \b
    Example:
      marsad simulate world/ && marsad init obs/ && marsad add obs/ world/reports
      marsad run obs/ && marsad evaluate simulated obs/ world/truth

    \b
    With --json: {"told", "stood_for", "incidents", "grouping", "killed", "origins", "copies", "taken"}.
    Exit codes: 0 measured, 2 refused.
    """
    judged = evaluate_simulated(made, truth, policy)
    if as_json:
        click.echo(json.dumps(asdict(judged)))
        return
    Console(file=sys.stdout, highlight=False).print(_shown(judged))


def _shown(judged: Simulated) -> Table:
    shown = table("", "value")
    killed, origins = judged.killed, judged.origins
    counted = origins.exact + origins.fewer + origins.more
    rows = [
        ("incidents told of", f"{judged.told:,}"),
        ("  stood for by one that was found", share(judged.stood_for / judged.told if judged.told else None)),
        ("incidents found", f"{judged.incidents:,}"),
        ("reports grouped, B-cubed precision", share(judged.bcubed.precision)),
        ("reports grouped, B-cubed recall", share(judged.bcubed.recall)),
        ("reports grouped, pair F1", share(judged.grouping.pairs.f1)),
        ("killed, in truth", f"{killed.true:,}"),
        ("killed, sum of best numbers", f"{killed.found:,}"),
        ("  error of the sum", share(killed.signed)),
        ("  errors incident by incident, added up", share(killed.absolute)),
        ("  of it counted for what never happened", f"{killed.invented:,}"),
        ("best number exact", share(_of(killed.exact, killed.matched))),
        ("best number within a fifth", share(_of(killed.near, killed.matched))),
        ("low to high holds the truth", share(_of(killed.covered, killed.matched))),
        ("origins counted rightly", share(_of(origins.exact, counted))),
        ("  too few, too many", f"{share(_of(origins.fewer, counted))}, {share(_of(origins.more, counted))}"),
        *((f"{way} recognised as copy", share(_of(*counts))) for way, counts in judged.copies.items()),
        ("others taken for copies", share(_of(*judged.taken))),
    ]
    for row in rows:
        shown.add_row(*row)
    return shown


def _of(some: int, of: int) -> float | None:
    return some / of if of else None
