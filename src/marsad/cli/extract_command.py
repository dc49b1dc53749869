"""`marsad extract`: reports in, claims out; nothing is kept."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from marsad.cli.reader_options import reader_named, settings_in, settings_option
from marsad.cli.refusal import Command
from marsad.collect.files import JSON_LINES, gather, gather_stream
from marsad.collect.incoming import LIMIT, Found, Incoming, Refused
from marsad.collect.particulars import Particulars, read_particulars
from marsad.model import Claim
from marsad.pipeline.context_lines import plain_context
from marsad.pipeline.readers import READERS, read_with
from marsad.pipeline.reading import Read, line_of, read_reports
from marsad.stage import Rejection

NOBODY = "not told"
"""The outlet of a report of which nobody says who printed it; reading does not ask."""


@click.command(cls=Command, short_help="Read claims from reports, without an observatory.")
@click.argument(
    "files", metavar="FILE|DIR|-…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "text"]), default="text", show_default=True, help="How to print."
)
@click.option("--published", metavar="DATE", help="The day of publication, against which “Tuesday” is resolved.")
@click.option("--outlet", help="Who printed the reports.")
@click.option("--lang", help="Their language, as two letters; recognised if not given.")
@click.option(
    "--gazetteer",
    type=click.Path(path_type=Path),
    help="Look places up in this file: the gazetteer.arrow of an observatory with lists of its own.",
)
@click.option(
    "--context/--no-context", default=None, help="What is said beside counts; shown if not given only with jsonl."
)
@click.option("--processes", type=click.IntRange(1, 256), help="Processes that read; all processors if not given.")
@click.option("--reader", "name", type=click.Choice(READERS), default="rules", show_default=True, help="Who reads.")
@settings_option
def extract(
    files: Sequence[Path],
    form: str,
    published: str | None,
    outlet: str | None,
    lang: str | None,
    gazetteer: Path | None,
    context: bool | None,
    processes: int | None,
    name: str,
    settings: Path | None,
) -> None:
    """Read the claims that reports make: plain text files, folders, or JSON lines {"id", "text", "published",
    "outlet", "lang"} from a file or a pipe (-).

    \b
    Examples:
      marsad extract report.txt --published 2014-11-26
      marsad extract report.txt --published 2014-11-26 --context
      cat feed.jsonl | marsad extract - --format jsonl > claims.jsonl
      marsad extract report.txt --reader endpoint --settings obs/

    \b
    With --format jsonl, one line a report: {"report_id", "claims": [{"start", "end", "text", "measure", "value", "low",
    "high", "bound", "status", "group", "attribution", "occurred", "occurred_by", "place", "perpetrator", "certainty",
    "weapon", "scope", "subset_of", "same_as", "relations", "flags", "modality", "derived", "rule", "score"}],
    "context": [{"start", "end", "text", "kind", "act", "actor", "others", "status", "extent", "content", "attribution",
    "occurred", "occurred_by", "place", "weapon", "modality", "polarity", "flags", "relation", "rule", "score"}]}, and
    "rejected" where it could not be read. Context is who took or lost a place, attacks, statements, meetings; it costs
    time, and --no-context leaves it out.
    Offsets count Python characters of the text as received; subset_of, same_as and the claim of a relation are
    positions in the list.
    Any --reader but rules reads one report at a time, and names under "rejected" also what it found that does not hold.
    Exit codes: 0 read, 2 refused.
    """
    given = particulars(published, outlet, lang)
    refused: list[Rejection] = []
    beside = form == "jsonl" if context is None else context
    for read in _read(reports_in(files, given, refused), name, settings, gazetteer, processes, context=beside):
        click.echo(json.dumps(line_of(read), ensure_ascii=False) if form == "jsonl" else _plain(read))
    for rejection in refused:
        click.echo(rejection.reason, err=True)
    if refused:
        raise click.exceptions.Exit(2)


def particulars(published: str | None, outlet: str | None, lang: str | None) -> Particulars:
    """Return what the options say of all reports; one that nobody says who printed is printed by "not told"."""
    return read_particulars({"outlet": outlet or NOBODY, "published": published, "lang": lang}, "command line")


def _read(
    reports: Iterator[tuple[str, Incoming]],
    name: str,
    settings: Path | None,
    gazetteer: Path | None,
    processes: int | None,
    *,
    context: bool,
) -> Iterator[Read]:
    if name == "rules":
        return read_reports(reports, processes, gazetteer, context=context)
    told = settings_in(settings)
    return read_with(reader_named(name, told, gazetteer), reports, told)


def reports_in(files: Sequence[Path], given: Particulars, refused: list[Rejection]) -> Iterator[tuple[str, Incoming]]:
    """Yield every report of these files with the name it goes by; what cannot be used is added to `refused`."""
    for what in files:
        for item in _found(what, given):
            if isinstance(item, Rejection):
                refused.append(item)
            elif isinstance(item, Refused):
                refused.append(Rejection(item.name, "collect", item.reason))
            else:
                yield _name(what, item), item


def _found(what: Path, given: Particulars) -> Iterator[Found]:
    return gather_stream(sys.stdin.buffer, given, LIMIT) if str(what) == "-" else gather(what, given, LIMIT)


def _name(what: Path, item: Incoming) -> str:
    if item.sent_as is not None:
        return item.sent_as
    if str(what) == "-" or what.suffix.lower() in JSON_LINES:
        return item.name
    return Path(item.name).stem


def _plain(read: Read) -> str:
    what = read.rejection.reason if read.rejection else f"{len(read.claims)} claims"
    what += "" if read.contexts is None or read.rejection else f", {len(read.contexts)} of context"
    lines = [f"{read.report_id}: {what}"]
    for claim in read.claims:
        ends = "–".join("?" if n is None else f"{n:,}" for n in (claim.low, claim.high))
        who = ", ".join(claim.attribution) or "own voice"
        about = "" if claim.status == "unknown" else f" {claim.status.value}"
        quoted = f"{claim.start}–{claim.end} “{' '.join(claim.text.split())}”"
        told = "".join(f"; {note}" for note in _notes(claim, read.claims))
        lines.append(f"  {quoted}: {claim.measure.value}{about} {ends} ({who}; {claim.scope.value}{told})")
    return "\n".join([*lines, *map(plain_context, read.contexts or ())])


def _notes(claim: Claim, claims: Sequence[Claim]) -> list[str]:
    """Return what a claim does to others, each named by its words, and what a person should know of its reading."""
    words = {other.claim_id: " ".join(other.text.split()) for other in claims}
    related = [
        f"{relation.kind.value} “{words[relation.target]}”" for relation in claim.relations if relation.target in words
    ]
    return [*related, *(flag.value for flag in claim.flags)]
