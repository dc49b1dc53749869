"""`marsad compare-readers`: where two readers differ on given reports, and how far they agree."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from marsad.cli.extract_command import particulars, reports_in
from marsad.cli.reader_options import reader_named, settings_in, settings_option
from marsad.cli.refusal import Command
from marsad.collect.text_of import text_of
from marsad.model import Claim, Status, Wrong
from marsad.pipeline.compare_readers import ASPECTS, Agreement, Compared, Pair, compared
from marsad.pipeline.readers import READERS, said_by
from marsad.pipeline.reading import claim_json
from marsad.reader import Reader
from marsad.readers.page import shown
from marsad.stage import Rejection

_WIDEST = 80
_HANG = 4
_LONGEST_SENTENCE, _LONGEST_QUOTE, _LONGEST_SPEAKER = 300, 60, 40


@click.command("compare-readers", cls=Command, short_help="Show where two readers differ.")
@click.argument(
    "files", metavar="FILE|DIR|-…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option("--readers", "names", metavar="A,B", required=True, help=f"Which two: {', '.join(READERS)}.")
@settings_option
@click.option("--published", metavar="DATE", help="The day of publication, against which “Tuesday” is resolved.")
@click.option("--outlet", help="Who printed the reports.")
@click.option("--lang", help="Their language, as two letters; recognised if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each report, and one for all.")
def compare_readers(
    files: Sequence[Path],
    names: str,
    settings: Path | None,
    published: str | None,
    outlet: str | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Read reports with two readers and show, sentence by sentence, the claims that only one of them makes, and those
    on the same words that differ in measure, number, bound, status or speaker; then how far they agree.

    \b
    Examples:
      marsad compare-readers reports/ --readers rules,spacy
      marsad compare-readers report.txt --readers rules,endpoint --settings obs/ --json

    \b
    With --json, a line a report: {"report_id", "same", "sentences": [{"start", "end", "text", "pairs": [{"differs",
    "a", "b"}]}], "rejected": {"a", "b"}}, then one with "readers" and the figures; see docs/exit-codes-and-json.md.
    Exit codes: 0 compared, 2 refused.
    """
    told = settings_in(settings)
    a, b = (reader_named(name, told) for name in _two(names))
    refused: list[Rejection] = []
    agreement = Agreement()
    page = Console(file=sys.stdout, highlight=False)
    page.width = min(page.width, _WIDEST)
    for report_id, item in reports_in(files, particulars(published, outlet, lang), refused):
        text, _fields = text_of(item.data, item.name)
        report = compared(report_id, text, said_by(a, item, told, report_id), said_by(b, item, told, report_id))
        agreement.add(report)
        if as_json:
            click.echo(json.dumps(_object(report), ensure_ascii=False))
        else:
            _show(page, report, a, b)
    if as_json:
        readers = [{"name": reader.name, "version": reader.version} for reader in (a, b)]
        click.echo(json.dumps({"readers": readers, **agreement.as_json()}, ensure_ascii=False))
    else:
        _print(page, f"Reports: {agreement.reports:,}. Readers: {_named(a)}, {_named(b)}.", 0)
        for line in _figures(agreement, a, b):
            _print(page, line, 2)
    for rejection in refused:
        click.echo(rejection.reason, err=True)
    if refused:
        raise click.exceptions.Exit(2)


def _two(names: str) -> tuple[str, str]:
    found = [name.strip() for name in names.split(",")]
    if len(found) != 2 or found[0] == found[1]:
        raise Wrong("--readers", names, "is not two readers", "write --readers rules,spacy")
    return found[0], found[1]


def _object(report: Compared) -> dict[str, Any]:
    sentences = [
        {
            "start": sentence.start,
            "end": sentence.end,
            "text": report.text[sentence.start : sentence.end],
            "pairs": [
                {
                    "differs": list(pair.differs),
                    "a": _claim(pair.a),
                    "b": _claim(pair.b),
                }
                for pair in pairs
                if not pair.agrees
            ],
        }
        for sentence, pairs in report.pairs
        if not all(pair.agrees for pair in pairs)
    ]
    return {
        "report_id": report.report_id,
        "same": report.same,
        "sentences": sentences,
        "rejected": {
            side: [{"reason": r.reason, "value": r.value} for r in rejections]
            for side, rejections in zip("ab", report.rejections, strict=True)
        },
    }


