"""`marsad link-persons`: which records of lists of victims are one person."""

import json
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
from marsad.cli.spark_options import spark_options, spark_settings
from marsad.link.persons.clusters import Zone
from marsad.model import Wrong
from marsad.pipeline.large_engines import ENGINES, Asked, run_engine
from marsad.pipeline.person_lists import (
    Files,
    Passed,
    decisions_in,
    known_in,
    link_rows,
    person_rows,
    questions,
    records_of,
    write_rows,
)
from marsad.pipeline.persons import link

_LINK = ("a_list", "a_record", "b_list", "b_record", "chance", "zone", "joined", "conflicts", "reasons")


@click.command("link-persons", cls=Command, short_help="Find who stands on several lists of victims.")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@columns_option
@click.option(
    "--repeats", metavar="LIST", multiple=True, help="A list that may name a person twice; of one FILE it is assumed."
)
@decisions_option
@click.option(
    "--known", type=click.Path(path_type=Path), help="persons.csv of an earlier linkage; persons keep their ids."
)
@click.option("--out", type=click.Path(path_type=Path), help="A folder for links.csv and persons.csv.")
@click.option(
    "--draws",
    type=click.IntRange(0, 1000),
    default=0,
    show_default=True,
    help="Further plausible linkages in persons.csv.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="What the draws begin with.")
@click.option(
    "--ask",
    type=click.IntRange(0, 10_000),
    default=0,
    show_default=True,
    help="Pairs for people to decide about, in questions.csv.",
)
@lang_option
@scheme_option
@processes_option
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="What weighs pairs.")
@spark_options
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each link, and one with the counts.")
def link_persons(
    paths: Sequence[Path],
    columns: Sequence[str],
    repeats: Sequence[str],
    decisions: Path | None,
    known: Path | None,
    out: Path | None,
    draws: int,
    seed: int,
    ask: int,
    lang: str,
    scheme: str,
    processes: int | None,
    engine: str,
    master: str | None,
    shuffles: int | None,
    conf: tuple[str, ...],
    as_json: bool,
) -> None:
    """Find which records of lists of victims are one person: by name in Arabic or Latin script, sex, age, days, place and
    identity numbers whose check digit is right. Lists are tables (.csv, .tsv) or JSON lines; each is named by its file.

    Every link has a chance and is sure, unsure (for people to decide) or refused; what people decided always holds.
    persons.csv gives each record its person. Rows that name nobody (مجهول) are left out. Names are in none of the files.
    Needs Splink: pip install 'marsad[persons]'.

    \b
    Examples:
      marsad link-persons ministry.csv ngo.csv --out linked/
      marsad link-persons ministry.csv ngo.csv --column ngo:name=victim --column ministry:id_number=- --json
      marsad link-persons ministry.csv ngo.csv --out linked/ --ask 60
      marsad link-persons ministry.csv ngo.csv --out linked/ --engine spark --master 'local[2]'
      marsad link-persons ministry.csv ngo.csv --out linked/ --decisions linked/questions.csv --known linked/persons.csv

    \b
    With --json, a line a link: {"a_list", "a_record", "b_list", "b_record", "chance", "zone", "joined", "conflicts",
    "reasons"}, and at the end {"records", "persons", "links": {zone: count}, "unnamed", "rejected"}.
    Exit codes: 0 linked, 2 refused.
    """
    files = Files(paths, columns_by_list(columns), scheme)
    names = files.names()
    for name in repeats:
        if name not in names:
            raise Wrong("--repeats", name, "is none of the lists", f"they are {', '.join(names)}")
    closed = set(names) - set(repeats) if len(names) > 1 else set()
    passed = Passed(0, [])
    asked = Asked(engine, processes, master=master, shuffles=shuffles, settings=spark_settings(engine, master, conf))
    with run_engine(asked) as chosen:
        linked = link(
            records_of(files, passed),
            closed=closed,
            decisions=decisions_in(decisions) if decisions else (),
            known=known_in(known) if known else None,
            draws=draws,
            seed=seed,
            engine=chosen,
            told=steps(),
        )
    counts = {zone.value: sum(one.zone is zone for one in linked.links) for zone in Zone}
    persons = len(set(linked.persons))
    if as_json:
        for row in link_rows(linked, lang):
            click.echo(json.dumps(row, ensure_ascii=False))
        told = {"records": len(linked.records), "persons": persons, "links": counts}
        click.echo(json.dumps({**told, "unnamed": passed.unnamed, "rejected": len(passed.rejections)}))
    else:
        click.echo(f"{len(linked.records):,} records, {persons:,} persons; {passed.unnamed:,} rows name nobody.")
        click.echo(f"Links: {counts['sure']:,} sure, {counts['unsure']:,} unsure, {counts['refused']:,} refused.")
    for rejection in passed.rejections:
        click.echo(rejection.reason, err=True)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        write_rows(out / "links.csv", link_rows(linked, lang), _LINK)
        write_rows(
            out / "persons.csv",
            person_rows(linked),
            ("list", "record", "person", *(f"draw_{n}" for n in range(1, draws + 1))),
        )
        if ask:
            write_rows(out / "questions.csv", questions(linked, ask, lang), (*_LINK, "decision"))
        click.echo(f"Written: {out}", err=as_json)
