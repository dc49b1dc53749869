"""`marsad compare-lists`: what became of a list of victims between two editions."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from marsad.cli.person_options import (
    columns_by_list,
    columns_option,
    decisions_option,
    lang_option,
    processes_option,
    scheme_option,
    steps,
)
from marsad.cli.refusal import Command
from marsad.pipeline.person_lists import Files, Passed, compare, decisions_in, records_of
from marsad.text.words import say


@click.command("compare-lists", cls=Command, short_help="Show what changed between two editions of a list.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@columns_option
@decisions_option
@lang_option
@scheme_option
@processes_option
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each person that differs.")
def compare_lists(
    old: Path,
    new: Path,
    columns: Sequence[str],
    decisions: Path | None,
    lang: str,
    scheme: str,
    processes: int | None,
    as_json: bool,
) -> None:
    """Show who was added to a list of victims, who was removed and what was changed about the others, and in which way:
    name spelled otherwise or completed, age, sex, days, place, identity number corrected. Records are matched as
    `marsad link-persons` does, so a person whose number and spelling changed is no removal and no addition.

    Records are shown by their list's own ids, never by name.

    \b
    Examples:
      marsad compare-lists april.csv june.csv
      marsad compare-lists april.csv june.csv --column name=full_name --json

    \b
    With --json, a line a person: {"what": "added" | "removed" | "changed" | "unsure", "old", "new", "chance", "kinds",
    "says"}, and at the end {"added", "removed", "changed", "unchanged", "unsure", "kinds": {kind: count}, "unnamed",
    "rejected"}.
    Exit codes: 0 compared, 2 refused.
    """
    files = Files((old, new), columns_by_list(columns), scheme)
    passed = Passed(0, [])
    records = list(records_of(files, passed))
    first, _second = files.names()
    older = [record for record in records if record.list_name == first]
    newer = [record for record in records if record.list_name != first]
    found = compare(
        older, newer, processes=processes, told=steps(), decisions=decisions_in(decisions) if decisions else ()
    )
    changed = [one for one in found.kept if one.kinds]
    kinds = Counter(kind.value for one in changed for kind in one.kinds)
    if as_json:
        for what, people in (("added", found.added), ("removed", found.removed)):
            for record in people:
                side = "new" if what == "added" else "old"
                click.echo(json.dumps({"what": what, side: record.record_id}))
        for one in changed:
            says = [say("persons", lang, f"change.{kind.value}") for kind in one.kinds]
            line = {
                "what": "changed",
                "old": one.old.record_id,
                "new": one.new.record_id,
                "chance": round(one.chance, 4),
            }
            click.echo(json.dumps({**line, "kinds": [k.value for k in one.kinds], "says": says}, ensure_ascii=False))
        for a, b, chance in found.unsure:
            click.echo(
                json.dumps({"what": "unsure", "old": a.record_id, "new": b.record_id, "chance": round(chance, 4)})
            )
        counts = {"added": len(found.added), "removed": len(found.removed), "changed": len(changed)}
        counts |= {"unchanged": len(found.kept) - len(changed), "unsure": len(found.unsure)}
        click.echo(
            json.dumps({**counts, "kinds": kinds, "unnamed": passed.unnamed, "rejected": len(passed.rejections)})
        )
    else:
        click.echo(f"{len(older):,} persons, then {len(newer):,}; {passed.unnamed:,} rows name nobody.")
        click.echo(f"Added {len(found.added):,}, removed {len(found.removed):,}, changed {len(changed):,}.")
        if found.unsure:
            click.echo(
                f"Of those added and removed, {len(found.unsure):,} pairs may be one person: look at them with --json."
            )
        for kind, count in kinds.most_common():
            click.echo(f"  {count:>7,}  {say('persons', lang, f'change.{kind}')}")
    for rejection in passed.rejections:
        click.echo(rejection.reason, err=True)
