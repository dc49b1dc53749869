"""The formats of others in which a release is offered: each a table and its codebook, made from one description."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from marsad.publish.formats.acled import acled_rows
from marsad.publish.formats.airwars import airwars_rows
from marsad.publish.formats.cells import Value
from marsad.publish.formats.described import Loss, codebook, format_named, table_bytes
from marsad.publish.formats.hxl import hxl_rows
from marsad.publish.formats.ibc import ibc_rows
from marsad.publish.formats.ucdp import ucdp_rows
from marsad.publish.public import PublicRelease

Rows = list[dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Export:
    """The format of that name, and what makes its rows of a release: they, and a count of what they leave out."""

    name: str
    rows: Callable[[PublicRelease], tuple[Rows, list[Loss]]]


EXPORTS: Mapping[str, Export] = {
    export.name: export
    for export in (
        Export("ucdp-ged", ucdp_rows),
        Export("acled", acled_rows),
        Export("hxl", hxl_rows),
        Export("airwars", airwars_rows),
        Export("ibc", ibc_rows),
    )
}
"""Every format by its name."""


def exported(release: PublicRelease) -> Iterator[tuple[str, bytes]]:
    """Yield the file and the codebook of every format, by their paths in the release."""
    for export in EXPORTS.values():
        form = format_named(export.name)
        rows, lost = export.rows(release)
        yield form.path, table_bytes(form, rows)
        yield form.codebook_path, codebook(form, lost)
