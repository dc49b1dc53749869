"""`marsad patterns`: what incidents have in common, with intervals and the number of incidents that do not say."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.options import as_known_on, day_option, policy_option
from marsad.cli.refusal import Command
from marsad.context.breaks import Break
from marsad.context.patterns import KEYS, Pattern
from marsad.context.taxonomy import targets, weapons
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.patterns import breaks_of, patterns_of


@click.command(cls=Command, short_help="Show what incidents have in common.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--by", "keys", type=click.Choice(KEYS), multiple=True, help="By what; by everything if not given.")
@click.option("--place", help="Of this place alone, or this country.")
@click.option("--actor", help="Of this perpetrator alone.")
@click.option("--from", "first", metavar="DATE", callback=day_option, help="From this day on.")
@click.option("--to", "last", metavar="DATE", callback=day_option, help="Up to this day.")
@click.option("--changes", type=click.Choice(["week", "month"]), help="When incidents became more or fewer.")
@policy_option
@as_known_on
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each pattern or change.")
def patterns(
    path: Path,
    keys: tuple[str, ...],
    place: str | None,
    actor: str | None,
    first: date | None,
    last: date | None,
    changes: str | None,
    policy: str | None,
    known_on: date | None,
    as_json: bool,
) -> None:
    """Show by whom, with what, on what and when in the day people were harmed: how many incidents, their share among those
    whose reports tell, with Wilson's interval at 95 %, and how many tell nothing. A share is of what was reported, which is
    no sample of what happened. What was hit is told by its kind alone, never by name.

    \b
    Examples:
      marsad patterns obs/ --by target --by weapon
      marsad patterns obs/ --place Syria --changes month

    \b
    With --json, each line is {"key", "incidents", "stated", "shares": [{"value", "n", "stated", "share", "low", "high",
    "codes"}]}, then {"change": {"period", "first", "last", "before", "after", "found"}}.
    Exit codes: 0 shown, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    shapes, found = patterns_of(observatory, keys or KEYS, chosen, place, actor, first, last, known_on)
    moved = breaks_of(shapes, changes, first, last) if changes else []
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
        for change in moved:
            click.echo(json.dumps({"change": asdict(change)}, ensure_ascii=False, default=str))
        return
    for each in found:
        _show(each)
    if changes:
        click.echo(f"By {changes}: " + ("; ".join(map(_said, moved)) or "no change that chance could not make."))


def _show(found: Pattern) -> None:
    silent = found.incidents - found.stated
    if found.key == "double-tap":
        click.echo(
            f"By {found.key}, of all {found.incidents} incidents: no report says that a place was struck only once."
        )
    else:
        click.echo(f"By {found.key}: {found.stated} of {found.incidents} incidents tell, {silent} do not.")
    if not found.shares:
        click.echo()
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(found.key, max_width=36)
    for column in ("incidents", "share", "95 % (Wilson)"):
        table.add_column(column, justify="right")
    for share in found.shares:
        table.add_row(
            _value(found.key, share.value), str(share.n), f"{share.share:.0%}", f"{share.low:.0%}–{share.high:.0%}"
        )
    Console(file=sys.stdout).print(table)
    click.echo()


def _value(key: str, value: str) -> str:
    if key == "weapon" and value in weapons() and weapons()[value].indiscriminate:
        return f"{value} (indiscriminate by {weapons()[value].indiscriminate})"
    if key == "target" and value in targets():
        return f"{value} ({targets()[value].protected})"
    return value


def _said(change: Break) -> str:
    span = f"{change.first} to {change.last}"
    return (
        f"from {change.period} on {change.after:.1f} instead of {change.before:.1f} (95 %: {span}; "
        f"found in {change.found:.0%} of series drawn again)"
    )
