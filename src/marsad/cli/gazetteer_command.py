"""`marsad gazetteer`: an observatory's own places, beside the gazetteer that marsad ships."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from marsad.cli.clock import now
from marsad.cli.progress import progress
from marsad.cli.refusal import Command
from marsad.model import PlaceList
from marsad.pipeline.gazetteer import Finding, Imported, drop_list, find, import_lists, listed
from marsad.pipeline.observatory import Observatory
from marsad.text.entry import Entry

_TOLD = 10
"""Rejections told one by one, and namesakes shown; more are counted."""

_DIGITS = 12
"""Of a list's hash: enough to name it."""

_observatory = click.argument("path", metavar="OBSERVATORY", type=click.Path(path_type=Path))
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


@click.group(short_help="Bring places of your own.")
def gazetteer() -> None:
    """Look places up in lists of your own, beside the gazetteer that marsad ships: GeoNames dumps, OCHA's p-codes,
    a table of your own.

    \b
    Examples:
      marsad gazetteer import obs/ SY.zip syr_admin.csv camps.csv
      marsad gazetteer list obs/
      marsad gazetteer find obs/ "Kafr Nuran" --country SY
      marsad gazetteer drop obs/ 3fa91c

    Exit codes: 0 done, 2 refused.
    """


@gazetteer.command("import", cls=Command, short_help="Take lists of places in.")
@_observatory
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--country", metavar="CODE", help="Read this country's rows only; the country of rows that name none.")
@_as_json
def import_(path: Path, files: Sequence[Path], country: str | None, as_json: bool) -> None:
    """Take in lists of places. What each is, its columns tell; each may be packed as .zip.

    A GeoNames dump (SY.txt, allCountries.txt), GeoNames' alternateNamesV2, a table of OCHA's administrative boundaries
    (CSV with ADM1_PCODE, ADM1_EN, ADM1_AR … or adm1_pcode, adm1_name …), or a table of your own: name, lat, lon,
    country, and if you like name_ar, kind, aliases (between | signs), admin1, population, precision, id, pcode.

    The files are kept as received. A place that the gazetteer knows already is one place and gains names and a p-code.
    Rows that cannot be used are told on standard error and left out; of several files all are taken in or none. The
    next `marsad run` reads all reports again.

    \b
    Examples:
      marsad gazetteer import obs/ SY.zip
      marsad gazetteer import obs/ allCountries.zip alternateNamesV2.zip --country YE
      marsad gazetteer import obs/ camps.csv

    \b
    With --json, a line a list: {"name", "kind", "sha256", "country", "imported", "known", "new", "passed_over",
    "rejected"}; "imported" is false for a list that was in use already.
    Exit codes: 0 taken in, 2 refused (nothing was changed).
    """
    observatory = Observatory.open(path)
    done = import_lists(observatory, files, country, now(), os.urandom, progress)
    for one in done:
        _tell_rejections(one, as_json)
        if as_json:
            click.echo(_line({**_told(one.part.given, one.part.counts()), "imported": one.new}))
        else:
            click.echo(_sentence(one))
        for older in one.earlier:
            click.echo(
                f"{older.name} {older.evidence[:_DIGITS]} has the same name and stays in use; if it is an older edition: "
                f"marsad gazetteer drop {path} {older.evidence[:_DIGITS]}",
                err=True,
            )
    click.echo(f"Next: marsad run {path}", err=as_json)


@gazetteer.command("list", cls=Command, short_help="Show which lists of places are in use.")
@_observatory
@_as_json
def list_(path: Path, as_json: bool) -> None:
    """Show the lists of places that the observatory uses: what they are, what they brought, since when, and their hash.

    \b
    Example:
      marsad gazetteer list obs/

    \b
    With --json, a line a list: {"name", "kind", "sha256", "country", "recorded_at", "known", "new", "passed_over",
    "rejected"}: places that were known already, new ones, rows that are no places or of another country, and rejections.
    Exit codes: 0 shown, 2 refused.
    """
    found = listed(Observatory.open(path))
    if not found and not as_json:
        click.echo(
            f"No lists: places are looked up in the gazetteer that marsad ships. marsad gazetteer import {path} FILE"
        )
    for given, counts in found:
        if as_json:
            click.echo(_line({**_told(given, counts), "recorded_at": given.recorded_at.isoformat()}))
            continue
        where = given.country or "every country"
        click.echo(
            f"{given.evidence[:_DIGITS]}  {given.recorded_at:%Y-%m-%d}  {given.name} ({given.kind}, {where}): "
            f"{counts['new']:,} new, {counts['known']:,} known, {counts['rejected']:,} rejected"
        )


