"""`marsad candidates`: before a report is entered, the incidents that it may be about."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from marsad.cli.extract_command import particulars, reports_in
from marsad.cli.refusal import Command
from marsad.link.say import reasons
from marsad.model import Wrong
from marsad.pipeline.candidates import Asked, Candidate, candidates_of
from marsad.pipeline.observatory import Observatory
from marsad.stage import Rejection


@click.command(cls=Command, short_help="Show which incidents a report may be about.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE|-…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", metavar="DATE", help="The day of publication, against which “Tuesday” is resolved.")
@click.option("--outlet", help="Who printed the report.")
@click.option("--lang", help="Its language, as two letters; recognised if not given.")
@click.option("--words", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language of reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each thing told.")
def candidates(
    path: Path,
    files: Sequence[Path],
    published: str | None,
    outlet: str | None,
    lang: str | None,
    words: str,
    as_json: bool,
) -> None:
    """Read a report and show, for each incident that it tells of, the known incidents that it may be about: how likely
    each is, and what speaks for it (+) and against it (-). Nothing is kept.

    \b
    Examples:
      marsad candidates obs/ report.txt --published 2014-11-26
      marsad candidates obs/ report.txt --published 2014-11-26 --words ar

    \b
    With --json, each line is {"report", "told": [{"start", "end", "text"}], "candidates": [{"incident", "code",
    "probability", "tellings", "terms"}]}; terms are natural logarithms of odds.
    Exit codes: 0 shown, 2 refused.
    """
    observatory, refused = Observatory.open(path), list[Rejection]()
    for name, item in reports_in(files, particulars(published, outlet, lang), refused):
        found = candidates_of(observatory, item)
        if as_json:
            for asked in found:
                click.echo(json.dumps(_object(name, asked), ensure_ascii=False))
            continue
        click.echo(f"{name}: {'no incident' if not found else f'{len(found)} told of'}")
        for asked in found:
            click.echo(_plain(asked, words))
    if refused:
        raise Wrong(refused[0].record_id, refused[0].value, refused[0].reason, "mend the file and ask again")


def _plain(asked: Asked, lang: str) -> str:
    told = "; ".join(f"“{' '.join(claim.text.split())}”" for claim in asked.claims[:4])
    lines = [f"  {told}"]
    if not asked.candidates:
        lines.append("    no known incident: it would be a new one")
    for one in asked.candidates:
        lines.append(f"    {one.probability:>4.0%}  {one.code}")
        lines += [f"          {why}" for why in reasons(one.terms, one.levels, lang)]
    return "\n".join(lines)


def _object(name: str, asked: Asked) -> dict[str, Any]:
    return {
        "report": name,
        "told": [{"start": c.start, "end": c.end, "text": c.text} for c in asked.claims],
        "candidates": [_candidate(one) for one in asked.candidates],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "incident": one.incident_id,
        "code": one.code,
        "probability": one.probability,
        "tellings": one.tellings,
        "terms": {name: round(weight, 3) for name, weight in one.terms.items()},
    }
