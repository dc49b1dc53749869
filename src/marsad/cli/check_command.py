"""`marsad check`: an article against the record, claim by claim."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Shown

from marsad.cli.clock import now
from marsad.cli.extract_command import NOBODY, particulars, reports_in
from marsad.cli.refusal import Command
from marsad.model import FAULTS, Checked, Verdict, Wrong
from marsad.pipeline.check import Article, checked, told
from marsad.pipeline.claim_review import claim_reviews
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.reviews import keep_reviews
from marsad.stage import Rejection
from marsad.text.words import LANGUAGES, say

_MARKS = {Verdict.AGREES: "=", Verdict.UNKNOWN: "?", Verdict.SUPERLATIVE_HOLDS: "=", Verdict.SUPERLATIVE_UNSURE: "?"}
_QUOTED = 60


@click.command("check", cls=Command, short_help="Check an article against the record.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE|-…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", metavar="DATE", help="The day of publication, against which “Tuesday” is resolved.")
@click.option("--outlet", help="Who printed it.")
@click.option("--lang", help="Its language, as two letters; recognised if not given.")
@click.option("--faults", is_flag=True, help="Only what an editor should act on.")
@click.option("--words", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the reasons.")
@click.option("--format", "form", type=click.Choice(["text", "json", "claimreview"]), default="text", show_default=True)
@click.option("--address", metavar="URL", help="Where the article stands, for ClaimReview.")
@click.option("--reviewer", metavar="NAME", help="Who reviews, for ClaimReview; the observatory's name if not given.")
@click.option("--keep", is_flag=True, help="Keep what is found: the next release tells it as ClaimReview, if it may.")
@click.option("--actor", help="Who keeps it: a pseudonym, never a name.")
@click.option("--reason", help="Why; it is kept with the review.")
def check(
    path: Path,
    files: Sequence[Path],
    published: str | None,
    outlet: str | None,
    lang: str | None,
    faults: bool,
    words: str,
    form: str,
    address: str | None,
    reviewer: str | None,
    keep: bool,
    actor: str | None,
    reason: str | None,
) -> None:
    """Read an article and say of each of its claims how it stands to the record: it agrees, it differs (how, and whose
    figure it is), the record knows nothing of it. Also: numbers that do not add up, a wrong day, a “confirmation” that only
    repeats somebody, and superlatives (“the deadliest since…”), ranked as far as the record reaches.

    Nothing is kept unless --keep says so. Then the next release tells what was found of the dead of incidents that it tells, as
    ClaimReview; superlatives and numbers of the living are not told. Checked again, an article has its last review alone.

    What is not in the record is not false, and what the record says is what its sources say.

    \b
    Examples:
      marsad check obs/ article.txt --published 2014-11-28
      marsad check obs/ article.txt --published 2014-11-28 --faults --words ar
      marsad check obs/ article.txt --published 2014-11-28 --format claimreview --address https://…
      marsad check obs/ article.txt --outlet "Daily" --address https://… --keep --actor lynx --reason "asked by readers"

    \b
    With --format json, each line is {"article", "start", "end", "text", "verdict", "fault", "incident", "why": [{"rule",
    "says", "claims"}]}; with claimreview, one JSON-LD object an article (schema.org ClaimReview).
    Exit codes: 0 checked, nothing to act on; 1 something to act on; 2 refused.
    """
    observatory, refused = Observatory.open(path), list[Rejection]()
    for option, given in (("--actor", actor), ("--reason", reason)):
        if keep and not given:
            raise Wrong(option, None, "is missing", "say who keeps the review, by pseudonym, and why")
    any_fault = False
    console = Console(highlight=False)
    for name, item in reports_in(files, particulars(published, outlet, lang), refused):
        article = checked(observatory, item)
        if keep:
            by = "" if item.outlet == NOBODY else item.outlet
            printed = replace(item, outlet=by, address=address or item.address)
            kept = keep_reviews(
                observatory,
                printed,
                article,
                actor=str(actor),
                reason=str(reason),
                now=now(),
                random_bytes=os.urandom,
            )
            click.echo(f"{name}: {kept} verdicts kept; `marsad publish` tells those that may be told.", err=True)
        any_fault |= any(f.verdict in FAULTS for f in article.found)
        shown = [f for f in article.found if f.verdict in FAULTS or not faults]
        if form == "claimreview":
            who = reviewer or observatory.name
            click.echo(
                json.dumps(
                    claim_reviews(article, shown, address, who, item.published, words, now().date()),
                    ensure_ascii=False,
                )
            )
        elif form == "json":
            for one in shown:
                click.echo(json.dumps(_object(name, one, words), ensure_ascii=False))
        else:
            _print(console, name, article, shown, words)
    if refused:
        raise Wrong(refused[0].record_id, refused[0].value, refused[0].reason, "mend the file and check again")
    if any_fault:
        raise SystemExit(1)


def _print(console: Console, name: str, article: Article, shown: Sequence[Checked], lang: str) -> None:
    tally = Counter(say("check", lang, f"verdict.{one.verdict}") for one in article.found)
    console.print(f"{name}: " + ("; ".join(f"{n} {verdict}" for verdict, n in tally.items()) or "-"), soft_wrap=True)
    for one in shown:
        fault = one.verdict in FAULTS
        quoted = " ".join(one.text.split())
        quoted = quoted if len(quoted) <= _QUOTED else quoted[: _QUOTED - 1] + "…"
        head = Shown(f"  {_MARKS.get(one.verdict, '!')} ", style="bold red" if fault else "")
        head.append(f"“{quoted}”", style="bold")
        head.append(f"  {say('check', lang, f'verdict.{one.verdict}')}")
        if one.incident:
            head.append(f"  [{one.incident}]", style="dim")
        console.print(head, soft_wrap=True)
        for step in one.why:
            console.print(Padding(Shown(told(step, lang)), (0, 0, 0, 6)))


def _object(name: str, one: Checked, lang: str) -> dict[str, Any]:
    why = [{"rule": s.rule, "says": told(s, lang), "claims": list(s.claims)} for s in one.why]
    return {
        "article": name,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "verdict": one.verdict.value,
        "fault": one.verdict in FAULTS,
        "incident": one.incident,
        "why": why,
    }
