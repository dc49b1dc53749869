"""`marsad policy`: what is kept from the public everywhere, and the deciding of it: one person tightens, two loosen."""

import json
import os
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from marsad.cli.clock import now
from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.publication import Governed, decide_policy, governed_policy
from marsad.publish.governing import RULES, WORDS, value_of


@click.command(cls=Command, short_help="Show or decide what is kept from the public.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option(
    "--set", "sets", metavar="RULE=N", multiple=True, help="What a rule should be; several at once if you like."
)
@click.option(
    "--sensitive", metavar="WORD", multiple=True, help="A word for places that are told as their province only."
)
@click.option("--not-sensitive", metavar="WORD", multiple=True, help="A word that should be none of these any more.")
@click.option("--actor", help="Who decides: a pseudonym, never a name.")
@click.option("--reason", help="Why; it is kept with the decision.")
@click.option("--json", "as_json", is_flag=True, help="Print what holds as one JSON object.")
def policy(
    path: Path,
    sets: tuple[str, ...],
    sensitive: tuple[str, ...],
    not_sensitive: tuple[str, ...],
    actor: str | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """Show the publication policy of an observatory: what is kept back of every incident, and by whose decision. With
    --set, --sensitive or --not-sensitive, decide about it. What keeps more back holds at once; what keeps less back
    holds when a second person, by another pseudonym, has decided the same. Each decision stands in the ledger; the next
    release goes by what holds then.

    \b
    Examples:
      marsad policy obs/
      marsad policy obs/ --set embargo_hours=72 --actor lynx --reason "strikes come twice"
      marsad policy obs/ --sensitive mosque --actor lynx --reason "people sleep there"
      marsad policy obs/ --set embargo_hours=24 --actor fox --reason "they stopped"

    \b
    With --json: {"policy", "rules": [{"rule", "value", "unit", "shipped", "decided_by", "decided_at", "reason"}],
    "sensitive": [word], "asked": [{"rule", "value", "actor"}]}.
    Exit codes: 0 shown or decided, 2 refused.
    """
    observatory = Observatory.open(path)
    if sets or sensitive or not_sensitive:
        changes: dict[str, Any] = dict(map(_change, sets))
        if sensitive:
            changes[WORDS] = list(sensitive)
        for option, told in (("--actor", actor), ("--reason", reason)):
            if not told:
                raise Wrong(option, None, "is missing", "say who decides, by pseudonym, and why")
        held = decide_policy(
            observatory,
            changes,
            dropped=not_sensitive,
            actor=str(actor),
            reason=str(reason),
            now=now(),
            random_bytes=os.urandom,
        )
    else:
        held = governed_policy(observatory)
    if as_json:
        click.echo(json.dumps(_object(held), ensure_ascii=False))
    else:
        _show(held, path)


def _change(written: str) -> tuple[str, int]:
    rule, equals, number = written.partition("=")
    if not equals or not number.strip().lstrip("-").isdigit():
        raise Wrong("--set", written, "is no RULE=NUMBER", "write it as embargo_hours=72")
    return rule.strip(), int(number)


def _show(held: Governed, path: Path) -> None:
    table = Table(box=None, pad_edge=False)
    for column, how in (("rule", "left"), ("holds", "right"), ("", "left"), ("shipped", "right"), ("decided", "left")):
        table.add_column(column, justify=how)  # type: ignore[arg-type]
    for rule, known in RULES.items():
        value, shipped = value_of(held.policy, rule), value_of(held.shipped, rule)
        by = held.changed_by(rule)
        who = "" if by is None else f"{by.actor}, {by.recorded_at:%Y-%m-%d}"
        table.add_row(rule, f"{value:,}", known.unit, f"{shipped:,}", who)
    console = Console(highlight=False)
    console.print(table)
    words, shipped_words = set(held.policy.sensitive_words), set(held.shipped.sensitive_words)
    console.print(f"\nWords for sensitive places: {len(words)}.", soft_wrap=True)
    for said, found in (("Added", words - shipped_words), ("Taken off", shipped_words - words)):
        if found:
            console.print(f"{said}: {', '.join(sorted(found))}", soft_wrap=True, markup=False)
    for one in held.asked:
        value = f"without {', '.join(one.value)}" if isinstance(one.value, tuple) else str(one.value)
        says = f"{one.actor} asks for {one.rule} {value}: it holds once a second person decides the same."
        console.print(says, soft_wrap=True, markup=False)
    console.print(
        f"Policy {held.policy.label}. It takes effect with the next `marsad publish {path} …`.", soft_wrap=True
    )


def _object(held: Governed) -> dict[str, Any]:
    rules = []
    for rule, known in RULES.items():
        by = held.changed_by(rule)
        rules.append(
            {
                "rule": rule,
                "value": value_of(held.policy, rule),
                "unit": known.unit,
                "shipped": value_of(held.shipped, rule),
                "decided_by": None if by is None else by.actor,
                "decided_at": None if by is None else by.recorded_at.isoformat(),
                "reason": None if by is None else by.reason,
            }
        )
    return {
        "policy": held.policy.label,
        "rules": rules,
        "sensitive": list(held.policy.sensitive_words),
        "asked": [{"rule": one.rule, "value": one.value, "actor": one.actor} for one in held.asked],
    }
