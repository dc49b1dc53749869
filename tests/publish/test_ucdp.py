"""UCDP GED: the 49 columns in the published order, the published codes and rules, and every figure read back."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import cases
import pytest
from made import release_of
from many_incidents import PLACES, many
from read_back import read_back
from tables import but, dicts_of, figure, rows_of

from marsad.publish.checks.ucdp import ucdp_faults
from marsad.publish.formats.described import codebook, table_bytes
from marsad.publish.formats.ucdp import priogrid, ucdp_format, ucdp_rows
from marsad.publish.public import PublicIncident, PublicRelease, compose

# Typed from the codebook, not from our description of it.
COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]

RELEASE = many(300)
DATA = table_bytes(ucdp_format(), ucdp_rows(RELEASE)[0])
ROWS = rows_of(DATA)
BY_CODE = {row["relid"]: row for row in dicts_of(DATA)}


def one(**change: object) -> dict[str, str]:
    """Return the row of an incident of the hand-made release, with some of it changed."""
    release = release_of([cases.raqqa()])
    incident = replace(release.incidents[0], **change)  # type: ignore[arg-type]
    [row] = dicts_of(table_bytes(ucdp_format(), ucdp_rows(replace(release, incidents=(incident,)))[0]))
    return row


def test_the_columns_stand_in_the_published_order() -> None:
    """49 of them, and no row has fewer or more cells."""
    assert ROWS[0] == COLUMNS
    assert len(COLUMNS) == 49
    assert {len(row) for row in ROWS} == {49}


def test_the_raid_on_raqqa() -> None:
    """Dead whom somebody counts among fighters: a state is a side, civilians as the policy has them, best their sum."""
    row = one()
    told = {
        name: row[name]
        for name in ("type_of_violence", "where_prec", "date_prec", "event_clarity", "date_start", "date_end")
    }
    assert told == {
        "type_of_violence": "1",
        "where_prec": "1",
        "date_prec": "1",
        "event_clarity": "1",
        "date_start": "2014-11-25",
        "date_end": "2014-11-25",
    }
    assert [row[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")] == [
        "0",
        "0",
        "95",
        "0",
    ]
    assert [row[name] for name in ("low", "best", "high")] == ["63", "95", "209"]
    assert (row["side_a"], row["side_b"], row["code_status"]) == ("Government of Syria", "Unknown", "Check dyad")
    assert (row["country"], row["country_id"], row["region"], row["gwnoa"]) == ("Syria", "652", "Middle East", "652")
    assert (row["latitude"], row["longitude"]) == ("35.950000", "39.010000")
    assert row["geom_wkt"] == "POINT (39.010000 35.950000)"


def test_shepherds_under_a_barrel_bomb_are_one_sided_violence() -> None:
    """All the dead are civilians and nobody speaks of fighters: type 3, side B Civilians, no deaths of sides."""
    release = release_of([cases.nowhere()])
    incident = release.incidents[0]
    assert incident.place is not None
    placed = replace(incident, place=replace(incident.place, country=compose("SY")))
    [row] = dicts_of(table_bytes(ucdp_format(), ucdp_rows(replace(release, incidents=(placed,)))[0]))
    assert (row["type_of_violence"], row["side_b"], row["code_status"]) == ("3", "Civilians", "Clear")
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["best"]) == ("0", "0", "4", "4")
    assert (row["where_prec"], row["date_prec"]) == ("6", "2")


def test_nothing_private_goes_out() -> None:
    """A witness is a kind; reports of his are no public sources."""
    row = one()
    assert "[witness]" in row["source_original"]
    assert "Abu Salim" not in DATA.decode() + str(row)
    assert row["number_of_sources"] == str(len(row["source_article"].split("; ")))


def test_best_is_always_the_sum_and_lies_between() -> None:
    """In every row: best = a + b + civilians + unknown, low ≤ best ≤ high, at least one death."""
    for row in BY_CODE.values():
        parts = [int(row[name]) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert sum(parts) == int(row["best"])
        assert 0 <= int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert int(row["high"]) >= 1
        if row["type_of_violence"] == "3":
            assert parts[:2] == [0, 0]
            assert row["side_b"] == "Civilians"


def test_a_pair_of_sides_is_active_from_25_deaths_a_year() -> None:
    """Counted anew over all rows."""
    deaths: Counter[tuple[str, str]] = Counter()
    for row in BY_CODE.values():
        deaths[row["dyad_name"], row["year"]] += int(row["best"])
    assert {row["active_year"] for row in BY_CODE.values()} == {"0", "1"}
    for row in BY_CODE.values():
        assert row["active_year"] == str(int(deaths[row["dyad_name"], row["year"]] >= 25))


def test_numbers_are_ours_and_stay_the_same() -> None:
    """An incident keeps its number whatever else is in the release; one actor, one number."""
    fewer = replace(RELEASE, incidents=RELEASE.incidents[::3])
    for row in dicts_of(table_bytes(ucdp_format(), ucdp_rows(fewer)[0])):
        assert row["id"] == BY_CODE[row["relid"]]["id"]
    names = defaultdict(set)
    for row in BY_CODE.values():
        names[row["side_a_new_id"]].add(row["side_a"])
    assert all(len(found) == 1 for found in names.values())
    assert all(int(number) >= 1_000_000_000 for number in names)


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90.0, -180.0, 1), (0.0, 0.0, 129961), (35.95, 39.01, 181159), (89.9, 179.9, 259200)],
)
def test_the_cell_of_prio_grid(latitude: float, longitude: float, cell: int) -> None:
    """Half a degree, from the south-west, 720 in a row: worked out by hand."""
    assert priogrid(latitude, longitude) == cell


def _expected(incident: PublicIncident) -> tuple[int, int, int] | None:
    """Return best, low and high as the codebook would have them, None where the incident is no event of the file."""
    killed = figure(incident, "ucdp", "killed")
    known = {place[2] for place in PLACES}
    if killed is None or killed.low is None or incident.occurred_from is None or incident.place is None:
        return None
    best = killed.low if killed.best is None else killed.best
    high = best if killed.high is None else killed.high
    return None if high == 0 or incident.place.country not in known else (best, killed.low, high)


@pytest.mark.parametrize("n", [300, pytest.param(10_000, marks=pytest.mark.soak)])
def test_read_back_every_event_has_the_same_figures(n: int) -> None:
    """Day, precision, point, low, best and high of each incident; what is left out is counted."""
    release = many(n)
    rows, lost = ucdp_rows(release)
    data = table_bytes(ucdp_format(), rows)
    assert list(ucdp_faults(iter(rows_of(data)))) == []
    expected = {incident.code: (incident, ends) for incident in release.incidents if (ends := _expected(incident))}
    seen = 0
    for row in read_back(data):
        incident, (best, low, high) = expected[compose(row.cells["relid"])]
        claim = row.claims["killed"]
        assert row.ends("killed") == (best, low, high)
        assert claim.occurred is not None
        assert (claim.occurred.start, claim.occurred.end) == (incident.occurred_from, incident.occurred_to)
        assert claim.occurred.precision == incident.occurred_precision
        seen += 1
    assert seen == len(expected)
    assert sum(loss.count for loss in lost if loss.which == "incidents") == n - seen


def test_what_the_file_cannot_hold_is_counted_in_its_codebook() -> None:
    """Figures of women and children, intervals of civilians, other policies: counted anew from the release."""
    _, lost = ucdp_rows(RELEASE)
    told = {
        (row["type"].removeprefix("not held: "), row["values"]): int(row["count"])
        for row in dicts_of(codebook(ucdp_format(), lost))
        if row["count"]
    }
    there = {code: incident for incident in RELEASE.incidents if (code := incident.code) in BY_CODE}
    children = [f for i in there.values() if (f := figure(i, "ucdp", "killed", "children"))]
    wide = [f for i in there.values() if (f := figure(i, "ucdp", "killed", "civilians")) and f.low != f.high]
    assert told["category", "ucdp killed children"] == len(children)
    assert told["interval", "ucdp killed civilians"] == len(wide)
    assert told["policy", "airwars killed total"] == sum(
        figure(i, "airwars", "killed") is not None for i in there.values()
    )
    assert told["statements", "statements"] == sum(len(i.statements) for i in RELEASE.incidents)


def test_the_codebook_tells_every_column_in_both_languages() -> None:
    """In order, with a meaning in English and in Arabic."""
    found = [row for row in dicts_of(codebook(ucdp_format(), [])) if row["column"]]
    assert [row["column"] for row in found] == COLUMNS
    assert all(row["meaning"] and any("\u0600" <= c <= "\u06ff" for c in row["meaning_ar"]) for row in found)


WRONG = [
    ({"best": "1000"}, "best"),
    ({"low": "1000"}, "low"),
    ({"high": "0"}, "high"),
    ({"deaths_unknown": "-1"}, "deaths_unknown"),
    ({"type_of_violence": "4"}, "type_of_violence"),
    ({"type_of_violence": "3", "side_b": "Islamic State"}, "side_b"),
    ({"where_prec": "8"}, "where_prec"),
    ({"date_prec": "0"}, "date_prec"),
    ({"date_start": "2014-13-01"}, "date_start"),
    ({"date_start": "25/11/2014"}, "date_start"),
    ({"year": "1999"}, "year"),
    ({"event_clarity": "3"}, "event_clarity"),
    ({"number_of_sources": "0"}, "number_of_sources"),
    ({"latitude": "91"}, "latitude"),
    ({"longitude": "39,01"}, "longitude"),
    ({"geom_wkt": "POINT (1.0 2.0)"}, "geom_wkt"),
    ({"geom_wkt": "39.01 35.95"}, "geom_wkt"),
    ({"priogrid_gid": "7"}, "priogrid_gid"),
    ({"id": "x1"}, "id"),
    ({"relid": ""}, "relid"),
    ({"country_id": "SYR"}, "country_id"),
    ({"region": "Levant"}, "region"),
    ({"dyad_name": "A - B"}, "dyad_name"),
    ({"side_a": "=cmd()"}, "side_a"),
    ({"where_coordinates": "Al\u0301e\x07ppo"}, "where_coordinates"),
    ({"source_office": "Cafe\u0301"}, "source_office"),
    ({"active_year": "yes"}, "active_year"),
    ({"gwnoa": "652", "type_of_violence": "2"}, "gwnoa"),
]


@pytest.mark.parametrize(("change", "column"), WRONG)
def test_each_violation_is_found_where_it_stands(change: dict[str, str], column: str) -> None:
    """One cell put wrong: a fault in that row and column, quoting the value."""
    at = max(n for n, row in enumerate(ROWS, 1) if row[5] == "1" and row[4] != "Clear")
    faults = list(ucdp_faults(iter(but(ROWS, at, change))))
    assert column in {fault.column for fault in faults if fault.row == at}, faults
    assert {fault.row for fault in faults} == {at}


def test_violations_of_the_whole_file_are_found() -> None:
    """A column missing, two out of order, one too many, an id that stands twice, a row too short, no header, nothing."""
    swapped = [[row[1], row[0], *row[2:]] for row in ROWS]
    assert "out of order" in str(next(ucdp_faults(iter(swapped))))
    assert "geom_wkt: is missing" in str(next(ucdp_faults([row[:31] + row[32:] for row in ROWS])))
    assert any(f.column == "extra" for f in ucdp_faults([ROWS[0] + ["extra"], *[[*row, ""] for row in ROWS[1:]]]))
    again = list(ucdp_faults([*ROWS, ROWS[1]]))
    assert [(f.row, f.column) for f in again] == [(len(ROWS) + 1, "id")]
    assert "48 cells" in str(next(iter(ucdp_faults([ROWS[0], ROWS[1][:48]]))))
    assert [f.row for f in ucdp_faults(iter(ROWS[1:]))] == [1]
    assert "empty" in str(next(ucdp_faults([])))


def test_days_as_older_files_write_them_are_days() -> None:
    """2014-11-25 00:00:00.000."""
    start = ROWS[0].index("date_start")
    assert list(ucdp_faults(iter(but(ROWS, 2, {"date_start": ROWS[1][start] + " 00:00:00.000"})))) == []


def test_a_release_without_the_policy_leaves_everything_out_and_says_so() -> None:
    """No row is filled from another method's figures."""
    release: PublicRelease = many(20, policies=("airwars",))
    rows, lost = ucdp_rows(release)
    assert rows == []
    assert [(loss.key, loss.count) for loss in lost if loss.which == "incidents"] == [("no_policy", 20)]
    assert release.published > date(2014, 1, 1)
