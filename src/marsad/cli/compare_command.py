"""`marsad compare`: the same claims under several policies, side by side, and why they differ."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.assess.grades import Graded
from marsad.cli import shown
from marsad.cli.options import as_known_on
from marsad.cli.refusal import Command
from marsad.model import Category, ClaimId, Measure, Toll, Wrong
from marsad.pipeline.methods import methods_named
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.side_by_side import SideBySide, side_by_side
from marsad.text.words import LANGUAGES, say

_SHOWN = (Category.TOTAL, Category.CIVILIANS, Category.COMBATANTS)


@click.command(cls=Command, short_help="Set policies side by side, and say why they differ.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("incident", metavar="[INCIDENT]", required=False)
@click.option("--policy", default="airwars,ucdp", show_default=True, help="Policies, divided by commas, or all.")
@as_known_on
@click.option("--differ", is_flag=True, help="Only incidents over which the policies differ.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each incident.")
def compare(
    path: Path, incident: str | None, policy: str, known_on: date | None, differ: bool, lang: str, as_json: bool
) -> None:
    """Compute the killed of an incident, or of all, under several policies from the same claims, and say why they differ:
    the fewest rules that make one policy come to the other's figures.

    Policies are airwars, ucdp, acled, ibc, ohchr, un_three_types, snhr, words (what the words alone allow), and those
    that the observatory wrote itself in policies/NAME.toml. Nothing needs to be run again for it.

    \b
    Examples:
      marsad compare obs/ RAQQA-2014-11-25
      marsad compare obs/ RAQQA-2014-11-25 --policy all --lang ar
      marsad compare obs/ --policy ucdp,acled,ours --differ --json

    \b
    With --json, each line is {"code", "tolls": {policy: {category: {"low", "best", "high", "standing"}}}, "because":
    {policy: [{"rule", "says", "one", "other"}]}, "grades": {scheme: {"level", "decided", "says", "inputs"}}, "clash":
    [{"claim_id", "text", "origin"}]}.
    Exit codes: 0 compared, 2 refused.
    """
    observatory = Observatory.open(path)
    chosen = methods_named(observatory, _names(observatory, policy))
    console = Console(file=sys.stdout, highlight=False)
    any_shown = False
    for found in side_by_side(observatory, chosen, known_on, incident):
        if differ and not found.differs:
            continue
        any_shown = True
        if as_json:
            click.echo(json.dumps(_object(found, lang), ensure_ascii=False))
        else:
            _show(console, found, lang)
    if not any_shown and not as_json:
        click.echo("No incidents." if not differ else "No incident over which these policies differ.")


def _names(observatory: Observatory, words: str) -> list[str]:
    """Return the names that a person divided by commas; `all` is every shipped policy and the observatory's own."""
    if words == "all":
        from marsad.assess.policies import SHIPPED
        from marsad.pipeline.methods import FOLDER

        own = sorted(file.stem for file in (observatory.path / FOLDER).glob("*.toml"))
        return [*SHIPPED, *(name for name in own if name not in SHIPPED)]
    names = list(dict.fromkeys(name.strip() for name in words.split(",") if name.strip()))
    if not names:
        raise Wrong("--policy", words, "names no policy", "write --policy airwars,ucdp")
    return names


def _show(console: Console, found: SideBySide, lang: str) -> None:
    console.print(f"[bold]{found.incident.code}[/bold]")
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in ("policy", "killed", "civilians", "combatants"):
        table.add_column(name, justify="left" if name == "policy" else "right")
    for policy, tolls in found.tolls:
        by_category = _killed(tolls)
        cells = [shown.count(t.count) if (t := by_category.get(c)) is not None else "?" for c in _SHOWN]
        table.add_row(policy.name, *cells)
    console.print(table)
    first = found.tolls[0][0].name
    for policy, reasons in found.because:
        if reasons:
            console.print(f"{policy.name} is not {first}:")
        for reason in reasons:
            says = say("why", lang, f"rule.{reason.rule}")
            console.print(f"  {says}: {_value(reason.other)}, not {_value(reason.one)}")
    for graded in found.grades:
        console.print(f"{graded.scheme}: {say('why', lang, graded.why.rule, graded.why.values)}")
    for line in _clash(found, lang):
        console.print(line)
    console.print()


def _killed(tolls: tuple[Toll, ...]) -> dict[Category, Toll]:
    return {t.category: t for t in tolls if t.measure is Measure.KILLED}


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{word} {n}" for word, n in value.items()) or "as said"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _clash(found: SideBySide, lang: str) -> list[str]:
    if not found.clash:
        return []
    told = [f"“{item['text']}” ({item['origin']})" for item in _claims(found, found.clash)]
    return [f"{say('why', lang, 'rule.clash')}: {'; '.join(told)}"]


def _claims(found: SideBySide, ids: tuple[ClaimId, ...]) -> list[dict[str, str]]:
    known = {w.heard.claim.claim_id: w for w in found.docket.weighed}
    return [
        {"claim_id": i, "text": known[i].heard.claim.text, "origin": known[i].fold.origin.name}
        for i in ids
        if i in known
    ]


def _object(found: SideBySide, lang: str) -> dict[str, Any]:
    return {
        "code": found.incident.code,
        "tolls": {p.name: {t.category.value: _count(t) for t in _killed(tolls).values()} for p, tolls in found.tolls},
        "because": {
            p.name: [
                {"rule": r.rule, "says": say("why", lang, f"rule.{r.rule}"), "one": r.one, "other": r.other}
                for r in reasons
            ]
            for p, reasons in found.because
        },
        "grades": {g.scheme: _grade(g, lang) for g in found.grades},
        "clash": _claims(found, found.clash),
    }


def _count(toll: Toll) -> dict[str, Any]:
    low, best, high = (None,) * 3 if toll.count is None else (toll.count.low, toll.count.best, toll.count.high)
    return {"low": low, "best": best, "high": high, "standing": toll.standing.value}


def _grade(graded: Graded, lang: str) -> dict[str, Any]:
    says = say("why", lang, graded.why.rule, graded.why.values)
    return {"level": graded.level, "decided": graded.decided, "says": says, "inputs": dict(graded.inputs)}
