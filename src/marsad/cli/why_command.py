"""`marsad why`: a number, and everything it rests on."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from marsad.assess.stage import tolls_of
from marsad.assess.voices import category_of
from marsad.cli import shown
from marsad.cli.links_shown import links_object, links_said
from marsad.cli.options import as_known_on, policy_option
from marsad.cli.reading_notes import Notes, notes_of
from marsad.cli.refusal import Command
from marsad.model import Case, Category, ClaimId, Finding, Measure, Part, Role, Step, Toll, Wrong
from marsad.pipeline.cases import cases
from marsad.pipeline.context_lines import when_line
from marsad.pipeline.dockets import dockets
from marsad.pipeline.methods import methods_named
from marsad.pipeline.observatory import Observatory
from marsad.text.words import LANGUAGES, say

_MEASURES = [m.value for m in Measure]
_CATEGORIES = [c.value for c in Category]


@click.command(cls=Command, short_help="Explain a number down to the words.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("incident", metavar="INCIDENT")
@click.argument("measure", metavar="[MEASURE]", required=False)
@click.argument("category", metavar="[CATEGORY]", required=False)
@policy_option
@as_known_on
@click.option("--copies", is_flag=True, help="List copies one by one instead of counting them.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print the tree as one JSON object.")
def why(
    path: Path,
    incident: str,
    measure: str | None,
    category: str | None,
    policy: str | None,
    known_on: date | None,
    copies: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Explain the tolls of an incident: number, policy, claims, quoted words, report, source.

    MEASURE is killed, injured, …; CATEGORY is total, civilians, combatants, children, …. Without them every toll of
    the killed is explained. --policy takes any policy, also one that the observatory does not store.

    \b
    Examples:
      marsad why obs/ RAQQA-2014-11-25
      marsad why obs/ RAQQA-2014-11-25 killed civilians --policy airwars
      marsad why obs/ RAQQA-2014-11-25 killed --as-known-on 2014-11-26 --json

    \b
    With --json: {"code", "grade", "tolls": [{"policy", "measure", "category", "low", "best", "high", "standing",
    "origins", "links", "why"}], "findings": [{"claim_id", "text", "sentence", "report_id", "start", "end", "outlet",
    "published", "origin", "role", "because", "occurred", "occurred_by", "relations", "flags", "notes"}]}.
    Exit codes: 0 explained, 2 refused.
    """
    observatory = Observatory.open(path)
    wanted = _measure(measure), _category(category)
    case = next(cases(observatory, known_on, incident))
    if policy is None or policy in observatory.policies:
        chosen = observatory.policy(policy)
    else:  # a policy that the settings do not name: computed for this one incident
        [method] = methods_named(observatory, [policy])
        chosen = method.name
        [(_, docket)] = dockets(observatory, known_on, incident)
        case = replace(case, tolls=tuple(tolls_of(docket, method)))
    tolls = _tolls(case, chosen, *wanted)
    if not tolls:
        asked = " ".join(x for x in (measure, category) if x)
        raise Wrong(
            case.incident.code, asked, f"is not a toll of this incident under {chosen}", "leave it out to see all"
        )
    if as_json:
        click.echo(json.dumps(_object(case, tolls, lang), ensure_ascii=False))
        return
    console = Console(file=sys.stdout, highlight=False)
    notes = notes_of(case.findings, lang)
    for toll in tolls:
        console.print(_tree(case, toll, lang, known_on, notes))
    aside = [f for f in case.findings if f.role is not Role.COUNTED and _bears_on(f, *wanted)]
    if aside:
        console.print(_apart(aside, {f.claim.claim_id: f for f in case.findings}, lang, copies, notes))


def _measure(value: str | None) -> Measure | None:
    if value is not None and value not in _MEASURES:
        raise Wrong("MEASURE", value, f"is not one of {', '.join(_MEASURES)}", "name one of them")
    return None if value is None else Measure(value)


def _category(value: str | None) -> Category | None:
    if value is not None and value not in _CATEGORIES:
        raise Wrong("CATEGORY", value, f"is not one of {', '.join(_CATEGORIES)}", "name one of them")
    return None if value is None else Category(value)


def _tolls(case: Case, policy: str, measure: Measure | None, category: Category | None) -> list[Toll]:
    order = list(Category)
    chosen = [
        t
        for t in case.tolls
        if t.policy == policy
        and t.measure is (measure or Measure.KILLED)
        and (category is None or t.category is category)
        and (category is not None or t.count is not None or t.category is Category.TOTAL)
    ]
    return sorted(chosen, key=lambda t: order.index(t.category))


def _tree(case: Case, toll: Toll, lang: str, known_on: date | None, notes: Notes) -> Tree:
    reports = len({f.claim.report_id for f in case.findings})
    head = Text(f"{toll.measure.value} {toll.category.value}  ")
    head.append(shown.count(toll.count), style="bold")
    head.append(
        f"  {case.incident.code}\npolicy {toll.policy}, origins {toll.origins} of {case.origins}, reports {reports}"
    )
    head.append(f", {case.grade.value}" + (f", as known on {known_on}" if known_on else ""))
    tree = Tree(head)
    for said in links_said(case, toll, lang):
        tree.add(Text(said, style="italic"))
    _grow(tree, toll.why, {f.claim.claim_id: f for f in case.findings}, lang, notes, set())
    return tree


def _grow(tree: Tree, step: Step, findings: Mapping[ClaimId, Finding], lang: str, notes: Notes, told: set[str]) -> None:
    """Add a step and what it rests on; what was told once is only named again."""
    sentence = say("why", lang, step.rule, step.values)
    if sentence in told:
        return
    told.add(sentence)
    branch = tree.add(Text(sentence))
    for claim_id in dict.fromkeys(step.claims):
        if claim_id in findings:
            again = claim_id in told
            branch.add(_leaf(findings[claim_id], lang, [] if again else notes[claim_id], again=again))
            told.add(claim_id)
    for inner in step.steps:
        _grow(branch, inner, findings, lang, notes, told)


