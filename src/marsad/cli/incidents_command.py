"""`marsad incidents`, `marsad rejections`: what there is, in a table."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
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
    console.print(_table([_row(case, chosen) for case in found], console.width))
    click.echo(f"\nPolicy {chosen}. Killed is low–best–high; ? is not known.\nWhy: marsad why {path} INCIDENT")


_COLUMNS = ("incident", "date", "place", "killed", "civilians", "origins", "grade")
_NUMBERS = frozenset(("killed", "civilians", "origins"))
_TOLD_BY_THE_CODE = ("date", "place")
"""Columns that a narrow terminal goes without, the first one first: RAQQA-2014-11-25 tells both."""

_GAP, _LONGEST_PLACE = 2, 18
"""Blanks between columns, and cells of the longest place that is shown whole."""


def _row(case: Case, policy: str) -> dict[str, str]:
    values = (
        case.incident.code,
        shown.when(case.incident),
        shown.place(case.incident),
        _range(case, policy, Category.TOTAL),
        _range(case, policy, Category.CIVILIANS),
        str(case.origins),
        case.grade.value,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _table(rows: Sequence[Mapping[str, str]], width: int) -> Table:
    """Return the table with as many of its columns as the width holds."""
    widths = {name: max(cell_len(text) for text in (name, *(row[name] for row in rows))) for name in _COLUMNS}
    widths["place"] = min(widths["place"], _LONGEST_PLACE)
    columns = list(_COLUMNS)
    for name in _TOLD_BY_THE_CODE:
        if sum(widths[column] + _GAP for column in columns) - _GAP > width:
            columns.remove(name)
    table = Table(box=SIMPLE_HEAD, padding=(0, _GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    for name in columns:
        folds, most = name == "incident", _LONGEST_PLACE if name == "place" else None
        side: Literal["left", "right"] = "right" if name in _NUMBERS else "left"
        table.add_column(
            name, justify=side, no_wrap=not folds, overflow="fold" if folds else "ellipsis", max_width=most
        )
    for row in rows:
        table.add_row(*(row[name] for name in columns))
    return table


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
