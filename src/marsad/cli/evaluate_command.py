"""`marsad evaluate`: how well marsad reads and links, against marks made by hand."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from marsad.cli.evaluate_assessing_command import assessing
from marsad.cli.evaluate_linking_command import linking
from marsad.cli.evaluate_muc_tables import error_lines, muc_object, muc_tables
from marsad.cli.evaluate_persons_command import persons
from marsad.cli.evaluate_simulated_command import simulated
from marsad.cli.evaluate_tables import confusion_lines, reading_object, reading_tables
from marsad.cli.refusal import Command
from marsad.evaluate.confusions import Kind
from marsad.evaluate.muc_errors import MucKind
from marsad.pipeline.evaluate_muc import evaluate_muc
from marsad.pipeline.evaluate_reading import evaluate_reading


@click.group(short_help="Measure how well marsad reads and links, against marks made by hand.")
def evaluate() -> None:
    """Measure how well marsad reads reports, links what they say and links victims, against what people know.

    \b
    Examples:
      marsad evaluate reading marked/
      marsad evaluate muc muc34/
      marsad evaluate linking events.csv
      marsad evaluate assessing published.csv
      marsad evaluate persons april.csv june.csv --truth id --checked ps

    Exit codes: 0 measured, 2 refused.
    """


evaluate.add_command(linking)
evaluate.add_command(assessing)


def _print(parts: Iterable[Table | str]) -> None:
    """Print tables, each after a blank line but the first, and sentences under their tables."""
    console = Console(file=sys.stdout, highlight=False)
    for number, part in enumerate(parts):
        if isinstance(part, Table) and number:
            click.echo()
        console.print(part, soft_wrap=isinstance(part, str))


@evaluate.command(cls=Command, name="reading", short_help="Score a folder of reports that people marked.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--lang", help="Only reports in this language, as two letters.")
@click.option(
    "--predictions", type=click.Path(path_type=Path), help="Score these lines of JSON instead of reading the reports."
)
@click.option(
    "--confusions", type=click.IntRange(0), default=20, show_default=True, help="How many differences to list."
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([kind.value for kind in Kind]),
    multiple=True,
    help="List differences of this kind alone.",
)
@click.option("--processes", type=click.IntRange(1, 256), help="Processes that read; all processors if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def reading(
    folder: Path,
    lang: str | None,
    predictions: Path | None,
    confusions: int,
    kinds: tuple[str, ...],
    processes: int | None,
    as_json: bool,
) -> None:
    """Read the reports of a folder and compare what was found with what people marked: claims found, counts, bounds,
    victim types, speakers, false alarms, signed bias of counts, and where reader and marks differ, sentence by sentence.

    DIR holds reports.jsonl, gold.jsonl and, if names of speakers vary, source_aliases.json; docs/evaluating.md says
    what each figure means. Intervals are 95 % bootstrap intervals over reports.

    \b
    Examples:
      marsad evaluate reading marked/
      marsad evaluate reading marked/ --lang ar --kind number --confusions 100
      marsad extract marked/reports.jsonl --format jsonl > found.jsonl
      marsad evaluate reading marked/ --predictions found.jsonl --json

    \b
    With --json: {"scores": {LANG: {"tally", "figures", "intervals"}}, "confusions", "rules"}.
    Exit codes: 0 measured, 2 refused.
    """
    judged = evaluate_reading(folder, lang, predictions, processes)
    wanted = [each for each in judged.confusions if not kinds or each.kind in kinds]
    if as_json:
        click.echo(json.dumps(reading_object(judged, wanted[:confusions]), ensure_ascii=False))
        return
    _print(reading_tables(judged))
    click.echo()
    for line in confusion_lines(wanted, confusions):
        click.echo(line)


@evaluate.command(cls=Command, name="muc", short_help="Score the texts and answer keys of MUC-3 and MUC-4.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--part", "parts", multiple=True, help="Only this part (dev, tst1, …); may be given more than once.")
@click.option(
    "--confusions", type=click.IntRange(0), default=20, show_default=True, help="How many differences to list."
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice([kind.value for kind in MucKind]),
    multiple=True,
    help="List differences of this kind alone.",
)
@click.option("--processes", type=click.IntRange(1, 256), help="Processes that read; all processors if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def muc(
    folder: Path,
    parts: tuple[str, ...],
    confusions: int,
    kinds: tuple[str, ...],
    processes: int | None,
    as_json: bool,
) -> None:
    """Read the texts of the message understanding conferences of 1991 and 1992 and compare the numbers of killed and
    injured with the answer keys: facts of the incidents that were found, facts of all, and their days and places.

    DIR holds a folder for each part (dev, tst1, …) with the files of its texts and of its keys (key-…).
    docs/evaluating.md says how templates are matched and why all facts is a pessimistic score.

    \b
    Examples:
      marsad evaluate muc muc34/
      marsad evaluate muc muc34/ --part tst1 --kind missed --confusions 100

    \b
    With --json: {"scores": {PART: {"tally", "figures", "intervals"}}, "errors"}.
    Exit codes: 0 measured, 2 refused.
    """
    judged = evaluate_muc(folder, parts, processes)
    wanted = [each for each in judged.errors if not kinds or each.kind in kinds]
    if as_json:
        click.echo(json.dumps(muc_object(judged, wanted[:confusions]), ensure_ascii=False))
        return
    _print(muc_tables(judged.scores))
    click.echo()
    for line in error_lines(wanted, confusions):
        click.echo(line)


evaluate.add_command(persons)
evaluate.add_command(simulated)