@gazetteer.command("find", cls=Command, short_help="Show which place a name means.")
@_observatory
@click.argument("name")
@click.option("--country", metavar="CODE", help="As in a report that speaks of this country.")
@_as_json
def find_(path: Path, name: str, country: str | None, as_json: bool) -> None:
    """Show which place a name would mean in a report, why, and which other places have the name; or that none is meant.

    The words may name the kind ("Nuran camp") and the country ("Nuran, Syria"). Without a country a name means a place
    only if it outweighs every namesake.

    \b
    Examples:
      marsad gazetteer find obs/ "Raqqa" --country SY
      marsad gazetteer find obs/ "مخيم اليرموك"

    \b
    With --json, one object: {"words", "found", "because", "candidates"}; found is null or a place, a place is
    {"place_id", "name", "name_ar", "kind", "country", "admin1", "latitude", "longitude", "population", "precision",
    "pcode"}.
    Exit codes: 0 answered, also where no place is meant; 2 refused.
    """
    found = find(Observatory.open(path), name, country)
    if as_json:
        chosen = found.answer.entry
        place = None if chosen is None else {**_place(chosen, found), "precision": found.answer.place.precision}
        namesakes = [_place(entry, found) for entry in found.candidates]
        click.echo(_line({"words": name, "found": place, "because": found.because, "candidates": namesakes}))
        return
    chosen = found.answer.entry
    head = "not found" if chosen is None else f"{_shown(chosen, found)}, where_prec {found.answer.place.precision}"
    click.echo(f"{name}: {head}\n  because {found.because}")
    others = [entry for entry in found.candidates if entry != chosen]
    for entry in others[:_TOLD]:
        click.echo(f"  not {_shown(entry, found)}")
    if len(others) > _TOLD:
        click.echo(f"  and {len(others) - _TOLD:,} more")


@gazetteer.command("drop", cls=Command, short_help="Use a list of places no longer.")
@_observatory
@click.argument("begins", metavar="HASH")
def drop(path: Path, begins: str) -> None:
    """Use a list of places no longer. Its bytes, and that it was used, stay kept; importing it again puts it back.

    \b
    Example:
      marsad gazetteer drop obs/ 3fa91c

    Exit codes: 0 done, 2 refused.
    """
    for gone in drop_list(Observatory.open(path), begins, now(), os.urandom):
        click.echo(f"{gone.name}: used no longer. Next: marsad run {path}")


def _tell_rejections(one: Imported, as_json: bool) -> None:
    rejections = one.part.rejections
    for rejection in rejections if as_json else rejections[:_TOLD]:
        click.echo(rejection.reason, err=True)
    if len(rejections) > _TOLD and not as_json:
        click.echo(f"… and {len(rejections) - _TOLD:,} more (all of them with --json)", err=True)


def _sentence(one: Imported) -> str:
    part, given = one.part, one.part.given
    seen = "" if one.new else "in use already; "
    passed = f", {part.passed_over:,} rows passed over" if part.passed_over else ""
    return (
        f"{given.name} ({given.kind}, {given.evidence[:_DIGITS]}): {seen}{part.laid.new:,} new places, "
        f"{part.laid.known:,} known{passed}, {len(part.rejections):,} rejected."
    )


def _told(given: PlaceList, counts: Any) -> dict[str, object]:
    names = ("known", "new", "passed_over", "rejected")
    about = {"name": given.name, "kind": given.kind.value, "sha256": given.evidence, "country": given.country}
    return {**about, **{name: counts[name] for name in names}}


def _place(entry: Entry, found: Finding) -> dict[str, object]:
    names: Iterable[str] = ("place_id", "name", "name_ar", "kind", "country", "admin1", "latitude", "longitude")
    told = {name: getattr(entry, name) for name in (*names, "population", "precision")}
    return {**told, "pcode": found.pcodes.get(entry.place_id)}


def _shown(entry: Entry, found: Finding) -> str:
    arabic = f" ({entry.name_ar})" if entry.name_ar else ""
    where = f"{entry.admin1}, {entry.country}" if entry.admin1 else entry.country
    pcode = found.pcodes.get(entry.place_id)
    ids = f"{entry.place_id}, {pcode}" if pcode and pcode not in entry.place_id else entry.place_id
    people = f", {entry.population:,} people" if entry.population else ""
    return f"{entry.name}{arabic}, {entry.kind} in {where}, at {entry.latitude}, {entry.longitude}{people} [{ids}]"


def _line(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False)
