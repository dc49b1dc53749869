"""`marsad form`, `marsad pull-forms` and `marsad links-sheet`: forms out and submissions in, links out."""

import csv
import io
import os
from collections import Counter
from pathlib import Path

import click

from marsad.cli.clock import now
from marsad.cli.refusal import Command, Refused
from marsad.collect.form_service import submissions
from marsad.collect.mappings import saved
from marsad.collect.particulars import read_particulars
from marsad.collect.web.addresses import Reach
from marsad.collect.web.fetch import Allowance, fetch
from marsad.collect.workbook_written import workbook_bytes
from marsad.collect.xlsform import FORMS, xlsform
from marsad.model import Wrong
from marsad.pipeline.links import links_sheet as sheet_of
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.service import Receipt, WriteService

_TOKEN = "MARSAD_FORMS_TOKEN"  # noqa: S105 - the name of a variable


@click.command(cls=Command, short_help="Write our own form for KoBo or ODK.")
@click.argument("name", type=click.Choice(FORMS))
@click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path))
def form(name: str, out: Path) -> None:
    """Write the form for an incident or for a victim as XLSForm, in English and Arabic.

    Upload it to KoBo or ODK. What comes back (`marsad add obs/ export.csv`, or `marsad pull-forms`) needs no mapping.

    \b
    Example:
      marsad form incident incident.xlsx

    Exit codes: 0 written, 2 refused.
    """
    _write(out, xlsform(name))
    click.echo(f"{out}: the form for one {name}. Next: upload it to KoBo or ODK Central.")


@click.command(cls=Command, short_help="Take in the submissions of a form.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("address")
@click.option("--outlet", required=True, help="Who sends them, such as the name of the team.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="A saved mapping, for a form that is not marsad's own."
)
@click.option(
    "--allow", multiple=True, metavar="IP:PORT", help="A server of your own that may be asked, such as 127.0.0.1:8080."
)
def pull_forms(path: Path, address: str, outlet: str, mapping: Path | None, allow: tuple[str, ...]) -> None:
    """Take in all submissions of a form from the REST service of KoBo or ODK Central, page by page.

    A submission that is known changes nothing; one that was edited there is a new report. The token is taken from the
    variable MARSAD_FORMS_TOKEN, sent to that host alone, and written nowhere.

    \b
    Examples:
      MARSAD_FORMS_TOKEN=… marsad pull-forms obs/ \\
        "https://kobo.example/api/v2/assets/aBc/data/?format=json" --outlet "Field team"

    Exit codes: 0 taken in, 2 nothing could be taken in.
    """
    observatory = Observatory.open(path)
    given = read_particulars({"outlet": outlet, "protected": "true"}, "command line")
    token, reach = os.environ.get(_TOKEN), Reach(frozenset(allow))
    headers = {"Accept": "application/json"} | ({} if not token else {"Authorization": f"Token {token}"})

    def ask(url: str) -> bytes:
        # No redirects: where one led, the token would be sent, too.
        answer = fetch(url, now, reach=reach, allowance=Allowance(redirects=0, size=64 << 20), headers=headers)
        if answer.status != 200:
            remedy = f"set {_TOKEN}" if answer.status in (401, 403) else "look at the address in a browser"
            raise Wrong("form service", address[:200], f"answers {answer.status}", remedy)
        return answer.content

    columns = None if mapping is None else saved(mapping)
    counts: Counter[str] = Counter()
    with observatory.kept() as kept:
        service = WriteService(kept, observatory.vault, os.urandom)
        for answer in service.receive_all(submissions(ask, address, given, columns), now):
            if isinstance(answer, Receipt) and answer.conflict is None:
                counts["new" if answer.new else "known"] += 1
            else:
                counts["refused"] += 1
                click.echo(answer.reason if not isinstance(answer, Receipt) else str(answer.conflict), err=True)
    if not counts["new"] + counts["known"]:
        raise Refused("No submission was taken in.")
    click.echo(f"{counts['new']:,} new, {counts['known']:,} known already, {counts['refused']:,} refused.")


@click.command(cls=Command, short_help="Write the links as the auto-archiver's sheet.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT.csv|.xlsx", type=click.Path(path_type=Path))
def links_sheet(path: Path, out: Path) -> None:
    """Write the addresses of all reports as the sheet that Bellingcat's auto-archiver works through.

    A report that came from such a sheet has its row back as it was; the other links wait in it to be archived. Take the
    sheet in again when the auto-archiver has been through it: marsad add obs/ OUT.csv

    \b
    Example:
      marsad links-sheet obs/ links.csv

    Exit codes: 0 written, 2 refused.
    """
    table = sheet_of(Observatory.open(path))
    if len(table) == 1:
        raise Refused("No report has an address; nothing was written.")
    if out.suffix.lower() == ".xlsx":
        _write(out, workbook_bytes({"Links": table}))
    else:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(table)
        _write(out, text.getvalue().encode())
    click.echo(f"{out}: {len(table) - 1:,} links.")


def _write(out: Path, data: bytes) -> None:
    """Write a new file; one that is there is not written over."""
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError as fault:
        raise Wrong(str(out), None, "exists already", "name a new file") from fault
    except OSError as fault:
        raise Wrong(str(out), None, f"cannot be written: {fault.strerror}", "name another place") from fault
