"""`marsad incidents`, `marsad rejections`: what there is, in a table."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli import shown
from marsad.cli.options import as_known_on, policy_option
from marsad.cli.refusal import Command
from marsad.model import Case, Category, Measure
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.summary import summaries


@click.command(cls=Command, short_help="List the incidents with their tolls.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@policy_option
@as_known_on
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each incident.")
def incidents(path: Path, policy: str | None, known_on: date | None, as_json: bool) -> None:
    """List the incidents: when, where, how many were killed (low–best–high), how many of them civilians, how many
    independent origins say so, and how well it is attested.

    \b
    Examples:
      marsad incidents obs/
      marsad incidents obs/ --policy airwars --as-known-on 2014-11-26

    \b
    With --json, each line is {"incident", "code", "from", "to", "place", "country", "policy", "killed", "civilians",
    "combatants", "injured", "origins", "grade"}; a count is {"low", "best", "high", "standing"}.
    Exit codes: 0 listed, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    found = list(summaries(observatory, known_on))
    if as_json:
        for case in found:
            click.echo(json.dumps(_object(case, chosen), ensure_ascii=False))
        return
    if not found:
        click.echo(f"No incidents yet. Add reports with `marsad add {path} …`, then `marsad run {path}`.")
        return
    console = Console(file=sys.stdout)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("incident", overflow="fold", min_width=18)
    table.add_column("place", overflow="ellipsis", no_wrap=True, max_width=14)
    for name in ("killed", "civilians", "origins"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("grade", no_wrap=True)
    for case in found:
        table.add_row(
            case.incident.code,
            shown.place(case.incident),
            _range(case, chosen, Category.TOTAL),
            _range(case, chosen, Category.CIVILIANS),
            str(case.origins),
            case.grade.value,
        )
    console.print(table)
    console.print(
        f"policy {chosen}; killed is low–best–high, ? is not known. Why: marsad why {path} INCIDENT", highlight=False
    )


def _range(case: Case, policy: str, category: Category) -> str:
    toll = shown.toll_of(case.tolls, policy, Measure.KILLED, category)
    return shown.count(toll.count if toll else None)


def _object(case: Case, policy: str) -> dict[str, Any]:
    incident = case.incident
    return {
        "incident": incident.incident_id,
        "code": incident.code,
        "from": incident.when.start.isoformat() if incident.when else None,
        "to": incident.when.end.isoformat() if incident.when else None,
        "place": incident.place.name if incident.place else None,
        "country": incident.place.country if incident.place else None,
        "policy": policy,
        "killed": _count(case, policy, Measure.KILLED, Category.TOTAL),
        "civilians": _count(case, policy, Measure.KILLED, Category.CIVILIANS),
        "combatants": _count(case, policy, Measure.KILLED, Category.COMBATANTS),
        "injured": _count(case, policy, Measure.INJURED, Category.TOTAL),
        "origins": case.origins,
        "grade": case.grade.value,
    }


def _count(case: Case, policy: str, measure: Measure, category: Category) -> dict[str, Any] | None:
    toll = shown.toll_of(case.tolls, policy, measure, category)
    if toll is None:
        return None
    low, best, high = (None,) * 3 if toll.count is None else (toll.count.low, toll.count.best, toll.count.high)
    return {"low": low, "best": best, "high": high, "standing": toll.standing.value}


@click.command(cls=Command, short_help="List what could not be read or applied.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each rejection.")
def rejections(path: Path, as_json: bool) -> None:
    """List the records that a stage could not take, and the decisions that find no claim any more, with the reason.

    \b
    Example:
      marsad rejections obs/

    \b
    With --json, each line is {"record_id", "stage", "reason", "value"}.
    Exit codes: 0 listed, 2 refused.
    """
    with Observatory.open(path).derived(read_only=True) as derived:
        rows = derived.table("rejection").to_pylist()
    for row in rows:
        click.echo(
            json.dumps(row, ensure_ascii=False) if as_json else f"{row['record_id']} ({row['stage']}): {row['reason']}"
        )
    if not rows and not as_json:
        click.echo("Nothing was rejected.")