def _leaf(finding: Finding, lang: str, notes: Sequence[str], *, again: bool) -> Text:
    claim = finding.claim
    leaf = Text(f"“{claim.text}”", style="bold")
    if again:
        return leaf.append(f"  {finding.fold.origin.name}, as above", style="not bold dim")
    leaf.append(f"  {finding.sentence}\n" if finding.sentence != claim.text else "\n", style="not bold")
    day = finding.published.isoformat() if finding.published else "undated"
    source = f"{finding.fold.origin.name}: {say('why', lang, f'fold.{finding.fold.rule}')}{_way(finding, lang)}"
    where = f"{source}; {finding.outlet}, {day}, report {claim.report_id[:8]} {claim.start}–{claim.end}"
    return leaf.append("\n".join((where, *notes)), style="not bold dim")


def _way(finding: Finding, lang: str) -> str:
    """Return how surely the number is its origin's, where that is not certain, and who relayed it; "" if there is neither."""
    sure = finding.fold.probability
    said = f", {say('why', lang, 'lineage.probability', {'p': f'{sure:.2f}'})}" if sure < 1 else ""
    relays = [hand.name for hand in finding.hands if hand.part is Part.RELAYED]
    return said + (f", {say('why', lang, 'lineage.relayed', {'names': ' → '.join(relays)})}" if relays else "")


def _bears_on(finding: Finding, measure: Measure | None, category: Category | None) -> bool:
    """Tell whether a finding is about what was asked for; bodies seen bear on the killed."""
    about = {measure or Measure.KILLED, Measure.BODIES_SEEN if measure in (None, Measure.KILLED) else measure}
    return finding.claim.measure in about and (category is None or category_of(finding.claim) is category)


def _apart(aside: Sequence[Finding], known: Mapping[ClaimId, Finding], lang: str, copies: bool, notes: Notes) -> Tree:
    """Return what was heard of the incident and is in no number, each with its reason and the claim that it follows."""
    tree = Tree("not in these numbers")
    listed = [f for f in aside if copies or f.role is not Role.COPY]
    for finding in listed:
        because = say("why", lang, f"role.{finding.rule}") + _follows(finding, known, lang) + _way(finding, lang)
        claim = finding.claim
        line = f"“{claim.text}” {claim.measure.value}, {finding.fold.origin.name} in {finding.outlet}: {because}"
        tree.add(Text(line).append("".join(f"\n{note}" for note in notes[claim.claim_id]), style="dim"))
    hidden = len(aside) - len(listed)
    if hidden:
        tree.add(f"{hidden} copies, not counted (--copies lists them)")
    return tree


def _follows(finding: Finding, known: Mapping[ClaimId, Finding], lang: str) -> str:
    """Return which report's claim a claim follows; "" if it follows none of another report of the incident."""
    other = known.get(finding.fold.of) if finding.fold.of is not None else None
    if other is None or other.claim.report_id == finding.claim.report_id:
        return ""
    day = other.published.isoformat() if other.published else "undated"
    return f", {say('why', lang, 'lineage.follows', {'outlet': other.outlet, 'day': day})}"


def _object(case: Case, tolls: Iterable[Toll], lang: str) -> dict[str, Any]:
    notes = notes_of(case.findings, lang)
    return {
        "code": case.incident.code,
        "grade": case.grade.value,
        "tolls": [
            {
                "policy": t.policy,
                "measure": t.measure.value,
                "category": t.category.value,
                "low": t.count.low if t.count else None,
                "best": t.count.best if t.count else None,
                "high": t.count.high if t.count else None,
                "standing": t.standing.value,
                "origins": t.origins,
                "links": links_object(case, t),
                "why": _said(t.why, lang),
            }
            for t in tolls
        ],
        "findings": [_finding(f, lang, notes[f.claim.claim_id]) for f in case.findings],
    }


def _said(step: Step, lang: str) -> dict[str, Any]:
    said = {"rule": step.rule, "says": say("why", lang, step.rule, step.values), "claims": list(step.claims)}
    return {**said, "steps": [_said(inner, lang) for inner in step.steps]}


def _finding(finding: Finding, lang: str, notes: Sequence[str]) -> dict[str, Any]:
    claim = finding.claim
    return {
        "claim_id": claim.claim_id,
        "text": claim.text,
        "sentence": finding.sentence,
        "report_id": claim.report_id,
        "start": claim.start,
        "end": claim.end,
        "measure": claim.measure.value,
        "low": claim.low,
        "high": claim.high,
        "outlet": finding.outlet,
        "published": finding.published.isoformat() if finding.published else None,
        "origin": finding.fold.origin.name,
        "origin_because": say("why", lang, f"fold.{finding.fold.rule}"),
        "follows": finding.fold.of,
        "origin_probability": finding.fold.probability,
        "lineage": [
            {
                "part": hand.part.value,
                "name": hand.name,
                "because": say("why", lang, f"lineage.{hand.rule}" if hand.turn else f"fold.{hand.rule}"),
                "probability": hand.probability,
            }
            for hand in finding.hands
        ],
        "role": finding.role.value,
        "because": say("why", lang, f"role.{finding.rule}"),
        "occurred": [claim.occurred.start.isoformat(), claim.occurred.end.isoformat()] if claim.occurred else None,
        "occurred_by": when_line(claim.occurred) if claim.occurred else None,
        "relations": [{"kind": r.kind.value, "claim_id": r.target} for r in claim.relations],
        "flags": [flag.value for flag in claim.flags],
        "notes": list(notes),
    }