def _claim(claim: Claim | None) -> dict[str, Any] | None:
    """Return a claim as `marsad extract` prints it, without its relations: the claims they point at are not here."""
    if claim is None:
        return None
    return {k: v for k, v in claim_json(claim, {}).items() if k not in ("subset_of", "same_as", "relations")}


def _show(page: Console, report: Compared, a: Reader, b: Reader) -> None:
    """Print where two readers differ on a report; nothing for one they agree on."""
    differing = [(s, [p for p in pairs if not p.agrees]) for s, pairs in report.pairs]
    differing = [(sentence, pairs) for sentence, pairs in differing if pairs]
    if not differing and not any(report.rejections):
        return
    _print(page, f"{shown(report.report_id)}: {report.same:,} alike", 0)
    for reader, rejections in zip((a, b), report.rejections, strict=True):
        for rejection in rejections:
            what = f"“{shown(rejection.value, _LONGEST_QUOTE)}”: " if rejection.value else ""
            _print(page, f"{reader.name} rejected: {what}{rejection.reason}", 2)
    for sentence, pairs in differing:
        _print(page, f"“{shown(report.text[sentence.start : sentence.end], _LONGEST_SENTENCE)}”", 2)
        for pair in pairs:
            for indent, line in _lines(pair, a.name, b.name):
                _print(page, line, indent)
    click.echo()


def _print(page: Console, line: str, indent: int) -> None:
    """Print a line, wrapped to the page; what goes on hangs under it."""
    for number, part in enumerate(Text(line).wrap(page, page.width - indent - _HANG)):
        click.echo(" " * (indent + (_HANG if number else 0)) + part.plain.strip())


def _lines(pair: Pair, a: str, b: str) -> Iterator[tuple[int, str]]:
    """Yield what a pair says, each line with its indent."""
    wide = max(len(a), len(b))
    if pair.a is not None and pair.b is not None:
        yield 4, f"differ in {', '.join(pair.differs)}:"
        yield 6, f"{a:<{wide}}  {_told(pair.a)}"
        yield 6, f"{b:<{wide}}  {_told(pair.b)}"
    else:
        name, claim = (a, pair.a) if pair.a is not None else (b, pair.b)
        yield 4, f"only {name}: {_told(claim) if claim else ''}"


def _told(claim: Claim) -> str:
    ends = "–".join("?" if n is None else f"{n:,}" for n in (claim.low, claim.high))
    who = shown(claim.attribution[0], _LONGEST_SPEAKER) if claim.attribution else "own voice"
    about = "" if claim.status is Status.UNKNOWN else f" {claim.status.value}"
    quoted = shown(claim.text, _LONGEST_QUOTE)
    return f"{claim.measure.value}{about} {ends} {claim.bound.value} “{quoted}” ({who})"


def _figures(agreement: Agreement, a: Reader, b: Reader) -> Iterator[str]:
    """Yield the figures, each on a line with its name."""
    aspects = ", ".join(f"{aspect} {agreement.aspects[aspect]:,}" for aspect in ASPECTS if agreement.aspects[aspect])
    rows = (
        ("claims both make alike", f"{agreement.same:,}"),
        ("claims on the same words that differ", f"{agreement.differing:,}" + (f" ({aspects})" if aspects else "")),
        (f"claims of {a.name} only", f"{agreement.only_a:,}"),
        (f"claims of {b.name} only", f"{agreement.only_b:,}"),
        (f"rejected by {a.name}, {b.name}", f"{agreement.rejections[0]:,}, {agreement.rejections[1]:,}"),
        ("found alike (2·both / all)", _share(agreement.found_alike)),
        ("kappa of sentences with a claim", _share(agreement.kappa)),
    )
    wide = max(len(name) for name, _ in rows)
    yield from (f"{name:<{wide}}  {value}" for name, value in rows)


def _named(reader: Reader) -> str:
    return f"{reader.name} ({shown(reader.version)})"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
