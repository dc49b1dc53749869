"""`marsad evaluate linking`: how well claims are put together to incidents, against what people linked."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from marsad.cli.evaluate_linking_tables import linking_object, linking_tables, mixed_lines
from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.pipeline.evaluate_linking import LABELS, Judged, evaluate_linking


@click.command(cls=Command, name="linking", short_help="Score how claims are linked to incidents.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--labels",
    multiple=True,
    metavar="N",
    default=[str(n) for n in LABELS],
    show_default=True,
    help="Link tables with this many answers too (0: with none, or all); may be given more than once.",
)
@click.option(
    "--confusions", type=click.IntRange(0), default=20, show_default=True, help="How many errors of a kind to list."
)
@click.option("--processes", type=click.IntRange(1, 256), help="Processes that read; all processors if not given.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object, as --format json does.")
def linking(
    folder: Path, labels: tuple[str, ...], confusions: int, processes: int | None, form: str, *, as_json: bool
) -> None:
    """Link claims whose incident people know, and compare: pairs, B-cubed and CEAFe, over all claims and over incidents
    told more than once; incidents split and merged; killed counted too many or too few, incident by incident; whether
    probabilities hold; and how much better it gets with answers of people.

    DIR holds marked reports (reports.jsonl, gold.jsonl), claims without a text (facts.jsonl) or tables of event reports
    (CSV), or is such a table; docs/evaluating.md says what each figure means. With --labels, tables are linked once
    more by weights that learnt from so many pairs of other incidents, and once with so many answers kept.

    \b
    Examples:
      marsad evaluate linking marked/
      marsad evaluate linking events.csv --labels 500
      marsad evaluate linking events.csv --labels 0 --format json

    \b
    With --json: {"sets": [{"name", "linkings", "learned", "kept"}]}.
    Exit codes: 0 measured, 2 refused.
    """
    console = Console(file=sys.stdout, highlight=False)
    with Console(stderr=True).status("linking") as status:  # nothing where standard error is no terminal
        judged = evaluate_linking(folder, [n for n in map(_number, labels) if n != 0], processes, status.update)
    if as_json or form == "json":
        click.echo(json.dumps({"sets": [linking_object(each, confusions) for each in judged]}, ensure_ascii=False))
        return
    for each in judged:
        _print(console, each, confusions)


def _number(text: str) -> int | None:
    if text == "all":
        return None
    if not (text.isascii() and text.isdigit()):
        raise Wrong("--labels", text, "is neither a number nor all", "write --labels 200")
    return int(text)


def _print(console: Console, judged: Judged, confusions: int) -> None:
    for part in linking_tables(judged):
        if isinstance(part, Table):
            click.echo()
        console.print(part, soft_wrap=isinstance(part, str))
    for linked in judged.linkings:
        lines = list(mixed_lines(linked, confusions))
        if lines:
            click.echo(f"\n{linked.name}")
        for line in lines:
            click.echo(line)
    click.echo()
