"""`marsad init` and `marsad add`: an observatory, and what comes into it."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from marsad.cli.clock import clock, now
from marsad.cli.options import named
from marsad.cli.progress import progress
from marsad.cli.refusal import Command, Refused
from marsad.collect.files import JSON_LINES, TEXTS, files_in, gather, gather_stream
from marsad.collect.how import How
from marsad.collect.incoming import LIMIT, Found
from marsad.collect.kinds import KINDS, suffixes
from marsad.collect.mappings import saved
from marsad.collect.particulars import Particulars, read_particulars
from marsad.model import Collector, Wrong
from marsad.pipeline.ledgering import INTAKE, TOOL
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import BATCH, Receipt, WriteService
from marsad.stage import Rejection
from marsad.store.places import server

_LISTED = 10
"""New reports named one by one; more are counted."""


@click.command(cls=Command, short_help="Make an empty observatory.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--name", help="What the observatory is called; the name of the folder if not given.")
@click.option("--store", metavar="URL", help="Keep the stores on this PostgreSQL server, for a team (docs/teams.md).")
def init(path: Path, name: str | None, store: str | None) -> None:
    """Make an empty observatory in a new folder: its settings, evidence vault, ledger and store.

    \b
    Examples:
      marsad init obs/ --name "Raqqa, November 2014"
      marsad init obs/ --store postgresql://anna@db.example/obs

    Exit codes: 0 made, 2 refused (nothing is left behind).
    """
    place = None if store is None else server(store, "--store")
    made = Observatory.init(path, name or path.absolute().name, now(), place)
    if place is not None:
        from marsad.cli.team_commands import give_rights

        give_rights(place)
    click.echo(f"{made.path}: an empty observatory. Next: marsad add {path} FILE|DIR|- --outlet NAME --published DATE")


@click.command(cls=Command, short_help="Take reports in.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("what", metavar="FILE|DIR|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--outlet", "--source", "outlet", help="Who printed the reports.")
@click.option("--published", metavar="DATE", help="The day they were published, as 2014-11-26.")
@click.option("--lang", help="Their language, as two letters: en, ar, …")
@click.option("--address", help="Where they were found, such as https://….")
@click.option("--key", help="Your own name for a single report; sending it again under that name changes nothing.")
@click.option("--kind", metavar="KIND", help=f"Of what kind the files are, if they do not tell: {', '.join(KINDS)}.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="A saved mapping (TOML): what the columns of a table mean."
)
@click.option("--zone", metavar="ZONE", help="The time zone in which moments are days, such as Asia/Damascus.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook to read; the first one if not given.")
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=BATCH, show_default=True, help="Reports in one commit."
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=LIMIT, show_default=True, help="Bytes of one report at most."
)
@click.option("--collector", default=INTAKE, show_default=True, help="Who takes them in: a pseudonym.")
@click.option(
    "--clock-offset",
    type=float,
    metavar="SECONDS",
    help="How far this machine's clock is ahead of true time; what the system knows if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each report.")
def add(
    path: Path,
    what: Path,
    outlet: str | None,
    published: str | None,
    lang: str | None,
    address: str | None,
    key: str | None,
    kind: str | None,
    mapping: Path | None,
    zone: str | None,
    sheet: str | None,
    batch: int,
    limit: int,
    collector: str,
    clock_offset: float | None,
    as_json: bool,
) -> None:
    """Take in a report, a folder of reports, a table, an export of a chat, or what comes through a pipe (-).

    Beside texts (.txt, .md, .jsonl) it reads the kinds of file in docs/kinds.md. A row of a table is a report whose
    claims its cells make; a message of a chat is a report; the file they came out of is kept beside them.

    What a report says of itself (front matter, fields of a JSON line) goes before the options. A report is
    acknowledged when it is safely on the disk; the same report again is recognised and changes nothing. What cannot
    be used is named on standard error with the reason, and does not stop the rest. With each report the ledger keeps
    how it was come by: two hashes, size, media type by content, address, collector, tool, and the clock with what is
    known of its error. A publication time told with its zone (2014-11-25T23:30+03:00) is kept in that zone.

    \b
    Examples:
      marsad add obs/ report.txt --outlet "Syrian Observatory for Human Rights" --published 2014-11-26
      marsad add obs/ reports/ --outlet "Radio Raqqa"
      marsad add obs/ GEDEvent_v25_1.csv
      marsad add obs/ sheet.xlsx --mapping our-sheet.toml --outlet "Field team"
      cat feed.jsonl | marsad add obs/ - --json

    \b
    With --json, each line is {"name", "report_id", "new"} or {"name", "refused"}.
    Exit codes: 0 taken in, 2 nothing could be taken in.
    """
    options = {"outlet": outlet, "published": published, "lang": lang, "address": address, "key": key}
    given = read_particulars(options, "command line")
    single = str(what) != "-" and not what.is_dir() and what.suffix.lower() not in JSON_LINES | (suffixes() - TEXTS)
    how = How(kind, None if mapping is None else saved(mapping), None if zone is None else _zone(zone), sheet)
    if key is not None and not single:
        raise Wrong("--key", key, "can name a single report only", "give a field key with each report")
    observatory = Observatory.open(path)
    counts: Counter[str] = Counter()
    steps = sum(1 for _ in files_in(what)) if what.is_dir() else None
    with observatory.kept() as kept, progress("Adding reports", steps) as bar:
        by = Collector(named(collector), TOOL, clock(clock_offset))
        service = WriteService(kept, observatory.vault, os.urandom, by)
        for answer in service.receive_all(_found(what, given, limit, how), now, batch):
            outcome, refusal = _outcome(answer)
            counts[outcome] += 1
            if as_json:
                click.echo(_as_json(answer, refusal))
            elif isinstance(answer, Receipt) and answer.new and counts["new"] <= _LISTED + 1:
                click.echo(f"{answer.report_id}  {answer.name}" if counts["new"] <= _LISTED else "…")
            if refusal is not None:
                bar.say(refusal)
            bar()
    _conclude(counts, as_json)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError) as fault:
        raise Wrong("--zone", name, "is no time zone", "write it as in the list of IANA: Asia/Damascus") from fault


def _found(what: Path, given: Particulars, limit: int, how: How) -> Iterator[Found]:
    if str(what) == "-":
        return gather_stream(sys.stdin.buffer, given, limit)
    return gather(what, given, limit, how)


def _outcome(answer: Receipt | Rejection) -> tuple[str, str | None]:
    """Return what became of a report (new, known or refused) and, if it was refused, why."""
    if isinstance(answer, Rejection):
        return "refused", answer.reason
    if answer.conflict is not None:
        return "refused", str(answer.conflict)
    return ("new" if answer.new else "known"), None


def _as_json(answer: Receipt | Rejection, refusal: str | None) -> str:
    name = answer.name if isinstance(answer, Receipt) else answer.record_id
    if refusal is not None or isinstance(answer, Rejection):
        return json.dumps({"name": name, "refused": refusal}, ensure_ascii=False)
    return json.dumps({"name": name, "report_id": answer.report_id, "new": answer.new}, ensure_ascii=False)


def _conclude(counts: Counter[str], as_json: bool) -> None:
    if not counts["new"] + counts["known"]:
        refused = f"; {counts['refused']:,} refused" if counts["refused"] else ""
        raise Refused(f"No report was taken in{refused}.")
    summary = f"{counts['new']:,} new, {counts['known']:,} known already, {counts['refused']:,} refused."
    click.echo(summary, err=as_json)
