"""`marsad desk`: the private desk where a team decides."""

from dataclasses import replace
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.refusal import Command
from marsad.model import Wrong


@click.command(cls=Command, short_help="Open the desk where a team decides.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8081, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which others ask for it: desk.example.")
@click.option("--https", is_flag=True, help="It stands behind TLS: cookies go nowhere else.")
@click.option("--read-only", "read_only", is_flag=True, help="Everything can be looked at, nothing decided.")
@click.option("--closed", is_flag=True, help="Nobody sees anything; an admin may sign in.")
@click.option("--add-admin", metavar="NAME", help="Make an account that may do everything, and print its link.")
@click.option("--new-password", metavar="NAME", help="Print a link by which this account gets a new password.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that answer: one a processor.",
)
@click.option("--password-only", is_flag=True, help="Ask for no second factor: for trying out.")
def desk(
    path: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    https: bool,
    read_only: bool,
    closed: bool,
    add_admin: str | None,
    new_password: str | None,
    password_only: bool,
    workers: int,
) -> None:
    """Open the private desk of an observatory in a browser on this machine, until Ctrl-C.

    The first time, --add-admin makes an account and prints a link that works once, within an hour: it asks for a
    password. From the second hour on everybody needs a second factor.

    \b
    Examples:
      marsad desk obs/ --add-admin Amal
      marsad desk obs/
      marsad desk obs/ --read-only
      marsad desk obs/ --host 0.0.0.0 --name desk.example --https
      marsad desk obs/ --workers 4

    Exit codes: 0 stopped, 2 refused.
    """
    from marsad.desk.serve import first_account, link_of, listening, renewed, serve
    from marsad.desk.settings import DeskSettings, Mode
    from marsad.desk.workers import serve_many

    if read_only and closed:
        raise Wrong("--read-only", None, "and --closed exclude each other", "give one of them")
    mode = Mode.READ_ONLY if read_only else Mode.CLOSED if closed else Mode.OPEN
    settings = DeskSettings(now, hosts=names, https=https, mode=mode, second_factor=not password_only)
    secret = None
    with listening(host, port) as socket:
        if add_admin is not None:
            secret = first_account(path, add_admin, settings)
        elif new_password is not None:
            secret = renewed(path, new_password, settings)
        address = link_of(socket, replace(settings))
        click.echo(f"{address}/   (Ctrl-C stops it)")
        if secret is not None:
            click.echo(f"Open this within an hour, once: {address}/welcome?token={secret}")
        if workers > 1:
            serve_many(path, settings, socket, workers)
        else:
            serve(path, settings, socket)
    click.echo("Stopped.")
