"""`marsad estimate`: how many were not recorded, from who is on which list."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import Wrong

if TYPE_CHECKING:
    from marsad.estimate import Result
    from marsad.pipeline.estimating import Estimated


@click.command(cls=Command, short_help="Estimate how many were not recorded.")
@click.argument("path", metavar="TABLE|FOLDER", type=click.Path(path_type=Path))
@click.option("--by", default="", metavar="COLUMN,…", help="Columns that name strata, say month,admin1.")
@click.option("--about", type=click.Path(path_type=Path), help="A table with `person` and the columns of --by.")
@click.option("--out", type=click.Path(path_type=Path), help="A folder for report.html, estimates.csv and the cache.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="What random draws begin with.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option(
    "--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="Language of the report."
)
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each estimate.")
def estimate(
    path: Path, by: str, about: Path | None, out: Path | None, seed: int, workers: int, lang: str, as_json: bool
) -> None:
    """Estimate how many persons were killed, recorded or not, from who is on which of several lists. Lists are origins:
    lists that copy from each other are one. Several methods are asked; a number is printed only where they agree, else
    it is refused and says why.

    TABLE is .csv or .tsv: a column of 0 and 1 for each list and `count`; or the same, a row a person; or `pattern` and
    `count`; or `person` and `list`, a row a victim record, as `marsad link-persons` writes (its draws are taken as
    further linkages). FOLDER is where that was written. Strata too thin are joined before anything is estimated:
    months into quarters and years, then columns dropped from the last on.

    With --out, each stratum is kept when it is done: a run that was broken off goes on where it was.
    Needs: pip install 'marsad[estimate]'.

    \b
    Examples:
      marsad estimate kosovo.csv
      marsad estimate deaths.csv --by month,admin1 --out estimates/ --workers 4
      marsad estimate linked/ --about persons-about.csv --by month --json

    \b
    With --json, a line a stratum and a last one for everything ("whole": true): {"whole", "stratum", "method",
    "status", "n", "point", "low", "high", "level", "headline", "cautions"}; point and ends are null where refused.
    Exit codes: 0 estimated or refused to, with the reason; 2 the input cannot be used.
    """
    try:
        from marsad.pipeline.estimating import estimated
    except ImportError as absent:
        raise Wrong("estimate", None, f"needs a part that is not installed ({absent.name})",
                    'pip install "marsad[estimate]"') from absent  # fmt: skip
    columns = [name.strip() for name in by.split(",") if name.strip()]
    with _told() as told:
        found = estimated(path, by=columns, about=about, seed=seed, cache=None if out is None else out / "cache",
                          workers=workers, told=told)  # fmt: skip
    if as_json:
        for head, _ in found.strata if columns else ():
            click.echo(json.dumps(_row(head, whole=False), ensure_ascii=False))
        click.echo(json.dumps(_row(found.whole, whole=True), ensure_ascii=False))
    else:
        _show(found, columns)
    if out is not None:
        _write(found, out, columns, lang)
        click.echo(f"Written: {out}", err=as_json)


@contextmanager
def _told() -> Iterator[Callable[[int, int], None]]:
    """Give what counts strata done, in a bar on standard error where they take long."""
    with progress("Estimating", None) as bar:
        count = 0

        def told(done: int, _of: int) -> None:
            nonlocal count
            for _ in range(done - count):
                bar()
            count = max(count, done)

        yield told


def _row(result: "Result", *, whole: bool) -> dict[str, object]:
    head = result.headline or (None, None, None)
    return {"whole": whole, "stratum": dict(result.stratum), "method": result.method, "status": str(result.status), "n": result.n,
            "point": head[1], "low": head[0], "high": head[2], "level": result.level, "headline": result.headline is not None,
            "cautions": [{"code": str(c.code), "severity": str(c.severity), "says": c.says, "evidence": dict(c.evidence)}
                         for c in result.cautions]}  # fmt: skip


def _show(found: "Estimated", by: list[str]) -> None:
    if by:
        console = Console(file=sys.stdout)
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for name in ("stratum", "documented", "estimated", "95% interval", "status"):
            table.add_column(name, justify="right" if name in ("documented", "estimated", "95% interval") else "left")
        for head, _ in found.strata:
            quoted = head.headline
            point, ends = ("–", "–") if quoted is None else (f"{quoted[1]:,.0f}", f"{quoted[0]:,.0f}–{quoted[2]:,.0f}")
            table.add_row(" ".join(head.stratum.values()) or "everything", f"{head.n:,}", point, ends, str(head.status))
        for thin in found.without:
            table.add_row(" ".join(thin.stratum.values()) or "everything", f"{thin.n:,}", "–", "–", "too thin")
        console.print(table)
        for line in found.joined:
            click.echo(f"Joined: {line}")
    click.echo(found.whole.summary())
    if not by and found.strata:
        for one in found.strata[0][1]:
            quoted = one.headline
            said = str(one.status) if quoted is None else f"{quoted[1]:,.0f} ({quoted[0]:,.0f}–{quoted[2]:,.0f})"
            click.echo(f"  {one.method}: {said}")


def _write(found: "Estimated", out: Path, by: list[str], lang: str) -> None:
    from pyarrow import csv

    from marsad.estimate import to_arrow
    from marsad.estimate.report import report

    out.mkdir(parents=True, exist_ok=True)
    every = [one for head, methods in found.strata for one in (head, *methods)]
    csv.write_csv(to_arrow([*every, found.whole] if by else every), out / "estimates.csv")
    methods = () if by or not found.strata else found.strata[0][1]
    strata = [head for head, _ in found.strata] if by else []
    page = report(found.whole, methods, found.table, strata, found.joined, lang)
    (out / "report.html").write_text(page, "utf-8")
