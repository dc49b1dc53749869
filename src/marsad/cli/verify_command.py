"""`marsad verify`: is everything what it was?"""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import Wrong
from marsad.pipeline.assets import SETTINGS
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.verify import Difference, verify_observatory
from marsad.pipeline.witness import NOTHING_KNOWN, known_of

SUMS = "SHA256SUMS"
"""The file by which a published folder is known."""


@click.command(cls=Command, short_help="Check that everything is what it was.")
@click.argument("path", metavar="OBSERVATORY|PUBLISHED", type=click.Path(path_type=Path))
@click.option(
    "--observatory", type=click.Path(path_type=Path), help="Work published figures out anew from this observatory, too."
)
@click.option(
    "--known", metavar="SIZE:ROOT|FILE", help="What you know of the ledger from elsewhere: a root, a witness."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each difference.")
def verify(path: Path, observatory: Path | None, known: str | None, as_json: bool) -> None:
    """Check an observatory, or a published folder, and say exactly what differs.

    In an observatory: every piece of evidence against its SHA-256, everything kept against the ledger, the ledger
    against what releases and tokens of trusted time recorded of it, sealed sources, the database files against what
    marsad makes, and claims, incidents and tolls against what follows from the reports and decisions they were made
    from. In a published folder: every file against its checksum, and pages and tables against the record. Nothing is
    changed.

    Whoever owns an observatory can rewrite its ledger as a whole. --known finds that: give it a root you noted
    (SIZE:ROOT, as `marsad witness` prints it) or the file of a witness, which names the first entry that differs.

    \b
    Examples:
      marsad verify obs/
      marsad verify record/ --json
      marsad verify record/ --observatory obs/
      marsad verify obs/ --known partner.witness

    \b
    With --json, each line is {"subject", "found", "expected", "remedy", "harmless"}.
    Exit codes: 0 nothing differs, or only harmless leftovers; 1 something differs; 2 there is nothing to check.
    """
    found = _differences(path, observatory, known)
    for difference in found:
        click.echo(json.dumps(asdict(difference), ensure_ascii=False) if as_json else str(difference))
    serious = [difference for difference in found if not difference.harmless]
    click.echo(f"{path}: {len(serious):,} differences." if serious else f"{path}: nothing differs.", err=as_json)
    if serious:
        raise click.exceptions.Exit(1)


def _differences(path: Path, observatory: Path | None, known: str | None) -> list[Difference]:
    if (path / SETTINGS).exists():
        from marsad.pipeline.again import rederived

        told = NOTHING_KNOWN if known is None else known_of(known)
        return verify_observatory(path, partial(rederived, Observatory.open(path)), progress, known=told)
    if (path / SUMS).exists():
        from marsad.pipeline.publish import verify_published

        return [Difference(**asdict(difference)) for difference in verify_published(path, observatory)]
    remedy = "name a folder that `marsad init` or `marsad publish` made"
    raise Wrong(str(path), None, f"is neither an observatory ({SETTINGS}) nor published ({SUMS})", remedy)
