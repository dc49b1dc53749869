"""`marsad decide`: what a person decides about a claim, for ever on the record."""

import json
import os
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.refusal import Command
from marsad.model import DecisionKind, Wrong
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.queue import incident_words
from marsad.pipeline.service import WriteService

_KINDS = [kind.value for kind in DecisionKind]


@click.command(cls=Command, short_help="Decide about a claim; no machine overrules it.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("anchor", metavar="REPORT:START-END")
@click.option("--body", default="{}", show_default=True, help="What the kind needs, as JSON; see below.")
@click.option("--actor", required=True, help="Who decides: a pseudonym, never a name.")
@click.option("--reason", required=True, help="Why; it is kept with the decision.")
@click.option(
    "--version", type=click.IntRange(min=0), default=0, show_default=True, help="The version you saw standing."
)
def decide(path: Path, kind: str, anchor: str, body: str, actor: str, reason: str, version: int) -> None:
    """Decide about the words REPORT:START-END: accept, reject or correct the claim they make, add it, join it to the incident of
    another claim, set it apart, tell it from another one (differ), grade its incident, or settle the incident: reviewed
    as it stands, it takes up no report by itself any more. `marsad why --json` prints report, start and end.

    Withhold keeps its incident, or how finely its place is told, from the public; loosen allows it again once a second
    person decides the same. A reason that begins with "public:" is printed in the errata; every other one stays private.

    If somebody else decided first, nothing is changed and both decisions are shown. The body {"undone": true} takes back
    what stands of a kind. What of an incident is signed off, and who is one person, is decided at the desk (marsad desk);
    what is kept back everywhere with marsad policy.

    \b
    Examples:
      marsad decide obs/ reject 3fa9…:51-53 --actor lynx --reason "a typing error, see their correction"
      marsad decide obs/ correct 3fa9…:51-53 --body '{"low": 59, "high": 59}' --actor lynx --reason "59 and not 62"
      marsad decide obs/ join 3fa9…:51-53 --body '{"with": "77c1…:10-19"}' --actor lynx --reason "same raid"
      marsad decide obs/ apart 3fa9…:51-53 --body '{"name": "second raid"}' --actor lynx --reason "an hour later"
      marsad decide obs/ differ 3fa9…:51-53 --body '{"from": "77c1…:10-19"}' --actor lynx --reason "two quarters"
      marsad decide obs/ settle 3fa9…:51-53 --actor lynx --reason "all sources read"
      marsad decide obs/ grade 3fa9…:51-53 --body '{"grade": "fair"}' --actor lynx --reason "seen both lists"
      marsad decide obs/ grade 3fa9…:51-53 --body '{"ohchr": "verified", "ibc": "two-source"}' --actor lynx --reason "same"
      marsad decide obs/ withhold 3fa9…:51-53 --body '{"place": "province"}' --actor lynx --reason "few live there"
      marsad decide obs/ loosen 3fa9…:51-53 --body '{"place": "province"}' --actor fox --reason "all have left"

    Exit codes: 0 decided, 2 refused.
    """
    try:
        told = json.loads(body)
    except ValueError as fault:
        raise Wrong("--body", body, f"is not JSON ({fault})", 'write it as {"low": 59}') from fault
    if not isinstance(told, dict):
        raise Wrong("--body", body, "is not a JSON object", 'write it as {"low": 59}')
    observatory = Observatory.open(path)
    if kind == DecisionKind.SETTLE.value and not told:
        told = {"claims": incident_words(observatory, anchor)}
    with observatory.kept() as kept:
        made = WriteService(kept, observatory.vault, os.urandom).decide(
            anchor=anchor,
            kind=DecisionKind(kind),
            body=told,
            actor=actor,
            reason=reason,
            expected_version=version,
            now=now(),
        )
    click.echo(f"Decided: {kind} {anchor}, version {made.version}. It takes effect with the next `marsad run {path}`.")
