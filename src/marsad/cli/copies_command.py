"""`marsad copies`: one thing that arrived by several ways."""

import json
from pathlib import Path

import click

from marsad.cli.refusal import Command
from marsad.collect.workers import Workers
from marsad.pipeline.observatory import Observatory
from marsad.pipeline.same_things import Same, same_things

_WAYS = {
    "bytes": "the same bytes",
    "address": "the same address",
    "words": "much the same words",
    "picture": "a picture that looks alike",
}


@click.command(cls=Command, short_help="Tell what arrived by several ways.")
@click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each link.")
def copies(path: Path, as_json: bool) -> None:
    """Tell which reports are or hold one thing: by their bytes, their address, their words, or their pictures.

    Every report stays; a link says what it repeats. Words are compared by the last `marsad run`. Pictures are compared by
    their perceptual hash (PDQ): at most 31 of 256 bits apart.

    \b
    Examples:
      marsad copies obs/
      marsad copies obs/ --json

    \b
    With --json, each line is {"earlier", "later", "way", "apart"}.
    Exit codes: 0 told, 2 refused.
    """
    observatory = Observatory.open(path)
    count = 0
    with (
        observatory.kept(read_only=True) as kept,
        observatory.derived() as derived,
        observatory.collecting() as state,
        Workers(1) as workers,
        kept.read() as reading,
    ):
        for same in same_things(reading, derived, observatory.vault, state, workers):
            count += 1
            click.echo(_line(same, as_json))
    if not as_json:
        click.echo(f"{count:,} links; every report is kept." if count else "Nothing arrived twice.")


def _line(same: Same, as_json: bool) -> str:
    if as_json:
        return json.dumps({"earlier": same.earlier, "later": same.later, "way": same.way, "apart": same.apart})
    apart = f" ({same.apart} of 256 bits apart)" if same.apart else ""
    return f"{same.later}  is or holds what {same.earlier} does: {_WAYS[same.way]}{apart}"
