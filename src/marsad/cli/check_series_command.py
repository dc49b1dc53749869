"""`marsad check-series`: a publisher's running totals, checked for what is odd about them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from marsad.cli.refusal import Command
from marsad.context.adding_up import Sum
from marsad.context.published import Anomaly, Oddity, Published, of_days
from marsad.pipeline.series_files import Checked, Series, checked
from marsad.text.words import LANGUAGES, say


@click.command(cls=Command, short_help="Find what is odd in published running totals.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the findings.")
@click.option("--days", is_flag=True, help="Also print each day's number without those who died earlier.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each finding, day and sum.")
def check_series(file: Path, lang: str, days: bool, as_json: bool) -> None:
    """Read a table of running totals (CSV) and name what is odd: falls, breaks of definition, jumps, days on which the
    number of the day is not what the total grew by, older deaths added at once; and sums that do not hold. An ordinary
    rise is never odd.

    Known are the tables of Tech for Palestine and OHCHR, tables with the columns as_of, publisher, kind and value, and a
    team's own with the columns day and total, and, if it has them, of_day, added, new, hours, label, publisher.

    \b
    Examples:
      marsad check-series casualties_daily.csv
      marsad check-series casualties_daily.csv --days --json

    \b
    With --json, each line is {"publisher", "of", "kind", "day", "since", "expected", "observed", "labels"}, for a day
    {"publisher", "of", "day", "total", "of_day", "died_within", "earlier"}, for a sum {"sum", "whole", "parts", "off"}.
    Exit codes: 0 read, 2 refused.
    """
    found = checked(file)
    lines = _objects(found, days) if as_json else _lines(found, lang, days)
    for line in lines:
        click.echo(line)


def _lines(found: Checked, lang: str, days: bool) -> Iterator[str]:
    for series in found.series:
        yield f"{series.publisher}, {series.of}: {len(series.points)} numbers, {len(series.anomalies)} odd"
        yield from (f"  {_said(a, lang)}" for a in series.anomalies)
        if days:
            yield from (
                f"  {p.day}  {p.total:>9,}  {_within(p)}" for p in series.points if p.added or p.of_day is not None
            )
    for one in found.sums:
        yield _sum(one, lang)
    for refused in found.rejected:
        yield f"not read: {refused.record_id}: {refused.reason}"


def _said(anomaly: Anomaly, lang: str) -> str:
    text = say("context", lang, f"oddity.{anomaly.kind.value}", anomaly.values)
    falls = anomaly.kind in (Oddity.FALL, Oddity.BREAK)
    return text + say("context", lang, "oddity.credited", anomaly.values) if anomaly.labels and falls else text


def _within(point: Published) -> str:
    told = ", ".join(f"{n:,} {kind}" for kind, n in point.added.items())
    return f"{of_days(point):>6,} died within" + (f"; earlier: {told}" if told else "")


def _sum(one: Sum, lang: str) -> str:
    parts = " + ".join(f"{part.low:,}" for _, part in one.parts)
    values = {"name": one.name, "parts": parts, "whole": f"{one.whole.low:,}", "added": f"{one.added.low:,}"}
    return say("context", lang, "sum.holds" if one.holds else "sum.off", values)


def _objects(found: Checked, days: bool) -> Iterator[str]:
    for series in found.series:
        for a in series.anomalies:
            yield _json({**_head(series), **_anomaly(a)})
        for p in series.points if days else ():
            yield _json({**_head(series), **_day(p)})
    for one in found.sums:
        parts = {name: part.low for name, part in one.parts}
        yield _json({"sum": one.name, "whole": one.whole.low, "parts": parts, "off": one.off})


def _head(series: Series) -> dict[str, Any]:
    return {"publisher": series.publisher, "of": series.of}


def _anomaly(a: Anomaly) -> dict[str, Any]:
    days = {"kind": a.kind.value, "day": a.day.isoformat(), "since": a.since.isoformat()}
    return {**days, "expected": a.expected, "observed": a.observed, "labels": list(a.labels) if a.labels else None}


def _day(p: Published) -> dict[str, Any]:
    told = {"day": p.day.isoformat(), "total": p.total, "of_day": p.of_day, "died_within": of_days(p)}
    return {**told, "earlier": dict(p.added)}


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
