"""HXL, Airwars and Iraq Body Count: their columns, their rules, and every figure read back by our own readers."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import cases
import pytest
from made import release_of
from many_incidents import many
from read_back import read_back
from tables import but, dicts_of, figure, rows_of

from marsad.collect.hxl import is_hxl
from marsad.publish.checks.fault import Fault
from marsad.publish.checks.hxl import hxl_faults
from marsad.publish.checks.ranges import airwars_faults, ibc_faults
from marsad.publish.formats.described import codebook, format_named, table_bytes
from marsad.publish.formats.exports import EXPORTS
from marsad.publish.public import PublicFigure, PublicRelease

FEW = 100
RELEASE = many(FEW)
CHECKS: dict[str, Callable[[Iterator[Sequence[str]]], Iterator[Fault]]] = {
    "hxl": hxl_faults,
    "airwars": airwars_faults,
    "ibc": ibc_faults,
}
SIZES = [FEW, pytest.param(10_000, marks=pytest.mark.soak)]


def written(name: str, release: PublicRelease = RELEASE) -> bytes:
    """Return the file of that format."""
    return table_bytes(format_named(name), EXPORTS[name].rows(release)[0])


FILES = {name: written(name) for name in CHECKS}


def ends(found: PublicFigure | None) -> tuple[int | None, int | None, int | None] | None:
    """Return value, low and high as a reader has them of best, least and most; None where nobody told."""
    if found is None:
        return None
    low, best, high = found.low, found.best, found.high
    value = low if low == high or (best is None and high is None) else best
    return value, low, high


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_what_is_written_breaks_no_rule(name: str, n: int) -> None:
    """Every row of every release."""
    data = FILES[name] if n == FEW else written(name, many(n))
    assert list(CHECKS[name](iter(rows_of(data)))) == []


def test_hashtags_stand_under_the_header() -> None:
    """In the second row, one for each column, those that OCHA uses among them."""
    header, tags = rows_of(FILES["hxl"])[:2]
    assert is_hxl(tags)
    assert len(set(tags)) == len(header)
    told = dict(zip(header, tags, strict=True))
    assert (told["date_start"], told["date_end"], told["killed"]) == ("#date+start", "#date+end", "#affected+killed")
    assert (told["admin1"], told["place"], told["latitude"], told["source"]) == (
        "#adm1+name",
        "#loc+name",
        "#geo+lat",
        "#meta+source",
    )


@pytest.mark.parametrize("n", SIZES)
def test_hxl_read_back_has_the_same_figures(n: int) -> None:
    """Best, least and most of the killed, civilians, children and the injured, under the policy that the row names."""
    release = RELEASE if n == FEW else many(n)
    data = written("hxl", release)
    rows = dicts_of(data)[1:]
    found = list(read_back(data))
    told = {incident.code: incident for incident in release.incidents}
    assert len(rows) == n
    by_code = {row.cells["incident"]: row for row in found}
    for row in rows:
        incident = told[next(code for code in (row["incident"],))]  # type: ignore[index]
        for what in ("killed", "killed_civilians", "killed_combatants", "killed_children", "injured"):
            measure, _, category = what.partition("_")
            wanted = ends(figure(incident, row["policy"], measure, category or "total"))
            read = by_code.get(row["incident"])
            assert (None if read is None else read.ends(what)) == wanted, (row["incident"], what)


@pytest.mark.parametrize("n", SIZES)
def test_airwars_read_back_has_the_same_ranges(n: int) -> None:
    """Least and most; a range of nobody is taken for silence, and counted as such."""
    release = RELEASE if n == FEW else many(n)
    data = written("airwars", release)
    told = {str(incident.code): incident for incident in release.incidents}
    read = list(read_back(data))
    zeros = 0
    for row in read:
        for what, (measure, category) in {
            "killed_civilians": ("killed", "civilians"),
            "killed_children": ("killed", "children"),
            "killed_combatants": ("killed", "combatants"),
        }.items():
            found = figure(told[row.cells["unique_reference_code"]], "airwars", measure, category)
            zero = found is not None and found.low == 0 and found.high in (0, None)
            zeros += zero
            wanted = None if found is None or zero else (found.low, found.high)
            had = row.ends(what)
            assert (None if had is None else had[1:]) == wanted
    lost = EXPORTS["airwars"].rows(release)[1]
    assert len(read) > n // 2
    assert sum(loss.count for loss in lost if loss.key == "zero") == zeros


@pytest.mark.parametrize("n", SIZES)
def test_ibc_read_back_has_the_same_minima_and_maxima(n: int) -> None:
    """Civilians killed, in whichever country it was."""
    release = RELEASE if n == FEW else many(n)
    told = {str(incident.code): incident for incident in release.incidents}
    seen = 0
    for row in read_back(written("ibc", release)):
        incident = told[row.cells["record"]]
        found = figure(incident, "airwars", "killed", "civilians")
        assert found is not None
        high = found.low if found.high is None else found.high
        claim = row.claims["killed_civilians"]
        assert (claim.low, claim.high) == (found.low, high)
        assert claim.place is not None
        assert incident.place is not None
        assert claim.place.country in (incident.place.country, None)
        seen += 1
    left_out = sum(
        loss.count
        for loss in EXPORTS["ibc"].rows(release)[1]
        if loss.which == "incidents" and loss.key != "other_policy"
    )
    assert seen == n - left_out > n // 3


def test_the_raid_on_raqqa_in_each() -> None:
    """48 to 120 civilians; best 95 of 63 to 209; likely, by several origins; not of a single source."""
    release = release_of([cases.raqqa()])
    hxl = dicts_of(written("hxl", release))[1]
    assert [hxl[name] for name in ("killed_min", "killed", "killed_max")] == ["63", "95", "209"]
    airwars = dicts_of(written("airwars", release))[0]
    assert [airwars[f"civilian_non_combatants_killed_{end}"] for end in ("min", "max")] == ["48", "120"]
    assert (airwars["strike_status"], airwars["civilian_harm_status"]) == ("Likely strike", "Fair")
    ibc = dicts_of(written("ibc", release))[0]
    assert [ibc["reported_minimum"], ibc["reported_maximum"], ibc["single_source"]] == ["48", "120", "no"]
    assert all("Abu Salim" not in written(name, release).decode() for name in CHECKS)


_CIVILIANS = "civilian_non_combatants_killed"
WRONG = [
    ("hxl", {"killed_min": "500", "killed": "3", "killed_max": "4"}, "#affected+killed+min"),
    ("hxl", {"killed": "dozens"}, "#affected+killed"),
    ("hxl", {"date_start": "November"}, "#date+start"),
    ("hxl", {"latitude": "north"}, "#geo+lat"),
    ("hxl", {"longitude": "1000"}, "#geo+lon"),
    ("hxl", {"country_code": "Syria"}, "#country+code+iso2"),
    ("hxl", {"place": "=1+1"}, "#loc+name"),
    (
        "airwars",
        {f"{_CIVILIANS}_min": "9", f"{_CIVILIANS}_max": "4"},
        f"{_CIVILIANS}_min",
    ),
    ("airwars", {"children_killed_min": "", "children_killed_max": "4"}, "children_killed_min"),
    ("airwars", {"civilian_harm_status": "Good"}, "civilian_harm_status"),
    ("airwars", {"civilian_harm_status": "Confirmed", "strike_status": "Likely strike"}, "strike_status"),
    ("airwars", {"unique_reference_code": ""}, "unique_reference_code"),
    ("airwars", {"geolocation_accuracy": "here"}, "geolocation_accuracy"),
    ("airwars", {"longitude": "", "latitude": "35.9"}, "latitude"),
    ("ibc", {"reported_minimum": "9", "reported_maximum": "4"}, "reported_minimum"),
    ("ibc", {"reported_maximum": "0", "reported_minimum": "0"}, "reported_maximum"),
    ("ibc", {"ibc_code": "q1"}, "ibc_code"),
    ("ibc", {"end_date": "1999-01-01"}, "end_date"),
    ("ibc", {"single_source": "maybe"}, "single_source"),
]


@pytest.mark.parametrize(("name", "change", "column"), WRONG)
def test_each_violation_is_found_where_it_stands(name: str, change: dict[str, str], column: str) -> None:
    """One cell put wrong: a fault in that row and column."""
    faults = list(CHECKS[name](iter(but(rows_of(FILES[name]), 7, change))))
    assert column in {fault.column for fault in faults}, faults
    assert {fault.row for fault in faults} == {7}


def test_a_table_of_somebody_elses_is_checked_by_its_hashtags() -> None:
    """Any columns, a title above, hashtags alone; without hashtags it is no HXL."""
    theirs = (
        "A title,,\nOrt,Tote,Davon Frauen\n#adm1 +name,#affected+killed,#affected +killed +f\nRaqqa,95,13\nIdlib,x,-2\n"
    )
    rows = list(csv.reader(io.StringIO(theirs)))
    assert [(f.row, f.column) for f in hxl_faults(iter(rows))] == [(5, "#affected+killed"), (5, "#affected+killed+f")]
    assert "no row of hashtags" in str(next(hxl_faults(iter(rows[:2]))))


def test_what_cannot_be_held_is_counted() -> None:
    """HXL holds every category it has a column for; airwars no best figure; both name what they leave out."""
    for name in CHECKS:
        rows = dicts_of(codebook(format_named(name), EXPORTS[name].rows(RELEASE)[1]))
        assert [row["column"] for row in rows if row["column"]] == list(format_named(name).header)
        assert all(row["meaning_ar"] for row in rows)
        told = {row["type"]: row for row in rows if row["count"]}
        assert "not held: statements" in told
    other = many(10, policies=("ohchr",))
    assert [loss.count for loss in EXPORTS["airwars"].rows(other)[1] if loss.key == "no_policy"] == [10]
    assert len(EXPORTS["hxl"].rows(other)[0]) == 10


def test_a_name_that_would_be_a_formula_is_text_in_every_file() -> None:
    """Also through the readers: nothing that a spreadsheet runs."""
    incident = RELEASE.incidents[0]
    hostile = replace(RELEASE, incidents=(replace(incident, perpetrator=incident.code, weapon=None),))
    for name in EXPORTS:
        for row in rows_of(written(name, replace(hostile, incidents=RELEASE.incidents[:40]))):
            assert not any(cell.startswith(("=", "+", "@")) for cell in row)
