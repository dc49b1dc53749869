"""`marsad brief`: the paragraph a reporter needs of a place on a day, each clause linked to its words."""

import json
import shutil
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from marsad.cli.options import as_known_on, day_option, policy_option
from marsad.cli.refusal import Command
from marsad.context.brief import WINDOW as _DAYS
from marsad.context.brief import Clause, Part, numbered
from marsad.context.saying import Saying
from marsad.context.scene import Words
from marsad.pipeline.briefs import brief_of
from marsad.pipeline.observatory import Observatory
from marsad.text.words import LANGUAGES, say


@click.command(cls=Command, short_help="Tell in a paragraph what is known of a place.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("place")
@click.option("--on", metavar="DATE", callback=day_option, required=True, help="The day of which to tell.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the briefing."
)
@click.option(
    "--days", type=click.IntRange(1, 366), default=_DAYS, show_default=True, help="How far back something is news."
)
@click.option("--sources", is_flag=True, help="Show the words that each clause rests on.")
@policy_option
@as_known_on
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each clause.")
def brief(
    path: Path,
    place: str,
    on: date,
    language: str,
    days: int,
    sources: bool,
    policy: str | None,
    known_on: date | None,
    as_json: bool,
) -> None:
    """Tell what happened in a place, who holds it and since when, how many lived and live there, the tolls so far, who
    says what, what is planned, and what is in doubt: what reports printed by that day say, and no more. The number
    behind each clause leads to the words it rests on.

    \b
    Examples:
      marsad brief obs/ Raqqa --on 2014-11-26
      marsad brief obs/ الرقة --on 2014-11-26 --language ar --sources

    \b
    With --json, each line is {"section", "text", "sources": [{"id", "report_id", "start", "end", "words", "said_by",
    "outlet", "published"}]}.
    Exit codes: 0 told, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = observatory.policy(policy)
    saying, title, parts = brief_of(observatory, place, on, language, chosen, known_on, days)
    if as_json:
        for part in parts:
            for clause in part.clauses:
                click.echo(json.dumps(_object(part, clause), ensure_ascii=False))
        return
    click.echo(title)
    numbers = numbered(parts)
    for part in parts:
        click.echo(f"\n{say('brief', language, f'section.{part.key}')}")
        for clause in part.clauses:
            click.echo(_folded(_line(clause, numbers, saying), "  "))
    if sources:
        click.echo()
        for words, number in numbers.items():
            click.echo(_folded(f"[{number}] {_shown(words)}", ""))


def _folded(text: str, indent: str) -> str:
    """Return text in lines that the terminal holds, those behind the first one set in."""
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=f"{indent}    ", break_long_words=False)


def _line(clause: Clause, numbers: dict[Words, int], saying: Saying) -> str:
    if not clause.words:
        return clause.text
    names = saying.text("list.sources").join(saying.source(name) for name in clause.sources)
    found = ", ".join(str(n) for n in sorted({numbers[w] for w in clause.words}))
    return f"{clause.text} ({names}) [{found}]"


def _shown(words: Words) -> str:
    quoted = " ".join(words.text.split())
    return f"{words.key}  {words.outlet}, {words.published or 'undated'}, {words.report_id} {words.start}–{words.end}: “{quoted}”"


def _object(part: Part, clause: Clause) -> dict[str, Any]:
    return {"section": part.key, "text": clause.text, "sources": objects(clause.words)}


def objects(words: Sequence[Words]) -> list[dict[str, Any]]:
    """Return words as JSON: whose, where in which report, and what they are."""
    return [
        {
            "id": w.key,
            "report_id": w.report_id,
            "start": w.start,
            "end": w.end,
            "words": w.text,
            "said_by": w.said_by,
            "outlet": w.outlet,
            "published": w.published.isoformat() if w.published else None,
        }
        for w in words
    ]
