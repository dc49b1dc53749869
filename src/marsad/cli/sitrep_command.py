"""`marsad sitrep`: a situation report, each number in it with a note that opens to its words."""

import json
from datetime import date, timedelta
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.options import as_known_on, day_option, policy_option
from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.text.words import LANGUAGES

PERIODS = ("daily", "weekly", "monthly")


@click.command(cls=Command, short_help="Write a situation report of some days and a place.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--from", "first", metavar="DATE", callback=day_option, help="The first day; by --period if not given.")
@click.option("--to", "last", metavar="DATE", callback=day_option, help="The last day; yesterday (UTC) if not given.")
@click.option(
    "--period",
    type=click.Choice(PERIODS),
    default="daily",
    show_default=True,
    help="The last day alone, the seven days that end on it, or its month up to it.",
)
@click.option("--place", help="A town, a province or a country, in English or Arabic; everywhere if not given.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the report."
)
@policy_option
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="FILE.html, FILE.docx or FILE.pdf."
)
@as_known_on
@click.option("--json", "as_json", is_flag=True, help="Print what was written as one JSON object.")
def sitrep(
    path: Path,
    first: date | None,
    last: date | None,
    period: str,
    place: str | None,
    language: str,
    policy: str | None,
    out: Path,
    known_on: date | None,
    as_json: bool,
) -> None:
    """Write a situation report: the toll with low, best and high, by place, party and weapon; who says what; what is
    contested, denied or withdrawn; what changed since the day before; who is said to hold what; what is not known; how it
    was counted. Every number has a note that says who said it, in which words, where and when.

    It is public: everything in it has passed the same gate as a release, and may be shown to anybody. Incidents are counted
    that lie wholly within the days; those that may have happened outside them are named apart.

    \b
    Examples:
      marsad sitrep obs/ --from 2014-11-20 --to 2014-11-30 --place Raqqa --out raqqa.html
      marsad sitrep obs/ --period weekly --language ar --out week.pdf
      marsad sitrep obs/ --period monthly --to 2014-11-30 --place الرقة --language ar --out month.docx

    \b
    With --json: {"out", "title", "from", "to", "notes", "bytes"}.
    Exit codes: 0 written, 2 refused (nothing is written).
    """
    from marsad.pipeline.observatory import Observatory
    from marsad.pipeline.sitrep import sitrep as write_sitrep
    from marsad.publish.sitrep.question import Question, days_of

    at = now()
    last = last or at.date() - timedelta(days=1)
    first = first or days_of(period, last)[0]
    if last < first:
        raise Wrong("--to", last, f"is before --from {first}", "write the earlier day first")
    if place is not None and not place.strip():
        raise Wrong("--place", place, "names no place", "leave it out for everywhere")
    chosen = Observatory.open(path).policy(policy)
    done = write_sitrep(path, out, Question(first, last, place, chosen, language), at, known_on, progress)
    if as_json:
        told = {"out": str(out), "title": done.report.title, "from": first.isoformat(), "to": last.isoformat()}
        click.echo(json.dumps({**told, "notes": len(done.report.notes), "bytes": done.size}, ensure_ascii=False))
        return
    click.echo(f"{done.report.title}\n{out}: {done.size:,} bytes, {len(done.report.notes):,} notes.")
