"""`marsad evaluate assessing`: how good tolls and grades are, against perfect linking and against published ones."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.refusal import Command
from marsad.evaluate.published import Agreement
from marsad.pipeline.evaluate_assessing import SameTolls, Scored, evaluate_published
from marsad.pipeline.evaluate_reading import GOLD
from marsad.pipeline.evaluate_same_tolls import evaluate_same_tolls
from marsad.pipeline.linking_reports import FACTS


@click.command(cls=Command, name="assessing", short_help="Score tolls and grades.")
@click.argument("path", metavar="TABLE|DIR", type=click.Path(path_type=Path))
@click.option("--reports", type=click.Path(path_type=Path), help="The reports, if not reports.jsonl beside the table.")
@click.option("--processes", type=click.IntRange(1, 256), help="Processes that read; all processors if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def assessing(path: Path, reports: Path | None, processes: int | None, as_json: bool) -> None:
    """Compute tolls and grades from reports, and compare.

    With a TABLE of incidents (CSV or JSON lines: incident, killed_min, killed_max, injured_min, injured_max, grade, date)
    and reports that name their incident, against the minima, maxima and grades published there: as marsad links the
    reports, and with their incidents given. With a DIR of marked reports (gold.jsonl or facts.jsonl), the tolls after
    linking against those after perfect linking. docs/assessing.md says what each holds.

    \b
    Examples:
      marsad evaluate assessing examples/published/published.csv
      marsad evaluate assessing airwars.csv --reports texts.jsonl --json
      marsad evaluate assessing marked/

    \b
    With --json: {"reports", "without", "linked", "given"}, or {"sets": [{"name", "incidents", "same", "total_same",
    "off"}]}.
    Exit codes: 0 measured, 2 refused.
    """
    console = Console(file=sys.stdout, highlight=False)
    if path.is_dir() and ((path / GOLD).exists() or (path / FACTS).exists()):
        sets = evaluate_same_tolls(path, processes)
        if as_json:
            click.echo(json.dumps({"sets": [_same_object(name, found) for name, found in sets]}, ensure_ascii=False))
            return
        console.print(_same_table(sets))
        for name, found in sets:
            for incident, (right, is_now) in found.off.items():
                click.echo(f"{name}, {incident}: {_numbers(is_now)}, perfectly linked {_numbers(right)}")
        return
    scored = evaluate_published(path, reports, processes)
    if as_json:
        click.echo(json.dumps(_object(scored), ensure_ascii=False))
        return
    console.print(_table(scored))
    click.echo(f"\n{scored.reports:,} reports; incidents without a report, left out: {scored.without:,}.")
    for name, scores in (("linked", scored.linked), ("given", scored.given)):
        pairs = sorted(scores.grades.items(), key=lambda item: (-item[1], item[0]))
        told = "; ".join(f"{one} as {other} {n}" for (one, other), n in pairs[:12])
        click.echo(f"grades, {name}: {told or 'none published'}")


def _table(scored: Scored) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in ("incidents", "as linked", "links given"):
        table.add_column(name, justify="left" if name == "incidents" else "right")
    rows = (
        ("with a published minimum and maximum", "asked"),
        ("… and a computed toll", "told"),
        ("same minimum", "low_same"),
        ("same maximum", "high_same"),
        ("both the same", "both_same"),
        ("both within a tenth, or one person", "near"),
        ("ranges that meet", "overlap"),
        ("people off, both ends added up", "off"),
        ("same grade", "grade_same"),
    )
    for name, field in rows:
        cells = []
        for found in (scored.linked, scored.given):
            n = getattr(found, field)
            of = sum(found.grades.values()) if field == "grade_same" else found.asked
            share = f"  {n / of:.3f}" if of and field not in ("asked", "off") else ""
            cells.append(f"{n:,}{share}")
        table.add_row(name, *cells)
    return table


def _same_table(sets: list[tuple[str, SameTolls]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in ("tolls after linking", "incidents", "all the same", "killed the same", "share"):
        table.add_column(name, justify="left" if name == "tolls after linking" else "right")
    for name, found in sets:
        share = f"{found.total_same / found.incidents:.3f}" if found.incidents else "–"
        table.add_row(name, str(found.incidents), str(found.same), str(found.total_same), share)
    return table


def _numbers(ends: tuple[int | None, ...] | None) -> str:
    return "no toll" if ends is None or ends[0] is None else "–".join("?" if n is None else str(n) for n in ends)


def _same_object(name: str, found: SameTolls) -> dict[str, Any]:
    off = {incident: {"perfect": right, "linked": now} for incident, (right, now) in found.off.items()}
    same = {"same": found.same, "total_same": found.total_same}
    return {"name": name, "incidents": found.incidents, **same, "off": off}


def _object(scored: Scored) -> dict[str, Any]:
    linked, given = _agreement(scored.linked), _agreement(scored.given)
    return {"reports": scored.reports, "without": scored.without, "linked": linked, "given": given}


def _agreement(found: Agreement) -> dict[str, Any]:
    names = ("asked", "told", "low_same", "high_same", "both_same", "near", "overlap", "off", "grade_same")
    grades = [{"published": one, "computed": other, "n": n} for (one, other), n in sorted(found.grades.items())]
    return {**{name: getattr(found, name) for name in names}, "grades": grades}
