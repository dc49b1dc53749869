"""`marsad control`: who held a place on a day, according to whom, and how sure; and how it changed hands."""

import json
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import click

from marsad.cli.clock import now
from marsad.cli.options import as_known_on, day_option
from marsad.cli.refusal import Command
from marsad.context.changes_of_hands import Change
from marsad.context.control import Withdrawn
from marsad.context.control_rules import control_rules
from marsad.context.holding import Answer, Holding
from marsad.model import Wrong
from marsad.model.control import Control
from marsad.pipeline.actors import register_of
from marsad.pipeline.control import Asked, History, Parties, asked_place, history, opened_gazetteer, who_held
from marsad.pipeline.control_map import control_map, map_bytes, map_page, public_map
from marsad.pipeline.observatory import Observatory
from marsad.text.words import LANGUAGES, say


@click.command(cls=Command, short_help="Show who held a place on a day, and who says so.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("place", metavar="[PLACE]", required=False)
@click.option("--on", "on", metavar="DATE", callback=day_option, help="The day; without it, every change of hands.")
@click.option(
    "--map",
    "out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the map by day: .geojson or .html.",
)
@click.option(
    "--from", "since", metavar="DATE", callback=day_option, help="First day of the map; of what is told if not given."
)
@click.option("--to", "until", metavar="DATE", callback=day_option, help="Last day of the map.")
@click.option("--cells", "cells", type=click.IntRange(3, 7), help="Draw H3 cells of this resolution as well.")
@click.option("--provinces", is_flag=True, help="Draw provinces as well.")
@click.option("--public", is_flag=True, help="Write the map that a release tells the public.")
@as_known_on
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the words.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each statement.")
def control(
    path: Path,
    place: str | None,
    on: date | None,
    out: Path | None,
    since: date | None,
    until: date | None,
    cells: int | None,
    provinces: bool,
    public: bool,
    known_on: date | None,
    lang: str,
    as_json: bool,
) -> None:
    """Show who held a place on a day: each source by itself, the rule by which it follows, and how sure it is. Statements
    that contradict each other stand side by side; what a source took back is shown, and counts no more. Without --on, show
    how the place changed hands and who is said to have held it when.

    PLACE is named as reports name it; a facility beside a town is a place of its own ("Tabqa air base").

    \b
    Examples:
      marsad control obs/ Raqqa --on 2014-11-26
      marsad control obs/ "Tabqa air base"
      marsad control obs/ --map control.geojson --from 2014-08-01 --to 2014-11-30

    \b
    With --json and --on, one line: {"place", "day", "verdict", "besieged", "shares", "holdings": [{"source", "party",
    "state", "rule", "sure", "partial", "since", "silent", "overtaken", "evidence"}], "withdrawn"}; without --on, one for each
    change: {"party", "state", "first", "last", "partial", "told", "sources", "evidence"}.
    The map is GeoJSON: a feature for each place and run of days, with verdict, party, shares, uncertainty and sources; or,
    where FILE ends in .html, a page with a slider of days that needs nothing else.
    Exit codes: 0 shown, 2 refused.
    """
    observatory = Observatory.open(path)
    if out is not None:
        if public:
            if since or until or cells or provinces:
                rule = "is not for the public map, which is that of a release"
                raise Wrong("--from, --to, --cells or --provinces", None, rule, "leave it out, or leave out --public")
            made = public_map(observatory, now(), known_on)
        else:
            made = control_map(observatory, since, until, known_on, cells, provinces)
        out.write_bytes(map_page(observatory, made) if out.suffix == ".html" else map_bytes(made))
        click.echo(f"{out}: {len(made['features'])} places and runs of days, {made['days'][0]} to {made['days'][1]}")
        return
    if place is None:
        raise Wrong("PLACE", None, "is not named", "name a place, or write --map FILE for all of them")
    with observatory.derived(read_only=True) as derived:
        gazetteer = opened_gazetteer(observatory)
        asked, parties = asked_place(derived, gazetteer, place), Parties(register_of(observatory), gazetteer)
        if on is not None:
            answer = who_held(observatory, derived, asked, on, known_on, parties)
            click.echo(
                json.dumps(_answer(asked, answer), ensure_ascii=False) if as_json else _said(asked, answer, lang)
            )
            return
        told = history(observatory, derived, asked, known_on, parties)
    if as_json:
        for change in told.changes:
            click.echo(json.dumps(_change(change), ensure_ascii=False))
    else:
        click.echo(_history(asked, told, lang))


def _said(asked: Asked, answer: Answer, lang: str) -> str:
    parties = ", ".join(party for party, _ in answer.shares)
    verdict = say("context", lang, f"verdict.{answer.verdict}", {"party": answer.party, "parties": parties})
    besieged = f", {say('context', lang, 'state.besieged')}" if answer.besieged else ""
    sure = ", ".join(f"{party} {share:.0%}" for party, share in answer.shares)
    lines = [f"{asked.name} on {answer.day}: {verdict}{besieged}" + (f"  ({sure})" if sure else "")]
    lines += [line for h in answer.holdings for line in _holding(h, lang)]
    lines += [_withdrawn(w, lang) for w in answer.withdrawn]
    if len(lines) == 1:
        lines.append("  nobody says anything of it around that day")
    else:
        lines += textwrap.wrap(_how_sure(lang), 78, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines)


def _how_sure(lang: str) -> str:
    """Return by what the weights were chosen: a reader who takes them for chances is misled."""
    half = {state.value: round(days) for state, days in control_rules().half_life.items()}
    return say("context", lang, "sure.note", {key: half[key] for key in ("held", "contested", "besieged")})


def _holding(h: Holding, lang: str) -> list[str]:
    state = say("context", lang, f"state.{h.state.value}")
    since = "" if h.since is None else f", since {_span(*h.since)}"
    part = ", in part" if h.partial else ""
    old = ", overtaken" if h.overtaken else ""
    told = h.evidence[0]
    days = {"before": told.last, "after": h.evidence[-1].first or h.evidence[-1].last}
    rule = say("context", lang, f"rule.{h.rule}", days)
    return [
        f"  {h.sure:>4.0%}  {h.source}: {h.party}, {state}{part}{since}{old}",
        f"        {rule}",
        f"        “{_short(told.text)}” {told.outlet}, {told.reported}",
    ]


def _withdrawn(w: Withdrawn, lang: str) -> str:
    state = say("context", lang, f"state.{w.control.state.value}")
    by = "a person refused it" if w.by == "decision" else "taken back"
    return f"     –  {w.control.source}: {w.control.party}, {state}, {w.control.reported}; {by}: “{_short(w.reason)}”"


def _history(asked: Asked, told: History, lang: str) -> str:
    lines = [asked.name]
    for change in told.changes:
        state = say("context", lang, f"state.{change.state.value}")
        part = ", in part" if change.partial else ""
        follows = "" if change.told else "  (nobody tells of the change; it follows)"
        lines.append(f"  {_span(change.first, change.last)}  {change.party}: {state}{part}{follows}")
        lines.append(f"      {', '.join(change.sources)}")
    for span in told.spans:
        lines.append(f"  {span.party}: said to hold it from {span.first} to {span.last} ({', '.join(span.sources)})")
    lines += [_withdrawn(w, lang) for w in told.withdrawn]
    return "\n".join(lines if len(lines) > 1 else [f"No report tells who held {asked.name}."])


def _span(first: date | None, last: date) -> str:
    return f"{last}" if first == last else f"by {last}" if first is None else f"{first} to {last}"


def _short(text: str, most: int = 90) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _answer(asked: Asked, answer: Answer) -> dict[str, Any]:
    return {
        "place": asked.name,
        "place_key": asked.key,
        "day": answer.day.isoformat(),
        "verdict": answer.verdict,
        "besieged": answer.besieged,
        "shares": dict(answer.shares),
        "holdings": [_held(h) for h in answer.holdings],
        "withdrawn": [{"control": _control(w.control), "by": w.by, "reason": w.reason} for w in answer.withdrawn],
    }


def _held(h: Holding) -> dict[str, Any]:
    return {
        "source": h.source,
        "party": h.party,
        "state": h.state.value,
        "rule": h.rule,
        "sure": h.sure,
        "partial": h.partial,
        "since": None if h.since is None else [d.isoformat() if d else None for d in h.since],
        "silent": h.silent,
        "overtaken": h.overtaken,
        "evidence": [_control(c) for c in h.evidence],
    }


def _control(c: Control) -> dict[str, Any]:
    days = {"first": c.first.isoformat() if c.first else None, "last": c.last.isoformat()}
    words = {"report_id": c.report_id, "start": c.start, "words": c.text, "outlet": c.outlet}
    return {"party": c.party, "state": c.state.value, **days, "reported": c.reported.isoformat(), **words}


def _change(change: Change) -> dict[str, Any]:
    return {
        "party": change.party,
        "state": change.state.value,
        "first": change.first.isoformat() if change.first else None,
        "last": change.last.isoformat(),
        "partial": change.partial,
        "told": change.told,
        "sources": list(change.sources),
        "evidence": [_control(c) for c in change.evidence],
    }
