"""`marsad move`, `marsad roles`: a team's store on a server that all of them share."""

from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.pipeline.moving import move_to_files, move_to_server
from marsad.pipeline.observatory import Observatory
from marsad.store.places import Server, server


@click.command(cls=Command, short_help="Move the stores to a server, or back.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("target", metavar="URL|here")
def move(path: Path, target: str) -> None:
    """Move what an observatory keeps and derives onto a PostgreSQL server that a team shares, or back into its folder
    (here). Settings, evidence and channels stay in the folder. docs/teams.md goes through it step by step.

    Nobody can add anything meanwhile. Every row is compared, and the ledger's root worked out anew, before the settings
    name the new place. Killed before that, everything is as it was: give the same command again.

    \b
    Examples:
      marsad move obs/ postgresql://anna@db.example/obs
      marsad move obs/ here

    Exit codes: 0 moved, 2 refused (nothing was changed).
    """
    observatory = Observatory.open(path)
    if target == "here":
        made = move_to_files(observatory, now(), progress)
        click.echo(f"{path}: {made.rows:,} rows moved into the folder; the root is the same:")
        said = f"On the server the old schemas are called {made.left}; drop them when you need them no longer."
    else:
        made = move_to_server(observatory, server(target, "URL"), now(), progress)
        click.echo(f"{path}: {made.rows:,} rows moved to the server; the root is the same:")
        give_rights(server(target, "URL"))
        said = f"The old files lie in {made.left}; remove that folder when you need it no longer."
    click.echo(f"{made.size}:{made.root}")
    click.echo(said)


def give_rights(store: Server) -> bool:
    """Give the roles their rights; say on standard error which could not be made, and return whether there was none."""
    from marsad.store import postgres_stores

    missing = postgres_stores.rights(store)
    for name in missing:
        said = f'{name} is missing: let an administrator run CREATE ROLE "{name}", then run `marsad roles` on the observatory.'
        click.echo(said, err=True)
    return not missing


@click.command(cls=Command, short_help="Give the roles on the server their rights.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
def roles(path: Path) -> None:
    """Make the roles of a team's store on its server where they are missing, and give each exactly its rights: ingest takes
    reports in and derives; review decides, restricts and opens sources; publish releases; audit reads. None of them can
    change or remove what is kept. A person's login is made a member of one or several (docs/teams.md).

    \b
    Example:
      marsad roles obs/

    Exit codes: 0 done, 1 some roles could not be made, 2 refused.
    """
    store = Observatory.open(path).store
    if store is None:
        raise Wrong(str(path), None, "has its stores in its folder, where nobody has a role", "see docs/teams.md")
    if not give_rights(store):
        raise click.exceptions.Exit(1)
    click.echo(f"{store}: the roles {store.database}_ingest, _review, _publish and _audit have their rights.")


@click.command(cls=Command, short_help="Bring the stores to this version's shape.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option(
    "--to", type=int, metavar="VERSION", help="Go to this version of what is kept; back, if it is an older one."
)
def migrate(path: Path, to: int | None) -> None:
    """Bring what an older marsad kept to the shape that this one knows, in files or on a server; or, with --to, back, for an
    older marsad to open it. No row is lost: where one would have no place in the older shape, nothing is changed. What is
    derived is made anew by the next run. Make a backup first.

    \b
    Examples:
      marsad migrate obs/
      marsad migrate obs/ --to 3

    Exit codes: 0 done, 2 refused (nothing was changed).
    """
    from marsad.pipeline.migrating import migrate as bring

    for said in bring(Observatory.open(path), to):
        click.echo(said)


@click.command(cls=Command, short_help="Show a report to one circle alone.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("report")
@click.option("--circle", required=True, metavar="NAME", help="Who may see it, such as safety; * for everybody again.")
@click.option("--reason", required=True, help="Why: what makes it dangerous, without a word of it.")
@click.option("--actor", required=True, help="Who decides it: a pseudonym.")
def restrict(path: Path, report: str, circle: str, reason: str, actor: str) -> None:
    """Restrict a report to a circle of people, in the ledger, with a reason. On a team's server the report, the decisions on
    it, and what was read out of it, are from then on not there for anybody whose login is not in that circle
    (docs/teams.md); in a folder, whoever reads the folder reads the report.

    \b
    Example:
      marsad restrict obs/ 3f1c… --circle safety --reason "names a child" --actor reader-1

    Exit codes: 0 kept, 2 refused.
    """
    import os

    from marsad.model import ReportId
    from marsad.pipeline.restricting import restrict as keep

    with Observatory.open(path).kept() as kept:
        made = keep(kept, ReportId(report), circle, actor, reason, now(), os.urandom)
    click.echo(f"report {made.report_id}, version {made.version}: for {'everybody' if circle == '*' else made.circle}")
