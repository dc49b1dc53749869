"""`marsad queue`: what a person should decide next about links, in the order of what hangs on it."""

import json
from pathlib import Path
from typing import Any

import click

from marsad.cli.refusal import Command
from marsad.link.say import reasons
from marsad.model import Claim
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.queue import Question, queue_of


@click.command(cls=Command, short_help="List the doubtful links, those first on which most hangs.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--most", type=click.IntRange(min=1), default=10, show_default=True, help="How many questions to list.")
@click.option("--words", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language of reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each question.")
def queue(path: Path, most: int, words: str, as_json: bool) -> None:
    """List the questions that linking leaves to a person: whether two incidents are one, and whether one is two. Those
    come first whose toll is largest and whose answer is least sure. Each shows the words of one report on either side,
    what speaks for one incident (+) and against it (-), and how to answer.

    \b
    Examples:
      marsad queue obs/
      marsad queue obs/ --most 50 --words ar

    \b
    With --json, each line is {"kind", "incident", "code", "other", "probability", "stake", "priority", "ours", "theirs",
    "levels"}; ours and theirs are {"anchor", "text"}.
    Exit codes: 0 listed, 2 refused.
    """
    asked = queue_of(Observatory.open(path), most)
    if as_json:
        for question in asked:
            click.echo(json.dumps(_object(question), ensure_ascii=False))
        return
    for number, question in enumerate(asked, 1):
        click.echo(_plain(number, question, path, words))
    if not asked:
        click.echo("No link is in doubt.")


def _plain(number: int, question: Question, path: Path, lang: str) -> str:
    if question.kind == "join":
        ask = f"Is {question.code} one incident with {question.other}?"
        answer = f'join {_anchor(question.theirs)} --body \'{{"with": "{_anchor(question.ours)}"}}\''
    else:
        ask = f"Do the reports of {question.code} tell of two incidents?"
        answer = f'apart {_anchor(question.theirs)} --body \'{{"name": "NAME"}}\''
    lines = [f"{number}. {ask}", f"   {question.probability:.0%} that all is one; {question.stake:,} people hang on it"]
    lines += [f"   “{' '.join(claim.text.split())}”" for claim in (question.ours, question.theirs)]
    lines += [f"   {why}" for why in reasons(question.terms, question.levels, lang)]
    lines.append(f"   If so:  marsad decide {path} {answer} --actor … --reason …")
    if question.kind == "join":
        no = f'differ {_anchor(question.theirs)} --body \'{{"from": "{_anchor(question.ours)}"}}\''
        lines.append(f"   If not: marsad decide {path} {no} --actor … --reason …")
    else:
        lines.append(f"   If not: marsad decide {path} settle {_anchor(question.ours)} --actor … --reason …")
    return "\n".join(lines) + "\n"


def _anchor(claim: Claim) -> str:
    return f"{claim.report_id}:{claim.start}-{claim.end}"


def _object(question: Question) -> dict[str, Any]:
    names = ("kind", "code", "other", "probability", "stake", "priority")
    told = {
        side: {"anchor": _anchor(claim), "text": claim.text}
        for side, claim in (("ours", question.ours), ("theirs", question.theirs))
    }
    shown = {name: getattr(question, name) for name in names}
    return {**shown, "incident": question.incident_id, **told, "levels": dict(question.levels)}
