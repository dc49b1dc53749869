"""`marsad series`: sums by week, place, perpetrator and so on, with what is not known carried along."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.assess.sums import keys_of
from marsad.cli.options import as_known_on, policy_option
from marsad.cli.refusal import Command
from marsad.model import Category, Measure
from marsad.pipeline.known import state_of
from marsad.pipeline.methods import methods_named
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.series import series as summed
from marsad.text.words import LANGUAGES, say

_NOTES = ("naive", "carried", "likely")


@click.command(cls=Command, short_help="Sum tolls by week, place, perpetrator, …")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--by", default="month", show_default=True, help="Keys, divided by commas; see below.")
@policy_option
@click.option("--measure", type=click.Choice([m.value for m in Measure]), default="killed", show_default=True)
@click.option("--category", type=click.Choice([c.value for c in Category]), default="total", show_default=True)
@click.option(
    "--time",
    "when",
    type=click.Choice(["occurred", "reported", "recorded"]),
    default="occurred",
    show_default=True,
    help="When it happened, was first reported, or reached the observatory.",
)
@as_known_on
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the notes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each row.")
def series(
    path: Path,
    by: str,
    policy: str | None,
    measure: str,
    category: str,
    when: str,
    known_on: date | None,
    lang: str,
    as_json: bool,
) -> None:
    """Sum the tolls of incidents. Keys are day, week, month or year; place, admin1, country; perpetrator, weapon, grade,
    status (civilians, combatants, unknown). "?" is what is not known; an incident whose days do not lie in one week
    (month, …) has "?" for its week, never a share of several.

    Each row has three sums. Naive adds up what was told, the lowest and the highest numbers. Carried holds every number
    that fits, doubtful links and unknown status included. Likely is where nineteen of twenty sums lie if incidents err
    independently of one another.

    \b
    Examples:
      marsad series obs/ --by week,perpetrator
      marsad series obs/ --by month,status --policy airwars --category civilians
      marsad series obs/ --by week --time recorded --as-known-on 2014-12-01 --json

    \b
    With --json, each line is {KEYS …, "incidents", "untold", "doubtful", "best", "naive_low", "naive_high", "low",
    "high", "likely_low", "likely_high"}; low and high are carried, null where nothing bounds them.
    Exit codes: 0 summed, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    [method] = methods_named(observatory, [chosen])
    keys = keys_of(by)
    evenly = method.value("spread") == "evenly" and when == "occurred"
    state = state_of(observatory, known_on)
    rows = summed(state, keys, chosen, Measure(measure), Category(category), when, evenly=evenly).to_pylist()
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if not rows:
        click.echo("Nothing to sum: no incident has such a toll.")
        return
    Console(file=sys.stdout).print(_table(keys, rows))
    head = f"{measure} {category}, policy {chosen}, by when it was {when}" if when != "occurred" else None
    click.echo(f"\n{head or f'{measure} {category}, policy {chosen}, by when it happened'}.")
    for name in _NOTES:
        click.echo(say("why", lang, f"sum.{name}"))


def _table(keys: list[str], rows: list[dict[str, Any]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in keys:
        table.add_column(name, overflow="fold")
    for name in ("incidents", "best", "naive", "carried", "likely"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        ends = [_span(row[low], row[high]) for low, high in _PAIRS]
        best = "–" if row["best"] is None else f"{row['best']:,}"
        table.add_row(*(str(row[name]) for name in keys), f"{row['incidents']:,}", best, *ends)
    return table


_PAIRS = (("naive_low", "naive_high"), ("low", "high"), ("likely_low", "likely_high"))


def _span(low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,}–?"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
