"""`marsad evaluate persons`: how well records of victims are linked, against a column that tells who each is."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from marsad.cli.person_options import columns_by_list, columns_option, processes_option, scheme_option, steps
from marsad.cli.refusal import Command
from marsad.evaluate.linkage import PairScore, pair_score
from marsad.link.persons.clusters import Zone
from marsad.pipeline.person_lists import Files, Passed, records_of, truth_in
from marsad.pipeline.persons import link


@click.command(cls=Command, name="persons", short_help="Score the linking of lists of victims.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--truth", "truth", metavar="COLUMN", required=True, help="The column that says who a record is.")
@click.option(
    "--checked", metavar="SCHEME", help="Believe only numbers of that column that pass this scheme's check: ps, il."
)
@columns_option
@scheme_option
@processes_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def persons(
    paths: Sequence[Path],
    truth: str,
    checked: str | None,
    columns: Sequence[str],
    scheme: str,
    processes: int | None,
    as_json: bool,
) -> None:
    """Link lists of victims and score the pairs against what a column of the lists says: an identity number, or the mark
    of who matched them by hand. Identity numbers are hidden from linking unless --column id_number=COLUMN names one.

    \b
    Examples:
      marsad evaluate persons april.csv june.csv --truth id --checked ps --column born=-
      marsad evaluate persons ngo.csv ministry.csv --truth ministry_id

    \b
    With --json, {"records", "unnamed", "scores": {"joined", "sure", "likelier"}}, each {"right", "wrong", "missed",
    "unjudged", "precision", "recall", "f1"}: pairs joined to one person, pairs of zone sure, pairs likelier than not.
    Exit codes: 0 measured, 2 refused.
    """
    told = columns_by_list(columns)
    hidden = {name: {"id_number": "-", "record_id": "-", **own} for name, own in told.items()}
    files = Files(paths, hidden, scheme)
    passed = Passed(0, [])
    linked = link(records_of(files, passed), closed=set(files.names()), processes=processes, told=steps())
    known = truth_in(files, truth, checked)
    there = set(linked.records)
    known = {key: person for key, person in known.items() if key in there}
    chosen = {
        "joined": [one.joined for one in linked.links],
        "sure": [one.zone is Zone.SURE for one in linked.links],
        "likelier": [one.chance >= 0.5 for one in linked.links],
    }
    scores = {
        name: pair_score(
            [
                (linked.records[o.left], linked.records[o.right])
                for o, taken in zip(linked.links, picks, strict=True)
                if taken
            ],
            known,
        )
        for name, picks in chosen.items()
    }
    if as_json:
        told_scores = {name: _object(score) for name, score in scores.items()}
        click.echo(json.dumps({"records": len(linked.records), "unnamed": passed.unnamed, "scores": told_scores}))
        return
    click.echo(
        f"{len(linked.records):,} records, of {len(known):,} it is known who they are; {passed.unnamed:,} rows name nobody."
    )
    for name, score in scores.items():
        shown = [f"{label} {'–' if v is None else f'{v:.3f}'}" for label, v in _shares(score).items()]
        counted = f"{score.right:,} right, {score.wrong:,} wrong, {score.missed:,} missed, {score.unjudged:,} unjudged"
        click.echo(f"{name:<9} {', '.join(shown)}; {counted}")


def _shares(score: PairScore) -> dict[str, float | None]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _object(score: PairScore) -> dict[str, float | None]:
    return {
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
        "unjudged": score.unjudged,
        **_shares(score),
    }
