"""What tests of collecting ask of claims: the reports of a file, and what their cells say."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from marsad.collect.files import gather
from marsad.collect.how import PLAIN, How
from marsad.collect.incoming import Found, Incoming
from marsad.collect.particulars import Particulars
from marsad.collect.text_of import kind_of, text_of
from marsad.extract.stage import RulesReader
from marsad.model import Claim, ReportId, Text
from marsad.pipeline.assets import gazetteer_path
from marsad.stage import Rejection
from marsad.text.gazetteer import Gazetteer


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that marsad ships."""
    return Gazetteer.open(gazetteer_path())


def found_in(folder: Path, name: str, data: bytes, how: How = PLAIN, **given: str) -> list[Found]:
    """Return what a file with these bytes yields."""
    path = folder / name
    path.write_bytes(data)
    return list(gather(path, Particulars(**given), how=how))  # type: ignore[arg-type]


def reports(found: Iterable[Found]) -> list[Incoming]:
    """Return the reports, having made sure that nothing was refused."""
    every = list(found)
    assert not [item.reason for item in every if isinstance(item, Rejection)]
    return [item for item in every if isinstance(item, Incoming)]


def words(item: Incoming) -> str:
    """Return the text of a report."""
    return text_of(item.data)[0]


def head(item: Incoming) -> dict[str, str]:
    """Return the front matter of a report."""
    return dict(text_of(item.data)[1])


def said(item: Incoming) -> list[Claim | Rejection]:
    """Return the claims of a report, and what of it could not be read."""
    text, fields = text_of(item.data)
    report = Text(ReportId("r"), text, item.published, item.outlet, item.lang, kind_of(fields))
    return list(RulesReader(gazetteer()).read(report))


def claims(item: Incoming) -> list[Claim]:
    """Return the claims of a report, each having been made sure to quote what stands where it says."""
    every = [claim for claim in said(item) if isinstance(claim, Claim)]
    text = words(item)
    assert all(text[c.start : c.end] == c.text for c in every)
    return every


def numbers(item: Incoming) -> dict[str, tuple[int | None, int | None, int | None]]:
    """Return value, low and high of each claim by the first words of its line: the field that it is of."""
    return {c.text.split(" ")[0]: (c.value, c.low, c.high) for c in claims(item)}
