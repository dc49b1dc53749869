"""`marsad people`: who lived, lives and fled at a place, as each source counts it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from marsad.cli.options import as_known_on, day_option, policy_option
from marsad.cli.refusal import Command
from marsad.context.moving import Balance
from marsad.context.people import People
from marsad.model import Count
from marsad.pipeline.control import asked_place, opened_gazetteer
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.people import Lived, lived
from marsad.text.words import LANGUAGES, say

_MOST_STEPS = 12
"""Steps from one stock to the next that are shown."""


@click.command(cls=Command, short_help="Show who lived, lives and fled at a place.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("place", metavar="PLACE")
@click.option("--on", "on", metavar="DATE", callback=day_option, help="Up to this day; all that is told if not given.")
@click.option("--from", "since", metavar="DATE", callback=day_option, help="Flows since this day.")
@policy_option
@as_known_on
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the words.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each statement.")
def people(
    path: Path,
    place: str,
    on: date | None,
    since: date | None,
    policy: str | None,
    known_on: date | None,
    lang: str,
    as_json: bool,
) -> None:
    """Show stocks (inhabitants before the war and since, displaced people and refugees there) and flows (newly displaced,
    returned) of a place, never added to each other; households as persons by a named factor; how many different people
    the newly displaced can be; where two stocks are not explained by flows or were counted in another way; and the toll
    recorded there of 100,000 inhabitants.

    \b
    Examples:
      marsad people obs/ Raqqa --on 2014-11-26
      marsad people obs/ Turkey --from 2014-09-01 --lang ar

    \b
    With --json, each line is {"flow", "stock", "baseline", "source", "persons": [low, best, high], "households", "factor",
    "first", "last", "reported", "origin", "derived", "words", "report_id"}, then {"moved", "toll", "per_100_000", "of"}.
    Exit codes: 0 shown, 2 refused.
    """
    observatory = Observatory.open(path)
    with observatory.derived(read_only=True) as derived:
        asked = asked_place(derived, opened_gazetteer(observatory), place)
        found = lived(observatory, derived, asked, observatory.policy(policy), on, since, known_on)
    if as_json:
        for told in (*found.stocks, *found.flows):
            click.echo(json.dumps(_object(told), ensure_ascii=False))
        click.echo(json.dumps(_sums(found), ensure_ascii=False))
        return
    if not found.stocks and not found.flows:
        click.echo(f"No report tells how many lived at {asked.name}, or fled.")
        return
    click.echo(asked.name)
    for told in (*found.stocks, *found.flows):
        click.echo(_line(told, lang))
    for line in (*map(_balanced, found.balances[-_MOST_STEPS:]), *_summed(found)):
        click.echo(line)
    if len(found.balances) > _MOST_STEPS:
        click.echo(f"  {len(found.balances) - _MOST_STEPS} earlier steps of stocks are not shown")


def _count(value: Count) -> str:
    """Return low–best–high, one number where they are one, "at least" where it is open above."""
    if value.high is None:
        return f"at least {value.low:,}"
    return "–".join(dict.fromkeys(f"{n:,}" for n in (value.low, value.best, value.high) if n is not None))


def _line(told: People, lang: str) -> str:
    what = say("context", lang, f"flow.{told.flow.value}") + (" (before the war)" if told.baseline else "")
    number = "number not told" if told.persons is None else _count(told.persons)
    days = f"{told.first} to {told.last}" if told.first and not told.stock else f"{told.last}"
    more = [f"{_count(told.households)} households, {told.factor.name}"] if told.factor and told.households else []
    more += [told.derived] if told.derived else []
    return f"  {number:>18}  {what}, {days}: {told.source}" + "".join(f"\n{'':22}{line}" for line in more)


def _balanced(balance: Balance) -> str:
    low, high = balance.grew
    grew = f"{low:+,}" if low == high else f"{low:+,} to {'?' if high is None else f'{high:+,}'}"
    line = f"  {balance.source}, {balance.flow.value}: {grew} from {balance.earlier.last} to {balance.later.last}"
    if balance.method:
        return f"{line}; not comparable: {balance.method}"
    if balance.unexplained is None:
        return f"{line}; no flow is told"
    least, most = balance.unexplained
    return f"{line}; flows leave {least:+,}" + (f" to {most:+,}" if most != least else "") + " unexplained"


def _summed(found: Lived) -> list[str]:
    out = []
    if found.moved is not None:
        out.append(f"  newly displaced: {_count(found.moved)} different people, by all numbers together")
    if found.toll is not None and found.share is not None and found.of is not None and found.of.persons is not None:
        low, high = found.share
        share = f"{float(low):.1f}" + ("" if high == low else f"–{'?' if high is None else f'{float(high):.1f}'}")
        out.append(
            f"  killed {_count(found.toll)} recorded: {share} of 100,000 ({_count(found.of.persons)} inhabitants)"
        )
    return out


def _object(told: People) -> dict[str, Any]:
    persons, households = told.persons, told.households
    return {
        "flow": told.flow.value,
        "stock": told.stock,
        "baseline": told.baseline,
        "source": told.source,
        "persons": None if persons is None else [persons.low, persons.best, persons.high],
        "households": None if households is None else [households.low, households.high],
        "factor": told.factor.name if told.factor else None,
        "first": told.first.isoformat() if told.first else None,
        "last": told.last.isoformat(),
        "reported": told.reported.isoformat(),
        "origin": told.origin,
        "derived": told.derived,
        "words": told.text,
        "report_id": told.report_id,
    }


def _sums(found: Lived) -> dict[str, Any]:
    share = found.share
    return {
        "moved": None if found.moved is None else [found.moved.low, found.moved.high],
        "toll": None if found.toll is None else [found.toll.low, found.toll.high],
        "per_100_000": None if share is None else [round(float(n), 2) if n is not None else None for n in share],
        "of": None if found.of is None or found.of.persons is None else [found.of.persons.low, found.of.persons.high],
    }
