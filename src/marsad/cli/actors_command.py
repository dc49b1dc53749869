"""`marsad actors`: who is who in the reports of an observatory, by its register."""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.options import day_option
from marsad.cli.refusal import Command
from marsad.context.register import Known
from marsad.pipeline.actors import Seen, actor_named, actors_seen, register_of
from marsad.pipeline.observatory import Observatory


@click.command(cls=Command, short_help="Show who is who: names, sides, codes, deeds.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("name", required=False)
@click.option("--on", metavar="DATE", callback=day_option, help="Names, ties and sides as they were on that day.")
@click.option("--all", "everybody", is_flag=True, help="Also actors that no report of this observatory names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each actor.")
def actors(path: Path, name: str | None, on: date | None, everybody: bool, as_json: bool) -> None:
    """List who acts and speaks in the reports, of what sort each is, and how often; or tell all that is known of one: its
    names with the days they were used, what it was part of, by whose side it stood, its codes in UCDP and ACLED.

    An observatory adds actors, and mends ours, in a file actors.toml of its own (docs/actors.md).

    \b
    Examples:
      marsad actors obs/
      marsad actors obs/ "the coalition" --on 2014-11-26
      marsad actors obs/ داعش

    \b
    With --json, each line is {"name", "name_ar", "type", "armed", "role", "countries", "first", "last", "names",
    "ties", "sides", "codes", "did", "said", "reports"}.
    Exit codes: 0 listed, 2 refused.
    """
    observatory = Observatory.open(path)
    register = register_of(observatory)
    seen = actors_seen(observatory)
    if name is not None:
        known, among = actor_named(observatory, name, on)
        if known is None:
            click.echo(
                f"“{name}” may mean {' or '.join(among)}: a report tells which by what is done, or by whom it named."
            )
            for each in among:
                _show(register.actors[each], seen.get(each), on, as_json)
            return
        _show(known, seen.get(known.name), on, as_json)
        members = register.members(known.name, on)
        if members and not as_json:
            click.echo(f"  with it       {', '.join(members)}")
        return
    names = sorted(register.actors if everybody else seen, key=lambda n: (-seen[n].reports if n in seen else 0, n))
    if as_json:
        for each in names:
            click.echo(json.dumps(_object(register.actors.get(each), each, seen.get(each), on), ensure_ascii=False))
        return
    if not names:
        click.echo("No report names anybody yet.")
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in ("actor", "type", "did", "said", "reports"):
        table.add_column(column, justify="right" if column in ("did", "said", "reports") else "left", max_width=44)
    for each in names:
        known, met = register.actors.get(each), seen.get(each, Seen())
        table.add_row(each, known.type if known else "?", str(met.did.total()), str(met.said.total()), str(met.reports))
    Console(file=sys.stdout).print(table)
    click.echo(f"\n? is nobody the register knows. More: marsad actors {path} NAME")


def _show(known: Known, seen: Seen | None, on: date | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_object(known, known.name, seen, on), ensure_ascii=False))
        return
    arabic = f"  {known.name_ar}" if known.name_ar else ""
    click.echo(f"{known.name}{arabic}\n  type          {known.type}{', armed' if known.armed else ''}")
    if known.role:
        click.echo(f"  comes to help {known.role}")
    if known.first or known.last:
        click.echo(f"  there         {known.first or '…'} to {known.last or '…'}")
    for called in known.names[1:]:
        if called.holds(on) and (called.first or called.last or called.lang):
            days = f", {called.first or '…'} to {called.last or '…'}" if called.first or called.last else ""
            click.echo(f"  called        {called.words}{days}")
    plain = [n.words for n in known.names[1:] if not (n.first or n.last or n.lang)]
    if plain:
        shown = ", ".join(plain[:6])
        click.echo(f"  spelled       {shown}{f' and {len(plain) - 6} more' if len(plain) > 6 else ''}")
    for tie in known.ties:
        if tie.holds(on):
            word = {"part_of": "part of", "member_of": "member of", "follows": "came out of", "side": "beside"}[
                tie.kind
            ]
            days = f", {tie.first or '…'} to {tie.last or '…'}" if tie.first or tie.last else ""
            click.echo(f"  {word:<13} {tie.other}{days}")
    for where, code in known.codes.items():
        click.echo(f"  {where:<13} {', '.join(str(value) for value in code.values())}")
    if seen is not None:
        click.echo(
            f"  in reports    {seen.reports}; {_counted('did', seen.did)}{_counted('said', seen.said)}".rstrip("; ")
        )


def _counted(word: str, counts: Counter[str]) -> str:
    return f"{word} {', '.join(f'{act} {n}' for act, n in sorted(counts.items()))}; " if counts else ""


def _object(known: Known | None, name: str, seen: Seen | None, on: date | None) -> dict[str, Any]:
    ties = [t for t in known.ties if t.holds(on)] if known else []
    told = [
        {
            "kind": t.kind,
            "other": t.other,
            "first": t.first and t.first.isoformat(),
            "last": t.last and t.last.isoformat(),
        }
        for t in ties
    ]
    names = [n for n in known.names if n.holds(on)] if known else []
    return {
        "name": name,
        "name_ar": known.name_ar if known else None,
        "type": known.type if known else None,
        "armed": known.armed if known else None,
        "role": known.role if known else None,
        "countries": list(known.countries) if known else [],
        "first": known.first.isoformat() if known and known.first else None,
        "last": known.last.isoformat() if known and known.last else None,
        "names": [
            {
                "words": n.words,
                "lang": n.lang,
                "first": n.first and n.first.isoformat(),
                "last": n.last and n.last.isoformat(),
            }
            for n in names
        ],
        "ties": [t for t in told if t["kind"] != "side"],
        "sides": [t for t in told if t["kind"] == "side"],
        "codes": {where: dict(code) for where, code in known.codes.items()} if known else {},
        "did": dict(seen.did) if seen else {},
        "said": dict(seen.said) if seen else {},
        "reports": seen.reports if seen else 0,
    }
