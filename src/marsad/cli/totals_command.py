"""`marsad totals`: running totals and other aggregates, and how much of them the recorded incidents cover."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from marsad.assess.bulletins import Increment
from marsad.assess.overlap import IBC_FIGHTERS
from marsad.cli.options import as_known_on, policy_option
from marsad.cli.refusal import Command
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.totals import Running, Told
from marsad.pipeline.totals import totals as found_totals
from marsad.text.words import LANGUAGES, say


@click.command(cls=Command, short_help="Set running totals against what is recorded.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@policy_option
@as_known_on
@click.option(
    "--without-fighters", is_flag=True, help="Take away 1 in 50 to 1 in 25, as Iraq Body Count does of morgues."
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the steps.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each total.")
def totals(
    path: Path, policy: str | None, known_on: date | None, without_fighters: bool, lang: str, as_json: bool
) -> None:
    """List every number that reports give for a whole war, a month, or several incidents; what is left of it once the
    incidents recorded in that place and time are taken away, step by step; and the share that they cover.

    Such a number is never added to incidents. Where a speaker's running total grows, the growth between two bulletins is
    no day's deaths: bulletins add people who died earlier.

    \b
    Examples:
      marsad totals obs/
      marsad totals obs/ --policy ibc --without-fighters --json

    \b
    With --json, each line is {"speaker", "words", "report_id", "start", "end", "published", "first", "last", "place",
    "category", "incidents", "left": [low, high], "covered": [low, high], "parts", "known_then", "covered_then", "clash",
    "steps"}, then for each running total {"running": {"speaker", "place", "category", "grew": [{"day", "days", "of_days",
    "earlier", "undivided"}], "odd": [{"kind", "day", "expected", "observed"}]}}; _then is of the incidents told of by the
    day of print, parts are numbers of the same report that add up to it.
    Exit codes: 0 listed, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    told, running = found_totals(observatory, chosen, known_on, IBC_FIGHTERS if without_fighters else None)
    for item in told:
        click.echo(json.dumps(_object(item, lang), ensure_ascii=False) if as_json else _said(item, lang))
    for series in running:
        click.echo(json.dumps({"running": _grew(series)}, ensure_ascii=False) if as_json else _grown(series, lang))
    if not told and not as_json:
        click.echo("No report gives a number for more than an incident.")


def _said(item: Told, lang: str) -> str:
    span = f"{item.first or 'the beginning'} to {item.last or 'now'}, {item.place or 'no place named'}"
    lines = [f"“{item.claim.text}” {item.category.value}, {item.speaker}, {item.published or 'undated'}: {span}"]
    lines += [f"  {say('why', lang, step.rule, step.values)}" for step in item.found.trail]
    if item.incidents:
        low, high = item.found.covered
        share = f"  covered by {item.incidents} recorded incidents: {_percent(low)} to {_percent(high)}"
        if item.known_then != item.incidents:
            low, high = item.then.covered
            share += f"; by the {item.known_then} told of by then: {_percent(low)} to {_percent(high)}"
        lines.append(share)
    if item.parts is not None:
        parts = " + ".join(f"{part.low:,}" for _, part in item.parts.parts)
        lines.append(f"  its parts add up: {parts} = {item.parts.whole.low:,}")
    return "\n".join(lines) + "\n"


def _percent(share: Fraction) -> str:
    return f"{float(share):.1%}"


def _grown(series: Running, lang: str) -> str:
    lines = [f"{series.speaker}, {series.place or 'no place named'}, {series.category.value}, as its total grew:"]
    for step in series.grew:
        lines.append(f"  {step.day}: {_step(step)} in {step.days} days")
    lines += [f"  odd: {say('context', lang, f'oddity.{a.kind.value}', a.values)}" for a in series.anomalies]
    return "\n".join(lines)


def _step(step: Increment) -> str:
    if not step.known:
        return f"{step.undivided:+,}, of no single day"
    if not step.of_days:
        return f"{step.earlier:+,} corrected" if step.earlier else "none"
    return f"{step.of_days:+,}" + (f", and {step.earlier:+,} of earlier days" if step.earlier else "")


def _object(item: Told, lang: str) -> dict[str, Any]:
    return {
        "speaker": item.speaker,
        "words": item.claim.text,
        "report_id": item.claim.report_id,
        "start": item.claim.start,
        "end": item.claim.end,
        "published": item.published.isoformat() if item.published else None,
        "first": item.first.isoformat() if item.first else None,
        "last": item.last.isoformat() if item.last else None,
        "place": item.place,
        "category": item.category.value,
        "incidents": item.incidents,
        "left": [item.found.left.low, item.found.left.high],
        "covered": [round(float(share), 4) for share in item.found.covered],
        "parts": [part.low for _, part in item.parts.parts] if item.parts else [],
        "known_then": item.known_then,
        "covered_then": [round(float(share), 4) for share in item.then.covered],
        "clash": item.found.clash,
        "steps": [say("why", lang, step.rule, step.values) for step in item.found.trail],
    }


def _grew(series: Running) -> dict[str, Any]:
    steps = [
        {
            "day": s.day.isoformat(),
            "days": s.days,
            "of_days": s.of_days,
            "earlier": s.earlier,
            "undivided": s.undivided,
        }
        for s in series.grew
    ]
    odd = [
        {"kind": a.kind.value, "day": a.day.isoformat(), "expected": a.expected, "observed": a.observed}
        for a in series.anomalies
    ]
    head = {"speaker": series.speaker, "place": series.place, "category": series.category.value}
    return {**head, "grew": steps, "odd": odd}
