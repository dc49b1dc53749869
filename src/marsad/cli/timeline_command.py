"""`marsad timeline`: what is told of a place or an actor, day by day."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from marsad.cli.brief_command import objects
from marsad.cli.options import as_known_on, day_option, policy_option
from marsad.cli.refusal import Command
from marsad.context.timeline import Entry
from marsad.model import ContextKind
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.timelines import timeline_of

TOPICS = ("incident", *(kind.value for kind in ContextKind), "population", "displaced", "killed")
_WIDTH = 78


@click.command(cls=Command, short_help="Tell day by day what is told of a place or an actor.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("name", metavar="PLACE|ACTOR")
@click.option("--from", "first", metavar="DATE", callback=day_option, help="From this day on.")
@click.option("--to", "last", metavar="DATE", callback=day_option, help="Up to this day.")
@click.option("--kind", type=click.Choice(TOPICS), help="Of this kind alone: statement, meeting, control, …")
@click.option("--sources", is_flag=True, help="Show whole sentences and where they stand.")
@policy_option
@as_known_on
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each entry.")
def timeline(
    path: Path,
    name: str,
    first: date | None,
    last: date | None,
    kind: str | None,
    sources: bool,
    policy: str | None,
    known_on: date | None,
    as_json: bool,
) -> None:
    """List what happened in a place, or what an actor did, suffered and said, day by day: incidents with their tolls,
    control, statements, meetings, deliveries, and who says so. A day in brackets is that of the report, where it tells
    no other. What was taken back, refused or dated otherwise elsewhere stays in its place and says so.

    \b
    Examples:
      marsad timeline obs/ Raqqa --from 2014-01-01 --to 2014-12-31
      marsad timeline obs/ "Syrian National Coalition" --kind statement

    \b
    With --json, each line is {"from", "to", "dated", "kind", "act", "party", "others", "place", "low", "best", "high",
    "notes", "sources": [{"id", "report_id", "start", "end", "words", "said_by", "outlet", "published"}]}.
    Exit codes: 0 listed, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    meant, entries = timeline_of(observatory, name, chosen, first, last, kind, known_on)
    if as_json:
        for entry in entries:
            click.echo(json.dumps(_object(entry), ensure_ascii=False))
        return
    click.echo(f"{meant}: {len(entries)} entries")
    for entry in entries:
        for line in _lines(entry, sources):
            click.echo(line)


def _lines(entry: Entry, sources: bool) -> list[str]:
    days = (
        entry.first.isoformat() if entry.first == entry.last else f"{entry.first.isoformat()}/{entry.last.isoformat()}"
    )
    days = days if entry.dated else f"[{days}]"
    who = ", ".join(filter(None, (entry.party, *entry.others)))
    toll = f" killed {_toll(entry)}" if entry.topic == "incident" else f" {_toll(entry)}" if entry.toll else ""
    notes = f" ({', '.join(entry.notes)})" if entry.notes else ""
    head = f"{days}  {entry.topic} {entry.act}{toll}{notes}"
    lines = [head, f"    {who or 'nobody named'}; {entry.place or 'no place named'}"]
    for words in entry.words if sources else entry.words[:1]:
        quoted = " ".join(words.text.split())
        where = f"{words.said_by}, {words.outlet} {words.published or 'undated'}"
        text = f"    {where}: “{quoted}”"
        lines.append(text if sources or len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…")
        if sources:
            lines.append(f"      {words.key}  {words.report_id} {words.start}–{words.end}")
    return lines


def _toll(entry: Entry) -> str:
    low, best, high = entry.toll or (None, None, None)
    if low is None and best is None and high is None:
        return "?"
    return "–".join("?" if n is None else f"{n:,}" for n in dict.fromkeys((low, best, high)))


def _object(entry: Entry) -> dict[str, Any]:
    low, best, high = entry.toll or (None, None, None)
    return {
        "from": entry.first.isoformat(),
        "to": entry.last.isoformat(),
        "dated": entry.dated,
        "kind": entry.topic,
        "act": entry.act,
        "party": entry.party,
        "others": list(entry.others),
        "place": entry.place,
        "low": low,
        "best": best,
        "high": high,
        "notes": list(entry.notes),
        "sources": objects(entry.words),
    }
