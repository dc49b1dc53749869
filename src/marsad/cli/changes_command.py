"""`marsad changes`: what the figures were on one day and on another, and what made them change."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.options import day_option, policy_option
from marsad.cli.refusal import Command
from marsad.model import Category, Measure, Wrong
from marsad.pipeline.changes import Change, Changes
from marsad.pipeline.changes import changes as changed
from marsad.pipeline.observatory import Observatory
from marsad.text.words import LANGUAGES, say


@click.command(cls=Command, short_help="Say what changed between two days, and why.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option(
    "--from", "first", metavar="DATE", required=True, callback=day_option, help="As known at the end of this day."
)
@click.option("--to", "last", metavar="DATE", callback=day_option, help="… and of this day; now, if it is left out.")
@policy_option
@click.option("--policy-before", help="The policy of the first day, if it was another one.")
@click.option("--measure", type=click.Choice([m.value for m in Measure]), default="killed", show_default=True)
@click.option("--category", type=click.Choice([c.value for c in Category]), default="total", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the causes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each change, and one for the sums.")
def changes(
    path: Path,
    first: date,
    last: date | None,
    policy: str | None,
    policy_before: str | None,
    measure: str,
    category: str,
    lang: str,
    as_json: bool,
) -> None:
    """Compare the figures as known on two days, incident by incident, and name what made each one change: new claims, a
    revision, a retraction, a merge or a part, a person's decision, another policy.

    What became known between the two days and happened before the first is told apart: it is added to the record, and to
    the day on which it happened, never to these days.

    \b
    Examples:
      marsad changes obs/ --from 2014-11-26 --to 2014-12-03
      marsad changes obs/ --from 2014-11-26 --policy ucdp --policy-before airwars --json

    \b
    With --json, each line is {"code", "incident", "occurred", "earlier", "before", "after", "causes": [{"cause", "says",
    "claims"}]}, the last one {"sums": {"before", "after", "within", "earlier"}}; a figure is [low, best, high] or null.
    Exit codes: 0 compared, 2 refused.
    """
    if last is not None and last < first:
        raise Wrong("--to", last, f"is before --from {first}", "write the earlier day first")
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    old = None if policy_before is None else observatory.policy(policy_before)
    found = changed(observatory, first, last, chosen, Measure(measure), Category(category), old)
    if as_json:
        for change in found.changes:
            click.echo(json.dumps(_object(change, lang), ensure_ascii=False))
        sums = {"before": found.before, "after": found.after, "within": found.within, "earlier": found.earlier}
        click.echo(json.dumps({"sums": sums}))
        return
    if found.changes:
        Console(file=sys.stdout).print(_table(found, lang))
    else:
        click.echo("Nothing changed.")
    click.echo(f"\n{measure} {category}, policy {chosen}: {_figure(found.before)}, then {_figure(found.after)}.")
    click.echo(f"Of the change, {found.within:+,} happened between the two days, {found.earlier:+,} before them.")


def _table(found: Changes, lang: str) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in ("incident", "before", "after", "why"):
        table.add_column(name, justify="right" if name in ("before", "after") else "left", overflow="fold")
    for change in found.changes:
        why = "; ".join(said for said, _ in _said(change, lang))
        table.add_row(change.code, _figure(change.before), _figure(change.after), why)
    return table


def _said(change: Change, lang: str) -> list[tuple[str, Any]]:
    return [(say("why", lang, f"cause.{r.cause}", {"n": len(r.claims)}), r) for r in change.reasons]


def _figure(ends: tuple[int | None, ...] | None) -> str:
    if ends is None or ends[0] is None:
        return "?" if ends is not None else "–"
    told = [ends[0], *([] if ends[1] is None else [ends[1]]), "?" if ends[2] is None else ends[2]]
    return "–".join(f"{n:,}" if isinstance(n, int) else n for n in told)


def _object(change: Change, lang: str) -> dict[str, Any]:
    return {
        "code": change.code,
        "incident": change.incident_id,
        "occurred": change.occurred.isoformat() if change.occurred else None,
        "earlier": change.earlier,
        "before": change.before,
        "after": change.after,
        "causes": [{"cause": r.cause.value, "says": said, "claims": list(r.claims)} for said, r in _said(change, lang)],
    }
